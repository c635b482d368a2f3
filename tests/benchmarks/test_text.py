"""How the time of the text layer grows with the text: `make bench`. Nothing asserts a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from annotations.text.quotations import quotations
from annotations.text.sentences import split
from annotations.text.speakers import attributions

NEWS = (Path(__file__).parents[2] / "fixtures" / "lavrov-consulate.txt").read_text(encoding="utf-8")
UNITS = {
    "news": f"{NEWS}\n\n",
    "no punctuation": "word ",
    "a.a.a.a": "a.",
    "opening marks": "“",
    "quotations": "“He came. She left,” said Ann. ",
    "combining marks": "e\u0301\u0323",
    "lone surrogates": "\ud800a. ",
    "NUL": "a\0. ",
}
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)


def seconds(act: Callable[[], object]) -> float:
    before = time.process_time()
    act()
    return time.process_time() - before


def everything(text: str) -> None:
    sentences = split(text)
    attributions(text, sentences, quotations(text, sentences))


@pytest.mark.parametrize("name", UNITS)
@pytest.mark.parametrize("act", [split, everything], ids=["sentences", "with speakers"])
def test_time_grows_as_the_text_does(name, act, capsys):
    unit = UNITS[name]
    sizes = SIZES if act is split else SIZES[:-1]
    with capsys.disabled():
        print(f"\n{act.__name__}, {name}:", end=" ")
        for size in sizes:
            text = unit * (size // len(unit.encode("utf-8", "surrogatepass")))
            spent = seconds(partial(act, text))
            print(f"{size / 1000:,.0f} kB {size / max(spent, 1e-9) / 1e6:.2f} MB/s", end="; ")
