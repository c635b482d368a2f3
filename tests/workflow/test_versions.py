"""Versions of a draft: kept before a loss, for one's own eyes, and put back without losing more."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import workflow
from annotations.models import Annotation, Article, Assignment, Citation, Claim, DraftVersion
from annotations.workflow import versions
from tests import cast as c

LONG = "Because of the first register, and of the second."


class Draft:
    """Ann's open draft with one source, and her client."""

    def __init__(self, cast: c.Cast) -> None:
        self.cast = cast
        self.article: Article
        self.claim: Claim
        self.article, self.claim = cast.checking()
        self.check: Assignment = c.check_of(self.claim, cast.ann)
        self.client = Client()
        self.client.force_login(cast.ann)
        self.save("First", LONG)
        source = workflow.SourceDraft("A letter")
        workflow.save_citation(
            self.check, source, person=cast.ann, stance="supports", passage="Four thousand."
        )

    def save(self, finding: str, why: str) -> None:
        version = Annotation.objects.filter(assignment=self.check).values_list("version", flat=True)
        answer = workflow.Answer(finding=finding, justification=why)
        based_on = version.first() or 0
        workflow.save_annotation(self.check, answer, person=self.cast.ann, based_on=based_on)

    @property
    def now(self) -> Annotation:
        return Annotation.objects.get(assignment=self.check)

    def page(self, more: str = "") -> str:
        bench = reverse("workbench", args=[self.article.pk])
        return self.client.get(f"{bench}?claim={self.claim.pk}{more}").content.decode()


@pytest.fixture
def draft(cast) -> Draft:
    return Draft(cast)


def test_a_version_is_kept_before_a_loss_and_each_minute_not_at_every_key(draft):
    for text in ("Because of the first register, and of the second one",) * 3:
        draft.save("First", text)
    assert not DraftVersion.objects.exists()
    draft.save("First", "")
    kept = DraftVersion.objects.get()
    assert kept.justification == "Because of the first register, and of the second one"
    draft.save("Second", "")
    assert DraftVersion.objects.count() == 1
    late = timezone.now() - dt.timedelta(minutes=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "KEPT_EVERY", dt.timedelta(0))
        draft.save("Third", "")
    assert DraftVersion.objects.count() == 2
    assert late < DraftVersion.objects.latest("at").at


def test_a_version_is_kept_before_other_words_of_the_same_length(draft):
    """All is selected and typed over: nothing is shorter, and everything is gone."""
    draft.save("First", "x" * len(LONG))
    assert DraftVersion.objects.get(justification=LONG).annotation == draft.now
    before = DraftVersion.objects.count()
    draft.save("First", "x" * (len(LONG) - 10) + "y" * 10)
    assert DraftVersion.objects.count() == before, "a word typed over is no loss at once"


def test_a_version_is_put_back_and_what_stood_there_is_kept_too(draft):
    draft.save("First", "")
    version = DraftVersion.objects.get()
    url = reverse("restore_version", args=[draft.check.uuid, version.uuid])
    assert "Restore this version" in draft.page("&tab=history")
    draft.client.post(url, {"version": draft.now.version})
    assert (draft.now.finding, draft.now.justification) == ("First", LONG)
    assert DraftVersion.objects.count() == 2
    stale = draft.client.post(url, {"version": 1})
    assert "changed while you worked on it" in stale.content.decode()


def test_a_source_taken_out_is_brought_back_as_it_was(draft):
    citation = Citation.objects.get()
    url = reverse("uncite", args=[draft.check.uuid, citation.uuid])
    draft.client.post(url)
    assert not Citation.objects.exists()
    for more in ("&taken=1", "&tab=history"):
        assert "Bring back" in draft.page(more)
    version = DraftVersion.objects.get()
    args = [draft.check.uuid, version.uuid, citation.uuid]
    for _twice in range(2):
        draft.client.post(reverse("cite_back", args=args))
    back = Citation.objects.get()
    assert (back.uuid, back.source, back.passage) == (
        citation.uuid,
        citation.source,
        "Four thousand.",
    )
    assert "Bring back" not in draft.page("&taken=1")


def test_a_restored_version_brings_its_sources_and_takes_none_away(draft):
    draft.save("First", "")
    old = Citation.objects.get()
    workflow.remove_citation(draft.check, old, person=draft.cast.ann)
    source = workflow.SourceDraft("A newer letter")
    workflow.save_citation(draft.check, source, person=draft.cast.ann, stance="context")
    first = DraftVersion.objects.earliest("at")
    workflow.restore_version(draft.check, first, person=draft.cast.ann, based_on=draft.now.version)
    assert {each.source.title for each in Citation.objects.all()} == {"A letter", "A newer letter"}


def test_versions_are_for_ones_own_eyes_before_and_after_disclosure(draft, cast):
    draft.save("SECRET first thought", LONG)
    draft.save("Second", "")
    version = DraftVersion.objects.get()
    everyone = [cast.ben, cast.eda, cast.mia, cast.ola, cast.stranger]

    def nobody_sees() -> None:
        for person in everyone:
            assert not DraftVersion.objects.visible_to(person).exists()
            client = Client()
            client.force_login(person)
            bench = reverse("workbench", args=[draft.article.pk])
            page = client.get(f"{bench}?claim={draft.claim.pk}&tab=history").content.decode()
            assert "SECRET" not in page
            url = reverse("restore_version", args=[draft.check.uuid, version.uuid])
            assert client.post(url, {"version": 1}).status_code == 404

    nobody_sees()
    c.annotate(draft.claim, cast.ann)
    c.annotate(draft.claim, cast.ben)
    nobody_sees()
    assert "SECRET" in draft.page("&tab=history")


def test_a_version_is_put_into_no_other_draft_and_into_none_that_is_handed_in(draft, cast):
    draft.save("Second", "")
    version = DraftVersion.objects.get()
    other = c.check_of(draft.claim, cast.ben)
    workflow.save_annotation(other, workflow.Answer(finding="Ben’s"), person=cast.ben, based_on=0)
    with pytest.raises(PermissionDenied):
        workflow.restore_version(other, version, person=cast.ben, based_on=1)
    with pytest.raises(PermissionDenied):
        workflow.restore_citation(other, version, uuid.uuid4(), person=cast.ben)
    with pytest.raises(PermissionDenied):
        workflow.restore_version(draft.check, version, person=cast.ben, based_on=1)
    with pytest.raises(workflow.Closed):
        workflow.restore_citation(draft.check, version, uuid.uuid4(), person=cast.ann)
    c.annotate(draft.claim, cast.ann)
    with pytest.raises(workflow.Closed):
        workflow.restore_version(draft.check, version, person=cast.ann, based_on=1)
