"""How a page is looked at: loaded once, then seen wide and on a phone, light, dark and forced.

`make test` gives most pages the first look, `make drill` all of them.
In the first look it is read, too: `misread`.
axe-core runs whole in the first look. In the others it runs the rules whose answer can differ
there: colours where those differ, and what is shown and within reach where the width does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.e2e.pictures import take

WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
NARROWEST: ViewportSize = {"width": 320, "height": 640}

COLOURS = ("color-contrast", "link-in-text-block")
REACH = (
    "target-size",
    "scrollable-region-focusable",
    "aria-hidden-focus",
    "button-name",
    "heading-order",
    "label",
    "landmark-one-main",
    "landmark-unique",
    "link-name",
    "page-has-heading-one",
    "region",
    "skip-link",
)


@dataclass(frozen=True, slots=True)
class Look:
    """A size, a colour scheme, and the rules of axe-core run there; none means all of them."""

    name: str
    size: ViewportSize
    colours: Literal["light", "dark"]
    rules: tuple[str, ...] = ()
    forced: Literal["active", "none"] = "none"


LOOKS = (
    Look("wide-light", WIDE, "light"),
    Look("wide-dark", WIDE, "dark", COLOURS),
    Look("phone-dark", PHONE, "dark", COLOURS[:1]),
    Look("phone-light", PHONE, "light", REACH),
    Look("phone-forced", PHONE, "light", COLOURS[:1], "active"),
)
IN_LOOKS = pytest.mark.parametrize(
    "looks",
    [
        pytest.param(LOOKS[:1], id="first_look"),
        pytest.param(LOOKS, id="every_look", marks=pytest.mark.drill),
    ],
)
"""For a test of many pages: the first look and 320 px, all five in `make drill`."""


def axe_source() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    (script,) = Path(spec.origin).parent.rglob("axe.min.js")
    return script.read_text(encoding="utf-8")


AXE = axe_source()


def findings(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe-core objects to. Evaluated, not added as a script: the CSP forbids that."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options: dict[str, Any] = {
        "iframes": False,
        "resultTypes": ["violations"],
        "rules": {"target-size": {"enabled": True}},
    }
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{found['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for found in result["violations"]
        for node in found["nodes"]
    ]


READING = (Path(__file__).parent / "reading.js").read_text(encoding="utf-8")


def misread(page: Page) -> list[str]:
    """What reads or looks wrong by itself: a machine's dates, loose signs, words at the edge."""
    found: list[str] = page.evaluate(READING)
    return found


def objections(
    page: Page, name: str, looks: Sequence[Look] = LOOKS, *, runs_scripts: bool = True
) -> list[str]:
    """What is wrong with the page as it stands, in these looks; pictures are taken on the way.

    The page is left in the first look. Where it runs no script, axe-core cannot look at it.
    """
    wrong: list[str] = []
    for look in looks:
        _see(page, look)
        if runs_scripts:
            wrong += [f"{name}, {look.name}: {found}" for found in findings(page, look.rules)]
        if not look.rules:
            wrong += [f"{name}, {look.name}: {found}" for found in misread(page)]
        take(page, name, look.name)
    page.set_viewport_size(NARROWEST)
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if over > 0:
        wrong.append(f"{name}: scrolls sideways by {over} px at 320 px")
    _see(page, LOOKS[0])
    return wrong


def _see(page: Page, look: Look) -> None:
    page.set_viewport_size(look.size)
    # Without motion: a colour half-way to another is nobody's colour.
    page.emulate_media(
        color_scheme=look.colours, forced_colors=look.forced, reduced_motion="reduce"
    )
