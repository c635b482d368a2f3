"""The palette by calculation: WCAG's contrast of the colours in base.css, light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path("static/css/base.css").read_text(encoding="utf-8").split("@layer base {")[0]
TONES = ("true", "mostly", "context", "misleading", "false", "unproven", "uncheckable")
PAGES = ("paper", "surface", "sunken")
TEXT = 4.5
PART = 3.0
"""The least contrast of text, and of what one must see to use a control (WCAG 2.2, AA)."""


def palettes() -> dict[str, dict[str, str]]:
    """Colours by name: the light ones, and over them those of the dark scheme."""
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    found = [dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", part)) for part in (light, dark)]
    return {"light": found[0], "dark": found[0] | found[1]}


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, from 0 (black) to 1 (white)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def pairs() -> list[tuple[str, str, float]]:
    """What stands on what, and how clearly it must."""
    wanted = [(ink, page, TEXT) for ink in ("ink", "ink-2", "attn") for page in PAGES]
    wanted += [(tone, ground, TEXT) for tone in TONES for ground in (*PAGES, f"{tone}-t")]
    wanted += [("ink", f"{tone}-t", TEXT) for tone in TONES]
    wanted += [("ink", "sel", TEXT), ("ink-2", "sel", TEXT), ("pick-ink", "pick", TEXT)]
    wanted += [("icon-knock", tone, PART) for tone in TONES]
    wanted += [(name, page, PART) for name in ("control", "focus") for page in PAGES]
    return wanted


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_read_stands_out_from_what_it_stands_on(scheme):
    colours = palettes()[scheme]
    weak = {
        f"--{front} on --{back}": round(ratio, 2)
        for front, back, least in pairs()
        if (ratio := contrast(colours[front], colours[back])) < least
    }
    assert weak == {}


def test_contrast_is_what_wcag_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
