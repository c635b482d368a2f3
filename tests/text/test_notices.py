"""What is pointed out to the person who looks over a cut text."""

import pytest

from annotations.text.notices import LONG, Oddity, notices
from annotations.text.sentences import split


def found(text: str, kind: Oddity) -> list[int]:
    return [notice.sentence for notice in notices(text, split(text)) if notice.kind is kind]


@pytest.mark.parametrize(
    ("text", "unclosed"),
    [
        pytest.param("He said “stop. She left.", [0], id="curly"),
        pytest.param("He left. She said “stop. They left.", [1], id="in the second sentence"),
        pytest.param("He said “stop.” She left.", [], id="closed"),
        pytest.param("“We came. We saw,” he said.", [], id="closed in another sentence"),
        pytest.param("“We came.\n“We saw.”", [], id="goes on in the next paragraph"),
        pytest.param("“We came.\nWe saw.”", [0], id="the next paragraph does not open"),
        pytest.param("It “is stalled.\n“We saw.”", [0], id="a fragment does not go on"),
        pytest.param("“A “b” c.", [0], id="the outer of two"),
        pytest.param('He said "stop. She left.', [0], id="straight"),
        pytest.param('He said "stop." A 6" pipe.', [], id="an inch"),
        pytest.param("Il dit « oui. Elle part.", [0], id="guillemets"),
        pytest.param("Il dit « oui ». Elle part.", [], id="guillemets closed"),
        pytest.param("»Ja«, sagte er. »Nein.", [1], id="guillemets reversed"),
        pytest.param("„Ja“, sagte er. „Nein.", [1], id="German"),
        pytest.param("他说：「走。我们走了。", [0], id="corner brackets"),
        pytest.param("We don’t ‘know’ it’s so.", [], id="apostrophes"),
        pytest.param("He said stop.” She left.", [], id="a closing mark too many"),
    ],
)
def test_a_quotation_left_open_is_pointed_out_where_it_opens(text, unclosed):
    assert found(text, Oddity.UNCLOSED_QUOTE) == unclosed


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        pytest.param("I don’t know. – It’s up to them.", [1], id="a turn in a paragraph"),
        pytest.param("— Да.\n— Нет.", [0, 1], id="turns as paragraphs"),
        pytest.param("Yes. - No.", [1], id="a hyphen in a paragraph"),
        pytest.param("- an item.", [], id="a list item"),
        pytest.param("Houses – big ones – fell.", [], id="a dash inside"),
    ],
)
def test_a_sentence_that_starts_with_a_dash_is_pointed_out(text, flagged):
    assert found(text, Oddity.STARTS_WITH_DASH) == flagged


def test_a_very_long_sentence_is_pointed_out():
    assert found("a" * LONG, Oddity.VERY_LONG) == []
    assert found("Yes.\n" + "a" * (LONG + 1), Oddity.VERY_LONG) == [1]


@pytest.mark.parametrize(
    ("heading", "language", "states"),
    [
        ("Rents rose by 8 per cent", "en", True),
        ("The town closed 3 of its schools", "en", True),
        ("Results of the year 2024", "en", False),
        ("Chapter 3 is", "en", False),
        ("Rents rose in the town", "en", False),
        ("Die Mieten stiegen um 8 Prozent", "de", True),
        ("Die Ergebnisse des Jahres 2024", "de", False),
        ("Цены на жильё выросли на 8 процентов", "ru", True),
        ("Les loyers augmentent de 8 pour cent", "fr", True),
        ("Kira fiyatları yüzde 8 arttı", "xx", True),
    ],
)
def test_a_heading_with_a_figure_and_a_verb_is_pointed_out(heading, language, states):
    text = f"{heading}\n\nThe office said so on Monday. Nobody asked."
    kinds = [row.kind for row in notices(text, split(text, language), language)]
    assert (Oddity.HEADING_STATES in kinds) is states


def test_text_that_states_a_figure_is_no_heading_to_point_out():
    assert found("Title\n\nRents rose by 8 per cent. It is so.", Oddity.HEADING_STATES) == []
