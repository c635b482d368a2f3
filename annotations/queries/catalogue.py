"""Finding what was published: full-text search with highlights, and lists by what a check says."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import (
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from annotations.editions.reading import read_claim
from annotations.formats.markup import line_in_words, plain
from annotations.models import Claimant, Desk, Edition, Listing

from .paging import MOST

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


def listed(asked: Search) -> QuerySet[Listing]:
    """What stands and has all of what was asked for but the words, the newest first."""
    found = Listing.objects.all()
    if asked.claims_only:
        found = found.filter(claim__isnull=False)
    if asked.desk:
        # As one value, not a join: then its own list, in order, is what the database reads.
        found = found.filter(desk=Subquery(Desk.objects.filter(slug=asked.desk).values("pk")))
    if asked.claimant:
        found = found.filter(_made_by(asked.claimant, asked.desk))
    if asked.outlet:
        found = found.filter(outlets__contains=[asked.outlet])
    if asked.topic:
        found = found.filter(topics__contains=[asked.topic])
    if asked.rating:
        found = found.filter(rating_label=asked.rating)
    if asked.since:
        found = found.filter(published_at__date__gte=asked.since)
    if asked.until:
        found = found.filter(published_at__date__lte=asked.until)
    return found.order_by("-published_at", "-edition_id")


class Hit(Protocol):
    """A row of a list, as far as a page of it has to know it."""

    @property
    def edition_id(self) -> int: ...


def search(asked: Search) -> QuerySet[Listing] | list[Hit]:
    """What stands and holds all of what was asked for, the best first, else the newest.

    Of words that more than MOST hold, the newest MOST claims and as many articles are put in order:
    to weigh a hit is dear, and nobody turns to page 34.
    """
    if not asked.words:
        return listed(asked)
    found = holding(asked)
    # The words alone have an index. Of a desk that may be one of a thousand its own lists have one.
    hits: list[Any] = [] if asked.desk else _some(found.order_by())
    if asked.desk or len(hits) > MOST:
        hits = _some(found.filter(claim__isnull=False))
        if not asked.claims_only:
            hits += _some(found.filter(article__isnull=False))
    hits.sort(key=lambda hit: (hit.rank, hit.published_at, hit.edition_id), reverse=True)
    return hits


def holding(asked: Search) -> QuerySet[Listing]:
    """What has all of what was asked for and the words, with the `rank` that these give it."""
    query = _Query(asked.words)
    return listed(asked).filter(words=query).annotate(rank=SearchRank(F("words"), query))


def _some(found: Any) -> list[Any]:
    """One more than MOST of these, as plain values."""
    return list(found.values_list("edition_id", "published_at", "rank", named=True)[: MOST + 1])


def _made_by(name: str, desk: str) -> Q:
    """That a claim was published under this name, or another of whoever it is the main one of."""
    found = Q(claimant=name)
    for at, other in _other_names(name, desk):
        found |= Q(desk=at, claimant=other)
    return found


def _other_names(name: str, desk: str) -> list[tuple[int, str]]:
    """What else whoever has this main name is called, each name with the key of its desk."""
    # `holds` is what an index answers; no desk is asked about where the site is searched.
    entries = Claimant.objects.filter(name__holds=name, name=name, same_as__isnull=True)
    entries = entries.filter(desk__slug=desk) if desk else entries
    return list(entries.alike().exclude(name=name).values_list("desk", "name"))


def claims_of(desk: str, name: str) -> list[Any]:
    """The newest claims of a desk that somebody made under any name, one more than MOST at most.

    Each as (edition_id, published_at, rating_label), by an index for each of the names: with all
    names in one condition, PostgreSQL would read whatever somebody ever said.
    """
    names = [name, *(other for _desk, other in _other_names(name, desk))]
    first, *others = [
        listed(Search(desk=desk))
        .filter(claimant=each)
        .values_list("edition_id", "published_at", "rating_label", named=True)[: MOST + 1]
        for each in names
    ]
    found = first.union(*others, all=True) if others else first
    newest = sorted(found, key=lambda row: (row.published_at, row.edition_id), reverse=True)
    return newest[: MOST + 1]


def main_name(desk: str, name: str) -> str:
    """The main name of whoever a desk published claims of under this one; else the name itself.

    Of a name that readers never had nothing is told.
    """
    entry = Claimant.objects.filter(desk__slug=desk, name=name, same_as__isnull=False)
    main = entry.values_list("same_as__name", flat=True).first()
    if main is None:
        return name
    standing = listed(Search(desk=desk, claimant=main)).order_by().values("claim")
    told = Edition.objects.filter(claim__in=standing, content__claim__claimant__name=name)
    return main if told.exists() else name


def shown(page: Iterable[Hit], words: str = "") -> list[Edition]:
    """The editions of one page of a list, in its order, each claim's with `first_published`.

    With words, each has `headline`: its text with what was found between OPEN and CLOSE, and
    without the signs of its formatting.
    """
    keys = [row.edition_id for row in page]
    first = Edition.objects.filter(claim=OuterRef("claim"), number=1).order_by()
    found = Edition.objects.filter(pk__in=keys).annotate(
        first_published=Subquery(first.values("published_at")[:1])
    )
    editions = {edition.pk: edition for edition in found}
    if words:
        for edition, headline in zip(editions.values(), _headlines(found, words), strict=True):
            edition.headline = headline  # type: ignore[attr-defined]
    return [editions[key] for key in keys]


def _headlines(editions: Iterable[Edition], words: str) -> list[str]:
    """The headline of each edition, in one statement."""
    texts = [json.dumps(_plainly(edition.content)) for edition in editions]
    with connection.cursor() as cursor:
        cursor.execute(
            "select annotations_edition_headline(text::jsonb, %s)"
            " from unnest(%s::text[]) with ordinality as given(text, place) order by place",
            [words, texts],
        )
        return [headline for (headline,) in cursor.fetchall()]


def _plainly(content: dict[str, Any]) -> dict[str, Any]:
    """What is looked through for a headline, as plain words: a hit may cut a link in two."""
    kept = {key: content[key] for key in ("article", "desk", "paragraphs") if key in content}
    kept["appearances"] = content.get("appearances", [])[:1]
    verdict, claim = content.get("verdict") or {}, content.get("claim") or {}
    kept["verdict"] = {
        "finding": line_in_words(verdict.get("finding") or "", addresses=False),
        "justification": plain(verdict.get("justification") or "", addresses=False),
    }
    kept["claim"] = {"interpretation": plain(claim.get("interpretation") or "", addresses=False)}
    return kept


def pieces(headline: str) -> list[dict[str, Any]]:
    """A headline cut into pieces: [{text, hit}], with "…" where words are left out."""
    found, hit = [], False
    for piece in re.split(f"([{OPEN}{CLOSE}])", _with_dots(headline)):
        if piece in (OPEN, CLOSE):
            hit = piece == OPEN
        elif piece:
            found.append({"text": piece, "hit": hit})
    return found


def _with_dots(headline: str) -> str:
    """PostgreSQL says what it leaves out between two passages, and not before or after them."""
    first = next(filter(str.isalnum, headline), "")
    before = "… " if first.islower() else ""
    after = "" if _FULL_STOP.search(headline) else " …"
    return before + headline.strip().replace(" ... ", " … ") + after


_FULL_STOP = re.compile(r"[.!?…。！？؟۔।]\W*$")


@dataclass(slots=True)
class Named:
    """Somebody who made claims that a desk published, under their main name."""

    name: str
    found: int = 0
    """Their claims, of which no more than MOST and one are counted for a name."""
    description: str = ""
    """Who that is, as it was published last; the main name's own comes first."""

    @property
    def count(self) -> int:
        """How many claims, up to MOST."""
        return min(self.found, MOST)

    @property
    def is_capped(self) -> bool:
        """Whether there are more than are counted."""
        return self.found > MOST


# From one name to the next by a jump through the index, and of each name no more than its newest
# claims: what it costs grows with the names, and not with what they said.
_NAMED = """
with recursive here as (select id from annotations_desk where slug = %(desk)s), named as (
    (select claimant from annotations_listing
     where claim_id is not null and desk_id = (select id from here) and claimant > ''
     order by claimant limit 1)
    union all
    (select next.claimant from named cross join lateral (
        select claimant from annotations_listing
        where claim_id is not null and desk_id = (select id from here)
            and claimant > named.claimant
        order by claimant limit 1) as next)
)
select named.claimant, count(*),
    coalesce((array_agg(description order by published_at desc)
        filter (where description > ''))[1], '')
from named cross join lateral (
    select claimant_description as description, published_at from annotations_listing as listing
    where claim_id is not null and desk_id = (select id from here)
        and listing.claimant = named.claimant
    order by published_at desc limit %(most)s) as newest
group by named.claimant
"""


def claimants(desk: str) -> list[Named]:
    """Who made the claims that a desk checked, by name, each with how many.

    Of somebody with several names, the main one stands for all.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, {"desk": desk, "most": MOST + 1})
        rows = cursor.fetchall()
    others = Claimant.objects.filter(desk__slug=desk, same_as__isnull=False)
    main = dict(others.values_list("name", "same_as__name"))
    found: dict[str, Named] = {}
    # What the main name was published with comes first.
    for name, count, description in sorted(rows, key=lambda row: row[0] in main):
        entry = found.setdefault(main.get(name, name), Named(main.get(name, name)))
        entry.found += count
        entry.description = entry.description or description
    return sorted(found.values(), key=lambda entry: entry.name)


def counts(claims: Sequence[Any]) -> list[dict[str, Any]]:
    """How many of the claims, the newest first, got which rating, in the scale's order.

    Of each claim the `rating_label` and `edition_id`. Counts, and nothing more.
    """
    counted = Counter(claim.rating_label for claim in claims)
    last = {claim.edition_id: claim.rating_label for claim in _first_of_each(claims)}
    found = []
    for edition in Edition.objects.filter(pk__in=last):
        label = last[edition.pk]
        content = read_claim(edition.content)
        order = [rating.label for rating in content.scale]
        place = order.index(label) if label in order else len(order)
        tone = content.verdict.rating.tone
        found.append({"tone": tone, "label": label, "count": counted[label], "place": place})
    return sorted(found, key=lambda part: (part["place"], part["label"]))


def _first_of_each(claims: Sequence[Any]) -> list[Any]:
    """The newest claim of each rating, whose scale says where the rating stands today."""
    return list({claim.rating_label: claim for claim in reversed(claims)}.values())


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the search: only what something was published about."""

    ratings: list[dict[str, str]]
    """Labels, each with its desk's language."""
    claimants: list[str]
    outlets: list[str]
    topics: list[str]


# Each value once, by jumping through an index from one to the next: what it costs grows with the
# values that are chosen from, and not with the claims that have them.
_JUMPS = """
with recursive found as (
    (select desk_id, {value} as value from annotations_listing
     where claim_id is not null and {here}
     order by 1, 2 limit 1)
    union all
    (select next.desk_id, next.value from found cross join lateral (
        select desk_id, {value} as value from annotations_listing
        where claim_id is not null and {beyond}
        order by 1, 2 limit 1) as next)
)
select {shown}, desk.language
from found join annotations_desk as desk on desk.id = desk_id {joined} limit %(limit)s
"""
_MAIN = """
left join annotations_claimant as name on name.desk_id = found.desk_id and name.name = value
left join annotations_claimant as main on main.id = name.same_as_id
"""


def choices(desk: str = "", limit: int = 200) -> Choices:
    """The ratings, claimants, outlets and topics of what stands: a statement each."""
    here = "desk_id = (select id from annotations_desk where slug = %(desk)s)" if desk else "true"
    # Of one desk the value alone: beside "desk_id =", PostgreSQL begins a comparison of rows at the
    # first entry of the desk, and reads them all.
    beyond = (
        "desk_id = found.desk_id and {value} > found.value"
        if desk
        else "(desk_id, {value}) > (found.desk_id, found.value)"
    )

    def distinct(value: str, shown: str = "value", joined: str = "") -> dict[str, str]:
        further = beyond.format(value=value)
        sql = _JUMPS.format(value=value, here=here, beyond=further, shown=shown, joined=joined)
        with connection.cursor() as cursor:
            cursor.execute(sql, {"desk": desk, "limit": limit})
            return {found: language for found, language in sorted(cursor.fetchall()) if found}

    ratings = distinct("rating_label")
    return Choices(
        ratings=[{"label": label, "language": ratings[label]} for label in ratings],
        claimants=list(distinct("claimant", "coalesce(main.name, value)", _MAIN)),
        outlets=list(distinct("(outlets[1])")),
        topics=list(distinct("(topics[1])")),
    )
