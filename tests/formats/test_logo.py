"""A logo is drawn again: nothing of the file is left, and no file costs more than it may."""

from __future__ import annotations

import io
import resource
from collections.abc import Callable

import pytest
from PIL import Image

from annotations.formats.logo import HEAVY, LOGO, MOST_BYTES, Drawn, Problem, Unfit, drawn
from annotations.formats.look import contrast
from tests.formats import logos


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def hexed(picture: Image.Image, at: tuple[int, int] = (0, 0)) -> str:
    pixel = picture.convert("RGB").getpixel(at)
    assert isinstance(pixel, tuple)
    return "#{:02x}{:02x}{:02x}".format(*pixel)


def every(made: Drawn) -> list[bytes]:
    return [made.logo, made.icon, made.touch_icon]


REFUSED: dict[str, tuple[Callable[[], bytes], Problem]] = {
    "SVG named .png": (lambda: logos.SVG, Problem.NO_PICTURE),
    "nothing": (lambda: b"", Problem.NO_PICTURE),
    "a web page": (lambda: b"<!doctype html><script>alert(1)</script>", Problem.NO_PICTURE),
    "GIF": (lambda: logos.written(logos.symbol(), "GIF"), Problem.NO_PICTURE),
    "TIFF": (lambda: logos.written(logos.symbol(), "TIFF"), Problem.NO_PICTURE),
    "BMP": (lambda: logos.written(logos.symbol(), "BMP"), Problem.NO_PICTURE),
    "a bomb": (lambda: logos.claiming(60_000, 60_000), Problem.TOO_MANY_PIXELS),
    "a bomb that Pillow only warns of": (
        lambda: logos.claiming(10_000, 10_000),
        Problem.TOO_MANY_PIXELS,
    ),
    "one that Pillow would open": (lambda: logos.claiming(4_000, 2_001), Problem.TOO_MANY_PIXELS),
    "heavier than allowed": (lambda: logos.LOGO + b"\0" * MOST_BYTES, Problem.TOO_LARGE),
    "a dot": (lambda: logos.written(Image.new("RGB", (31, 31))), Problem.TOO_SMALL),
    "a ribbon": (lambda: logos.written(Image.new("RGB", (1000, 40))), Problem.TOO_LONG),
    "a moving PNG": (lambda: logos.moving("PNG"), Problem.MOVES),
    "a moving WebP": (lambda: logos.moving("WEBP"), Problem.MOVES),
    "half of a PNG": (lambda: logos.LOGO[: len(logos.LOGO) // 2], Problem.BROKEN),
    "half of a JPEG": (
        lambda: logos.written(logos.symbol(), "JPEG")[:1500],
        Problem.BROKEN,
    ),
    "words that grow": (logos.with_long_text, Problem.NO_PICTURE),
    "nothing to see": (
        lambda: logos.written(Image.new("RGBA", (200, 100), (255, 0, 0, 0))),
        Problem.NOTHING,
    ),
    "a head alone": (lambda: logos.claiming(100, 100), Problem.BROKEN),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_logo_is_refused(what):
    make, problem = REFUSED[what]
    with pytest.raises(Unfit) as refused:
        drawn(make())
    assert refused.value.problem is problem


def test_a_bomb_is_refused_before_it_is_opened():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for side in (4_000, 10_000, 60_000):
        with pytest.raises(Unfit):
            drawn(logos.claiming(side, side))
    # 4,000 by 4,000 would be 64 MB, as this counts them in kilobytes.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_any_kind_of_pixels_is_drawn(mode):
    seen = (0, 0, 0, 255)[4 - len(mode) :] if mode in ("LA", "RGBA") else 0
    made = drawn(logos.written(Image.new(mode, (120, 60), seen)))
    assert (made.width, made.height) == opened(made.logo).size == (120, 60)


@pytest.mark.parametrize("mode", ["CMYK", "L", "RGB"])
def test_a_jpeg_of_any_kind_of_pixels_is_drawn(mode):
    assert drawn(logos.written(Image.new(mode, (120, 60)), "JPEG")).width == 120


@pytest.mark.parametrize("data", [logos.LOGO, logos.SYMBOL, logos.with_place()])
def test_what_is_served_is_small_and_of_known_sizes(data):
    made = drawn(data)
    logo = opened(made.logo)
    assert logo.size == (made.width, made.height)
    assert made.width <= LOGO[0]
    assert made.height <= LOGO[1]
    assert opened(made.icon).size == (64, 64)
    assert opened(made.touch_icon).size == (180, 180)
    assert all(opened(each).format == "PNG" for each in every(made))


def test_where_a_photograph_was_taken_is_told_to_nobody():
    data = logos.with_place()
    assert b"Photographer" in data
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)
    made = drawn(data)
    for each in every(made):
        assert b"Photographer" not in each
        assert not opened(each).getexif()
        assert not opened(each).info
    assert made.width < made.height, "it stands on its side, and is turned"


def test_nothing_behind_or_between_the_pixels_is_kept():
    data = logos.written(logos.symbol(), icc_profile=b"a secret profile") + b"<script>a secret"
    assert all(b"secret" not in each for each in every(drawn(data)))
    assert all(b"iCCP" not in each for each in every(drawn(data)))


def test_a_photograph_costs_readers_no_more_than_a_drawing():
    noise = Image.effect_noise((1200, 200), 120).convert("RGB")
    made = drawn(logos.written(noise, "JPEG", quality=95))
    assert len(made.logo) <= HEAVY * 1.2
    assert opened(made.logo).mode == "P"


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("#0b4a9e", "#ffffff"),
        ("#000000", "#ffffff"),
        ("#ffffff", "#14161a"),
        ("#ffe9a0", "#14161a"),
    ],
)
def test_a_logo_that_one_sees_through_can_be_seen_in_both_themes(ink, ground):
    made = drawn(logos.written(logos.wordmark(ink)))
    assert hexed(opened(made.logo)) == ground
    assert contrast(ink, ground) > 3
    assert hexed(opened(made.icon)) == ground


def test_a_logo_is_cut_to_what_can_be_seen():
    wide = Image.new("RGBA", (800, 800), (0, 0, 0, 0))
    wide.paste(logos.wordmark().crop((20, 20, 550, 100)), (100, 300))
    made = drawn(logos.written(wide))
    assert (made.width, made.height) == (530 + 16, 80 + 16)
    assert hexed(opened(made.logo), (9, 9)) == "#0b4a9e"


def test_a_square_icon_goes_on_in_the_colour_of_the_logo():
    made = drawn(logos.written(logos.wordmark("#ffffff", "#7d0a2a")))
    assert hexed(opened(made.touch_icon)) == "#7d0a2a"


def test_the_same_file_is_the_same_pictures():
    assert drawn(logos.LOGO) == drawn(logos.LOGO)
