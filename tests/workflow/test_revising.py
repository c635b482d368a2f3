"""A new text of an article: what becomes of marks, triage and claims, and what people do."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from annotations import exchange, readiness, workflow
from annotations.formats import plain
from annotations.models import Article, Claim, Mark, Orphan, Transition, User
from annotations.text.reanchor import Fate
from tests import cast as c
from tests.cast import MARKED, SECOND, TEXT


def revise(article: Article, text: str, actor: User, based_on: int | None = None):
    return exchange.revise(
        article,
        plain.read(text, "en"),
        actor=actor,
        based_on=based_on or article.revision.number,
    )


def standing(article: Article) -> list[tuple[str, str]]:
    """The marks of the current text: their words and how they came."""
    return [(mark.exact, mark.came_by) for mark in article.revision.marks.all()]


def words_of(article: Article) -> list[str]:
    """What really stands where the marks of the current text say."""
    text = article.revision.text
    return [text[mark.start : mark.end] for mark in article.revision.marks.all()]


UNCHANGED = TEXT.replace("It is a fine pier.", "It is a long pier.")
CONTEXT = TEXT.replace("sailing,” the mayor said.", "sailing,” she said.")
NEGATED = TEXT.replace("to stop sailing", "not to stop sailing")
MOVED = TEXT.replace(" The line carried 4,000 people last year.", "").replace(
    "It is a fine pier.", "It is a fine pier. The line carried 4,000 people last year."
)
GONE = "Another story\n\nNothing of it is left here."


def test_a_mark_in_an_unchanged_sentence_stays(cast):
    article, _claim = cast.marked()
    revise(article, "Late news\n\n" + UNCHANGED, cast.eda)
    assert standing(article) == [(MARKED, "same")]
    assert words_of(article) == [MARKED]
    assert readiness.orphans(article, article.revision).count() == 0
    assert not readiness.unconfirmed(article.revision).exists()


def test_a_mark_moves_with_its_sentence(cast):
    article = cast.article()
    c.mark(article, SECOND, cast.eda)
    revise(article, MOVED, cast.eda)
    assert standing(article) == [(SECOND, "moved")]
    assert words_of(article) == [SECOND]


def test_where_the_sentence_around_it_changed_a_person_confirms_before_publication(cast):
    article, _claim = cast.approved()
    revise(article, CONTEXT, cast.eda)
    c.triage_all(article, cast.eda)
    assert standing(article) == [(MARKED, "context")]
    with pytest.raises(workflow.Refused, match="nobody has confirmed the mark"):
        workflow.publish(article, actor=cast.eli)
    mark = article.revision.marks.get()
    workflow.confirm(article, [str(mark.uuid)], actor=cast.eda)
    mark.refresh_from_db()
    assert mark.confirmed_by == cast.eda
    with pytest.raises(workflow.Refused, match="not wait to be confirmed"):
        workflow.confirm(article, [str(mark.uuid)], actor=cast.eda)
    workflow.publish(article, actor=cast.eli)


def test_words_only_printed_otherwise_come_along_and_a_person_confirms_them(cast):
    article = cast.article()
    words = "“We never asked them to stop sailing"
    c.mark(article, words, cast.eda)
    straight = TEXT.replace("“", '"').replace("”", '"')
    revise(article, straight, cast.eda)
    assert standing(article) == [(words.replace("“", '"'), "context")]
    assert readiness.unconfirmed(article.revision).count() == 1
    workflow.confirm(
        article, [str(mark.uuid) for mark in article.revision.marks.all()], actor=cast.eda
    )
    revise(article, straight + " It is so.", cast.eda)
    assert [came_by for _words, came_by in standing(article)] == ["same"]


def test_what_nobody_confirmed_is_not_confirmed_by_the_next_text(cast):
    article, _claim = cast.marked()
    revise(article, CONTEXT, cast.eda)
    revise(article, CONTEXT + " It is so.", cast.eda)
    assert standing(article) == [(MARKED, "context")]
    assert readiness.unconfirmed(article.revision).count() == 1


def test_an_inserted_not_is_never_accepted_but_proposed(cast):
    article, claim = cast.approved()
    seen = revise(article, NEGATED, cast.eda)
    assert [each.outcome.fate for each in seen.marks] == [Fate.PROPOSAL]
    assert standing(article) == []
    orphan = Orphan.objects.get()
    assert orphan.proposals[0]["exact"] == "We never asked them not to stop sailing"
    assert orphan.proposals[0]["likeness"] > 90
    with pytest.raises(workflow.Refused, match="has no place in the current text"):
        workflow.publish(article, actor=cast.eli)
    proposal = orphan.proposals[0]
    made = workflow.attach(orphan, proposal["start"], proposal["end"], actor=cast.eda)
    assert made.exact == "We never asked them not to stop sailing"
    assert (made.came_by, made.created_by, made.came_from) == ("attached", cast.eda, orphan.mark)
    orphan.refresh_from_db()
    assert (orphan.outcome, orphan.placed, orphan.settled_by) == ("attached", made, cast.eda)
    c.triage_all(article, cast.eda)
    workflow.publish(article, actor=cast.eli)
    assert Claim.objects.get(pk=claim.pk).status == "published"


def test_words_that_stand_twice_now_are_a_proposal_for_each_place(cast):
    article, _claim = cast.marked()
    revise(article, f"{TEXT}\n\n“{MARKED},” the mayor said.", cast.eda)
    assert standing(article) == []
    assert [p["exact"] for p in Orphan.objects.get().proposals] == [MARKED, MARKED]


def test_a_wholly_other_text_leaves_an_orphan_that_is_never_dropped(cast):
    article, _claim = cast.marked()
    revise(article, GONE, cast.eda)
    orphan = Orphan.objects.get()
    assert orphan.proposals == []
    revise(article, GONE + " Nor here.", cast.eda)
    assert article.revision.orphans.get().mark == orphan.mark, "carried on to the next text"
    revise(article, TEXT, cast.eda)
    assert standing(article) == [(MARKED, "same")], "the words came back"
    assert not article.revision.orphans.exists()


def test_a_mark_of_a_published_claim_moves_and_its_edition_keeps_the_old_text(cast):
    article, claim = cast.published()
    first = article.editions.get()
    revise(article, "Late news\n\n" + UNCHANGED, cast.eda)
    claim.refresh_from_db()
    assert claim.status == "published"
    assert article.editions.get() == first
    assert first.revision.number == 1
    c.triage_all(article, cast.eda)
    second = workflow.publish(article, actor=cast.eli)
    assert second.revision == article.revision
    with pytest.raises(workflow.Refused, match="Nothing has changed"):
        workflow.publish(article, actor=cast.eli)


def test_triage_of_unchanged_sentences_is_kept_and_of_changed_ones_is_asked_again(cast):
    article, _claim = cast.marked()
    revise(article, UNCHANGED, cast.eda)
    rows = {
        article.revision.text[row.start : row.end]: row.triage
        for row in article.revision.sentences.filter(number__isnull=False)
    }
    assert rows == {
        f"“{MARKED},” the mayor said.": "checkworthy",
        f"{SECOND}.": "unimportant",
        "In 2024 the town paid for a new pier.": "unimportant",
        "It is a long pier.": "",
    }


def test_the_same_text_again_is_refused_and_changes_nothing(cast):
    article, _claim = cast.marked()
    with pytest.raises(workflow.Refused, match="Nothing is different"):
        revise(article, TEXT, cast.eda)
    assert article.revisions.count() == 1


def test_who_looked_at_an_older_difference_is_told_who_was_quicker(cast):
    article, _claim = cast.marked()
    revise(article, UNCHANGED, cast.eda)
    with pytest.raises(workflow.Stale, match="Revision 2 was saved by Eda"):
        revise(article, CONTEXT, cast.eli, based_on=1)


@pytest.mark.parametrize("who", ["ann", "ola", "stranger"])
def test_only_editors_revise_confirm_attach_and_let_go(cast, who):
    article, _claim = cast.marked()
    person = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        revise(article, UNCHANGED, person)
    revise(article, GONE, cast.eda)
    orphan = Orphan.objects.get()
    for move in (
        lambda: workflow.confirm(article, [], actor=person),
        lambda: workflow.attach(orphan, 0, 5, actor=person),
        lambda: workflow.let_go(orphan, "gone", actor=person),
        lambda: workflow.look_again(article, actor=person),
    ):
        with pytest.raises(PermissionDenied):
            move()
    assert Orphan.objects.open().count() == 1


@pytest.mark.parametrize("stage", ["marked", "checking", "deciding", "decided", "approved"])
def test_a_claim_that_is_gone_is_set_aside_however_far_it_came(cast, stage):
    article, claim = getattr(cast, stage)()
    revise(article, GONE, cast.eda)
    workflow.let_go(Orphan.objects.get(), "gone", actor=cast.eda, note="They cut it.")
    claim.refresh_from_db()
    assert (claim.status, claim.set_aside) == ("set_aside", "gone")
    assert claim.set_aside_note == "They cut it."
    assert not readiness.orphans(article, article.revision).exists()


def test_a_published_claim_that_is_gone_stays_published_and_blocks_nothing(cast):
    article, claim = cast.published()
    revise(article, GONE, cast.eda)
    assert readiness.orphans(article, article.revision).get() == claim
    workflow.let_go(Orphan.objects.get(), "gone", actor=cast.eda)
    claim.refresh_from_db()
    assert claim.status == "published"
    assert not readiness.orphans(article, article.revision).exists()
    assert Transition.objects.filter(claim=claim, move="let go").exists()
    revise(article, GONE + " Nor here.", cast.eda)
    assert not readiness.orphans(article, article.revision).exists(), "settled for good"


def test_one_of_two_marks_of_a_claim_may_go_without_the_claim(cast):
    article, claim = cast.marked()
    start = TEXT.index("It is a fine pier")
    workflow.mark(article, start, start + 17, actor=cast.eda, claim=claim)
    revise(article, UNCHANGED.replace("It is a long pier.", ""), cast.eda)
    assert standing(article) == [(MARKED, "same")]
    assert readiness.orphans(article, article.revision).get() == claim, "one mark has no place"
    workflow.let_go(Orphan.objects.get(), "gone", actor=cast.eda)
    claim.refresh_from_db()
    assert claim.status == "spotted"
    assert not readiness.orphans(article, article.revision).exists()


def test_a_mark_in_the_text_before_finishes_no_sentence_of_this_one(cast):
    article, _claim = cast.marked()
    revise(article, TEXT.replace(MARKED, "Nobody told us when they would sail"), cast.eda)
    workflow.triage(article, [1], "checkworthy", actor=cast.eda)
    assert [row.number for row in readiness.unfinished(article.revision)] == [1]


def test_a_claim_brought_back_is_in_the_way_until_its_place_is_looked_for_again(cast):
    article, claim = cast.marked()
    revise(article, GONE, cast.eda)
    workflow.let_go(Orphan.objects.get(), "gone", actor=cast.eda)
    workflow.bring_back(claim, actor=cast.eda, reason="It is in the caption.")
    assert readiness.placeless(article, article.revision).get() == claim
    workflow.look_again(article, actor=cast.eda)
    orphan = Orphan.objects.get()
    assert orphan.outcome == ""
    workflow.attach(orphan, 0, len("Another story"), actor=cast.eda)
    assert standing(article) == [("Another story", "attached")]
    assert not workflow.look_again(article, actor=cast.eda), "nothing is left to look for"


def test_an_orphan_is_settled_once_and_only_in_the_current_text(cast):
    article, _claim = cast.marked()
    revise(article, GONE, cast.eda)
    old = Orphan.objects.get()
    revise(article, GONE + " Nor here.", cast.eda)
    with pytest.raises(workflow.Refused, match="newer text"):
        workflow.attach(old, 0, 7, actor=cast.eda)
    new = article.revision.orphans.get()
    workflow.let_go(new, "opinion", actor=cast.eda)
    with pytest.raises(workflow.Refused, match="settled this already"):
        workflow.attach(new, 0, 7, actor=cast.eda)


def test_the_database_itself_refuses_a_mark_that_lands_on_other_words_by_itself(cast):
    article, claim = cast.marked()
    mark = claim.marks.get()
    revise(article, GONE, cast.eda)
    with pytest.raises(Error, match="never lands on other words"), transaction.atomic():
        Mark.objects.create(
            claim=claim,
            revision=article.revision,
            start=0,
            end=7,
            exact="Another",
            created_by=cast.eda,
            came_by="same",
            came_from=mark,
        )


def test_a_claim_appears_once_in_each_article_however_many_texts_that_had(cast):
    article, claim = cast.published()
    revise(article, UNCHANGED, cast.eda)
    c.triage_all(article, cast.eda)
    workflow.reopen(claim, actor=cast.eli, reason="A new letter.")
    c.decide(claim, cast.eda, "half")
    workflow.approve(claim, actor=cast.eli)
    notes = {claim.pk: workflow.CorrectionNote("update", "A new letter.")}
    workflow.publish(article, actor=cast.eli, notes=notes)
    edition = claim.editions.latest("number")
    assert [each["exact"] for each in edition.content["appearances"]] == [MARKED]


def test_an_edition_says_which_text_it_is_of(cast):
    article, _claim = cast.published()
    revise(article, UNCHANGED, cast.eda)
    c.triage_all(article, cast.eda)
    workflow.publish(article, actor=cast.eli)
    numbers = [e.content["revision"]["number"] for e in article.editions.order_by("number")]
    assert numbers == [1, 2]


def test_every_move_is_logged(cast):
    article, claim = cast.marked()
    revise(article, NEGATED, cast.eda)
    orphan = Orphan.objects.get()
    workflow.attach(orphan, 40, 80, actor=cast.eda)
    moves = Counter(Transition.objects.filter(article=article).values_list("move", flat=True))
    assert (moves["revise"], moves["orphan"], moves["attach"]) == (1, 1, 1)
    line = Transition.objects.get(move="revise")
    assert line.detail == {"number": 2, "marks": {"proposal": 1}}
    assert Transition.objects.get(move="orphan").claim == claim


def test_a_changed_sentence_that_a_mark_came_along_to_is_worth_checking(cast):
    article, _claim = cast.marked()
    revise(article, CONTEXT, cast.eda)
    assert article.revision.sentences.get(number=1).triage == "checkworthy"
