"""No wild goose chases: from 100 citations, by one key each, to the words, the page or the second.

The words are of the project's own texts in twelve languages, quoted as people quote: whole or cut
off, over two sentences, with other quotation marks, spaces and dashes. The files are what is saved
and brought: pages, PDFs, Word and OpenDocument files, tables, subtitles, recordings, a picture.
Some of what is quoted is not there as it stands, as in life.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from itertools import cycle, islice
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from annotations import workflow
from annotations.formats.readers import DOCX, ODT
from annotations.models import Citation, Source
from tests import cast as c
from tests.cast import Cast
from tests.formats.files import column, docx, odt, paragraph, pdf
from tests.text.texts import Text, texts
from tests.views.test_openable import PNG, sound

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

WANTED, OF = 95, 100


@dataclass(frozen=True, slots=True)
class Cited:
    """A saved file, and what somebody quotes of it, or where it says that it stands."""

    kind: str
    data: bytes
    media_type: str
    passage: str = ""
    locator: str = ""
    opens: str = "words"
    """What has to be seen: the `words`, a `second`, or the `place` that the locator names."""


def _sentences(text: Text) -> list[str]:
    found = (text.text[each.start : each.end].strip() for each in text.sentences)
    return [" ".join(each.split()) for each in found if len(each) > 40]


def _lines(words: list[str], width: int = 60) -> list[str]:
    """As a PDF has them: broken anywhere between words."""
    lines = [""]
    for word in " ".join(words).split(" "):
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _as_typed(words: str) -> str:
    """As a keyboard has it: straight quotation marks, plain dashes and spaces."""
    for marks, plain in (("“”„«»", '"'), ("‘’", "'"), ("–—", "-"), ("\u00a0\u202f", " ")):
        words = re.sub(f"[{marks}]", plain, words)
    return words


def _page(words: list[str]) -> bytes:
    filler = "".join(f"<p>Menu {n}</p>" for n in range(60))
    body = "".join(f"<p>{escape(each)[:12]}<b>{escape(each)[12:]}</b></p>" for each in words)
    return f"<!doctype html><meta charset=utf-8><title>x</title>{filler}{body}{filler}".encode()


def pages(found: list[list[str]]) -> Iterator[Cited]:
    """Of each language in turn, quoted in four ways."""
    ways = cycle(range(4))
    for words in cycle(found):
        at, way = len(words) // 2, next(ways)
        passage = {
            0: words[at],
            1: _as_typed(words[at]),
            2: f"{words[at]} {words[at + 1]}",
            3: words[at][: 2 * len(words[at]) // 3].rsplit(" ", 1)[0],
        }[way]
        yield Cited("page", _page(words), "text/html", passage)


def pdfs(found: list[list[str]]) -> Iterator[Cited]:
    for words in cycle(found):
        lines = _lines(words)
        parts = [lines[n : n + 20] for n in range(0, len(lines), 20)]
        data = pdf([column(part) for part in parts])
        yield Cited("PDF, its words", data, "application/pdf", words[len(words) // 2])
        place = f"p. {len(parts)}"
        yield Cited("PDF, its page", data, "application/pdf", "", place, "place")


def documents(found: list[list[str]]) -> Iterator[Cited]:
    for words in cycle(found):
        text = words[len(words) // 3]
        word = docx("".join(paragraph(escape(each)) for each in words))
        yield Cited("Word", word, DOCX, _as_typed(text))
        body = "".join(f"<text:p>{escape(each)}</text:p>" for each in words)
        yield Cited("OpenDocument", odt(body), ODT, text)


def tables() -> Iterator[Cited]:
    rows = [f"Harbour {n},{1990 + n},{n * 37 % 1000}" for n in range(60)]
    sheet = "\n".join(["Name,Year,Passengers", *rows]).encode()
    for n in range(1, 60, 7):
        yield Cited("CSV, its line", sheet, "text/csv", "", f"line {n + 1}", "place")
        cells = "".join(
            f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split(','))}</tr>" for row in rows
        )
        data = f"<!doctype html><table>{cells}</table>".encode()
        yield Cited("table of a page", data, "text/html", rows[n].replace(",", " "))


def spoken(found: list[list[str]]) -> Iterator[Cited]:
    for number, every in enumerate(cycle(found)):
        words = every[:90]
        times = [f"00:{n // 6:02d}:{n % 6 * 10:02d}.000" for n in range(len(words) + 1)]
        cues = "".join(f"{times[n]} --> {times[n + 1]}\n{each}\n\n" for n, each in enumerate(words))
        data = f"WEBVTT\n\n{cues}".encode()
        yield Cited("subtitles, their words", data, "text/vtt", words[len(words) // 2])
        yield Cited("subtitles, their time", data, "text/vtt", "", "01:10", "place")
        at = f"{number % 9}:{number * 7 % 60:02d}"
        yield Cited("recording", sound(5), "audio/wav", "What was said", at, "second")


def hard(words: list[str]) -> list[Cited]:
    """What goes wrong in life: said in other words, changed since, a picture, a wrong page."""
    one = words[len(words) // 2]
    changed = _page([each for each in words if each != one])
    return [
        Cited("page, a word otherwise", _page(words), "text/html", one.replace(" the ", " that ")),
        Cited(
            "page, said in other words", _page(words), "text/html", "Nobody there was ever told."
        ),
        Cited("page, changed since", changed, "text/html", one),
        Cited("picture", PNG, "image/png", one),
        Cited("PDF, no such page", pdf([column(_lines(words))]), "", "", "p. 70", "place"),
    ]


def all_of_them() -> list[Cited]:
    held = [each for each in texts() if each.genre == "news" or each.language != "en"]
    by_language: dict[str, list[str]] = {}
    for each in held:
        by_language.setdefault(each.language, []).extend(_sentences(each))
    found = [words for words in by_language.values() if len(words) > 6]
    latin = [by_language[each] for each in ("de", "en", "es", "fr", "nl") if each in by_language]
    latin = [[w for w in words if _fits(w)] for words in latin]
    some = [
        *islice(pages(found), 48),
        *islice(pdfs(latin), 14),
        *islice(documents(found), 10),
        *islice(tables(), 8),
        *islice(spoken(found), 15),
        *hard(latin[1]),
    ]
    assert len(some) == OF
    return some


def _fits(words: str) -> bool:
    """Whether the PDFs of tests have its letters."""
    try:
        words.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def cite_all(cast: Cast, cited: list[Cited]) -> tuple[int, int, list[Citation]]:
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    first = workflow.save_citation(
        check, workflow.SourceDraft("First", url="https://a.example/0"), person=cast.ann,
        stance="supports",
    )  # fmt: skip
    workflow.remove_citation(check, first, person=cast.ann)
    made = []
    for number, each in enumerate(cited):
        url = f"https://a.example/{number + 1}"
        source = Source.objects.create(
            desk=cast.desk, title=f"{number}", url=url, document=url, added_by=cast.ann
        )
        workflow.keep_copy(source, each.data, person=cast.ann, media_type=each.media_type)
        made.append(
            Citation(
                annotation=first.annotation,
                source=source,
                stance="supports",
                position=number,
                passage=each.passage,
                locator=each.locator,
            )
        )
    Citation.objects.bulk_create(made)
    return article.pk, claim.pk, made


MARKED = """() => [...document.querySelectorAll("mark")].map(each => each.textContent).join("")"""
PLAYED = """() => document.querySelector("audio, video")?.currentSrc ?? "" """


def is_open(page: Page, each: Cited) -> bool:
    """Whether what was cited is before one's eyes, without a further key."""
    if each.opens == "second":
        minutes, seconds = each.locator.split(":")
        played = str(page.evaluate(PLAYED))
        return played.endswith(f"#t={60 * int(minutes) + int(seconds)}")
    try:
        expect(page.locator("mark").first).to_be_in_viewport(timeout=8000)
    except AssertionError:
        return False
    seen = str(page.evaluate(MARKED))
    if each.opens == "place":
        return bool(seen)
    wanted, marked = _plain(each.passage), _plain(seen)
    return wanted in marked or SequenceMatcher(None, wanted, marked).ratio() > 0.8


def _plain(words: str) -> str:
    return "".join(re.findall(r"\w+", words)).casefold()


def test_95_of_100_citations_open_the_copy_where_they_stand_by_one_key(db: Any, new_page: Any):
    cited = all_of_them()
    article, claim, made = cite_all(Cast(), cited)
    person = made[0].source.added_by
    page = new_page(person, viewport={"width": 1280, "height": 800})
    workbench = new_page(person, viewport={"width": 1280, "height": 800})
    led: list[str] = []

    def note(route: Route) -> None:
        """Where the key leads, without leaving the page."""
        led.append(route.request.url)
        route.fulfill(status=204)

    workbench.route("**/citations/*/copy/", note)
    workbench.goto(f"/articles/{article}/?claim={claim}")
    opened: Counter[str] = Counter()
    for number, (each, citation) in enumerate(zip(cited, made, strict=True), 1):
        link = workbench.locator(f"a[data-copy][href*='{citation.uuid}']")
        link.focus()
        with workbench.expect_request("**/citations/*/copy/") as asked:
            workbench.keyboard.press("o")
        page.goto(asked.value.url)
        opened[each.kind] += is_open(page, each)
        assert len(led) == number, "one key, one page"
    total = Counter(each.kind for each in cited)
    print("\n" + ", ".join(f"{kind}: {opened[kind]} of {n}" for kind, n in total.items()))
    print(f"{opened.total()} of {OF} citations are open where they stand, by one key each")
    assert opened.total() >= WANTED
