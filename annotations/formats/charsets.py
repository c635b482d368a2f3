"""The bytes of a web page become characters as browsers read them; nothing is refused.

Sources: WHATWG Encoding Standard (labels, by way of webencodings, and what each stands for); HTML
Living Standard, 13.2.3.2 (the encodings that are tried where a page declares none) and 13.5 (the
characters that U+0080 to U+009F stand for).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import webencodings

from annotations.text.canonical import BadText, check_size, decode_as, refuse_binary

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_LANGUAGE = re.compile(rb"<html[^>]{0,500}?\slang\s*=\s*[\"']?\s*([A-Za-z]{2,3})", re.IGNORECASE)
# The standard's encodings hold more than Python's of the same name do.
_FULLER = {
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "euc_jp": "euc_jis_2004",
}
# What is tried where nothing is declared and it is no UTF-8; of any other language windows-1252.
_OF_LANGUAGE = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk"), "cp1251"),
    **dict.fromkeys(("pl", "cs", "hu", "sk", "sl", "hr", "ro"), "cp1250"),
    **dict.fromkeys(("lt", "lv", "et"), "cp1257"),
    "el": "cp1253",
    "tr": "cp1254",
    "he": "cp1255",
    "ar": "cp1256",
    "fa": "cp1256",
    "vi": "cp1258",
    "th": "cp874",
    "ja": "cp932",
    "ko": "cp949",
    "zh": "gb18030",
}
REPLACEMENT = "\ufffd"
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_WIDE = ("utf-16le", "utf-16be")
# No character of a page: browsers leave them out.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_C1 = re.compile("[\x80-\x84\x86-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters, what was declared if that is not UTF-8, and how many were put right.

    `replaced` counts bytes that are no characters, which became U+FFFD, and control characters.
    """

    text: str
    declared: str
    replaced: int


def decoded(data: bytes, charset: str = "") -> Decoded:
    """The characters of a page; `charset` is what its server declared.

    Raises BadText when there is nothing, too much, or no text at all.
    """
    check_size(len(data))
    server = _of_server(charset)
    if server in _WIDE and b"\0" not in data[:1024]:
        server = ""  # its markup would have a zero byte in every character
    if server not in _WIDE:
        refuse_binary(data)
    if not data:
        raise BadText("empty", "The text is empty.")
    declared = (charset if server else "") or _declared(data)
    codec = _marked(data) or server or _codec(declared) or _guessed(data)
    text = data.decode(codec, "replace")
    replaced = text.count(REPLACEMENT) - data.decode(codec, "ignore").count(REPLACEMENT)
    text, put_right = _put_right(text)
    if codec in ("utf-8", *_MARKS.values()):
        declared = ""
    return Decoded(text, declared, replaced + put_right)


def in_utf8(data: bytes, charset: str) -> bytes:
    """A text in UTF-8 that its server declared to be in another encoding; else as it is.

    A byte order mark is above what a server declares, and so is a text that is UTF-8 already: many
    a server declares one character set for all it has. Raises BadText for bytes that are none of
    the encoding's.
    """
    codec = _of_server(charset)
    if not codec or codec == "utf-8" or _marked(data) or _is_utf8(data):
        return data
    check_size(len(data))
    if codec not in _WIDE:
        refuse_binary(data)
    return decode_as(data, codec, charset).encode()


def _is_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 beyond doubt: ASCII alone may be of an encoding that shifts."""
    try:
        return b"\0" not in data and not data.decode().isascii()
    except UnicodeDecodeError:
        return False


def shown(data: bytes, charset: str = "", *, is_page: bool) -> str:
    """The characters of a file of any kind of text; `charset` is what its server declared.

    Only of a page is looked for what it declares itself. What are no characters is U+FFFD.
    """
    declared = _declared(data) if is_page else ""
    codec = _marked(data) or _of_server(charset) or _codec(declared) or _guessed(data)
    return _put_right(data.decode(codec, "replace"))[0]


def is_known(label: str) -> bool:
    """Whether browsers know the label."""
    return webencodings.lookup(label) is not None


def is_wide(data: bytes, charset: str = "") -> bool:
    """Whether it is UTF-16, in which a zero byte is half of a character."""
    return (_marked(data) or _of_server(charset)).startswith("utf-16")


def _put_right(text: str) -> tuple[str, int]:
    """Without control characters, and how many there were."""
    text, dropped = _NO_CHARACTER.subn("", text)
    text, read = _C1.subn(_as_browsers_read, text)
    return text, dropped + read


def _marked(data: bytes) -> str:
    """Python's codec for the byte order mark that the bytes begin with; it is above all else."""
    return next((codec for mark, codec in _MARKS.items() if data.startswith(mark)), "")


def _of_server(label: str) -> str:
    """Python's codec for a label that did not have to be read out of the bytes themselves."""
    encoding = webencodings.lookup(label) if label else None
    return encoding.name if encoding and encoding.name in _WIDE else _codec(label)


def _declared(data: bytes) -> str:
    """The character set that the page itself declares near its beginning."""
    head = data[:4096]
    found = _DECLARED.search(head) or _XML.search(head)
    return found.group(1).decode("ascii") if found else ""


def _codec(label: str) -> str:
    """Python's codec for a label of the standard; none for a label that it does not know."""
    encoding = webencodings.lookup(label) if label else None
    if encoding is None:
        return ""
    name = encoding.codec_info.name.replace("-", "_").lower()
    if name in ("x_user_defined", "utf_16", "utf_16_le", "utf_16_be"):
        return "utf-8"  # the declaration was read as ASCII, so it cannot be true
    return _FULLER.get(name, str(encoding.codec_info.name))


def _guessed(data: bytes) -> str:
    """UTF-8 while most of what is no ASCII is; else what browsers try for the page's language."""
    text = data.decode("utf-8", "replace")
    bad = text.count(REPLACEMENT)
    good = sum(not char.isascii() for char in text) - bad if bad else 0
    if bad <= good:
        return "utf-8"
    language = _LANGUAGE.search(data[:4096])
    return _OF_LANGUAGE.get(language.group(1).decode().lower() if language else "", "cp1252")


def _as_browsers_read(found: re.Match[str]) -> str:
    """A control character of Latin 1 is what windows-1252 has there, or nothing."""
    return bytes([ord(found.group())]).decode("cp1252", "ignore")
