"""Links within a page, however they are written: "#note" and the page's own address before it.

Some systems write each link in full, browsers do so in what is copied or saved, and mail services
put parameters of their own behind the address.

Source: HTML Living Standard, 4.2.3 (base) and 7.4.6.4 (scrolling to a fragment). Runs where
nothing of Django is; knows lxml's tree only.
"""

from __future__ import annotations

from collections.abc import Container
from itertools import islice
from typing import Any
from urllib.parse import unquote, urldefrag

from annotations.text.documents import of_address
from annotations.text.links import web_address

Element = Any
"""An element of lxml, which has no types of its own."""

_MOST = 5000
_NOWHERE = "https://page.invalid/"
"""What the links of a page start from whose address nobody knows."""
_LONGEST_SIGN = 4


def shorten(tree: Element, base: str = "", *addresses: str) -> None:
    """Write each link to a place in the page itself as "#place".

    `base` is what relative links start from, `addresses` are those of the page. Without any, its
    address is that of a short link to a place that is in it, as references to notes are.
    """
    given = {page for each in addresses if (page := of_address(each))}
    places = frozenset() if given else _places(tree)
    if not given and not places:
        return
    written = []
    for link in islice(tree.iter("a"), _MOST):
        href = (link.get("href") or "").strip()
        if href.startswith("#"):
            continue
        address, place = urldefrag(web_address(href, base or _NOWHERE))
        if address and place:
            written.append((link, of_address(address), place))
    own = given or {page for link, page, at in written if unquote(at) in places and _is_sign(link)}
    for link, page, place in written:
        if page in own and (given or unquote(place) in places):
            link.set("href", f"#{place}")


def _places(tree: Element) -> Container[str]:
    return frozenset(tree.xpath("//@id | //a/@name"))


def _is_sign(link: Element) -> bool:
    return 0 < len("".join(link.itertext()).strip()) <= _LONGEST_SIGN
