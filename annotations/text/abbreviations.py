"""Whether a full stop ends a sentence or belongs to an abbreviation, a number or an initial.

The order of the questions follows Grefenstette and Tapanainen, "What is a word, what is a
sentence?" (1994): abbreviation, then the next word. What is looked back at is bounded.
"""

import re

from annotations.text.characters import CJK
from annotations.text.languages import Language

# The hard terminators of `sentences`, which end a word between Chinese characters.
_HARD = "。！？｡．।॥።፧။"
_QUOTE = re.compile(r"[\"“‘„«‹»「『]")
WORD = re.compile(r"\w{1,20}(?:['’]\w{1,10})?")
# An abbreviation in two parts: the small letter before the last letter's own full stop.
_SPACED = re.compile(r"(?:^|[\s(\[«„“])([^\W\d_])\.\s?$")
_NUMBER = re.compile(r"(?:\d|\b[IVXLC]{1,6})\s?$")
_LAST_CJK = re.compile(rf"[{CJK}{_HARD}…](?=[^{CJK}{_HARD}…]*+$)")
# With a letter at its end: 6.2 and IV.15 are numbers.
_ACRONYM = re.compile(r"(?:\w{1,2}\.-?){1,20}[^\W\d]\w?$")
_ROMAN = re.compile(r"[IVXLC]++$")
_NUMERAL = re.compile(r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$")
# Articles of a law: "art. L. 121-1", "art. R12".
_LETTERED = re.compile(r"[A-Z](?:\.\s?)?\d")
# A day and a month: "am 24.12. Heiligabend".
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])$")
# Where a report was written: "PRUITT, Kan. — A fire broke out."
_DATELINE = re.compile(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’ -]{1,30},\s[A-Z][\w.]{1,8}")
_AND_OTHERS = re.compile(r"\b[Ee]t\.?\sal$")
_OPENERS = "\"'“‘„‚«‹»›([{¿¡（「『*_"
# French and Italian write the article to the word: "l’art. 5", "dell’on. Bianchi".
_ELISION = re.compile(r"\w{1,5}['’](?=\w)")
# The longest word that can be an abbreviation, in code points.
_LONGEST = 24
# A sentence of fewer code points has only begun: "В 2016 г. Иванов уехал."
_BEGUN = 16
# The most digits of an ordinal, without and with an article before it.
_ORDINAL, _ORDINAL_AFTER_ARTICLE = 2, 3
# A letter that opens a bracket, or goes on in one: "(b. 1950; d. 2012)", "(c. 1580)".
_BRACKETED = re.compile(r"[(;]\s?$")
_CYRILLIC = re.compile(r"[а-яё]{2}\s")
_VOWELS = frozenset("aeiouyAEIOUY")


def full_stop_ends(
    text: str,
    stop: int,
    tail: str,
    floor: int,
    start: int,
    after: int,
    first: int,
    words: Language,
) -> bool:
    """Whether the full stop at `stop` ends the sentence that began at `start`.

    `tail` are the closing marks after it, `floor` is where its paragraph begins, `after` the next
    visible place and `first` the next word's. All are code points.
    """
    token = token_before(text, floor, stop)
    if not token:
        return True
    if token.islower() and len(token) <= 4 and _is_in_brackets(text, floor, stop - len(token)):
        short = len(token) <= 2 or token in words.titles
        if short or text[after].isdigit():
            return False
    found = WORD.match(text, first)
    following = found.group() if found else ""
    starts = _starts(following, words)
    if _is_initial(text, first, following) and len(token) == 1:
        return False
    if token.endswith("al") and _AND_OTHERS.search(text, max(floor, stop - 7), stop):
        return starts or tail != ""
    is_numbered = token in words.numbered or (
        token.isupper() and token.capitalize() in words.numbered
    )
    if (is_numbered or token.lower() in words.numbered) and _counts(text, first, following, starts):
        return False
    if (is_numbered or token in words.units) and _is_range(text[after], following, words):
        return False
    if stop - len(token) <= start + 1:
        token = _small(token, words)
    if token in words.units and _NUMBER.search(text, max(floor, stop - 12), stop - len(token)):
        return starts or stop - start >= _BEGUN
    is_rate = starts and text[max(floor, stop - len(token) - 2) : stop - len(token)] == "/ "
    if (token in words.titles and not is_rate) or (
        token.capitalize() in words.titles and token.isupper() and not starts
    ):
        return (starts and token in ("St", "Mt", "Ft", "al")) or tail != ""
    if stop - len(token) == floor and _is_list_number(token):
        return False
    if token[-1].isdigit() and _is_number_of_an_item(text[start:stop]):
        return False
    if token in words.times:
        goes_on = following in words.after_times or following[:1].isdigit()
        return not goes_on and not _only_says_when(text[start:stop], words)
    if token in words.closing:
        return True
    if token in words.units:
        return starts if len(token) == 1 else stop - start >= _BEGUN
    if is_numbered:
        return True
    if token.endswith(words.endings) and following[:1].isdigit():
        return False
    quoted = first > after and bool(_QUOTE.match(text, after))
    if text[after] in "—–" and _DATELINE.fullmatch(text, floor, stop):
        return False
    if (
        token in words.general
        or _ACRONYM.match(token)
        or (token.isupper() and token.capitalize() in words.general)
    ):
        return starts or quoted or tail != ""
    if _ROMAN.match(token) and _CYRILLIC.match(text, max(floor, stop - len(token) - 3)):
        return True  # Оттон I. Сын его
    if len(token) == 1 and token.isalpha():
        return _letter_ends(text, floor, stop, token, starts, words)
    if words.ordinals and (
        _is_ordinal(text, floor, stop, token, words) or _ROMAN.match(token) or _DATE.match(token)
    ):
        return starts or quoted
    return not _looks_abbreviated(token) or starts or quoted


def _is_ordinal(text: str, floor: int, stop: int, token: str, words: Language) -> bool:
    """Whether the word is a number of one or two digits: "3.", and the second of "1. -3.".

    Of three where an article stands before it: "zum 150. Geburtstag", but "es kamen 300."
    None is where it counts something: "die Nr. 1.", "§ 12."
    """
    bare = token.lstrip("-–")
    if not bare.isdigit() or len(bare) > _ORDINAL_AFTER_ARTICLE:
        return False
    before = text[max(floor, stop - len(token) - _LONGEST) : stop - len(token)].split()
    last = before[-1].lstrip(_OPENERS) if before else ""
    if last == "§" or (last[:-1] in words.numbered and last[:-1] not in words.titles):
        return False
    return len(bare) <= _ORDINAL or last.lower() in words.before_ordinals


def _counts(text: str, first: int, following: str, starts: bool) -> bool:
    """Whether a number stands there, in figures ("5"), Roman ("IV") or of a law ("L. 121-1")."""
    if following[:1].isdigit():
        return True
    is_roman = bool(_NUMERAL.match(following)) and not starts
    return is_roman or bool(_LETTERED.match(text, first))


def _is_range(dash: str, following: str, words: Language) -> bool:
    """Whether a dash leads on to another number or month: "2015 r. – 2016 r.", "Oct. – Nov." """
    return dash in "-–—" and (following[:1].isdigit() or following in words.numbered)


def _only_says_when(words_so_far: str, words: Language) -> bool:
    """Whether a sentence would have no words but an hour: "At 5 a.m. Mr. Cole left." """
    so_far = words_so_far[:_LONGEST].split()
    return len(so_far) <= 3 and bool(so_far) and so_far[0] in words.before_times


def _is_in_brackets(text: str, floor: int, at: int) -> bool:
    """Whether a bracket opens there, or goes on after a semicolon: "(b. 1950; d. 2012)"."""
    return bool(_BRACKETED.search(text, max(floor, at - 2), at))


def token_before(text: str, floor: int, stop: int) -> str:
    """The word before the full stop, without opening marks; at most a bounded look back."""
    pieces = text[max(floor, stop - _LONGEST - 4) : stop].rsplit(None, 1)
    if not pieces or text[stop - 1].isspace():
        return ""
    token = pieces[-1].lstrip(_OPENERS)
    if not token.isascii() and (cjk := _LAST_CJK.search(token)):
        token = token[cjk.end() :]
    if len(token) == 1 and (spaced := _SPACED.search(pieces[0])) and len(pieces) == 2:
        return f"{spaced[1]}.{token}" if spaced[1].islower() else token
    elided = _ELISION.match(token)
    return token[elided.end() :] if elided else token


def _starts(following: str, words: Language) -> bool:
    """Whether a sentence nearly always begins with this word. Of capitals, a short one says so."""
    return following in words.starters or (
        1 < len(following) <= 4 and following.isupper() and following.capitalize() in words.starters
    )


def _is_initial(text: str, first: int, following: str) -> bool:
    """Whether the next word is one capital letter with a full stop: "J. K." """
    return len(following) == 1 and following.isupper() and text[first + 1 : first + 2] in (".", "-")


def _small(token: str, words: Language) -> str:
    """The first word of a sentence as it is written elsewhere, where it is an abbreviation.

    A single letter there is an initial: "P. Petit est là."
    """
    if len(token) == 1 or token in words.titles:
        return token
    small = token[:1].lower() + token[1:]
    return small if small in words.numbered or small in words.titles else token


def _is_list_number(token: str) -> bool:
    """Whether a paragraph's first word is its number in a list: "1.", "2.1.", "a.", "iv."."""
    if len(token) > 3:
        return bool(_ITEM.fullmatch(token))
    return bool(_ITEM.fullmatch(token)) or len(token) == 1 or set(token) <= set("ivxIVX")


# With the numbers of sections: "3.2.1. Costs".
_ITEM = re.compile(r"[•⁃‣◦*–-]?\s?\d{1,3}(?:\.\d{1,2}){0,4}")


def _is_number_of_an_item(words: str) -> bool:
    """Whether a sentence would have no words but a number: "1. Wash it. 2. Dry it." """
    return len(words) <= _LONGEST and bool(_ITEM.fullmatch(words))


def _letter_ends(
    text: str, floor: int, stop: int, letter: str, starts: bool, words: Language
) -> bool:
    """Whether a single letter before a full stop is no initial, and ends the sentence."""
    if starts or not letter.isupper():
        return starts or letter.islower()
    before = text[max(floor, stop - 24) : stop - 1].split()
    return bool(before) and before[-1] in words.letter_nouns


def _looks_abbreviated(token: str) -> bool:
    """A short capitalised word of Latin letters without a vowel, such as "Blvd" or "Sgt"."""
    return (
        2 <= len(token) <= 4
        and token.isascii()
        and token.isalpha()
        and token[0].isupper()
        and token[1:].islower()
        and not _VOWELS & set(token)
    )


def is_abbreviation(token: str, words: Language) -> bool:
    """Whether a word is in one of the lists, whatever the size of its first letter."""
    known = (words.titles, words.numbered, words.general, words.units, words.closing, words.times)
    either = {token, token.capitalize(), token.upper()}
    return any(either & each for each in known)


def follows_number(text: str, floor: int, at: int) -> bool:
    """Whether a figure stands right before the place."""
    return bool(_NUMBER.search(text, max(floor, at - 12), at))
