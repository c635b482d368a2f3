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
from functools import cache

from annotations.text.abbreviations import (
    WORD,
    follows_number,
    full_stop_ends,
    is_abbreviation,
    token_before,
)
from annotations.text.characters import (
    CJK,
    extends,
    is_led_up_to,
    is_led_up_to_with_words,
)
from annotations.text.languages import Language
from annotations.text.languages import language as language_data
from annotations.text.languages.base import words as words_of
from annotations.text.paragraphs import Paragraph, ParagraphKind, paragraphs

__all__ = ["SPLITTER_VERSION", "ParagraphKind", "Sentence", "split"]

SPLITTER_VERSION = "7"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of the text, in code points, with the number of its paragraph, from 0."""

    start: int
    end: int
    paragraph: int
    kind: ParagraphKind


# A soft terminator ends a sentence only before white space; a hard one always.
_SOFT = ".!?…؟۔։‼⁇⁈⁉"
_HARD = "。！？｡．।॥።፧။"
_CLOSERS = "\"'”’“»«›\\)\\]\\}）」』”’】》〉*_"
_HARD_CLOSERS = "”’»›\\)）」』】》〉\\]"
# Numbers of notes, which follow the full stop.
_NOTES = "⁰¹²³⁴-⁹†‡"
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
# References to notes, with or without a space: [3], [4–6, 9], [a], [note 1], [citation needed].
_REFERENCE = (
    r"(?:[^\S\n]?\[(?:\d{1,3}(?:[^\S\n]?[-–,][^\S\n]?\d{1,3}){0,5}|[a-z]{1,2}"
    r"|[a-z]{2,12}[^\S\n](?:\d{1,3}|needed))\]"
    rf"|[,;]?[{_NOTES}])"
)


@cache
def _candidate(ends: str) -> re.Pattern[str]:
    """Where a sentence could end; `ends` are soft marks of the language's own."""
    soft = _SOFT + ends
    return re.compile(
        rf"(?<![{soft}])(?P<soft>[{soft}]++)(?P<tail>[{_CLOSERS}]*+{_REFERENCE}{{0,4}}"
        # Spaced closing marks and cries: a space, the mark, and white space or the end.
        r"(?:[^\S\n](?:[»”!?]|\"(?=\s[^\W_]))(?=\s)|(?![^\S\n][»”!?](?:\s|$))))(?=\s)"
        rf"|(?P<hard>[{_HARD}][{_HARD}{_SOFT}]*+)(?P<hard_tail>(?:[^\S\n]?[{_HARD_CLOSERS}]){{0,6}})"
        # Western marks and ellipses between Chinese characters.
        rf"|(?<=[{CJK}])(?:[!?]++|…{{1,4}}+)(?=[{CJK}])"
        # No space after the full stop: "We loved it.It was fun."
        r"|(?P<glued>(?<=[a-zà-ÿ]{2})\.)(?=[A-Z][a-z]{1,9}\s)"
        # Where nothing else ends a sentence, an emoji may: "Thanks, everyone 🎉 See you."
        rf"|(?P<mood>(?<=\s){_REACTIONS})"
    )


_VISIBLE = re.compile(r"\S")
# The verjaket, as such or as a colon, after a word or what closes a quotation; a danda.
_OWN_END = re.compile(r"(?<=[\w»”)…])[։:](?=[\s»”]|$)|[।॥]")
# What may stand before the first word of a sentence: opening marks, a dash that opens a turn.
_LEAD = re.compile(
    r"(?:[\"'“‘„‚«‹»›「『《〈(\[{（【¿¡*_#]\s?|[–—―]\s?|[-–•]{1,2}\s|[\u200e\u200f\u061c]){0,20}"
)
_LONGEST_TITLE, _LONGEST_WORD = 60, 24
_PAUSE_CJK = re.compile(r"[，、：“”「」]")
# Chinese: what may be a speaker and a verb of saying, up to the end of their clause.
_CLAUSE = re.compile(rf"[^\s{_HARD}…“”「」『』，,：:；、]{{1,30}}+")
_LONGEST_TELLING = 8
# "I ask." and "I howled," are who speaks; "I needed a drink." is another sentence.
_I_SAY = re.compile(r"I\s(?:[a-z]{2,12}ed|said|say|ask|cry|reply|answer|tell|yell|shout|think)[.,]")


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
    if paragraph.kind is ParagraphKind.HEADING:
        return [(paragraph.start, paragraph.end)]
    spans = []
    start = paragraph.start
    ends_alone = words.ends_alone and _OWN_END.search(text, paragraph.start, paragraph.end)
    for candidate in _candidate(words.ends).finditer(text, paragraph.start, paragraph.end):
        if ends_alone and candidate["soft"] == ".":
            continue
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
    elif candidate["glued"]:
        ends = _glued_ends(text, candidate, start, after, words)
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
    if text[stop] in "．｡." and text[stop - 1 : stop].isdigit() and text[after].isdigit():
        return False  # ３．２９％
    floor = max(start, stop - _LONGEST_TITLE)
    if text.rfind("《", floor, stop) > text.rfind("》", floor, stop):
        return False  # A title: 《摔跤吧！爸爸》
    if text[stop] == "…":
        # After a word or two someone only hesitates: "我……我不知道。"
        return stop - start >= 3 and not _PAUSE_CJK.search(text, stop - 3, stop)
    if not candidate["hard_tail"] or not words.speech_tags:
        return True
    clause = _CLAUSE.match(text, after)
    if not clause or text[clause.end() : clause.end() + 2].lstrip()[:1] in ("：", ":"):
        return True  # Nobody says it, or somebody says what follows.
    if is_led_up_to(text, candidate.end()):
        return True  # 甲说：“…。”乙表示，…: who says it stood before it.
    said = clause.group()
    if any(verb in said[-_LONGEST_TELLING:] for verb in words.telling):
        return False  # “…。”老球迷告诉我们，
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
    found = WORD.match(text, lead.end() if lead else after)
    if not found or not found.group()[0].isupper():
        return False
    return text[candidate.start()] != "❤" or found.group() in words.starters


def _glued_ends(
    text: str, candidate: re.Match[str], start: int, after: int, words: Language
) -> bool:
    """Whether a full stop without a space after it ends the sentence: a word begins another."""
    found = WORD.match(text, after)
    before = text[max(start, candidate.start() - _LONGEST_WORD) : candidate.start()].split()
    return bool(
        found
        and found.group() in words.starters
        and before
        and before[-1].isalpha()
        and before[-1].islower()
    )


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
    if _is_small(text, first) and not _goes_on_in_small(text, candidate, start, first, words):
        return False
    if text[after] in "/№" or (text[after] in "-–" and text[after + 1 : after + 2].isdigit()):
        return False  # 41,7 hab. / km²; 2017 р. № 62; 1. -3. Jahrhundert
    if text[after] in "»”" and text[after + 1 : after + 2] in tuple(",;:—"):
        return False  # « Qui paie ? », demande-t-elle.
    if text[after] in ",:" and text[after + 1 : after + 2] != ",":
        return False  # Tél. : 01 22 33, but ,,Gut“
    if _is_source_of_a_quotation(text, candidate["tail"], after) or _is_cited(text, after):
        return False
    if char == "." or (candidate["tail"] and text.startswith(words.speech_tags, first)):
        return False
    mark = candidate["soft"]
    if mark == "!" and not candidate["tail"] and words.calling:
        name = token_before(text, floor, candidate.start())
        following = WORD.match(text, first)
        if name in words.calling and following and following.group() not in words.starters:
            return False  # Yahoo! Finance
    if mark[-1] in "!?" and (closing := candidate["tail"].strip("!? ")):
        if is_led_up_to_with_words(text, start, candidate.start(), closing[0]):
            return True  # He asked, “Why?” She said nothing.
        return not _is_speech_tag(text, first, words)
    if mark != ".":
        return True
    return full_stop_ends(
        text, candidate.start(), candidate["tail"], floor, start, after, first, words
    )


# Who or where, in brackets after the quotation and before the full stop: “…” (Smith 55).
_SOURCE = re.compile(r"\([^\s()][^()\n]{1,60}\)[.,;:]")


def _is_source_of_a_quotation(text: str, tail: str, after: int) -> bool:
    return bool(tail.strip(" )]}") and _SOURCE.match(text, after))


# Sources and their years in brackets after the full stop: (Cole, 2011; Bell & Hart 2014).
_CITED = re.compile(r"\(([^()\n]{3,120})\)\.")
_OF_A_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?[,;:]?$")


def _is_cited(text: str, after: int) -> bool:
    """Whether names alone and a year stand there in brackets, with a full stop after them."""
    found = _CITED.match(text, after)
    if not found:
        return False
    cited = found[1].replace(",", ", ").split()
    named = all(word[0].isupper() or word in _JOINED or _OF_A_YEAR.match(word) for word in cited)
    return named and cited[0][0].isupper() and bool(_OF_A_YEAR.match(cited[-1]))


_JOINED = words_of("& and et und e y u i en al. al, da das de der di do dos van von")


def _is_small(text: str, at: int) -> bool:
    """Whether a small letter stands there, and no name such as iPhone."""
    return text[at : at + 1].islower() and not text[at + 1 : at + 2].isupper()


def _goes_on_in_small(
    text: str, candidate: re.Match[str], start: int, first: int, words: Language
) -> bool:
    """Whether a sentence begins there with a small letter, after one mark and no abbreviation.

    So it does where the sentence before began so too, and after what is a whole word.
    """
    if candidate["tail"] or candidate["soft"] not in _SMALL_ENDS:
        return False
    token = token_before(text, start, candidate.start())
    if len(token) < 2 or "." in token or is_abbreviation(token, words):
        return False
    lead = _LEAD.match(text, start)
    if not _is_small(text, lead.end() if lead else start):
        return _is_whole_word(text, candidate["soft"], token, first, words)
    return not follows_number(text, start, candidate.start() - len(token))  # 8 in. long


_SMALL_ENDS = (".", "!", "?")
_SHORTEST_WHOLE = 4
# And the Greek sigma that only ends words.
_VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýąęıőœаеёиоуыэюяєіїαεηιουωάέήίόύώς")


def _is_whole_word(text: str, mark: str, token: str, first: int, words: Language) -> bool:
    """Whether the word before the mark, which is in no list, is no abbreviation either.

    Words are cut short before a vowel, so what ends in one is whole; and so is what a pronoun
    follows that may be a subject ("he"). After a question or a cry only the latter counts, since
    who asks may follow: « Qui viendra ? demande Anne. »
    """
    if len(token) < _SHORTEST_WHOLE or not token.isalpha() or not token.islower():
        return False
    found = WORD.match(text, first)
    subjects = (words.he, words.she, words.they, words.speaker_myself)
    if found and any(
        form in each for each in subjects for form in (found.group(), found.group().capitalize())
    ):
        return True
    return mark == "." and (words.cuts_no_words or token[-1] in _VOWELS)


def _is_speech_tag(text: str, first: int, words: Language) -> bool:
    """Whether a capitalised speaker and a speech verb follow: "Why?" Lavrov asked."""
    if _I_SAY.match(text, first):
        return words.speaker_myself != frozenset()
    for word in text[first : first + 60].split()[:4]:
        if word.strip(".,:;") in words.speech_verbs:
            return True
        if not word[0].isupper():
            return False
    return False
