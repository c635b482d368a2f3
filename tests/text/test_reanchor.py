"""What becomes of marks when a text changes: followed only with their own words at one place."""

from __future__ import annotations

import random

import pytest

from annotations.text.folding import fold
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
    ],
    ids=["not", "ever", "never gone", "plural", "typo", "case"],
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
    words = "It was their initiative."
    found = one(TEXT, f"{TEXT} {words}", words)
    assert found.fate == Fate.PROPOSAL
    assert proposed(found) == [words, words]
    assert found.proposals[0].start == TEXT.index(words), "where it stood comes first"


def test_words_at_two_places_are_followed_by_a_sentence_that_stands_at_one():
    found = one(TEXT, TEXT + f" “{MARK}.”", MARK)
    assert (found.fate, found.start) == (Fate.SAME, TEXT.index(MARK))
    before = "The mill burned. Nobody was hurt, police said. The road is shut, police said."
    after = before.replace("The mill burned", "The old mill burned down")
    for at in (before.index("police"), before.rindex("police")):
        outcome = reanchor(cut(before), cut(after), [(at, at + 11)])[0]
        assert outcome.fate == Fate.SAME
        assert after[outcome.start - 7 : outcome.end] == before[at - 7 : at + 11]


def test_words_that_stood_twice_in_sentences_that_did_are_never_followed():
    words = "It was their initiative."
    before = f"{TEXT} {words}"
    assert one(before, TEXT, words).fate == Fate.PROPOSAL
    assert one(before, before + " So it is.", words).fate == Fate.PROPOSAL


RENTS = "Rents\n\nThe city looked. Rents rose by 8 per cent in May. The mayor did not answer."
OLD = "Rents rose by 8 per cent in May."


@pytest.mark.parametrize(
    "note",
    [
        f"Correction: an earlier version gave a wrong figure. It said the following.\n\n{OLD}",
        f"An earlier version said: “{OLD}”",
        f"Correction: “{OLD}” stood here. That was wrong.",
    ],
)
@pytest.mark.parametrize("words", [OLD, "Rents rose by 8", "8 per cent"])
def test_a_note_that_prints_the_old_sentence_again_never_takes_its_mark(note, words):
    after = RENTS.replace("8", "6") + f"\n\n{note}"
    found = one(RENTS, after, words)
    assert found.fate == Fate.PROPOSAL
    assert proposed(found)[:2] == [words.replace("8", "6"), words]


def test_a_note_that_prints_a_sentence_again_takes_no_mark_while_the_sentence_stands():
    after = RENTS + f"\n\nAn earlier version said: “{OLD.replace('8', '6')}”"
    assert one(RENTS, after, OLD).fate == Fate.SAME


def test_a_sentence_that_leans_on_a_changed_one_keeps_its_mark_by_design():
    before = "Anna Kerr was minister. She resigned."
    after = before.replace("Anna Kerr", "Joan Lister")
    assert one(before, after, "She resigned").fate == Fate.SAME


def test_a_sentence_that_moves_past_a_changed_one_like_it_is_followed():
    before = "Lead. In May rents rose by 8 per cent. In June rents rose by 7 per cent. The end."
    after = "Lead. In June rents rose by 9 per cent. The end. In May rents rose by 8 per cent."
    assert one(before, after, "In May rents rose by 8 per cent.").fate in FOLLOWED


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("He said: \"It's a 'great' plan.\"", "He said: “It’s a ‘great’ plan.”"),
        ("He said: “It’s a ‘great’ plan.”", "He said: \"It's a 'great' plan.\""),
        ("« Nous partons », dit-il", "“Nous partons”, dit-il"),
        (
            "''The roof -- what was left of it -- fell,'' he said",
            "“The roof—what was left of it—fell,” he said",
        ),
        ("a ﬁne oﬃce... in the harbour", "a fine office… in the harbour"),
        ("from 10-15 to 20-25 houses", "from 10–15 to 20–25 houses"),
    ],
)
def test_words_printed_with_other_marks_are_followed_whole_and_to_be_confirmed(before, after):
    around = "The mayor spoke on Monday. {}. Nobody asked a question about it."
    found = one(around.format(before), around.format(after), before)
    text = around.format(after)
    assert found.fate == Fate.CONTEXT
    assert text[found.start : found.end] == after


def test_part_of_a_sentence_that_stands_twice_is_followed_under_other_marks_too():
    before = "“We won,” police said. “We lost,” police said. The end."
    after = before.replace("“", '"').replace("”", '"')
    at = before.rindex("police said")
    found = reanchor(cut(before), cut(after), [(at, at + 11)])[0]
    assert (found.fate, found.start) == (Fate.CONTEXT, at)


def test_words_that_begin_such_a_sentence_are_followed_under_other_marks_too():
    before = "“We won,” police said. “We won,” they said. The end."
    after = before.replace("“", '"').replace("”", '"')
    at = before.rindex("“We won,”")
    found = reanchor(cut(before), cut(after), [(at, at + 9)])[0]
    assert (found.fate, after[found.start : found.end]) == (Fate.CONTEXT, '"We won,"')
    assert found.start == at


def test_signs_that_change_a_figure_are_no_other_way_to_print_it():
    for old, new in (("5", "5.5"), ("240¹ homes", "2401 homes"), ("8 %", "8 ‰")):
        before = f"There were {old} of them here. Nobody knew."
        assert one(before, before.replace(old, new), f"were {old} of").fate == Fate.PROPOSAL


def test_the_place_that_was_put_right_is_proposed_though_its_old_words_stand_elsewhere():
    before = "They raised 175 million in May. Others raised 175 million in June. The end."
    after = before.replace("raised 175 million in June", "raised 575 million in June")
    at = before.rindex("raised 175 million")
    found = reanchor(cut(before), cut(after), [(at, at + 18)])[0]
    assert proposed(found) == ["raised 575 million", "raised 175 million"]


def test_a_sign_written_out_is_proposed_with_all_of_its_words():
    before = "In May rents rose by 5% in the city. Nobody knew why."
    found = one(before, before.replace("5%", "5 per cent"), "rose by 5%")
    assert proposed(found)[0] == "rose by 5 per cent"


def test_words_inside_a_longer_word_are_not_the_same_words():
    found = one(TEXT, changed("4,000 visitors", "14,000 visitors"), "4,000 visitors")
    assert found.fate == Fate.PROPOSAL
    assert one("He was there. No.", "He was therefore. No.", "there").fate != Fate.CONTEXT
    assert one("Il a dit. Oui.", "Il a di\u0301t. Oui.", "a di").fate != Fate.CONTEXT


def test_before_the_first_word_of_a_text_there_is_no_other():
    before = "We won. They lost"
    found = one(before, f"Then it was over. {before}", "We won")
    assert found.fate == Fate.SAME
    assert found.start == len("Then it was over. ")


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
            now = text[found.start : found.end]
            assert bare(now) == bare(words)
            assert now == words or found.fate == Fate.CONTEXT
            if text != base:
                assert stands_alone(before, after, (a, b))
            if found.fate != Fate.CONTEXT:
                assert around(before, a, b) == around(after, found.start, found.end)
    assert followed > 50, "the edits leave most marks where they are"


def bare(words: str) -> str:
    return "".join(char for char in words if char.isalnum())


def stands_alone(before: Cut, after: Cut, mark: tuple[int, int]) -> bool:
    """Whether the words, or else their sentences, stand once before and after, as one reads."""
    rows = [row for row in before.sentences if row[0] < mark[1] and row[1] > mark[0]]
    for a, b in (mark, (rows[0][0], rows[-1][1])):
        words = fold(before.text[a:b]).text.strip()
        exact = before.text[a:b]
        if all(fold(cut.text).text.count(words) == 1 for cut in (before, after)):
            return True
        if all(cut.text.count(exact) == 1 for cut in (before, after)):
            return True
    return False


def around(text: Cut, start: int, end: int) -> list[str]:
    return [text.text[a:b] for a, b in text.sentences if a < end and b > start]


def test_no_more_than_three_places_are_proposed_and_the_nearest_of_equal_ones_first():
    before = "One. He said no. Two."
    after = "One. He said no. Two. " + "He said no. " * 5
    found = one(before, after, "He said no")
    assert [(row.exact, row.likeness) for row in found.proposals] == [("He said no", 100)] * 3
    assert found.proposals[0].start == before.index("He said no")


def test_of_places_in_the_same_surroundings_the_nearest_come_first():
    said = "He said no. "
    before = said * 20
    at = 10 * len(said)
    found = reanchor(cut(before), cut(f"{before}More."), [(at, at + 10)])[0]
    assert [row.start - at for row in found.proposals] == [0, -len(said), len(said)]


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


def test_a_long_text_full_of_spaces_and_marks_is_folded_in_one_pass():
    for unit in (" ", "“ ", "- ", "a ", ". "):
        text = f"Start {unit * 200_000}end"
        folded = fold(text)
        assert len(folded.text) == len(folded.starts) == len(folded.ends)
        assert (folded.starts[0], folded.ends[-1]) == (0, len(text))
