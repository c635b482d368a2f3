"""A newsroom's colour can be read in both themes, whatever it is, and touches no verdict."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.formats.look import (
    GROUNDS,
    READABLE,
    contrast,
    is_colour,
    look_of,
    shade,
    stylesheet,
)
from tests import test_palette as palette

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
CSS = Path("static/css")


def mixed(one: str, other: str, share: float) -> str:
    """As color-mix(in srgb, one share, other) does."""
    pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


@given(COLOURS)
@example("#000000")
@example("#ffffff")
@example("#ffff00")
@example("#0000ff")
@example("#757575")
def test_whatever_colour_is_chosen_can_be_read_in_both_themes(colour):
    for theme, colours in palette.palettes().items():
        found = shade(colour, theme)
        assert is_colour(found.colour)
        for page in palette.PAGES:
            assert palette.contrast(found.colour, colours[page]) >= palette.TEXT
        # The words of a button stand on it, also while a pointer is over it.
        over = mixed(found.colour, colours["ink"], 0.88)
        assert palette.contrast(over, colours["paper"]) >= palette.TEXT
        assert found.contrast >= READABLE


@given(COLOURS)
def test_a_colour_that_can_be_read_stays_as_it_is(colour):
    for theme, grounds in GROUNDS.items():
        if min(contrast(colour, ground) for ground in grounds) >= READABLE:
            assert shade(colour, theme).colour == colour


def test_no_colour_can_be_read_in_both_themes_as_it_is():
    """Why it is made darker or lighter: to refuse would be to refuse every one."""
    greys = [f"#{grey:02x}{grey:02x}{grey:02x}" for grey in range(256)]
    grounds = [ground for theme in GROUNDS.values() for ground in theme]
    assert all(min(contrast(grey, each) for each in grounds) < READABLE for grey in greys)


def test_the_grounds_are_those_of_the_pages():
    for theme, colours in palette.palettes().items():
        assert GROUNDS[theme] == tuple(colours[name] for name in palette.PAGES)


@pytest.mark.parametrize("text", ["", "#fff", "0b4a9e", "#0B4A9E", "#0b4a9e;", "#0b4a9g", "red"])
def test_what_is_no_colour_is_none(text):
    assert not is_colour(text)


def test_the_stylesheet_sets_what_a_newsroom_may_choose_and_nothing_else():
    css = stylesheet("#ffdd00")
    assert set(re.findall(r"(--[a-z0-9-]+):", css)) == {"--accent", "--accent-2", "--mast"}
    assert css.startswith("@layer tokens{")
    assert css.count("{") == css.count("}")
    tokens = set(re.findall(r"(--[a-z0-9-]+):", palette.TOKENS))
    assert {"--accent", "--accent-2", "--mast"} <= tokens, "a desk without a look has them too"


def test_the_colour_is_where_no_verdict_is():
    """A newsroom's red beside a verdict's red would speak of it."""
    rules = re.compile(r"([^{}]+)\{([^{}]*var\(--(?:accent|accent-2|mast)\)[^{}]*)\}")
    css = "".join(path.read_text() for path in sorted(CSS.glob("*.css")))
    used = {found[1].split("*/")[-1].strip() for found in rules.finditer(css)}
    assert used == {
        ".masthead",
        ".masthead .word",
        ".appbar",
        ".appbar .word",
        ".side .word",
        ".swatch",
        ".btn.primary, .btn-primary",
        ".btn.primary:hover, .btn-primary:hover",
    }


def test_an_address_names_what_is_in_it():
    one = look_of("desk", "#0b4a9e", "", 0, 0, "", "")
    other = look_of("desk", "#0b4a9f", "", 0, 0, "", "")
    assert one is not None
    assert other is not None
    assert one.sheet != other.sheet
    assert look_of("desk", "", "", 0, 0, "", "") is None
