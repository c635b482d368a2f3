"""How US news names who speaks: kinds missing in `tests/data/texts/en/us-*`, each invented."""

from __future__ import annotations

import pytest

from annotations.text.people import Told
from annotations.text.quotations import quotations
from annotations.text.sentences import split
from annotations.text.speakers import Rule, attributions
from tests.text import speaking

SAID = [
    # A role in small letters stands between a capital and the name.
    ("Board member Ann Lee, who voted no, called it “a mess.”", "Ann Lee"),
    ("Defense lawyer Ann Lee called it “a mess.”", "Ann Lee"),
    ("Halden chief financial officer Tom Cole said it was “dead.”", "Tom Cole"),
    # Bare plurals of two words; one, two or some of several.
    ("Court officials said the list was “lost.”", "Court officials"),
    ("On Monday, union leaders called it “a mess.”", "union leaders"),
    ("Outside, one father called it “a mess.”", "one father"),
    ("Two of the nurses called it “a mess.”", "Two of the nurses"),
    ("“We go,” another of them said.", "another of them"),
    # The verb ends the sentence, or is none of the usual ones.
    ("“We go,” Cole fumed.", "Cole"),
    ("“We go,” Ann Lee, who was there and left early, remembered.", "Ann Lee"),
    ("“We go,” Ann Lee protested.", "Ann Lee"),
    ("Ann Lee believed it was “a mess.”", "Ann Lee"),
    ("Ann Lee likened it to “a long war.”", "Ann Lee"),
    ("Critics argue that it is “a mess.”", "Critics"),
    ("Ann Lee, who used to tell us that it was “a mess,” left.", "Ann Lee"),
    ("“We go,” Ann Lee went on.", "Ann Lee"),
    ("The vote ended what Ann Lee called “a dirty trick.”", "Ann Lee"),
    ("It was built in what Mayor Ann Lee described as “a great hurry.”", "Ann Lee"),
    # Whoever announced it is who says it, too.
    (
        "Hill College drops its motto, President Ann Lee announced Monday, saying it was “old.”",
        "Ann Lee",
    ),
    # Where and when stands first, without a comma.
    ("At a meeting on Monday the governor promised to be “fast and fair.”", "the governor"),
    ("On Monday Ann Lee promised to be “fast and fair.”", "Ann Lee"),
    ("At a meeting on Monday residents promised to be “fast and fair.”", "residents"),
]


def told_of(text: str) -> list[tuple[str, Rule, Told]]:
    made = attributions(text, split(text, "en"), language="en")
    return [(one.name, one.rule, one.told) for one in made if one.quotation is not None]


def passed_on(text: str) -> list[str]:
    made = attributions(text, split(text, "en"), language="en")
    return [one.name for one in made if one.quotation is None]


@pytest.mark.parametrize(("text", "name"), SAID)
def test_the_speaker_of_a_quotation_is_named(text, name):
    assert [one[0] for one in told_of(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        # What somebody is told, and what nobody says.
        "Ann Lee was told it was “a mess” on Monday.",
        "Ann Lee has not said whether it is “a mess.”",
        "The mill is called “the Old Lady.”",
        "Ann Lee declined to say how it became “a mess.”",
        "And on page 12 you write that it was “a mess.”",
    ],
)
def test_what_is_told_to_somebody_or_not_said_has_no_speaker(text):
    assert told_of(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("She was told on Monday to wait three more years.", []),
        ("Gov. Ann Lee has not said whether she will sign it.", []),
        ("Her hearing was put off, court officials said.", ["court officials"]),
        ("Environmental groups say it should never have worked.", ["Environmental groups"]),
        ("Ann Lee said she disagreed.", ["Ann Lee"]),
        ("Two of the owners said they would support a ban.", ["Two of the owners"]),
    ],
)
def test_who_passes_words_on_is_named(text, names):
    assert passed_on(text) == names


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("“It is late,” Cole ruled. “Count it.”", 2),
        ("“It is late,” fumed Ann Lee. “Count it.”", 2),
        ("“It is late,” she began. “Count it.”", 2),
        ("He likes “The Bridge,” a painted room. “Count it,” he said.", 1),
    ],
)
def test_a_quotation_goes_on_after_any_verb_of_its_tag(text, pieces):
    assert len(quotations(text, split(text, "en"), "en")[0].pieces) == pieces


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # He is not who tells of him.
        ("Wayne Cole came. “He looked up and said, ‘Go home, Ann,’” Lee testified.", "Wayne Cole"),
        # A sentence whose quotation nobody says names who the next is about.
        (
            "Bruce Lee left.\n\nCoach Stan Cole loved “the Barn.” He said it was “dead.”",
            "Stan Cole",
        ),
        ("Tom Bell left.\n\nCole’s mother, Lorraine, works nights. “Flu,” she said.", "Lorraine"),
        ("Ann Bell left. “It is late,” said Doug Cole.\n\n“I know,” she told him.", "Ann Bell"),
        ("Ann Bell met Marcus Cole. “It is late,” he said.", "Marcus Cole"),
    ],
)
def test_a_pronoun_means_whoever_it_fits(text, name):
    assert [one[0] for one in told_of(text) if one[2] is Told.PRONOUN] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Tom Cole, the agency’s general manager, came. Asked why, the manager said, “We go.”",
        "Tom Cole, 61, a retired welder, came. Asked why, the welder said, “We go.”",
        "Tom Cole is the mayor of Leeds. Asked why, the mayor said, “We go.”",
        "A welder named Tom Cole came. Asked why, the welder said, “We go.”",
    ],
)
def test_a_description_means_whom_the_text_describes_so(text):
    assert told_of(text) == [("Tom Cole", Rule.BEFORE, Told.DESCRIPTION)]


def test_each_way_to_name_somebody_is_read_in_each_way_to_say_that_they_spoke():
    otherwise = list(speaking.otherwise())
    assert len(speaking.NAMED) * len(speaking.SPOKEN) > 4000
    assert len(otherwise) <= 11, otherwise
