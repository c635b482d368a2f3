"""Where paragraphs end and which of them are headings."""

import textwrap

import pytest

from annotations.text.sentences import ParagraphKind, split

BODY = "The minister spoke for an hour in Moscow on Monday. Nobody in the hall asked him anything."
LONG = (
    "The city council voted on Tuesday to close the old bridge, which engineers had called unsafe "
    "since the spring. Traffic will be led over the new bridge. Mr. Lee, who leads the council, "
    "said that nobody had been asked. Residents of the eastern quarter plan to protest on Friday."
)


def headings(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split(text) if s.kind is ParagraphKind.HEADING]


def paragraph_count(text: str) -> int:
    return split(text)[-1].paragraph + 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(f"A title\n\n{BODY}", ["A title"], id="first line before a blank one"),
        pytest.param(f"It ends.\n\n{BODY}", [], id="a first line with a full stop is a sentence"),
        pytest.param(
            f"I am proud to be here tonight.\n\n{BODY}", [], id="the first sentence of a speech"
        ),
        pytest.param(f"Is it over?\n\n{BODY}", ["Is it over?"], id="a title that asks"),
        pytest.param(
            f"Ferry row in the U.S.\n\n{BODY}", ["Ferry row in the U.S."], id="a title ends short"
        ),
        pytest.param(
            f"And now you’re different. It’s like your mother left —\n\n{BODY}",
            [],
            id="a turn that ends in a dash",
        ),
        pytest.param(
            f"Excellent care!!! Highly recommended\n\n{BODY}", [], id="a cry and what follows it"
        ),
        pytest.param(f"{BODY}\n\nShe became a vegan. [24]\n\n{BODY}", [], id="a reference"),
        pytest.param(f"{BODY}\n\nShe left. [note 2][a]\n\n{BODY}", [], id="references"),
        pytest.param(f"{BODY}\n\n[24]\n\n{BODY}", ["[24]"], id="nothing but a reference"),
        pytest.param(f"The end [2]\n\n{BODY}", ["The end [2]"], id="a heading with a reference"),
        pytest.param(
            f"Wages rise\n\nThe council said on Monday that 260 homes were built\n"
            f"in the harbour last year.\n\n{BODY}",
            ["Wages rise"],
            id="a paragraph wrapped to two lines",
        ),
        pytest.param(f"Is it? A guide\n\n{BODY}", ["Is it? A guide"], id="title in two parts"),
        pytest.param(f"He came. She left.\n\n{BODY}", [], id="several sentences are no title"),
        pytest.param("x" * 100 + f".\n\n{BODY}", [], id="a long sentence is no title"),
        pytest.param("x" * 200 + f"\n\n{BODY}", ["x" * 200], id="the longest title"),
        pytest.param("x" * 201 + f"\n\n{BODY}", [], id="too long for a title"),
        pytest.param(f"A title\n{BODY}", ["A title"], id="short line before running text"),
        pytest.param(f"{BODY}\n\nA part\n{BODY}", ["A part"], id="heading within"),
        pytest.param(f"{BODY}\nA part\n{BODY}", ["A part"], id="heading between lines"),
        pytest.param(f"{BODY}\n\nA part\n\n{BODY}", ["A part"], id="heading alone"),
        pytest.param(f"{BODY}\n\nThe end", [], id="nothing follows"),
        pytest.param("Only this", [], id="a text of one line"),
        pytest.param(f"{BODY}\nHe left.\n{BODY}", [], id="a full stop"),
        pytest.param(f"{BODY}\nHe left.¹²\n{BODY}", [], id="a full stop with a note"),
        pytest.param(f"{BODY}\nHe said:\n{BODY}", [], id="a colon"),
        pytest.param(
            f"{BODY}\nThe guests in the hall that evening included:\n{BODY}",
            [],
            id="a list follows",
        ),
        pytest.param(f"Moscow 12\nParis 13\n{BODY}", [], id="a table before running text"),
        pytest.param(f"{BODY}\n- an item\n{BODY}", [], id="a list item"),
        pytest.param(f"{BODY}\n1. An item\n{BODY}", [], id="a numbered item"),
        pytest.param(f"{BODY}\nCHAIR: Well\n{BODY}", [], id="a speaker"),
        pytest.param(f"{BODY}\nand so on\n{BODY}", [], id="a small letter"),
        pytest.param("Moscow 12\nParis 13\nRome 14", [], id="a table of figures"),
        pytest.param(f"{BODY}\n\n## A part.\n{BODY}", ["## A part."], id="marked as in Markdown"),
        pytest.param(f"{BODY}\n\n* * *\n\n{BODY}", ["* * *"], id="a rule of stars"),
        pytest.param(f"О городе\n\n{BODY}", ["О городе"], id="Cyrillic"),
        pytest.param("会谈\n\n俄罗斯外长说。会谈停滞。", ["会谈"], id="Chinese"),
    ],
)
def test_headings_are_told_from_running_text(text, found):
    assert headings(text) == found


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ("The council said on Monday that 260 homes were built\nlast year in the town.", 1),
        ("They were told about it by the mayor, and then by the\nCouncil of the town.", 1),
        ("The council said that last year it had built 300 homes in\nMarch.", 1),
        ("Le conseil a dit que trois cents logements ont été bâtis par la\nVille.", 1),
        ("The council said that last year it had built 300 homes\nMayor Lee said so.", 2),
        (
            "Unemployment fell to 3.1 per cent in May, says Lee\nWages in the town rose by 2.1.",
            2,
        ),
        ("Roses are red\nviolets are blue.", 2),
    ],
)
@pytest.mark.parametrize("around", ["{}", f"{BODY}\n\n{{}}\n\n{BODY}", "A title\n\n{}"])
def test_running_text_of_two_lines_is_no_heading(lines, count, around):
    text = around.format(lines)
    assert headings(text) == (["A title"] if around.startswith("A title") else [])
    at = text.index(lines)
    inside = [s for s in split(text) if at <= s.start < at + len(lines)]
    assert len({s.paragraph for s in inside}) == count


def test_a_heading_is_one_sentence():
    assert len(split(f"U.S. leaves? Why? What now\n\n{BODY}")) == 1 + 2


def test_every_line_end_ends_a_paragraph():
    assert paragraph_count("He came.\nShe left.\nThey met.") == 3


@pytest.mark.parametrize("width", [45, 60, 72, 80, 100])
def test_a_text_wrapped_by_hand_is_joined_into_its_paragraphs(width):
    wrapped = "\n\n".join(textwrap.fill(LONG, width) for _ in range(2))
    sentences = split(wrapped)
    assert [sentence.paragraph for sentence in sentences] == [0, 0, 0, 0, 1, 1, 1, 1]
    assert wrapped[sentences[0].start : sentences[0].end].replace("\n", " ") == LONG[:110]


def test_a_heading_above_a_wrapped_paragraph_stays_apart():
    text = "The bridge\n" + textwrap.fill(LONG, 70)
    assert headings(text) == ["The bridge"]
    assert paragraph_count(text) == 2


def test_wrapped_paragraphs_under_each_other_stay_apart():
    wrapped = textwrap.fill(LONG, 50)
    assert paragraph_count(f"{wrapped}\n{wrapped}\n{wrapped}") == 3


def test_a_short_wrapped_paragraph_is_joined_when_another_shows_the_width():
    text = textwrap.fill(LONG, 70) + "\n\n" + textwrap.fill(LONG[:110], 70)
    assert paragraph_count(text) == 2


def test_list_items_among_wrapped_lines_stay_apart():
    item = textwrap.fill("- " + LONG[:110], 70)
    assert paragraph_count(textwrap.fill(LONG, 70) + f"\n\n{item}\n{item}") == 3


@pytest.mark.parametrize(
    "odd", ["- who", "— who", "R. Lee", "(c. 1580) Lee", "Leeds N.Y. Image: Lee"]
)
def test_a_wrapped_line_that_begins_like_a_list_item_or_a_label_goes_on(odd):
    above = textwrap.fill(LONG, 72)
    width = max(map(len, above.splitlines()))
    first = f"The {'old ' * 20}"[: width - 1] + "d"
    text = f"{above}\n\n{first}\n{odd} said so on Monday, and nobody in the hall\nasked."
    assert paragraph_count(text) == 2


def test_list_items_as_long_as_the_lines_are_wrapped_stay_apart():
    items = "\n".join(["- " + "x" * 68] * 3)
    assert paragraph_count(textwrap.fill(LONG, 70) + f"\n\n{items}") == 4


def test_lines_of_like_length_that_are_sentences_are_not_joined():
    line = "This sentence is just as long as the others in this text are, yes."
    assert paragraph_count("\n".join([line] * 5)) == 5


def test_spaces_around_lines_lie_between_the_spans():
    text = "  He came.  \n   \n\t She left. "
    assert [text[s.start : s.end] for s in split(text)] == ["He came.", "She left."]


def test_a_text_of_spaces_has_no_sentence():
    assert split(" \n\n ") == split("") == []
