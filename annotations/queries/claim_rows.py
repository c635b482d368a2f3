"""A desk's claims to take away, one a row: for spreadsheets, and for sets to train or measure on.

As far as one person may see them. What tells of others' work is read through `visible_to`, which
notes who was shown it: an annotation is in no row before all of its claim are disclosed (rule 4).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from annotations import agreement
from annotations.formats.markup import line_in_words, plain
from annotations.models import GIVEN_UP, Annotation, Claim, Edition, Mark, User, Verdict
from annotations.vocabulary import ClaimStatus

CHUNK = 500
"""Claims that are in memory at once."""

COLUMNS = (
    "number", "uuid", "status", "set_aside", "claim", "interpretation", "type", "language",
    "claimant", "claimant_kind", "reports", "said_on", "quote", "article", "article_url",
    "outlet", "published_on", "rating", "rating_value", "finding", "justification",
    "evidence_as_of", "decided_at", "published_at", "annotations", "agreement", "ratings",
)  # fmt: skip
"""The columns of a spreadsheet. `ratings` are lists in JSON Lines, and words in a cell."""

Row = dict[str, Any]


def claim_rows(claims: QuerySet[Claim], user: User) -> Iterator[Row]:
    """Each claim under COLUMNS, in the order of its number; times are in UTC, ISO 8601.

    `claims` are such as the person may see.
    """
    found = claims.order_by("number").select_related("claimant", "reports").iterator(CHUNK)
    while some := list(islice(found, CHUNK)):
        verdicts, answers = _verdicts(some, user), _answers(some, user)
        places, published = _places(some), _published(some)
        for claim in some:
            mine = answers.get(claim.pk, [])
            yield (
                _claim(claim)
                | _place(places.get(claim.pk, []))
                | _verdict(verdicts.get(claim.pk))
                | {"published_at": _iso(published.get(claim.pk))}
                | _rated(mine)
            )


def in_cells(row: Row) -> list[Any]:
    """The row for a spreadsheet, in the order of COLUMNS."""
    told = [f"{each['person']}: {each['rating']}" for each in row["ratings"]]
    cells = row | {"ratings": " | ".join(told)}
    return [cells[name] for name in COLUMNS]


def _claim(claim: Claim) -> Row:
    claimant, reports = claim.claimant, claim.reports
    return {
        "number": claim.number,
        "uuid": str(claim.uuid),
        "status": claim.status,
        "set_aside": claim.set_aside,
        "claim": claim.claim_reviewed,
        "interpretation": plain(claim.interpretation),
        "type": claim.type,
        "language": claim.language,
        "claimant": claimant.name if claimant else "",
        "claimant_kind": claimant.kind if claimant else "",
        "reports": reports.name if reports else "",
    }


def _places(claims: list[Claim]) -> dict[int, list[Mark]]:
    """Where each is made, in the last texts of its articles, by the claim's key."""
    marks = Mark.objects.filter(claim__in=claims).last_places()
    found: dict[int, list[Mark]] = {}
    for mark in marks.select_related("revision__article").order_by("revision__article_id", "start"):
        found.setdefault(mark.claim_id, []).append(mark)
    return found


def _place(marks: list[Mark]) -> Row:
    """Of the first article that makes the claim; fragments of it are parted."""
    article = marks[0].revision.article if marks else None
    here = [mark for mark in marks if mark.revision.article == article]
    return {
        "said_on": next((mark.said_on for mark in here if mark.said_on), ""),
        "quote": " […] ".join(mark.exact for mark in here),
        "article": article.title if article else "",
        "article_url": article.url if article else "",
        "outlet": article.outlet if article else "",
        "published_on": article.published_on if article else "",
    }


def _verdicts(claims: list[Claim], user: User) -> dict[int, Verdict]:
    """The verdict that stands, by the claim's key; one taken back does not."""
    standing = [
        claim.verdict_id
        for claim in claims
        if claim.verdict_id and claim.status != ClaimStatus.RETRACTED
    ]
    rows = Verdict.objects.visible_to(user).filter(pk__in=standing).select_related("rating")
    return {verdict.claim_id: verdict for verdict in rows}


def _verdict(verdict: Verdict | None) -> Row:
    if verdict is None:
        return {
            "rating": "",
            "rating_value": None,
            "finding": "",
            "justification": "",
            "evidence_as_of": "",
            "decided_at": "",
        }
    return {
        "rating": verdict.rating.label,
        "rating_value": verdict.rating.value,
        "finding": line_in_words(verdict.finding),
        "justification": plain(verdict.justification),
        "evidence_as_of": verdict.evidence_as_of.isoformat(),
        "decided_at": _iso(verdict.decided_at),
    }


def _published(claims: list[Claim]) -> dict[int, dt.datetime]:
    """When the edition came out that readers have."""
    keys = [claim.edition_id for claim in claims if claim.edition_id]
    rows = Edition.objects.filter(pk__in=keys).values_list("claim", "published_at")
    return dict(rows)


def _answers(claims: list[Claim], user: User) -> dict[int, list[Annotation]]:
    """The disclosed annotations by the claim's key, in the order of their people's names."""
    rows = (
        Annotation.objects.visible_to(user)
        .submitted()
        .filter(assignment__claim__in=claims, disclosed_at__isnull=False)
        .exclude(assignment__status__in=GIVEN_UP)
        .select_related("assignment__person", "rating")
        .order_by("assignment__person__username", "uuid")
    )
    found: dict[int, list[Annotation]] = {}
    for row in rows:
        found.setdefault(row.assignment.claim_id, []).append(row)
    return found


def _rated(answers: Iterable[Annotation]) -> Row:
    """Who rated how; `agreement` is whether all that were blind are the same, if two were."""
    listed = [
        {
            "person": str(answer.assignment.person),
            "rating": answer.rating.label if answer.rating else "",
            "value": answer.rating.value if answer.rating else None,
            "confidence": answer.confidence,
            "submitted_at": _iso(answer.submitted_at),
            "is_blind": not answer.revised_in_view,
        }
        for answer in answers
    ]
    same, rated = agreement.same([[each["rating"] for each in listed if each["is_blind"]]])
    return {
        "annotations": len(listed),
        "agreement": bool(same) if rated else None,
        "ratings": listed,
    }


def _iso(moment: dt.datetime | None) -> str:
    return moment.astimezone(dt.UTC).isoformat() if moment else ""
