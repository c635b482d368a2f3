"""Words in scripts whose letters are not shipped: in fonts of the machine, set rightly, or not.

Fonts are cut to few letters (tests/data/fonts), and stand where those of a machine would.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, features

from annotations.formats import lettering, sharecard, systemfonts
from annotations.formats.lettering import SANS, SERIF, drawable
from annotations.formats.systemfonts import SystemFont

FONTS = Path(__file__).parents[1] / "data/fonts"
CHINESE, JAPANESE, KOREAN = "市长说，新码头", "港の桟橋はッー。", "등대"
HINDI, THAI = "मंत्री ने कहा", "ผู้คนใช้เรือ"
SAID = {"zh": CHINESE, "ja": JAPANESE, "ko": KOREAN, "hi": HINDI, "th": THAI}


@pytest.fixture
def machine(monkeypatch, request):
    """Put the machine's fonts into a folder, and forget what was found before."""

    def of(folder: Path) -> None:
        monkeypatch.setattr(systemfonts, "FOLDERS", [folder])
        systemfonts._files.cache_clear()
        systemfonts._font.cache_clear()

    yield of
    systemfonts._files.cache_clear()
    systemfonts._font.cache_clear()


@pytest.fixture
def with_fonts(machine):
    machine(FONTS)


@pytest.fixture
def without_fonts(machine, tmp_path):
    machine(tmp_path)


def is_drawn(language: str) -> bool:
    """What is shaped needs FriBiDi, which a machine may not have."""
    return language not in ("hi", "th") or bool(features.check("raqm"))


def made(claim: str, language: str = "") -> bytes:
    return sharecard.card(
        claim=claim,
        label="False",
        tone="false",
        organisation="Post",
        stand_ins=["Claim 3"],
        language=language,
    )


@pytest.mark.parametrize("language", SAID)
def test_without_fonts_the_words_are_left_out(without_fonts, language):
    assert drawable(SAID[language], SERIF, language) is None
    assert made(SAID[language], language) == made("Claim 3")


@pytest.mark.parametrize("language", SAID)
def test_with_fonts_the_words_are_drawn_and_no_box_is(with_fonts, language):
    words = drawable(SAID[language], SERIF, language)
    assert (words is not None) is is_drawn(language)
    assert (made(SAID[language], language) != made("Claim 3")) is is_drawn(language)
    if words:
        for sign in SAID[language].replace(" ", ""):
            assert isinstance(lettering._face(sign, words.faces), SystemFont), f"U+{ord(sign):04X}"


@pytest.mark.parametrize(
    "words", ["大使馆", f"{CHINESE}馆", "दूतावास", "বিভ্রান্তিকর", f"{HINDI} বি", "\u1112\u1161\u11ab"]
)
def test_a_letter_that_the_fonts_lack_leaves_all_of_the_words_out(with_fonts, words):
    assert drawable(words, SERIF) is None


def test_nothing_is_shaped_where_it_cannot_be(with_fonts, monkeypatch):
    """Letters one after the other would be wrong words."""
    monkeypatch.setattr(features, "check", lambda name: False)
    systemfonts._font.cache_clear()
    assert drawable(HINDI, SERIF) is None
    assert drawable(THAI, SANS) is None
    assert drawable(CHINESE, SERIF) is not None, "ideographs stand one after the other"


@pytest.mark.skipif(not features.check("raqm"), reason="without FriBiDi they are left out: above")
def test_letters_that_change_places_or_stack_are_set_so(with_fonts):
    """By what readers of these scripts know, and nothing that the library says."""

    def wide(text: str) -> float:
        words = drawable(text, SERIF)
        assert words is not None, text
        return lettering.width(text, words, 40, 600)

    assert wide("ก่") == wide("ก"), "a tone mark stands over its letter"
    assert wide("क्ष") < wide("क") + wide("ष"), "one sign of two letters"
    assert row_of_ink("कि", wide("कि") - wide("क"), wide("क")) == row_of_ink("क", 0, wide("क")), (
        "the vowel i is said after its letter, and stands before it"
    )


@pytest.mark.skipif(not features.check("raqm"), reason="without FriBiDi they are left out: above")
def test_what_joins_two_letters_is_set_with_them(with_fonts):
    """The joiner is in our own font too: in that, it would part them."""
    words = drawable("क्\u200dष 20", SERIF)
    assert words is not None
    runs = [run for run, _font in lettering._runs(words.text, words, 40, 600)]
    assert runs == ["क्\u200dष", " 20"]


def row_of_ink(text: str, start: float, width: float) -> list[int]:
    """How much is drawn of the lower half of the text in each column of a stretch, in pixels."""
    words = drawable(text, SERIF)
    assert words is not None
    image = Image.new("L", (200, 80))
    draw = ImageDraw.Draw(image)
    lettering.draw(draw, (0, 0), text, words, size=40, weight=600, fill="white")
    columns = range(round(start) + 3, round(start + width) - 3)
    ink = image.tobytes()
    return [sum(ink[200 * y + x] > 128 for y in range(30, 80)) for x in columns]


@pytest.mark.parametrize(
    ("text", "language", "region"),
    [
        ("直", "ja", "JP"), ("直", "zh", "SC"), ("直", "zh-TW", "TC"), ("直", "zh-Hant", "TC"),
        ("直", "ko", "KR"), ("直", "", "SC"), ("直の", "", "JP"), ("直등", "zh", "KR"),
    ],
)  # fmt: skip
def test_ideographs_have_the_shapes_of_their_language(with_fonts, text, language, region):
    (font,) = systemfonts.fonts_for(text, language, is_serif=True)
    name, _style = lettering.font(font, 20, 600).getname()
    assert name == f"Noto Serif CJK {region}"


def test_the_style_that_is_there_is_taken_where_the_other_is_not(with_fonts):
    for is_serif in (True, False):
        (font,) = systemfonts.fonts_for("直", "", is_serif=is_serif)
        assert font.path.name == "NotoSerifCJK-Bold.ttc"


def test_the_names_of_fonts_tell_one_machine_from_another(machine, tmp_path):
    machine(tmp_path)
    assert systemfonts.names() == []
    machine(FONTS)
    assert "NotoSerifCJK-Bold.ttc" in systemfonts.names()


def test_a_folder_that_is_not_there_or_a_file_that_is_no_font_is_nothing(machine, tmp_path):
    machine(tmp_path / "none")
    assert drawable(CHINESE, SERIF) is None
    for name in ("NotoSerifCJK-Bold.ttc", "NotoSansCJKsc-Bold.otf", "NotoSerifThai-Bold.ttf"):
        (tmp_path / name).write_bytes(b"no font")
    machine(tmp_path)
    assert drawable(CHINESE, SERIF) is None
    assert drawable(THAI, SERIF) is None


# --- lines ---


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("The mayor  said", ["The ", "mayor ", "said"]),
        ("市长说，新码头", ["市", "长", "说，", "新", "码", "头"]),
        ("「新码头」说", ["「新", "码", "头」", "说"]),
        ("桟橋ッーの", ["桟", "橋ッー", "の"]),
        ("码头 BBC 说2025年。", ["码", "头 ", "BBC ", "说", "2025", "年。"]),
        ("시장은 새 부두", ["시장은 ", "새 ", "부두"]),
        ("मंत्री ने", ["मंत्री ", "ने"]),
    ],
)
def test_a_line_is_broken_where_its_script_allows_it(text, pieces):
    assert lettering.Words(text, (SERIF,)).pieces() == pieces


def test_a_long_claim_in_ideographs_is_cut_and_stays_on_the_card(with_fonts):
    words = drawable(CHINESE * 40, SERIF)
    assert words is not None
    fitted = sharecard._fitted(words, sharecard.WIDTH)
    assert fitted is not None
    size, lines = fitted
    assert lines[-1].endswith(" …")
    assert all(lettering.width(line, words, size, 600) <= sharecard.WIDTH for line in lines)
    assert not any(line.startswith("，") for line in lines)


@pytest.mark.skipif(not features.check("raqm"), reason="without FriBiDi they are left out: above")
def test_words_that_only_a_dictionary_could_part_are_left_out_where_they_are_too_long(with_fonts):
    assert made(THAI * 20, "th") == made("Claim 3")
    assert made(f"{THAI} " * 60, "th") != made("Claim 3"), "cut where a space stands"


def test_a_long_claim_of_shaped_letters_is_cut_between_words_only(with_fonts):
    words = drawable(f"{HINDI} " * 30, SERIF)
    if words is None:
        assert not is_drawn("hi")
        return
    fitted = sharecard._fitted(words, sharecard.WIDTH)
    assert fitted is not None
    whole = {*HINDI.split(), "…"}
    assert {word for line in fitted[1] for word in line.split()} <= whole
