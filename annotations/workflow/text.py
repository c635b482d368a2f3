"""The text of an article: freezing it, and what a new one does to each mark (rule 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import (
    Article,
    Claim,
    Link,
    Mark,
    Original,
    Orphan,
    Picture,
    Revision,
    Sentence,
    User,
)
from annotations.rights import Right
from annotations.text.anchors import anchor
from annotations.text.reanchor import FOLLOWED, Cut, Fate, Outcome, reanchor
from annotations.vocabulary import CameBy, ClaimStatus, MoveName, Triage

from .copying import copy_in
from .core import Refused, Stale, lock_article, lock_claims, log, require
from .marking import end_steps, triage_rows
from .originals import keep_bytes
from .outdating import note_change


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
    found = outcomes(current, cut_now, marks, after)
    return Foresight(current, found, _kept_triage(current.text, cut_now, text, sentences))


def _displaced(revision: Revision) -> list[Mark]:
    """The marks, of earlier revisions, that still wait for a place in this one."""
    orphans = revision.orphans.open().select_related("mark__claim", "mark__revision")
    return [orphan.mark for orphan in orphans.order_by("mark__start", "pk")]


def outcomes(
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
    links: list[Link],
    pictures: list[Picture],
    *,
    actor: User,
    based_on: int,
    reason: str = "",
) -> Foresight:
    """Freeze a new text of the article and carry over what the rule lets be carried.

    `based_on` is the number of the revision whose difference the person saw. The rows come
    unsaved from `exchange`. Raises PermissionDenied; Stale when somebody was quicker; Refused
    when nothing is different.
    """
    article = lock_article(article)
    require(actor, Right.IMPORT, article.desk)
    require(actor, Right.MARK, article.desk)
    seen = foresee(article, revision.text, sentences)
    current = seen.current
    if current.number != based_on:
        raise Stale(
            _("Revision %(number)d was saved by %(person)s in the meantime.")
            % {"number": current.number, "person": current.created_by},
            current=current,
        )
    if current.text == revision.text and _spans(current.sentences.all()) == _spans(sentences):
        raise Refused(_("Nothing is different."))
    lock_claims(Claim.objects.filter(pk__in={each.mark.claim_id for each in seen.marks}))
    revision.article, revision.number = article, current.number + 1
    revision.save()
    keep_bytes([original])
    original.revision = revision
    original.save()
    for sentence in sentences:
        sentence.revision = revision
        sentence.triage = seen.triage.get(sentence.position, Triage.UNTRIAGED)
    copy_in(sentences)
    for link in links:
        link.revision = revision
    for picture in pictures:
        picture.revision = revision
    copy_in(links)
    copy_in(pictures)
    counts = {str(fate.value): n for fate in Fate if (n := seen.count(fate))}
    detail = {"number": revision.number, "marks": counts}
    log(article.desk, MoveName.REVISE, actor, article=article, reason=reason, detail=detail)
    carry_over(article, revision, seen.marks, actor)
    end_steps(article)
    note_change(article, actor)
    return seen


def _spans(sentences: Iterable[Sentence]) -> list[tuple[int, int, str]]:
    return [(row.start, row.end, row.kind) for row in sentences]


def carry_over(
    article: Article, revision: Revision, found: Iterable[Foreseen], actor: User
) -> None:
    """Write the marks that are followed, and an orphan for each that is not."""
    marks: dict[tuple[int, int, int], Mark] = {}
    orphans = []
    for each in found:
        outcome, mark = each.outcome, each.mark
        if outcome.fate not in FOLLOWED:
            orphans.append(_orphan(mark, revision, outcome))
            detail = {"exact": mark.exact}
            log(
                article.desk,
                MoveName.ORPHAN,
                actor,
                article=article,
                claim=mark.claim,
                detail=detail,
            )
            continue
        successor = _successor(mark, revision, outcome, actor)
        # Two marks of one claim whose words are the same now are one mark.
        marks.setdefault((mark.claim_id, successor.start, successor.end), successor)
    Mark.objects.bulk_create(marks.values(), batch_size=1000)
    Orphan.objects.bulk_create(orphans, batch_size=1000)
    touched = touched_by(revision, marks.values())
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


def touched_by(revision: Revision, marks: Iterable[Mark]) -> list[Sentence]:
    """The sentences that the marks touch, of claims that are not set aside."""
    spans = [(mark.start, mark.end) for mark in marks if mark.claim.status != ClaimStatus.SET_ASIDE]
    if not spans:
        return []
    rows = revision.sentences.all()
    return [row for row in rows if any(row.start < end and row.end > start for start, end in spans)]
