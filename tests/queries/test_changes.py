"""What became of pages on which published verdicts stand."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from annotations.models import Source, SourceChange
from annotations.queries import changes


def test_what_nobody_has_looked_at_is_not_cut_off_behind_what_is_settled(cast, monkeypatch):
    monkeypatch.setattr(changes, "MOST", 1)
    article, claim = cast.published()
    source = Source.objects.filter(desk=cast.desk)[0]
    then = timezone.now() - dt.timedelta(days=9)
    row = SourceChange.objects.create(source=source, claim=claim, kind="gone", found_at=then)
    settled = {"matters": False, "reason": "It is back.", "settled_at": timezone.now()}
    SourceChange.objects.create(
        source=source, claim=claim, kind="gone", settled_by=cast.eda, **settled
    )
    assert [each.row for each in changes.of_article(article, {claim.pk: 1}, cast.eda)] == [row]
