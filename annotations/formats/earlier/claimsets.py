"""Sets of claims with their labels: with questions, answers and cached addresses, or without.

As published for research (AVeriTeC, the CheckThat! labs): a claim a row or an object. Others'
labels stay their words; nothing becomes a rating of ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from annotations.formats.earlier.check import Check, Found, Reader, Warned, without_repeats

KIND = "claim set"
_CLAIM = ("claim", "vclaim", "claim_text", "claimReviewed", "statement")
_LABEL = ("label", "rating", "verdict", "ratingName", "claimReview_rating")
_ID = ("id", "claim_id", "vclaim_id", "external_id")
_PUBLISHER = ("publisher", "fact_checker", "claimReview_author_name", "source")
_URL = ("fact_checking_article", "url", "review_url", "claimReview_url")
_CLAIMANT = ("speaker", "claimant", "author")


def is_one(value: Any) -> bool:
    """Whether the value is a claim of such a set."""
    return isinstance(value, dict) and bool(_named(value, _CLAIM)[0])


def read(values: list[tuple[str, Any]]) -> Found:
    """The claims as checks; a value that is none is noted."""
    checks: list[Check] = []
    warned: list[Warned] = []
    for pointer, value in values:
        reader = Reader(pointer)
        if not isinstance(value, dict):
            reader.warn("", "no_object", value)
            warned += reader.warned
            continue
        name, written = _named(value, _CLAIM)
        claim = reader.text(written, f"/{name or 'claim'}", "claim")
        if claim:
            checks.append(_check(reader, value, claim))
        else:
            warned += [*reader.warned, Warned(f"{pointer}/{name or 'claim'}", "no_claim")]
    return without_repeats(KIND, checks, warned)


def _check(reader: Reader, value: dict[str, Any], claim: str) -> Check:
    def text(names: tuple[str, ...], kept: str) -> str:
        name, written = _named(value, names)
        return reader.text(written, f"/{name}", kept) if name else ""

    rating = text(_LABEL, "rating")
    if not rating:
        reader.warn("", "no_rating")
    url_name, url = _named(value, _URL)
    said = [_named(value, ("original_claim_url",)), _named(value, ("cached_original_claim_url",))]
    _name, own = _named(value, _ID)
    return Check(
        key=_key(own, url, claim),
        pointer=reader.pointer,
        claim=claim,
        publisher=text(_PUBLISHER, "publisher"),
        claimant=text(_CLAIMANT, "claimant"),
        rating=rating,
        url=reader.address(url, f"/{url_name}") if url_name else "",
        title=text(("title", "headline"), "title"),
        published_on=_date(reader, value, ("date_published", "review_date", "datePublished")),
        said_on=_date(reader, value, ("claim_date", "date")),
        language=text(("language", "lang"), "language"),
        appearances=tuple(
            found for name, each in said if name and (found := reader.address(each, f"/{name}"))
        ),
        evidence=tuple(_evidence(reader, value)),
        warned=tuple(reader.warned),
    )


def _key(own: Any, url: Any, claim: str) -> str:
    words = hashlib.sha256(f"{url or ''} {claim}".encode()).hexdigest()[:24]
    if isinstance(own, str | int) and not isinstance(own, bool) and 0 < len(str(own)) <= 100:
        return f"{own} {words}"
    return words


def _named(value: dict[str, Any], names: tuple[str, ...]) -> tuple[str, Any]:
    """The first of the names that the value has something under."""
    return next(((name, value[name]) for name in names if value.get(name)), ("", None))


def _date(reader: Reader, value: dict[str, Any], names: tuple[str, ...]) -> str:
    name, written = _named(value, names)
    return reader.date(written, f"/{name}") if name else ""


def _evidence(reader: Reader, value: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Each question with its answers: what was answered, from where, and where that is kept."""
    questions = value.get("questions") or []
    if not isinstance(questions, list):
        reader.warn("/questions", "no_list", questions)
        return
    for at, question in enumerate(questions):
        where = f"/questions/{at}"
        if not isinstance(question, dict):
            reader.warn(where, "no_object", question)
            continue
        asked = reader.text(question.get("question"), f"{where}/question", "claim")
        answers = question.get("answers") or []
        many = answers if isinstance(answers, list) else [answers]
        if not many:
            yield {"question": asked}
        for number, answer in enumerate(many):
            yield {"question": asked} | _answer(reader, answer, f"{where}/answers/{number}")


def _answer(reader: Reader, answer: Any, where: str) -> dict[str, str]:
    if not isinstance(answer, dict):
        return {"answer": reader.text(answer, where, "claim")}
    found = {
        "answer": reader.text(answer.get("answer"), f"{where}/answer", "claim"),
        "kind": reader.text(answer.get("answer_type"), f"{where}/answer_type", "rating"),
        "why": reader.text(
            answer.get("boolean_explanation"), f"{where}/boolean_explanation", "claim"
        ),
        "url": reader.address(answer.get("source_url"), f"{where}/source_url"),
        "cached": reader.address(answer.get("cached_source_url"), f"{where}/cached_source_url"),
    }
    return {name: words for name, words in found.items() if words}
