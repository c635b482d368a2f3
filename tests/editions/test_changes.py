"""Nothing that readers see changes without being named."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, RequestFactory
from django.utils import translation

from annotations import workflow
from annotations.editions import content, making, reading
from annotations.editions.changes import article_changes, changes
from annotations.models import Correction, Edition
from annotations.queries.publication import State
from annotations.views.public.article import render_article
from annotations.views.public.claim import _render_claim
from annotations.words.changed import changes_in_words
from tests import cast as c
from tests.views.readers import claim_page


def full_claim(cast: c.Cast) -> content.ClaimEdition:
    """A claim's edition in which no field is empty."""
    _article, claim = cast.corrected()
    claim.refresh_from_db()
    edition = making.of_claim(claim, number=2, at=dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
    someone = content.Claimant("A Speaker", "mayor", "person")
    at = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    copy = content.SavedCopy(at, "0" * 64)
    citation = replace(
        edition.citations[0],
        publisher="The Register",
        published_on="2026-02",
        locator="p. 3",
        note="A note",
        saved_copy=copy,
    )
    work = content.Work(
        title="One",
        slug="one",
        outlet="The Outlet",
        topic="Ferries",
        url="https://outlet.example/one",
        published_on="2026-03-03",
        language="en",
    )
    return replace(
        edition,
        desk=replace(edition.desk, website="https://post.example", language="en"),
        claim=replace(edition.claim, interpretation="Read so", claimant=someone, reports=someone),
        citations=(citation,),
        replies=(content.Reply("The mayor", at.date(), "No."),),
        appearances=(content.Appearance("So it is", "2026-03-02", "", work),),
    )


OTHERS = {str: "Another", int: 7, bool: True, dt.date: dt.date(2025, 1, 31)}
"""Another value of each type."""
OF_FIELD = {
    "tone": "true",
    "language": "fr",
    "kind": "organisation",
    "stance": "supports",
    "why": "not_checkable",
    "people_shown": "roles",
    "public_text": "link",
    "published_on": "2025-01-31",
    "said_on": "2025-01-31",
    "url": "https://other.example/",
    "website": "https://other.example/",
    "slug": "another",
    "left_out": ("second_annotation",),
}


def variants(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The edition with one leaf changed, for each of its leaves; lists also with one entry less."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            held = getattr(value, field.name)
            for name, other in variants(held, f"{path}.{field.name}"):
                yield name, replace(value, **{field.name: other})
    elif isinstance(value, tuple):
        leaf = path.rpartition(".")[2]
        if not value or not is_dataclass(value[0]):
            yield path, OF_FIELD.get(leaf, ("Somebody",))
            return
        yield f"{path}.less", value[1:]
        for name, other in variants(value[0], f"{path}.0"):
            yield name, (other, *value[1:])
    elif isinstance(value, dt.datetime):
        yield path, value + dt.timedelta(days=40)
    elif value is not None:
        leaf = path.rpartition(".")[2]
        other = OF_FIELD.get(leaf, OTHERS[type(value)])
        yield path, (not value if isinstance(value, bool) else other)


NO_DIFFERENCE = (".number", ".at", ".claim.number", ".claim.uuid", ".claim.slug")
"""Which edition it is and when it came out, and what a claim keeps for good."""


def test_two_editions_of_a_claim_that_look_different_have_a_named_difference(cast):
    edition = full_claim(cast)
    rows = list(Edition.objects.filter(claim__isnull=False).order_by("-number"))

    def look(shown: content.ClaimEdition) -> str:
        request: Any = RequestFactory().get("/")
        request.state = State(key=(), modified=None, language="en")
        request.LANGUAGE_CODE = "en"
        request.user = None
        return str(_render_claim(request, shown, rows).content, "utf-8")

    before = look(edition)
    assert look(edition) == before
    unnamed = [
        path
        for path, other in variants(edition)
        if path not in NO_DIFFERENCE
        and path not in (".desk.slug", ".desk.is_sample", ".desk.name")
        and not path.startswith(".appearances.0.article.slug")
        and look(other) != before
        and not changes(edition, other)
    ]
    assert unnamed == []


def test_two_editions_of_an_article_that_look_different_have_a_named_difference(cast):
    article, _claim = cast.corrected()
    workflow.set_aside(
        c.mark(article, c.SECOND, cast.eda), actor=cast.eda, why="opinion", note="A judgement."
    )
    at = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    made = making.of_article(article, number=2, at=at)
    about = replace(
        made.article,
        outlet="The Outlet",
        url="https://outlet.example",
        published_on="2026-03-03",
        why_selected="Many read it",
        permission="They allowed it",
        public_text="full",
    )
    edition = replace(made, article=about)

    def look(shown: content.ArticleEdition) -> str:
        request: Any = RequestFactory().get("/")
        request.state = State(key=(), modified=None, language="en")
        request.LANGUAGE_CODE = "en"
        request.user = None
        page = render_article(request, shown, state=request.state)
        return str(page.content, "utf-8")

    before = look(edition)
    kept = (".number", ".at", ".article.slug", ".desk.slug", ".desk.is_sample", ".desk.name")
    unnamed = [
        path
        for path, other in variants(edition)
        if path not in kept
        # A claim keeps its number, and corrections are named where they were made. What a mark
        # points at is there.
        and not path.startswith((".corrections", ".claims.less"))
        and not path.endswith((".claims.0.number", ".claims.0.slug", ".claims.0.position"))
        and not path.endswith((".marks.0.claim", ".desk.language"))
        and look(other) != before
        and not article_changes(edition, other)
    ]
    assert unnamed == []


@pytest.mark.heart
def test_a_publication_and_a_correction_are_the_same_in_every_language(cast):
    """Byte for byte, but for the moments: nothing stored is in the language of the moment."""
    article, claim = cast.approved()
    stored = {}
    for language in ("en", "fr", "ar"):
        with transaction.atomic(), translation.override(language):
            mark = transaction.savepoint()
            workflow.publish(article, actor=cast.eli)
            workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
            c.decide(claim, cast.eda, "half", finding="Half of it is so.")
            workflow.approve(claim, actor=cast.eli)
            note = workflow.CorrectionNote("correction", "A letter shows it.")
            workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
            workflow.retract(claim, actor=cast.mia, why="The register was forged.")
            rows = Edition.objects.order_by("pk")
            corrections = Correction.objects.order_by("pk")
            stored[language] = json.dumps(
                [_timeless(row.content) for row in rows]
                + [_timeless(row.changes) for row in corrections],
                ensure_ascii=False,
            )
            transaction.savepoint_rollback(mark)
            article.refresh_from_db()
            claim.refresh_from_db()
    assert stored["fr"] == stored["en"]
    assert stored["ar"] == stored["en"]


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _timeless(each) for name, each in value.items() if name != "at"}
    return [_timeless(each) for each in value] if isinstance(value, list) else value


def test_a_corrected_claim_keeps_date_quote_and_article_when_another_article_makes_it(cast):
    first, claim = cast.published()
    later = c.import_text(cast.desk, cast.eda, "Later\n\nThe harbour master called the pier safe.")
    words = "The harbour master called the pier safe"
    start = later.revision.text.index(words)
    workflow.mark(later, start, start + len(words), actor=cast.eda, claim=claim)
    c.triage_all(later, cast.eda)
    workflow.publish(later, actor=cast.eli)
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half")
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "A letter shows it.")
    workflow.publish(first, actor=cast.eli, notes={claim.pk: note})
    edition = reading.read_claim(claim.editions.latest("number").content)
    assert [work.slug for work in edition.works] == [first.slug, later.slug]
    assert edition.quote == c.MARKED
    page = Client().get(claim_page(claim)).content.decode()
    head = page.partition('<p class="verdict-label')[0]
    assert first.title in head
    assert later.title not in head
    fields_changed = {each["field"] for each in Correction.objects.get().changes}
    assert {"appearances", "quote"} <= fields_changed, "that it is made elsewhere too is said"
    assert words not in json.dumps(Correction.objects.get().changes), "and not repeated"


def test_an_article_that_is_not_published_is_not_named_by_a_claim_of_another(cast):
    first, claim = cast.published()
    draft = c.import_text(cast.desk, cast.eda, "A secret draft\n\nIt is a fine pier, they said.")
    start = draft.revision.text.index("It is a fine pier")
    workflow.mark(draft, start, start + len("It is a fine pier"), actor=cast.eda, claim=claim)
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half")
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "A letter shows it.")
    workflow.publish(first, actor=cast.eli, notes={claim.pk: note})
    assert "secret draft" not in Client().get(claim_page(claim)).content.decode()


def test_that_a_speaker_is_an_organisation_now_is_a_change_of_its_own(cast):
    edition = full_claim(cast)
    claimant = edition.claim.claimant
    assert claimant is not None
    body = replace(claimant, kind="organisation")
    for wording in (replace(edition.claim, claimant=body), replace(edition.claim, reports=body)):
        found = changes(edition, replace(edition, claim=wording))
        assert [change.field for change in found] == ["claimant_kind"]


def test_a_changed_scale_is_told_with_the_numbers_of_those_that_have_one(cast):
    edition = full_claim(cast)
    first, *rest = edition.scale
    other = replace(edition, scale=(replace(first, value=0), *rest))
    (change,) = [each for each in changes(edition, other) if each.field == "scale"]
    told = [(each["label"], each.get("value"), each["definition"]) for each in change.after]
    assert told == [(each.label, each.value, each.definition) for each in other.scale]
    unproven = next(each for each in rest if each.value is None)
    with translation.override("fr"):
        (line,) = changes_in_words([change])
        words = "".join(part.text for part in line["parts"] if part.op != "del")
    assert f"{first.label} (0)\u00a0: {first.definition}" in words
    assert f"{unproven.label}\u00a0: {unproven.definition}" in words


def test_that_somebody_else_reported_the_words_is_a_change(cast):
    edition = full_claim(cast)
    reports = edition.claim.reports
    assert reports is not None
    other = replace(edition.claim, reports=replace(reports, name="Another paper"))
    found = {each.field: each for each in changes(edition, replace(edition, claim=other))}
    assert set(found) == {"reports", "claimant_kind"}
    assert found["reports"].before == [{"name": "A Speaker", "description": "mayor"}]
    assert found["reports"].after == [{"name": "Another paper", "description": "mayor"}]


def leaves(value: Any) -> Iterator[str]:
    """All words and dates in data, as JSON has them."""
    if is_dataclass(value) and not isinstance(value, type):
        value = [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from leaves(each)
    elif isinstance(value, dt.datetime):
        yield f"{value:%Y-%m-%d}"
    elif value is not None:
        yield str(value)


def test_what_is_kept_of_a_correction_is_what_the_editions_hold_with_nothing_between(cast):
    """No comma, colon or word of a language stands among the values: those who read add theirs."""
    edition = full_claim(cast)
    told = set()
    for path, other in variants(edition):
        held = {*leaves(edition), *leaves(other)} | {""}
        for change in changes(edition, other):
            told.add(change.field)
            strange = {*leaves(change.before), *leaves(change.after)} - held
            assert not strange, (path, change.field)
    assert told >= {"source_details", "evidence", "replies", "scale", "reports", "desk", "how"}


def test_sources_in_another_order_are_told_as_that_and_others_as_others(cast):
    article, _claim = cast.published()
    edition = making.of_article(article, number=2, at=dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
    claim = edition.claims[0]
    one = (claim.sources or ())[0]
    two = replace(one, title="Another register")

    def with_sources(*sources: content.Source) -> content.ArticleEdition:
        return replace(edition, claims=(replace(claim, citations=2, sources=sources),))

    before = with_sources(one, two)
    assert [each.field for each in article_changes(before, with_sources(two, one))] == [
        "source_order"
    ]
    after = with_sources(one, replace(one, title="A third"))
    assert [each.field for each in article_changes(before, after)] == ["sources"]
    # A claim without a verdict keeps none, and hides none of the others'.
    aside = replace(claim, uuid="aside", verdict=None, citations=0, sources=None)
    before, after = (replace(each, claims=(*each.claims, aside)) for each in (before, after))
    assert [each.field for each in article_changes(before, after)] == ["sources"]


def test_when_words_were_said_is_told_with_the_words(cast):
    edition = full_claim(cast)
    other = replace(edition.appearances[0], said_on="2026-03-05")
    found = {each.field for each in changes(edition, replace(edition, appearances=(other,)))}
    assert "quote" in found


def test_of_a_source_only_what_is_so_is_told(cast):
    edition = full_claim(cast)
    [before] = edition.citations
    after = replace(before, is_confidential=True)
    told = {each.field: each for each in changes(edition, replace(edition, citations=(after,)))}
    [was], [now] = told["source_details"].before, told["source_details"].after
    assert now == was | {"is_confidential": True}
    assert "is_confidential" not in was


def test_an_edition_is_read_back_as_it_was_made(cast):
    article, _claim = cast.published()
    at = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    whole = replace(making.of_article(article, number=2, at=at), corrections=())
    for made in (full_claim(cast), whole):
        assert reading.read(json.loads(json.dumps(content.stored(made)))) == made
