"""What is said in subtitles, whatever tags set it: voices, readings, italics, colours, times."""

from __future__ import annotations

import pytest

from annotations.formats import subtitles
from annotations.formats.plain import Document


def vtt(*cues: str) -> Document:
    shown = [
        f"{n}\n00:00:{n:02}.000 --> 00:00:{n + 1:02}.000 align:start position:10%\n{cue}\n"
        for n, cue in enumerate(cues, 1)
    ]
    head = "WEBVTT - harbour\n\nSTYLE\n::cue(v) { color: lime }\n\nREGION\nid:a\n\nNOTE 1\n"
    return subtitles.read("\n".join([head, *shown]).encode(), "", "en")


def lines(*cues: str) -> list[str]:
    return vtt(*cues).text.split("\n\n")


@pytest.mark.parametrize(
    ("cue", "words"),
    [
        ("It is <i>not</i> <b>so</b> <u>at</u> <i.foreign>all</i>.", "It is not so at all."),
        ("It is <c.loud.bg_blue>not</c> <lang en-GB>so</lang>.", "It is not so."),
        ('<font color="#ff0000" face="x">It is so.</font>', "It is so."),
        ("{\\an8}It {i}is{/i} {\\c&H00FF00&}so.", "It is so."),
        ("<ruby>漢字<rt>かんじ</rt></ruby> is so.", "漢字(かんじ) is so."),
        ("<ruby.a>漢<rt>かん</rt>字<rt>じ</rt></ruby> is.", "漢(かん)字(じ) is."),
        ("<ruby>漢字<rt></rt></ruby> is so.", "漢字 is so."),
        ("It <00:00:01.500>is <00:01.750><c>so</c>.", "It is so."),
        ("Tom &amp; Ann&nbsp;&lt;so&gt; it&#39;s &eacute", "Tom & Ann <so> it's &eacute"),
        ("It is 5 < 6 and 7 > 6.", "It is 5 < 6 and 7 > 6."),
        ("AT&amp;lt; is so.", "AT&lt; is so."),
        ("2<i>40</i> homes.", "240 homes."),
        ("240<ruby>1<rt>2</rt></ruby>3 homes.", "240 1(2)3 homes."),
        ("24<00:00:01.500>0 homes.", "240 homes."),
    ],
)  # fmt: skip
def test_what_the_tags_of_a_subtitle_become(cue, words):
    assert vtt(cue).text == words
    srt = f"1\n00:00:01,000 --> 00:00:02,000 X1:1 X2:9\n{cue}\n"
    assert subtitles.read(srt.encode(), "", "en").text == words


def test_each_voice_of_a_subtitle_is_a_turn_and_its_name_is_said_once():
    assert lines(
        "<v Ann Lee>It is so.</v>\n<v.loud Tom Cole>It is <i>not</i>.</v>",
        "<v Tom Cole>Ask him.",
        "<v Tom Cole>He knows\nit all. <v Ann Lee>No.",
    ) == [
        "Ann Lee: It is so.",
        "Tom Cole: It is not. Ask him. He knows it all.",
        "Ann Lee: No.",
    ]


def test_a_voice_that_goes_on_over_two_lines_is_one_turn():
    assert lines("<v Ann Lee>The ferry\nis back.</v>") == ["Ann Lee: The ferry is back."]


def test_dashes_before_each_of_two_are_turns_and_a_dash_alone_is_none():
    assert lines("It was late.", "- Is it so?\n- It is.", "And so on.") == [
        "It was late.",
        "- Is it so?",
        "- It is. And so on.",
    ]
    assert lines("It was late\n- as ever.") == ["It was late - as ever."]
    assert lines("-5 degrees\n-6 degrees.") == ["-5 degrees -6 degrees."]


def test_names_in_capitals_begin_turns_within_a_subtitle_and_a_verb_with_a_colon_does_not():
    assert lines("ANN: It is so.\nTOM: It is not.") == ["ANN: It is so.", "TOM: It is not."]
    assert lines("and then\nHe told me: it is so.") == ["and then He told me: it is so."]


def test_a_time_is_that_of_the_subtitle_a_sentence_begins_in():
    found = vtt("- Is it so?\n- It is", "as it was. Yes.")
    assert [found.text[row.start : row.end] for row in found.sentences] == [
        "- Is it so?", "- It is as it was.", "Yes.",
    ]  # fmt: skip
    assert found.places == ("00:00:01", "00:00:01", "00:00:02")
