"""The captions of a page, and whom its pictures are by, under the name that HTML has for them.

Pages say it by a class beside a picture, by WordPress's shortcode that nothing turned into HTML, or
by nothing but a paragraph within a figure. What stands in a caption by parts is one line, and no
word of it touches another that it does not touch on the page.

Runs where nothing of Django is; knows lxml's tree only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

Element = Any
"""An element of lxml, which has no types of its own."""

_CALLED = re.compile(
    r"(?:^|[-_])(?:captions?|l[eé]gende|bildunterschrift|bildtext|bildnachweis|didascalia|leyenda"
    r"|pie-?(?:de-?)?foto|onderschrift|credits?|cr[eé]ditos?|photo-?by|photographer|copyright)"
    r"(?:$|[-_\d])",
    re.IGNORECASE,
)
_ALWAYS = ("wp-caption-text", "tr-caption", "wp-element-caption", "gallery-caption")
"""Classes that say it without a picture beside them, as where pictures are not copied."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MAY_BE = (
    "p", "div", "span", "dd", "dt", "td", "small", "em", "i", "cite", "section",
    "h1", "h2", "h3", "h4", "h5", "h6",
)  # fmt: skip
_PICTURES = ("img", "video", "audio", "iframe", "picture", "object")
_HOLDS_MORE = ("blockquote", "table", "pre", "ul", "ol", "figure")
_RUNNING = ("blockquote", "pre", "ul", "ol")
_CONTAINERS = ("div", "dl", "p", "span", "table", "a")
_INSIDE = ("tbody", "thead", "tr", "td", "th", "dt", "dd")
_PARTS = ("p", "div", "section", "li", "ul", "h2", "h3", "h4", "h5", "h6")
_LONGEST = 120
"""Words of a caption with all that stands beside it in its figure."""
_FARTHEST = 4
"""Elements around a caption in which its picture is looked for."""
_SHORTCODE = re.compile(
    r"\[/?(?:wp_)?(?:caption|gallery|embed|audio|video|playlist)(?:\s[^\[\]]{0,2000})?\]"
)
_SAID_IN_IT = re.compile(r"\scaption=[\"“”]([^\"“”]{1,1000})[\"“”]")
_ENDS = (".", "!", "?", "…", ")", "”")


def settle(tree: Element) -> None:
    """Make figures and captions of what the page means to be some."""
    for image in list(tree.iter("amp-img", "amp-anim")):
        image.tag = "img"
    _read_shortcodes(tree)
    for element in list(tree.iter(*_MAY_BE)):
        if _is_called_so(element) and _holds_words_alone(element):
            _set_apart(element)
    for figure in list(tree.iter("figure")):
        _name_in(figure)
        _keep_text(figure)
    for caption in list(tree.iter("figcaption")):
        _make_one_line(caption)


def _is_called_so(element: Element) -> bool:
    names = (element.get("class") or "").split()
    return any(_CALLED.search(_HUMP.sub("-", name)) for name in names)


def _holds_words_alone(element: Element) -> bool:
    above = next(element.iterancestors("figcaption"), None)
    is_plain = (
        above is None and next(element.iterdescendants(*_PICTURES, *_HOLDS_MORE), None) is None
    )
    return is_plain and 0 < _count(element) <= _LONGEST


def _count(element: Element) -> int:
    """How many words it holds, or one more than a caption's most."""
    words = (word for piece in element.itertext() for word in piece.split())
    return sum(1 for _word in islice(words, _LONGEST + 1))


def _set_apart(element: Element) -> None:
    """Make a caption of it, in a figure with its picture; no words of a text go with it."""
    before = element.getprevious()
    is_below = before is not None and next(before.iter(*_PICTURES), None) is not None
    if is_below and before.tag in ("p", "figure") and not _count(before):
        element.tag = "figcaption"
        _wrapped(element).insert(0, before)
        return
    for above in islice(element.iterancestors(), _FARTHEST):
        if above.tag == "figure":
            element.tag = "figcaption"
            return
        if _count(above) > _LONGEST:
            break
        if above.tag not in _INSIDE and next(above.iterdescendants(*_PICTURES), None) is not None:
            element.tag = "figcaption"
            if above.tag in _CONTAINERS and _is_all_called_so(above):
                above.tag = "figure"
                for each in above.iter(*_INSIDE):
                    each.tag = "div"
            else:
                _wrapped(element)
            return
    if any(name in _ALWAYS for name in (element.get("class") or "").split()):
        element.tag = "figcaption"
        _wrapped(element)


def _is_all_called_so(around: Element) -> bool:
    """Whether all words in it are those of captions."""
    said = sum(len((piece or "").split()) for piece in around.itertext())
    named = [each for each in around.iter(*_MAY_BE, "figcaption") if _is_caption(each)]
    outer = [each for each in named if not any(above in named for above in each.iterancestors())]
    return said == sum(_count(each) for each in outer)


def _is_caption(element: Element) -> bool:
    is_plain = next(element.iterdescendants(*_PICTURES), None) is None
    return element.tag == "figcaption" or (_is_called_so(element) and is_plain)


def _wrapped(element: Element) -> Element:
    """A figure around the element, in its place."""
    figure = etree.Element("figure")
    figure.tail, element.tail = element.tail, None
    element.getparent().replace(element, figure)
    figure.append(element)
    return figure


def _name_in(figure: Element) -> None:
    """What a figure says below its picture is its caption, also where nothing says so."""
    has_more = next(figure.iterdescendants("figcaption", *_HOLDS_MORE), None) is not None
    has_picture = next(figure.iterdescendants(*_PICTURES), None) is not None
    if has_more or not has_picture or not 0 < _count(figure) <= _LONGEST:
        return
    for element in list(figure.iterdescendants(*_MAY_BE)):
        above = next(element.iterancestors("figcaption"), None)
        if above is None and _count(element) and _holds_words_alone(element):
            element.tag = "figcaption"


def _keep_text(figure: Element) -> None:
    """A figure of running text is the article's own: a quotation, a list, a program.

    Below a quotation stands who says it, else a caption.
    """
    has_picture = next(figure.iterdescendants(*_PICTURES, "table"), None) is not None
    if has_picture or next(figure.iterdescendants(*_RUNNING), None) is None:
        return
    is_quoted = next(figure.iterdescendants("blockquote"), None) is not None
    for caption in list(figure.iterdescendants("figcaption")):
        if is_quoted:
            caption.tag = "p"
        else:
            _wrapped(caption)
    figure.tag = "div"


def _make_one_line(caption: Element) -> None:
    """The caption without its buttons, its parts beside each other."""
    for button in list(caption.iterdescendants("button")):
        button.drop_tree()
    for part in list(caption.iterdescendants(etree.Element)):
        is_apart = part.tag in _PARTS or _is_called_so(part)
        if part.tag in _PARTS:
            part.tag = "span"
        if is_apart or (part.tag in ("span", "small", "cite") and _before(part).endswith(_ENDS)):
            _part_from_what_is_before(part)
            part.tail = f" {part.tail or ''}" if is_apart else part.tail


def _before(element: Element) -> str:
    """The words right before an element within the one that holds it."""
    last = element.getprevious()
    if last is None:
        return element.getparent().text or ""
    return last.tail or "".join(last.itertext())


def _part_from_what_is_before(element: Element) -> None:
    last = element.getprevious()
    if last is None:
        element.getparent().text = f"{element.getparent().text or ''} "
    else:
        last.tail = f"{last.tail or ''} "


# --- WordPress's shortcodes ---


def _read_shortcodes(tree: Element) -> None:
    """[caption]…[/caption] is a caption; those that hold no words go."""
    for element in list(tree.iter(etree.Element)):
        if "[" not in (element.text or "") and not any("[" in (e.tail or "") for e in element):
            continue
        if element.tag in ("script", "style", "pre", "code"):
            continue
        words = " ".join("".join(element.itertext()).split())
        codes = list(_SHORTCODE.finditer(words))
        if not codes:
            continue
        said = _SAID_IN_IT.search(codes[0][0])
        is_whole = words.startswith("[") and codes[0].start() == 0 and codes[-1].end() == len(words)
        is_caption = "caption" in codes[0][0] and is_whole and _count(element) <= _LONGEST
        for holder, attribute in list(_texts(element)):
            written = getattr(holder, attribute)
            setattr(holder, attribute, _SHORTCODE.sub(" ", written))
        if said:
            element.text = f"{element.text or ''} {said[1]}"
        if is_caption and element.tag in ("p", "div", "span"):
            _make_figure(element)


def _texts(element: Element) -> Iterator[tuple[Element, str]]:
    """Where the words of an element are written: its text, and what follows each within it."""
    if element.text:
        yield element, "text"
    for child in element.iterdescendants():
        if child.text and isinstance(child.tag, str):
            yield child, "text"
        if child.tail:
            yield child, "tail"


def _make_figure(element: Element) -> None:
    """A figure of it: its pictures, and a caption of all else."""
    caption = etree.Element("figcaption")
    caption.text, element.text = element.text, None
    for child in list(element):
        if next(child.iter(*_PICTURES), None) is None:
            caption.append(child)
            continue
        last = caption[-1] if len(caption) else None
        if last is None:
            caption.text = f"{caption.text or ''}{child.tail or ''}"
        else:
            last.tail = f"{last.tail or ''}{child.tail or ''}"
        child.tail = None
    element.tag = "figure"
    element.append(caption)
