"""Documents become articles of a desk: each text once, each under a name of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from annotations import workflow
from annotations.formats.plain import Document
from annotations.models import Article, Desk, Revision, User
from annotations.text.slugs import slug_of

from . import rows
from .reading import Given, read

NAMES_ASKED = 9
"""Numbered names of one title that are asked for at first; further ones only if all are taken."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The article a document became, and whether it was new to the desk."""

    article: Article
    is_new: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A document to import; `fields` are further fields of its article."""

    document: Document
    name: str = ""
    title: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def called(self) -> str:
        return self.title or self.document.title


def duplicate_of(desk: Desk, document: Document) -> Article | None:
    """The desk's article that has exactly this text already."""
    return _known(desk, [document.sha256]).get(document.sha256)


def import_text(
    desk: Desk, data: bytes | str, *, actor: User, language: str = "", **options: Any
) -> Imported:
    """Read a plain text and import it. Raises BadText, PermissionDenied."""
    given = Given(text=data) if isinstance(data, str) else Given(data=data, media_type="text/plain")
    document = read(given, desk, language=language).document
    return import_document(desk, document, actor=actor, **options)


def import_document(
    desk: Desk,
    document: Document,
    *,
    actor: User,
    name: str = "",
    title: str = "",
    allow_duplicate: bool = False,
    **article: Any,
) -> Imported:
    """Freeze a document, cut into sentences, as the first revision of an article.

    The same text again changes nothing unless `allow_duplicate`. `article` are further fields of
    the article. Raises PermissionDenied.
    """
    item = Item(document, name, title, article)
    (done,) = import_documents(desk, [item], actor=actor, allow_duplicate=allow_duplicate)
    return done


@transaction.atomic
def import_documents(
    desk: Desk, items: Sequence[Item], *, actor: User, allow_duplicate: bool = False
) -> list[Imported]:
    """Import all of the documents, or none; a text that is there already, or twice, once.

    What the desk has is asked once for all. Raises PermissionDenied.
    """
    one_import_at_a_time(desk)
    known = {} if allow_duplicate else _known(desk, [each.document.sha256 for each in items])
    names = Names(desk, [each.called for each in items])
    done, new = [], []
    for each in items:
        existing = known.get(each.document.sha256)
        if existing is None:
            text = _new_text(desk, each, names, actor)
            new.append(text)
            if not allow_duplicate:
                known[each.document.sha256] = text.article
        done.append(Imported(existing or text.article, is_new=existing is None))
    workflow.import_articles(desk, new, actor=actor)
    return done


def one_import_at_a_time(desk: Desk) -> None:
    """Hold the desk's imports until the transaction ends, and nothing else of the desk.

    Else two who save the same text at once would both find that it is new, and that its name is
    free.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import {desk.uuid}"]
        )


def _known(desk: Desk, hashes: Iterable[str]) -> dict[str, Article]:
    """The desk's articles by the hash of a text that they have or had, the oldest of each."""
    same = Revision.objects.filter(article__desk=desk, sha256__in=set(hashes))
    found: dict[str, Article] = {}
    for revision in same.select_related("article").defer("text").order_by("pk"):
        found.setdefault(revision.sha256, revision.article)
    return found


def _new_text(desk: Desk, item: Item, names: Names, actor: User) -> workflow.NewText:
    document = item.document
    article = Article(
        desk=desk,
        title=item.called[:300],
        slug=names.free(item.called),
        created_by=actor,
        **{"language": document.language} | dict(item.fields),
    )
    return workflow.NewText(
        article,
        rows.revision(document, actor),
        rows.cut(document),
        rows.original(document, item.name),
        rows.links(document),
        rows.pictures(document),
    )


class Names:
    """Readable names (slugs) of articles, none given twice at the desk."""

    def __init__(self, desk: Desk, titles: Iterable[str]) -> None:
        self._articles = Article.objects.filter(desk=desk)
        self._taken: set[str] = set()
        self._asked = dict.fromkeys(map(_base, titles), NAMES_ASKED)
        self._ask(
            _numbered(base, number) for base in self._asked for number in range(1, NAMES_ASKED + 1)
        )

    def _ask(self, names: Iterable[str]) -> None:
        taken = self._articles.filter(slug__in=list(names))
        self._taken.update(taken.values_list("slug", flat=True))

    def free(self, title: str) -> str:
        """A name that no other article has, nor was given here before."""
        base, number = _base(title), 1
        while (name := _numbered(base, number)) in self._taken:
            number += 1
            if number > self._asked[base]:
                self._asked[base] *= 10
                self._ask(_numbered(base, each) for each in range(number, self._asked[base] + 1))
        self._taken.add(name)
        return name


def _base(title: str) -> str:
    return slug_of(title, "article", longest=70)


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}-{number}"
