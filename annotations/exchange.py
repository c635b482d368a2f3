"""Imports: formats meet models and moves. An import is all or nothing for each document."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from annotations import workflow
from annotations.formats import plain
from annotations.models import Article, Desk, Original, Revision, Sentence, User
from annotations.text.canonical import BadText

__all__ = [
    "BadText",
    "Imported",
    "duplicate_of",
    "foresee",
    "import_document",
    "import_text",
    "revise",
    "sentences",
]


@dataclass(frozen=True, slots=True)
class Imported:
    """The article a document became, and whether it was new to the desk."""

    article: Article
    is_new: bool


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
    PermissionDenied, workflow.Outdated, workflow.Refused.
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
    return Original(name=name, data=document.original, sha256=document.original_sha256)


def _revision(document: plain.Document, actor: User) -> Revision:
    return Revision(
        text=document.text,
        sha256=document.sha256,
        normaliser_version=document.normaliser_version,
        splitter_version=document.splitter_version,
        notices=[asdict(notice) for notice in document.notices],
        changes=[asdict(change) for change in document.changes],
        created_by=actor,
    )


def sentences(document: plain.Document) -> list[Sentence]:
    """Unsaved rows in reading order; body sentences are numbered from 1."""
    rows, number = [], 0
    for position, sentence in enumerate(document.sentences):
        is_body = sentence.kind == "body"
        number += is_body
        rows.append(
            Sentence(
                position=position,
                number=number if is_body else None,
                paragraph=sentence.paragraph,
                kind=sentence.kind.value,
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
