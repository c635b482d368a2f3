"""Who says a quotation in languages without capitals: Arabic and Chinese.

Nothing tells a name there but its place: between a verb of saying and the quotation. So only shapes
are taken in which the words between them leave little doubt. Whoever is named goes by all the words
that stand there, the office with the name ("市长玛丽亚·凯勒"). A pronoun, and a verb without a
subject, is whoever spoke last in the same paragraph: a guess, and said to be one.
"""

from __future__ import annotations

import re

from annotations.text.people import Mention, Told
from annotations.text.quoted import Form, Piece, Quotation, Span
from annotations.text.saying import Saying
from annotations.text.saying_arabic import ARABIC
from annotations.text.saying_chinese import CHINESE
from annotations.text.tags import Found, Rule

_REACH = 160
"""Code points beside a quotation in which its speaker is looked for."""
_LANGUAGES = {"ar": ARABIC, "zh": CHINESE}
# How words that are said end before whoever says them is named.
_PAUSES = tuple("。！？…，,.!?؟،")
_COLONS = tuple(":：")


def saying(language: str) -> Saying | None:
    """How the language says who speaks, if it is one of those here."""
    return _LANGUAGES.get(language.split("-")[0].lower())


def found_beside(masked: str, text: str, quotation: Quotation, known: Saying) -> Found | None:
    """Who says a quotation between marks; `masked` is the text with what is quoted blotted out.

    What leads up to it with a colon or a comma goes before what follows it: 甲说：“…。”乙还说
    """
    if quotation.form is not Form.MARKS or not quotation.is_closed:
        return None
    if found := _before(masked, text, quotation, known, is_led=True):
        return found
    for piece in quotation.pieces:
        if found := _after(masked, text, piece, known):
            return found
    return _before(masked, text, quotation, known, is_led=False)


def may_be_one(known: Saying, verb: str, other: str) -> bool:
    """Whether two verbs may have one subject, as far as their forms tell."""
    if known.is_feminine is None:
        return True
    genders = {known.is_feminine(verb), known.is_feminine(other)} - {None}
    return len(genders) < 2


def told_in(masked: str, start: int, end: int, known: Saying) -> tuple[Mention, Span] | None:
    """Who the sentence from `start` to `end` begins with saying something, and the verb."""
    for shape in known.told:
        match = shape.match(masked, start, min(end, start + _REACH))
        if match and (who := known.mention(match)) and who.told is not Told.PRONOUN:
            return who, match.span("verb")
    return None


def _after(masked: str, text: str, piece: Piece, known: Saying) -> Found | None:
    """“…，”市长说。 Only where the words in the marks end as words that are said do."""
    if not _is_said(masked, text, piece.end):
        return None
    for shape in known.after:
        match = shape.match(masked, piece.end, piece.end + _REACH)
        if match and (who := known.mention(match)):
            return Found(Rule.AFTER, who, match.span("verb"))
    return None


def _is_said(masked: str, text: str, end: int) -> bool:
    """Whether words in marks, the last of them before `end`, end as words that are said do."""
    return text[end - 2 : end - 1] in _PAUSES or masked[end : end + 1] in tuple("،,，")


def _before(
    masked: str, text: str, quotation: Quotation, known: Saying, *, is_led: bool
) -> Found | None:
    floor = max(masked.rfind("\n", 0, quotation.start) + 1, quotation.start - _REACH)
    end = floor + len(masked[floor : quotation.start].rstrip(" "))
    for shape in known.before:
        match = shape.search(masked, floor, end)
        if match is None or bool(match["led"]) is not is_led:
            continue
        at = match.start()
        if masked[at - 1 : at] == "\0" and not _is_said(masked, text, at):
            continue  # “希望”小学校长说：“…”: the name begins within marks
        if _is_speech(text, quotation, match, known) and (who := known.mention(match)):
            return Found(Rule.BEFORE, who, match.span("verb"))
    return None


def _is_speech(text: str, quotation: Quotation, match: re.Match[str], known: Saying) -> bool:
    """Whether what the match leads up to is no title and no word held at arm's length."""
    if match["led"] in _COLONS:
        return True
    if quotation.end - quotation.start < known.least:
        return False
    if known.weak is None or not known.weak.fullmatch(match["verb"]):
        return True
    ends = text[quotation.end - 2], text[quotation.end : quotation.end + 1] or "。"
    return bool(match["led"]) and any(each in (*_PAUSES, "\n") for each in ends)
