"""What becomes of marks when a text changes: followed only with their own words at one place."""

from __future__ import annotations

import random

import pytest

from annotations.text.reanchor import FOLLOWED, Cut, Fate, Outcome, reanchor
from annotations.text.sentences import split
from tests.text.samples import article

TEXT = """Consulate row

Lavrov said: “We never asked them to close the consulate general.” It was their initiative.

The mission had 26 people. In 2024 it served 4,000 visitors. The mayor said no more."""
MARK = "We never asked them to close the consulate general"


def cut(text: str) -> Cut:
    return Cut(text, [(row.start, row.end) for row in split(text)])


def one(before: str, after: str, words: str) -> Outcome:
    start = before.index(words)
    return reanchor(cut(before), cut(after), [(start, start + len(words))])[0]


def proposed(outcome: Outcome) -> list[str]:
    return [proposal.exact for proposal in outcome.proposals]


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new)


@pytest.mark.parametrize(
    ("after", "fate"),
    [
        (TEXT, Fate.SAME),
        ("Update: this text was changed.\n\n" + TEXT, Fate.SAME),
        (changed("26 people", "27 people"), Fate.SAME),
        ("😀👩‍👩‍👧 Consulate row" + TEXT[13:], Fate.SAME),
        (changed("Lavrov said:", "Lavrov repeated:"), Fate.CONTEXT),
        (changed(" general.”", " general,” he said, not meaning it."), Fate.CONTEXT),
    ],
    ids=["nothing", "before it", "after it", "emoji", "the speech tag", "a clause that turns it"],
)
def test_the_same_words_at_one_place_are_followed(after, fate):
    found = one(TEXT, after, MARK)
    assert found.fate == fate
    assert after[found.start : found.end] == MARK


def test_a_paragraph_moved_takes_its_mark_along():
    paragraphs = TEXT.split("\n\n")
    after = "\n\n".join([paragraphs[0], paragraphs[2], paragraphs[1]])
    found = one(TEXT, after, MARK)
    assert found.fate in (Fate.MOVED, Fate.SAME)
    assert after[found.start : found.end] == MARK
    both = {one(TEXT, after, words).fate for words in (MARK, "The mission had 26 people")}
    assert Fate.MOVED in both, "one of the two moved past the other"


def test_the_quote_in_another_place_and_another_sentence_is_to_be_confirmed():
    after = changed(f"“{MARK}.” ", "") + f" Later he denied it: “{MARK}.”"
    found = one(TEXT, after, MARK)
    assert found.fate == Fate.CONTEXT
    assert after[found.start : found.end] == MARK


@pytest.mark.parametrize(
    "after",
    [
        changed("never asked them to", "never asked them not to"),
        changed("We never asked", "We never, ever asked"),
        changed("We never asked", "We asked"),
        changed("consulate general.”", "consulate generals.”"),
        changed("to close the", "to clsoe the"),
        changed("We never asked", "we never asked"),
        changed("We never asked", "We  never asked"),
    ],
    ids=["not", "ever", "never gone", "plural", "typo", "case", "a space more"],
)
def test_changed_words_are_proposed_however_alike_they_are(after):
    found = one(TEXT, after, MARK)
    assert found.fate == Fate.PROPOSAL
    best = found.proposals[0]
    assert after[best.start : best.end] == best.exact
    assert best.likeness >= 90
    assert best.exact != MARK


def test_a_typo_mended_inside_the_mark_is_proposed_with_its_edges_on_words():
    before = changed("to close the consulate", "to clsoe the consulat")
    found = one(before, TEXT, "We never asked them to clsoe the consulat general")
    assert found.fate == Fate.PROPOSAL
    assert proposed(found)[0] == MARK


def test_a_sentence_repeated_is_proposed_at_each_of_its_places():
    found = one(TEXT, TEXT + f" “{MARK}.”", MARK)
    assert found.fate == Fate.PROPOSAL
    assert proposed(found) == [MARK, MARK]
    assert found.proposals[0].start == TEXT.index(MARK), "where it stood comes first"


def test_words_that_stood_twice_before_are_never_followed_by_themselves():
    before = TEXT + f" “{MARK}.”"
    assert one(before, TEXT, MARK).fate == Fate.PROPOSAL
    assert one(before, before + " So it is.", MARK).fate == Fate.PROPOSAL


def test_words_inside_a_longer_word_are_not_the_same_words():
    found = one(TEXT, changed("4,000 visitors", "14,000 visitors"), "4,000 visitors")
    assert found.fate == Fate.PROPOSAL
    assert one("He was there. No.", "He was therefore. No.", "there").fate != Fate.CONTEXT
    assert one("Il a dit. Oui.", "Il a di\u0301t. Oui.", "a di").fate != Fate.CONTEXT


def test_a_mark_on_part_of_a_word_is_followed_while_the_word_is_the_same():
    assert one(TEXT, changed("26 people", "27 people"), "initia").fate == Fate.SAME
    assert one(TEXT, changed("initiative", "initials"), "initia").fate == Fate.PROPOSAL


def test_in_a_script_without_spaces_the_words_are_followed_too():
    before = "标题\n\n我们从未要求关闭领事馆。这是他们的倡议。"
    after = "标题\n\n新的一句。我们从未要求关闭领事馆。这是他们的倡议。"
    assert one(before, after, "从未要求关闭领事馆").fate == Fate.SAME


def test_a_wholly_other_text_leaves_nothing_to_propose():
    found = one(TEXT, "数字と言葉。\n\n別の記事です。", MARK)
    assert found == Outcome(Fate.ORPHAN)


def test_a_mark_across_paragraphs_is_followed_with_the_break_between_them():
    words = "It was their initiative.\n\nThe mission had 26 people"
    found = one(TEXT, "New.\n\n" + TEXT, words)
    assert found.fate == Fate.SAME


def test_only_where_a_sentence_ends_changed_the_marks_stay():
    start = TEXT.index(MARK)
    found = reanchor(cut(TEXT), Cut(TEXT, [(0, len(TEXT))]), [(start, start + len(MARK))])
    assert found == [Outcome(Fate.SAME, start, start + len(MARK))]


def test_without_time_to_compare_marks_are_followed_all_the_same():
    after = changed("26 people", "27 people")
    start = TEXT.index(MARK)
    (found,) = reanchor(cut(TEXT), cut(after), [(start, start + len(MARK))], limit=1e-9)
    assert found.fate in (Fate.SAME, Fate.MOVED)


WORDS = ["not", "never", "the", "consulate", "said", "he", "14", "😀", "no", "“", "”", ".", "\n\n"]


def edited(text: str, draw: random.Random) -> str:
    """The text after one to four changes as people, and programs, make them."""
    for _change in range(draw.randint(1, 4)):
        a, b = sorted(draw.randint(0, len(text)) for _side in range(2))
        b = min(b, a + draw.choice([1, 5, 40, 400]))
        kind = draw.choice(["insert", "delete", "replace", "move", "repeat", "case", "shuffle"])
        piece, rest = text[a:b], text[:a] + text[b:]
        if kind == "insert":
            text = f"{text[:a]} {draw.choice(WORDS)} {text[a:]}"
        elif kind == "delete":
            text = rest
        elif kind == "replace":
            text = text[:a] + draw.choice(WORDS) + text[b:]
        elif kind == "move":
            at = draw.randint(0, len(rest))
            text = rest[:at] + piece + rest[at:]
        elif kind == "repeat":
            text = text[:b] + piece + text[b:]
        elif kind == "case":
            text = text[:a] + piece.swapcase() + text[b:]
        else:
            sentences = text.split(". ")
            draw.shuffle(sentences)
            text = ". ".join(sentences)
    return text


@pytest.mark.parametrize("seed", range(20))
def test_after_fifty_random_edits_each_no_mark_stands_on_other_words(seed):
    """Twenty times fifty: a thousand. The rule itself is checked here, not the code's way to it."""
    draw = random.Random(seed)
    base = article() if seed % 2 else TEXT
    before = cut(base)
    followed = 0
    for _edit in range(50):
        spans = [draw.choice(list(before.sentences)) for _mark in range(3)]
        spans += [(a + (b - a) // 4, b - (b - a) // 4) for a, b in spans]
        spans = [(a, b) for a, b in spans if base[a:b].strip()]
        text = edited(base, draw)
        after = cut(text)
        for (a, b), found in zip(spans, reanchor(before, after, spans), strict=True):
            words = base[a:b]
            for proposal in found.proposals:
                assert text[proposal.start : proposal.end] == proposal.exact
            if found.fate not in FOLLOWED:
                assert (found.start, found.end) == (0, 0)
                continue
            followed += 1
            assert text[found.start : found.end] == words
            if text != base:
                assert base.count(words) == text.count(words) == 1
            if found.fate != Fate.CONTEXT:
                assert around(before, a, b) == around(after, found.start, found.end)
    assert followed > 50, "the edits leave most marks where they are"


def around(text: Cut, start: int, end: int) -> list[str]:
    return [text.text[a:b] for a, b in text.sentences if a < end and b > start]


def test_no_more_than_three_places_are_proposed_and_the_nearest_of_equal_ones_first():
    before = "One. He said no. Two."
    after = "One. He said no. Two. " + "He said no. " * 5
    found = one(before, after, "He said no")
    assert [(row.exact, row.likeness) for row in found.proposals] == [("He said no", 100)] * 3
    assert found.proposals[0].start == before.index("He said no")


def test_of_several_places_those_in_the_same_surroundings_come_first():
    before = "In May the mayor said no to them. In June she left."
    after = "A bird said no today. Then in May the mayor said no to them again. We said no."
    found = one(before, after, "said no")
    assert found.proposals[0].start == after.index("said no to them")


def test_words_too_unlike_are_not_proposed():
    found = one("It is so. The ferry sails on Sundays.", "It is so. Xq zw 12.", "The ferry sails")
    assert found == Outcome(Fate.ORPHAN)


def test_what_replaced_the_words_is_proposed_once():
    after = changed("We never asked them", "We never begged them")
    found = one(TEXT, after, MARK)
    assert proposed(found) == ["We never begged them to close the consulate general"]


def test_a_mark_longer_than_the_whole_new_text_has_no_alike():
    assert one(TEXT, "We.", MARK) == Outcome(Fate.ORPHAN)
