"""How the work of each reader grows with the file, to ten megabytes of text: `make bench`.

Nothing asserts a time. Memory is asserted, for it is the same on every machine: what a reader
takes as shipped is within what it is given (formats.apart).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotations.formats import apart
from annotations.formats.readers import READERS
from tests.benchmarks.reading import ARTICLES, CHECKS, RETRACTIONS
from tests.formats.test_articles import ONE
from tests.formats.test_earlier import REVIEW
from tests.formats.test_every_reader import MADE, NOWHERE

WHOLE = (1.0, 3.0, 10.0)
"""Megabytes of prose that each reader is given."""
WITHIN = (0.2, 1.0)
"""Of other shapes: a text may have a million characters."""
SENTENCES = "In {} the council of Leeds built 40 homes. Nobody else was asked, says {}."

SHAPES: dict[str, Callable[[int], list[str]]] = {
    "prose": lambda size: numbered(" ".join([SENTENCES] * 4), size),
    "short lines": lambda size: numbered("Ferry {} sails", size),
    "one paragraph": lambda size: [" ".join(numbered(SENTENCES, size))],
    # As captions come that a machine wrote, and as Thai is written.
    "no full stops": lambda size: numbered("so {} of them sailed and nobody asked why", size),
    "links": lambda size: numbered("Read https://town.example/{} and then ask again.", size),
    "figures": lambda size: numbered("{},345.67\t8.9 %\t2026", size),
}
"""Paragraphs of so many bytes in all, no two alike: pages say the same thing once."""


def numbered(words: str, size: int) -> list[str]:
    count = max(1, size // len(words.replace("{}", "123456")))
    return [words.replace("{}", str(100_000 + n)) for n in range(count)]


def _of_data(value: Mapping[str, object], lines: bool) -> Callable[[Sequence[str]], bytes]:
    """As many of these as make up for the words, as a list or a line each."""

    def made(words: Sequence[str]) -> bytes:
        one = json.dumps(value)
        count = max(1, sum(map(len, words)) // len(one))
        return ("\n".join([one] * count) if lines else f"[{','.join([one] * count)}]").encode()

    return made


KINDS: dict[str, tuple[str, str, Callable[[Sequence[str]], bytes]]] = {
    **{
        kind: (kind, "a", lambda words, kind=kind: MADE[kind](words, NOWHERE))  # type: ignore[misc]
        for kind in READERS
    },
    "ClaimReview, JSON": (CHECKS, "a.json", _of_data(REVIEW, lines=False)),
    "ClaimReview, JSON Lines": (CHECKS, "a.jsonl", _of_data(REVIEW, lines=True)),
    "ClaimReview, a page": (
        CHECKS,
        "a.html",
        lambda words: (
            b"<!doctype html><title>A</title>"
            + b'<script type="application/ld+json">'
            + _of_data(REVIEW, lines=False)(words)
            + b"</script>"
        ),
    ),
    "articles, JSON": (ARTICLES, "a.json", _of_data(ONE, lines=False)),
    "articles, JSON Lines": (ARTICLES, "a.jsonl", _of_data(ONE, lines=True)),
    "notices of retraction": (RETRACTIONS, "a.html", lambda words: MADE["text/html"](words, "")),
}
"""By what a person calls it: the reader, a file's name, and how one with these words is made."""
OF_WORDS = (*READERS, "notices of retraction")


@dataclass(frozen=True, slots=True)
class Cost:
    seconds: float
    megabytes: float
    characters: int
    refused: str


def cost(kind: str, data: bytes, folder: Path, *, whole: bool) -> Cost:
    reader, name, _made = KINDS[kind]
    file = folder / name
    file.write_bytes(data)
    program = [sys.executable, "-m", "tests.benchmarks.reading", reader, str(file)]
    done = subprocess.run(
        [*program, *(["whole"] if whole else [])], capture_output=True, text=True, check=True
    )
    return Cost(**json.loads(done.stdout))


def told(sizes: Sequence[float], costs: Sequence[Cost]) -> str:
    """Seconds of CPU and megabytes at each size, and how much dearer a byte is at the largest."""
    growth = costs[-1].seconds / max(costs[0].seconds, 1e-3) / (sizes[-1] / sizes[0])
    each = (
        f"{size:g} MB {one.seconds:.2f} s {one.megabytes:.0f} MB {one.refused}".strip()
        for size, one in zip(sizes, costs, strict=True)
    )
    return f"{', '.join(each)}; a byte costs {growth:.2f} times as much"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", KINDS)
def test_work_grows_as_the_file_does(kind, shape, tmp_path, capsys):
    if kind not in OF_WORDS and shape != "prose":
        pytest.skip("it has no words of its own")
    make, sizes = KINDS[kind][2], WHOLE if shape == "prose" else WITHIN
    files = [make(SHAPES[shape](int(size * 1_000_000))) for size in sizes]
    costs = [cost(kind, data, tmp_path, whole=True) for data in files]
    shipped = cost(kind, files[-1], tmp_path, whole=False)
    with capsys.disabled():
        print(f"\n{kind}, {shape}: {told(sizes, costs)}")
        print(f"    as shipped, {sizes[-1]:g} MB: {shipped}")
    assert shipped.megabytes * 1024 * 1024 < apart.MEMORY_OF_PAGES
