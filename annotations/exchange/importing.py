"""Documents become articles of a desk: each text once, each under a name of its own."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from annotations import workflow
from annotations.formats.marked import Claimed
from annotations.formats.plain import Document
from annotations.models import Article, Desk, Revision, User
from annotations.text.slugs import slug_of

from . import rows
from .claiming import mark_claims
from .reading import Given, read

NAMES_ASKED = 9
"""Numbered names of one title that are asked for at first; further ones only if all are taken."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The article a document became, and whether it was new to the desk.

    `is_other`: an article of its external id is there, with another text, and was left as it is.
    """

    article: Article
    is_new: bool
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A document to import; `fields` are further fields of its article.

    `external_id` is what it is called where it comes from; of an article that is new `claims` are
    marked.
    """

    document: Document
    name: str = ""
    title: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    external_id: str = ""
    claims: Sequence[Claimed] = ()

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

    So is what has the external id of an article. What the desk has is asked once for all. Raises
    PermissionDenied.
    """
    one_import_at_a_time(desk)
    known = {} if allow_duplicate else _known(desk, [each.document.sha256 for each in items])
    named = Named(desk, items)
    names = Names(desk, [each.called for each in items])
    done, new = [], []
    for each in items:
        existing = named.article(each) or known.get(each.document.sha256)
        if existing is None:
            text = _new_text(desk, each, names, actor, named.uuid_of(each))
            new.append(text)
            named.add(each, text.article)
            if not allow_duplicate:
                known[each.document.sha256] = text.article
        is_other = existing is not None and named.is_other(each)
        done.append(Imported(existing or text.article, existing is None, is_other))
    workflow.import_articles(desk, new, actor=actor)
    for item, imported in zip(items, done, strict=True):
        if imported.is_new:
            mark_claims(imported.article, item.claims, actor)
    return done


def with_other_texts(desk: Desk, items: Sequence[Item]) -> list[Item]:
    """Those whose external id an article of the desk has that never had their text."""
    named = Named(desk, items)
    return [each for each in items if named.is_other(each)]


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


def _new_text(
    desk: Desk, item: Item, names: Names, actor: User, key: uuid.UUID | None
) -> workflow.NewText:
    document = item.document
    article = Article(
        desk=desk,
        title=item.called[:300],
        slug=names.free(item.called),
        created_by=actor,
        **{"language": document.language} | dict(item.fields),
    )
    if key is not None:
        article.uuid = key
    return workflow.NewText(
        article,
        rows.revision(document, actor),
        rows.cut(document),
        rows.original(document, item.name),
        rows.links(document),
        rows.pictures(document),
    )


class Named:
    """Articles of the desk by their external ids: an article's UUID follows from the one it has.

    So it needs no column, and is found where the desk was moved to, too.
    """

    def __init__(self, desk: Desk, items: Sequence[Item]) -> None:
        self._desk = desk
        keys = [self._key(each) for each in items if each.external_id]
        rows = Article.objects.filter(uuid__in=keys)
        self._found = {row.uuid: row for row in rows} if keys else {}
        texts = Revision.objects.filter(article__in=list(self._found.values()))
        self._texts = set(texts.values_list("article__uuid", "sha256")) if self._found else set()

    def _key(self, item: Item) -> uuid.UUID:
        return uuid.uuid5(uuid.UUID(str(self._desk.uuid)), f"article {item.external_id}")

    def article(self, item: Item) -> Article | None:
        """The article of the desk that has the item's external id."""
        found = self._found.get(self._key(item)) if item.external_id else None
        return found if found is not None and found.desk_id == self._desk.pk else None

    def is_other(self, item: Item) -> bool:
        """Whether the article of that id never had the item's text."""
        is_there = self.article(item) is not None
        return is_there and (self._key(item), item.document.sha256) not in self._texts

    def uuid_of(self, item: Item) -> uuid.UUID | None:
        """The UUID that follows from the item's id; none where another desk has what has it."""
        key = self._key(item)
        return key if item.external_id and key not in self._found else None

    def add(self, item: Item, article: Article) -> None:
        if item.external_id:
            self._found[article.uuid] = article
            self._texts.add((article.uuid, item.document.sha256))


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
