"""Lines among the paragraphs of an article that are none of it: who wrote it and when, appeals.

An extractor leaves them out where it knows their class. Here they are told by what they hold: a
form that asks for an address, a link of the site's own to where one subscribes or gives, the name
that the page declares for its author, nothing but the time. A class counts only where all that
bears it is short: some papers call each paragraph so that is not for everybody.

All of it can be taken in. Runs where nothing of Django is; knows lxml's tree only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

Element = Any
"""An element of lxml, which has no types of its own."""

_LINES = ("p", "div", "section", "aside", "header", "footer")
_LONGEST_APPEAL = 45
"""Words of one, and of all that bears one name."""
_BESIDE_A_NAME, _BESIDE_A_TIME = 8, 4
_MOST_TIMES = 3
"""Lines that are nothing but a time; with more of them the page is a chronicle."""
_CALLED = re.compile(
    r"(?:^|[-_])(?:by-?line|auteurs?|autore?s?|autorin|verfasser|firma|dateline|pubdate|timestamp"
    r"|pay-?wall|meter-?wall|subscri\w*|abonn\w*|abo|suscri\w*|assin\w*|abbonat\w*|newsletter\w*"
    r"|boletin|signup|donat\w*|spenden?)(?:$|[-_])",
    re.IGNORECASE,
)
_LEADS_TO = re.compile(
    r"(?:^|[/_-])(?:subscri(?:be|ption|ptions)|newsletters?|sign-?up|donate|donations?|support-us"
    r"|membership|abo|abos|abonnements?|abonnieren|abonnez-vous|sabonner|spenden?|faire-un-don"
    r"|suscri\w+|suscripcion\w*|boletin\w*|assin\w+|doacoes|abbonat\w+|abbonamenti|podpiska"
    r"|prenumerata|abonelik)(?:/|\.\w{2,4})?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Told:
    """What is in an element: how many words, and of them in times; what else tells."""

    words: int = 0
    of_times: int = 0
    has_title: bool = False
    has_field: bool = False
    is_innermost: bool = True


def drop_asides(tree: Element, names: Collection[str], site: str = "") -> None:
    """Leave out what is beside the article among its paragraphs.

    `names` are those that the page declares for its author, `site` is the host of its address.
    """
    told, called = _read(tree)
    times = [each for each in told if told[each].is_innermost and _is_time(told[each])]
    gone = times if len(times) <= _MOST_TIMES else []
    for element, found in told.items():
        if not 0 < found.words <= _LONGEST_APPEAL or found.has_title:
            continue
        is_called = any(0 < called[name] <= _LONGEST_APPEAL for name in _names(element))
        if found.has_field or is_called or (found.is_innermost and _is_aside(element, names, site)):
            gone.append(element)
    for element in gone:
        element.drop_tree()


def _read(tree: Element) -> tuple[dict[Element, _Told], Counter[str]]:
    """The lines of the page in order; and how many words all that bears a name has together."""
    told: dict[Element, _Told] = {}
    called: Counter[str] = Counter()
    around: Counter[str] = Counter()
    opened: list[_Told] = [_Told()]
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        names = set(_names(element))
        if event == "start":
            around += Counter(names)
            opened.append(_Told(words=_count(element.text)))
            if element.tag in _LINES:
                told[element] = opened[-1]
            continue
        found, above = opened.pop(), opened[-1]
        is_line = element.tag in _LINES or element.tag == "li"
        above.is_innermost = above.is_innermost and found.is_innermost and not is_line
        above.words += found.words + _count(element.tail)
        above.of_times += found.words if element.tag == "time" else found.of_times
        above.has_title |= found.has_title or element.tag == "h1"
        above.has_field |= found.has_field or (
            element.tag == "input" and element.get("type") == "email"
        )
        for name in names:
            around[name] -= 1
            called[name] += 0 if around[name] else found.words
    return told, called


def _count(text: str | None) -> int:
    return len(text.split()) if text else 0


def _names(element: Element) -> Iterator[str]:
    for name in f"{element.get('class') or ''} {element.get('id') or ''}".split():
        if _CALLED.search(name):
            yield name


def _is_time(found: _Told) -> bool:
    """Whether it is the time of the article, and hardly a word beside it."""
    return found.of_times > 0 and found.words - found.of_times <= _BESIDE_A_TIME


def _is_aside(element: Element, names: Collection[str], site: str) -> bool:
    words = " ".join("".join(element.itertext()).split())
    return _is_byline(words, names) or _leads_to_an_appeal(element, site)


def _is_byline(line: str, names: Collection[str]) -> bool:
    """Whether it is the author's name and little else, and no sentence."""
    for name in names:
        is_named = len(name.split()) > 1 and name.casefold() in line.casefold()
        if is_named and len(line.split()) - len(name.split()) <= _BESIDE_A_NAME:
            return not line.endswith((".", "!", "?", "…", "”", "»", "“", '"', "。", "؟"))
    return False


def _leads_to_an_appeal(element: Element, site: str) -> bool:
    """Whether a link of the site's own leads to where one subscribes or gives."""
    for link in element.iter("a"):
        try:
            url = urlsplit((link.get("href") or "").strip())
        except ValueError:
            continue
        is_own = not url.netloc or (bool(site) and f".{url.netloc}".endswith(f".{site}"))
        if is_own and _LEADS_TO.search(url.path):
            return True
    return False
