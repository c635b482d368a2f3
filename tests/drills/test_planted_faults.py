"""Each fault that was found once is planted again: the machine's promises tell of it.

A fault takes one guard out, by name. The story that once led there breaks no promise with the
guard, and breaks one without it, within some ten to thirty moves.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Exists, Q, Subquery

from annotations import readiness, second_person
from annotations.editions import making
from annotations.models import (
    Claim,
    Edition,
    Transition,
    annotation,
    disclosure,
    evidence,
    log,
    noting,
    verdict,
)
from annotations.models import desk as desks
from annotations.models.annotation import OPEN, Assignment
from annotations.prepared import Prepared
from annotations.vocabulary import Task, Triage
from annotations.workflow import (
    assignments,
    checks,
    dealing,
    guards,
    publishing,
    table,
)
from annotations.workflow import desk as desk_moves
from tests.workflow import test_machine as told
from tests.workflow.machine import Desk
from tests.workflow.machine.promises import Promise

from .planted import Fault, Plant, always, find, unguarded

# --- how a guard is taken out ---


def _anybody_is_asked(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(assignments.CANNOT, Task.CHECK, lambda *_: "")


def _anybody_takes(patch: pytest.MonkeyPatch) -> None:
    def to_take(desk: Any, person: Any) -> Any:
        asked = Assignment.objects.filter(person=person.pk, task=Task.CHECK)
        rows = Claim.objects.filter(desk=desk).exclude(pk__in=asked.values("claim"))
        return dealing.short(rows)

    _anybody_is_asked(patch)
    patch.setattr(dealing, "to_take", to_take)


def _owed_only(patch: pytest.MonkeyPatch) -> None:
    def owed() -> Any:
        return Assignment.objects.filter(status__in=OPEN, task=Task.CHECK)

    for module in (annotation, guards, log):
        patch.setattr(module, "held_blind", owed)


def _aside_is_open(patch: pytest.MonkeyPatch) -> None:
    def undisclosed(status: str, claim: str) -> Q:
        return Q(**{f"{status}__in": ["spotted", "checking"]})

    patch.setattr(annotation, "_undisclosed", undisclosed)


def _unread(queryset: type) -> Plant:
    """Rows of a kind are handed out without a note of who read them."""
    return lambda patch: patch.setattr(queryset, "read_by", lambda rows, *_, **__: rows.all())


def _sources_of_all(patch: pytest.MonkeyPatch) -> None:
    def visible_to(rows: Any, user: Any) -> Any:
        return rows.filter(desk__in=desks.desks_of(user)).read_by(user)

    patch.setattr(evidence.SourceQuerySet, "visible_to", visible_to)


def _own_sources_for_ever(patch: pytest.MonkeyPatch) -> None:
    def visible_to(rows: Any, user: Any) -> Any:
        cited = evidence.Citation.objects.visible_to(user).values("source")
        return rows.filter(Q(added_by=user.pk) | Q(pk__in=cited)).read_by(user)

    patch.setattr(evidence.SourceQuerySet, "visible_to", visible_to)


def _notes_of_all(patch: pytest.MonkeyPatch) -> None:
    def visible_to(rows: Any, user: Any) -> Any:
        return rows.filter(source__desk__in=desks.desks_of(user))

    patch.setattr(noting.SourceNoteQuerySet, "visible_to", visible_to)


def _part_now(patch: pytest.MonkeyPatch) -> None:
    """Who took part is asked of the checks as they stand: not of the log, nor of verdicts."""
    patch.setattr(second_person, "took_part", lambda claim: _asked_now(claim))


def _asked_now(claim: Any) -> set[int]:
    rows = readiness.checks(claim)
    return set(rows.values_list("person", flat=True))


def _part_without_adopted(patch: pytest.MonkeyPatch) -> None:
    """A verdict's origin is looked for in the newest one only."""

    def took_part(claim: Any) -> set[int]:
        now = claim.verdict and claim.verdict.adopted
        return _asked_now(claim) | ({now.assignment.person_id} if now else set())

    patch.setattr(second_person, "took_part", took_part)


def _approvals_of_anybody(patch: pytest.MonkeyPatch) -> None:
    was = second_person.approved_since
    patch.setattr(
        second_person, "approved_since", lambda article, change, *, but: was(article, change, but=0)
    )


def _approvals_of_what_was(patch: pytest.MonkeyPatch) -> None:
    """An approval stands, whatever was changed after it."""

    def approved_since(article: Any, change: Any, *, but: int) -> bool:
        lines = Transition.objects.filter(move="approve", article=article).exclude(actor=but)
        return bool(lines.exists())

    patch.setattr(second_person, "approved_since", approved_since)


def _neither_of_two_guards(patch: pytest.MonkeyPatch) -> None:
    """Of a verdict by one hand, the claim is not asked about, nor is the whole act."""
    unguarded(table.PUBLISH, guards.is_not_alone)(patch)
    always(publishing, "is_alone", "")(patch)


def _last_change_of_claims_alone(patch: pytest.MonkeyPatch) -> None:
    """What is asked of each claim, is not asked of the article: no move on it is a change."""
    left = tuple(
        name
        for name in second_person.CHANGES_WHAT_READERS_GET
        if name in (second_person.M.ADOPT, second_person.M.DECIDE)
    )
    patch.setattr(second_person, "CHANGES_WHAT_READERS_GET", left)


def _anybodys_change(patch: pytest.MonkeyPatch) -> None:
    """Only the last change is asked about, whoever made it, and wherever."""

    def unseen_change(article: Any, person: Any) -> Any:
        change = second_person.last_change(article)
        is_own = change is not None and second_person.changed_by(change) == person.pk
        return change if is_own else None

    patch.setattr(second_person, "unseen_change", unseen_change)


def _any_edition_ends_the_wait(patch: pytest.MonkeyPatch) -> None:
    """What was changed before readers last got an edition is taken for seen, in it or not."""
    was = second_person._changes

    def since(article: Any, claims: Any) -> Any:
        editions = Edition.objects.filter(article=article).exclude(content__has_key="tombstone")
        last = editions.order_by("-number").values("published_at")[:1]
        return was(article, claims).filter(Q(at__gt=Subquery(last)) | ~Q(Exists(editions)))

    patch.setattr(second_person, "_changes", since)
    patch.setattr(second_person, "_LAST", Prepared(second_person._last, 2))


def _preview_for_everybody(patch: pytest.MonkeyPatch) -> None:
    was = making.of_article
    patch.setattr(making, "of_article", lambda *args, reader=None, **kwargs: was(*args, **kwargs))


def _scale_any_time(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(desk_moves, "RATED", ())


def _taken_back_by_nobody(patch: pytest.MonkeyPatch) -> None:
    was = second_person.taken_back_alone

    def line(row: Any) -> Any:
        found = was(row)
        if found is not None:
            found.actor_id = None
        return found

    patch.setattr(second_person, "taken_back_alone", line)


# --- stories ---


def an_editor_previews_what_she_checks(desk: Desk) -> None:
    told.until(desk, "decided")
    desk.send_back(who=1, claim=0, why="Look.", to=None)
    asked = {row["person_id"] for row in desk.rows("Assignment")}
    free = next(n for n in range(2, 6) if desk.people[n].pk not in asked)
    desk.ask_again(who=0, claim=0, whom=free)
    desk.preview(who=free, article=0)


def an_editor_previews(desk: Desk) -> None:
    told.until(desk, "decided")
    asked = {row["person_id"] for row in desk.rows("Assignment")}
    free = next(n for n in range(2, 6) if desk.people[n].pk not in asked)
    desk.preview(who=free, article=0)


def approving_unread(desk: Desk) -> None:
    told.until(desk, "approved")


def a_reader_takes_a_check(desk: Desk) -> None:
    told.until(desk, "deciding")
    desk.person_reads(who=2)
    desk.give_back(who=0, at=0, why="Look.")
    desk.decline(at=0, own=True, who=0, why="No.")
    desk.take(who=2, article=0)


def a_reader_hands_in(desk: Desk) -> None:
    """Asked before anybody has read; what was closed is opened and reopened around them."""
    told.until(desk, "deciding")
    desk.person_reads(who=desk.index(desk.rows("Assignment", task="check")[0]["person_id"]))
    desk.give_back(who=0, at=0, why="Look.")
    for _ in range(4):
        desk.go_on(claim=0, who=0, slug="half")


def bringing_back_what_one_checks(desk: Desk) -> None:
    told.progress_of_others_when_it_is_set_aside(desk)
    for row in desk.rows("Assignment", task="check"):
        desk.bring_back(who=desk.index(row["person_id"]), claim=0, why="It can be checked.")


def reading_notes_of_others(desk: Desk) -> None:
    told.until(desk, "checking")
    desk.cite(at=0, own=True, who=0, change=False)
    desk.note_source(at=0, own=True, who=0)
    for row in desk.rows("Assignment", task="check"):
        desk.start(at=0, own=True, who=desk.index(row["person_id"]))


def notes_are_read(desk: Desk) -> None:
    told.until(desk, "checking")
    desk.cite(at=0, own=True, who=0, change=False)
    desk.note_source(at=0, own=True, who=0)
    told.until(desk, "deciding")
    desk.person_reads(who=4)


def sources_of_others(desk: Desk) -> None:
    told.until(desk, "checking")
    desk.cite(at=0, own=True, who=0, change=False)


def leaving_with_sources(desk: Desk) -> None:
    told.until(desk, "checking")
    desk.cite(at=0, own=True, who=0, change=False)
    [source] = desk.rows("Source")
    who = desk.index(source["added_by_id"])
    members = desk.rows("Membership", desk_id=desk.desk.pk)
    at = next(n for n, row in enumerate(members) if row["user_id"] == desk.people[who].pk)
    desk.end_membership(who=0, at=at)


def deciding_and_approving(desk: Desk) -> None:
    told.until(desk, "decided")
    decider = desk.rows("Verdict")[0]["decided_by_id"]
    desk.approve(who=desk.index(decider), claim=0)


def writing_approving_and_publishing(desk: Desk) -> None:
    """At a desk that lets the decider approve: a verdict by one hand, a title by another."""
    desk.change_rules(who=0, rules={"decider_may_approve": True}, why="Quicker.")
    decider = _ready(desk)
    desk.approve(who=decider, claim=0)
    desk.describe(who=(decider + 1) % 6, article=0, title="A title")
    desk.publish(who=decider, article=0, noted=True)


def _ready(desk: Desk) -> int:
    """A verdict waits for approval, and nothing else is to do; the decider, by number."""
    told.until(desk, "decided")
    desk.triage(who=0, article=0, numbers={2, 3, 4}, value=Triage.UNIMPORTANT)
    return desk.index(desk.rows("Verdict")[0]["decided_by_id"])


def a_title_and_an_approval_by_one_hand(desk: Desk) -> None:
    """The verdict has two people behind it then, the title one."""
    decider = _ready(desk)
    checkers = {row["person_id"] for row in desk.rows("Assignment", task="check")}
    other = next(n for n in range(6) if n != decider and desk.people[n].pk not in checkers)
    desk.describe(who=other, article=0, title="A title")
    desk.approve(who=other, claim=0)
    desk.publish(who=other, article=0, noted=True)


def another_title_after_the_approval(desk: Desk) -> None:
    told.until(desk, "published")
    desk.describe(who=0, article=0, title="A title")
    desk.approve_article(who=1, article=0)
    desk.describe(who=0, article=0, title="Another title")
    desk.publish(who=0, article=0, noted=True)


def another_text_by_a_third_hand(desk: Desk) -> None:
    """Of a claim that readers have; by somebody who did not write its verdict."""
    told.until(desk, "published")
    decider = desk.index(desk.rows("Verdict")[0]["decided_by_id"])
    who = next(n for n in range(6) if n != decider)
    desk.import_(who=who, text=2, language="en")
    desk.mark(who=who, article=1, words=1, same_as=0, step=False)
    desk.triage(who=who, article=1, numbers={1, 3, 4, 5}, value=Triage.UNIMPORTANT)
    desk.publish(who=who, article=1, noted=True)


def confirming_what_one_withdrew(desk: Desk) -> None:
    told.until(desk, "published")
    desk.withdraw(who=0, article=0, why="Law.", whole=False)
    desk.confirm_taking_back(who=0, at=0)


def another_scale_while_rating(desk: Desk) -> None:
    told.until(desk, "deciding")
    desk.change_scale(who=0, why="Finer.")


# --- faults ---


P = Promise
FAULTS = [
    # Blindness and sightings
    Fault("the preview shows all", _preview_for_everybody, an_editor_previews_what_she_checks,
          (P.OWING_IS_BLIND,)),
    Fault("the preview is not noted", _preview_for_everybody, an_editor_previews,
          (P.READING_IS_NOTED,)),
    Fault("rows are read unnoted", always(disclosure.DisclosedQuerySet, "note", None),
          told.reading_leaves_no_trace, (P.READING_IS_NOTED,)),
    Fault("verdicts are read unnoted", _unread(verdict.VerdictQuerySet), an_editor_previews,
          (P.READING_IS_NOTED,)),
    Fault("who signs is not noted", always(disclosure.SightingQuerySet, "note", None),
          approving_unread, (P.READING_IS_NOTED,)),
    Fault("who has read is asked", _anybody_is_asked,
          told.a_reader_is_asked_to_check, (P.READER_IS_NOT_BLIND,)),
    Fault("who has read takes a check", _anybody_takes,
          a_reader_takes_a_check, (P.READER_IS_NOT_BLIND,)),
    Fault("who has read hands in as blind", always(checks, "_was_shown_others", False),
          a_reader_hands_in, (P.READER_IS_NOT_BLIND,)),
    Fault("who handed in is not blind", _owed_only,
          told.progress_of_others_after_handing_in, (P.HOLDING_IS_BLIND,)),
    Fault("set aside is disclosed", _aside_is_open,
          told.progress_of_others_when_it_is_set_aside, (P.ASIDE_IS_BLIND,)),
    Fault("who checks brings back", unguarded(table.BRING_BACK, guards.checks_it_not),
          bringing_back_what_one_checks, (P.ASIDE_IS_BLIND,)),
    Fault("sources of others", _sources_of_all, sources_of_others, (P.OWING_IS_BLIND,)),
    Fault("sources after leaving", _own_sources_for_ever, leaving_with_sources,
          (P.STRANGERS_SEE_NOTHING,)),
    Fault("notes of others", _notes_of_all, reading_notes_of_others, (P.OWING_IS_BLIND,)),
    # Nobody alone
    Fault("the whole act is not asked about", always(publishing, "is_alone", ""),
          told.publishing_a_title_alone, (P.NOT_ALONE, P.OTHER_EYES)),
    Fault("an old verdict in a new article", always(publishing, "is_alone", ""),
          told.publishing_another_text_of_a_known_claim_alone, (P.NOT_ALONE, P.OTHER_EYES)),
    Fault("withdrawn and published again", always(publishing, "is_alone", ""),
          told.withdrawing_and_publishing_again_alone, (P.NOT_ALONE, P.OTHER_EYES)),
    Fault("only verdicts are changes", _last_change_of_claims_alone,
          another_text_by_a_third_hand, (P.NOT_ALONE, P.OTHER_EYES)),
    Fault("one's own approval counts", _approvals_of_anybody,
          a_title_and_an_approval_by_one_hand, (P.OTHER_EYES,)),
    Fault("who withdrew has looked at it", _anybodys_change,
          told.publishing_a_title_again_that_somebody_else_withdrew, (P.OTHER_EYES,)),
    Fault("who decided elsewhere has looked at it", _anybodys_change,
          told.publishing_a_text_alone_with_a_claim_that_others_decided_elsewhere,
          (P.OTHER_EYES,)),
    Fault("an edition without a verdict ends the wait", _any_edition_ends_the_wait,
          told.publishing_a_title_after_taking_another_verdict_back, (P.OTHER_EYES,)),
    Fault("closeness of today", _part_now,
          told.approving_what_one_annotated_and_gave_up, (P.ANNOTATOR_NEVER_APPROVES,)),
    Fault("adopted by the newest verdict", _part_without_adopted,
          told.approving_after_ones_words_were_adopted,
          (P.ANNOTATOR_NEVER_APPROVES, P.ADOPTED_NEVER_APPROVES)),
    Fault("annotators approve", unguarded(table.APPROVE, guards.did_not_annotate),
          told.approving_what_one_annotated_and_gave_up, (P.ANNOTATOR_NEVER_APPROVES,)),
    Fault("the decider approves", unguarded(table.APPROVE, guards.did_not_decide),
          deciding_and_approving, (P.DECIDER_APPROVES_BY_POLICY,)),
    Fault("one hand writes, approves and publishes", _neither_of_two_guards,
          writing_approving_and_publishing, (P.NOT_ALONE, P.OTHER_EYES)),
    Fault("any approval of the article counts", _approvals_of_what_was,
          another_title_after_the_approval, (P.OTHER_EYES, P.NOT_ALONE)),
    Fault("who withdrew confirms", _taken_back_by_nobody, confirming_what_one_withdrew,
          (P.CONFIRMED_BY_ANOTHER,)),
    Fault("another scale while rating", _scale_any_time, another_scale_while_rating,
          (P.SCALE_STANDS,)),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_found(db, monkeypatch, fault: Fault):
    find(fault, monkeypatch)
