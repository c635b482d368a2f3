"""How a newsroom's pages look: its colour, made readable in both themes, and its pictures.

The rule for the colour is in docs/decisions/0073-a-newsrooms-own-look.md: kept as it is where it
can be read, else darkened or lightened in its own hue, in steps of a hundredth, until it can.
"""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import NamedTuple

GROUNDS = {
    "light": ("#fbfaf7", "#ffffff", "#f4f2ec"),
    "dark": ("#14161a", "#1b1e24", "#101215"),
}
"""What stands below the colour, or on it: --paper, --surface and --sunken of base.css."""
READABLE = 4.5
"""The least contrast of text (WCAG 2.2, 1.4.3). Parts of controls need 3 (1.4.11), so have more."""
_TOWARDS = {"light": 0.0, "dark": 1.0}
"""The lightness that each theme's shades go to: at its end stands black, or white."""
_COLOUR = re.compile(r"#[0-9a-f]{6}")


class Shade(NamedTuple):
    """The colour as one theme shows it, and its contrast with the ground it stands out least of."""

    colour: str
    contrast: float


def is_colour(text: str) -> bool:
    """Whether it is `#rrggbb`, in small letters."""
    return _COLOUR.fullmatch(text) is not None


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG has it, from 0 (black) to 1 (white)."""
    parts = (each / 255 for each in _parts(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def moved(colour: str, lightness: float, hundredths: int) -> str:
    """The colour so many hundredths of the way to that lightness, of the same hue."""
    hue, light, saturation = colorsys.rgb_to_hls(*(each / 255 for each in _parts(colour)))
    light += (lightness - light) * hundredths / 100
    made = colorsys.hls_to_rgb(hue, light, saturation)
    return "#" + "".join(f"{round(each * 255):02x}" for each in made)


@lru_cache(maxsize=256)
def shade(colour: str, theme: str) -> Shade:
    """The colour as a theme shows it: the nearest to it that can be read on each of its grounds."""
    for hundredths in range(101):
        found = moved(colour, _TOWARDS[theme], hundredths)
        least = min(contrast(found, ground) for ground in GROUNDS[theme])
        if least >= READABLE:
            return Shade(found, least)
    raise AssertionError("black and white can be read on every ground")


def stylesheet(colour: str) -> str:
    """What the desk's pages read after base.css. It names no colour of a verdict.

    On paper the light theme's: a dark screen prints on white.
    """
    light, dark = shade(colour, "light").colour, shade(colour, "dark").colour
    return (
        "@layer tokens{"
        f":root{{--accent:{light};"
        "--accent-2:color-mix(in srgb,var(--accent) 88%,var(--ink));"
        "--mast:3px solid var(--accent)}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{--accent:{dark}}}}}"
        "}\n"
    )


def short(digest: str) -> str:
    """A SHA-256 as it stands in an address and in the log."""
    return digest[:16]


@dataclass(frozen=True)
class Look:
    """What a desk chose for its pages. Of what it did not choose, nothing is there."""

    slug: str
    """The desk's."""
    colour: str
    logo: str
    """The SHA-256 of the picture, as of the two below."""
    width: int
    height: int
    """Of the logo, in pixels."""
    icon: str
    touch_icon: str

    @cached_property
    def sheet(self) -> str:
        """What names the stylesheet in its address: another one has another."""
        return short(sha256(stylesheet(self.colour).encode()).hexdigest()) if self.colour else ""

    @property
    def is_name(self) -> bool:
        """Whether the logo is taken for the name itself, so that the name does not stand beside."""
        return self.width >= 2 * self.height

    @property
    def pictures(self) -> dict[str, str]:
        """The kinds of pictures that addresses name, with the SHA-256 of each."""
        return {"logo": self.logo, "icon": self.icon, "touch-icon": self.touch_icon}

    @property
    def named(self) -> dict[str, str]:
        """What names each picture in its address."""
        return {kind.replace("-", "_"): short(each) for kind, each in self.pictures.items()}


def look_of(
    slug: str, colour: str, logo: str, width: int, height: int, icon: str, touch_icon: str
) -> Look | None:
    """The look of a desk that chose one; the fields in the order of `models.LOOK_FIELDS`."""
    if not colour and not logo:
        return None
    return Look(slug, colour, logo, width, height, icon, touch_icon)
