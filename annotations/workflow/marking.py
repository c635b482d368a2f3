"""Marks and triage: what the sentences of a text are, and where it makes claims."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import (
    Exists,
    IntegerField,
    OuterRef,
    ProtectedError,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from annotations import rights
from annotations.database.plans import KeptSQL
from annotations.models import (
    Article,
    Claim,
    Mark,
    Membership,
    RemovedMark,
    Revision,
    Sentence,
    Step,
    User,
)
from annotations.prepared import PreparedRows
from annotations.rights import Right
from annotations.text.anchors import Anchor, BadAnchor, anchor
from annotations.vocabulary import ClaimStatus, MoveName, Triage

from .core import (
    Refused,
    lock_article,
    lock_claim,
    lock_with_desk,
    log,
    log_all,
    one_transaction,
    require_at,
    why_not,
)
from .outdating import note_change
from .storing import insert
from .wording import ClaimDraft

Triaged = dict[str, list[str]]
"""What was triaged: by the sentence's name, what it was before and what it is now."""


def _new_claim(text: Held, wording: ClaimDraft, called: uuid.UUID | None) -> Claim:
    wording = wording.settled()
    claim = Claim(
        desk=text.article.desk,
        number=text.next_number,
        language=text.article.language,
        created_by=text.actor,
        changed_by=text.actor,
        **wording.values(),
    )
    claim.uuid = called or claim.uuid
    insert([claim])
    return claim


def place_at(revision: Revision, start: int, end: int) -> Anchor:
    """The words from `start` to `end` (code points). Raises Refused where there are none."""
    try:
        return anchor(revision.text, start, end)
    except BadAnchor as why:
        raise Refused(_("Those words are not in the text. Select them again.")) from why


@dataclass(frozen=True, slots=True)
class Held:
    """A text that is marked: its article is held, and the actor may mark there."""

    article: Article
    revision: Revision
    actor: User
    next_number: int
    """Of a new claim, if the desk is held too: else it may be given twice."""


def hold(article: Article, actor: User, *, for_a_claim: bool = False) -> Held:
    """Hold the article, and the desk where a new claim needs a number. Raises PermissionDenied.

    The text, the right and the number are read in one statement, once both are held; and the desk
    with them, if it is not.
    """
    revision: Any
    if for_a_claim:
        article = lock_with_desk(article)
        revision = _TEXT.get(actor.pk, article.pk)
    else:
        article = lock_article(article)
        revision = _TEXT_AND_DESK.get(actor.pk, article.pk)
        article.desk = revision.article.desk
    revision.article = article
    checkers_mark = article.desk.checkers_mark
    if not rights.allows(revision.role, Right.MARK, checkers_mark=checkers_mark):
        raise PermissionDenied(why_not(Right.MARK, article.desk, to=actor))
    return Held(article, revision, actor, revision.last + 1)


def _text(actor: int, article: int) -> QuerySet[Revision]:
    """The latest text, with the person's role at its desk and the desk's last claim number."""
    at_desk = Membership.objects.may(User(pk=actor), Right.READ)
    role = at_desk.filter(desk=OuterRef("article__desk")).order_by().values("role")[:1]
    claims = Claim.objects.filter(desk=OuterRef("article__desk")).order_by("-number")
    last = Coalesce(Subquery(claims.values("number")[:1]), Value(0), output_field=IntegerField())
    rows = Revision.objects.filter(article=article)
    return rows.annotate(role=Subquery(role), last=last).order_by("-number")[:1]


def _text_and_desk(actor: int, article: int) -> QuerySet[Revision]:
    return _text(actor, article).select_related("article__desk")


_TEXT: PreparedRows[Revision] = PreparedRows(_text, 2)
_TEXT_AND_DESK: PreparedRows[Revision] = PreparedRows(_text_and_desk, 2)


@one_transaction
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
    touched become check-worthy. Raises PermissionDenied; Refused, also for a span that is empty or
    outside the text, and where other words than `exact` stand there.
    """
    text = hold(article, actor, for_a_claim=claim is None)
    made, _changed = mark_held(
        text, start, end, wording=wording, claim=claim, said_on=said_on, exact=exact
    )
    note_change(text.article, actor)
    return made


def mark_held(
    text: Held,
    start: int,
    end: int,
    *,
    wording: ClaimDraft | None,
    claim: Claim | None,
    said_on: str,
    exact: str | None,
    called: uuid.UUID | None = None,
) -> tuple[Mark, Triaged]:
    """As `mark`, in a text that is held; also what was triaged by it.

    `called` is the UUID of a new claim, for whoever has to know it before it is made.
    """
    article, revision, actor = text.article, text.revision, text.actor
    place = place_at(revision, start, end)
    if exact is not None and exact != place.exact:
        raise Refused(
            _("The text there reads “%(text)s”, not “%(shown)s”. Select the words again.")
            % {"text": place.exact[:200], "shown": exact[:200]}
        )
    if claim is not None:
        claim = _one_more_place(text, claim, start, end)
    else:
        assert wording is not None
        claim = _new_claim(text, wording, called)
    made = Mark(
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
    insert([made])
    touched = _TOUCHED(revision.pk, start, end)
    changed, lines = _triaged(article, touched, Triage.CHECKWORTHY)
    first = {"move": MoveName.MARK, "article": article, "claim": claim, "target": claim.status}
    log_all(article.desk, actor, [first, *lines])
    return made, changed


def _touched(revision: int, start: int, end: int) -> QuerySet[Sentence]:
    rows = Sentence.objects.filter(revision=revision, start__lt=end, end__gt=start)
    return rows.order_by("position")


_TOUCHED: PreparedRows[Sentence] = PreparedRows(_touched, 3)


def _one_more_place(text: Held, claim: Claim, start: int, end: int) -> Claim:
    """The claim, held, that is not marked at this place yet."""
    claim = lock_claim(claim)
    if claim.desk_id != text.article.desk_id:
        raise Refused(_("That claim belongs to another desk."))
    if claim.marks.filter(revision=text.revision, start=start, end=end).exists():
        raise Refused(_("These words are already marked as this claim."))
    return claim


def triage_rows(
    article: Article, sentences: Iterable[Sentence], value: str, actor: User
) -> Triaged:
    """Write the value where it differs, a line of the log for each sentence."""
    changed, lines = _triaged(article, sentences, value)
    if lines:
        log_all(article.desk, actor, lines)
    return changed


def _triaged(
    article: Article, sentences: Iterable[Sentence], value: str
) -> tuple[Triaged, list[dict[str, Any]]]:
    """Write the value where it differs; what changed, and the lines that the log must have."""
    rows = [row for row in sentences if row.triage != value]
    if rows:
        _write_triage([row.pk for row in rows], value)
    each = {"move": MoveName.TRIAGE, "article": article, "target": value}
    lines = [each | {"sentence": row, "source": row.triage} for row in rows]
    return {row.name: [row.triage, value] for row in rows}, lines


_TRIAGE = KeptSQL("update annotations_sentence set triage = %s where id = any(%s)")


def _write_triage(sentences: list[int], value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TRIAGE, [value, sentences])


@one_transaction
def triage(article: Article, names: Iterable[int | str], value: str, *, actor: User) -> int:
    """Say what the sentences of these names are; returns how many changed.

    A name is the number of a sentence of the body, or "h" and the position of a heading or row.

    Raises PermissionDenied, and Refused where a marked claim contradicts the value.
    """
    text = hold(article, actor)
    return len(triage_held(text, named(text.revision, names), value))


def named(revision: Revision, names: Iterable[int | str]) -> list[Sentence]:
    """The sentences of these names (`Sentence.name`), in reading order."""
    wanted = [str(name) for name in names]
    numbers = [int(name) for name in wanted if name.isdecimal()]
    positions = [int(name[1:]) for name in wanted if name[:1] == "h" and name[1:].isdecimal()]
    return _NAMED(revision.pk, numbers, positions)


def _named(revision: int, numbers: list[int], positions: list[int]) -> QuerySet[Sentence]:
    """Also whether a claim that is not set aside is marked in each."""
    is_named = Q(number__any_of=numbers) | Q(number__isnull=True, position__any_of=positions)
    here = Mark.objects.filter(
        revision=revision, start__lt=OuterRef("end"), end__gt=OuterRef("start")
    )
    is_marked = Exists(here.exclude(claim__status=ClaimStatus.SET_ASIDE))
    rows = Sentence.objects.filter(is_named, revision=revision).order_by("position")
    return rows.annotate(is_marked=is_marked)


_NAMED: PreparedRows[Sentence] = PreparedRows(_named, 3)


def triage_held(text: Held, wanted: list[Sentence], value: str) -> Triaged:
    """As `triage`, of sentences of a text that is held; what they were, and are now."""
    if value != Triage.CHECKWORTHY:
        _refuse_if_marked(wanted)
    return triage_rows(text.article, wanted, value, text.actor)


def _refuse_if_marked(rows: list[Any]) -> None:
    """Raise Refused for the first of the sentences in which a claim is marked."""
    sentence = next((row for row in rows if row.is_marked), None)
    if sentence is None:
        return
    if sentence.number is None:
        raise Refused(
            _("A claim is marked in it, so it is check-worthy. Set the claim aside first.")
        )
    raise Refused(
        _(
            "A claim is marked in sentence %(number)d, so it is check-worthy."
            " Set the claim aside first."
        )
        % {"number": sentence.number}
    )


@one_transaction
def unmark(article: Article, placed: Mark, *, actor: User) -> RemovedMark:
    """Take a mark out of the current text. The claim stays, and the mark can be put back.

    A claim that is being checked keeps one mark at least: people work on the words it points at.
    Raises PermissionDenied, Refused.
    """
    article = lock_article(article)
    require_at(actor, Right.MARK, article)
    claim = lock_claim(placed.claim)
    found = Mark.objects.filter(pk=placed.pk, revision=article.revision).first()
    if found is None:
        raise Refused(_("That mark is not in the text any more."))
    others = claim.marks.filter(revision=found.revision).exclude(pk=found.pk)
    if claim.status != ClaimStatus.SPOTTED and not others.exists():
        raise Refused(
            _("“%(claim)s” is at the stage “%(status)s” and is marked nowhere else: set it aside.")
            % {"claim": claim, "status": claim.get_status_display()}
        )
    removed = RemovedMark.objects.create(
        claim=claim,
        revision=found.revision,
        start=found.start,
        end=found.end,
        exact=found.exact,
        said_on=found.said_on,
        removed_by=actor,
    )
    try:
        found.delete()
    except ProtectedError as why:
        raise Refused(_("Other work rests on that mark.")) from why
    words = {"exact": found.exact}
    log(article.desk, MoveName.UNMARK, actor, article=article, claim=claim, detail=words)
    note_change(article, actor)
    return removed


@one_transaction
def put_back(article: Article, removed: RemovedMark, *, actor: User) -> Mark:
    """Mark the words again that were taken out. Raises PermissionDenied, Refused."""
    article = lock_article(article)
    if removed.revision_id != article.revision.pk:
        raise Refused(_("The text has changed since that mark was taken out. Select the words."))
    return mark(
        article,
        removed.start,
        removed.end,
        actor=actor,
        claim=removed.claim,
        said_on=removed.said_on,
        exact=removed.exact,
    )


def end_steps(article: Article) -> None:
    """Nothing that was done to the text so far can be undone by a key any more.

    When checking opens, when readers get the article, and when its text is another.
    """
    Step.objects.filter(article=article).delete()
