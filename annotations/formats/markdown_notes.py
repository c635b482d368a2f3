"""The notes of a Markdown text: `[^1]` in a line, `[^1]: words` anywhere, `^[words]` in the line.

As Pandoc's manual (footnotes, inline notes) and GitHub's have them. CommonMark knows none: it takes
`[^1]: https://...` for where a link leads to, and the note for its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotations.formats.inline import raised

_NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,40})\]:[ \t]*(.*)")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,40})\]")
_WITHIN = re.compile(r"(?<=\S)\^\[([^\[\]\n]{1,1000})\]")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_INDENT = re.compile(r"(?: {4}|\t)")


class Notes:
    """The words of each note by its name, and the order in which the text refers to them."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._order: list[str] = []

    def add(self, words: str, name: str = "") -> str:
        """Keep a note; of two by one name the first counts. Returns its name."""
        name = name or f"^{len(self._words)}"
        self._words.setdefault(name.casefold(), words)
        return name

    def referred(self, text: str) -> str:
        """The text with raised numbers for what refers to a note."""
        return _REFERENCE.sub(self._number, text)

    def _number(self, found: re.Match[str]) -> str:
        name = found[1].casefold()
        return self._label(name) if name in self._words else found[0]

    def _label(self, name: str) -> str:
        if name not in self._numbers:
            self._numbers[name] = len(self._numbers) + 1
            self._order.append(name)
        return raised(str(self._numbers[name]), is_note=True)

    def ordered(self) -> Iterator[tuple[str, str]]:
        """The raised number and the words of each note, those that nothing refers to last."""
        at = 0
        for unnamed in ("", *self._words):
            if unnamed:
                self._label(unnamed)
            while at < len(self._order):
                name = self._order[at]
                at += 1
                self.referred(self._words[name])  # a note that it refers to is numbered now
                yield self._label(name), self._words[name]


def taken_out(text: str) -> tuple[str, Notes]:
    """The text without its notes, and those."""
    notes = Notes()
    kept: list[str] = []
    note: list[str] | None = None
    name = fence = ""
    for line in [*text.split("\n"), ""]:
        begins = None if fence else _NOTE.fullmatch(line)
        if note is not None and (begins or _is_over(note, line)):
            notes.add("\n".join(note).strip(), name)
            kept += [""] if note[-1] == "" else []
            note = None
        if begins:
            name, note = begins[1], [begins[2]]
        elif note is not None:
            note.append(_INDENT.sub("", line, count=1))
        else:
            fence = _fenced(fence, line)
            kept.append(line if fence else _WITHIN.sub(lambda at: _named(notes, at[1]), line))
    if note is not None:
        notes.add("\n".join(note).strip(), name)
    return "\n".join(kept[:-1] if note is None else kept), notes


def _named(notes: Notes, words: str) -> str:
    return f"[^{notes.add(words)}]"


def _is_over(note: list[str], line: str) -> bool:
    """Whether a note does not go on: after an empty line it does only where it is indented."""
    return bool(line) and note[-1] == "" and not _INDENT.match(line)


def _fenced(fence: str, line: str) -> str:
    """The sign that ends the code which the line is in, or empty where it is in none."""
    found = _FENCE.match(line)
    if not found:
        return fence
    if not fence:
        return found[1]
    return "" if found[1].startswith(fence) and not line.strip(" `~") else fence
