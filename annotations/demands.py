"""What a desk asks of its verdicts before they are published, and what these lack of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations import moments
from annotations.models import (
    Article,
    Citation,
    Claim,
    Claimant,
    Comment,
    Desk,
    ReplyRequest,
    Snapshot,
    Source,
    SourceNote,
    Verdict,
)
from annotations.readiness import Blocker
from annotations.text.looking import plain_name
from annotations.vocabulary import ClaimStatus, Demand, Hold

TO_CONFIRM = "to_confirm"
"""The kind of what a comment holds up; stands where a demand of the desk would."""


DEMANDS = (
    "demand_sources",
    "demand_primary",
    "demand_copies",
    "demand_locator",
    "demand_confirmed",
    "demand_reply",
)
"""The fields of a desk that say what its verdicts need before they are published."""


def unmet_demands(article: Article) -> list[Blocker]:
    """What the desk's policy asks of the article's verdicts and these lack."""
    return unmet_of(article.desk, Claim.objects.made_in(article))


def unmet_of(desk: Desk, claims: QuerySet[Claim]) -> list[Blocker]:
    """What the desk's policy, or a member, asks of verdicts and these lack, in few statements.

    Only of verdicts that readers do not have yet.
    """
    waiting = claims.filter(status__in=[ClaimStatus.DECIDED, ClaimStatus.APPROVED])
    held = list(_held(waiting))
    if all(getattr(desk, name) == Demand.OFF for name in DEMANDS):
        return held
    evidence: list[Any] = [
        Prefetch("citations", Citation.objects.select_related("source")),
        Prefetch("citations__source__snapshots", Snapshot.objects.only("source")),
        Prefetch("claim__reply_requests", ReplyRequest.objects.standing()),
        "claim__criticisms",
    ]
    newest = Verdict.objects.filter(pk__in=waiting.values("verdict")).order_by("claim__number")
    newest = newest.select_related("claim").prefetch_related(*evidence)
    main = _main_names(desk, newest)
    found = [blocker for verdict in newest for blocker in _lacks(desk, verdict, main)]
    return [*found, *_noted(desk, waiting), *held]


def _noted(desk: Desk, claims: QuerySet[Claim]) -> Iterator[Blocker]:
    """What annotators of these claims noted as still to be confirmed, where the desk asks."""
    if desk.demand_confirmed == Demand.OFF:
        return
    rows = SourceNote.objects.standing().told().filter(annotation__assignment__claim__in=claims)
    rows = rows.select_related("source", "annotation__assignment__claim")
    for row in rows.order_by("annotation__assignment__claim__number", "at", "pk"):
        yield Blocker(
            to_confirm(row.source),
            row.annotation.assignment.claim,
            source=row.source,
            demand="demand_confirmed",
            only_warns=desk.demand_confirmed == Demand.WARN,
            kind="demand_confirmed",
        )


def to_confirm(source: Source) -> str:
    """That something is noted of the source as still to be confirmed."""
    return _("Something about “%(source)s” is still to be confirmed") % {"source": source}


def _held(claims: QuerySet[Claim]) -> Iterator[Blocker]:
    """What members asked to be confirmed before these claims are published."""
    open_ones = Comment.objects.holding().filter(claim__in=claims)
    for row in open_ones.select_related("claim", "source").order_by("claim__number", "at", "pk"):
        said = _("Something is still to be confirmed: “%(claim)s”") % {"claim": row.claim}
        if row.source is not None:
            said = _("“%(source)s” is still to be confirmed") % {"source": row.source}
        only_warns = row.holds == Hold.WARN
        yield Blocker(said, row.claim, only_warns=only_warns, kind=TO_CONFIRM, demand=TO_CONFIRM)


def _main_names(desk: Desk, verdicts: Iterable[Verdict]) -> dict[str, str]:
    """The main names of those whom the claims criticise, and of those who were asked."""
    claims = [verdict.claim for verdict in verdicts]
    names = {row.of for claim in claims for row in claim.criticisms.all()}
    if not names:
        return {}
    names |= {row.addressee for claim in claims for row in claim.reply_requests.all()}
    return Claimant.objects.main_names(desk, names)


def _lacks(desk: Desk, verdict: Verdict, main: Mapping[str, str]) -> Iterator[Blocker]:
    claim, words = verdict.claim, {"claim": verdict.claim}
    sources = {citation.source.pk: citation.source for citation in verdict.citations.all()}

    def lack(demand: str, text: str, source: Source | None = None) -> Iterator[Blocker]:
        level = getattr(desk, demand)
        if level != Demand.OFF:
            only_warns = level == Demand.WARN
            yield Blocker(
                text, claim, source=source, demand=demand, only_warns=only_warns, kind=demand
            )

    if len(sources) < desk.sources_needed:
        yield from lack(
            "demand_sources",
            ngettext(
                "“%(claim)s” stands on fewer than %(count)d source",
                "“%(claim)s” stands on fewer than %(count)d sources",
                desk.sources_needed,
            )
            % (words | {"count": desk.sources_needed}),
        )
    if not any(source.is_primary for source in sources.values()):
        yield from lack("demand_primary", _("“%(claim)s” stands on no primary source") % words)
    for source in sources.values():
        if not source.is_confidential and not source.snapshots.all():
            yield from lack(
                "demand_copies",
                _("“%(source)s” has no saved copy") % {"source": source},
                source,
            )
    for citation in verdict.citations.all():
        if not citation.is_placed:
            yield from lack("demand_locator", no_place(citation.source), citation.source)
    yield from (
        blocker for said in _replies_lacking(claim, main) for blocker in lack("demand_reply", said)
    )


def no_place(source: Source) -> str:
    """That a citation does not say where in its source it stands."""
    return _("It is not said where in “%(source)s” the cited words stand") % {"source": source}


def _replies_lacking(claim: Claim, main: Mapping[str, str]) -> Iterator[str]:
    """That nobody was asked; else who may still answer, by the day that they were given.

    Once the day is over, readers are told that no answer came.
    """
    requests = claim.reply_requests.all()
    unasked = _criticised_unasked(claim, main)
    for name in unasked:
        said = _("%(who)s, whom “%(claim)s” criticises, was not asked for a reply")
        yield said % {"who": name, "claim": claim}
    if not requests and not unasked:
        yield _("Nobody was asked for a reply to “%(claim)s”") % {"claim": claim}
    today = timezone.localdate()
    for row in requests:
        if row.until is not None and row.until >= today and row.answered_at is None:
            day = moments.short(row.until)
            yield _("%(who)s may answer to “%(claim)s” until %(day)s") % {
                "who": row.addressee,
                "claim": claim,
                "day": day,
            }


def _criticised_unasked(claim: Claim, main: Mapping[str, str]) -> list[str]:
    """Whom the claim criticises and nobody asked, unless it is noted that nobody needs to be.

    Under whatever name: `main` is the main name of each other one.
    """

    def plain(name: str) -> str:
        return plain_name(main.get(plain_name(name), name))

    requests = claim.reply_requests.all()
    if any(row.not_needed for row in requests):
        return []
    asked = {plain(row.addressee) for row in requests}
    return [row.of for row in claim.criticisms.all() if plain(row.of) not in asked]
