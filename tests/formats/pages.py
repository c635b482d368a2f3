"""How near what is read of a page comes to its article, on pages of our own, beside trafilatura.

`python -m tests.formats.pages` prints the sums, and a line for each page that is seen.

Counted are the runs of four words: those that were read and are the article's, those that were
read and are not, and those that are missing. So a paragraph that is left out, a teaser that came
in and a word that is glued to another all count, and the order of blocks hardly does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import trafilatura
from lxml import html as markup
from trafilatura.settings import Document

from annotations.formats import extraction, html
from tests.text.texts import Score

FOLDER = Path(__file__).parents[1] / "data" / "pages"
RUN = 4
_MARKED = re.compile(r"\sdata-article(?=[\s>])")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a reader gets it, and the words of its article."""

    name: str
    source: str
    article: str

    @property
    def is_held_out(self) -> bool:
        return self.name.endswith("-held")


def pages() -> list[Page]:
    return [read(path) for path in sorted(FOLDER.glob("*.html"))]


def read(path: Path) -> Page:
    source = path.read_text(encoding="utf-8")
    tree = markup.document_fromstring(source)
    marked = tree.xpath("//*[@data-article][not(ancestor::*[@data-article])]")
    article = "\n".join(" ".join(each.itertext()) for each in marked)
    return Page(path.stem, _MARKED.sub("", source), article)


def ours(page: Page) -> str:
    return html.read(page.source.encode(), extract=extraction.extract).text


def plain(page: Page) -> str:
    """What trafilatura alone makes of it, with its headline as we add it."""
    found = trafilatura.bare_extraction(
        page.source,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False},
    )
    if not isinstance(found, Document):
        return ""
    title, text = found.title or "", found.text or ""
    return text if title in text else f"{title}\n{text}"


def measured(chosen: Iterable[Page], reader: Callable[[Page], str]) -> Score:
    score = Score()
    for page in chosen:
        found, gold = _runs(reader(page)), _runs(page.article)
        score.right += (found & gold).total()
        score.wrong += (found - gold).total()
        score.missed += (gold - found).total()
    return score


def _runs(text: str) -> Counter[tuple[str, ...]]:
    """The runs of words, and at either end of a short text what there is."""
    words = ["", *_WORD.findall(text.casefold()), ""]
    return Counter(tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))


def main() -> None:
    every = pages()
    for name, reader in (("Factcheck", ours), ("trafilatura", plain)):
        for title, is_held in (("seen", False), ("held out", True)):
            score = measured([page for page in every if page.is_held_out is is_held], reader)
            print(
                f"{name}, {title}: F1 {score.f1:.1f},"
                f" precision {score.precision:.1f}, recall {score.recall:.1f}"
            )
    for page in every:
        if not page.is_held_out:
            mine, theirs = measured([page], ours), measured([page], plain)
            print(f"{page.name}: {mine.f1:.1f}, trafilatura {theirs.f1:.1f}")


if __name__ == "__main__":
    main()
