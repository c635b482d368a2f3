"""A logo as somebody sent it, drawn again: of the file, only what can be seen is kept.

What came may lie about what it is, hold where a photograph was taken, or grow a million times when
it is opened. So its kind is found from its bytes, its size is read before anything is decoded, and
what is served are pictures of ours, made of its pixels (docs/decisions/0073).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageOps

MOST_BYTES = 1024 * 1024
MOST_PIXELS = 8_000_000
LEAST_SIDE = 32
MOST_RATIO = 10
KINDS = ("PNG", "JPEG", "WEBP")
"""What Pillow may try: none of its other readers is asked."""

LOGO = (576, 96)
"""Pixels that a logo is drawn within: three times as many as the masthead shows."""
ICON, TOUCH_ICON = 64, 180
HEAVY = 48 * 1024
"""Bytes beyond which the logo is drawn in 256 colours: every reader loads it."""
EDGE = 0.1
"""What is left around a logo that is cut to what can be seen, as a share of its shorter side."""
LIGHT = 160
"""From this grey on (of 255) a logo with holes is a light one."""
_WORKED_ON = (1024, 1024)
_WHITE, _BLACK = (255, 255, 255), (20, 22, 26)  # the second is the paper of the dark theme


class Problem(StrEnum):
    """Why a file is no logo."""

    TOO_LARGE = "too large"
    NO_PICTURE = "no picture"
    TOO_MANY_PIXELS = "too many pixels"
    TOO_SMALL = "too small"
    TOO_LONG = "too long"
    MOVES = "moves"
    BROKEN = "broken"
    NOTHING = "nothing to see"


class Unfit(Exception):
    """The file cannot be a logo."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Drawn:
    """A logo and its icons, as PNG; width and height in pixels are the logo's."""

    logo: bytes
    width: int
    height: int
    icon: bytes
    touch_icon: bytes


def drawn(data: bytes) -> Drawn:
    """The logo and its icons, of a file's bytes. Raises Unfit."""
    picture = _decoded(_opened(data))
    flat = _on_ground(picture)
    logo = ImageOps.contain(flat, LOGO) if _exceeds(flat, LOGO) else flat
    return Drawn(
        _png(logo),
        *logo.size,
        icon=_png(_square(flat, ICON)),
        touch_icon=_png(_square(flat, TOUCH_ICON)),
    )


def _opened(data: bytes) -> Image.Image:
    """The file with its head read and nothing decoded. Raises Unfit for what is not decoded."""
    if len(data) > MOST_BYTES:
        raise Unfit(Problem.TOO_LARGE)
    try:
        picture = Image.open(io.BytesIO(data), formats=KINDS)
        # A photograph of some telephones is a JPEG with a second one behind it.
        moves = getattr(picture, "is_animated", False) and picture.format != "MPO"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unfit(Problem.TOO_MANY_PIXELS) from None
    except Exception:  # a reader of hostile bytes raises whatever it stumbles over
        raise Unfit(Problem.NO_PICTURE) from None
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise Unfit(Problem.TOO_MANY_PIXELS)
    if min(width, height) < LEAST_SIDE:
        raise Unfit(Problem.TOO_SMALL)
    if max(width, height) > MOST_RATIO * min(width, height):
        raise Unfit(Problem.TOO_LONG)
    if moves:
        raise Unfit(Problem.MOVES)
    return picture


def _decoded(picture: Image.Image) -> Image.Image:
    """Its pixels, the right way up and no more of them than are needed. Raises Unfit."""
    try:
        picture.load()
        seen = ImageOps.exif_transpose(picture).convert("RGBA")
    except Exception:  # a reader of hostile bytes raises whatever it stumbles over
        raise Unfit(Problem.BROKEN) from None
    seen.thumbnail(_WORKED_ON)
    return _cut(seen)


def _cut(picture: Image.Image) -> Image.Image:
    """The picture without what is empty around it, so that it stands where the words begin.

    Raises Unfit where all of it is empty.
    """
    inside = picture.getbbox()
    if inside is None:
        raise Unfit(Problem.NOTHING)
    if inside == (0, 0, *picture.size):
        return picture
    # A little is left around it, for the ground that it stands on to be seen.
    cut = picture.crop(inside)
    edge = max(1, round(min(cut.size) * EDGE))
    return ImageOps.expand(cut, edge, (0, 0, 0, 0))


def _exceeds(picture: Image.Image, box: tuple[int, int]) -> bool:
    return picture.width > box[0] or picture.height > box[1]


def _on_ground(picture: Image.Image) -> Image.Image:
    """The picture without holes: what is seen through it is another colour in each theme.

    It is a new one, which has the pixels and nothing else of the file.
    A light logo stands on the dark theme's paper, every other one on white.
    """
    flat = Image.new("RGB", picture.size, _ground(picture))
    flat.paste(picture, mask=picture.getchannel("A"))
    return flat


def _ground(picture: Image.Image) -> tuple[int, int, int]:
    small = picture.resize((32, 32), Image.Resampling.BOX).convert("LA")
    greys, alphas = (small.getchannel(each).tobytes() for each in "LA")
    seen = sum(alphas)
    light = sum(grey * alpha for grey, alpha in zip(greys, alphas, strict=True))
    has_holes = seen < 255 * len(alphas)
    return _BLACK if has_holes and light > LIGHT * seen else _WHITE


def _square(picture: Image.Image, side: int) -> Image.Image:
    """The whole picture in the middle of a square, on the colour of its corner."""
    inside = ImageOps.contain(picture, (side, side))
    square = Image.new("RGB", (side, side), picture.getpixel((0, 0)))
    square.paste(inside, ((side - inside.width) // 2, (side - inside.height) // 2))
    return square


def _png(picture: Image.Image) -> bytes:
    data = _saved(picture)
    return data if len(data) <= HEAVY else _saved(picture.quantize(256))


def _saved(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()
