"""The rules of trust, each with the move that would break it."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from annotations import workflow
from annotations.editions import reading
from annotations.models import (
    Annotation,
    Article,
    Assignment,
    Citation,
    Claim,
    Edition,
    Revision,
    Source,
    Transition,
    Verdict,
)
from annotations.vocabulary import ClaimStatus
from annotations.words.log import said
from annotations.words.people import how_checked
from tests import cast as c


def row(claim: Claim) -> dict[str, object]:
    return dict(Claim.objects.filter(pk=claim.pk).values()[0])


# Rule 3: a refused move changes nothing.

ATTEMPTS = {
    "decide": lambda cast, article, claim: c.decide(claim, cast.eda),
    "approve": lambda cast, article, claim: workflow.approve(claim, actor=cast.eli),
    "send back": lambda cast, article, claim: workflow.send_back(
        claim, actor=cast.eli, reason="Why?"
    ),
    "publish": lambda cast, article, claim: workflow.publish(article, actor=cast.eli),
    "reopen": lambda cast, article, claim: workflow.reopen(claim, actor=cast.eli, reason="New."),
    "bring back": lambda cast, article, claim: workflow.bring_back(
        claim, actor=cast.eda, reason="It is one."
    ),
    "set aside": lambda cast, article, claim: workflow.set_aside(claim, "opinion", actor=cast.eda),
    "reword": lambda cast, article, claim: workflow.reword(
        claim, workflow.ClaimDraft("Other words."), actor=cast.eda, reason="Clearer."
    ),
}
POSSIBLE = {
    "marked": {"set aside"},
    "checking": {"set aside", "reword"},
    "deciding": {"decide", "set aside", "reword"},
    "decided": {"approve", "send back"},
    "approved": {"send back", "publish"},
    "published": {"reopen"},
}


@pytest.mark.parametrize("stage", POSSIBLE)
def test_each_move_works_at_its_moment_and_changes_nothing_at_any_other(cast, stage):
    article, claim = getattr(cast, stage)()
    before, lines = row(claim), Transition.objects.count()
    for move, attempt in ATTEMPTS.items():
        here = Article.objects.get(pk=article.pk), Claim.objects.get(pk=claim.pk)
        with tried(partial(attempt, cast, *here)) as is_done:
            assert is_done is (move in POSSIBLE[stage]), move
            if is_done:
                assert row(claim)["status"] != before["status"] or stage == "checking", move
                assert Transition.objects.count() > lines, move
            else:
                assert row(claim) == before, move
                assert Transition.objects.count() == lines, move


def test_a_move_that_needs_a_reason_is_refused_without_one(cast):
    _article, claim = cast.decided()
    with pytest.raises(workflow.Refused, match="Say why"):
        workflow.send_back(claim, actor=cast.eli, reason="  ")


# Rule 4: nothing on the claim tells that annotations come in.


def test_the_claims_row_does_not_change_while_annotations_come_in(cast):
    _article, claim = cast.checking()
    before = row(claim)
    c.annotate(claim, cast.ann)
    assert row(claim) == before
    c.annotate(claim, cast.ben)
    assert row(claim)["status"] == ClaimStatus.DECIDING


def test_until_all_are_in_others_annotations_do_not_exist_for_anyone(cast):
    _article, claim = cast.checking()
    c.annotate(claim, cast.ann)
    for person in (cast.ben, cast.eda, cast.eli, cast.mia, cast.ola, cast.stranger):
        assert not Annotation.objects.visible_to(person).exists(), person
        assert not Verdict.objects.visible_to(person).exists(), person
    assert Annotation.objects.visible_to(cast.ann).count() == 1


def test_who_checks_does_not_see_who_else_does_and_editors_see_progress_only(cast):
    _article, claim = cast.checking()
    workflow.start(c.check_of(claim, cast.ann), actor=cast.ann)

    def seen(person) -> set[str]:
        return {str(row.person) for row in Assignment.objects.visible_to(person)}

    assert seen(cast.ben) == {"Ben"}
    assert seen(cast.ola) == set()
    assert seen(cast.eda) == {"Ann", "Ben"}
    lines = Transition.objects.visible_to(cast.ben)
    assert {line.assignment.person for line in lines if line.assignment} == {cast.ben}


def test_disclosure_is_for_all_at_once_and_for_members_only(cast):
    cast.deciding()
    for person in (cast.ann, cast.ben, cast.eda, cast.mia, cast.ola):
        assert Annotation.objects.visible_to(person).count() == 2, person
    assert not Annotation.objects.visible_to(cast.stranger).exists()


def test_one_asked_later_works_as_blind_as_the_first(cast):
    _article, claim = cast.deciding()
    workflow.ask_again(claim, cast.mia, actor=cast.eda)
    assert not Annotation.objects.visible_to(cast.mia).exists()
    assert not Verdict.objects.visible_to(cast.mia).exists()
    assert not Transition.objects.visible_to(cast.mia).filter(move="disclose").exists()


def test_one_asked_after_a_verdict_does_not_see_it_either(cast):
    _article, claim = cast.decided()
    workflow.send_back(claim, actor=cast.eli, reason="Look again.")
    assert Verdict.objects.visible_to(cast.mia).exists()
    workflow.ask_again(claim, cast.mia, actor=cast.eda)
    assert not Verdict.objects.visible_to(cast.mia).exists()
    assert not Citation.objects.visible_to(cast.mia).exists()
    assert not Source.objects.visible_to(cast.mia).exists()
    assert not Transition.objects.visible_to(cast.mia).filter(move="decide").exists()


def test_who_decided_or_was_shown_the_annotations_cannot_check_blind(cast):
    _article, claim = cast.decided()
    workflow.send_back(claim, actor=cast.eli, reason="Look again.")
    with pytest.raises(workflow.Refused, match="has seen"):
        workflow.ask_again(claim, cast.eda, actor=cast.eli)
    c.look(cast.eli)
    with pytest.raises(workflow.Refused, match="has seen"):
        workflow.ask_again(claim, cast.eli, actor=cast.eda)


def test_a_returned_annotation_is_hidden_again_until_it_is_handed_in(cast):
    _article, claim = cast.deciding()
    check = c.check_of(claim, cast.ann)
    workflow.give_back(check, actor=cast.eda, reason="A primary source, please.")
    assert Annotation.objects.visible_to(cast.eda).count() == 1
    workflow.submit(check, actor=cast.ann)
    assert Annotation.objects.visible_to(cast.eda).count() == 2


def test_an_annotation_handed_in_again_after_its_author_saw_the_others_is_logged_as_such(cast):
    _article, claim = cast.deciding()
    check = c.check_of(claim, cast.ann)
    c.look(cast.ann)
    workflow.give_back(check, actor=cast.eda, reason="A primary source, please.")
    workflow.submit(check, actor=cast.ann)
    late = Transition.objects.filter(assignment=check, move="submit").latest("pk")
    assert late.detail == {"revised_in_view": True}


# Rule 5: frozen wording.


def test_rewording_returns_every_annotation_with_the_difference_shown(cast):
    _article, claim = cast.deciding()
    workflow.reword(
        claim, workflow.ClaimDraft("Put otherwise."), actor=cast.eda, reason="It was unclear."
    )
    claim.refresh_from_db()
    assert (claim.status, claim.claim_reviewed, claim.version) == ("checking", "Put otherwise.", 2)
    for person in (cast.ann, cast.ben):
        check = c.check_of(claim, person)
        assert check.status == "returned"
        returned = said(Transition.objects.get(assignment=check, move="return"))
        assert returned.startswith("It was unclear.")
        assert "“Put otherwise.”" in returned
    assert not Annotation.objects.submitted().exists()


def test_after_rewording_nothing_is_disclosed_until_all_are_in_again(cast):
    _article, claim = cast.deciding()
    words = workflow.ClaimDraft("Put otherwise.")
    workflow.reword(claim, words, actor=cast.eda, reason="It was unclear.")
    workflow.submit(c.check_of(claim, cast.ann), actor=cast.ann)
    assert not Annotation.objects.visible_to(cast.eli).exists()
    workflow.submit(c.check_of(claim, cast.ben), actor=cast.ben)
    assert Annotation.objects.visible_to(cast.eli).count() == 2


def test_what_was_answered_before_a_setting_aside_does_not_count_after_it(cast):
    article, claim = cast.checking()
    c.annotate(claim, cast.ann)
    workflow.set_aside(claim, "opinion", actor=cast.eda)
    workflow.bring_back(claim, actor=cast.eda, reason="It can be checked.")
    assert {row.status for row in Assignment.objects.all()} == {"expired"}
    workflow.open_checking(article, [cast.ben, cast.mia], actor=cast.eda)
    c.annotate(claim, cast.ben)
    assert row(claim)["status"] == "checking"
    c.annotate(claim, cast.mia)
    assert row(claim)["status"] == "deciding"
    answered = Annotation.objects.submitted().values_list("assignment__person", flat=True)
    assert set(answered) == {cast.ben.pk, cast.mia.pk}


def test_readers_are_told_when_an_annotation_was_revised_with_the_others_in_view(cast):
    article, claim = cast.deciding()
    check = c.check_of(claim, cast.ann)
    c.look(cast.ann)
    workflow.give_back(check, actor=cast.eda, reason="A primary source, please.")
    workflow.submit(check, actor=cast.ann)
    c.decide(claim, cast.eda)
    workflow.approve(claim, actor=cast.eli)
    how = workflow.publish(article, actor=cast.eli).content["how"]
    assert (how["annotations"], how["blind_annotations"]) == (2, 1)
    assert "not all before they saw others’ work" in how_checked(reading.how(how))


# Rule 6, in every preset: whoever does what, no verdict reaches readers against it.

PRESETS = {"two": (1, 2), "three": (2, 3), "four": (2, 4)}


@pytest.mark.parametrize("preset", PRESETS)
def test_no_order_of_hands_approves_its_own_annotation_or_publishes_alone(db, preset):
    needed, size = PRESETS[preset]
    desk = c.make_desk("small", preset, needed)
    people = [c.make_person(f"p{n}", desk, "editor") for n in range(size)]
    published = 0
    for annotators in itertools.combinations(people, needed):
        article = c.import_text(desk, people[0], f"{c.TEXT} {Article.objects.count()}")
        claim = c.mark(article, c.MARKED, people[0])
        c.triage_all(article, people[0])
        workflow.open_checking(article, annotators, actor=people[0])
        for person, slug in zip(annotators, ("true", "false"), strict=False):
            c.annotate(claim, person, slug)
        for decider, approver, publisher in hands_that_publish(article, claim, preset, people):
            published += 1
            author = annotators[0] if preset == "two" else decider
            assert approver not in annotators
            assert len({author, approver, publisher}) > 1
            if preset != "two":
                assert decider not in annotators
            if preset == "four":
                assert decider != approver
    assert published, "the desk can publish at all"


def hands_that_publish(article, claim, preset, people) -> Iterator[tuple]:
    """Every order of decider, approver and publisher that brings the annotated claim to readers.

    Each step is made once and taken back once all that can follow it was tried.
    """
    for decider in people:
        decide = partial(c.decide, claim, decider) if preset != "two" else bool
        with tried(decide) as is_decided:
            for approver in people if is_decided else []:
                with tried(partial(workflow.approve, claim, actor=approver)) as is_approved:
                    for publisher in people if is_approved else []:
                        with tried(partial(workflow.publish, article, actor=publisher)) as is_out:
                            if is_out:
                                yield decider, approver, publisher


@contextmanager
def tried(move: Callable[[], object]) -> Iterator[bool]:
    """Whether the move is not refused; it is taken back at the end of the block."""
    with transaction.atomic():
        try:
            move()
        except workflow.Refused:
            yield False
        else:
            yield True
        transaction.set_rollback(True)


def test_opening_is_refused_when_nobody_would_be_left_to_approve(db):
    desk = c.make_desk("duo", "two", 1)
    amy, bob = (c.make_person(name, desk, "editor") for name in ("amy", "bob"))
    article = c.import_text(desk, amy)
    claim = c.mark(article, c.MARKED, amy)
    with pytest.raises(workflow.Refused, match="nobody is left"):
        workflow.open_checking(article, [amy, bob], actor=amy)
    assert row(claim)["status"] == "spotted"
    assert not Assignment.objects.exists()


def test_differing_ratings_are_decided_with_a_cause_and_a_reason_only(cast):
    _article, claim = cast.deciding()
    for fields in ({"cause": ""}, {"reason": " "}):
        with pytest.raises(workflow.Refused, match="say why they did"):
            c.decide(claim, cast.eda, **fields)
    c.decide(claim, cast.eda)


# Publication: what is in the way is said, and nothing half happens.


def test_nothing_is_published_before_all_is_done(cast):
    article = cast.article()
    claim = c.mark(article, c.MARKED, cast.eda)
    for words in ("not triaged", "is not approved"):
        with pytest.raises(workflow.Refused, match=words):
            workflow.publish(article, actor=cast.eli)
    c.triage_all(article, cast.eda)
    workflow.triage(article, [2], "checkworthy", actor=cast.eda)
    with pytest.raises(workflow.Refused, match="no claim is marked in it"):
        workflow.publish(article, actor=cast.eli)
    workflow.set_aside(claim, "opinion", actor=cast.eda)
    with pytest.raises(workflow.Refused, match="No claim of the article has been checked"):
        workflow.publish(article, actor=cast.eli)
    assert not Edition.objects.exists()


def test_a_claim_without_a_place_in_the_current_text_is_in_the_way(cast):
    """Rule 2: an orphan blocks publication and is never dropped."""
    article, claim = cast.approved()
    first = article.revision
    second = Revision.objects.create(
        article=article,
        number=2,
        text="Another text.",
        sha256=hashlib.sha256(b"Another text.").hexdigest(),
        normaliser_version="1",
        splitter_version="1",
        created_by=cast.eda,
    )
    with pytest.raises(workflow.Refused, match="has no place in the current text"):
        workflow.publish(article, actor=cast.eli)
    assert claim.marks.get().revision == first
    assert not second.marks.exists(), "no mark moves by itself"


def test_an_edition_holds_nothing_of_the_desks_own_work(cast):
    article, claim = cast.checking()
    aside = c.mark(article, "a new pier", cast.eda, claim_reviewed="MARKER duplicate")
    workflow.set_aside(aside, "duplicate", actor=cast.eda, note="MARKER note", duplicate_of=claim)
    for person, slug in ((cast.ann, "false"), (cast.ben, "half")):
        c.annotate(claim, person, slug, f"MARKER of {person}")
    c.decide(claim, cast.eda, reason="MARKER reason")
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    workflow.reopen(claim, actor=cast.eli, reason="MARKER reopened")
    told = json.dumps([edition.content for edition in Edition.objects.all()])
    assert "MARKER" not in told
    assert "Because, says" not in told
    assert "Decided by eda".casefold() in told.casefold()


@pytest.mark.parametrize(
    ("shown", "whole", "other"),
    [("full", True, True), ("excerpts", True, False), ("link", False, False)],
)
def test_readers_get_as_much_of_the_text_as_the_article_may_show(cast, shown, whole, other):
    article, claim = cast.marked()
    Article.objects.filter(pk=article.pk).update(public_text=shown, permission="By the author")
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben, "half")
    c.decide(claim, cast.eda)
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    content = Edition.objects.get(article=article).content
    text = json.dumps(content["paragraphs"], ensure_ascii=False)
    assert c.MARKED in text
    assert ("the mayor said" in text) is whole
    assert ("a new pier" in text) is other
    assert "a new pier" not in json.dumps(content["claims"])


def test_an_older_edition_is_not_touched_by_what_happens_later(cast):
    article, claim = cast.published()
    first = Edition.objects.get(article=article)
    content = json.dumps(first.content, sort_keys=True)
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half", finding="Half so.")
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "We were wrong.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    first.refresh_from_db()
    assert json.dumps(first.content, sort_keys=True) == content


def test_a_stranger_moves_nothing(cast):
    article, claim = cast.deciding()
    before = row(claim)
    with pytest.raises(PermissionDenied):
        c.decide(claim, cast.stranger)
    with pytest.raises(PermissionDenied):
        workflow.publish(article, actor=cast.stranger)
    assert row(claim) == before
