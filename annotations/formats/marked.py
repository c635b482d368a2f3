"""What an article of JSON says of its own text: where its sentences lie, and the claims it makes.

Positions are code points of the text as it is kept, so a text with positions has to be given as it
is kept: `manage.py split` shows it. Words (`exact`, with `prefix` and `suffix`: W3C Web Annotation
Data Model, 4.2.4) need none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotations.formats import plain
from annotations.formats.plain import Document
from annotations.formats.strictjson import Located, Positions, escaped
from annotations.formats.tables import Problems
from annotations.text.boundaries import BadCut
from annotations.text.canonical import BadText, canonicalise
from annotations.text.dates import is_partial_date
from annotations.text.paragraphs import ParagraphKind
from annotations.vocabulary import ClaimantKind, ClaimType

MOST_MARKS = 500
"""Of one article: each is a move of its own, and all of them are one transaction."""
LONGEST = {"claim": 500, "interpretation": 10_000, "claimant": 200, "reports": 200}
"""What may be said of a claim in words, and in how many characters."""
_ONE_OF = {"type": ClaimType, "claimant_kind": ClaimantKind}
_OF_A_PLACE = {"start", "end", "exact", "prefix", "suffix", "said_on"}
_OF_A_SENTENCE = {"start", "end", "text", "kind", "paragraph"}
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim is made, from `start` to `end` (code points); when it was said, if known."""

    start: int
    end: int
    said_on: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim of an article, `claimant` and `reports` by name, and its places, one at least."""

    claim: str
    places: tuple[Place, ...]
    interpretation: str = ""
    claimant: str = ""
    claimant_kind: str = ""
    reports: str = ""
    type: str = ClaimType.EVENT


class Where:
    """Tells what is wrong with a row of a file, by JSON pointer and by the line it stands in."""

    def __init__(self, row: Located, pointer: str, problems: Problems) -> None:
        self.row, self.pointer, self.problems = row, pointer, problems
        self._positions = Positions(row)

    def wrong(self, path: Path, value: Any, expected: str, number: int = 0) -> None:
        shown = "" if value is None else str(value)
        self.problems.add(self._positions.line(path), self._name(path), shown, expected, number)

    def bad(self, path: Path, value: str, bad: BadText) -> None:
        self.problems.add_bad(self._positions.line(path), self._name(path), value, bad)

    def _name(self, path: Path) -> str:
        return self.pointer + "".join(f"/{escaped(str(part))}" for part in path) or "/"


def cut_as_said(value: dict[str, Any], document: Document, text: str, where: Where) -> Document:
    """The document cut into the `sentences` that the article says it has, if it says any."""
    said = value.get("sentences")
    if said is None:
        return document
    if not isinstance(said, list) or not said or not all(isinstance(each, dict) for each in said):
        where.wrong(("sentences",), said, "sentences")
        return document
    if document.text != text:
        where.wrong(("text",), text, "as_kept")
        return document
    are_right = [_is_sentence(each, document, at, where) for at, each in enumerate(said)]
    if not all(are_right):
        return document
    try:
        cut = _recut(said, document)
        plain.check_sentences(document.text, cut.sentences)
    except BadCut as bad:
        _tell_cut(said, bad, where)
        return document
    except BadText as bad:
        where.bad(("sentences",), "", bad)
        return document
    for at, (each, sentence) in enumerate(zip(said, cut.sentences, strict=True)):
        if each["end"] != sentence.end:
            where.wrong(("sentences", at, "end"), each["end"], "sentence_end", sentence.end)
    return cut


def _is_sentence(each: dict[str, Any], document: Document, at: int, where: Where) -> bool:
    path = ("sentences", at)
    span = _span(each, document, path, where)
    if span is None:
        return False
    if each.get("kind", "body") not in list(ParagraphKind):
        where.wrong((*path, "kind"), each["kind"], "kind")
        return False
    if "text" in each and each["text"] != document.text[span[0] : span[1]]:
        where.wrong((*path, "text"), each["text"], "stands_there")
        return False
    return True


def _recut(said: list[dict[str, Any]], document: Document) -> Document:
    """Raises BadCut."""
    kinds = None
    if any("kind" in each for each in said):
        named = {each["start"]: ParagraphKind(each.get("kind", "body")) for each in said}
        kinds = {start: kind for start, kind in named.items() if kind is not ParagraphKind.BODY}
    return plain.recut(document, [each["start"] for each in said], kinds)


def _tell_cut(said: list[dict[str, Any]], bad: BadCut, where: Where) -> None:
    starts = [each["start"] for each in said]
    path: Path = ("sentences",)
    value = starts[0]
    if bad.at - 1 in starts:
        value = bad.at - 1
        path = ("sentences", starts.index(value), "start")
    elif bad.code == "order":
        at = next(at for at in range(1, len(starts)) if starts[at] <= starts[at - 1])
        value, path = starts[at], ("sentences", at, "start")
    elif bad.code == "first":
        path = ("sentences", 0, "start")
    where.wrong(path, value, f"cut_{bad.code}", bad.at)


def claims_of(
    value: dict[str, Any], document: Document, text: str, where: Where
) -> tuple[Claimed, ...]:
    """The `claims` that the article makes, as it says, with their places in the document."""
    said = value.get("claims", [])
    if not isinstance(said, list):
        where.wrong(("claims",), said, "claims")
        return ()
    reading = _Reading(document, document.text == text, where)
    found = tuple(filter(None, [reading.claim(each, at) for at, each in enumerate(said)]))
    if sum(len(each.places) for each in found) > MOST_MARKS:
        where.wrong(("claims",), len(found), "marks_at_most", MOST_MARKS)
    return found


class _Reading:
    def __init__(self, document: Document, is_as_kept: bool, where: Where) -> None:
        self.document, self.is_as_kept, self.where = document, is_as_kept, where

    def claim(self, each: Any, at: int) -> Claimed | None:
        path: Path = ("claims", at)
        if not isinstance(each, dict):
            self.where.wrong(path, each, "claim")
            return None
        said = {name: self._words(each, name, (*path, name)) for name in LONGEST}
        for name, known in _ONE_OF.items():
            value = each.get(name) or ""
            if value and value not in known.values:
                self.where.wrong((*path, name), value, f"one_of_{name}")
            said[name] = value
        said["type"] = said["type"] or ClaimType.EVENT
        return Claimed(places=tuple(self._places(each.get("marks"), (*path, "marks"))), **said)

    def _words(self, each: dict[str, Any], name: str, path: Path) -> str:
        """The words of a claim as texts are kept; only the claim itself has to have any."""
        value = each.get(name)
        if value in (None, "") and name != "claim":
            return ""
        if not isinstance(value, str):
            self.where.wrong(path, value, "words")
            return ""
        try:
            words = canonicalise(value).text
        except BadText as bad:
            self.where.bad(path, value, bad)
            return ""
        if name != "interpretation":
            words = " ".join(words.split())
        if len(words) > LONGEST[name]:
            self.where.wrong(path, value, "characters", LONGEST[name])
        return words

    def _places(self, marks: Any, path: Path) -> Iterator[Place]:
        if not isinstance(marks, list) or not marks:
            self.where.wrong(path, marks, "marks")
            return
        taken: set[tuple[int, int]] = set()
        for at, each in enumerate(marks):
            span = self._span_of(each, (*path, at))
            if span is None:
                continue
            if span in taken:
                self.where.wrong((*path, at), f"{span[0]}-{span[1]}", "marked_once")
            taken.add(span)
            said_on = each.get("said_on") or ""
            if not isinstance(said_on, str) or not is_partial_date(said_on):
                self.where.wrong((*path, at, "said_on"), said_on, "date")
                continue
            yield Place(*span, said_on)

    def _span_of(self, each: Any, path: Path) -> tuple[int, int] | None:
        if not isinstance(each, dict) or not {"start", "exact"} & each.keys():
            self.where.wrong(path, each, "place")
            return None
        for name in ("exact", "prefix", "suffix"):
            if not isinstance(each.get(name, ""), str):
                self.where.wrong((*path, name), each[name], "words")
                return None
        if "start" not in each:
            return self._found(each, path)
        if not self.is_as_kept:
            self.where.wrong((*path, "start"), each["start"], "as_kept")
            return None
        span = _span(each, self.document, path, self.where)
        if span and each.get("exact") not in (None, self.document.text[span[0] : span[1]]):
            self.where.wrong((*path, "exact"), each["exact"], "stands_there")
            return None
        return span

    def _found(self, each: dict[str, Any], path: Path) -> tuple[int, int] | None:
        """Where the words stand, which has to be at one place alone."""
        exact, prefix, suffix = (each.get(name) or "" for name in ("exact", "prefix", "suffix"))
        text, wanted = self.document.text, prefix + exact + suffix
        at = text.find(wanted) if exact.strip() else -1
        if at < 0 or text.find(wanted, at + 1) >= 0:
            self.where.wrong((*path, "exact"), exact, "stands_once")
            return None
        start = at + len(prefix)
        return start, start + len(exact)


def _span(
    each: dict[str, Any], document: Document, path: Path, where: Where
) -> tuple[int, int] | None:
    """The words from `start` to `end` of the text; None where there are none, which is told."""
    start, end = each.get("start"), each.get("end")
    for name, value in (("start", start), ("end", end)):
        if not isinstance(value, int) or isinstance(value, bool):
            where.wrong((*path, name), value, "position")
            return None
    assert isinstance(start, int)
    assert isinstance(end, int)
    if not 0 <= start < end <= len(document.text) or not document.text[start:end].strip():
        where.wrong(path, f"{start}-{end}", "inside", len(document.text))
        return None
    return start, end


def unread_in(value: dict[str, Any]) -> set[str]:
    """The keys inside of sentences and claims that nobody asks for, as `claims/verdict`."""
    of_claims = {*LONGEST, *_ONE_OF, "marks"}
    claims = _objects(value.get("claims"))
    marks = [mark for claim in claims for mark in _objects(claim.get("marks"))]
    return {
        *_others(_objects(value.get("sentences")), _OF_A_SENTENCE, "sentences"),
        *_others(claims, of_claims, "claims"),
        *_others(marks, _OF_A_PLACE, "claims/marks"),
    }


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _others(objects: list[dict[str, Any]], known: set[str], name: str) -> set[str]:
    return {f"{name}/{key}" for each in objects for key in each.keys() - known}
