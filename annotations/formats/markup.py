"""What people write with a little formatting: Markdown, made safe for pages, or plain words.

A line that stands by itself, as a finding, has links and nothing else of it.

Source: CommonMark 0.31, as markdown-it-py reads it, without HTML, pictures and code blocks. A line
end stays one, as whoever typed it saw it. Whatever comes out is cleaned once more (nh3): only the
elements below, links to the web and to mail, no attribute that could do anything.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token

ELEMENTS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "code", "hr"}
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
LONGEST = 200_000
"""Code points; more is shown as it was typed."""


_ELSEWHERE = re.compile(r"https?://|mailto:", re.IGNORECASE)
_ANYWHERE = re.compile(".")
"""In prose, such as a desk's statement, a page of this site too."""
_NOWHERE = re.compile(r"\]\(\s*(?:<>(?:\s.*)?)?\)\Z", re.DOTALL)
"""How a link ends that names no address."""


def _link(state: StateInline, silent: bool) -> bool:
    """As CommonMark's links, but one that leads nowhere, `[words]()`, stands as it was typed."""
    start = state.pos
    if not link(state, True):
        return False
    leads_nowhere = _NOWHERE.search(state.src[start : state.pos])
    state.pos = start
    return not leads_nowhere and link(state, silent)


def _leading_somewhere(parser: MarkdownIt, address: re.Pattern[str]) -> MarkdownIt:
    """The parser with links to such addresses alone, written out or by reference."""
    parser.inline.ruler.at("link", _link)
    is_safe = parser.validateLink
    parser.validateLink = (  # type: ignore[method-assign]
        lambda url: bool(address.match(url)) and is_safe(url)
    )
    return parser


def _parser() -> MarkdownIt:
    options = {"html": False, "breaks": True, "linkify": True, "maxNesting": 20}
    parser = MarkdownIt("commonmark", options).enable("linkify")
    assert parser.linkify is not None
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    return _leading_somewhere(parser.disable(["image", "code", "fence", "lheading"]), _ANYWHERE)


_PARSER = _parser()


def _line_parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": True})
    assert parser.linkify is not None
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    return _leading_somewhere(parser.enable(["linkify", "link"]), _ELSEWHERE)


_LINE = _line_parser()


@lru_cache(maxsize=256)
def rendered(text: str, level: int = 2) -> str:
    """The text as safe HTML; its first headings are of this level of the page, 2 to 6."""
    if len(text) > LONGEST:
        return f"<p>{nh3.clean_text(text)}</p>"
    tokens = _PARSER.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = HEADINGS[min(int(token.tag[1]) + level - 2, 5)]
    made = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return _clean(made, ELEMENTS | set(HEADINGS))


def _clean(made: str, elements: set[str]) -> str:
    return nh3.clean(
        made,
        tags=elements,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )


@lru_cache(maxsize=1024)
def linked(line: str) -> str:
    """A line as safe HTML: written-out addresses and `[words](address)` are links.

    Everything else of it stands as it was typed; without a link, exactly as a template puts it.
    """
    tokens = _line_tokens(line)
    if not any(token.type == "link_open" for token in tokens):
        return escape(line)
    return _clean(_LINE.renderer.render(tokens, _LINE.options, {}), {"a"})


def line_in_words(line: str, *, addresses: bool = True) -> str:
    """A line as plain words; the address of a link follows its words in brackets, if wanted."""
    tokens = _line_tokens(line)
    if not any(token.type == "link_open" for token in tokens):
        return line
    return _words(tokens, addresses=addresses)


def _line_tokens(line: str) -> list[Token]:
    if len(line) > LONGEST:
        return []
    return [token for block in _LINE.parseInline(line) for token in block.children or []]


def plain(text: str, *, addresses: bool = True) -> str:
    """The text without the signs of its formatting, for readers that show characters as they are.

    Blocks are parted by an empty line, items of a list stand one a line with their mark or number,
    and a link's address follows its words in brackets, if wanted.
    """
    if len(text) > LONGEST:
        return text
    found: list[str] = []
    lists: list[tuple[int | None, str]] = []
    gap, opening = "", ""
    for token in _PARSER.parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            first = int(token.attrs.get("start", 1)) if token.tag == "ol" else None
            lists.append((first, token.markup))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            opening = "  " * (len(lists) - 1) + _item_mark(lists)
        elif token.type == "inline":
            found += [gap, opening, _words(token.children or [], addresses=addresses)]
            opening = ""
        gap = _gap(found, bool(lists))
    return "".join(found)


def _item_mark(lists: list[tuple[int | None, str]]) -> str:
    """The sign before the next item of the innermost list; a numbered one goes on counting."""
    number, sign = lists[-1]
    if number is None:
        return f"{sign} "
    lists[-1] = (number + 1, sign)
    return f"{number}{sign} "


def _gap(found: list[str], in_list: bool) -> str:
    if not found:
        return ""
    return "\n" if in_list else "\n\n"


def _words(tokens: list[Token], *, addresses: bool = True) -> str:
    """A line's words; an address that stood there as such is not said twice."""
    found: list[str] = []
    address = ""
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrs["href"])
        elif token.type == "link_close":
            if addresses and token.info != "auto":
                found.append(f" ({address})")
        elif token.type in ("softbreak", "hardbreak"):
            found.append("\n")
        else:
            found.append(token.content)
    return "".join(found)
