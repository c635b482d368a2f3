"""A desk's look for people: why a file is no logo, and what its colour is in each theme."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.formats import logo
from annotations.formats.logo import Problem
from annotations.formats.look import READABLE, shade

THEMES: dict[str, Any] = {
    "light": gettext_lazy("In the light theme"),
    "dark": gettext_lazy("In the dark theme"),
}
_SAID: dict[Problem, Any] = {
    Problem.TOO_LARGE: gettext_lazy("The file is larger than 1 MB."),
    Problem.NO_PICTURE: gettext_lazy(
        "This is no PNG, JPEG or WebP picture, whatever its name says. An SVG can be saved as PNG."
    ),
    Problem.TOO_MANY_PIXELS: gettext_lazy(
        "The picture has more than %(pixels)d million pixels. Make it smaller:"
        " 600 pixels wide are enough."
    ),
    Problem.TOO_SMALL: gettext_lazy("The picture is less than %(side)d pixels wide or high."),
    Problem.TOO_LONG: gettext_lazy(
        "The picture is more than %(times)d times as long as it is wide. Cut it to its words."
    ),
    Problem.MOVES: gettext_lazy("The picture moves. Choose one that stands still."),
    Problem.NOTHING: gettext_lazy("Nothing can be seen in the picture."),
    Problem.BROKEN: gettext_lazy("The picture cannot be read to its end. Save it again."),
}


def why_no_logo(problem: Problem) -> str:
    """Why a file cannot be the logo, and what to do."""
    return str(_SAID[problem]) % {
        "pixels": logo.MOST_PIXELS // 1_000_000,
        "side": logo.LEAST_SIDE,
        "times": logo.MOST_RATIO,
    }


def shades(colour: str) -> list[tuple[str, str]]:
    """Each theme, and what it makes of the colour, with the contrast that it has there."""
    return [(str(label), _shade(colour, theme)) for theme, label in THEMES.items()]


def _shade(colour: str, theme: str) -> str:
    found = shade(colour, theme)
    said = {"colour": found.colour, "ratio": f"{found.contrast:.1f}", "least": f"{READABLE}"}
    if found.colour == colour:
        return _("%(colour)s, as it is: it stands out %(ratio)s to 1.") % said
    words = _("%(colour)s, to be read: it stands out %(ratio)s to 1, and %(least)s are needed.")
    return words % said
