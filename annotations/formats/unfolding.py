"""A page before its article is looked for: what its tables only lay out, and lines that lead away.

trafilatura takes a table for a table, and reads each of its cells as one line: the paragraphs of a
page that is laid out by tables came out as one, glued to each other. A line such as "Read also:"
and a link stands among the paragraphs of an article and is none of its own.

Runs where nothing of Django is; knows lxml's tree only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Element = Any
"""An element of lxml, which has no types of its own."""

_WITHIN = "./*[self::p or self::ul or self::ol or self::blockquote or self::table or self::dl" + (
    "".join(f" or self::h{level}" for level in range(1, 7)) + "]"
)
_FEWEST_BLOCKS, _FEWEST_BREAKS, _LONG = 2, 3, 400
_LONGEST_LEAD = 300
_LEADS_AWAY = re.compile(
    r"\W*(?:read (?:more|also|next)|see also|related(?: stor(?:y|ies)| articles?)?|more on this"
    r"|(?:à|a) lire(?: aussi| également)?|lire aussi|lesen sie (?:auch|hier|mehr|dazu)"
    r"|mehr (?:zum thema|dazu)|auch interessant|lea también|lee también|leer también"
    r"|te puede interesar|leggi anche|leia (?:também|mais)|lees ook|czytaj (?:też|także|również)"
    r"|zobacz też|читайте также|читать также|читайте також|читайте ще|اقرأ أيضا|اقرأ أيضًا"
    r"|إقرأ أيضا|延伸阅读|相关阅读)\s*[:：…\-–—|»>]*\s*",
    re.IGNORECASE,
)


def unfold(tree: Element) -> None:
    """Make blocks of the tables that lay out text."""
    for table in list(tree.iter("table")):
        rows = list(_own(table, "tr"))
        cells = [cell for row in rows for cell in row if cell.tag in ("td", "th")]
        if any(cell.tag == "th" for cell in cells) or not any(map(_is_laid_out, cells)):
            continue
        for each in (table, *_own(table, "tbody"), *rows, *cells):
            each.tag = "div"


def _own(table: Element, tag: str) -> Iterator[Element]:
    """The rows, or what holds them, of the table itself."""
    for child in table:
        if child.tag == tag:
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from (each for each in child if each.tag == tag)


def _is_laid_out(cell: Element) -> bool:
    """Whether a cell holds what no cell of data does: several blocks, a table, many lines."""
    blocks = cell.xpath(_WITHIN)
    if len(blocks) >= _FEWEST_BLOCKS or cell.find(".//table") is not None:
        return True
    is_long = len("".join(cell.itertext())) > _LONG
    return is_long and len(cell.findall(".//br")) >= _FEWEST_BREAKS


def drop_leads(tree: Element) -> None:
    """Leave out the lines that only lead to other articles: "Read also:" and links."""
    looked_at = set()
    for link in list(tree.iter("a")):
        block = next((each for each in link.iterancestors("p", "div", "li")), None)
        if block is None or block in looked_at or tree not in set(block.iterancestors()):
            continue
        looked_at.add(block)
        words = " ".join("".join(block.itertext()).split())
        found = _LEADS_AWAY.match(words) if len(words) <= _LONGEST_LEAD else None
        if found and (link.get("href") or "")[:1] != "#" and _is_linked(block, words, found.end()):
            block.drop_tree()


def _is_linked(block: Element, words: str, lead: int) -> bool:
    """Whether all that stands after the lead is in links, and something does."""
    linked = "".join("".join("".join(each.itertext()).split()) for each in block.iter("a"))
    rest = "".join(words[lead:].split())
    return bool(rest) and linked.endswith(rest)
