"""A text comes to the desk: the article, its first revision, and the sentences it is cut into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.models import Article, Desk, Link, Original, Picture, Revision, Sentence, User
from annotations.rights import Right
from annotations.vocabulary import MoveName

from .copying import copy_alike, copy_in
from .core import log, one_transaction, require
from .originals import keep_bytes

CUT = ("position", "number", "paragraph", "kind", "block", "locator", "start", "end")
"""What is known of a sentence when a text is cut, by the names of its columns."""
Cut = tuple[int, int | None, int, str, str, str, int, int]


@dataclass(frozen=True, slots=True)
class NewText:
    """An article and its first text, as rows that are not saved yet (exchange)."""

    article: Article
    revision: Revision
    sentences: Sequence[Cut]
    original: Original
    links: list[Link]
    pictures: list[Picture]


@one_transaction
def import_articles(desk: Desk, texts: Sequence[NewText], *, actor: User) -> None:
    """Freeze the texts of new articles of the desk, all of them or none.

    Raises PermissionDenied; Refused where their bytes cannot be kept.
    """
    require(actor, Right.IMPORT, desk)
    keep_bytes([each.original for each in texts])
    Article.objects.bulk_create([each.article for each in texts])
    for each in texts:
        each.revision.article = each.article
    Revision.objects.bulk_create([each.revision for each in texts])
    for each in texts:
        each.original.revision = each.revision
        for link in each.links:
            link.revision = each.revision
        for picture in each.pictures:
            picture.revision = each.revision
    Original.objects.bulk_create([each.original for each in texts])
    copy_alike(
        Sentence(),
        ("revision_id", *CUT),
        ((each.revision.pk, *cut) for each in texts for cut in each.sentences),
    )
    copy_in([link for each in texts for link in each.links])
    copy_in([picture for each in texts for picture in each.pictures])
    for each in texts:
        log(desk, MoveName.IMPORT, actor, article=each.article, target=each.article.status)
