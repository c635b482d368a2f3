"""What a page shows beside its article, line by line, so that a person can look at what was left.

Captions, lists of links and pull quotes are among it, and so are menus: those that stand within the
page's article or main part come first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

MOST_LINES = 200
"""Lines that are kept for a look."""
_LONGEST = 500
_MOST_LOOKED_AT = 5000
BLOCKS = (
    "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "figcaption", "caption",
    "blockquote", "dd", "dt", "pre", "div", "section", "aside", "summary", "address", "figure",
    "header", "footer", "nav", "article", "main", "body",
)  # fmt: skip
UNSEEN = ("script", "style", "noscript", "template", "head", "svg")

Element = Any
"""An element of lxml, which has no types of its own."""
Line = tuple[bool, str]
"""Whether a line stands within the page's article or main part, and its words."""


def shown_lines(tree: Element) -> list[Line]:
    """The words of the page's innermost blocks, in order."""
    outer = set()
    for block in tree.iter(*BLOCKS):
        for above in block.iterancestors(*BLOCKS):
            if above in outer:
                break
            outer.add(above)
    found: list[Line] = []
    for block in tree.iter(*BLOCKS):
        if len(found) == _MOST_LOOKED_AT:
            break
        words = " ".join("".join(_own(block) if block in outer else block.itertext()).split())
        if words and next(block.iterancestors(*UNSEEN), None) is None:
            is_within = next(block.iterancestors("article", "main"), None) is not None
            found.append((is_within, words[:_LONGEST]))
    return found


def _own(block: Element) -> Iterator[str]:
    """The words of a block that stand in none of the blocks within it."""
    yield block.text or ""
    for child in block:
        is_inside = isinstance(child.tag, str) and child.tag not in BLOCKS
        if is_inside and next(child.iterdescendants(*BLOCKS), None) is None:
            yield "".join(child.itertext())
        yield child.tail or ""


def left_out(shown: list[Line], article: str) -> list[str]:
    """The lines that the article does not hold, each once; the nearest to the article first."""
    kept = " ".join(article.split())
    left = dict.fromkeys((within, words) for within, words in shown if words not in kept)
    ordered = [words for within, words in left if within]
    ordered += [words for within, words in left if not within]
    return list(dict.fromkeys(ordered))[:MOST_LINES]
