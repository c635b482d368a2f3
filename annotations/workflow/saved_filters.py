"""Keeping a filter of the desk's lists by a name, for oneself or for the desk."""

from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.models import Desk, SavedFilter, User
from annotations.rights import Right
from annotations.vocabulary import ListSort

from .core import Refused, lock_desk, one_transaction, require

MOST = 30
"""Of one person, and of the desk: what can be looked over at once."""


@one_transaction
def save_filter(
    desk: Desk,
    name: str,
    query: str,
    *,
    actor: User,
    for_desk: bool = False,
    sort: str = ListSort.NEWEST,
) -> SavedFilter:
    """Keep the filter under the name, with the order of its list; one's own of that name changes.

    The desk's are for those who ask people to check. Raises PermissionDenied, and Refused where
    there are MOST, or where a colleague keeps another for the desk under that name.
    """
    desk = lock_desk(desk)
    require(actor, Right.ASSIGN if for_desk else Right.READ, desk)
    owner = None if for_desk else actor
    rows = SavedFilter.objects.filter(desk=desk, person=owner)
    there = rows.filter(name=name).select_related("saved_by").first()
    if there is None and rows.count() >= MOST:
        raise Refused(
            _("There are %(most)d saved filters, as many as there can be. Remove one first.")
            % {"most": MOST}
        )
    if there and there.saved_by != actor and (there.query, there.sort) != (query, sort):
        raise Refused(
            _("“%(name)s” is a filter that %(person)s saved for the desk. Take another name.")
            % {"name": name, "person": there.saved_by}
        )
    kept, _made = SavedFilter.objects.update_or_create(
        desk=desk,
        person=owner,
        name=name,
        defaults={"query": query, "sort": sort, "saved_by": actor},
    )
    return kept


@one_transaction
def remove_filter(kept: SavedFilter, *, actor: User) -> None:
    """Keep it no longer. Raises PermissionDenied for the desk's, without its right."""
    require(actor, Right.READ if kept.person_id == actor.pk else Right.ASSIGN, kept.desk)
    kept.delete()
