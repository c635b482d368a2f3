"""Subtitles (.srt, .vtt): what is said, in sentences, with the time each begins.

A voice, or a dash before each of two who speak, begins a turn. The reading of a word (ruby) stands
in brackets after it, as on a page; what only sets letters (italics, colours, classes, places on the
screen, the time of a word) says nothing.

Sources: WebVTT, W3C Candidate Recommendation, 4 (syntax) and 6.4 (cue text); SubRip as its program
writes it, with the tags that players know.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotations.formats.blocks import PARAGRAPH, Part, assembled
from annotations.formats.inline import GAP
from annotations.formats.plain import About, Document
from annotations.text.canonical import BadText, decode
from annotations.text.paragraphs import WRAP_WIDTHS

_TIMES = re.compile(
    r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,]\d{1,3}\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
)
_TAG = re.compile(
    r"</?(?:[bicuvs]|lang|ruby|rt|font|span|em|strong|br)(?:[.\s][^<>]{0,200})?/?>"
    r"|<\d[\d:.]{3,15}>|\{\\[^{}]{0,200}\}|\{/?[biuys](?::[^{}]{0,20})?\}",
    re.IGNORECASE,
)
_RUBY = re.compile(r"<rt(?:[.\s][^<>]{0,80})?>([^<>]{0,80})(?:</rt>)?", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[\w.-]{1,40})?\s+([^<>]{1,80})>", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|nbsp|lrm|rlm|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE
)
_CLOSED = re.compile(rf"(?<=\d){GAP}+(?=\d)")
_DASH = re.compile(r"[-–—]\s?(?=[^\W\d_]|[¿¡“\"«'‘(\[])")
_LABEL = re.compile(r"[A-ZÀ-Þ][\w.’' -]{1,40}:\s|>>\s?")
_NAME = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.’' -]{1,40}:\s|>>")
_ENDS = re.compile(r"[.!?…。！？\"”’»]$")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from a time on ("00:01:02"), and whether somebody begins to speak with it."""

    time: str
    text: str
    begins: bool = False


def read(data: bytes, language: str, default: str) -> Document:
    """The document in a file of subtitles. Raises BadText."""
    cues = _cues(decode(data))
    if not cues:
        raise BadText("no_cues", "No subtitle with a time was found in this file.")
    return assembled(_parts(cues), data, language=language, default=default, about=About())


def _cues(text: str) -> list[Cue]:
    """The subtitles in order; a line that was on the screen before is not said again."""
    found: list[Cue] = []
    before: list[_Line] = []
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        at = next((at for at, line in enumerate(lines[:3]) if _TIMES.search(line)), None)
        if at is None:
            continue
        times = _TIMES.search(lines[at])
        assert times
        hours, minutes, seconds = (int(each or 0) for each in times.groups())
        shown = _turns("\n".join(lines[at + 1 :]))
        new = [line for line in shown if line not in before]
        before = shown
        if new:
            time = f"{hours:02}:{minutes:02}:{seconds:02}"
            found += [Cue(time, words, begins) for begins, words in _joined(new)]
    return found


_Line = tuple[bool, str]
"""Whether a voice begins with it, and the words without tags, after the name of the voice."""


def _turns(text: str) -> list[_Line]:
    pieces = _VOICE.split(text)
    lines: list[_Line] = []
    for at in range(0, len(pieces), 2):
        label = f"{_plain(pieces[at - 1])}: " if at else ""
        for line in map(_plain, pieces[at].split("\n")):
            if line:
                lines.append((bool(label), f"{label}{line}"))
                label = ""
    return lines


def _plain(text: str) -> str:
    """The words without what only sets them; no figure touches another that it did not touch."""
    text = _RUBY.sub(_reading, text.replace("<ruby", f"{GAP}<ruby"))
    text = _CLOSED.sub(" ", _TAG.sub("", text)).replace(GAP, "")
    return " ".join(_ENTITY.sub(lambda found: html.unescape(found[0]), text).split())


def _reading(found: re.Match[str]) -> str:
    return f"({found[1].strip()})" if found[1].strip() else ""


def _joined(lines: list[_Line]) -> Iterator[_Line]:
    """The lines that are read as one, each with whether a turn begins with it.

    It does with a voice or a name in capitals, and with a dash where each of two has one.
    """
    has_dashes = sum(bool(_DASH.match(line)) for _voice, line in lines) > 1
    begun, turn = False, ""
    for is_voice, line in lines:
        begins = is_voice or bool(_NAME.match(line) or (has_dashes and _DASH.match(line)))
        if begins and turn:
            yield begun, turn
            turn = ""
        begun = begins if not turn else begun
        turn = f"{turn} {line}".lstrip()
    yield begun, turn


class _Paragraph:
    """What is said from one subtitle on, until somebody else speaks or a silence."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._time = ""
        self._later: list[tuple[int, str]] = []
        self.length = 0

    @property
    def is_over(self) -> bool:
        return bool(self._said and _ENDS.search(self._said[-1]))

    def add(self, text: str, time: str) -> None:
        if not text:
            return
        if self._said:
            self.length += 1
            self._later.append((self.length, time))
        else:
            self._time = time
        self._said.append(text)
        self.length += len(text)

    def parts(self) -> list[Part]:
        if not self._said:
            return []
        return [Part(PARAGRAPH, " ".join(self._said), self._time, tuple(self._later))]


def _parts(cues: list[Cue]) -> list[Part]:
    """The subtitles as running text: a turn, or what stands between two silences, a paragraph.

    A sentence that goes on over several subtitles is one, at the time of the first.
    """
    parts: list[Part] = []
    words, label = _Paragraph(), ""
    for cue in cues:
        text = cue.text
        found = _LABEL.match(text)
        is_same = bool(found and found.group() == label and label != ">> ")
        is_long = words.is_over and words.length > WRAP_WIDTHS.start
        if ((cue.begins or found) and not is_same) or is_long:
            parts += words.parts()
            words = _Paragraph()
        if found and is_same:
            text = text[found.end() :]
        elif found or cue.begins:
            label = found.group() if found else ""
        words.add(text, cue.time)
    return parts + words.parts()
