"""Finding what was published: full-text search with highlights, and lists by what a check says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, Func, Min, QuerySet, TextField, Value
from django.db.models.fields.json import KT

from annotations.editions.reading import read_claim
from annotations.models import Edition
from annotations.models.edition import EditionWords

# Around what was found, in headlines: characters that no text of ours holds (text.canonical).
OPEN, CLOSE = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Search:
    """What a reader looks for; everything empty finds all."""

    words: str = ""
    desk: str = ""
    claimant: str = ""
    outlet: str = ""
    topic: str = ""
    rating: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def claims_only(self) -> bool:
        """Ratings, claimants, outlets and topics are of claims."""
        about = self.claimant or self.outlet or self.topic or self.rating
        return bool(about or not self.words)


class _Query(SearchQuery):
    """What was typed, by the stems of every language that editions are searched in."""

    SEARCH_TYPES = {"plain": "annotations_search_query"}


class _Headline(Func):
    function = "annotations_edition_headline"
    output_field = TextField()


def search(asked: Search) -> QuerySet[Edition]:
    """The newest editions that hold all of what was asked for, the best first, else the newest.

    With words, each row has `headline`: its text with what was found between OPEN and CLOSE.
    """
    found = Edition.objects.standing()
    if asked.claims_only:
        found = found.filter(claim__isnull=False)
    if asked.desk:
        found = found.filter(desk__slug=asked.desk)
    for about in _about(asked):
        found = found.filter(content__contains=about)
    if asked.since:
        found = found.filter(published_at__date__gte=asked.since)
    if asked.until:
        found = found.filter(published_at__date__lte=asked.until)
    if not asked.words:
        return found.order_by("-published_at", "-pk")
    words = EditionWords(F("content"))
    query = _Query(asked.words)
    return (
        found.alias(words=words)
        .filter(words=query)
        .annotate(headline=_Headline(F("content"), Value(asked.words)))
        .order_by(SearchRank(words, query).desc(), "-published_at", "-pk")
    )


def _about(asked: Search) -> list[dict[str, Any]]:
    about: list[dict[str, Any]] = []
    if asked.claimant:
        about.append({"claim": {"claimant": {"name": asked.claimant}}})
    if asked.outlet:
        about.append({"appearances": [{"article": {"outlet": asked.outlet}}]})
    if asked.topic:
        about.append({"appearances": [{"article": {"topic": asked.topic}}]})
    if asked.rating:
        about.append({"verdict": {"rating": {"label": asked.rating}}})
    return about


def pieces(headline: str) -> list[dict[str, Any]]:
    """A headline cut into pieces: [{text, hit}]."""
    found, hit = [], False
    for piece in re.split(f"([{OPEN}{CLOSE}])", headline):
        if piece in (OPEN, CLOSE):
            hit = piece == OPEN
        elif piece:
            found.append({"text": piece, "hit": hit})
    return found


def claimants(desk: str) -> list[dict[str, Any]]:
    """Who made the claims that a desk checked, by name, each with how many."""
    rows = (
        Edition.objects.standing()
        .filter(desk__slug=desk, content__claim__claimant__name__isnull=False)
        .values(name=KT("content__claim__claimant__name"))
        .annotate(count=Count("pk"), description=Min(KT("content__claim__claimant__description")))
        .order_by("name")
    )
    return list(rows)


def counts(editions: Sequence[Edition]) -> list[dict[str, Any]]:
    """How many of the claims got which rating, in the scale's order. Counts, and nothing more."""
    found: dict[str, dict[str, Any]] = {}
    for edition in editions:
        content = read_claim(edition.content)
        order = [rating.label for rating in content.scale]
        rating = content.verdict.rating
        place = order.index(rating.label) if rating.label in order else len(order)
        part = found.setdefault(
            rating.label,
            {"tone": rating.tone, "label": rating.label, "count": 0, "place": place},
        )
        part["count"] += 1
    return sorted(found.values(), key=lambda part: part["place"])


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the search: only what something was published about."""

    ratings: list[dict[str, str]]
    """Labels, each with its desk's language."""
    claimants: list[str]
    outlets: list[str]
    topics: list[str]


def choices(desk: str = "", limit: int = 200) -> Choices:
    """The ratings, claimants, outlets and topics of what stands: a statement each."""
    claims = Edition.objects.standing().filter(claim__isnull=False)
    if desk:
        claims = claims.filter(desk__slug=desk)

    def distinct(path: str) -> list[str]:
        values = claims.order_by().values_list(KT(path), flat=True).distinct()
        return sorted(value for value in values[:limit] if value)

    labels = claims.order_by().values_list(
        KT("content__verdict__rating__label"), KT("content__desk__language")
    )
    spoken = dict(labels.distinct()[:limit])
    return Choices(
        ratings=[{"label": label, "language": spoken[label] or ""} for label in sorted(spoken)],
        claimants=distinct("content__claim__claimant__name"),
        outlets=distinct("content__appearances__0__article__outlet"),
        topics=distinct("content__appearances__0__article__topic"),
    )
