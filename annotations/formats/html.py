"""A web page becomes a document: its article's own text, headings, lists and quotations as such.

What the article is, trafilatura says (formats.extraction), never guesses of ours about tags.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from annotations.formats.extraction import HEADING, PARAGRAPH, TITLE
from annotations.formats.plain import (
    TITLE_LENGTH,
    About,
    Document,
    check_length,
    check_lines,
    check_sentences,
)
from annotations.text.canonical import (
    NORMALISER_VERSION,
    BadText,
    Change,
    ChangeKind,
    canonicalise,
    check_size,
    decode,
)
from annotations.text.dates import is_partial_date
from annotations.text.notices import notices
from annotations.text.sentences import SPLITTER_VERSION, Kind, Sentence, split

SECONDS = 15.0
"""How long reading one page may take."""
MEMORY = 1536 * 1024 * 1024
"""Bytes of memory that reading one page may take, the libraries' own included."""

Blocks = list[tuple[str, str]]


def looks_like_html(data: bytes) -> bool:
    """Whether a file is a web page rather than plain text, by how it begins."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<?xml", b"<!--", b"<head", b"<body"))


def read(
    data: bytes,
    language: str = "",
    *,
    charset: str = "",
    address: str = "",
    default_language: str = "en",
    seconds: float = SECONDS,
) -> Document:
    """The document in the bytes of a web page.

    `charset` is what the server declared, `address` where the page is from. Without `language`
    the page's own is taken. Raises BadText, also when there is no article in the page.
    """
    page, declared = _decoded(data, charset)
    found = _extracted(page, address, seconds)
    about = _about(found, address)
    clean, changes = _clean(found["blocks"])
    if not clean:
        raise BadText(
            "no_article", "No article was found in this page. Copy its text and paste it instead."
        )
    clean, title = _titled(clean, about.title)
    text = "\n\n".join(block for _kind, block in clean)
    check_length(text)
    check_lines(text)
    language = language or about.language or default_language
    sentences, kinds = _cut(clean, language)
    check_sentences(text, sentences)
    return Document(
        title=title,
        text=text,
        sentences=tuple(sentences),
        notices=tuple(notices(text, sentences, language)),
        changes=tuple(Change(kind, n) for kind, n in changes.items()),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        original=data,
        original_sha256=hashlib.sha256(data).hexdigest(),
        normaliser_version=NORMALISER_VERSION,
        splitter_version=SPLITTER_VERSION,
        language=language,
        blocks=tuple(kinds),
        charset=declared,
        address=address,
        left_out=max(0, int(found["words"]) - len(text.split())),
        about=about,
    )


# --- bytes to characters ---

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
# What browsers take these names for (WHATWG Encoding Standard).
_TAKEN_FOR = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}


def _decoded(data: bytes, charset: str) -> tuple[str, str]:
    """The page's characters, and the character set that was declared, if it is not UTF-8."""
    check_size(len(data))
    declared = charset or _declared(data)
    marked = data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    codec = "utf-8" if marked or not declared else _codec(declared)
    if codec == "utf-8":
        page, declared = decode(data), ""
    else:
        page = _decoded_as(data, codec, declared)
    if (at := page.find("\0")) >= 0:
        raise BadText(
            "bad_character",
            "Character {position} (line {line}) is {name} ({codepoint}), which a text cannot hold.",
            position=at + 1,
            line=page.count("\n", 0, at) + 1,
            name="NUL",
            codepoint="U+0000",
        )
    return page, declared


def _declared(data: bytes) -> str:
    """The character set that the page itself declares near its beginning."""
    head = data[:4096]
    found = _DECLARED.search(head) or _XML.search(head)
    return found.group(1).decode("ascii") if found else ""


def _codec(declared: str) -> str:
    try:
        name = codecs.lookup(declared).name
        "".encode(name)  # "hex" and its like are codecs, but of no text
    except (LookupError, ValueError):
        raise BadText(
            "unknown_charset",
            "The page says that it is written in “{charset}”, which is unknown.",
            charset=declared,
        ) from None
    return _TAKEN_FOR.get(name, name)


def _decoded_as(data: bytes, codec: str, declared: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise BadText(
            "not_as_declared",
            "Byte {byte} (line {line}) is not valid {charset}, which the page says it is:"
            " 0x{value}.",
            byte=error.start + 1,
            line=data.count(b"\n", 0, error.start) + 1,
            charset=declared,
            value=f"{data[error.start]:02X}",
        ) from None


# --- the page to its article ---

_PROGRAM = Path(__file__).with_name("extraction.py")
# lxml refuses characters that come with a declaration of how they were bytes.
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def _extracted(page: str, address: str, seconds: float) -> dict[str, Any]:
    """What trafilatura finds, in a process that is killed when it takes too long or too much."""
    limits = [str(int(seconds) + 1), str(MEMORY), address]
    page = _XML_DECLARATION.sub("", page)
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM), *limits],
            input=page.encode(),
            capture_output=True,
            timeout=seconds,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise BadText(
            "page_too_hard",
            "This page is too large or too tangled to be read within {seconds} seconds."
            " Copy its text and paste it instead.",
            seconds=f"{seconds:g}",
        ) from None
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _about(found: dict[str, Any], address: str) -> About:
    def line(name: str, longest: int) -> str:
        return " ".join(str(found.get(name, "")).split())[:longest]

    language = line("language", 35).split("-")[0].lower()
    date = line("date", 10)
    return About(
        title=line("title", 300),
        byline=line("byline", 200),
        outlet=line("outlet", 100),
        published_on=date if is_partial_date(date) else "",
        language=language if re.fullmatch(r"[a-z]{2,3}", language) else "",
        address=address,
    )


# White space of HTML, which a browser shows as one space.
_SPACES = re.compile(r"[ \t\r\f\v]+")
_LINE_ENDS = re.compile(r" ?\n[ \n]*")


def _clean(found: list[Any]) -> tuple[Blocks, Counter[ChangeKind]]:
    """The blocks as canonical text, without empty ones, and what was changed to get it."""
    clean: Blocks = []
    changes: Counter[ChangeKind] = Counter()
    for kind, raw in found:
        shown = _LINE_ENDS.sub("\n", _SPACES.sub(" ", raw)).strip(" \n")
        try:
            canonical = canonicalise(shown)
        except BadText as problem:
            if problem.code == "empty":
                continue
            raise
        clean.append((kind, canonical.text.replace("\n\n", "\n")))
        for change in canonical.changes:
            changes[change.kind] += change.count
    return clean, changes


def _titled(clean: Blocks, title: str) -> tuple[Blocks, str]:
    """The blocks beginning with the article's title, and the title."""
    for kind, text in clean[:3]:
        if kind == TITLE or (kind == HEADING and text.casefold() == title.casefold()):
            return clean, " ".join(text.split())
    try:
        title = canonicalise(title).text
    except BadText:  # none, or none that a text can hold
        return clean, clean[0][1][:TITLE_LENGTH]
    return [(TITLE, title), *clean], title


def _cut(clean: Blocks, language: str) -> tuple[list[Sentence], list[str]]:
    """The sentences of the blocks, numbered as paragraphs, and the kind of block of each."""
    sentences: list[Sentence] = []
    kinds: list[str] = []
    at = paragraph = 0
    for kind, text in clean:
        if kind in (TITLE, HEADING):
            found = [Sentence(0, len(text), 0, Kind.HEADING)]
        else:
            found = split(text, language)
        for each in found:
            place = paragraph + each.paragraph
            own = each.kind if kind in (TITLE, HEADING) else _kind_in_a_block(text, each)
            sentences.append(Sentence(at + each.start, at + each.end, place, own))
            kinds.append(PARAGRAPH if own is Kind.HEADING else kind)
        paragraph += found[-1].paragraph + 1 if found else 0
        at += len(text) + 2
    return sentences, kinds


def _kind_in_a_block(text: str, sentence: Sentence) -> Kind:
    """Headings of a page are tagged as such: any words elsewhere are text, however short a line."""
    has_words = any(char.isalnum() for char in text[sentence.start : sentence.end])
    return Kind.BODY if has_words else sentence.kind
