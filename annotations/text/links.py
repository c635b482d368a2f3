"""Links of a text: where in it they stand, which addresses are kept, and where they go.

Until a text is frozen, a link's place is counted in visible characters of its block: white space
and what canonical text leaves out count nothing, and every letter as many as it decomposes into.
That count is the same before and after a text is made canonical, whatever happens to its spaces
and its accents.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from urllib.parse import parse_qs, quote, urljoin, urlsplit, urlunsplit

from annotations.text.difference import Course

MOST = 1000
"""Links that are kept of one text, the first ones."""
LONGEST = 2000
"""Characters of an address that is kept; a longer one is left out."""


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of a text, in code points, and the web address that it leads to."""

    start: int
    end: int
    address: str


Told = tuple[int, int, str]
"""A link in a block: where it begins and ends, in visible characters of the block; its address."""


# --- visible characters ---

# What canonical text makes a space, a line end or nothing of; tags stay in flags only.
_UNSEEN = re.compile(
    "[\\s\x85\xad\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\u202a-\u202e\u2066-\u206f"
    "\U000e0000-\U000e007f]"
)
_TAG = re.compile("[\U000e0000-\U000e007f]")


@lru_cache(maxsize=20_000)
def _shown(char: str) -> str:
    return "" if _UNSEEN.match(char) else unicodedata.normalize("NFD", char)


def visible(text: str) -> str:
    """The visible characters of a text: each letter decomposed, white space left out."""
    if text.isascii():
        return "".join(text.split())
    return "".join(map(_shown, text))


def place(text: str, told: Sequence[Told], at: int = 0) -> Iterator[Link]:
    """The links of a block that is canonical `text` now, and stands at code point `at`.

    One that has no words, or begins before the last one ends, is left out.
    """
    if not told:
        return
    reach = list(accumulate(len(_shown(char)) for char in text))
    last = 0
    for first, stop, address in sorted(told):
        start = bisect_right(reach, first)
        end = bisect_left(reach, stop) + 1
        if first >= stop or end > len(text) or start < last:
            continue
        while end < len(text) and _TAG.match(text[end]):  # the rest of a flag
            end += 1
        last = end
        yield Link(at + start, at + end, address)


class Words:
    """The words of a block as they are put together, and its links."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._shown = self._opened = 0
        self._links: list[Told] = []
        self._is_apart = False

    def leave_out(self) -> None:
        """Words that are not read stood here: no figure after them touches one before them."""
        self._is_apart = True

    def add(self, words: str) -> None:
        if words:
            before = next((each[-1] for each in reversed(self._pieces) if each), "")
            if self._is_apart and before.isdecimal() and words[0].isdecimal():
                words = f" {words}"
            self._is_apart = False
        self._pieces.append(words)
        self._shown += len(visible(words))

    def add_linked(self, words: str, links: Iterable[Told]) -> None:
        """Add words with the links in them, which count from the first of these words."""
        at = self._shown
        self._links += [(first + at, stop + at, address) for first, stop, address in links]
        self.add(words)

    def open_link(self) -> None:
        """A link begins here."""
        self._opened = self._shown

    def close_link(self, address: str) -> None:
        """The link that began last ends here; it leads nowhere if `address` is empty."""
        if address and self._opened < self._shown:
            self._links.append((self._opened, self._shown, address))

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    @property
    def links(self) -> tuple[Told, ...]:
        return tuple(self._links)


# --- addresses ---

_HOST = re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]")
_NO_HOST = re.compile(r"https?:(?!//[^/\\])", re.IGNORECASE)
_SAFE = "%:/?#[]@!$&'()*+,;=~-._"


def web_address(written: str, base: str = "") -> str:
    """The http or https address that a link leads to, in printable ASCII; empty if to none.

    `base` is the address that relative ones start from. Addresses with a name or password in them
    are none of ours to keep.
    """
    written = re.sub(r"[\t\n\r]", "", written).strip("\x00 ")
    written = _unwrapped(written)
    # "https:///a" is another host to a browser than to Python.
    if not written or written.startswith("#") or _NO_HOST.match(written):
        return ""
    try:
        url = urlsplit(urljoin(base, written))
        host = url.netloc.lower()
        url.port  # noqa: B018  # raises for what is no port
        if not host.isascii():
            host = host.encode("idna").decode()
        parts = [quote(each, safe=_SAFE, errors="strict") for each in url[2:]]
    except (ValueError, UnicodeError):
        return ""
    name = re.sub(r":\d*$", "", host)
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(name):
        return ""
    address = urlunsplit((url.scheme, host, *parts))
    return address if len(address) <= LONGEST else ""


# Mail programs and office suites put an address of their own around that of a link.
_WRAPPERS = (
    (re.compile(r"(?:www\.)?google\.[a-z.]{2,6}"), "/url", ("q", "url")),
    (re.compile(r"[a-z0-9]+\.safelinks\.protection\.outlook\.com"), "/", ("url",)),
    (re.compile(r"lm?\.facebook\.com"), "/l.php", ("u",)),
)


def _unwrapped(written: str) -> str:
    """The address that somebody linked to, out of one that only counts clicks or scans it."""
    if not written.lower().startswith(("https://", "http://")):
        return written
    try:
        url = urlsplit(written)
        said = parse_qs(url.query)
    except ValueError:
        return written
    for host, path, names in _WRAPPERS:
        if url.path == path and host.fullmatch(url.netloc.lower()):
            inner = next((said[name][0] for name in names if name in said), "")
            return inner if inner.startswith(("https://", "http://")) else written
    return written


# --- addresses that are written out ---

_WRITTEN = re.compile(r"https?://[^\s<>\"“”«»„]{1,2000}", re.IGNORECASE)
_AFTER = ".,;:!?…'’‘*_~|"
_MOST_MARKS = 20
_PAIRS = {")": "(", "]": "[", "}": "{"}


def written_out(text: str) -> tuple[Link, ...]:
    """The first web addresses that stand in a text as its words, without the marks after them."""
    found: list[Link] = []
    for match in _WRITTEN.finditer(text):
        words = _without_marks(match.group())
        if address := web_address(words):
            found.append(Link(match.start(), match.start() + len(words), address))
            if len(found) == MOST:
                break
    return tuple(found)


def told_in(text: str) -> tuple[Told, ...]:
    """The addresses that are written out in a block, as its links."""
    found = []
    for link in written_out(text):
        first = len(visible(text[: link.start]))
        found.append((first, first + len(visible(text[link.start : link.end])), link.address))
    return tuple(found)


def _without_marks(words: str) -> str:
    """The address without what belongs to its sentence; a bracket that it opens is its own."""
    for _mark in range(_MOST_MARKS):
        last = words[-1]
        opened = _PAIRS.get(last)
        if last not in _AFTER and (opened is None or words.count(opened) >= words.count(last)):
            break
        words = words[:-1]
    return words


def together(first: Iterable[Link], more: Iterable[Link]) -> tuple[Link, ...]:
    """All links in order; of `more` those that touch none of `first`."""
    taken = list(first)
    spans = [(each.start, each.end) for each in taken]
    starts = [start for start, _end in spans]
    for each in more:
        at = bisect_right(starts, each.start)
        is_free = (at == 0 or spans[at - 1][1] <= each.start) and (
            at == len(spans) or each.end <= spans[at][0]
        )
        if is_free:
            taken.append(each)
    return tuple(sorted(taken, key=lambda link: link.start)[:MOST])


# --- another text ---

_TELLING = 4
"""Fewer characters than these tell no place by themselves."""


def carried(before: str, links: Iterable[Link], after: str) -> tuple[Link, ...]:
    """The links of the text `before` whose words stand in `after` as well.

    Where they stood, if that stayed; else at the one place where they stand, if they stood at one
    before.
    """
    links = list(links)
    if not links:
        return ()
    if before == after:
        return tuple(links)
    course = Course(before, after)

    @cache
    def moved(words: str) -> int:
        """Where words that stand once before and after stand after; -1 if they do not."""
        if len(words) < _TELLING or before.count(words) != 1 or after.count(words) != 1:
            return -1
        return after.index(words)

    found: dict[int, Link] = {}
    for link in links:
        words = before[link.start : link.end]
        if course.kept(link.start, link.end):
            start, end = course.follow(link.start, link.end)
        elif (start := moved(words)) >= 0:
            end = start + len(words)
        else:
            continue
        found.setdefault(start, Link(start, end, link.address))
    return tuple(apart(found[start] for start in sorted(found)))


def apart(links: Iterable[Link]) -> Iterator[Link]:
    """Those of the links, which are in order, that begin after the last one ended."""
    last = 0
    for link in links:
        if link.start >= last:
            yield link
            last = link.end
