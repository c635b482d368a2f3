"""A new text of an article: cut as people cut the last one, compared with it, and frozen."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from annotations import workflow
from annotations.formats import plain
from annotations.formats.plain import Document
from annotations.models import Article, Revision, User
from annotations.text import boundaries
from annotations.text import pictures as text_pictures
from annotations.text.boundaries import BadCut
from annotations.text.links import Link, carried, together
from annotations.text.pictures import Picture
from annotations.text.sentences import ParagraphKind, split

from . import rows


def keeping_cut(article: Article, document: Document) -> Document:
    """The document with the boundaries that people moved in the article's current text.

    They are kept as far as the sentences they are about stand there word for word; and what a web
    page or a file said of its sentences, and its links, stay with those words, where the document
    is no page or file itself.
    """
    current = article.revision
    cut = list(current.sentences.all())
    ruled = boundaries.starts_of(split(current.text, article.language))
    spans = [(row.start, row.end) for row in cut]
    starts = boundaries.starts_of(document.sentences)
    kept = boundaries.carried(current.text, spans, ruled, document.text, starts)
    with suppress(BadCut):  # where a heading came in between, the rules cut the text
        document = plain.recut(document, kept)
    if document.blocks:
        return document
    known = {current.text[row.start : row.end]: row for row in cut}
    found = [known.get(document.text[row.start : row.end]) for row in document.sentences]
    pairs = list(zip(document.sentences, found, strict=True))
    return replace(
        document,
        sentences=tuple(
            replace(row, kind=ParagraphKind(was.kind)) if was else row for row, was in pairs
        ),
        blocks=tuple(was.block if was else "" for _row, was in pairs),
        places=tuple(was.locator if was else "" for _row, was in pairs),
        links=_carried_links(current, document),
        pictures=_carried_pictures(current, document, cut),
    )


def _carried_pictures(
    current: Revision, document: Document, cut: Sequence[text_pictures.Span]
) -> tuple[Picture, ...]:
    """The pictures of the current text whose sentence stands in the document's word for word."""
    had = [Picture(*each) for each in current.pictures.values_list("at", "address", "alternative")]
    return text_pictures.carried(current.text, cut, had, document.text, document.sentences)


def _carried_links(current: Revision, document: Document) -> tuple[Link, ...]:
    """The links of the current text whose words stand in the document's too, and its own."""
    had = current.links.values_list("start", "end", "address")
    kept = carried(current.text, [Link(*each) for each in had], document.text)
    return together(kept, document.links)


def foresee(article: Article, document: Document) -> workflow.Foresight:
    """What the document's text would do to the article's marks."""
    return workflow.foresee(article, document.text, rows.sentences(document))


def revise(
    article: Article,
    document: Document,
    *,
    actor: User,
    based_on: int,
    name: str = "",
    reason: str = "",
) -> workflow.Foresight:
    """Freeze a document as the next revision of the article, with what became of its marks.

    `based_on` is the number of the revision that the person compared it with. Raises
    PermissionDenied, workflow.Stale, workflow.Refused.
    """
    return workflow.revise(
        article,
        rows.revision(document, actor),
        rows.sentences(document),
        rows.original(document, name),
        rows.links(document),
        rows.pictures(document),
        actor=actor,
        based_on=based_on,
        reason=reason,
    )
