"""A web page becomes a document: its article's own text, headings, lists and quotations as such.

What the article is, trafilatura says (formats.extraction), never guesses of ours about tags.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from annotations import killable
from annotations.formats import charsets
from annotations.formats.apart import too_busy
from annotations.formats.blocks import (
    CAPTION,
    HEADING,
    TITLE,
    Block,
    Blocks,
    clean_blocks,
    cut_blocks,
    links_of,
)
from annotations.formats.plain import (
    TITLE_LENGTH,
    About,
    Document,
    check_length,
    check_lines,
    check_sentences,
)
from annotations.text.canonical import (
    NORMALISER_VERSION,
    BadText,
    Change,
    ChangeKind,
    canonicalise,
)
from annotations.text.dates import is_partial_date
from annotations.text.links import Told, together, written_out
from annotations.text.notices import notices
from annotations.text.pictures import MOST as MOST_PICTURES
from annotations.text.pictures import Picture
from annotations.text.sentences import SPLITTER_VERSION
from annotations.text.tongues import language_of

SECONDS = 15.0
"""How long reading one page may compute; not how long it takes."""
MEMORY = 1536 * 1024 * 1024
"""Bytes of memory that reading one page may take, the libraries' own included."""
Extract = Callable[[str, str], dict[str, Any]]


def looks_like_html(data: bytes) -> bool:
    """Whether a file is a web page rather than plain text, by how it begins."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<?xml", b"<!--", b"<head", b"<body"))


def read(
    data: bytes,
    language: str = "",
    *,
    charset: str = "",
    address: str = "",
    default_language: str = "en",
    seconds: float = SECONDS,
    extract: Extract | None = None,
) -> Document:
    """The document in the bytes of a web page.

    `charset` is what the server declared, `address` where the page is from. Without `language`
    the page's own is taken. `extract` finds the article in the page at that address; by default a
    process of its own does. Raises BadText, also when there is no article in the page.
    """
    page = charsets.decoded(data, charset)
    text = _XML_DECLARATION.sub("", page.text)
    found = extract(text, address) if extract else _extracted(text, address, seconds)
    clean, changes = clean_blocks(_blocks(found))
    if page.replaced:
        _refuse_gaps(clean)
        changes[ChangeKind.BAD_BYTES] += page.replaced
    if not clean:
        raise BadText(
            "no_article", "No article was found in this page. Copy its text and paste it instead."
        )
    titles = [" ".join(str(each).split()) for each in found.get("titles", [])]
    clean, title = _titled(clean, str(found.get("title", "")), titles)
    text = "\n\n".join(block.text for block in clean)
    about = _about(found, address, text)
    check_length(text)
    check_lines(text)
    language = language or about.language or default_language
    sentences, kinds = cut_blocks(clean, language)
    check_sentences(text, sentences)
    left = _left_out(found, title, clean)
    return Document(
        title=title,
        text=text,
        sentences=tuple(sentences),
        notices=tuple(notices(text, sentences, language)),
        changes=tuple(Change(kind, n) for kind, n in changes.items()),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        original=data,
        original_sha256=hashlib.sha256(data).hexdigest(),
        normaliser_version=NORMALISER_VERSION,
        splitter_version=SPLITTER_VERSION,
        language=language,
        blocks=tuple(kinds),
        charset=page.declared,
        address=about.address,
        left_out_lines=tuple(each.words for each in left),
        left_out_at=tuple(each.at for each in left),
        left_out_kinds=tuple(each.kind for each in left),
        left_out_links=tuple(each.links for each in left),
        left_out=max(0, int(found["words"]) - len(text.split())),
        about=about,
        links=together(links_of(clean), written_out(text)),
        pictures=_pictures(found, clean),
    )


# --- the page to its article ---

_PROGRAM = Path(__file__).with_name("extraction.py")
# lxml refuses characters that come with a declaration of how they were bytes.
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def _extracted(page: str, address: str, seconds: float) -> dict[str, Any]:
    """What trafilatura finds, in a process that is killed when it computes or holds too much."""
    sent = page.encode()
    try:
        done = killable.answer(str(_PROGRAM), sent, [address], seconds=seconds, memory=MEMORY)
    except killable.TooHard:
        raise BadText(
            "page_too_hard",
            "This page is too large or too tangled to be read within {seconds} seconds."
            " Copy its text and paste it instead.",
            seconds=f"{seconds:g}",
        ) from None
    except killable.TooBusy:
        raise too_busy() from None
    found: dict[str, Any] = json.loads(done)
    return found


def _blocks(found: dict[str, Any]) -> Iterator[Block]:
    """The blocks of what was found, each with its links."""
    pairs = zip(found["blocks"], found["links"], strict=True)
    for number, ((kind, text), links) in enumerate(pairs):
        yield Block(kind, text, _told(links), number)


def _about(found: dict[str, Any], address: str, text: str) -> About:
    def line(name: str, longest: int) -> str:
        return " ".join(str(found.get(name, "")).split())[:longest]

    date = line("date", 10)
    return About(
        title=line("title", 300),
        byline=line("byline", 200),
        outlet=line("outlet", 100),
        published_on=date if is_partial_date(date) else "",
        language=_language(line("language", 35), text),
        address=line("canonical", 2000) or address,
    )


def _language(declared: str, text: str) -> str:
    """The language that the page declares (de_AT, de-AT), or that of its words if that is another.

    Nearly one page in ten of many papers declares none, or one that it is not written in.
    """
    tag = declared.replace("_", "-").split("-")[0].lower()
    return language_of(text) or (tag if re.fullmatch(r"[a-z]{2,3}", tag) else "")


class _Left(NamedTuple):
    """A line that was left out: its words, what it is, the code point it follows, its links."""

    words: str
    kind: str
    at: int
    links: tuple[Told, ...]


def _left_out(found: dict[str, Any], title: str, clean: Blocks) -> list[_Left]:
    """What the page shows beside its article.

    Without the title, which is in the article, and without what no text can hold. What stands
    before the text is at -1.
    """
    lines: list[_Left] = []
    pairs = zip(found.get("left_out", []), found.get("left_out_links", []), strict=True)
    for (written, number, kind), links in pairs:
        if written == title or charsets.REPLACEMENT in written:
            continue
        with suppress(BadText):
            words = canonicalise(written).text
            lines.append(_Left(words, kind, _end_of(clean, number), _told(links)))
    return lines


def _end_of(clean: Blocks, number: int) -> int:
    """The code point at which the last block ends that was found no later than that; -1: none."""
    end = length = -1
    for block in clean:
        length += len(block.text) + (1 if length < 0 else 2)
        if 0 <= block.number <= number:
            end = length
    return end


def _told(links: Iterable[Sequence[Any]]) -> tuple[Told, ...]:
    return tuple((first, stop, to) for first, stop, to in links)


def _pictures(found: dict[str, Any], clean: Blocks) -> tuple[Picture, ...]:
    """The article's pictures: each with its caption, if the text has it, or what it follows."""
    starts = accumulate((len(block.text) + 2 for block in clean), initial=0)
    captions = {
        " ".join(block.text.split()): at
        for block, at in zip(clean, starts, strict=False)
        if block.kind == CAPTION
    }
    pictures = []
    for address, alternative, caption, number in found.get("pictures", [])[:MOST_PICTURES]:
        at = captions.get(caption, max(0, _end_of(clean, number) - 1))
        with suppress(BadText):
            alternative = canonicalise(alternative).text if alternative else ""
            pictures.append(Picture(at, address, alternative, caption))
    return tuple(sorted(pictures, key=lambda each: each.at))


def _refuse_gaps(clean: Blocks) -> None:
    """Raise BadText when bytes that are no characters stand in the article itself."""
    for _kind, text, *_rest in clean:
        at = text.find(charsets.REPLACEMENT)
        if at >= 0:
            raise BadText(
                "gaps",
                "The article itself cannot be read in full: characters are missing at “{words}”."
                " Copy its text and paste it instead.",
                words=text[max(0, at - 30) : at + 30],
            )


def _titled(clean: Blocks, title: str, declared: Sequence[str]) -> tuple[Blocks, str]:
    """The blocks beginning with the article's title, and the title.

    A heading that no title of the page's holds is the name of a section ("News"), not the title;
    those that stand above the title are left out. `declared` are the page's titles, the best first.
    """
    for at, (kind, text, *_rest) in enumerate(clean[:_TITLE_WITHIN]):
        if kind in (TITLE, HEADING) and _is_the_title(kind, text, title, declared):
            return clean[at:] if _are_headings(clean[:at]) else clean, " ".join(text.split())
    above = 0
    while declared and above < len(clean) - 1 and clean[above].kind == TITLE:
        above += 1
    clean = clean[above:]
    for each in (title, *declared):
        if above and not _is_held(each, declared):
            continue
        try:
            title = canonicalise(each).text
        except BadText:  # none, or none that a text can hold
            continue
        return [Block(TITLE, title), *clean], title
    return clean, clean[0].text[:TITLE_LENGTH]


# A title stands among the first blocks of its article.
_TITLE_WITHIN = 4


def _is_the_title(kind: str, text: str, title: str, declared: Sequence[str]) -> bool:
    if not declared:
        return kind == TITLE or text.casefold() == title.casefold()
    return _is_held(text, declared) and (
        kind == TITLE or any(_folded(text) == _folded(each) for each in (title, *declared))
    )


def _is_held(text: str, declared: Sequence[str]) -> bool:
    """Whether a declared title holds the words, or half of them: papers shorten one of the two."""
    bare = _folded(text)
    if not declared:
        return True
    if any(bare == _folded(each) for each in declared):
        return True
    words = bare.split()
    if len(words) < 3:
        return False
    return any(
        sum(word in _folded(each).split() for word in words) * 2 >= len(words) for each in declared
    )


def _folded(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _are_headings(above: Blocks) -> bool:
    return all(block.kind in (TITLE, HEADING) for block in above)
