"""How far a long command is: one line of a terminal that is written over, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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
