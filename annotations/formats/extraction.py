"""The article in a web page, found by trafilatura in a process of its own that can be killed.

Run as a program: HTML in UTF-8 on standard input, JSON on standard output. Pages are written by
strangers, and some make any extractor slow, large or deep; the limits set here end this process
and nothing else.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

if __name__ == "__main__":  # -I leaves out the folder that our package stands in
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from annotations import killable
from annotations.formats import captions, footnotes, grids, metadata
from annotations.formats.asides import drop_asides
from annotations.formats.hyperlinks import based, in_blocks, of_page
from annotations.formats.inline import flatten
from annotations.formats.leftout import CAPTION, PULL_QUOTE, Left, left_out, shown_lines
from annotations.formats.unfolding import drop_leads, unfold
from annotations.formats.within import shorten

PARAGRAPH, HEADING, TITLE, LIST_ITEM, QUOTE = "", "heading", "title", "list_item", "quote"
ROW = "row"

Block = tuple[str, str]
"""What a block is, and its text; a line end in it is a <br>, a tab parts the cells of a row."""

# Elements of trafilatura's own tree. All others are inside a line.
_BLOCKS = {"p", "head", "list", "item", "quote", "table", "div", "body", "code", "row", "figure"}


# Words of a page that asks for scripts.
_LONGEST_REQUEST = 40


def blocks(element, kind: str = PARAGRAPH) -> Iterator[Block]:  # type: ignore[no-untyped-def]
    """The blocks of trafilatura's tree in order; white space as it came."""
    line = [element.text or ""]
    for child in element:
        if child.tag == "table":
            yield kind, "".join(line)
            yield from _table(child, kind)
            line = []
        elif child.tag in _BLOCKS:
            yield kind, "".join(line)
            yield from blocks(child, _kind(child, kind))
            line = []
        elif child.tag == "lb":
            line.append("\n")
        else:
            line += _inside(child)
        line.append(child.tail or "")
    yield kind, "".join(line)


def _table(table, kind: str) -> Iterator[Block]:  # type: ignore[no-untyped-def]
    """The rows of a table; those that are no rows of data are blocks like those around it."""
    rows = ["\t".join(map(_cell, row)) for row in table if row.tag == "row"]
    for row, is_whole in zip(rows, grids.rows_stay_whole(rows), strict=True):
        yield ROW if is_whole else kind, row


def _cell(cell) -> str:  # type: ignore[no-untyped-def]
    return " ".join("".join(cell.itertext()).split())


def _kind(element, around: str) -> str:  # type: ignore[no-untyped-def]
    if element.tag == "head":
        return TITLE if element.get("rend") == "h1" else HEADING
    return {"item": LIST_ITEM, "quote": QUOTE}.get(element.tag, around)


def _inside(element) -> Iterator[str]:  # type: ignore[no-untyped-def]
    yield element.text or ""
    for child in element:
        if child.tag == "lb":
            yield "\n"
        else:
            yield from _inside(child)
        yield child.tail or ""


def _with_captions(article: list[Block], captions: set[str]) -> list[Block]:
    """The blocks, those that are captions on the page as such."""
    return [
        (CAPTION if kind in (PARAGRAPH, ROW) and " ".join(text.split()) in captions else kind, text)
        for kind, text in article
    ]


_FOLDED = re.compile(r"\w+")
# Fewer words than these may well be said twice.
_FEWEST_PULLED = 5


def _without_pull_quotes(article: list[Block]) -> tuple[list[Block], list[tuple[str, int]]]:
    """The blocks without quotations set apart whose words all stand in one of the other blocks.

    Those are printed twice to draw the eye, and would be counted twice. With the number of the
    block that each followed.
    """
    running = [_folded(text) for kind, text in article if kind != QUOTE]
    kept: list[Block] = []
    pulled: list[tuple[str, int]] = []
    for kind, text in article:
        words = _folded(text)
        is_pulled = kind == QUOTE and words.count(" ") > _FEWEST_PULLED
        if is_pulled and any(words in each for each in running):
            pulled.append((" ".join(text.split()), len(kept) - 1))
        else:
            kept.append((kind, text))
    return kept, pulled


def _is_a_request(texts: list[str], without_scripts: str) -> bool:
    """Whether a page only asks for scripts to be switched on: no article, whatever it says."""
    whole = _folded(" ".join(texts))
    return whole.count(" ") <= _LONGEST_REQUEST and bool(whole.strip()) and whole in without_scripts


def _is_a_menu(texts: list[str], linked: str) -> bool:
    """Whether all that was found are the words of links, one after the other: no article."""
    return _folded(" ".join(texts)) in linked


def _folded(text: str) -> str:
    return f" {' '.join(_FOLDED.findall(text.casefold()))} "


def extract(page: str, address: str) -> dict[str, object]:
    """The article's blocks and what its metadata says. No blocks: nothing was found."""
    import trafilatura
    from trafilatura.metadata import extract_metadata
    from trafilatura.settings import Document

    tree = trafilatura.load_html(page)
    if tree is None:
        return {"blocks": [], "links": [], "words": 0}
    unseen = tree.xpath("//script|//style|//noscript|//template|//head")
    words = sum(len(text.split()) for text in tree.itertext())
    words -= sum(len(text.split()) for each in unseen for text in each.itertext())
    without_scripts = _folded(" ".join(tree.xpath("//noscript//text()")))
    linked = _folded(" ".join(tree.xpath("//a//text()")))
    said = metadata.about(tree, address)
    base = address or str(said["canonical"])
    shorten(tree, based(tree, base), address, str(said["canonical"]))
    unfold(tree)
    footnotes.settle(tree)
    captions.settle(tree)
    flatten(tree)
    shown = shown_lines(tree, base)
    links = of_page(tree, base)
    told = extract_metadata(
        tree,
        address or None,
        date_config={"original_date": True, "extensive_search": False},
    )
    drop_leads(tree)
    drop_asides(tree, said["names"], urlsplit(base).hostname or "")
    found = trafilatura.bare_extraction(
        tree,
        url=address or None,
        include_comments=False,
        include_tables=True,
    )
    if not isinstance(found, Document) or found.body is None:
        return {"blocks": [], "links": [], "words": words}
    said_below = {line.words for line in shown if line.kind == CAPTION}
    article = _with_captions([(kind, text) for kind, text in blocks(found.body)], said_below)
    article, pulled = _without_pull_quotes(article)
    texts = [text for _kind, text in article]
    if _is_a_request(texts, without_scripts) or _is_a_menu(texts, linked):
        return {"blocks": [], "links": [], "words": words}
    left, pictures = left_out(shown, texts)
    twice = {words for words, _after in pulled}
    left = [each for each in left if each.words not in twice]
    left += [Left(words, after, PULL_QUOTE) for words, after in pulled]
    rows = {number for number, (kind, _text) in enumerate(article) if kind == ROW}
    return {
        "blocks": article,
        "links": in_blocks(links, texts, rows),
        "left_out": left,
        "left_out_links": in_blocks(links, [each.words for each in left]),
        "pictures": [(each.address, each.alternative, each.caption, at) for each, at in pictures],
        "words": max(0, words),
        "title": told.title or "",
        "titles": said["titles"],
        "byline": metadata.byline(told.author or "", told.sitename or "", said["text_of_names"]),
        "outlet": told.sitename or "",
        "date": metadata.own_day(told.date or "", said["moments"]),
        "language": said["language"],
        "canonical": said["canonical"],
    }


def main() -> None:
    """Read, extract, write, within the limits given: seconds of computing, bytes of memory."""
    (address,) = killable.keep_to_limits()
    page = sys.stdin.buffer.read().decode("utf-8")
    sys.stdout.write(json.dumps(extract(page, address)))


if __name__ == "__main__":
    main()
