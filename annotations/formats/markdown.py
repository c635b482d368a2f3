"""Markdown: headings, lists, quotations and tables as such, the words of links without the rest.

Source: CommonMark 0.31, as markdown-it-py reads it; notes (`[^1]`) as Pandoc's manual and GitHub's
have them. HTML in a line is read as in a page, blocks of HTML are left out but for the captions
in them, nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from annotations.formats import fragment, markdown_notes
from annotations.formats.blocks import (
    CAPTION,
    HEADING,
    LIST_ITEM,
    PARAGRAPH,
    QUOTE,
    TITLE,
    Part,
    assembled,
    rows,
)
from annotations.formats.data import refuse_data
from annotations.formats.markdown_notes import Notes
from annotations.formats.plain import About, Document, check_length
from annotations.text.canonical import decode
from annotations.text.links import Words, web_address

_WORDS = ("text", "code_inline")
# A line that holds one of these is read as HTML is (formats.inline).
_AS_HTML = ("html_inline", "s_open", "image")
_PARSER = MarkdownIt("commonmark", {"maxNesting": 20}).enable(["table", "strikethrough"])
# What stands before the text in many tools: "---", lines "title: ...", "---".
_FRONT = re.compile(r"\A---\n(?P<said>(?:[^\n]{0,500}\n){0,60}?)---\n")
_SAID = re.compile(r"^(title|author|date):\s*[\"']?(.{1,300}?)[\"']?\s*$", re.MULTILINE)


def read(data: bytes, language: str, default: str) -> Document:
    """The document in a Markdown text. Raises BadText."""
    text = decode(data).replace("\r\n", "\n")
    check_length(text)
    refuse_data(text)
    front = _FRONT.match(text)
    said = dict(_SAID.findall(front["said"])) if front else {}
    about = About(title=said.get("title", ""), byline=said.get("author", ""))
    body, notes = markdown_notes.taken_out(text[front.end() :] if front else text)
    parts = [*_parts(body, notes), *_noted(notes)]
    return assembled(parts, data, language=language, default=default, about=about)


def _noted(notes: Notes) -> Iterator[Part]:
    """The notes after the text, each with its number."""
    for number, text in notes.ordered():
        words = Words()
        words.add(f"{number} ")
        for part in _parts(text, notes):
            words.add_linked(part.text, part.links)
            yield replace(part, text=words.text, links=words.links)
            words = Words()


def _parts(text: str, notes: Notes) -> Iterator[Part]:
    around: list[str] = []
    table: list[Part] = []
    row = Words()
    has_cells = False
    is_titled = False
    for token in _PARSER.parse(text):
        if token.nesting == 1:
            around.append(token.type.removesuffix("_open"))
        elif token.nesting == -1 and around:
            closed = around.pop()
            if closed == "tr" and has_cells:
                table.append(Part(PARAGRAPH, row.text.replace("\n", " "), links=row.links))
                row, has_cells = Words(), False
            elif closed == "table":
                yield from rows(table)
                table = []
        for each in token.children or ():
            if each.type == "text":
                each.content = notes.referred(each.content)
        if token.type == "inline" and "tr" in around:
            row.add("\t" if has_cells else "")
            has_cells = True
            _inline(token, row)
        elif token.type == "inline":
            kind = _kind(around)
            if kind == HEADING and not is_titled:
                kind, is_titled = TITLE, True
            words = Words()
            _inline(token, words)
            yield Part(kind, words.text, links=words.links, pictures=tuple(_pictures(token)))
        elif token.type in ("fence", "code_block"):
            yield Part(PARAGRAPH, token.content)
        elif token.type == "html_block" and "<figcaption" in token.content:
            yield from (each for each in fragment.parts(token.content) if each.kind == CAPTION)


def _pictures(token: Token) -> Iterator[tuple[str, str]]:
    """The pictures of a line: where each is, and the words that stand for it."""
    for each in token.children or ():
        if each.type == "image" and (to := web_address(str(each.attrGet("src") or ""))):
            yield to, each.content


def _kind(around: list[str]) -> str:
    for name, kind in (("heading", HEADING), ("list_item", LIST_ITEM), ("blockquote", QUOTE)):
        if name in around:
            return kind
    return PARAGRAPH


def _inline(token: Token, words: Words) -> None:
    """Add the words of a line and its links; what is struck out is not said any more."""
    children = token.children or []
    if any(each.type in _AS_HTML for each in children):
        _inline_html(children, words)
        return
    address = ""
    for each in children:
        if each.type in _WORDS:
            words.add(each.content)
        elif each.type in ("softbreak", "hardbreak"):
            words.add(" " if each.type == "softbreak" else "\n")
        elif each.type == "link_open":
            address = web_address(str(each.attrGet("href") or ""))
            words.open_link()
        elif each.type == "link_close":
            words.close_link(address)


def _inline_html(children: list[Token], words: Words) -> None:
    """Add a line that sets figures apart as HTML does, and so as its elements are read."""
    shown = _PARSER.renderer.render(children, _PARSER.options, {})
    for number, part in enumerate(fragment.parts(f"<div>{shown}</div>")):
        words.add(" " if number else "")
        words.add_linked(part.text, part.links)
