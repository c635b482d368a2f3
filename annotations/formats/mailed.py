"""The words of a plain mail: what its writer says, what is quoted, handed on, or only signed.

A line that begins with ">" is quoted, by as many as stand there; `format=flowed` says which line
ends are none (RFC 3676). "-- " begins a signature. mbox writes ">From " where a line begins with
"From " (RFC 4155). How programs begin what they hand on is read from its shape, in any language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from annotations.formats.blocks import PARAGRAPH, QUOTE, SIGNATURE, Part
from annotations.text.links import told_in

_SIGNS = re.compile(r"(?:> ?)+")
_DASHES = ("-- ", "--")
_LONGEST_SIGNATURE = 12
"""Lines of a signature; what is longer is text after a line of two dashes."""
_LONGEST_ATTRIBUTION = 3
_RULE = re.compile(r"_{10,}|-{10,}")
_MARKER = re.compile(rf"-{{3,}}\s?[^\W_][^-]{{0,60}}-{{3,}}|{_RULE.pattern}")
_LABELLED = re.compile(r"\*?[^\W\d_][\w .’'-]{0,24}\*?\s?[:：]\*?\s*\S")
_FEWEST_LABELS = 3
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}")
_COLONS = (":", "：")


class _Line(NamedTuple):
    """A line without its signs, and how deep it is quoted."""

    depth: int
    words: str


class _Paragraph(NamedTuple):
    depth: int
    lines: list[str]
    is_signature: bool = False


def parts(content: str, *, flowed: bool = False, del_sp: bool = False) -> list[Part]:
    """The parts of a plain mail; its signatures are parts of their own.

    `flowed` and `del_sp` are what its `Content-Type` says of its line ends.
    """
    lines = list(_lines(content.replace("\r\n", "\n").split("\n")))
    if flowed:
        lines = list(_joined(lines, "" if del_sp else " "))
    paragraphs = list(_paragraphs(lines))
    found: list[Part] = []
    handed_on: int | None = None  # how deep it is quoted itself
    for number, (depth, said, is_signature) in enumerate(paragraphs):
        before = paragraphs[number - 1].lines if number else []
        after = paragraphs[number + 1] if number + 1 < len(paragraphs) else _Paragraph(0, [])
        if handed_on is not None and depth < handed_on:
            handed_on = None
        kind = QUOTE if depth or handed_on is not None else PARAGRAPH
        if is_signature:
            found.append(_part(SIGNATURE, said))
        elif _is_head(before, said):
            found += [_part(kind, [each]) for each in said]
            handed_on = depth
        elif after.depth > depth and _is_attribution(said):
            found.append(_part(kind, [" ".join(said).replace("< ", "<")]))
        elif not (_RULE.fullmatch(said[0]) and _is_head(said, after.lines)):
            found.append(_part(kind, said))
    return found


def _part(kind: str, lines: Sequence[str]) -> Part:
    words = "\n".join(lines)
    return Part(kind, words, links=told_in(words))


def _lines(written: Sequence[str]) -> Iterator[_Line]:
    for number, line in enumerate(written):
        beside = (written[at] for at in (number - 1, number + 1) if 0 <= at < len(written))
        signs = _SIGNS.match(line)
        if line.startswith(">From ") and not any(each.startswith(">") for each in beside):
            yield _Line(0, line[1:])
        else:
            yield _Line(signs[0].count(">"), line[signs.end() :]) if signs else _Line(0, line)


def _joined(lines: Iterable[_Line], gap: str) -> Iterator[_Line]:
    """The lines without the ends that a program made: those after a space."""
    begun: _Line | None = None
    for line in lines:
        if begun is not None and (begun.depth != line.depth or line.words in _DASHES):
            yield begun
            begun = None
        words = line.words if line.depth else line.words.removeprefix(" ")
        whole = line._replace(words=f"{begun.words}{gap}{words}" if begun else words)
        if words.endswith(" ") and line.words not in _DASHES:
            begun = whole._replace(words=whole.words[:-1])
        else:
            yield whole
            begun = None
    if begun is not None:
        yield begun


def _paragraphs(rows: Sequence[_Line]) -> Iterator[_Paragraph]:
    """Lines of one depth that no empty line parts; a signature goes on over empty ones."""
    at = 0
    while at < len(rows):
        depth = rows[at].depth
        if end := _signed(rows, at):
            yield _Paragraph(depth, _said(rows[at + 1 : end]), is_signature=True)
        elif _is_marker(rows[at]):
            end = at + 1
            yield _Paragraph(depth, _said(rows[at:end]))
        else:
            end = at
            while end < len(rows) and _goes_on(rows, end, depth):
                end += 1
            if said := _said(rows[at:end]):
                yield _Paragraph(depth, said)
        at = max(end, at + 1)


def _said(rows: Iterable[_Line]) -> list[str]:
    return [words for each in rows if (words := each.words.strip())]


def _goes_on(rows: Sequence[_Line], at: int, depth: int) -> bool:
    row = rows[at]
    is_of_it = row.depth == depth and bool(row.words.strip())
    return is_of_it and not _is_marker(row) and not _signed(rows, at)


def _is_marker(row: _Line) -> bool:
    """Whether it is a line of dashes, as stands above what is handed on."""
    return bool(_MARKER.fullmatch(row.words.strip()))


def _signed(rows: Sequence[_Line], at: int) -> int:
    """Where the signature ends that begins with this line; 0 if it begins none."""
    if rows[at].words not in _DASHES:
        return 0
    end, last = at + 1, min(len(rows), at + 2 * _LONGEST_SIGNATURE)
    while end < last and rows[end].depth == rows[at].depth and not _is_answered(rows, end):
        end += 1
    is_ended = end == len(rows) or end < last
    return end if is_ended and 0 < len(_said(rows[at + 1 : end])) <= _LONGEST_SIGNATURE else 0


def _is_answered(rows: Sequence[_Line], at: int) -> bool:
    """Whether what the mail answers or hands on begins here, below the signature of the mail."""
    if _is_marker(rows[at]):
        return True
    if rows[at - 1].words.strip():
        return False
    near = rows[at : at + 2 * _LONGEST_ATTRIBUTION]
    said = list(takewhile(lambda row: row.depth == near[0].depth and row.words.strip(), near))
    after = next((row for row in near[len(said) :] if row.words.strip()), near[0])
    return bool(said) and after.depth > near[0].depth and _is_attribution(_said(said))


def _is_attribution(lines: Sequence[str]) -> bool:
    """Whether the lines tell who wrote what is quoted after them: "On Monday, Ann wrote:"."""
    words = " ".join(lines)
    tells = "@" in words or any(map(str.isdecimal, words))
    return tells and len(lines) <= _LONGEST_ATTRIBUTION and words.endswith(_COLONS)


def _is_head(before: Sequence[str], lines: Sequence[str]) -> bool:
    """Whether the lines name who sent what follows, to whom and when, in labels of any language.

    A line of dashes stands above them, or words that end in a colon.
    """
    above = before[-1] if before else ""
    if not lines or not (_MARKER.fullmatch(above) or above.endswith(_COLONS)):
        return False
    labels = [each for each in lines if _LABELLED.match(each)]
    words = "\n".join(lines)
    is_labelled = len(labels) >= _FEWEST_LABELS and bool(_LABELLED.match(lines[0]))
    return is_labelled and "@" in words and bool(_TIME.search(words))
