"""How the time of the text layer grows with the text: `make bench`. Nothing asserts a time."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import pytest

from annotations.text.quotations import quotations
from annotations.text.sentences import split
from annotations.text.speakers import attributions
from tests.text.texts import texts

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
# What any segmenter does at least: look for every end mark, and for every word.
ENDS = re.compile(r"(?<=[.!?…。！？؟।։])\s*")
WORDS = re.compile(r"\w+|[^\w\s]")
LANGUAGES = ("en", "de", "ru", "ar", "zh", "el", "hy")
RATIO_SIZE = 200_000
"""Code points of the texts whose cutting is measured in ratios."""
ROUNDS = 5
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_cutting_in_ratio_to_a_plain_expression(language, capsys):
    """Each round measures all of them, so that a busy machine slows them alike."""
    whole = "\n\n".join(one.text for one in texts() if one.language == language)
    text = f"{whole}\n\n" * max(1, RATIO_SIZE // len(whole))
    acts: dict[str, Callable[[], object]] = {
        "every end mark": lambda: ENDS.split(text),
        "every word": lambda: WORDS.findall(text),
        "sentences": lambda: split(text, language),
    }
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _round in range(ROUNDS):
        for name, act in acts.items():
            taken[name].append(seconds(act))
    ours = median(taken["sentences"])
    with capsys.disabled():
        print(f"\nsentences, {language}:", end=" ")
        for name in ("every end mark", "every word"):
            print(f"{ours / max(median(taken[name]), 1e-9):.1f} x {name}", end="; ")
        print(f"{ours / len(text) * 1e9:.0f} ns a code point", end="")
