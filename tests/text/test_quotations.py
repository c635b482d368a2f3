"""Quotations: their spans, rule by rule, in every language, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.text.characters import extends
from annotations.text.languages import LANGUAGES
from annotations.text.quotations import MAX_QUOTATIONS, Form, Quotation, quotations
from annotations.text.sentences import split
from tests.text.samples import article

# The first item says which rule; then the text, and the pieces of each quotation in order.
CASES = [
    ("curly", "en", "He said, “We go,” and left.", [["“We go,”"]]),
    ("straight", "en", 'He said, "We go," and left.', [['"We go,"']]),
    ("single", "en", "He said, ‘We go,’ and left.", [["‘We go,’"]]),
    ("straight single", "en", "He said, 'We go,' and left.", [["'We go,'"]]),
    ("guillemets", "fr", "Il dit : « Partons. » Puis il part.", [["« Partons. »"]]),
    ("German", "de", "Er sagte: „Wir gehen.“ Dann ging er.", [["„Wir gehen.“"]]),
    ("German books", "de", "»Wir gehen«, sagte er.", [["»Wir gehen«"]]),
    ("Swedish", "sv", "”Vi går”, sade han.", [["”Vi går”"]]),
    ("Polish", "pl", "Powiedział: „Idziemy”.", [["„Idziemy”"]]),
    ("Russian", "ru", "Он сказал: «Идём». Все молчали.", [["«Идём»"]]),
    ("Chinese", "zh", "他说：“我们走。”然后他走了。", [["“我们走。”"]]),
    ("corner brackets", "zh", "他說：「我們走。」", [["「我們走。」"]]),
    ("Arabic", "ar", "قال: «سنذهب». ثم ذهب.", [["«سنذهب»"]]),
    ("several sentences", "en", "“We go. We win,” he said.", [["“We go. We win,”"]]),
    (
        "interrupted",
        "en",
        "“We go,” he said, “and we win.”",
        [["“We go,”", "“and we win.”"]],
    ),
    (
        "interrupted in Arabic",
        "ar",
        "«لا أحد يسألنا»، تقول ريم سعد، «ونحن نعرف».",
        [["«لا أحد يسألنا»", "«ونحن نعرف»"]],
    ),
    (
        "interrupted in Chinese",
        "zh",
        "“菜都烂了，”马秀兰告诉记者，“谁来赔我们？”",
        [["“菜都烂了，”", "“谁来赔我们？”"]],
    ),
    (
        "led up to, and then another's, in Chinese",
        "zh",
        "王明说：“船回来了。”李红说，“我们很高兴。”",
        [["“船回来了。”"], ["“我们很高兴。”"]],
    ),
    (
        "interrupted between sentences",
        "en",
        "“We go,” said Ann Lee. “We win.”",
        [["“We go,”", "“We win.”"]],
    ),
    (
        "two speakers",
        "en",
        "“We go,” said Ann. “We stay,” said Ben.",
        [["“We go,”"], ["“We stay,”"]],
    ),
    (
        "two words of one speaker",
        "en",
        "Lee called it “bad” and said that “nobody” came.",
        [["“bad”"], ["“nobody”"]],
    ),
    (
        "a word held at arm's length is not gone on with",
        "en",
        "It was a “smart” plan, Lee said. “Nobody came.”",
        [["“smart”"], ["“Nobody came.”"]],
    ),
    ("nested", "en", "“He said, ‘Go,’” she said.", [["“He said, ‘Go,’”"], ["‘Go,’"]]),
    (
        "nested with the same marks",
        "ru",
        "«Завод «Сталь» стоит», — сказал он.",
        [["«Завод «Сталь» стоит»"], ["«Сталь»"]],
    ),
    (
        "apostrophes",
        "en",
        "‘The workers’ rights aren’t safe,’ he said.",
        [["‘The workers’ rights aren’t safe,’"]],
    ),
    ("years and elisions", "en", "In the ’90s rock ’n’ roll was the boss’ music.", []),
    ("inches", "en", 'It is 6" by 4" and no more.', []),
    ("inch in a quotation", "en", 'He said "it is 6 feet" and left.', [['"it is 6 feet"']]),
    (
        "several paragraphs",
        "en",
        "He said: “One.\n\n“Two.\n\n“Three,” and left.",
        [["“One.", "“Two.", "“Three,”"]],
    ),
    (
        "a paragraph that does not open again",
        "en",
        "“One. Two.\n\nThree,” he said.",
        [["“One. Two.", "Three,”"]],
    ),
    ("unclosed fragment", "en", "The plan “is stalled. He left.", [["“is stalled."]]),
    ("unclosed sentences", "en", "“We go. We win.\n\nNobody spoke.", [["“We go. We win."]]),
    (
        "unclosed, then another",
        "en",
        "The plan is “dead. He said, “We go,” and left.",
        [["“dead."], ["“We go,”"]],
    ),
    (
        "dash after a quotation",
        "en",
        "“I go,” he said. – It is late.",
        [["“I go,”"], ["It is late."]],
    ),
    (
        "dialogue",
        "ru",
        "— Ты идёшь?\n— Нет, — сказал он. — Я устал.",
        [["Ты идёшь?"], ["Нет", "Я устал."]],
    ),
    (
        "Spanish dialogue",
        "es",
        "—¿Vienes?\n—No —dijo él—. Estoy cansado.",
        [["¿Vienes?"], ["No", "Estoy cansado."]],
    ),
    (
        "French dialogue",
        "fr",
        "— Tu viens ?\n— Non, dit-il. Je dors.",
        [["Tu viens ?"], ["Non", "Je dors."]],
    ),
    ("a list is no dialogue", "fr", "– trois œufs\n– du lait", []),
    (
        "transcript",
        "en",
        "CHAIR: Order.\nMR. LEE: Thank you. I rise.\nCHAIR: Go on.",
        [["Order."], ["Thank you. I rise."], ["Go on."]],
    ),
    (
        "a turn of two paragraphs",
        "en",
        "Hearing\n\nCHAIR: Order.\n\nNow we vote.\n\nMR. LEE: Aye.\n\nCHAIR: So it is.",
        [["Order.", "Now we vote."], ["Aye."], ["So it is."]],
    ),
    ("labels of a page", "en", "Note: it rained.\nSource: the office.\nUpdate: it stopped.", []),
    ("one label", "en", "Result: nobody came.\nIt rained.\nThey left.", []),
]


def found(text: str, language: str = "en") -> list[Quotation]:
    return quotations(text, split(text, language), language)


def pieces(text: str, language: str = "en") -> list[list[str]]:
    return [
        [text[piece.start : piece.end] for piece in one.pieces] for one in found(text, language)
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [pytest.param(*case[1:], id=f"{case[1]}: {case[0]}") for case in CASES],
)
def test_quotations_are_found_as_a_reader_finds_them(language, text, expected):
    assert pieces(text, language) == expected


def test_a_mark_that_nothing_closes_is_said_to_be_so():
    text = "The plan “is stalled. “We go,” he said."
    assert [one.is_closed for one in found(text)] == [False, True]


def test_a_quotation_of_several_paragraphs_is_closed_by_the_last():
    assert [one.is_closed for one in found("“One.\n\n“Two.”")] == [True]
    assert [one.is_closed for one in found("“One.\n\n“Two.")] == [False]


def test_a_quotation_within_another_knows_how_deep_it_is():
    text = "“He said, ‘They wrote: “No.”’” Then she left."
    assert [(one.depth, text[one.start]) for one in found(text)] == [(0, "“"), (1, "‘"), (2, "“")]


def test_what_is_quoted_in_a_turn_is_within_it():
    text = "Q: Why?\nA: He said “no” and left.\nQ: When?"
    assert [(one.form, one.depth) for one in found(text)] == [
        (Form.LABEL, 0),
        (Form.LABEL, 0),
        (Form.MARKS, 1),
        (Form.LABEL, 0),
    ]


def test_a_label_is_a_span_of_its_own():
    text = "CHAIR: Order.\nDR. VALE (by telephone): I am here.\nCHAIR: Good."
    labels = [text[slice(*one.label)] for one in found(text) if one.label]
    assert labels == ["CHAIR", "DR. VALE", "CHAIR"]


def test_the_sample_article_is_quoted_exactly():
    text = article()
    assert [
        (one.form, one.is_closed, text[one.start : one.end][:16], text[one.end - 8 : one.end])
        for one in found(text)
    ] == [
        (Form.MARKS, False, "“is stalled.", "stalled."),
        (Form.MARKS, True, "“We have a bilat", " large,”"),
        (Form.MARKS, True, "“We’ve asked the", "ed now,”"),
        (Form.MARKS, True, "“They said that ", "ntages,”"),
        (Form.MARKS, True, "“We never asked ", "sed it,”"),
        (Form.DASH, True, "It’s up to them,", "mission."),
    ]


TRICKY = st.lists(
    st.sampled_from(
        [*" \n\n.!?…”“\"'«»„‘’「」—–-:,aAбБ中1", " said ", " he ", "Lee ", "\n— ", "A: "]
    )
    | st.characters()
).map("".join)


@given(TRICKY, st.sampled_from(sorted(LANGUAGES)))
@example("“a\n\n“b\n\n“", "en")
@example("“ «a” b»", "fr")
@example("«", "ru")
@example("A: b\nA: “c\nA: d", "en")
def test_every_piece_is_words_of_the_text_and_pieces_come_in_order(text, language):
    sentences = split(text, language)
    starts = []
    for one in quotations(text, sentences, language):
        starts.append(one.start)
        end = 0
        for piece in one.pieces:
            assert end <= piece.start < piece.end <= len(text)
            assert text[piece.start : piece.end].strip()
            end = piece.end
    assert starts == sorted(starts)


@given(TRICKY)
@example("“a”\u0301 b")
@example("“A b\n\nc”\u0301 d")
@example("“a\n\n“b”\u200d c")
def test_no_piece_between_marks_cuts_a_grapheme_cluster(text):
    for one in found(text):
        if one.form is not Form.MARKS:
            continue
        for piece in one.pieces:
            assert piece.end == len(text) or not extends(text[piece.end])


@given(TRICKY)
def test_quotations_of_one_depth_do_not_overlap(text):
    by_depth: dict[int, int] = {}
    for one in quotations(text, split(text)):
        for piece in one.pieces:
            if len(one.pieces) == 1:
                assert piece.start >= by_depth.get(one.depth, 0)
                by_depth[one.depth] = piece.end


def test_a_paragraph_yields_no_more_than_is_allowed():
    text = "He said “no” and “yes” now. " * 500
    assert len(found(text)) == MAX_QUOTATIONS
