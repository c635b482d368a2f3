"""A desk's claims to take away, one a row: for spreadsheets, and for sets to train or measure on.

As far as one person may see them. What tells of others' work is read through `visible_to`, which
notes who was shown it: an annotation is in no row before all of its claim are disclosed (rule 4).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import F, QuerySet

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
    found = claims.order_by("number").values_list(*_OF_CLAIM, named=True).iterator(CHUNK)
    while some := list(islice(found, CHUNK)):
        verdicts, answers = _verdicts(some, user), _answers(some, user)
        places, published = _places(some), _published(some)
        for claim in some:
            yield (
                _claim(claim)
                | _place(places.get(claim.pk, []))
                | _verdict(verdicts.get(claim.pk))
                | {"published_at": _iso(published.get(claim.pk))}
                | _rated(answers.get(claim.pk, []))
            )


def in_cells(row: Row) -> list[Any]:
    """The row for a spreadsheet, in the order of COLUMNS."""
    told = [f"{each['person']}: {each['rating']}" for each in row["ratings"]]
    cells = row | {"ratings": " | ".join(told)}
    return [cells[name] for name in COLUMNS]


# Named values, not rows of the models: half of the time went into making these.
Named = Any

_OF_CLAIM = (
    "pk", "number", "uuid", "status", "set_aside", "claim_reviewed", "interpretation", "type",
    "language", "claimant__name", "claimant__kind", "reports__name", "verdict_id", "edition_id",
)  # fmt: skip


def _claim(claim: Named) -> Row:
    return {
        "number": claim.number,
        "uuid": str(claim.uuid),
        "status": claim.status,
        "set_aside": claim.set_aside,
        "claim": claim.claim_reviewed,
        "interpretation": plain(claim.interpretation),
        "type": claim.type,
        "language": claim.language,
        "claimant": claim.claimant__name or "",
        "claimant_kind": claim.claimant__kind or "",
        "reports": claim.reports__name or "",
    }


_OF_MARK = (
    "claim_id", "revision__article_id", "said_on", "exact", "revision__article__title",
    "revision__article__url", "revision__article__outlet", "revision__article__published_on",
)  # fmt: skip


def _places(claims: list[Named]) -> dict[int, list[Named]]:
    """Where each is made, in the last texts of its articles, by the claim's key."""
    marks = Mark.objects.filter(claim__in=[claim.pk for claim in claims]).last_places()
    ordered = marks.order_by("revision__article_id", "start")
    return _by_claim(ordered.values_list(*_OF_MARK, named=True))


def _by_claim(rows: Iterable[Named]) -> dict[int, list[Named]]:
    found: dict[int, list[Named]] = {}
    for row in rows:
        found.setdefault(row.claim_id, []).append(row)
    return found


def _place(marks: list[Named]) -> Row:
    """Of the first article that makes the claim; fragments of it are parted."""
    first = marks[0] if marks else None
    here = [mark for mark in marks if mark.revision__article_id == marks[0].revision__article_id]
    return {
        "said_on": next((mark.said_on for mark in here if mark.said_on), ""),
        "quote": " […] ".join(mark.exact for mark in here),
        "article": first.revision__article__title if first else "",
        "article_url": first.revision__article__url if first else "",
        "outlet": first.revision__article__outlet if first else "",
        "published_on": first.revision__article__published_on if first else "",
    }


_OF_VERDICT = (
    "claim_id", "rating__label", "rating__value", "finding", "justification", "evidence_as_of",
    "decided_at", "tells",
)  # fmt: skip


def _verdicts(claims: list[Named], user: User) -> dict[int, Named]:
    """The verdict that stands, by the claim's key; one taken back does not."""
    standing = [
        claim.verdict_id
        for claim in claims
        if claim.verdict_id and claim.status != ClaimStatus.RETRACTED
    ]
    rows = Verdict.objects.visible_to(user).filter(pk__in=standing)
    return {row.claim_id: row for row in rows.values_list(*_OF_VERDICT, named=True)}


def _verdict(verdict: Named | None) -> Row:
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
        "rating": verdict.rating__label,
        "rating_value": verdict.rating__value,
        "finding": line_in_words(verdict.finding),
        "justification": plain(verdict.justification),
        "evidence_as_of": verdict.evidence_as_of.isoformat(),
        "decided_at": _iso(verdict.decided_at),
    }


def _published(claims: list[Named]) -> dict[int, dt.datetime]:
    """When the edition came out that readers have."""
    keys = [claim.edition_id for claim in claims if claim.edition_id]
    rows = Edition.objects.filter(pk__in=keys).values_list("claim", "published_at")
    return dict(rows)


_OF_ANSWER = (
    "person_id", "claim_id", "rating__label", "rating__value", "confidence", "submitted_at",
    "revised_in_view", "tells",
)  # fmt: skip


def _answers(claims: list[Named], user: User) -> dict[int, list[Row]]:
    """Who rated how by the claim's key, of what is disclosed, in the order of people's names."""
    rows = (
        Annotation.objects.visible_to(user)
        .submitted()
        .filter(assignment__claim__in=[claim.pk for claim in claims], disclosed_at__isnull=False)
        .exclude(assignment__status__in=GIVEN_UP)
        .annotate(person_id=F("assignment__person"), claim_id=F("assignment__claim"))
        .order_by("assignment__person__username", "uuid")
    )
    listed = list(rows.values_list(*_OF_ANSWER, named=True))
    people = User.objects.in_bulk({row.person_id for row in listed})
    found: dict[int, list[Row]] = {}
    for row in listed:
        found.setdefault(row.claim_id, []).append(_answer(row, str(people[row.person_id])))
    return found


def _answer(row: Named, person: str) -> Row:
    return {
        "person": person,
        "rating": row.rating__label or "",
        "value": row.rating__value,
        "confidence": row.confidence,
        "submitted_at": _iso(row.submitted_at),
        "is_blind": not row.revised_in_view,
    }


def _rated(listed: list[Row]) -> Row:
    """Who rated how; `agreement` is whether all that were blind are the same, if two were."""
    same, rated = agreement.same([[each["rating"] for each in listed if each["is_blind"]]])
    return {
        "annotations": len(listed),
        "agreement": bool(same) if rated else None,
        "ratings": listed,
    }


def _iso(moment: dt.datetime | None) -> str:
    return moment.astimezone(dt.UTC).isoformat() if moment else ""
