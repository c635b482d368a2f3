"""A new text of an article: what it does to each mark, and what people do about it (rule 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import readiness
from annotations.models import Article, Claim, Mark, Original, Orphan, Revision, Sentence, User
from annotations.rights import Right
from annotations.text.anchors import anchor, trim
from annotations.text.reanchor import FOLLOWED, Cut, Fate, Outcome, reanchor
from annotations.vocabulary import (
    CameBy,
    ClaimStatus,
    OrphanOutcome,
    SentenceKind,
    SetAside,
    Triage,
)

from .copying import copy_in
from .marking import triage_rows
from .moves import (
    SET_ASIDE,
    Move,
    Refused,
    check,
    lock_article,
    lock_claim,
    lock_claims,
    log,
    require,
    step,
)

S = ClaimStatus

# What readers never had may go with the words that made it, however far its checking came.
LET_GO = Move(
    "set aside",
    gettext_lazy("No longer in the article"),
    (S.SPOTTED, S.CHECKING, S.DECIDING, S.DECIDED, S.APPROVED),
    S.SET_ASIDE,
    Right.MARK,
)


class Outdated(Refused):
    """Another revision was saved since the person looked at the difference."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A mark, and what a new text does to it."""

    mark: Mark
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Foresight:
    """What a new text does to an article: its marks in reading order, and kept triage.

    `triage` is by position in the new text; a sentence that is not in it is to be looked at.
    """

    current: Revision
    marks: Sequence[Foreseen]
    triage: Mapping[int, str]

    def count(self, fate: Fate) -> int:
        return sum(each.outcome.fate == fate for each in self.marks)


# --- looking ahead ---


def foresee(article: Article, text: str, sentences: Sequence[Sentence]) -> Foresight:
    """What this text, cut so (rows that need not be saved), does to the article's marks.

    Marks of the current revision, and those that found no place in it: their words may be back.
    In four statements, two more if there are any of the latter.
    """
    current = article.revision
    marks = list(current.marks.select_related("claim"))
    marks += _displaced(current)
    cut_now = list(current.sentences.all())
    after = Cut(text, [(row.start, row.end) for row in sentences])
    found = _outcomes(current, cut_now, marks, after)
    return Foresight(current, found, _kept_triage(current.text, cut_now, text, sentences))


def _displaced(revision: Revision) -> list[Mark]:
    """The marks, of earlier revisions, that still wait for a place in this one."""
    orphans = revision.orphans.open().select_related("mark__claim", "mark__revision")
    return [orphan.mark for orphan in orphans.order_by("mark__start", "pk")]


def _outcomes(
    current: Revision, cut_now: Iterable[Sentence], marks: Iterable[Mark], after: Cut
) -> list[Foreseen]:
    """What becomes of the marks, those of the current revision and those of earlier ones."""
    groups: dict[int, list[Mark]] = {}
    for mark in marks:
        groups.setdefault(mark.revision_id, []).append(mark)
    cuts = {current.pk: [(row.start, row.end) for row in cut_now]}
    for row in Sentence.objects.filter(revision__in=set(groups) - {current.pk}):
        cuts.setdefault(row.revision_id, []).append((row.start, row.end))
    found = []
    for key, rows in groups.items():
        text = current.text if key == current.pk else rows[0].revision.text
        spans = [(mark.start, mark.end) for mark in rows]
        outcomes = reanchor(Cut(text, cuts.get(key, [])), after, spans)
        found += [Foreseen(*pair) for pair in zip(rows, outcomes, strict=True)]
    return found


def _kept_triage(
    before: str, old: Sequence[Sentence], after: str, new: Sequence[Sentence]
) -> dict[int, str]:
    """The triage of sentences that are word for word in both texts, by position in the new one.

    Repeated sentences keep theirs in order, if there are as many as before, or if all had one.
    """
    had: dict[tuple[str, str], list[str]] = {}
    for row in old:
        had.setdefault((row.kind, before[row.start : row.end]), []).append(row.triage)
    places: dict[tuple[str, str], list[int]] = {}
    for row in new:
        places.setdefault((row.kind, after[row.start : row.end]), []).append(row.position)
    kept: dict[int, str] = {}
    for words, positions in places.items():
        values = had.get(words, [])
        if len(values) == len(positions):
            kept |= zip(positions, values, strict=True)
        elif len(set(values)) == 1:
            kept |= dict.fromkeys(positions, values[0])
    return kept


# --- a new revision ---


@transaction.atomic
def revise(
    article: Article,
    revision: Revision,
    sentences: list[Sentence],
    original: Original,
    *,
    actor: User,
    based_on: int,
    reason: str = "",
) -> Foresight:
    """Freeze a new text of the article and carry over what the rule lets be carried.

    `based_on` is the number of the revision whose difference the person saw. The rows come
    unsaved from `exchange`. Raises PermissionDenied; Outdated when somebody was quicker; Refused
    when nothing is different.
    """
    article = lock_article(article)
    require(actor, Right.IMPORT, article.desk)
    require(actor, Right.MARK, article.desk)
    seen = foresee(article, revision.text, sentences)
    current = seen.current
    if current.number != based_on:
        raise Outdated(
            _("Revision %(number)d was saved by %(person)s in the meantime.")
            % {"number": current.number, "person": current.created_by}
        )
    if current.text == revision.text and _spans(current.sentences.all()) == _spans(sentences):
        raise Refused(_("Nothing is different."))
    lock_claims(Claim.objects.filter(pk__in={each.mark.claim_id for each in seen.marks}))
    revision.article, revision.number = article, current.number + 1
    revision.save()
    original.revision = revision
    original.save()
    for sentence in sentences:
        sentence.revision = revision
        if sentence.kind == SentenceKind.BODY:
            sentence.triage = seen.triage.get(sentence.position, Triage.UNTRIAGED)
    copy_in(sentences)
    words = " ".join(part for part in (reason, in_words(seen)) if part)
    log(article.desk, "revise", actor, article=article, reason=words)
    _carry_over(article, revision, seen.marks, actor)
    return seen


def _spans(sentences: Iterable[Sentence]) -> list[tuple[int, int, str]]:
    return [(row.start, row.end, row.kind) for row in sentences]


def in_words(seen: Foresight) -> str:
    """What became of the marks, in a sentence; empty when there are none."""
    told = [
        words % {"n": n}
        for fate, words in (
            (Fate.SAME, _("%(n)d in place")),
            (Fate.MOVED, _("%(n)d moved")),
            (Fate.CONTEXT, _("%(n)d to confirm")),
            (Fate.PROPOSAL, _("%(n)d to place")),
            (Fate.ORPHAN, _("%(n)d without a place")),
        )
        if (n := seen.count(fate))
    ]
    return _("Marks: %(list)s.") % {"list": ", ".join(told)} if told else ""


def _carry_over(
    article: Article, revision: Revision, found: Iterable[Foreseen], actor: User
) -> None:
    """Write the marks that are followed, and an orphan for each that is not."""
    marks: dict[tuple[int, int, int], Mark] = {}
    orphans = []
    for each in found:
        outcome, mark = each.outcome, each.mark
        if outcome.fate not in FOLLOWED:
            orphans.append(_orphan(mark, revision, outcome))
            log(article.desk, "orphan", actor, article=article, claim=mark.claim, reason=mark.exact)
            continue
        successor = _successor(mark, revision, outcome, actor)
        # Two marks of one claim whose words are the same now are one mark.
        marks.setdefault((mark.claim_id, successor.start, successor.end), successor)
    Mark.objects.bulk_create(marks.values(), batch_size=1000)
    Orphan.objects.bulk_create(orphans, batch_size=1000)
    touched = _touched(revision, marks.values())
    triage_rows(article, touched, Triage.CHECKWORTHY, actor)


def _orphan(mark: Mark, revision: Revision, outcome: Outcome) -> Orphan:
    proposals = [asdict(proposal) for proposal in outcome.proposals]
    return Orphan(mark=mark, revision=revision, proposals=proposals)


def _successor(mark: Mark, revision: Revision, outcome: Outcome, actor: User) -> Mark:
    place = anchor(revision.text, outcome.start, outcome.end)
    # What nobody confirmed in the last text is not confirmed by staying where it is in this one.
    return Mark(
        claim=mark.claim,
        revision=revision,
        start=place.start,
        end=place.end,
        exact=place.exact,
        prefix=place.prefix,
        suffix=place.suffix,
        said_on=mark.said_on,
        created_by=actor,
        came_by=CameBy.CONTEXT if mark.waits else CameBy(outcome.fate.value),
        came_from=mark,
    )


def _touched(revision: Revision, marks: Iterable[Mark]) -> list[Sentence]:
    """The body sentences that the marks touch, of claims that are not set aside."""
    spans = [(mark.start, mark.end) for mark in marks if mark.claim.status != ClaimStatus.SET_ASIDE]
    rows = revision.sentences.filter(kind=SentenceKind.BODY)
    if not spans:
        return []
    return [row for row in rows if any(row.start < end and row.end > start for start, end in spans)]


# --- what people do about it ---


@transaction.atomic
def confirm(article: Article, keys: Iterable[str], *, actor: User) -> list[Mark]:
    """Say that marks (by UUID) whose sentence changed still mean what they meant.

    Raises PermissionDenied; Refused when none of them waits for it any more.
    """
    article = lock_article(article)
    require(actor, Right.MARK, article.desk)
    waiting = article.revision.marks.unconfirmed().filter(uuid__in=list(keys))
    marks = list(waiting.select_related("claim").order_by("start", "pk"))
    if not marks:
        raise Refused(_("These marks do not wait to be confirmed any more."))
    for mark in marks:
        mark.confirmed_by, mark.confirmed_at = actor, timezone.now()
        mark.save(update_fields=["confirmed_by", "confirmed_at"])
        log(article.desk, "confirm", actor, article=article, claim=mark.claim, reason=mark.exact)
    return marks


@transaction.atomic
def attach(orphan: Orphan, start: int, end: int, *, actor: User) -> Mark:
    """Say that the orphan's claim is made by the words from `start` to `end` of the current text.

    The span is trimmed as a selection is. Raises PermissionDenied, Refused, and BadAnchor for a
    span that is empty or outside the text.
    """
    article, orphan = _lock_orphan(orphan, actor)
    mark, revision = orphan.mark, orphan.revision
    lock_claim(mark.claim)
    place = anchor(revision.text, *trim(revision.text, start, end))
    made, _is_new = Mark.objects.get_or_create(
        claim=mark.claim,
        revision=revision,
        start=place.start,
        end=place.end,
        defaults={
            "exact": place.exact,
            "prefix": place.prefix,
            "suffix": place.suffix,
            "said_on": mark.said_on,
            "created_by": actor,
            "came_by": CameBy.ATTACHED,
            "came_from": mark,
        },
    )
    _settle(orphan, OrphanOutcome.ATTACHED, actor, placed=made)
    reason = f"“{mark.exact}” → “{made.exact}”"
    log(article.desk, "attach", actor, article=article, claim=mark.claim, reason=reason)
    triage_rows(article, _touched(revision, [made]), Triage.CHECKWORTHY, actor)
    return made


@transaction.atomic
def let_go(orphan: Orphan, why: str, *, actor: User, note: str = "") -> None:
    """Say that the orphan has no place in the article any more, or need not be checked.

    `why` is one of SetAside, but for a duplicate, which names its other. What is gone from one
    place but made elsewhere, or is with readers already, stays as it is; else its claim is set
    aside. Raises PermissionDenied, Refused.
    """
    if why not in SetAside.values or why == SetAside.DUPLICATE:
        raise Refused(_("Choose why the mark is let go."))
    article, orphan = _lock_orphan(orphan, actor)
    claim = lock_claim(orphan.mark.claim)
    gone = why == SetAside.GONE
    label = f"{SetAside(why).label}. {note}".strip()
    if gone and (_has_a_place(claim) or claim.editions.exists()):
        log(article.desk, "let go", actor, article=article, claim=claim, reason=label)
    elif claim.status != ClaimStatus.SET_ASIDE:
        move = LET_GO if gone else SET_ASIDE
        check(move, claim, actor, label)
        step(move, claim, actor, label, set_aside=why, set_aside_note=note)
    _settle(orphan, OrphanOutcome.GONE if gone else OrphanOutcome.ASIDE, actor)


def _has_a_place(claim: Claim) -> bool:
    return claim.marks.current().exists()


def _lock_orphan(orphan: Orphan, actor: User) -> tuple[Article, Orphan]:
    """The locked article and its orphan as it is now. Raises PermissionDenied, Refused."""
    article = lock_article(orphan.revision.article)
    require(actor, Right.MARK, article.desk)
    rows = Orphan.objects.select_related("revision", "mark__claim__desk")
    orphan = rows.get(pk=orphan.pk)
    if orphan.revision_id != article.revision.pk:
        raise Refused(_("There is a newer text of this article. Look at its marks."))
    if orphan.outcome != OrphanOutcome.OPEN:
        raise Refused(
            _("Somebody settled this already: %(outcome)s.")
            % {"outcome": orphan.get_outcome_display()}
        )
    return article, orphan


def _settle(
    orphan: Orphan, outcome: OrphanOutcome, actor: User, placed: Mark | None = None
) -> None:
    orphan.outcome, orphan.placed = outcome, placed
    orphan.settled_by, orphan.settled_at = actor, timezone.now()
    orphan.save(update_fields=["outcome", "placed", "settled_by", "settled_at"])


@transaction.atomic
def look_again(article: Article, *, actor: User) -> list[Foreseen]:
    """Look for the claims that have no place in the current text, nor wait for one.

    Such are claims that were brought back. Raises PermissionDenied.
    """
    article = lock_article(article)
    require(actor, Right.MARK, article.desk)
    current = article.revision
    lost = Mark.objects.filter(
        claim__in=readiness.placeless(article, current), revision__article=article
    )
    marks = list(lost.last_places().select_related("claim", "revision").order_by("start", "pk"))
    cut_now = list(current.sentences.all())
    after = Cut(current.text, [(row.start, row.end) for row in cut_now])
    known = {orphan.mark_id: orphan for orphan in current.orphans.filter(mark__in=marks)}
    found = _outcomes(current, cut_now, marks, after)
    _carry_over(article, current, [each for each in found if each.mark.pk not in known], actor)
    for orphan in known.values():
        orphan.outcome, orphan.placed = OrphanOutcome.OPEN, None
        orphan.settled_by = orphan.settled_at = None
        orphan.save(update_fields=["outcome", "placed", "settled_by", "settled_at"])
    if found:
        log(article.desk, "look again", actor, article=article)
    return found
