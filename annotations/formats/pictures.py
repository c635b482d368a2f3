"""The pictures of a web page, each with its address, what stands for it, and its caption.

None is fetched. Small ones, which are signs and counters, and those of menus and boxes are none of
the article's. Runs where nothing of Django is; knows lxml's tree only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotations.text.links import web_address
from annotations.text.pictures import shortened

Element = Any
"""An element of lxml, which has no types of its own."""

CAPTIONS = ("figcaption", "caption")
_BESIDE = ("nav", "aside", "header", "footer", "noscript", "template", "button", "form")
_SMALL = 60
"""Pixels below which a picture shows nothing."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of a page: its address, what stands for it, its caption; `is_set`: in a figure."""

    address: str
    alternative: str
    caption: str
    is_set: bool


def picture(image: Element, base: str) -> Shown | None:
    """The picture that an `img` shows, if the article may have it. `base` is the page's address."""
    if any(above.tag in _BESIDE for above in image.iterancestors()) or _is_small(image):
        return None
    address = next((found for each in _sources(image) if (found := web_address(each, base))), "")
    if not address:
        return None
    figure = next(image.iterancestors("figure"), None)
    caption = figure.find(".//figcaption") if figure is not None else None
    words = " ".join("".join(caption.itertext()).split()) if caption is not None else ""
    return Shown(address, shortened(image.get("alt") or ""), words, figure is not None)


def _sources(image: Element) -> Iterator[str]:
    """Where the picture may be, the best first: pages that load it late say it elsewhere."""
    for name in ("data-src", "data-original", "data-lazy-src", "src"):
        if written := image.get(name):
            yield written
    for written in (image.get("srcset"), image.get("data-srcset")):
        yield (written or "").split(",")[-1].split(" ")[0] if written else ""


def _is_small(image: Element) -> bool:
    sizes = (re.match(r"\d{1,5}", image.get(name) or "") for name in ("width", "height"))
    return any(size is not None and int(size[0]) < _SMALL for size in sizes)
