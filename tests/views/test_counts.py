"""The counts of the side bar: what is in work, for everybody at the desk, and one's own queue."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Report
from annotations.queries.access import desks_for
from annotations.queries.counts import counts
from annotations.queries.queue import queue
from tests import cast as c


def asked(person) -> dict[str, int]:
    client = Client()
    client.force_login(person)
    answer = client.get(reverse("desk_counts", args=["desk"]))
    assert answer.status_code == 200
    found: dict[str, int] = answer.json()
    return found


def shown(person, page: str = "articles") -> dict[str, int | None]:
    client = Client()
    client.force_login(person)
    nav = client.get(reverse(page, args=["desk"])).context["nav"]
    return {link["counts"]: link["count"] for link in nav if link["counts"]}


def test_what_is_counted_is_what_is_in_work(cast):
    cast.published()
    assert counts(cast.desk).articles == counts(cast.desk).claims == 0
    article = c.import_text(cast.desk, cast.eda, f"{c.TEXT} Again.")
    c.mark(article, c.MARKED, cast.eda)
    c.mark(article, c.SECOND, cast.eda)
    c.import_text(cast.desk, cast.eda, f"{c.TEXT} And again.")
    found = counts(cast.desk)
    assert (found.articles, found.claims) == (2, 2)
    stages = queue(desks_for(cast.eda)[0], cast.eda).stages
    assert sum(count for _stage, count in stages) == found.articles


def test_an_article_with_a_claim_open_again_is_counted_once(cast):
    _article, claim = cast.published()
    workflow.reopen(claim, actor=cast.eli, reason="A letter.")
    found = counts(cast.desk)
    assert (found.articles, found.claims) == (1, 1)


def test_pages_show_them_and_the_address_tells_the_same(cast):
    cast.deciding()
    assert shown(cast.eda)["articles"] == asked(cast.eda)["articles"] == 1
    assert shown(cast.eda)["queue"] is None, "it costs the whole queue: asked for once it is shown"
    assert shown(cast.eda, "queue")["queue"] == asked(cast.eda)["queue"] == 1


def test_reports_are_counted_for_who_answers_them(cast):
    _article, claim = cast.published()
    edition = claim.editions.get()
    Report.objects.create(edition=edition, words="Wrong.")
    Report.objects.create(edition=edition, words="Buy.", is_suspect=True)
    assert asked(cast.eda)["reports"] == 1
    assert "reports" not in asked(cast.ann)
    assert counts(cast.stranger.desks.get()).reports == 0


def test_who_checks_blind_reads_the_same_counts_while_others_hand_in(cast):
    cast.checking()
    before = asked(cast.ann), shown(cast.ann)
    claim = cast.desk.claims.get()
    c.annotate(claim, cast.ben)
    assert (asked(cast.ann), shown(cast.ann)) == before


def test_a_stranger_learns_nothing(cast):
    client = Client()
    client.force_login(cast.stranger)
    assert client.get(reverse("desk_counts", args=["desk"])).status_code == 404
