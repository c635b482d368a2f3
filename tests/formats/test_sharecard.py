"""What the pictures to share can draw, held against the font's own table of its letters."""

from __future__ import annotations

import struct
import unicodedata

import pytest

from annotations.formats import lettering


def letters_of_the_wide_font() -> set[int]:
    """The code points of its character map: table `cmap`, subtable of format 12 (OpenType 1.9)."""
    data = lettering.WIDE.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    records = [struct.unpack_from(">4sIII", data, 12 + 16 * n) for n in range(tables)]
    (start,) = (offset for tag, _sum, offset, _length in records if tag == b"cmap")
    (count,) = struct.unpack_from(">H", data, start + 2)
    for n in range(count):
        _platform, _encoding, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * n)
        if struct.unpack_from(">H", data, start + offset) == (12,):
            at = start + offset
            (groups,) = struct.unpack_from(">I", data, at + 12)
            spans = [struct.unpack_from(">III", data, at + 16 + 12 * g) for g in range(groups)]
            return {code for first, last, _glyph in spans for code in range(first, last + 1)}
    raise AssertionError("no subtable of format 12")


@pytest.fixture(scope="module")
def there() -> set[int]:
    return letters_of_the_wide_font()


def drawn(text: str) -> bool:
    return lettering.drawable(text, lettering.SERIF) is not None


def is_letter(code: int) -> bool:
    return unicodedata.category(chr(code)) in ("Lu", "Ll", "Lt")


def test_what_is_drawn_is_in_the_font_and_what_is_in_the_font_is_drawn(there):
    """Each letter of Latin, Greek and Cyrillic, with its extensions."""
    for code in filter(is_letter, [*range(0x41, 0x530), *range(0x1E00, 0x2000)]):
        assert lettering._has_all(chr(code), (lettering.WIDE,)) is (code in there), f"U+{code:04X}"


@pytest.mark.parametrize(
    "words",
    [
        "Zażółć gęślą jaźń", "Ğüşİöç", "Đặng Thị Hồng", "Быстрая лиса", "Їжак", "Ταχεία αλεπού",
        "Þetta reddast", "Šķēlums", "Ţară", "20 % – “quoted”, 5 €",
    ],
)  # fmt: skip
def test_words_of_these_languages_are_drawn(words):
    assert drawn(words)


@pytest.mark.parametrize("words", ["हिन्दी", "中文", "x\u202ey"])
def test_what_needs_shaping_is_left_out(words):
    assert not drawn(words)
