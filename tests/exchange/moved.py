"""A desk with rows in every table that leaves, and a site emptied so that it can come back."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command

from annotations import models as m
from annotations import workflow
from annotations.exchange.moving import Leaving, at_one_moment
from annotations.formats import logo
from annotations.models import Article, Claim, Comment, Source
from annotations.vocabulary import CaptureState
from tests import cast as c
from tests.formats.logos import LOGO

LATER = c.TEXT.replace("“We never asked them to stop sailing,” the mayor said.", "They sailed.")


def full(cast: c.Cast) -> Article:
    """A desk with a long past: of every part that leaves there is a row."""
    desk = cast.desk
    article, claim = cast.corrected()
    article.revision.links.create(start=0, end=5, address="https://town.example/ferry?a=1#b")
    article.revision.pictures.create(
        at=3, address="https://town.example/ferry.jpg", alternative="The ferry"
    )
    asked = workflow.ask_reply([claim], "The mayor", channel="letter", actor=cast.eda)
    answer = workflow.Answered("I said so.", file=b"A letter.", file_name="letter.txt")
    workflow.keep_reply(asked, answer, actor=cast.eda)
    cited = m.Citation.objects.filter(annotation__assignment__claim=claim).first()
    assert cited is not None
    assert cited.annotation is not None
    m.SourceNote.objects.create(annotation=cited.annotation, source=cited.source, body="Its date?")
    told = Comment.objects.create(claim=claim, author=cast.ann, body="What of this, @ben?")
    told.mentions.add(cast.ben)
    told.unread_by.add(cast.ben, cast.eda)
    Comment.objects.create(claim=claim, parent=told, author=cast.ben, body="Nothing.")
    source = Source.objects.filter(desk=desk, added_by=cast.eda).first() or _cited(cast)
    copy = workflow.keep_copy(source, os.urandom(3000), person=source.added_by, name="été.pdf")
    recorded = workflow.keep_copy(source, b"a recording", person=source.added_by)
    m.Capture.objects.create(
        source=source,
        address="https://records.example/x",
        host="records.example",
        wanted_by=source.added_by,
        state=CaptureState.SAVED,
        snapshot=copy,
        warc=recorded.sha256,
        finished_at=recorded.taken_at,
    )
    archived = m.ArchiveRequest.objects.create(
        source=source, service="internet_archive", address="https://records.example/x", job="spn2-1"
    )
    m.ArchiveAnswer.objects.create(request=archived, status=200, said={"job_id": "spn2-1"})
    edition = m.Edition.objects.filter(claim=claim).latest("number")
    m.Report.objects.create(
        edition=edition, words="It is not so.\u2028No.", email="reader@example.org", sender="a" * 64
    )
    m.Guidelines.objects.create(desk=desk, version=1, text="Ask.", created_by=cast.mia)
    m.Statement.objects.create(
        desk=desk, kind="methodology", number=1, body="We ask.", written_by=cast.mia
    )
    workflow.change_look(
        desk, workflow.NewLook("#0b4a9e", logo.drawn(LOGO)), actor=cast.mia, reason="Ours."
    )
    claimant = m.Claimant.objects.create(desk=desk, name="عمدة", description="", kind="person")
    m.Claimant.objects.create(desk=desk, name="The mayor of the town", same_as=claimant)
    _beside(cast, claim, source)
    _in_work(cast, claimant)
    return article


def _beside(cast: c.Cast, claim: Claim, source: Source) -> None:
    """What stands beside a claim: its letter, whom it criticises, what changed, others' checks."""
    desk = cast.desk
    m.LetterTemplate.objects.create(
        desk=desk, number=1, subject="Your reply", body="{claims}", written_by=cast.mia
    )
    m.Criticism.objects.create(claim=claim, of="The mayor", noted_by=cast.eda)
    m.SourceChange.objects.create(source=source, claim=claim, kind="gone")
    m.EarlierCheck.objects.create(
        desk=desk,
        external_id="one",
        sha256=hashlib.sha256(b"one").hexdigest(),
        claim="It is so",
        added_by=cast.eda,
    )
    m.Phrase.objects.create(desk=desk, name="Old figure", body="It is old.", written_by=cast.eda)
    m.SavedFilter.objects.create(
        desk=desk, person=cast.ann, name="Late", query="is:late", sort="due", saved_by=cast.ann
    )


def _cited(cast: c.Cast) -> Source:
    return Source.objects.filter(desk=cast.desk).order_by("pk")[0]


def _in_work(cast: c.Cast, claimant: m.Claimant) -> None:
    """Another article: a draft nobody else may see, a mark taken out, one lost, one put aside."""
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    workflow.start(check, actor=cast.ann)
    answer = workflow.Answer(c.rating(claim, "half"), "A secret draft", "", "")
    workflow.save_annotation(check, answer, person=cast.ann, based_on=0)
    draft = m.Annotation.objects.get(assignment=check)
    m.DraftVersion.objects.create(annotation=draft, number=1, citations=[{"title": "A"}])
    other = c.mark(article, c.SECOND, cast.eda)
    Claim.objects.filter(pk=other.pk).update(claimant=claimant, reports=claimant)
    m.RemovedMark.objects.create(
        claim=other, revision=article.revision, start=0, end=5, exact="Ferry", removed_by=cast.eda
    )
    workflow.set_aside(other, "duplicate", actor=cast.eda, duplicate_of=claim)
    first = claim.marks.get()
    later = m.Revision.objects.create(
        article=article,
        number=2,
        text=LATER,
        sha256=hashlib.sha256(LATER.encode()).hexdigest(),
        notices=[{"kind": "x", "value": 1.5}],
        created_by=cast.eda,
    )
    m.Orphan.objects.create(mark=first, revision=later, proposals=[{"start": 1, "end": 2}])


def lines_of(desk: m.Desk, article: Article | None = None) -> list[str]:
    """All lines of the desk, or of the article, as they leave."""
    with at_one_moment():
        return list(Leaving(desk, article).lines())


def export(slug: str, path: Path) -> bytes:
    call_command("export_desk", slug, str(path))
    return path.read_bytes()


def contents() -> dict[str, list[Any]]:
    """Every row of ours, as it is stored."""
    models = apps.get_app_config("annotations").get_models(include_auto_created=True)
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}
