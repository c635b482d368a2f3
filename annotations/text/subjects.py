"""Who does what a verb of saying says: the subject of its clause, before the verb or after it."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.text.people import (
    MAX_WORDS,
    OF,
    Mention,
    Told,
    Word,
    end_of,
    is_adverb,
    is_capital,
    lowered,
    mention,
    said_as,
)
from annotations.text.quoted import Span
from annotations.text.speech import TIED, Speech

# Clauses before a verb in which its subject is looked for.
MAX_CLAUSES = 8
_CLAUSE_MARKS = frozenset(",;:—–()")


def subject(words: Sequence[Word], known: Speech) -> Mention | None:
    """Who does what the verb right after these words says: the nearest clause's subject."""
    while words and (words[-1].text in known.words.fillers or is_adverb(words[-1])):
        words = words[:-1]
    words = words[_past_leading(words, known) :]
    starts = [
        0,
        *(
            at + 1
            for at, word in enumerate(words)
            if word.text in _CLAUSE_MARKS
            or word.text[0] == "\0"  # a quotation, blotted out
            or word.text.lower() in known.words.conjunctions
        ),
    ]
    first = int(bool(words) and words[0].text.lower() in known.words.conjunctions)
    for clause in dict.fromkeys([*reversed(starts[-MAX_CLAUSES:]), 0]):
        start = clause
        while start < len(words) and words[start].text in known.words.then:
            start += 1
        found = mention(words, start, known)
        if found is None:
            continue
        who, after = found
        if not _may_precede_verb(words, after, known) and clause != first:
            continue
        # "Whitlock, R-Md., said": what stands between two commas describes who stands before.
        if words and words[-1].text == "," and clause != first:
            if apposed := _apposed(words, start, starts, known):
                return apposed
            if _is_aside(words, clause, starts, known):
                continue
        return _appositive(words, who, after, known) or who
    return None


def _past_leading(words: Sequence[Word], known: Speech) -> int:
    """The place of who stands after a place or a day: "At a meeting the mayor said", or 0."""
    if not words or words[0].text not in known.words.leading:
        return 0
    limit = next((at for at, word in enumerate(words) if word.text in _CLAUSE_MARKS), len(words))
    if limit < len(words) and words[-1].text not in _CLAUSE_MARKS:
        return 0
    for start in range(2, limit):
        before = words[start - 1]
        small = before.text.lower()
        is_within = small in known.words.fillers or small in lowered(known.words.determiners)
        is_named = is_capital(before) and before.text not in known.words.days
        if is_within or is_named or small in known.words.conjunctions or before.text in OF:
            continue
        found = mention(words, start, known)
        if found and found[1] == limit and found[0].told is not Told.PRONOUN:
            return start
    return 0


def _may_precede_verb(words: Sequence[Word], after: int, known: Speech) -> bool:
    if after >= len(words):
        return True
    word = words[after]
    return word.text in known.words.fillers or word.text in ",(—–" or is_adverb(word)


def _is_aside(words: Sequence[Word], clause: int, starts: list[int], known: Speech) -> bool:
    """Whether a clause only adds to the one before it: "a report by Hale, Boyd & Co., said"."""
    earlier = [start for start in starts if start < clause]
    found = mention(words, earlier[-1], known) if earlier else None
    return found is not None and found[1] < clause - 1 and is_capital(words[clause - 2])


def _apposed(words: Sequence[Word], start: int, starts: list[int], known: Speech) -> Mention | None:
    """The name before a comma which the words at `start` describe: "Moe, an analyst, said"."""
    if start < 2 or words[start - 1].text != ",":
        return None
    for before in [at for at in starts if start - MAX_WORDS < at < start - 1]:
        found = mention(words, before, known)
        if found and found[0].told is Told.NAME and _is_age(words[found[1] : start - 1]):
            return found[0]
    return None


def _is_age(words: Sequence[Word]) -> bool:
    """Whether nothing, or only ", 58" stands there."""
    return all(word.text == "," or word.text.isdigit() for word in words)


def _appositive(words: Sequence[Word], who: Mention, after: int, known: Speech) -> Mention | None:
    """The name after a comma which says who a description means: "the clerk, Ann Lee, said"."""
    if who.told is not Told.UNNAMED:
        return None
    # "the head of the agency, Ann Lee"
    within = after
    while after < min(len(words), within + 6) and words[after].text != ",":
        word = words[after]
        # "El ministro de Economía, Luis Gil"; "a spokesman for the Labor Department, Ann Lee"
        is_of = _is_of_somewhere(words, within, after, known)
        is_name = is_capital(word) and not is_of
        if word.text in _CLAUSE_MARKS or is_name or known.cue.fullmatch(word.plain):
            return None
        after += 1
    if after >= len(words) or words[after].text != ",":
        return None
    found = mention(words, after + 1, known)
    if not found or found[0].told is not Told.NAME or "&" in found[0].text:
        return None
    return Mention(found[0].start, found[0].end, Told.NAME, found[0].text, who.lead + found[0].lead)


def _is_of_somewhere(words: Sequence[Word], start: int, at: int, known: Speech) -> bool:
    """Whether a capital belongs to what "of" or "for" leads to."""
    while at > start and (is_capital(words[at - 1]) or words[at - 1].text in ("the", "The")):
        if known.words.inverts:
            break
        at -= 1
    return at > start and words[at - 1].text in OF


def speaker_after(words: Sequence[Word], at: int, known: Speech) -> Mention | None:
    """Whoever the words after a verb of saying name: "said the mayor, Ann Lee"."""
    found = mention(words, at, known)
    if found:
        return _appositive(words, *found, known) or found[0]
    if known.words.determiners or at >= len(words) or not words[at].text[0].islower():
        return None
    # A language without articles: "спросил сосед".
    word = words[at]
    if word.text in known.words.fillers or known.cue.fullmatch(word.plain):
        return None
    return Mention(word.start, end_of(word), Told.UNNAMED, said_as(word), (word.plain,))


def tied_speaker(word: Word, known: Speech) -> tuple[Span, Mention] | None:
    """The verb and the pronoun of "dit-elle" or "explique-t-il"."""
    tied = TIED.fullmatch(word.plain)
    if not tied or not (
        known.cue.fullmatch(tied["verb"]) or tied["verb"] in known.words.auxiliaries
    ):
        return None
    start = word.start + tied.start("who")
    end = start + len(tied["who"])
    who = Mention(start, end, Told.PRONOUN, tied["who"])
    return (word.start, word.start + tied.end("verb")), who
