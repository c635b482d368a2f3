"""The law's right to be forgotten: a person's name and address go, their work stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from annotations.models import (
    Correction,
    Desk,
    Edition,
    Invitation,
    Letter,
    Membership,
    ReplyRequest,
    Report,
    Transition,
    User,
)
from annotations.vocabulary import MoveName

from .accounts import set_active
from .core import Refused, lock_desk, log, one_transaction, require_reason
from .desk import end_membership

ERASED = "[…]"
"""What stands in place of a name that was erased, in any language."""

LISTS = ("checked", "decided", "approved")
"""Under which editions, corrections and their changes list names."""


@one_transaction
def erase_person(person: User, *, reason: str, also: Iterable[str] = ()) -> int:
    """Overwrite who a person is wherever code wrote it; returns how many rows named them.

    `also` are whole names that they went by before: what was published then names them so. The
    account stays as a tombstone that their work belongs to, and can never be signed in to. At
    each desk of theirs the log gets one line. What people wrote about them in texts, reasons and
    comments is not found by this. Raises Refused without a reason, for a name that is somebody
    else's, or where a desk would be left without a manager.
    """
    require_reason(reason)
    names = {str(person), *also}
    for other in User.objects.exclude(pk=person.pk):
        if str(other) in names.difference([str(person)]):
            raise Refused(f"{other} is what somebody else is called.")
    desks = _desks_of_work(person)
    set_active(person, False, actor=None, reason=reason)  # while their desks are theirs
    for membership in Membership.objects.filter(user=person).select_related("desk", "user"):
        end_membership(membership, actor=None, reason=reason)
    for desk in desks:
        detail = {"transaction": _transaction()}
        log(desk, MoveName.ERASE, None, person=person, reason=reason, detail=detail)
    changed = sum(
        _rename(model, field, names, desks)
        for model, field in ((Edition, "content"), (Correction, "changes"), (Transition, "detail"))
    )
    _empty_account(person)
    return changed


def _desks_of_work(person: User) -> list[Desk]:
    """The desks whose log knows the person, locked."""
    lines = Transition.objects.filter(Q(actor=person) | Q(person=person))
    lines = lines | Transition.objects.filter(assignment__person=person)
    member = Membership.objects.filter(user=person)
    found = Desk.objects.filter(
        Q(pk__in=lines.values("desk")) | Q(pk__in=member.values("desk"))
    ).order_by("pk")
    return [lock_desk(desk) for desk in found]


def _transaction() -> str:
    """The name of this transaction, by which the database knows its line of the log again."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_current_xact_id()::text")
        return str(cursor.fetchone()[0])


def _rename(model: Any, field: str, names: Collection[str], desks: list[Desk]) -> int:
    """Put ERASED where the model's rows of these desks list a name; returns how many changed."""
    path = "edition__desk" if model is Correction else "desk"
    changed = 0
    rows = model.objects.filter(**{f"{path}__in": desks}).order_by("pk")
    for pk, held in rows.values_list("pk", field).iterator(chunk_size=200):
        without = _without(held, names)
        if without != held:
            changed += model.objects.filter(pk=pk).update(**{field: without})
    return changed


def _without(held: Any, names: Collection[str]) -> Any:
    if isinstance(held, list):
        return [_without(each, names) for each in held]
    if not isinstance(held, dict):
        return held
    return {key: _value(key, value, names) for key, value in held.items()}


def _value(key: str, value: Any, names: Collection[str]) -> Any:
    if key in LISTS and isinstance(value, list):
        return [ERASED if each in names else each for each in value]
    if key == "left" and value in names:
        return ERASED
    return _without(value, names)


def _empty_account(person: User) -> None:
    for session in UserSession.objects.filter(user=person):
        session.end()
    if person.email:
        _empty_letters(person.email)
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=person).delete()
    LogEntry.objects.filter(object_repr__in=[str(person), person.username]).update(
        object_repr=ERASED
    )
    Invitation.objects.filter(accepted_by=person).update(email="erased@invalid.example", name="")
    person.username = f"erased-{person.pk}"
    person.first_name, person.last_name, person.email = ERASED, "", ""
    person.is_staff = person.is_superuser = False
    person.language = person.time_zone = ""
    person.set_unusable_password()
    person.save()


@one_transaction
def erase_reader(email: str) -> int:
    """Forget the address of a reader who wrote to us; returns in how many rows it stood.

    Their reports stay, and so does what they were answered. Raises Refused where it stands nowhere.
    """
    reports = Report.objects.filter(email__iexact=email)
    found = reports.update(email="") + _empty_letters(email)
    if not found:
        raise Refused(f"No report and no letter has the address {email}.")
    return found


def _empty_letters(address: str) -> int:
    """Send nothing more to the address, and forget it; returns in how many rows it was."""
    letters = Letter.objects.filter(to__iexact=address)
    waiting = letters.open()
    waiting.filter(is_secret=True).update(failed_at=timezone.now(), body="")
    waiting.update(failed_at=timezone.now())
    asked = ReplyRequest.objects.filter(email__iexact=address).update(email="")
    return asked + letters.update(to="")
