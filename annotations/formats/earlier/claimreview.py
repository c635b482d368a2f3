"""ClaimReview as others write it: alone, in arrays, `@graph` and DataFeeds, at any depth.

Source: schema.org/ClaimReview. Dirty data is the normal case: what can be read is, and what is odd
is noted with its JSON pointer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from annotations.formats.earlier.check import Check, Found, Reader, Warned, without_repeats
from annotations.formats.strictjson import escaped

KIND = "ClaimReview"


def is_in(value: Any) -> bool:
    """Whether a ClaimReview stands anywhere in the value."""
    return next(_reviews(value, ""), None) is not None


def read(values: list[tuple[str, Any]]) -> Found:
    """The checks in values, each of which comes with its pointer."""
    checks: list[Check] = []
    warned: list[Warned] = []
    for at, value in values:
        for pointer, review in _reviews(value, at):
            found, left = _checks(pointer, review)
            checks += found
            warned += left
    return without_repeats(KIND, checks, warned)


def _reviews(value: Any, pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each ClaimReview in the value, in order, with its pointer."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _reviews(item, f"{pointer}/{index}")
    elif isinstance(value, dict):
        if _is_a(value, "ClaimReview"):
            yield pointer, value
            return
        for key, item in value.items():
            if isinstance(item, dict | list):
                yield from _reviews(item, f"{pointer}/{escaped(key)}")


def _is_a(value: dict[str, Any], kind: str) -> bool:
    found = value.get("@type")
    names = found if isinstance(found, list) else [found]
    return any(isinstance(name, str) and name.rpartition("/")[2] == kind for name in names)


def _checks(pointer: str, review: dict[str, Any]) -> tuple[list[Check], list[Warned]]:
    """The check; one for each claim where it has several, none where it has no claim at all."""
    said = review.get("claimReviewed")
    if isinstance(said, list) and len(said) > 1:
        claims = [(f"/claimReviewed/{index}", each) for index, each in enumerate(said)]
    else:
        claims = [("/claimReviewed", said[0] if isinstance(said, list) and said else said)]
    checks, warned = [], []
    for where, claim in claims:
        reader = Reader(pointer)
        if len(claims) > 1:
            reader.warn("/claimReviewed", "several_claims", len(claims))
        words = reader.text(claim, where, "claim") or _claim_elsewhere(reader, review)
        if words:
            checks.append(_check(reader, review, words, len(claims) > 1))
        else:
            warned += [*reader.warned, Warned(f"{pointer}{where}", "no_claim")]
    return checks, warned


def _claim_elsewhere(reader: Reader, review: dict[str, Any]) -> str:
    """The claim where its own field is empty: what is reviewed, or the headline of the review."""
    item = _first_of(review.get("itemReviewed"))
    for where, source in (("/itemReviewed", item), ("", review)):
        for name in ("name", "headline", "description"):
            if isinstance(source, dict) and isinstance(source.get(name), str):
                words = reader.text(source[name], f"{where}/{name}", "claim")
                if words:
                    reader.warn("/claimReviewed", "claim_from_elsewhere", words)
                    return words
    return ""


def _check(reader: Reader, review: dict[str, Any], claim: str, is_one_of_several: bool) -> Check:
    publisher, home = _organisation(reader, review)
    item = _item(reader, review)
    url = reader.address(review.get("url") or review.get("mainEntityOfPage"), "/url")
    rating, numbers = _rating(reader, review)
    return Check(
        key=_key(review, url or publisher, claim, is_one_of_several),
        pointer=reader.pointer,
        claim=claim,
        publisher=publisher,
        publisher_url=home,
        claimant=_name(reader, item.get("author"), "/itemReviewed/author", "claimant"),
        rating=rating,
        numbers=numbers,
        url=url,
        title=reader.text(review.get("headline") or review.get("name"), "/headline", "title"),
        published_on=reader.date(review.get("datePublished"), "/datePublished"),
        said_on=reader.date(item.get("datePublished"), "/itemReviewed/datePublished"),
        language=_language(reader, review.get("inLanguage")),
        appearances=tuple(_appearances(reader, item)),
        warned=tuple(reader.warned),
    )


def _key(review: dict[str, Any], place: str, claim: str, is_one_of_several: bool) -> str:
    """What the publisher calls it, else its address and claim: a page may hold several checks."""
    own = review.get("@id") or review.get("identifier")
    if isinstance(own, str) and 0 < len(own) <= 300 and not own.startswith("_:"):
        return f"{own} {_short_hash(claim)}" if is_one_of_several else own
    return f"{_short_hash(place)} {_short_hash(claim)}"


def _short_hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:24]


def _first_of(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _item(reader: Reader, review: dict[str, Any]) -> dict[str, Any]:
    """What was reviewed; an empty one where it is no object."""
    item = review.get("itemReviewed")
    if isinstance(item, list) and len(item) > 1:
        reader.warn("/itemReviewed", "first_of_several", len(item))
    item = _first_of(item)
    if item is None or isinstance(item, dict):
        return item or {}
    reader.warn("/itemReviewed", "no_object", item)
    return {}


def _organisation(reader: Reader, review: dict[str, Any]) -> tuple[str, str]:
    """Who publishes the check, and their address."""
    where = "author" if review.get("author") else "publisher"
    author = _first_of(review.get(where))
    name = _name(reader, author, f"/{where}", "publisher")
    if not name:
        reader.warn(f"/{where}", "no_publisher")
    home = author.get("url") if isinstance(author, dict) else None
    return name, reader.address(_first_of(home), f"/{where}/url") if home else ""


def _name(reader: Reader, who: Any, where: str, name: str) -> str:
    who = _first_of(who)
    if isinstance(who, dict):
        return reader.text(_first_of(who.get("name")), f"{where}/name", name)
    return reader.text(who, where, name)


def _rating(reader: Reader, review: dict[str, Any]) -> tuple[str, dict[str, float]]:
    """The rating in the publisher's words, and its numbers as they came: nothing is put right."""
    rating = review.get("reviewRating")
    if isinstance(rating, list) and len(rating) > 1:
        reader.warn("/reviewRating", "first_of_several", len(rating))
    rating = _first_of(rating)
    if not isinstance(rating, dict):
        words = reader.text(rating, "/reviewRating", "rating") if rating else ""
        if not words:
            reader.warn("/reviewRating", "no_rating")
        return words, {}
    numbers = {}
    for name in ("ratingValue", "bestRating", "worstRating"):
        found = reader.number(rating.get(name), f"/reviewRating/{name}")
        if found is not None:
            numbers[name] = found
    _look_at_scale(reader, numbers)
    words = reader.text(rating.get("alternateName"), "/reviewRating/alternateName", "rating")
    words = words or reader.text(rating.get("name"), "/reviewRating/name", "rating")
    if not words and "ratingValue" in numbers:
        words = f"{numbers['ratingValue']:g}"
        if "bestRating" in numbers:
            words += f" / {numbers['bestRating']:g}"
        reader.warn("/reviewRating/alternateName", "rating_without_words", words)
    elif not words:
        reader.warn("/reviewRating", "no_rating")
    return words, numbers


def _look_at_scale(reader: Reader, numbers: dict[str, float]) -> None:
    best, worst = numbers.get("bestRating"), numbers.get("worstRating")
    value = numbers.get("ratingValue")
    shown = " ".join(f"{name} {number:g}" for name, number in numbers.items())
    if best is not None and best == worst:
        reader.warn("/reviewRating", "degenerate_scale", shown)
    elif best is not None and worst is not None and best < worst:
        reader.warn("/reviewRating", "reversed_scale", shown)
    elif value is not None and _is_off(value, best, worst):
        reader.warn("/reviewRating", "off_scale", shown)


def _is_off(value: float, best: float | None, worst: float | None) -> bool:
    return (best is not None and value > best) or (worst is not None and value < worst)


def _language(reader: Reader, value: Any) -> str:
    value = _first_of(value)
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name")
    return reader.text(value, "/inLanguage", "language")


def _appearances(reader: Reader, item: dict[str, Any]) -> Iterator[str]:
    """Where the claim was made: addresses; anything else among them is noted."""
    seen: set[str] = set()
    for name in ("firstAppearance", "appearance"):
        value = item.get(name)
        many = value if isinstance(value, list) else [value]
        for index, each in enumerate(many):
            where = f"/itemReviewed/{name}" + (f"/{index}" if isinstance(value, list) else "")
            if each in ({}, [], None, ""):
                if isinstance(value, list):
                    reader.warn(where, "no_address", each)
                continue
            found = reader.address(each, where)
            if found and found not in seen:
                seen.add(found)
                yield found
