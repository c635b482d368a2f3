"""What search shows of a text around the words that were looked for."""

from __future__ import annotations

import pytest

from annotations.queries.catalogue import CLOSE, OPEN, pieces


@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        ("schools. The League tested 64 pupils before the [baths] closed", "… {} …"),
        ("The [baths] closed on 14 February.", "{}"),
        ("“The [baths] closed.”", "{}"),
        ("14 [baths] were open", "{} …"),
        ("the [baths] closed.", "… {}"),
        ("هذه [الحمامات] قديمة؟", "{}"),
        ("发言人说[没有]。", "{}"),
    ],
)
def test_words_cut_out_of_a_sentence_say_so(headline, shown):
    found = pieces(headline.replace("[", OPEN).replace("]", CLOSE))
    words = headline.replace("[", "").replace("]", "")
    assert "".join(piece["text"] for piece in found) == shown.format(words)
    assert [piece["text"] for piece in found if piece["hit"]] == [
        headline[headline.index("[") + 1 : headline.index("]")]
    ]


def test_what_is_left_out_between_two_passages_is_said_alike():
    (piece,) = pieces("One came. ... Another came.")
    assert piece["text"] == "One came. … Another came."
