"""One check in several languages: which article, and which claim, is a translation of which.

All translations name one original, so that the members of a group are found in one step. What
readers have of the group is told by the pages of its published members alone: a translation that
is being checked is nobody's business yet. A group may span desks: a newsroom that publishes in
several languages has a desk for each, with its own scale and its own words.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from annotations import addresses
from annotations.editions.reading import read
from annotations.models import Article, Claim, Edition, User
from annotations.rights import Right
from annotations.vocabulary import MoveName

from .core import Refused, log, one_transaction, require, with_desks

Row = TypeVar("Row", Article, Claim)


def translation_group(row: Row) -> QuerySet[Row]:
    """The article or claim and those tied to it as translations, the original first."""
    root = row.original_id or row.pk
    return type(row).objects.filter(Q(pk=root) | Q(original=root)).order_by("pk")


@one_transaction
def translate(row: Row, original: Row, *, actor: User) -> None:
    """Record that an article or claim is a translation of `original`.

    Raises PermissionDenied for whoever lacks the right at the desk of either; Refused where the
    two are the same or of one language, where either is tied otherwise, or where the original has
    a translation in that language.
    """
    if row.pk == original.pk:
        raise Refused(_("Nothing is a translation of itself."))
    locked = _lock(type(row), {row.pk, original.pk})
    row, original = locked[row.pk], locked[original.pk]
    for each in (row, original):
        require(actor, _right(row), each.desk)
    if why := _objection(row, original):
        raise Refused(why)
    row.original = original
    row.save(update_fields=["original"])
    log(row.desk, MoveName.TRANSLATE, actor, detail=_told(row, original), **{_name(row): row})
    if is_public(row):
        tell(row, actor)


@one_transaction
def untie(row: Row, *, actor: User) -> None:
    """Record that an article or claim is not a translation of another after all.

    Raises PermissionDenied, Refused.
    """
    row = lock_with_original(row)
    require(actor, _right(row), row.desk)
    if row.original is None:
        raise Refused(_("“%(article)s” is not a translation.") % {"article": row})
    if is_public(row):
        tell(row, actor)
    log(row.desk, MoveName.UNTIE, actor, detail=_told(row, row.original), **{_name(row): row})
    row.original = None
    row.save(update_fields=["original"])


def tell(row: Row, actor: User) -> None:
    """Date and purge the pages of a group, for the sake of a member that readers have or had.

    Called in the transaction in which it is tied, untied, published or taken back.
    """
    name = _name(row)
    group = translation_group(row).values("pk")
    pages = Edition.objects.standing().filter(**{f"{name}__in": group}).select_related("desk", name)
    if all(getattr(page, name) == row for page in pages):
        return
    for page in pages:
        about = {name: getattr(page, name)}
        log(page.desk, MoveName.ALSO_IN, actor, detail={"language": row.language}, **about)
        transaction.on_commit(partial(addresses.purge, read(page.content)))


def lock_with_original(row: Row) -> Row:
    """The article or claim as it is now, held with its original until the transaction ends.

    So of two translations published at once the second finds the first, and both are told.
    """
    return _lock(type(row), {row.pk, row.original_id})[row.pk]


def lock_all_with_originals(rows: Iterable[Row]) -> list[Row]:
    """As `lock_with_original`, of several at once: locked by key, so that no two moves cross."""
    wanted = list(rows)
    if not wanted:
        return []
    locked = _lock(type(wanted[0]), {key for each in wanted for key in (each.pk, each.original_id)})
    return [locked[each.pk] for each in wanted]


def _lock(kind: type[Row], keys: set[int | None]) -> dict[int, Row]:
    """The rows by key, locked in that order so that no two moves cross."""
    rows = kind.objects.select_for_update(no_key=True).filter(pk__in=keys - {None})
    return {each.pk: each for each in with_desks(rows.order_by("pk"))}


def _name(row: Article | Claim) -> str:
    """The column of the log and of editions that such a row stands in."""
    return "article" if isinstance(row, Article) else "claim"


def _right(row: Article | Claim) -> Right:
    return Right.IMPORT if isinstance(row, Article) else Right.MARK


def _told(row: Row, original: Row) -> dict[str, str]:
    """What the desk's log says of the original: of another desk's no more than whose it is."""
    return {"original": str(original if original.desk_id == row.desk_id else original.desk)}


def is_public(row: Article | Claim) -> bool:
    """Whether readers have it: an edition stands that is no tombstone."""
    return Edition.objects.standing().filter(**{_name(row): row}).exists()


def _objection(row: Row, original: Row) -> str:
    """Why the two cannot be tied, or an empty string."""
    names = {"article": row, "original": original, "language": row.language}
    if row.desk.is_sample != original.desk.is_sample:
        return _("A sample is tied to samples only.")
    if row.original_id is not None:
        return _("“%(article)s” is a translation already.") % names
    if row.translations.exists():
        return _("“%(article)s” has translations itself: tie those to the original.") % names
    if original.original_id is not None:
        return _("“%(original)s” is a translation itself: choose its original.") % names
    if original.language == row.language:
        return _("Both are in the same language (%(language)s).") % names
    if original.translations.filter(language=row.language).exists():
        return _("“%(original)s” has a translation in that language (%(language)s).") % names
    return ""
