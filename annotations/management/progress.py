"""How far a long command is: one line of a terminal that is written over, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import Any, TypeVar

T = TypeVar("T")

EVERY = 1000
"""Things after which it is said how many there were, where nobody knows how many there will be."""
_OVER = "\r\x1b[K"
"""Back to the beginning of the line, and what stood there is gone."""


@contextmanager
def told(things: Iterable[T], stream: Any, what: str, total: int = 0) -> Iterator[Iterable[T]]:
    """The things as they are; to a terminal it is said how many of the total are done.

    `what` names them ("Looking at rows"), `stream` is one of a command's. The line is gone in the
    end, also where something was wrong: what the command has to say stands on a line of its own.
    """
    if not stream.isatty():
        yield things
        return
    try:
        yield _counted(things, stream, what, total)
    finally:
        stream.write(_OVER, ending="")


def _counted(things: Iterable[T], stream: Any, what: str, total: int) -> Iterator[T]:
    step = max(1, total // 100) if total else EVERY
    for count, thing in enumerate(things, 1):
        yield thing
        if count % step == 0:
            of = f" of {total:,} ({100 * count // total} %)" if total else ""
            stream.write(f"{_OVER}{what}: {count:,}{of}", ending="")
            stream.flush()


class Line:
    """What a command is at, for as long as it is: a line of a terminal, and of nothing else.

    `stream` is one of a command's. `clear` comes before whatever else there is to say.
    """

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.is_told = stream.isatty()

    def say(self, words: str) -> None:
        """Write over what stood there; words that are longer than a line are cut."""
        if self.is_told:
            longest = get_terminal_size().columns - 1
            self.stream.write(f"{_OVER}{words[:longest]}", ending="")
            self.stream.flush()

    def clear(self) -> None:
        if self.is_told:
            self.stream.write(_OVER, ending="")
            self.stream.flush()
