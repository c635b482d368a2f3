"""Subtitles (.srt, .vtt): what is said, in sentences, with the time each begins.

Sources: WebVTT, W3C Candidate Recommendation, 4 (syntax); SubRip as its program writes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotations.formats.blocks import PARAGRAPH, Part, assembled
from annotations.formats.plain import About, Document
from annotations.text.canonical import BadText, decode
from annotations.text.paragraphs import WRAP_WIDTHS

_TIMES = re.compile(
    r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,]\d{1,3}\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
)
_TAG = re.compile(r"<v[ .][^<>]{0,80}>|</?[a-z0-9.:]{0,40}>|\{\\[^{}]{0,40}\}", re.IGNORECASE)
_SPEAKER = re.compile(r"<v(?:\.[\w.]{1,40})?\s+([^<>]{1,80})>", re.IGNORECASE)
_LABEL = re.compile(r"[A-ZÀ-Þ][\w.’' -]{1,40}:\s|>>\s?")
_ENDS = re.compile(r"[.!?…。！？\"”’»]$")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from a time on ("00:01:02")."""

    time: str
    text: str


def read(data: bytes, language: str, default: str) -> Document:
    """The document in a file of subtitles. Raises BadText."""
    cues = _cues(decode(data))
    if not cues:
        raise BadText("no_cues", "No subtitle with a time was found in this file.")
    return assembled(_parts(cues), data, language=language, default=default, about=About())


def _cues(text: str) -> list[Cue]:
    """The subtitles in order; a line that was on the screen before is not said again."""
    found: list[Cue] = []
    before: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        at = next((at for at, line in enumerate(lines[:3]) if _TIMES.search(line)), None)
        if at is None:
            continue
        times = _TIMES.search(lines[at])
        assert times
        hours, minutes, seconds = (int(each or 0) for each in times.groups())
        shown = [line for line in map(_said, lines[at + 1 :]) if line]
        new = [line for line in shown if line not in before]
        before = shown
        if new:
            found.append(Cue(f"{hours:02}:{minutes:02}:{seconds:02}", " ".join(new)))
    return found


def _said(line: str) -> str:
    """A line without its tags; a voice tag becomes a label."""
    speaker = _SPEAKER.search(line)
    words = " ".join(_TAG.sub("", line).split())
    return f"{' '.join(speaker[1].split())}: {words}" if speaker and words else words


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
        if (found and not is_same) or is_long:
            parts += words.parts()
            words = _Paragraph()
        if found and is_same:
            text = text[found.end() :]
        elif found:
            label = found.group()
        words.add(text, cue.time)
    return parts + words.parts()
