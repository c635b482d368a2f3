"""Canonical text is cut into sentences, with exact offsets, by rules of our own.

A claim is made in a sentence, so a quotation of three sentences is three sentences here. The
text is never repaired: `text[start:end]` is each sentence, and only white space lies between.

How: a regular expression finds every place where a sentence could end; what stands before and
after it decides. Everything is linear in the length of the text: quantifiers are possessive and
what is looked back at or ahead to is bounded.

The rules were written for this project; the order of the questions follows Grefenstette and
Tapanainen, "What is a word, what is a sentence?" (1994): terminator, abbreviation, next word.
"""

import re
from dataclasses import dataclass

from annotations.text.characters import CJK, extends
from annotations.text.languages import Language
from annotations.text.languages import language as language_data
from annotations.text.paragraphs import Kind, Paragraph, paragraphs

__all__ = ["SPLITTER_VERSION", "Kind", "Sentence", "split"]

SPLITTER_VERSION = "3"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of the text, in code points, with the number of its paragraph, from 0."""

    start: int
    end: int
    paragraph: int
    kind: Kind


# A soft terminator ends a sentence only before white space; a hard one always.
_SOFT = ".!?…؟۔։‼⁇⁈⁉"
_HARD = "。！？｡．।॥።፧။"
_CLOSERS = "\"'”’“»«›\\)\\]\\}）」』”’】》〉*_"
_HARD_CLOSERS = "”’»›\\)）」』】》〉\\]"
# Numbers of notes, which follow the full stop.
_NOTES = "⁰¹²³⁴-⁹"
# An emoji or emoticon after a full stop reacts to the sentence before it.
_REACTION_MARK = (
    "(?:[\U0001f300-\U0001faff\u2639\u263a\u2764][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*+"
    r"|[:;=]-?[()DPp](?=\s|$))"
)
# No group that can backtrack is made possessive, here and below: before Python 3.11.5 such a group
# keeps what it had read when it fails. What may not be given back is said by a lookahead.
_REACTIONS = (
    rf"{_REACTION_MARK}(?:[^\S\n]?{_REACTION_MARK}){{0,20}}"
    rf"(?![^\S\n]?{_REACTION_MARK})(?=\s|$)"
)
_REACTION = re.compile(_REACTIONS)
_CANDIDATE = re.compile(
    rf"(?<![{_SOFT}])(?P<soft>[{_SOFT}]++)(?P<tail>[{_CLOSERS}]*+(?:\[\d{{1,3}}\]|[{_NOTES}]){{0,4}}"
    # French and spaced closing marks: a space, the mark, and white space or the end.
    r"(?:[^\S\n][»”](?=\s)|(?![^\S\n][»”](?:\s|$))))(?=\s)"
    rf"|(?P<hard>[{_HARD}][{_HARD}{_SOFT}]*+)(?P<hard_tail>[{_HARD_CLOSERS}]*+)"
    # Western marks and ellipses between Chinese characters.
    rf"|(?<=[{CJK}])(?:[!?]++|…{{1,4}}+)(?=[{CJK}])"
    # Where nothing else ends a sentence, an emoji may: "Thanks, everyone 🎉 See you."
    rf"|(?P<mood>(?<=\s){_REACTIONS})"
)
_VISIBLE = re.compile(r"\S")
# What may stand before the first word of a sentence: opening marks, a dash that opens a turn.
_LEAD = re.compile(
    r"(?:[\"'“‘„‚«‹»›「『《〈(\[{（【¿¡*_#]\s?|[–—―]\s?|[-–•]{1,2}\s|[\u200e\u200f\u061c]){0,20}"
)
_QUOTE = re.compile(r"[\"“‘„«‹»「『]")
_WORD = re.compile(r"\w{1,20}(?:['’]\w{1,10})?")
# An abbreviation in two parts: the small letter before the last letter's own full stop.
_SPACED = re.compile(r"(?:^|[\s(\[«„“])([^\W\d_])\.\s?$")
_NUMBER = re.compile(r"(?:\d|\b[IVXLC]{1,6})\s?$")
_LAST_CJK = re.compile(rf"[{CJK}{_HARD}…](?=[^{CJK}{_HARD}…]*+$)")
_ACRONYM = re.compile(r"(?:\w{1,2}\.-?){1,20}\w{1,2}$")
_ROMAN = re.compile(r"[IVXLC]++$")
_OPENERS = "\"'“‘„‚«‹»›([{¿¡（「『*_"
# French and Italian write the article to the word: "l’art. 5", "dell’on. Bianchi".
_ELISION = re.compile(r"\w{1,5}['’](?=\w)")
# The longest word that can be an abbreviation, in code points.
_LONGEST = 24
# A sentence of fewer code points has only begun: "В 2016 г. Иванов уехал."
_BEGUN = 16
_PAUSE_CJK = re.compile(r"[，、：“”「」]")
# Chinese: what may be a speaker and a verb of saying, up to the end of their clause.
_CLAUSE = re.compile(rf"[^\s{_HARD}…“”「」『』，,：:；、]{{1,30}}+")
_VOWELS = frozenset("aeiouyAEIOUY")


def split(text: str, language: str = "en") -> list[Sentence]:
    """The sentences of the text in order. `language` is a BCP 47 tag; any text is accepted."""
    words = language_data(language)
    found: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs(text)):
        for start, end in _spans(text, paragraph, words):
            found.append(Sentence(start, end, number, paragraph.kind))
    return found


def _spans(text: str, paragraph: Paragraph, words: Language) -> list[tuple[int, int]]:
    """The spans of the sentences of one paragraph. A heading is one sentence."""
    if paragraph.kind is Kind.HEADING:
        return [(paragraph.start, paragraph.end)]
    spans = []
    start = paragraph.start
    for candidate in _CANDIDATE.finditer(text, paragraph.start, paragraph.end):
        end, after = _boundary(text, candidate, paragraph, start, words)
        if end and candidate.start() >= start:
            spans.append((start, end))
            start = after
    spans.append((start, paragraph.end))
    return spans


def _boundary(
    text: str, candidate: re.Match[str], paragraph: Paragraph, start: int, words: Language
) -> tuple[int, int]:
    """Where the sentence that began at `start` ends and the next begins, or (0, 0)."""
    end = candidate.end()
    if candidate["hard"]:
        end = _with_straight_quote(text, start, end, paragraph.end)
    found = _VISIBLE.search(text, end, paragraph.end)
    if not found:
        return 0, 0
    after = found.start()
    if reaction := _REACTION.match(text, after, paragraph.end):
        end = reaction.end()
        found = _VISIBLE.search(text, end, paragraph.end)
        if not found:
            return 0, 0
        after = found.start()
    if extends(text[after]):
        return 0, 0
    if candidate["mood"]:
        ends = _mood_ends(text, candidate, start, after, words)
    elif candidate["soft"] is None:
        ends = _hard_ends(text, candidate, start, after, words)
    else:
        ends = _soft_ends(text, candidate, paragraph.start, start, after, words)
    return (end, after) if ends else (0, 0)


def _with_straight_quote(text: str, start: int, end: int, stop: int) -> int:
    """The end with a straight quotation mark that closes there: one left open before it."""
    if end < stop and text[end] == '"':
        before = text.count('"', max(start, end - 2000), end)
        return end + before % 2
    return end


def _hard_ends(
    text: str, candidate: re.Match[str], start: int, after: int, words: Language
) -> bool:
    """Whether a terminator that needs no white space after it ends the sentence."""
    stop = candidate.start()
    if text[stop] == "…":
        # After a word or two someone only hesitates: "我……我不知道。"
        return stop - start >= 3 and not _PAUSE_CJK.search(text, stop - 3, stop)
    if not candidate["hard_tail"] or not words.speech_tags:
        return True
    clause = _CLAUSE.match(text, after)
    if not clause or text[clause.end() : clause.end() + 1] in ("：", ":"):
        return True  # Nobody says it, or somebody says what follows.
    said = clause.group()
    return not (said.startswith(words.speech_tags) or said.endswith(words.tag_ends))


def _mood_ends(
    text: str, candidate: re.Match[str], start: int, after: int, words: Language
) -> bool:
    """Whether an emoji ends the sentence that began at `start`: a capital follows.

    One that opens the sentence does not, and a heart may be a verb: "I ❤ Rome".
    """
    if not any(
        char.isalnum() for char in text[max(start, candidate.start() - 40) : candidate.start()]
    ):
        return False
    lead = _LEAD.match(text, after)
    found = _WORD.match(text, lead.end() if lead else after)
    if not found or not found.group()[0].isupper():
        return False
    return text[candidate.start()] != "❤" or found.group() in words.starters


# --- soft terminators ---


def _soft_ends(
    text: str, candidate: re.Match[str], floor: int, start: int, after: int, words: Language
) -> bool:
    """Whether the soft terminator ends the sentence that began at `start`.

    `floor` is where its paragraph begins, `after` the next visible place.
    """
    lead = _LEAD.match(text, after)
    first = lead.end() if lead else after
    char = text[first : first + 1]
    if char.islower() and not text[first + 1 : first + 2].isupper():
        return False
    if text[after] in "»”" and text[after + 1 : after + 2] in tuple(",;:—"):
        return False  # « Qui paie ? », demande-t-elle.
    if char == "." or (candidate["tail"] and text.startswith(words.speech_tags, first)):
        return False
    mark = candidate["soft"]
    if mark[-1] in "!?" and candidate["tail"]:
        return not _is_speech_tag(text, first, words)
    if mark != ".":
        return True
    return _full_stop_ends(text, candidate, floor, start, after, first, words)


def _is_speech_tag(text: str, first: int, words: Language) -> bool:
    """Whether a capitalised speaker and a speech verb follow: "Why?" Lavrov asked."""
    for word in text[first : first + 60].split()[:4]:
        if word.strip(".,:;") in words.speech_verbs:
            return True
        if not word[0].isupper():
            return False
    return False


def _full_stop_ends(
    text: str,
    candidate: re.Match[str],
    floor: int,
    start: int,
    after: int,
    first: int,
    words: Language,
) -> bool:
    stop = candidate.start()
    token = _token(text, floor, stop)
    if not token:
        return True
    found = _WORD.match(text, first)
    following = found.group() if found else ""
    starts = _starts(following, words)
    if _is_initial(text, first, following) and len(token) == 1:
        return False
    if stop - len(token) <= start + 1:
        token = _small(token, words)
    if token in words.units and _NUMBER.search(text, max(floor, stop - 12), stop - len(token)):
        counts_on = token in words.numbered and following[:1].isdigit()
        return stop - start >= _BEGUN and not counts_on
    if token in words.titles or (token.capitalize() in words.titles and token.isupper()):
        return (starts and token in ("St", "Mt", "Ft", "al")) or candidate["tail"] != ""
    if stop - len(token) == floor and _is_list_number(token):
        return False
    if token in words.times:
        return following not in words.after_times and not following[:1].isdigit()
    if token in words.closing:
        return True
    if token in words.units:
        return starts if len(token) == 1 else stop - start >= _BEGUN
    if token in words.numbered or (token.capitalize() in words.numbered and token.isupper()):
        return not following[:1].isdigit()
    if token.endswith(words.endings) and following[:1].isdigit():
        return False
    quoted = first > after and bool(_QUOTE.match(text, after))
    if (
        token in words.general
        or _ACRONYM.match(token)
        or (token.isupper() and token.capitalize() in words.general)
    ):
        return starts or quoted or candidate["tail"] != ""
    if len(token) == 1 and token.isalpha():
        return _letter_ends(text, floor, stop, token, starts, words)
    if words.ordinals and ((token.isdigit() and len(token) <= 2) or _ROMAN.match(token)):
        return starts or quoted
    return not _looks_abbreviated(token) or starts or quoted


def _token(text: str, floor: int, stop: int) -> str:
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
    """The first word of a sentence as it is written elsewhere, where it is an abbreviation."""
    small = token[:1].lower() + token[1:]
    return small if small in words.numbered or small in words.titles else token


def _is_list_number(token: str) -> bool:
    """Whether a paragraph's first word is its number in a list: "1.", "a.", "iv."."""
    return len(token) <= 3 and (token.isdigit() or len(token) == 1 or set(token) <= set("ivxIVX"))


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
