"""From a text to claims: freezing a text, marking, triage, setting aside, rewording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import (
    OPEN,
    Annotation,
    Article,
    Assignment,
    Claim,
    Claimant,
    Desk,
    Mark,
    Revision,
    Sentence,
    User,
)
from annotations.rights import Right
from annotations.text.anchors import anchor
from annotations.vocabulary import (
    AssignmentStatus,
    ClaimStatus,
    SentenceKind,
    SetAside,
    Task,
    Triage,
)

from .assignments import move as move_assignment
from .moves import (
    BRING_BACK,
    REWORD,
    SET_ASIDE,
    Refused,
    Stale,
    check,
    lock_article,
    lock_claim,
    log,
    perform,
    require,
    step,
)


def _label(name: str) -> str:
    """The name of a field of a claim, for people."""
    return str(getattr(Claim._meta.get_field(name), "verbose_name", name))


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """The wording of a claim: what rule 5 freezes when checking opens."""

    claim_reviewed: str
    interpretation: str = ""
    claimant: Claimant | None = None
    reports: Claimant | None = None
    type: str = "event"

    def differences(self, claim: Claim) -> list[str]:
        """What would change, a line a field: from, to."""
        return [
            f"{_label(name)}: “{before or '–'}” → “{after or '–'}”"
            for name in (field.name for field in fields(self))
            if (before := getattr(claim, name)) != (after := getattr(self, name))
        ]

    def write_to(self, claim: Claim, actor: User) -> list[str]:
        """Put the wording on the claim as a new version of it; returns the fields to save."""
        names = [field.name for field in fields(self)]
        for name in names:
            setattr(claim, name, getattr(self, name))
        claim.version += 1
        claim.changed_by, claim.changed_at = actor, timezone.now()
        return [*names, "version", "changed_by", "changed_at"]


def _next_number(desk: Desk) -> int:
    """The next claim number of the desk. The desk's row is held so that none is given twice."""
    Desk.objects.select_for_update().get(pk=desk.pk)
    return (Claim.objects.filter(desk=desk).aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def mark(
    article: Article,
    start: int,
    end: int,
    *,
    actor: User,
    wording: ClaimDraft | None = None,
    claim: Claim | None = None,
    said_on: str = "",
    exact: str | None = None,
) -> Mark:
    """Mark the words from `start` to `end` (code points) of the current text.

    With `wording`, as a new claim; with `claim`, as one more place where that claim is made.
    `exact` are the words as the person was shown them, where they were shown. The sentences
    touched become check-worthy. Raises PermissionDenied, BadAnchor for a span that is empty or
    outside the text, and Refused, also where other words than `exact` stand there.
    """
    article = lock_article(article)
    require(actor, Right.MARK, article.desk)
    revision = article.revision
    place = anchor(revision.text, start, end)
    if exact is not None and exact != place.exact:
        raise Refused(
            _("The text there reads “%(text)s”, not “%(shown)s”. Select the words again.")
            % {"text": place.exact[:200], "shown": exact[:200]}
        )
    if claim is not None:
        claim = lock_claim(claim)
        if claim.desk_id != article.desk_id:
            raise Refused(_("That claim belongs to another desk."))
    else:
        assert wording is not None
        claim = Claim(
            desk=article.desk,
            number=_next_number(article.desk),
            language=article.language,
            created_by=actor,
            changed_by=actor,
            **{field.name: getattr(wording, field.name) for field in fields(wording)},
        )
        claim.save()
    if claim.marks.filter(revision=revision, start=start, end=end).exists():
        raise Refused(_("These words are already marked as this claim."))
    made = Mark.objects.create(
        claim=claim,
        revision=revision,
        start=place.start,
        end=place.end,
        exact=place.exact,
        prefix=place.prefix,
        suffix=place.suffix,
        said_on=said_on,
        created_by=actor,
    )
    log(article.desk, "mark", actor, article=article, claim=claim, target=claim.status)
    touched = revision.sentences.filter(start__lt=end, end__gt=start)
    triage_rows(article, touched, Triage.CHECKWORTHY, actor)
    return made


def triage_rows(article: Article, sentences: Iterable[Sentence], value: str, actor: User) -> int:
    """Write the value where it differs, a line of the log for each sentence."""
    changed = 0
    for sentence in sentences:
        if sentence.triage == value:
            continue
        before, sentence.triage = sentence.triage, value
        sentence.save(update_fields=["triage"])
        log(
            article.desk,
            "triage",
            actor,
            article=article,
            sentence=sentence,
            source=before,
            target=value,
        )
        changed += 1
    return changed


@transaction.atomic
def triage(article: Article, numbers: Iterable[int], value: str, *, actor: User) -> int:
    """Say what the body sentences with these numbers are; returns how many changed.

    Raises PermissionDenied, and Refused where a marked claim contradicts the value.
    """
    article = lock_article(article)
    revision = article.revision
    return triage_locked(article, revision, body(revision, numbers), value, actor)


def body(revision: Revision, numbers: Iterable[int]) -> list[Sentence]:
    """The body sentences with these numbers."""
    return list(revision.sentences.filter(kind=SentenceKind.BODY, number__in=list(numbers)))


def triage_locked(
    article: Article, revision: Revision, wanted: list[Sentence], value: str, actor: User
) -> int:
    """As `triage`, of sentences that were read while the article was locked."""
    require(actor, Right.MARK, article.desk)
    if value != Triage.CHECKWORTHY:
        for sentence in wanted:
            _refuse_if_marked(revision, sentence)
    return triage_rows(article, wanted, value, actor)


def _refuse_if_marked(revision: Revision, sentence: Sentence) -> None:
    marks = revision.marks.filter(start__lt=sentence.end, end__gt=sentence.start)
    if marks.exclude(claim__status="set_aside").exists():
        raise Refused(
            _(
                "A claim is marked in sentence %(number)d, so it is check-worthy."
                " Set the claim aside first."
            )
            % {"number": sentence.number}
        )


def set_aside(
    claim: Claim,
    why: str,
    *,
    actor: User,
    note: str = "",
    duplicate_of: Claim | None = None,
) -> None:
    """Take the claim out of checking, and say why.

    A duplicate names the claim it repeats. Raises PermissionDenied, Refused.
    """
    if why not in SetAside.values:
        raise Refused(_("Choose why the claim is set aside."))
    label = str(SetAside(why).label)
    if why == SetAside.DUPLICATE:
        _refuse_unless_another(claim, duplicate_of)
        label = f"{label}: “{duplicate_of}”"
    perform(
        SET_ASIDE,
        claim,
        actor=actor,
        reason=f"{label}. {note}".strip(),
        set_aside=why,
        set_aside_note=note,
        duplicate_of=duplicate_of if why == SetAside.DUPLICATE else None,
    )


def _refuse_unless_another(claim: Claim, other: Claim | None) -> None:
    if other is None:
        raise Refused(_("Choose the claim that this one repeats."))
    if other.desk_id != claim.desk_id or other.pk == claim.pk:
        raise Refused(_("Choose another claim of the desk."))
    if other.status == ClaimStatus.SET_ASIDE:
        raise Refused(_("“%(claim)s” is set aside itself.") % {"claim": other})


@transaction.atomic
def bring_back(claim: Claim, *, actor: User, reason: str) -> None:
    """Undo a setting aside. Checks asked for before lapse; their drafts are kept.

    The wording is open again, so no answer to the old one may count. Raises PermissionDenied,
    Refused.
    """
    claim = lock_claim(claim)
    check(BRING_BACK, claim, actor, reason)
    step(BRING_BACK, claim, actor, reason, set_aside="", set_aside_note="", duplicate_of=None)
    for assignment in _answers(claim):
        _take_back(assignment, AssignmentStatus.EXPIRED, "expire", actor, reason, new_round=True)


@transaction.atomic
def reword(
    claim: Claim,
    wording: ClaimDraft,
    *,
    actor: User,
    reason: str,
    based_on: int | None = None,
) -> Claim:
    """Change the wording after checking opened (rule 5): every annotation goes back to its author.

    `based_on` is the version of the claim that the person was shown, if it is known. The log and
    each returned check show the difference. Raises PermissionDenied, Refused; Stale for another
    version.
    """
    claim = lock_claim(claim)
    check(REWORD, claim, actor, reason)
    if based_on is not None and claim.version != based_on:
        raise Stale(_("Somebody changed the wording meanwhile. Read it again first."))
    if not (differences := wording.differences(claim)):
        raise Refused(_("Nothing is different."))
    why = "\n".join([reason, *differences])
    changes: dict[str, Any] = {
        name: getattr(claim, name) for name in wording.write_to(claim, actor)
    }
    step(REWORD, claim, actor, why, **changes)
    for assignment in _answers(claim):
        return_check(assignment, actor, why, new_round=True)
    return claim


def _answers(claim: Claim) -> list[Assignment]:
    """The locked checks of the claim that are owed or handed in."""
    return list(
        claim.assignments.select_for_update()
        .filter(task=Task.CHECK, status__in=[*OPEN, AssignmentStatus.SUBMITTED])
        .order_by("pk")
    )


def return_check(
    assignment: Assignment, actor: User, reason: str, *, new_round: bool = False
) -> None:
    """Give a locked check back to its person: the annotation is a draft again.

    In a new round (the wording changed) nothing is disclosed until all are in again.
    """
    _take_back(assignment, AssignmentStatus.RETURNED, "return", actor, reason, new_round=new_round)


def _take_back(
    assignment: Assignment,
    status: AssignmentStatus,
    move: str,
    actor: User,
    reason: str,
    *,
    new_round: bool,
) -> None:
    move_assignment(assignment, status, move, actor, reason)
    annotation = Annotation.objects.filter(assignment=assignment).first()
    if annotation is not None:
        annotation.submitted_at = None
        if new_round:
            annotation.disclosed_at = None
        annotation.save(update_fields=["submitted_at", "disclosed_at"])
