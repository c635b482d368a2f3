"""Words from right to left on pictures to share: joined, in order, whatever the machine has."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, features

from annotations.formats import lettering, sharecard
from annotations.formats.lettering import SERIF

ARABIC = "قالت الوزيرة إنّ 4,000 شخص (أي 20٪) استخدموا العبّارة MV Lantern."
SAID = {
    "Arabic": ARABIC,
    "Persian": "وزیر می‌گوید ۲۰ درصد از مردم، یعنی ۴٬۰۰۰ نفر، رفتند.",
    "Urdu": "وزیر نے کہا کہ 20 فیصد لوگ کشتی سے سفر کرتے ہیں؟ ٹھیک ڈھائی سال پہلے",
    "Hebrew": "השר אמר ש־4,000 איש נסעו ב-2025 (לפי BBC)",
    "English with Arabic": "The word “سلام” was said 3 times",
}


@pytest.mark.parametrize("language", SAID)
def test_words_of_these_languages_are_drawn_whole(language):
    words = lettering.drawable(SAID[language], SERIF)
    assert words is not None
    assert words.is_rtl is not language.startswith("English")
    for sign in words.text:
        assert sign.isspace() or lettering._face(sign, words.faces), f"U+{ord(sign):04X}"


def test_arabic_letters_are_joined_and_without_vowel_marks():
    words = lettering.drawable("بَيْت لا", SERIF)
    assert words is not None
    # beh initial, yeh medial, teh final; lam with alef isolated (Unicode, Presentation Forms-B).
    assert words.text == "\ufe91\ufef4\ufe96 \ufefb"


def drawn(line: str) -> str:
    words = lettering.drawable(line, SERIF)
    assert words is not None
    return "".join(run for run, _font in lettering._runs(words.text, words, 40, 600))


@pytest.mark.parametrize(
    ("line", "left_to_right"),
    [
        ("שלום", "םולש"),
        ("אב 4,000 ג", "ג 4,000 בא"),
        ("אב (גד) ה", "ה (דג) בא"),
        ("אב BBC 2025 ג", "ג BBC 2025 בא"),
        ("a אב c", "a בא c"),
        ("plain (text)", "plain (text)"),
    ],
)
def test_a_line_is_put_into_the_order_in_which_it_is_drawn(line, left_to_right):
    """Digits and Latin words in their own order, brackets turned round (Unicode Annex 9)."""
    assert drawn(line) == left_to_right


@pytest.mark.parametrize(
    "words",
    [
        "हिन्दी", "中文", "ภาษาไทย", "x\u202ey", "ە\u06ce ښه", "ܫܠܡܐ", "߆",
    ],
)  # fmt: skip
def test_what_needs_more_is_left_out(words):
    """Also an Arabic letter that Unicode has no joined form of: it would stand alone."""
    assert lettering.drawable(words, SERIF) is None


def test_the_picture_is_the_same_with_and_without_a_library_of_the_system():
    """Pillow sets letters itself where the system has FriBiDi; no font is asked to be."""
    for path in (SERIF, lettering.SANS, lettering.WIDE, lettering.ARABIC, lettering.HEBREW):
        assert lettering.font(path, 40, 600).layout_engine == 0, "basic"
    assert features.check("raqm") in (True, False)


def ink(picture: bytes) -> tuple[int, int, int, int]:
    """The box around what is drawn of the claim, in pixels."""
    image = Image.open(io.BytesIO(picture)).convert("L").crop((30, 190, 1170, 500))
    box = image.point(lambda value: 255 * (value < 128)).getbbox()
    assert box is not None
    return box


def test_a_card_runs_as_its_claim_does():
    said = {"label": "مضلل", "tone": "misleading", "organisation": "المنارة"}
    right = sharecard.card(claim="قالت الوزيرة", **said)
    left = sharecard.card(claim="The minister said", **said)
    edge = Image.open(io.BytesIO(right)).getpixel
    assert edge((1195, 300)) == edge((1180, 300)) != edge((5, 300))
    assert ink(right)[2] > 1080, "it begins at the right"
    assert ink(left)[0] < 60


def test_a_long_claim_is_cut_at_the_end_that_is_read_last():
    picture = sharecard.card(claim=f"{ARABIC} " * 9, label="", tone="", organisation="")
    assert ink(picture)[3] < 310
    words = lettering.drawable(f"{ARABIC} " * 9, SERIF)
    assert words is not None
    fitted = sharecard._fitted(words, sharecard.WIDTH)
    assert fitted is not None
    size, lines = fitted
    assert lines[-1].endswith(" …")
    assert all(lettering.width(line, words, size, 600) <= sharecard.WIDTH for line in lines)


def test_nothing_is_drawn_as_a_box():
    """Two signs that no font has look alike; those of a card do not."""
    image = Image.new("L", (200, 80))
    words = lettering.drawable("سلام", SERIF)
    assert words is not None
    lettering.draw(
        ImageDraw.Draw(image), (5, 5), words.text, words, size=40, weight=600, fill="white"
    )
    assert image.getbbox() is not None
