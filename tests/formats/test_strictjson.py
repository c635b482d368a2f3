"""JSON from outside is read in whole, or refused with what and where; never a traceback."""

from __future__ import annotations

import pytest

from annotations.formats import strictjson
from annotations.text.canonical import BadText


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"a": 1,\n "b": }', "Line 2, character 7: this is no JSON"),
        (b'{"a": "\xff"}', "Byte 8 (line 1) is not valid UTF-8"),
        (b'{"a":\n NaN}', "Line 2: NaN is no number that fits"),
        (b'{"a": -Infinity}', "-Infinity is no number"),
        (b"[1,\n18446744073709551616]", "Line 2: 18446744073709551616 is no number"),
        (b"[" + b"9" * 5000 + b"]", "9 is no number that fits"),
        (b"[1e999]", "1e999 is no number"),
        (b'{"a": {"b": [1, "\\ud800"]}}', "“/a/b/1” holds U+D800"),
        (b'{"a/b": "\\u0000"}', "“/a~1b” holds U+0000"),
        (b'{"a": 1,\n"a": 2}', "the key “a” stands twice"),
        (b"[" * 101 + b"]" * 101, "nested deeper than 100"),
        (b"[" * 100_000, "nested deeper than 100"),
        (b" " * (10 * 1024 * 1024) + b"1", "the limit is 10 MB"),
        (b"", "The text is empty"),
    ],
)
def test_what_is_no_good_json_is_refused_with_what_and_where(data, words):
    with pytest.raises(BadText) as refused:
        strictjson.read(data)
    assert words in str(refused.value)


def test_what_is_good_is_read_as_it_is():
    assert strictjson.read(b'{"a": ["\\ud83d\\ude00", -9223372036854775808, 1.5, null]}') == {
        "a": ["😀", -(2**63), 1.5, None]
    }
    assert strictjson.read(b"[" * 100 + b"]" * 100)


def test_rows_of_a_list_know_their_lines():
    rows = strictjson.read_list(b'[\n{"model": "x",\n "fields": {\n"text": "a"}},\n\n {"b": 1}\n]')
    assert [row.line for row in rows] == [2, 6]
    assert rows[0].line_of("text") == 4
    assert rows[1].line_of("missing") == 6


def test_a_line_that_is_broken_is_named_among_the_lines():
    with pytest.raises(BadText, match="Line 3, character 1"):
        strictjson.read_lines(b'{"a": 1}\n\nno\n')
    assert [row.line for row in strictjson.read_lines('{"a": "\u2028"}\n\n[1]'.encode())] == [1, 3]
