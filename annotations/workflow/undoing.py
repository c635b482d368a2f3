"""Undo and redo of what a person did to a text: each is a move again, with its line in the log.

A step names the rows it touched: `{"marks": [uuid]}` while marks stand, `{"removed": [uuid]}`
while they are taken out, and `{"triage": {name: [before, after]}}`. What somebody else has
changed since is never undone over their heads.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from annotations.database.plans import KeptSQL
from annotations.models import Article, Claim, Mark, RemovedMark, Revision, Step, User
from annotations.rights import Right
from annotations.vocabulary import StepKind, Triage

from .core import Refused, lock_article, once_within, one_transaction, require_at
from .marking import Triaged, hold, mark_held, named, put_back, triage, triage_held, unmark
from .outdating import note_change
from .wording import ClaimDraft

KEPT = 50
"""Steps of a person in an article; older ones can be undone by hand only."""

Span = tuple[int, int]


def last_steps(article: Article, person: User) -> tuple[Step | None, Step | None]:
    """What the person could undo and redo now, in one statement."""
    steps = list(Step.objects.filter(article=article, person=person).order_by("pk"))
    done = [step for step in steps if not step.is_undone]
    undone = [step for step in steps if step.is_undone]
    return (done[-1] if done else None), (undone[0] if undone else None)


_STEP = KeptSQL(
    "with theirs as (select id, is_undone, row_number() over (order by is_undone, id desc)"
    " from annotations_step where article_id = %s and person_id = %s),"
    " gone as (delete from annotations_step using theirs"
    " where annotations_step.id = theirs.id"
    " and (theirs.is_undone or theirs.row_number >= %s))"
    " insert into annotations_step (article_id, person_id, kind, what, is_undone, at)"
    " values (%s, %s, %s, %s, false, %s) returning id",
    (0, 1, 2, 0, 1, 3, 4, 5),
)


def _note(article: Article, actor: User, kind: StepKind, what: dict[str, Any]) -> Step:
    """Remember a step. What was undone before it cannot be redone any more.

    In one statement, since each mark and each triage asks it.
    """
    step = Step(article=article, person=actor, kind=kind, what=what)
    whose = [article.pk, actor.pk]
    with connection.cursor() as cursor:
        cursor.execute(_STEP, [*whose, KEPT, *whose, kind, json.dumps(what), step.at])
        (step.pk,) = cursor.fetchone()
    return step


@one_transaction
def triage_step(
    article: Article, names: Iterable[int | str], value: str, *, actor: User
) -> Step | None:
    """As `triage`, and can be undone; returns the step, or None where nothing changed.

    Of several only the first is given another value than it has: a run fills the gaps between
    what was triaged already, so that the claims in it keep nobody from the rest.
    """
    text = hold(article, actor)
    wanted = [str(name) for name in names]
    rows = [
        row
        for row in named(text.revision, wanted)
        if row.name == wanted[0] or row.triage == Triage.UNTRIAGED
    ]
    changed = triage_held(text, rows, value)
    if not changed:
        return None
    return _note(text.article, actor, StepKind.TRIAGE, {"triage": changed})


@one_transaction
def mark_step(
    article: Article,
    spans: Sequence[Span],
    *,
    actor: User,
    exact: str,
    said_on: str = "",
    wording: ClaimDraft | None = None,
    claim: Claim | None = None,
) -> list[Mark]:
    """As `mark`, for the same words at each of the places, and can be undone at once."""
    return _mark_step(article, spans, actor, exact, said_on, wording=wording, claim=claim)


@one_transaction
def mark_new(
    article: Article,
    spans: Sequence[Span],
    *,
    actor: User,
    exact: str,
    wording: ClaimDraft,
    said_on: str = "",
    key: uuid.UUID | None = None,
) -> int:
    """As `mark_step`, as a new claim, once for each key of a form; returns the claim's key."""
    made: list[Mark] = []
    called = uuid.uuid4()

    def mark_them() -> str:
        made[:] = _mark_step(article, spans, actor, exact, said_on, wording=wording, called=called)
        return str(called)

    answer: Any = once_within(actor, key, f"mark {article.uuid}", mark_them, known=str(called))
    return made[0].claim_id if made else _claim_called(answer)


def _claim_called(answer: str | int) -> int:
    """The claim that a form has made before: by its UUID, or by its key, which 0.1.0 noted."""
    if isinstance(answer, int):
        return answer
    return Claim.objects.values_list("pk", flat=True).order_by().get(uuid=answer)


def _mark_step(
    article: Article,
    spans: Sequence[Span],
    actor: User,
    exact: str,
    said_on: str,
    *,
    wording: ClaimDraft | None = None,
    claim: Claim | None = None,
    called: uuid.UUID | None = None,
) -> list[Mark]:
    """Mark the places; a new claim gets the UUID `called`."""
    text = hold(article, actor, for_a_claim=claim is None)
    made: list[Mark] = []
    triaged: Triaged = {}
    what: dict[str, Any] = {"exact": exact, "said_on": said_on, "wording": wording}
    for start, end in spans:
        placed, changed = mark_held(text, start, end, claim=claim, called=called, **what)
        claim = placed.claim
        made.append(placed)
        triaged |= changed
    note_change(text.article, actor)
    _note(
        text.article,
        actor,
        StepKind.MARK,
        {"marks": [str(each.uuid) for each in made], "triage": triaged},
    )
    return made


@one_transaction
def unmark_step(article: Article, placed: Mark, *, actor: User) -> RemovedMark:
    """As `unmark`, and can be undone."""
    removed = unmark(article, placed, actor=actor)
    _note(article, actor, StepKind.UNMARK, {"removed": [str(removed.uuid)]})
    return removed


@one_transaction
def undo(article: Article, *, actor: User) -> Step:
    """Undo the person's last step. Raises PermissionDenied; Refused where there is none, or
    somebody else has gone on from there."""
    article = lock_article(article)
    require_at(actor, Right.MARK, article)
    step, _redo = last_steps(article, actor)
    if step is None:
        raise Refused(_("There is nothing of yours to undo here."))
    if step.kind == StepKind.UNMARK:
        _put_back(article, step, actor)
    else:
        _check_triage(article, step, now=1)
        _take_out(article, step, actor)
        _set_triage(article, step, actor, to=0)
    step.is_undone = True
    step.save(update_fields=["what", "is_undone"])
    return step


@one_transaction
def redo(article: Article, *, actor: User) -> Step:
    """Do again what was undone last. Raises as `undo` does."""
    article = lock_article(article)
    require_at(actor, Right.MARK, article)
    _undo, step = last_steps(article, actor)
    if step is None:
        raise Refused(_("There is nothing of yours to redo here."))
    if step.kind == StepKind.UNMARK:
        _take_out(article, step, actor)
    else:
        _check_triage(article, step, now=0)
        _put_back(article, step, actor)
        _set_triage(article, step, actor, to=1)
    step.is_undone = False
    step.save(update_fields=["what", "is_undone"])
    return step


def _take_out(article: Article, step: Step, actor: User) -> None:
    wanted = step.what.pop("marks", [])
    marks = {str(each.uuid): each for each in Mark.objects.filter(uuid__in=wanted)}
    if len(marks) < len(wanted):
        raise Refused(_("Somebody has taken that mark out already."))
    if wanted:
        removed = [unmark(article, marks[key], actor=actor) for key in wanted]
        step.what["removed"] = [str(each.uuid) for each in removed]


def _put_back(article: Article, step: Step, actor: User) -> None:
    wanted = step.what.pop("removed", [])
    rows = RemovedMark.objects.filter(uuid__in=wanted).select_related("claim")
    removed = {str(each.uuid): each for each in rows}
    if wanted:
        placed = [put_back(article, removed[key], actor=actor) for key in wanted]
        step.what["marks"] = [str(each.uuid) for each in placed]


def _check_triage(article: Article, step: Step, *, now: int) -> None:
    """Raise Refused unless each sentence still is what the step left: before (0) or after (1)."""
    wanted = {name: pair[now] for name, pair in step.what.get("triage", {}).items()}
    if _triage_of(article.revision, wanted) != wanted:
        raise Refused(_("Somebody has triaged these sentences since. Choose what they are again."))


def _set_triage(article: Article, step: Step, actor: User, *, to: int) -> None:
    by_value: dict[str, list[str]] = {}
    for name, pair in step.what.get("triage", {}).items():
        by_value.setdefault(pair[to], []).append(name)
    for value, names in by_value.items():
        triage(article, names, value, actor=actor)


def _triage_of(revision: Revision, names: Iterable[str]) -> dict[str, str]:
    return {row.name: row.triage for row in named(revision, names)}
