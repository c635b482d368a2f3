"""One search over all that a desk has, as far as the person may see it.

Every word must be held, whatever its accents (the lookup `holds`). Findings and sources are read
through `visible_to`: those of undisclosed work are not there for others, and reading one is noted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Exists, F, IntegerField, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Greatest, StrIndex, Substr

from annotations.models import (
    SEARCHED_TEXT,
    Article,
    Claim,
    Claimant,
    Desk,
    Folded,
    Membership,
    Revision,
    Sentence,
    Source,
    User,
    Verdict,
    looked_up,
)
from annotations.text.looking import folded, place

from . import filters
from .claimants import entries
from .claims import placed
from .sources import holding

WORDS = 6
"""Words that count; the ones after them are ignored."""
FIRST = 5
"""Rows of each kind that are shown at once."""
AROUND = 400
"""Code points of a text that are read around what was found in it."""

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Found(Generic[M]):
    """The newest rows of one kind that hold the words, and whether there are more."""

    rows: list[M]
    is_more: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a text holds a word: the sentence's name in its revision, and its words."""

    name: str
    text: str


def words_of(typed: str) -> list[str]:
    """The words that are looked for, each once; marks around them do not count."""
    words = [word.strip("\"'“”„‘’«»()[]") for word in typed.split()]
    return list(dict.fromkeys(word for word in words if folded(word).strip()))[:WORDS]


def articles(desk: Desk, user: User, words: Sequence[str]) -> QuerySet[Article]:
    """The desk's articles that hold each word in the title or the current text, newest first."""
    found = Article.objects.visible_to(user).filter(desk=desk)
    for word in words:
        titled = Article.objects.filter(desk=desk, title__holds=word)
        texted = _texts().filter(article__desk=desk, searched__holds=word)
        keys = filters.few(titled), filters.few(texted, "article")
        if keys[0] is None or keys[1] is None:
            here = texted.filter(article=OuterRef("pk"))
            found = found.filter(Q(title__holds=word) | looked_up(here))
        else:
            found = found.filter(pk__in={*keys[0], *keys[1]})
    return found.order_by("-created_at", "-pk")


def _texts() -> QuerySet[Any]:
    """The current text of each article, as far as it is searched."""
    newer = Revision.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    return Revision.objects.annotate(searched=SEARCHED_TEXT).exclude(Exists(newer))


def claims(desk: Desk, user: User, words: Sequence[str]) -> QuerySet[Claim]:
    """The desk's claims that hold each word, in their own words or a name of their claimant."""
    found = Claim.objects.visible_to(user).filter(desk=desk)
    for word in words:
        named = Claimant.objects.filter(desk=desk, name__holds=word).alike()
        keys = _keys_of_claims(word, named)
        if keys is None:
            said = Q(claim_reviewed__holds=word) | _names(named.values("pk"))
            found = found.filter(said)
        else:
            found = found.filter(pk__in=keys)
    return placed(found).select_related("claimant").order_by("-pk")


def _keys_of_claims(word: str, named: QuerySet[Claimant]) -> set[int] | None:
    """The claims with the word, or which name one of these; None where there are many."""
    worded = filters.few(Claim.objects.filter(claim_reviewed__holds=word))
    people = filters.few(named)
    if worded is None or people is None:
        return None
    naming = filters.few(Claim.objects.filter(_names(people))) if people else []
    return None if naming is None else {*worded, *naming}


def _names(claimants: Any) -> Q:
    return Q(claimant__in=claimants) | Q(reports__in=claimants)


def findings(desk: Desk, user: User, words: Sequence[str]) -> QuerySet[Verdict]:
    """The current verdicts that the person may see and that hold each word; it is noted."""
    found = Verdict.objects.visible_to(user).filter(claim__desk=desk, pk=F("claim__verdict"))
    for word in words:
        said = Q(finding__holds=word) | Q(justification__holds=word)
        keys = filters.few(Verdict.objects.filter(said))
        found = found.filter(said) if keys is None else found.filter(pk__in=keys)
    # As the claims of a desk stand in their index: nobody else's verdicts are read.
    return found.select_related("claim", "rating").order_by("-claim__pk")


def sources(desk: Desk, user: User, words: Sequence[str]) -> QuerySet[Source]:
    """The sources that the person may see and that hold each word; it is noted."""
    return holding(desk, user, words).order_by("-added_at", "-pk")


def people(desk: Desk, user: User, words: Sequence[str]) -> QuerySet[Membership]:
    """The desk's members whose name holds each word."""
    found = Membership.objects.visible_to(user).filter(desk=desk)
    for word in words:
        found = found.filter(
            Q(user__first_name__holds=word)
            | Q(user__last_name__holds=word)
            | Q(user__username__holds=word)
        )
    return found.select_related("user").order_by("user__username")


def claimants(desk: Desk, user: User, words: Sequence[str]) -> QuerySet[Claimant]:
    """Who makes claims and of whom a name or description holds each word, by the main name."""
    return entries(desk, user, words).order_by("name")


def first(rows: QuerySet[M], most: int = FIRST) -> Found[M]:
    """The first few, in one statement."""
    some = list(rows[: most + 1])
    return Found(some[:most], len(some) > most)


def places(claims: Sequence[int]) -> dict[int, int]:
    """The article in which each claim was marked last, by the claim's key; in one statement."""
    rows: Any = placed(Claim.objects.filter(pk__in=claims))
    return dict(rows.values_list("pk", "article_pk"))


def around(text: str, words: Sequence[str], most: int) -> str:
    """At most that many code points of the text, around the first of the words that it holds."""
    span = next(filter(None, (place(word, text) for word in words)), None)
    begin = max(0, span[0] - most // 3) if span else 0
    if begin:
        begin = text.find(" ", begin, span[0] if span else begin) + 1 or begin
    return f"… {text[begin : begin + most]}" if begin else text[:most]


def passages(found: Sequence[Article], words: Sequence[str]) -> dict[int, Passage]:
    """The sentence of each article that holds one of the words first, by the article's key.

    In two statements: the text around the word, cut out by PostgreSQL, and the sentences there.
    """
    places: dict[int, tuple[int, int]] = {}
    for word in words:
        left = [article for article in found if article.pk not in places]
        places |= _places(left, word) if left else {}
    return _sentences(places)


def _places(found: Sequence[Article], word: str) -> dict[int, tuple[int, int]]:
    """Where the text holds the word: the revision's key and the code point, by the article's key.

    A folded text may be longer than the text, so the word is looked for again around the place.
    """
    at = StrIndex(Folded(SEARCHED_TEXT), Folded(Value(word)))
    rows = (
        _texts()
        .filter(article__in=found, searched__holds=word)
        .annotate(begin=Greatest(at - AROUND, Value(1), output_field=IntegerField()))
        .annotate(around=Substr("text", Cast("begin", IntegerField()), 2 * AROUND + len(word)))
        .values_list("article", "pk", "begin", "around")
    )
    where: dict[int, tuple[int, int]] = {}
    for article, revision, begin, around in rows:
        if span := place(word, around):
            where[article] = revision, begin - 1 + span[0]
    return where


def _sentences(places: dict[int, tuple[int, int]]) -> dict[int, Passage]:
    """The sentence at each place, with its words."""
    if not places:
        return {}
    here = Q()
    for revision, at in places.values():
        here |= Q(revision=revision, start__lte=at, end__gt=at)
    cut = Substr("revision__text", F("start") + 1, F("end") - F("start"))
    rows = Sentence.objects.filter(here).annotate(words=cut)
    by_revision = {row.revision_id: Passage(row.name, row.words) for row in rows}  # type: ignore[attr-defined]
    return {
        article: by_revision[revision]
        for article, (revision, _at) in places.items()
        if revision in by_revision
    }


def pieces(text: str, words: Sequence[str]) -> list[dict[str, Any]]:
    """The text cut at the first place of each word, for showing: [{text, hit}]."""
    spans = sorted(span for word in words if (span := place(word, text)))
    found: list[dict[str, Any]] = []
    last = 0
    for start, end in spans:
        if start >= last:
            found += [
                {"text": text[last:start], "hit": False},
                {"text": text[start:end], "hit": True},
            ]
            last = end
    return [piece for piece in [*found, {"text": text[last:], "hit": False}] if piece["text"]]
