"""Files that the worker takes in: held for a while, rows committed together with how far it is.

A worker holds a file (`claim`), and begins each step by asking whether it still does (`hold`), in
the transaction in which the rows of the step come in. So of two that think they hold it one goes
on, and one that is killed has left whole steps, or nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Desk, FileImport, User
from annotations.rights import Right
from annotations.vocabulary import FileImportState

from .core import Refused, one_transaction, require
from .letters import wait_after

LEASE = dt.timedelta(minutes=5)
"""Longer than a file is read, or a step takes."""
MOST_TRIES = 5
"""In a row without a step that came in."""
MOST_WAITING = 40
"""Files of one person that wait at once."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent; `holds_checks` is what they said of it."""

    name: str
    data: bytes
    holds_checks: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What rows did to a desk: how many are new, said otherwise, and there as they are."""

    new: int = 0
    changed: int = 0
    same: int = 0

    @property
    def all(self) -> int:
        return self.new + self.changed + self.same


@one_transaction
def bring(desk: Desk, files: Sequence[Sent], *, actor: User) -> list[FileImport]:
    """Have the worker take the files in, in this order. Raises PermissionDenied, Refused."""
    require(actor, Right.IMPORT, desk)
    # Two at once may both find room. That is no harm: the limit keeps nobody out.
    if FileImport.objects.waiting().filter(person=actor).count() + len(files) > MOST_WAITING:
        raise Refused(
            _("More than %(most)d files of yours would wait. Bring them when some are done.")
            % {"most": MOST_WAITING}
        )
    return [
        FileImport.objects.create(
            desk=desk,
            person=actor,
            name=each.name[:255],
            holds_checks=each.holds_checks,
            data=each.data,
        )
        for each in files
    ]


@one_transaction
def stop(row: FileImport, *, actor: User) -> bool:
    """Take in no more of it; what is on the desk stays. Returns whether it was waiting still.

    Raises PermissionDenied for anybody but who brought it.
    """
    held = FileImport.objects.select_for_update(no_key=True).get(pk=row.pk)
    require(actor, Right.IMPORT, held.desk)
    if held.person_id != actor.pk:
        raise PermissionDenied
    if held.state != FileImportState.WAITING:
        return False
    _end(held, FileImportState.STOPPED)
    return True


# --- the worker ---


@one_transaction
def claim(at: dt.datetime) -> FileImport | None:
    """The file that has waited longest and that nobody holds at that moment (UTC), or None."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    rows = FileImport.objects.waiting().filter(free).select_related("desk", "person")
    row = (
        rows.select_for_update(skip_locked=True, of=("self",), no_key=True)
        .order_by("at", "pk")
        .first()
    )
    if row is None:
        return None
    if row.tries >= MOST_TRIES:
        _refuse(row, "gave_up", {}, [])
        return claim(at)
    row.tries += 1
    row.claimed_until = at + LEASE
    row.save(update_fields=["tries", "claimed_until"])
    return row


@one_transaction
def was_read(row: FileImport, total: int, odd: Iterable[dict[str, str]], odd_count: int) -> bool:
    """Keep how many rows it has and what is odd; returns whether the caller still holds it."""
    held = hold(row)
    if held is None:
        return False
    held.total, held.odd, held.odd_count = total, list(odd), odd_count
    held.save(update_fields=["total", "odd", "odd_count"])
    return True


def hold(row: FileImport) -> FileImport | None:
    """The file as it is now, locked until the transaction ends; None where it is not ours.

    It was stopped, or the lease was over and another worker took it.
    """
    rows = FileImport.objects.select_for_update(no_key=True).waiting()
    return rows.filter(pk=row.pk, claimed_until=row.claimed_until).defer("data").first()


def advance(row: FileImport, held: FileImport, done: int, outcome: Outcome) -> None:
    """So many rows are in, by the transaction that this is a part of. The lease begins again."""
    held.done, held.tries = done, 0
    held.new += outcome.new
    held.changed += outcome.changed
    held.same += outcome.same
    held.claimed_until = timezone.now() + LEASE
    held.save(update_fields=["done", "tries", "new", "changed", "same", "claimed_until"])
    row.done, row.claimed_until = done, held.claimed_until


@one_transaction
def finish(row: FileImport) -> None:
    """All of it is in."""
    if held := hold(row):
        _end(held, FileImportState.DONE)


@one_transaction
def refuse(
    row: FileImport,
    problem: str,
    about: dict[str, Any] | None = None,
    wrong: Sequence[dict[str, Any]] = (),
) -> None:
    """No more of it comes in, for this reason (words.file_imports)."""
    if held := hold(row):
        _refuse(held, problem, about or {}, wrong)


@one_transaction
def failed(row: FileImport) -> None:
    """Something broke, and it is tried again in a while, from the row after the last."""
    if held := hold(row):
        held.claimed_until = timezone.now() + wait_after(held.tries)
        held.save(update_fields=["claimed_until"])


def _refuse(
    held: FileImport, problem: str, about: dict[str, Any], wrong: Sequence[dict[str, Any]]
) -> None:
    held.problem, held.about_problem, held.wrong = problem, about, list(wrong)
    _end(held, FileImportState.REFUSED)


def _end(held: FileImport, state: FileImportState) -> None:
    held.state, held.ended_at, held.data, held.claimed_until = state, timezone.now(), b"", None
    held.save()
