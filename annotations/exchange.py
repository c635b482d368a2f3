"""Imports: formats meet models and moves. An import is all or nothing for each document."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from annotations import workflow
from annotations.capture import fetch
from annotations.capture.fetch import Unfetchable
from annotations.formats import html, plain
from annotations.formats.plain import Document
from annotations.models import (
    Article,
    Desk,
    Incoming,
    Original,
    Revision,
    Sentence,
    User,
)
from annotations.text import boundaries
from annotations.text.boundaries import BadCut
from annotations.text.canonical import BadText
from annotations.text.sentences import Kind, split

__all__ = [
    "BadCut",
    "BadText",
    "Document",
    "Imported",
    "Unfetchable",
    "changes",
    "duplicate_of",
    "fetched",
    "foresee",
    "import_document",
    "import_text",
    "keeping_cut",
    "read",
    "read_file",
    "read_page",
    "receive",
    "revise",
    "sentences",
]

KEPT_FOR = dt.timedelta(days=1)
"""How long bytes wait for the import they were received for."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The article a document became, and whether it was new to the desk."""

    article: Article
    is_new: bool


def fetched(address: str) -> fetch.Page:
    """The page at a web address, as far as the settings let us go. Raises Unfetchable."""
    bounds = fetch.Bounds(
        ports=frozenset(settings.FETCH_PORTS), allowed=frozenset(settings.FETCH_ALLOWED)
    )
    return fetch.fetch(address, bounds)


def receive(
    desk: Desk, person: User, data: bytes, *, name: str = "", page: fetch.Page | None = None
) -> Incoming:
    """Keep bytes of a file, or of a page that was fetched, until their text is saved."""
    Incoming.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
    is_html = _is_page(data, name) if page is None else page.media_type != "text/plain"
    return Incoming.objects.create(
        desk=desk,
        person=person,
        name=name[:255],
        address=page.address if page else "",
        charset=page.charset if page else "",
        is_html=is_html,
        data=data,
    )


def read(incoming: Incoming, language: str = "") -> plain.Document:
    """The document in what was received; without `language`, in the page's own or the desk's.

    Raises BadText.
    """
    data, default = bytes(incoming.data), incoming.desk.language
    media_type = "text/html" if incoming.is_html else "text/plain"
    page = fetch.Page(incoming.address, data, media_type, incoming.charset)
    return read_page(page, language, default_language=default)


def read_page(
    page: fetch.Page, language: str = "", *, default_language: str = "en"
) -> plain.Document:
    """The document in what a server answered. Raises BadText."""
    if page.media_type == "text/plain":
        return replace(plain.read(page.data, language or default_language), address=page.address)
    return html.read(
        page.data,
        language,
        charset=page.charset,
        address=page.address,
        default_language=default_language,
    )


def read_file(
    data: bytes | str,
    *,
    name: str = "",
    language: str = "",
    default_language: str = "en",
    is_html: bool | None = None,
) -> plain.Document:
    """The document in a file or in pasted characters. `is_html` None: as it begins.

    Raises BadText.
    """
    if is_html is None:
        is_html = isinstance(data, bytes) and _is_page(data, name)
    if is_html:
        assert isinstance(data, bytes), "what is pasted is plain text"
        return html.read(data, language, default_language=default_language)
    return plain.read(data, language or default_language)


def _is_page(data: bytes, name: str) -> bool:
    return html.looks_like_html(data) or name.lower().endswith((".html", ".htm", ".xhtml"))


def duplicate_of(desk: Desk, document: plain.Document) -> Article | None:
    """The desk's article that has exactly this text already."""
    same = Revision.objects.filter(article__desk=desk, sha256=document.sha256)
    revision = same.select_related("article").order_by("pk").first()
    return revision.article if revision else None


def import_text(
    desk: Desk, data: bytes | str, *, actor: User, language: str = "", **options: Any
) -> Imported:
    """Read a plain text and import it. Raises BadText, PermissionDenied."""
    document = plain.read(data, language or desk.language)
    return import_document(desk, document, actor=actor, language=language, **options)


def import_document(
    desk: Desk,
    document: plain.Document,
    *,
    actor: User,
    name: str = "",
    language: str = "",
    title: str = "",
    allow_duplicate: bool = False,
    **article: Any,
) -> Imported:
    """Freeze a document, cut into sentences, as the first revision of an article.

    The same text again changes nothing unless `allow_duplicate`. `article` are further fields of
    the article. Raises PermissionDenied.
    """
    language = language or desk.language
    if not allow_duplicate and (existing := duplicate_of(desk, document)):
        return Imported(existing, is_new=False)
    title = title or document.title
    new = Article(
        desk=desk,
        title=title[:300],
        slug=_free_slug(desk, title),
        language=language,
        created_by=actor,
        **article,
    )
    saved = workflow.import_revision(
        new, _revision(document, actor), sentences(document), _original(document, name), actor
    )
    return Imported(saved, is_new=True)


def keeping_cut(article: Article, document: plain.Document) -> plain.Document:
    """The document with the boundaries that people moved in the article's current text.

    They are kept as far as the sentences they are about stand there word for word; and the kinds
    that a web page gave its sentences stay with those, where the document is no page itself.
    """
    current = article.revision
    rows = list(current.sentences.all())
    ruled = boundaries.starts_of(split(current.text, article.language))
    spans = [(row.start, row.end) for row in rows]
    starts = boundaries.starts_of(document.sentences)
    kept = boundaries.carried(current.text, spans, ruled, document.text, starts)
    with suppress(BadCut):  # where a heading came in between, the rules cut the text
        document = plain.recut(document, kept)
    if document.blocks:
        return document
    known = {current.text[row.start : row.end]: row for row in rows}
    found = [known.get(document.text[row.start : row.end]) for row in document.sentences]
    pairs = list(zip(document.sentences, found, strict=True))
    return replace(
        document,
        sentences=tuple(replace(row, kind=Kind(was.kind)) if was else row for row, was in pairs),
        blocks=tuple(was.block if was else "" for _row, was in pairs),
    )


def foresee(article: Article, document: plain.Document) -> workflow.Foresight:
    """What the document's text would do to the article's marks."""
    return workflow.foresee(article, document.text, sentences(document))


def revise(
    article: Article,
    document: plain.Document,
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
        _revision(document, actor),
        sentences(document),
        _original(document, name),
        actor=actor,
        based_on=based_on,
        reason=reason,
    )


def _original(document: plain.Document, name: str) -> Original:
    return Original(
        name=name,
        address=document.address[:2000],
        charset=document.charset,
        data=document.original,
        sha256=document.original_sha256,
    )


def _revision(document: plain.Document, actor: User) -> Revision:
    return Revision(
        text=document.text,
        sha256=document.sha256,
        normaliser_version=document.normaliser_version,
        splitter_version=document.splitter_version,
        notices=[asdict(notice) for notice in document.notices],
        changes=changes(document),
        created_by=actor,
    )


def changes(document: plain.Document) -> list[dict[str, Any]]:
    """What was changed on the way in: [{kind, count}]."""
    found = [asdict(change) for change in document.changes]
    if document.left_out:
        found.insert(0, {"kind": "left_out", "count": document.left_out})
    return found


def sentences(document: plain.Document) -> list[Sentence]:
    """Unsaved rows in reading order; body sentences are numbered from 1."""
    rows, number = [], 0
    blocks = document.blocks or ("",) * len(document.sentences)
    for position, sentence in enumerate(document.sentences):
        is_body = sentence.kind == "body"
        number += is_body
        rows.append(
            Sentence(
                position=position,
                number=number if is_body else None,
                paragraph=sentence.paragraph,
                kind=sentence.kind.value,
                block=blocks[position],
                start=sentence.start,
                end=sentence.end,
            )
        )
    return rows


def _free_slug(desk: Desk, title: str) -> str:
    """A readable slug that no other article of the desk has."""
    base = slugify(title)[:70].strip("-") or _("article")
    taken = set(
        Article.objects.filter(desk=desk, slug__startswith=base).values_list("slug", flat=True)
    )
    number = 1
    while (slug := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return slug
