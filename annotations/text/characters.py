"""Facts about characters that more than one module of this package needs.

Sources: Unicode Standard Annex 29 (grapheme clusters) for what extends the character before it;
Unicode chapter 6.2 and CLDR's delimiters for quotation marks.
"""

import unicodedata

# Marks that open or close a quotation. A mark may be in both: “ opens in English and closes in
# German, » closes in French and opens in Danish or in German books.
OPENING_QUOTES = "\"'“‘„‚«‹»›「『《〈"
CLOSING_QUOTES = "\"'”’“‘»›«‹」』》〉"

DASHES = "-–—―"

# Han, Hiragana, Katakana, Bopomofo and their compatibility forms: written without spaces.
# Hangul is not here, since Korean parts its words with spaces.
CJK = "\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"  # noqa: E501

# Characters that extend a grapheme cluster without being of a Mark category: joiners, Thai and
# Lao vowels, halfwidth voicing marks, emoji skin tones, tag characters.
_EXTENDING = frozenset(
    "\u200c\u200d\u0e33\u0eb3\uff9e\uff9f"
    + "".join(map(chr, range(0x1F3FB, 0x1F400)))
    + "".join(map(chr, range(0xE0020, 0xE0080)))
)


def extends(char: str) -> bool:
    """Whether the character belongs to the grapheme cluster of the one before it."""
    if char.isascii():
        return False
    return char in _EXTENDING or unicodedata.category(char)[0] == "M"


def is_led_up_to(text: str, end: int) -> bool:
    """Whether a Chinese colon leads up to the quotation whose closing mark stands before `end`."""
    closing = text[end - 1 : end]
    if closing not in _CHINESE_PAIRS:
        return False
    opening = text.rfind(_CHINESE_PAIRS[closing], max(0, end - _LONGEST_LED), end)
    return opening > 0 and text[max(0, opening - 2) : opening].rstrip().endswith("：")


def is_led_up_to_with_words(text: str, start: int, end: int, closing: str) -> bool:
    """Whether words of its own sentence lead up to a quotation: 'He asked, “Why?”'.

    The sentence begins at `start`; the mark `closing` stands not before `end`.
    """
    opening = text.rfind(_PAIRS.get(closing, closing), max(start, end - _LONGEST_LED), end)
    before = text[max(start, opening - 2) : opening].rstrip() if opening > start else ""
    return before.endswith((",", ":"))


_CHINESE_PAIRS = {"”": "“", "’": "‘", "」": "「", "』": "『"}
_PAIRS = _CHINESE_PAIRS | {"»": "«", "“": "„", "‘": "‚", "«": "»"}
_LONGEST_LED = 400
