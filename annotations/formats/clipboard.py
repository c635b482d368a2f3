"""What was copied in a word processor, a mail or a browser: its HTML, with what stands in it.

A title need not be one by its style: many are only set in bold (`titles`).

A text field takes characters only. So what is pasted is read here first, and the text that comes
out goes into the field; what its paragraphs are (headings, items, rows, links) is found again by
their words when the field is sent (`structured`), whatever was typed around them. Part of a
paragraph that was pasted into another, or was edited there, keeps its links.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import nh3
from lxml import etree
from lxml import html as markup

from annotations.formats import fragment, plain
from annotations.formats.blocks import assembled
from annotations.formats.plain import About, Document
from annotations.formats.titles import with_title
from annotations.text.canonical import decode
from annotations.text.links import Link, apart, together
from annotations.text.notices import notices
from annotations.text.sentences import ParagraphKind, Sentence, split

# What word processors call their blocks where HTML has names for them.
_MEANT = {
    "MsoTitle": "h1",
    "MsoListParagraph": "li",
    "MsoCaption": "figcaption",
    "MsoQuote": "blockquote",
}
_TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "pre", "blockquote", "section", "article"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th"),
    *("caption", "figure", "figcaption", "br", "hr", "a", "span", "sup", "sub", "q", "s", "del"),
    *("b", "strong", "font"),
}
_STYLED = ("p", "div", "span", "b", "strong", "font")
_ATTRIBUTES = {"*": {"id", "class", "role"}, **{tag: {"style"} for tag in _STYLED}}
_ATTRIBUTES |= {"a": {"href", "name"}, "font": {"size", "style"}}

Element = Any
"""An element of lxml, which has no types of its own."""


def read(data: bytes, language: str, default: str) -> Document:
    """The document in HTML that was copied. Raises BadText when it holds no words."""
    clean = nh3.clean(
        decode(data),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel=None,
        clean_content_tags={"script", "style", "head", "title", "template"} - _TAGS,
    )
    parts = with_title(fragment.parts(_named(clean)), language or default)
    return assembled(parts, data, language=language, default=default, about=About())


def _named(clean: str) -> str:
    """The HTML with the blocks of word processors under the names that HTML has for them."""
    if "Mso" not in clean:
        return clean
    tree = markup.document_fromstring(clean or "<p></p>")
    for element in list(tree.iter("p")):
        style = (element.get("class") or "").removesuffix("CxSpFirst")
        style = style.removesuffix("CxSpMiddle").removesuffix("CxSpLast")
        element.tag = _MEANT.get(style, "p")
    for element in list(tree.iter("span")):
        if "mso-list:ignore" in (element.get("style") or "").replace(" ", "").lower():
            element.drop_tree()  # the sign before an item
    return str(etree.tostring(tree, encoding="unicode", method="html"))


# --- found again ---


@dataclass(frozen=True, slots=True)
class _Known:
    """What a paragraph was where it was copied; its links count from its beginning."""

    kind: ParagraphKind
    block: str
    links: tuple[Link, ...]


def structured(document: Document, copied: Sequence[Document]) -> Document:
    """The typed document, its paragraphs that were copied being what they were there.

    The text stays as it is. A paragraph whose words were changed is what the rules say.
    """
    known = {words: told for each in copied for words, told in _paragraphs(each)}
    if not known:
        return document
    rows: list[tuple[Sentence, str, tuple[int, int]]] = []
    links: list[Link] = []
    others: list[str] = []
    whole: Counter[str] = Counter()
    ruled = [row.start for row in document.sentences]
    for number, (at, words) in enumerate(_blocks(document.text)):
        end = at + len(words)
        told = known.get(words)
        others.append(words if told is None else " " * len(words))
        if told is None:
            own = document.sentences[bisect_left(ruled, at) : bisect_left(ruled, end)]
            rows += [(row, "", (number, row.paragraph)) for row in own]
            continue
        whole[words] += 1
        links += _moved(told.links, at)
        rows += [
            (row, told.block, (number, row.paragraph))
            for row in _cut(at, words, told, document.language)
        ]
    pasted = Counter(words for each in copied for words, _told in _paragraphs(each))
    parted = [(words, known[words].links, n) for words, n in (pasted - whole).items()]
    links += _within("\n\n".join(others), parted)
    sentences = tuple(
        replace(row, paragraph=paragraph)
        for paragraph, (_key, group) in enumerate(groupby(rows, key=lambda row: row[2]))
        for row, *_rest in group
    )
    plain.check_sentences(document.text, sentences)
    return replace(
        document,
        title=plain.title_of(document.text, sentences),
        sentences=sentences,
        blocks=tuple(block for _row, block, _key in rows),
        links=together(apart(sorted(links, key=lambda each: each.start)), document.links),
        notices=tuple(notices(document.text, sentences, document.language)),
    )


def _moved(links: Iterable[Link], at: int) -> list[Link]:
    return [replace(each, start=at + each.start, end=at + each.end) for each in links]


_AROUND = 20
"""Code points beside a link's words by which its place is known again in an edited paragraph."""


def _within(text: str, pasted: Iterable[tuple[str, tuple[Link, ...], int]]) -> Iterator[Link]:
    """The links of what was pasted into paragraphs of other words.

    `text` are those, in their places; `pasted` are words, their links, and how often they were
    pasted. Words that stand more often than that are anybody's: their links are nowhere.
    """
    for words, links, times in pasted:
        if not links:
            continue
        places = _places(text, words, times + 1)
        if places:
            for at in places if len(places) <= times else ():
                yield from _moved(links, at)
            continue
        for link in links:
            yield from _again(text, words, link)


def _again(text: str, words: str, link: Link) -> Iterator[Link]:
    """The link of words that were edited: beside what stood beside it, at one place."""
    before = words[max(0, link.start - _AROUND) : link.start]
    after = words[link.end : link.end + _AROUND]
    shown = words[link.start : link.end]
    for left, right in ((before, after), (before, ""), ("", after)):
        if not f"{left}{right}".strip():
            continue
        places = _places(text, f"{left}{shown}{right}", 2)
        if len(places) == 1:
            start = places[0] + len(left)
            yield Link(start, start + len(shown), link.address)
            return


def _places(text: str, words: str, most: int) -> list[int]:
    """Where the words stand, as words, at no more than `most` places."""
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) < most:
        end = at + len(words)
        is_cut = _is_in_word(text, at) or _is_in_word(text, end)
        if not is_cut:
            found.append(at)
        at = text.find(words, at + 1 if is_cut else end)
    return found


def _is_in_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _cut(at: int, words: str, told: _Known, language: str) -> list[Sentence]:
    """The sentences of a paragraph that stands at `at`."""
    if told.kind is not ParagraphKind.BODY:
        return [Sentence(at, at + len(words), 0, told.kind)]
    found = split(words, language)
    return [
        replace(row, start=at + row.start, end=at + row.end, kind=ParagraphKind.BODY)
        for row in found
    ]


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs of a canonical text, each with the code point at which it begins."""
    at = 0
    for words in text.split("\n\n"):
        yield at, words
        at += len(words) + 2


def _paragraphs(document: Document) -> Iterator[tuple[str, _Known]]:
    rows = [row.start for row in document.sentences]
    links = [each.start for each in document.links]
    for at, words in _blocks(document.text):
        end = at + len(words)
        first = bisect_left(rows, at)
        within = document.links[bisect_left(links, at) : bisect_left(links, end)]
        kind = document.sentences[first].kind
        block = document.blocks[first] if document.blocks else ""
        yield words, _Known(kind, block, tuple(_moved((e for e in within if e.end <= end), -at)))
