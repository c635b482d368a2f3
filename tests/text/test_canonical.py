"""Bytes and pasted text become canonical text; what cannot is refused and said where."""

import unicodedata
from codecs import BOM_UTF8

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.text.canonical import (
    BadText,
    Change,
    ChangeKind,
    canonicalise,
    decode,
)
from annotations.text.limits import MAX_BYTES

TRICKY = st.text(
    st.sampled_from(" \t\r\n\v\f\x85\u2028\u2029\xa0\xad\u200b\ufeff\u202e\u2066e\u0301\u0323")
    | st.sampled_from("a\u212b\u1e9b\uac00\u11a8\U0001f3f4\U000e0067\U000e0062\U000e007f\u3000")
    | st.characters()
)


@pytest.mark.parametrize(
    ("raw", "text", "kind", "count"),
    [
        ("a\r\nb\rc\u2028d\u2029e\vf\fg\x85h", "a\nb\nc\nd\ne\nf\ng\nh", ChangeKind.LINE_ENDS, 7),
        ("a\xa0b\u202fc\u3000d\te", "a b c d e", ChangeKind.SPACES, 4),
        ("co\xadop\u200be\u2060ra\ufefftes", "cooperates", ChangeKind.INVISIBLE, 4),
        ("\u202eabc\u202c \u2066d\u2069", "abc d", ChangeKind.DIRECTION, 4),
        ("cafe\u0301 au lait", "café au lait", ChangeKind.COMPOSED, 1),
        ("a  \nb \nc", "a\nb\nc", ChangeKind.TRAILING_SPACES, 3),
        ("\n\na\n\n\n\nb\n", "a\n\nb", ChangeKind.BLANK_LINES, 5),
        ("a\U000e0041\U000e0042b", "ab", ChangeKind.INVISIBLE, 2),
    ],
)
def test_one_kind_of_change_is_made_and_counted(raw, text, kind, count):
    canonical = canonicalise(raw)
    assert canonical.text == text
    assert canonical.changes == (Change(kind, count),)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“It’s” – 'so' -- \"well\"...", id="punctuation is never repaired"),
        pytest.param("می\u200cخواهم", id="the Persian non-joiner"),
        pytest.param("👩\u200d🚀 ❤\ufe0f", id="emoji joined"),
        pytest.param(
            "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", id="flag"
        ),
        pytest.param("עברית\u200e!", id="direction marks"),
        pytest.param("  indented\n\n  line", id="indents"),
        pytest.param("ﬁ ² ½", id="compatibility characters"),
    ],
)
def test_what_readers_need_stays(text):
    assert canonicalise(text).text == text
    assert canonicalise(text).changes == ()


@given(TRICKY)
@example("\n \n\na")
@example("e\u200b\u0301")
@example("a \u200b\n")
@example("\U0001f3f4\u200b\U000e0067\U000e0062\U000e0065\U000e007f")
@example("\u0958" * 40)
def test_canonical_text_is_not_changed_again(raw):
    try:
        once = canonicalise(raw)
    except BadText:
        return
    assert canonicalise(once.text).text == once.text
    assert canonicalise(once.text).changes == ()
    assert unicodedata.is_normalized("NFC", once.text)


@given(st.text("\u0301\u0323\u0327\u0345\u05b0\u0f71\u0344…", min_size=31, max_size=90))
def test_sorting_long_runs_of_marks_first_gives_the_same_nfc(raw):
    assert canonicalise(f"e{raw}x").text == unicodedata.normalize("NFC", f"e{raw}x")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("abcd\0", "Character 5 (line 1) is NUL (U+0000), which a text cannot hold."),
        (
            "a\nb\x1b",
            "Character 4 (line 2) is a control character (U+001B), which a text cannot hold.",
        ),
        ("\x92", "Character 1 (line 1) is a control character (U+0092), which a text cannot hold."),
        (
            "\ud800",
            "Character 1 (line 1) is half of a surrogate pair (U+D800), which a text cannot hold.",
        ),
        ("\uffff", "Character 1 (line 1) is a noncharacter (U+FFFF), which a text cannot hold."),
        (
            "\U0010fffe",
            "Character 1 (line 1) is a noncharacter (U+10FFFE), which a text cannot hold.",
        ),
        ("", "The text is empty."),
        (" \n\u200b\t", "The text is empty."),
    ],
)
def test_text_that_cannot_be_kept_is_refused(raw, message):
    with pytest.raises(BadText) as refusal:
        canonicalise(raw)
    assert str(refusal.value) == message


def test_a_refusal_can_be_said_in_another_language():
    with pytest.raises(BadText) as refusal:
        canonicalise("ab\0")
    assert refusal.value.code == "bad_character"
    assert refusal.value.params == {
        "position": 3,
        "line": 1,
        "name": "NUL",
        "codepoint": "U+0000",
    }


@pytest.mark.parametrize(
    "data",
    [
        "Zoë 😀".encode(),
        BOM_UTF8 + "Zoë 😀".encode(),
        "Zoë 😀".encode("utf-16"),
        b"\xfe\xff" + "Zoë 😀".encode("utf-16-be"),
    ],
)
def test_utf_8_and_marked_utf_16_are_read(data):
    assert decode(data) == "Zoë 😀"


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"", "empty", "The text is empty."),
        (BOM_UTF8, "empty", "The text is empty."),
        (
            b"first\nsecond \xe9t\xe9",
            "invalid_encoding",
            "Byte 14 (line 2) is not valid UTF-8: 0xE9.",
        ),
        (BOM_UTF8 + b"a\xff", "invalid_encoding", "Byte 5 (line 1) is not valid UTF-8: 0xFF."),
        (b"\xff\xfea\x00b", "invalid_encoding", "Byte 5 (line 1) is not valid UTF-16: 0x62."),
        (b"%PDF-1.7 text", "binary", "This looks like a binary file (PDF document), not text."),
        (b"\x89PNG\r\n\x1a\n", "binary", "This looks like a binary file (PNG image), not text."),
        (b"\xff\xd8\xff\xe0", "binary", "This looks like a binary file (JPEG image), not text."),
        (b"PK\x03\x04..word/doc", "binary", "This looks like a binary file (Microsoft Office"),
        (b"PK\x03\x04..", "binary", "This looks like a binary file (ZIP archive), not text."),
        (b"{\\rtf1 Hello}", "binary", "This looks like a binary file (RTF document), not text."),
        (b"RIFF0000WEBP", "binary", "This looks like a binary file (WebP image), not text."),
        (bytes(range(32)) * 4, "binary", "This looks like a binary file (many control characters"),
        (
            "A long text".encode("utf-16-le"),
            "binary",
            "This looks like a binary file (UTF-16 text w",
        ),
        ("A long text".encode("utf-32"), "binary", "This looks like a binary file (UTF-32 text)"),
        (b"a" * (MAX_BYTES + 1), "too_large", "The file is 10.0 MB; the limit is 10 MB."),
        (b"a" * 11 * 1024 * 1024, "too_large", "The file is 11.0 MB; the limit is 10 MB."),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 else "",
)
def test_a_file_that_is_no_text_is_refused_and_named(data, code, message):
    with pytest.raises(BadText) as refusal:
        decode(data)
    assert refusal.value.code == code
    assert str(refusal.value).startswith(message)


def test_a_file_at_the_limit_is_read():
    assert len(decode(b"a" * MAX_BYTES)) == MAX_BYTES


@given(st.binary())
def test_any_bytes_are_read_or_refused(data):
    try:
        text = decode(data)
    except BadText:
        return
    assert 0 < len(text) <= len(data)
