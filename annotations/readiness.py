"""What is still in the way: derived from the work itself, never stored."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import (
    GIVEN_UP,
    Annotation,
    Article,
    Assignment,
    Claim,
    Edition,
    Mark,
    Orphan,
    Revision,
    Sentence,
    Source,
)
from annotations.vocabulary import (
    AssignmentStatus,
    ClaimStatus,
    MoveName,
    OrphanOutcome,
    SentenceKind,
    Task,
    Triage,
)

M = MoveName

PUBLISHABLE = (
    ClaimStatus.APPROVED,
    ClaimStatus.PUBLISHED,
    ClaimStatus.SET_ASIDE,
    ClaimStatus.RETRACTED,
)


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing in the way of publication, in words, and where to mend it."""

    text: str
    claim: Claim | None = None
    sentence: Sentence | None = None
    source: Source | None = None
    demand: str = ""
    """The field of the desk whose demand is not met."""
    only_warns: bool = False
    """The desk asks for it, and publishes without it."""
    page: str = ""
    """The name of the article's page where it is mended, if that is not the workbench."""
    kind: str = ""
    """What it has in common with others: a demand, "unfinished", "lost", "moved", "unapproved"."""


def untriaged(revision: Revision) -> QuerySet[Sentence]:
    """The sentences of the body that nobody has looked at; headings and rows need no triage."""
    return revision.sentences.filter(kind=SentenceKind.BODY, triage=Triage.UNTRIAGED)


def unfinished(revision: Revision) -> QuerySet[Sentence]:
    """Check-worthy sentences in which no claim is marked."""
    marks = Mark.objects.filter(
        revision=revision, start__lt=OuterRef("end"), end__gt=OuterRef("start")
    )
    return revision.sentences.filter(triage=Triage.CHECKWORTHY).exclude(Exists(marks))


def orphans(article: Article, revision: Revision) -> QuerySet[Claim]:
    """Claims with a mark that has no place in this revision, which nobody settled (rule 2)."""
    waiting = Orphan.objects.open().filter(revision=revision, mark__claim=OuterRef("pk"))
    return _in_work(article).filter(Exists(waiting) | Q(pk__in=placeless(article, revision)))


def placeless(article: Article, revision: Revision) -> QuerySet[Claim]:
    """Claims of earlier revisions with neither a mark nor an open orphan in this one.

    Not those that readers have and that a person said are gone from the article.
    """
    placed = Mark.objects.filter(revision=revision, claim=OuterRef("pk"))
    told = Orphan.objects.filter(revision__article=article, mark__claim=OuterRef("pk"))
    waiting = told.filter(revision=revision, outcome=OrphanOutcome.OPEN)
    gone = Exists(told.filter(outcome=OrphanOutcome.GONE))
    published = Exists(Edition.objects.filter(claim=OuterRef("pk")))
    return _in_work(article).exclude(Exists(placed) | Exists(waiting) | (gone & published))


def _in_work(article: Article) -> QuerySet[Claim]:
    return Claim.objects.made_in(article).exclude(status=ClaimStatus.SET_ASIDE)


def unconfirmed(revision: Revision) -> QuerySet[Mark]:
    """Marks whose sentence changed, and which no person has confirmed since (rule 2)."""
    return revision.marks.unconfirmed().exclude(claim__status=ClaimStatus.SET_ASIDE)


def blockers(article: Article) -> list[Blocker]:
    """Everything in the way of publishing the article; empty when it can be published."""
    revision = article.revision
    claims = list(Claim.objects.made_in(article))
    found = [
        Blocker(
            ngettext(
                "%(count)d sentence is not triaged yet",
                "%(count)d sentences are not triaged yet",
                n,
            )
            % {"count": n},
            sentence=rows[0],
        )
        for rows in [list(untriaged(revision))]
        if (n := len(rows))
    ]
    found += [
        Blocker(
            _("Sentence %(number)s is check-worthy, but no claim is marked in it")
            % {"number": sentence.number}
            if sentence.number
            else _("A heading or table row is check-worthy, but no claim is marked in it"),
            sentence=sentence,
            kind="unfinished",
        )
        for sentence in unfinished(revision)
    ]
    found += [
        Blocker(
            _("“%(claim)s” has no place in the current text") % {"claim": claim},
            claim=claim,
            page="orphans",
            kind="lost",
        )
        for claim in orphans(article, revision)
    ]
    found += [
        Blocker(
            _("The sentence around “%(words)s” changed, and nobody has confirmed the mark")
            % {"words": mark.exact},
            claim=mark.claim,
            page="orphans",
            kind="moved",
        )
        for mark in unconfirmed(revision).select_related("claim")
    ]
    found += [
        Blocker(
            _("“%(claim)s” is not approved: %(status)s")
            % {"claim": claim, "status": claim.get_status_display().lower()},
            claim=claim,
            kind="unapproved",
        )
        for claim in claims
        if claim.status not in PUBLISHABLE
    ]
    if not any(claim.status != ClaimStatus.SET_ASIDE for claim in claims):
        found.append(Blocker(_("No claim of the article has been checked")))
    return found


def hindered(articles: Collection[int]) -> set[int]:
    """The keys of those of the articles whose text is not ready to be published.

    Of what `blockers` names, all but the state of the claims; in one statement.
    """
    now = Revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("pk")[:1]
    rows = Article.objects.filter(pk__in=articles).annotate(now=Subquery(now))
    here = Sentence.objects.filter(revision=OuterRef("now"))
    marks = Mark.objects.filter(
        revision=OuterRef("revision"), start__lt=OuterRef("end"), end__gt=OuterRef("start")
    )
    lost = Orphan.objects.open().filter(revision=OuterRef("now"))
    moved = Mark.objects.unconfirmed().filter(revision=OuterRef("now"))
    # As `placeless`: a mark of before, of a claim that has no place now and no open orphan.
    same = {"revision": OuterRef(OuterRef("now"))}
    placed = Mark.objects.filter(claim=OuterRef("claim"), **same)
    waiting = Orphan.objects.open().filter(mark__claim=OuterRef("claim"), **same)
    gone = Orphan.objects.filter(
        revision__article=OuterRef("revision__article"),
        mark__claim=OuterRef("claim"),
        outcome=OrphanOutcome.GONE,
    )
    published = Edition.objects.filter(claim=OuterRef("claim"))
    before = Mark.objects.filter(revision__article=OuterRef("pk"))
    before = before.exclude(Exists(placed) | Exists(waiting) | (Exists(gone) & Exists(published)))
    in_the_way = (
        Exists(here.filter(kind=SentenceKind.BODY, triage=Triage.UNTRIAGED))
        | Exists(here.filter(~Exists(marks), triage=Triage.CHECKWORTHY))
        | Exists(lost.exclude(mark__claim__status=ClaimStatus.SET_ASIDE))
        | Exists(moved.exclude(claim__status=ClaimStatus.SET_ASIDE))
        | Exists(before.exclude(claim__status=ClaimStatus.SET_ASIDE))
    )
    return set(rows.filter(in_the_way).order_by().values_list("pk", flat=True))


def checks(claim: Claim) -> QuerySet[Assignment]:
    """The checks of the claim that count: neither declined nor expired."""
    return claim.assignments.filter(task=Task.CHECK).exclude(status__in=GIVEN_UP)


def all_in(claim: Claim) -> bool:
    """Whether every required annotation is submitted, so that all may be disclosed."""
    statuses = list(checks(claim).values_list("status", flat=True))
    submitted = [status for status in statuses if status == AssignmentStatus.SUBMITTED]
    return len(submitted) == len(statuses) >= claim.desk.policy.annotations


def submitted(claim: Claim) -> QuerySet[Annotation]:
    """The submitted annotations of the claim, in an order that tells nothing."""
    return (
        Annotation.objects.submitted()
        .filter(assignment__claim=claim)
        .exclude(assignment__status__in=GIVEN_UP)
        .select_related("assignment__person", "rating")
    )


def basis(claim: Claim) -> str:
    """Names what a decision on the claim rests on: its submitted annotations and last verdict.

    Another annotation, version of one, or verdict gives another name.
    """
    rows = Annotation.objects.submitted().filter(assignment__claim=claim)
    rows = rows.exclude(assignment__status__in=GIVEN_UP).order_by("uuid")
    named = [claim.verdict.number if claim.verdict else 0, *rows.values_list("uuid", "version")]
    return sha256(repr(named).encode()).hexdigest()[:16]


def for_moves(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """The claims with all that the guards of moves look at, however many claims there are."""
    return claims.select_related(
        "desk", "verdict__rating", "verdict__adopted__assignment"
    ).prefetch_related("assignments", "transitions", "verdicts__adopted__assignment")


def open_claims(article: Article) -> QuerySet[Claim]:
    """The article's claims that wait for checking to open."""
    return Claim.objects.made_in(article).filter(Q(status=ClaimStatus.SPOTTED))
