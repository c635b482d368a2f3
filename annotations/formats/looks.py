"""A saved page as it looked: what it needs to be read beside its words, and how it is shown again.

Shown are elements and attributes of a list of ours, with the pictures and styles that were saved
inside of the page itself (`data:`, RFC 2397): it asks nobody for anything. Sources: HTML Living
Standard (base, link, srcset), CSS Syntax 3 (url, @import).
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import urldefrag, urljoin

from lxml import etree

from annotations.formats import charsets
from annotations.formats.html import looks_like_html
from annotations.text.canonical import BadText

MOST = 5 * 1024 * 1024
"""Bytes of a page, or of one style sheet, that are read."""
MOST_SHOWN = 16 * 1024 * 1024
"""Bytes of pictures and styles in a page as it is shown; one picture may stand there often."""
DEEPEST = 4
"""Style sheets that call each other."""
STYLE = "text/css"
PICTURES = frozenset(
    f"image/{kind}"
    for kind in ("png", "jpeg", "gif", "webp", "avif", "svg+xml", "bmp", "x-icon")
)  # fmt: skip
_PAGES = frozenset(("text/html", "application/xhtml+xml"))

_ELEMENTS = frozenset((
    "html", "body", "main", "article", "section", "header", "footer", "nav", "aside", "div", "p",
    "span", "h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "a", "abbr", "address", "b", "bdi", "bdo",
    "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "data", "dd", "del",
    "details", "dfn", "dl", "dt", "em", "figcaption", "figure", "font", "hr", "i", "img", "ins",
    "kbd", "li", "mark", "ol", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "strong",
    "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt",
    "u", "ul", "var", "wbr",
))  # fmt: skip
_THROUGH = frozenset(
    ("picture", "form", "fieldset", "label", "noscript", "legend", "big", "strike")
)
"""Elements that are left out, and what is in them is not."""
_EMPTY = frozenset(("br", "hr", "img", "col", "wbr"))
_ATTRIBUTES = frozenset((
    "class", "id", "dir", "lang", "title", "alt", "width", "height", "colspan", "rowspan", "span",
    "start", "value", "align", "valign",
))  # fmt: skip
# Each stops where the next could begin: a hostile style sheet costs no more than its length.
_STYLE_URL = re.compile(
    r"""url\(\s{0,9}(?:"([^"\n]*)"|'([^'\n]*)'|([^()"'\s]*))\s{0,9}\)""", re.IGNORECASE
)
_IMPORT = re.compile(
    r"""@import\s{1,9}(?:url\(\s{0,9})?(?:"([^"\n]*)"|'([^'\n]*)'|([^()"';\s]+))\s{0,9}\)?"""
    r"""([^;@]{0,200});""",
    re.IGNORECASE,
)
_NOT_QUOTED = re.compile(r'["\\\n<>]')
_NOTHING = 'url("data:,")'


@dataclass(frozen=True, slots=True)
class Part:
    """A picture or style that a page needs, by its address; of a style also those it calls."""

    address: str
    is_style: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """The bytes of a part, as its server declared them."""

    media_type: str
    data: bytes
    charset: str = ""


@dataclass(slots=True)
class Look:
    """`html` is the page's body in markup of ours; `style` its styles; no address is in either."""

    html: str = ""
    style: str = ""
    attributes: str = ""
    """Of the body: what its styles are about."""
    language: str = ""
    shown: set[str] = field(default_factory=set)
    """The addresses of what is in it."""
    missing: set[str] = field(default_factory=set)
    """Those of what it needs, and is not there."""
    is_cut: bool = False


def is_page(data: bytes, media_type: str) -> bool:
    return media_type in _PAGES or (not media_type and looks_like_html(data))


# --- what is needed ---


def needs(data: bytes, address: str, charset: str = "") -> list[Part]:
    """The styles and pictures of a page at this address, each once: styles first, as they come."""
    tree = _tree(data, charset)
    if tree is None:
        return []
    base = _base(tree, address)
    found: list[Part] = []
    for element in tree.iter("link", "style", "img"):
        if element.tag == "style":
            found += needs_of_style(element.text or "", base)
        elif element.tag == "img":
            found += _part(_picture_of(element), base, is_style=False)
        elif _is_style(element):
            found += _part(element.get("href", ""), base, is_style=True)
    once = dict.fromkeys(found)
    return sorted(once, key=lambda part: not part.is_style)


def needs_of_style(style: str, address: str) -> list[Part]:
    """What a style sheet at this address calls. Fonts are not among it: words are read without."""
    style = _plain_style(style)
    found: list[Part] = []
    for match in _IMPORT.finditer(style):
        if not _is_print(match[4]):
            found += _part(_first(match.groups()[:3]), address, is_style=True)
    for match in _STYLE_URL.finditer(_IMPORT.sub("", style)):
        found += _part(_first(match.groups()), address, is_style=False)
    return list(dict.fromkeys(found))


def style_text(saved: Saved) -> str:
    """The characters of a style sheet; empty where it has none."""
    try:
        return charsets.decoded(saved.data[:MOST], saved.charset).text
    except BadText:
        return ""


def _plain_style(text: str) -> str:
    """Without comments and fonts."""
    return _without(_without(text, "/*", "*/"), "@font-face", "}")


def _without(text: str, begins: str, ends: str) -> str:
    kept, at = [], 0
    while (start := text.find(begins, at)) >= 0:
        kept.append(text[at:start])
        end = text.find(ends, start + len(begins))
        at = len(text) if end < 0 else end + len(ends)
    return "".join([*kept, text[at:]])


def _part(given: str, base: str, *, is_style: bool) -> list[Part]:
    address = _resolved(given, base)
    return [Part(address, is_style)] if address else []


def _resolved(given: str, base: str) -> str:
    """The web address that is meant; empty for none."""
    given = given.strip()
    if not given or given.lower().startswith(("data:", "javascript:", "blob:", "about:", "#")):
        return ""
    try:
        found = urldefrag(urljoin(base, given)).url
    except ValueError:
        return ""
    return found if found.startswith(("http://", "https://")) else ""


def _tree(data: bytes, charset: str) -> Any:
    try:
        text = charsets.decoded(data[:MOST], charset).text
        return etree.fromstring(
            text.encode(), etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
        )
    except (BadText, etree.LxmlError, ValueError):
        return None


def _base(tree: Any, address: str) -> str:
    base = next(iter(tree.iter("base")), None)
    return (_resolved(base.get("href", ""), address) if base is not None else "") or address


def _is_style(link: Any) -> bool:
    rel = link.get("rel", "").lower().split()
    return "stylesheet" in rel and "alternate" not in rel and not _is_print(link.get("media", ""))


def _is_print(media: str) -> bool:
    return media.strip().lower() == "print"


def _picture_of(element: Any) -> str:
    """Where the picture is: pages that load late name it elsewhere until a script has run."""
    source = str(element.get("src", "")).strip()
    if source and not source.startswith("data:"):
        return source
    late = element.get("data-src") or element.get("data-original") or ""
    first = (element.get("srcset") or element.get("data-srcset") or "").split(",")[0].split()
    return str(late) or (first[0] if first else "") or source


def _first(groups: Iterable[str | None]) -> str:
    return next((each for each in groups if each), "")


# --- as it is shown ---


class _Showing:
    """One page on its way, with what may still be put into it."""

    def __init__(self, address: str, saved: Mapping[str, Saved]) -> None:
        self.address, self.saved = address, saved
        self.look = Look()
        self.left = MOST_SHOWN

    def part(self, address: str, *, is_style: bool) -> Saved | None:
        """What was saved of it, if it is that and there is room."""
        found = self.saved.get(address)
        is_kind = found is not None and (
            found.media_type == STYLE if is_style else found.media_type in PICTURES
        )
        if found is None or not is_kind or len(found.data) > self.left:
            if address not in self.look.shown:
                self.look.missing.add(address)
            return None
        self.left -= len(found.data)
        self.look.shown.add(address)
        self.look.missing.discard(address)
        return found

    def picture(self, given: str, base: str) -> str:
        """The picture as an address that holds its bytes; empty where it was not saved."""
        if given.startswith("data:"):
            kind = given[5:].partition(",")[0].partition(";")[0].lower()
            return given if kind in PICTURES else ""
        address = _resolved(given, base)
        found = self.part(address, is_style=False) if address else None
        if found is None:
            return ""
        return f"data:{found.media_type};base64,{b64encode(found.data).decode()}"

    def style(self, text: str, base: str, depth: int = 0) -> Iterator[str]:
        """The style sheet with what it calls inside."""
        text = _plain_style(text)
        for match in _IMPORT.finditer(text):
            address = _resolved(_first(match.groups()[:3]), base)
            if address and not _is_print(match[4]) and depth < DEEPEST:
                yield from self.sheet(address, match[4].strip(), depth + 1)

        def pictured(match: re.Match[str]) -> str:
            found = self.picture(_first(match.groups()), base)
            # Nothing in it may end the string: what the page gave is quoted as an address is.
            return f'url("{_NOT_QUOTED.sub("", found)}")' if found else _NOTHING

        yield _STYLE_URL.sub(pictured, _IMPORT.sub("", text))

    def sheet(self, address: str, media: str = "", depth: int = 0) -> Iterator[str]:
        found = self.part(address, is_style=True)
        if found is None:
            return
        style = "\n".join(self.style(style_text(found), address, depth))
        is_plain = media and re.fullmatch(r"[\w\s():,.<>=-]+", media)
        yield f"@media {media} {{{style}}}" if is_plain else style


def look(data: bytes, address: str, saved: Mapping[str, Saved], charset: str = "") -> Look | None:
    """The page at this address as it looked, with what was saved; None for what is no page."""
    tree = _tree(data, charset)
    if tree is None:
        return None
    showing = _Showing(address, saved)
    base = _base(tree, address)
    showing.look.is_cut = len(data) > MOST
    styles: list[str] = []
    for element in tree.iter("link", "style"):
        if element.tag == "style" and not _is_print(element.get("media", "")):
            styles += showing.style(element.text or "", base)
        elif element.tag == "link" and _is_style(element):
            wanted = _resolved(element.get("href", ""), base)
            styles += showing.sheet(wanted, element.get("media", "").strip()) if wanted else ()
    # No element of ours ends within: "<\/" is "</" to a style sheet, and no tag.
    showing.look.style = "\n".join(styles).replace("</", "<\\/").replace("<!--", "")
    body = tree.find("body")
    if body is not None:
        showing.look.attributes = _attributes(body)
        showing.look.html = "".join(_shown(body, showing, base))
    showing.look.language = str(tree.get("lang") or "")
    return showing.look


def _shown(body: Any, showing: _Showing, base: str) -> Iterator[str]:
    """The texts and the elements of the list, in document order."""
    skipped: Any = None
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        is_open = skipped is None
        if event == "start" and is_open:
            if name not in _ELEMENTS | _THROUGH:
                skipped = element
                continue
            if element is not body:
                yield from _opened(name, element, showing, base)
            if element.text:
                yield escape(element.text)
        elif event != "start":
            if event == "end" and is_open and element is not body and name in _ELEMENTS - _EMPTY:
                yield f"</{name}>"
            if skipped is element:
                skipped = None
            if skipped is None and element is not body and element.tail:
                yield escape(element.tail)


def _opened(name: str, element: Any, showing: _Showing, base: str) -> Iterator[str]:
    if name in _THROUGH:
        return
    source = ""
    if name == "img" and (found := showing.picture(_picture_of(element), base)):
        source = f' src="{escape(found)}"'
    # Closed or not, what stood in it can be read.
    unfolded = " open" if name == "details" else ""
    yield f"<{name}{_attributes(element)}{source}{unfolded}>"


def _attributes(element: Any) -> str:
    given = element.attrib.items()
    return "".join(f' {name}="{escape(value)}"' for name, value in given if name in _ATTRIBUTES)
