"""The workbench: an article's text, its claims, and what one person has done about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import JSONArray, JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.listing import listed, ranges
from annotations.models import (
    OPEN,
    Annotation,
    Article,
    Assignment,
    Claim,
    Link,
    Mark,
    Orphan,
    Picture,
    Rating,
    RemovedMark,
    Revision,
    Sentence,
    User,
    Verdict,
    held_blind,
    name_of,
)
from annotations.prepared import PreparedRows
from annotations.vocabulary import (
    AssignmentStatus,
    ClaimStatus,
    SentenceKind,
    Task,
    Triage,
)

from . import filters

STAGES = (
    ClaimStatus.SPOTTED,
    ClaimStatus.CHECKING,
    ClaimStatus.DECIDING,
    ClaimStatus.DECIDED,
    ClaimStatus.APPROVED,
    ClaimStatus.PUBLISHED,
)


@dataclass(slots=True)
class Entry:
    """A claim of the article as one person sees it; `number` counts in reading order."""

    number: int
    claim: Claim
    marks: list[Mark]
    check: Assignment | None = None
    annotation: Annotation | None = None
    verdict: Verdict | None = None

    @property
    def rating(self) -> Rating | None:
        """What this person may know of the rating: the verdict's, else their own."""
        if self.verdict is not None:
            return self.verdict.rating
        return self.annotation.rating if self.annotation else None

    @property
    def tone(self) -> str:
        if self.claim.status == ClaimStatus.SET_ASIDE:
            return "aside"
        if self.claim.status == ClaimStatus.RETRACTED:
            return "retracted"
        return self.rating.tone if self.rating else ""

    @property
    def label(self) -> str:
        if self.claim.status == ClaimStatus.SET_ASIDE:
            return _("Set aside: %(why)s") % {"why": self.claim.get_set_aside_display()}
        if self.claim.status == ClaimStatus.RETRACTED:
            return _("Retracted")
        return self.rating.label if self.rating else _("No rating yet")

    @property
    def words(self) -> str:
        return " … ".join(mark.exact for mark in self.marks) or self.claim.claim_reviewed

    @property
    def checks_blind(self) -> bool:
        """Whether the person holds a check of the claim that is not disclosed, at any stage."""
        return self.check is not None and self.check.is_blind

    @property
    def is_open_to_me(self) -> bool:
        """Whether this person still owes an annotation of the claim."""
        return (
            self.check is not None
            and self.check.status in OPEN
            and self.claim.status == ClaimStatus.CHECKING
        )


class Row(NamedTuple):
    """A sentence, heading or row of a table, as far as its triage goes."""

    position: int
    number: int | None
    kind: str
    start: int
    end: int
    triage: str

    @property
    def name(self) -> str:
        """As `Sentence.name`."""
        return name_of(self.number, self.position)


@dataclass(frozen=True, slots=True)
class Triaged:
    """How far the triage of a text is."""

    sentences: Sequence[Sentence | Row]
    """All of the text, in reading order."""
    marks: list[tuple[int, int]]
    """Where claims are marked, in order: from and to, in code points."""

    @property
    def accounted(self) -> list[Sentence | Row]:
        """What is triaged or to be: the body, and those headings and rows that somebody triaged."""
        return [row for row in self.sentences if row.kind == SentenceKind.BODY or row.triage]

    @property
    def left(self) -> list[Sentence | Row]:
        """The sentences of the body that nobody has triaged."""
        return [row for row in self.accounted if row.triage == Triage.UNTRIAGED]

    @property
    def unfinished(self) -> list[Sentence | Row]:
        """The check-worthy sentences, headings and rows in which no claim is marked."""
        found, at, reach = [], 0, 0
        for row in self.sentences:
            while at < len(self.marks) and self.marks[at][0] < row.end:
                reach = max(reach, self.marks[at][1])
                at += 1
            if row.triage == Triage.CHECKWORTHY and reach <= row.start:
                found.append(row)
        return found


@dataclass(slots=True)
class Workbench:
    """Everything the workbench shows of an article, besides the panel's own rows."""

    article: Article
    revision: Revision
    sentences: list[Sentence]
    entries: list[Entry]
    by_claim: dict[int, Entry] = field(default_factory=dict)
    query: str = ""
    """The filter over the claims that the person came with (queries.finding)."""
    related: frozenset[int] | None = None
    """The keys of the claims that fit what the query says of other rows; None: it says nothing."""
    orphans: int = 0
    links: list[Link] = field(default_factory=list)
    """Where the article's own words lead, in reading order."""
    pictures: list[Picture] = field(default_factory=list)
    """The article's own pictures, in reading order."""

    @property
    def to_settle(self) -> int:
        """Marks that wait for a person since the text changed (rule 2)."""
        marks = [mark for entry in self.entries for mark in entry.marks if mark.waits]
        return self.orphans + sum(m.claim.status != ClaimStatus.SET_ASIDE for m in marks)

    def entry(self, claim: int) -> Entry | None:
        return self.by_claim.get(claim)

    def sentence(self, name: int | str) -> Sentence | None:
        """The sentence of that name (`Sentence.name`)."""
        return next((row for row in self.sentences if row.name == str(name)), None)

    def text_of(self, sentence: Sentence) -> str:
        return self.revision.text[sentence.start : sentence.end]

    def sentences_of(self, start: int, end: int) -> list[Sentence]:
        return [row for row in self.sentences if row.start < end and row.end > start]

    def links_beside(self, spans: Iterable[Any]) -> list[Link]:
        """The links in the sentences that the spans touch, one of each address."""
        rows = [row for span in spans for row in self.sentences_of(span.start, span.end)]
        found: dict[str, Link] = {}
        for link in self.links:
            if any(link.start < row.end and link.end > row.start for row in rows):
                found.setdefault(link.address, link)
        return list(found.values())

    @property
    def body(self) -> list[Sentence]:
        return [row for row in self.sentences if row.kind == SentenceKind.BODY]

    @property
    def triaged(self) -> Triaged:
        marks = (mark for entry in self.entries for mark in entry.marks)
        return Triaged(self.sentences, sorted((mark.start, mark.end) for mark in marks))

    @property
    def stage(self) -> ClaimStatus:
        """The earliest stage any claim is at: what the article waits for."""
        statuses = {entry.claim.status for entry in self.entries}
        return next((stage for stage in STAGES if stage in statuses), ClaimStatus.SPOTTED)


def stage_in_words(stage: ClaimStatus) -> str:
    """What the desk is doing with an article whose claims wait at this stage."""
    return _("Marking") if stage == ClaimStatus.SPOTTED else str(stage.label)


def workbench(article: Article, user: User, query: str = "") -> Workbench:
    """The article as the person may see it, in three statements.

    One more each where the text has links, where it has pictures, where the person was asked to
    check a claim, where there is a verdict, where marks lost their place, and where the query asks
    about people, comments or days.

    `query` is the filter over the claims that the person came with.
    """
    revision: Any = _REVISION.get(article.pk)
    sentences = _SENTENCES(revision.pk)
    marks: list[Any] = _MARKS(revision.pk, user.pk)
    for row in [*sentences, *marks]:
        row.revision = revision
    placed: dict[int, list[Mark]] = {}
    for mark in marks:
        mark.claim.desk = article.desk
        placed.setdefault(mark.claim_id, []).append(mark)
    entries = [Entry(number, rows[0].claim, rows) for number, rows in enumerate(placed.values(), 1)]
    lost = _lost(article, revision) if revision.has_orphans else []
    for claim in lost:
        if claim.pk not in placed:  # checkers reach their drafts though its words are gone
            entries.append(Entry(len(entries) + 1, claim, []))
            placed[claim.pk] = []
    bench = Workbench(article, revision, sentences, entries, orphans=len(lost), query=query)
    if revision.has_links:
        bench.links = list(revision.links.order_by("start"))
    if revision.has_pictures:
        bench.pictures = list(revision.pictures.order_by("at", "pk"))
    bench.by_claim = {entry.claim.pk: entry for entry in entries}
    if lost or any(mark.has_own for mark in marks):
        _add_own_work(bench, user)
    if any(entry.claim.verdict_id for entry in entries):
        _add_verdicts(bench, user)
    if relations := filters.parse(query).relations:
        fitting = Claim.objects.filter(filters.related(relations, user), pk__in=bench.by_claim)
        bench.related = frozenset(fitting.values_list("pk", flat=True))
    return bench


def _revision(article: int) -> QuerySet[Revision]:
    """The current text, and what is to be asked of it further."""
    waiting = Orphan.objects.open().filter(revision=OuterRef("pk"))
    revisions = Revision.objects.filter(article=article).annotate(
        has_orphans=Exists(waiting),  # type: ignore[no-redef]
        has_links=Exists(Link.objects.filter(revision=OuterRef("pk"))),
        has_pictures=Exists(Picture.objects.filter(revision=OuterRef("pk"))),
    )
    return revisions.order_by("-number")[:1]


def _sentences(revision: int) -> QuerySet[Sentence]:
    return Sentence.objects.filter(revision=revision).order_by("position")


def _marks(revision: int, person: int) -> QuerySet[Mark]:
    """With their claims, and whether the person was asked to check these.

    So that their checks are asked for where there are any, which is dearer than asking this.
    """
    own = Assignment.objects.filter(claim=OuterRef("claim"), person=person, task=Task.CHECK)
    rows = Mark.objects.filter(revision=revision)
    rows = rows.select_related("claim__claimant", "claim__reports").annotate(has_own=Exists(own))
    return rows.order_by("start", "end", "pk")


_REVISION: PreparedRows[Revision] = PreparedRows(_revision, 1)
_SENTENCES: PreparedRows[Sentence] = PreparedRows(_sentences, 1)
_MARKS: PreparedRows[Mark] = PreparedRows(_marks, 2)


def triaged(article: Article) -> Triaged:
    """How far the triage of the current text is, in one statement."""
    text: Any = _TRIAGED.get(article.pk)
    marks = [(place["start"], place["end"]) for place in text.places]
    return Triaged([Row(*row) for row in text.rows], marks)


def _triaged(article: int) -> QuerySet[Revision]:
    rows = Sentence.objects.filter(revision=OuterRef("pk")).order_by("position")
    marks = Mark.objects.filter(revision=OuterRef("pk")).order_by("start", "end")
    texts = Revision.objects.filter(article=article).annotate(
        rows=ArraySubquery(rows.values(row=JSONArray(*Row._fields))),
        places=ArraySubquery(marks.values(row=JSONObject(start="start", end="end"))),
    )
    return texts.only("pk").order_by("-number")[:1]


_TRIAGED: PreparedRows[Revision] = PreparedRows(_triaged, 1)


def with_claim(bench: Workbench, claim: Claim, user: User) -> Entry:
    """The claim's entry; one without marks where its words were all taken out of the text.

    Whoever typed at it before must find that again.
    """
    if (entry := bench.entry(claim.pk)) is None:
        claim.desk = bench.article.desk
        entry = Entry(len(bench.entries) + 1, claim, [])
        bench.entries.append(entry)
        bench.by_claim[claim.pk] = entry
        _add_own_work(bench, user)
    return entry


def _lost(article: Article, revision: Revision) -> list[Claim]:
    """The claims in work of marks that have no place in the text, one for each such mark."""
    rows = Orphan.objects.open().filter(revision=revision)
    rows = rows.exclude(mark__claim__status=ClaimStatus.SET_ASIDE)
    claims = [
        row.mark.claim
        for row in rows.select_related("mark__claim__claimant", "mark__claim__reports").order_by(
            "mark__start", "pk"
        )
    ]
    for claim in claims:
        claim.desk = article.desk
    return claims


def claim_numbers(article: Article) -> dict[int, int]:
    """The number of each claim in reading order of the current text, by the claim's key."""
    marks = Mark.objects.filter(revision=article.revision).order_by("start", "end", "pk")
    order = dict.fromkeys(marks.values_list("claim", flat=True))
    return {claim: number for number, claim in enumerate(order, 1)}


def removed(bench: Workbench) -> list[RemovedMark]:
    """The marks taken out of the text that do not stand in it again, latest first, each once."""
    placed = {(e.claim.pk, mark.start, mark.end) for e in bench.entries for mark in e.marks}
    rows = RemovedMark.objects.filter(revision=bench.revision).select_related("claim", "removed_by")
    latest: dict[tuple[int, int, int], RemovedMark] = {}
    for row in rows[:500]:
        latest.setdefault((row.claim_id, row.start, row.end), row)
    return [row for place, row in latest.items() if place not in placed]


def _own_checks(person: int, claims: int) -> QuerySet[Assignment]:
    own = Assignment.objects.filter(person=person, task=Task.CHECK, claim__pk__any_of=claims)
    is_blind = Exists(held_blind().filter(pk=OuterRef("pk")))
    return own.select_related("annotation__rating").annotate(is_blind=is_blind)  # type: ignore[no-redef]


_OWN_CHECKS: PreparedRows[Assignment] = PreparedRows(_own_checks, 2)


def _add_own_work(bench: Workbench, user: User) -> None:
    for check in _OWN_CHECKS(user.pk, list(bench.by_claim)):
        entry = bench.by_claim[check.claim_id]
        entry.check = check
        entry.annotation = getattr(check, "annotation", None)


def _add_verdicts(bench: Workbench, user: User) -> None:
    standing = [entry.claim.verdict_id for entry in bench.entries if entry.claim.verdict_id]
    for verdict in Verdict.objects.rated_shown_to(user, standing):
        bench.by_claim[verdict.claim_id].verdict = verdict


def progress(claim: Claim, user: User) -> list[Assignment]:
    """Who was asked to check the claim, as far as the person may know (rule 4)."""
    return _PROGRESS(user.pk, claim.pk)


def _progress(reader: int, claim: int) -> QuerySet[Assignment]:
    checks = Assignment.objects.visible_to(User(pk=reader)).filter(claim=claim, task=Task.CHECK)
    return checks.exclude(person=reader).select_related("person")


_PROGRESS: PreparedRows[Assignment] = PreparedRows(_progress, 2)


def disclosed(claims: list[Claim], user: User) -> dict[int, list[Annotation]]:
    """The disclosed annotations of each claim that the person may see, in two statements."""
    rows = (
        Annotation.objects.visible_to(user)
        .filter(
            assignment__claim__in=claims, submitted_at__isnull=False, disclosed_at__isnull=False
        )
        .exclude(assignment__status__in=[AssignmentStatus.DECLINED, AssignmentStatus.EXPIRED])
        .select_related("assignment", "rating")
        .prefetch_related(Prefetch("citations"), "citations__source")
    )
    found: dict[int, list[Annotation]] = {}
    for annotation in rows:
        found.setdefault(annotation.assignment.claim_id, []).append(annotation)
    return found


def place(bench: Workbench, entry: Entry) -> str:
    """Where a claim stands, in words: "Claim 6 of 11, sentences 10-11"."""
    text = _("Claim %(number)d of %(total)d") % {
        "number": entry.number,
        "total": len(bench.entries),
    }
    return listed([text, sentences_in_words(bench, entry.marks)])


def sentences_in_words(bench: Workbench, marks: list[Any]) -> str:
    """The sentences that spans touch, in words: "sentence 17", "sentences 10–11", "heading"."""
    if not marks:
        return _("no place in the current text")
    touched = [row for mark in marks for row in bench.sentences_of(mark.start, mark.end)]
    numbers = sorted({row.number for row in touched if row.number is not None})
    if not numbers:
        return str(touched[0].get_kind_display()).lower() if touched else _("heading")
    words = ngettext("sentence %(numbers)s", "sentences %(numbers)s", len(numbers)) % {
        "numbers": ranges(numbers)
    }
    where = locators([row for row in touched if row.number is not None])
    return listed(filter(None, [words, where]))


def locators(sentences: Iterable[Sentence]) -> str:
    """Where in their file the sentences stand: "p. 3", "00:01:02–00:01:09"; empty if unknown."""
    found = [row.locator for row in sorted(sentences, key=lambda row: row.position) if row.locator]
    return "–".join(dict.fromkeys([*found[:1], *found[-1:]]))
