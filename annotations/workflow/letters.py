"""The outbox: a mail is a row, written with what it tells of, and sent by whoever holds the row.

Nothing is sent inside a request or a move. The worker claims one letter at a time: it sets
`claimed_until` and commits, speaks to the mail server outside any transaction, then says what
became of it. Ended at any moment, it loses nothing: the letter is anybody's again when the lease
is over. Between the server's "250" and our commit, an end may send the mail a second time; nobody
can rule that out, so every copy carries the same Message-ID, by which receivers tell it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import timezone

from annotations.models import Letter, Report, User
from annotations.vocabulary import LetterKind

from .core import one_transaction

LEASE = dt.timedelta(minutes=5)
"""Longer than a slow server can hold us: a dozen steps of ten seconds each."""
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(minutes=1), dt.timedelta(hours=6)
"""Between two tries: 1 minute, 5, 25, about two hours, then every six hours."""
GIVEN_UP_AFTER = dt.timedelta(days=3)
"""As long as mail servers themselves try; after that, somebody has to look."""
KEPT_FOR = dt.timedelta(days=90)
"""How long letters to members are kept after they were settled, to see what became of them."""
LONGEST_ERROR = 500


def wait_after(tries: int) -> dt.timedelta:
    """How long to wait after so many tries."""
    factor: int = 5 ** min(tries - 1, 10)
    return min(FIRST_WAIT * factor, LONGEST_WAIT)


@one_transaction
def post(
    *,
    to: str,
    subject: str,
    body: str,
    person: User | None = None,
    report: Report | None = None,
    kind: LetterKind = LetterKind.ACCOUNT,
    language: str = "",
    is_secret: bool = False,
    key: str | None = None,
) -> Letter:
    """Put a mail into the outbox, as part of the transaction it is called in.

    The worker sends it within a second or so of the commit. `key` names the event that it tells
    of: with the key of a letter that is there, that one is returned and none is made. `is_secret`
    is of a body that lets somebody in: it is blanked once sent or given up.
    """
    values: dict[str, Any] = {
        "to": to,
        "subject": " ".join(subject.split())[:200],
        "body": body,
        "person": person,
        "report": report,
        "kind": kind,
        "language": language,
        "is_secret": is_secret,
    }
    if key is None:
        return Letter.objects.create(**values)
    letter, _made = Letter.objects.get_or_create(key=key, defaults=values)
    return letter


@one_transaction
def claim(at: dt.datetime) -> Letter | None:
    """The letter that has waited longest and is due by then (UTC), held by the caller, or None.

    The caller sends it once this is committed, and calls `sent` or `failed`.
    """
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    waiting = Letter.objects.open().filter(free, next_try_at__lte=at)
    letter = (
        waiting.select_for_update(skip_locked=True, of=("self",), no_key=True)
        .select_related("person")
        .order_by("next_try_at", "pk")
        .first()
    )
    if letter is None:
        return None
    letter.tries += 1
    letter.claimed_until, letter.next_try_at = at + LEASE, at + wait_after(letter.tries)
    letter.save(update_fields=["tries", "claimed_until", "next_try_at"])
    return letter


@one_transaction
def sent(letter: Letter, at: dt.datetime) -> None:
    """The mail server has taken it."""
    _settle(letter, sent_at=at, error="")


@one_transaction
def failed(letter: Letter, why: str, at: dt.datetime, *, for_good: bool = False) -> None:
    """It was not sent, and why. It waits for its next try, unless it is given up."""
    why = why[:LONGEST_ERROR]
    if for_good or letter.next_try_at - letter.due_at > GIVEN_UP_AFTER:
        _settle(letter, failed_at=at, error=why)
        return
    open_ones = Letter.objects.open().filter(pk=letter.pk)
    open_ones.update(error=why, claimed_until=None)


@one_transaction
def drop(letter: Letter, at: dt.datetime) -> None:
    """Nobody has an account with the address that it asked for: no trace of it stays."""
    _settle(letter, failed_at=at)
    Letter.objects.filter(pk=letter.pk, failed_at=at).delete()


def _settle(letter: Letter, **values: Any) -> None:
    """Once: whoever comes second, after a lease that was over, changes nothing."""
    if letter.is_secret:
        values["body"] = ""
    Letter.objects.open().filter(pk=letter.pk).update(claimed_until=None, **values)


@one_transaction
def give_up_old(at: dt.datetime) -> int:
    """Give up what was not sent in three days, where nobody tried too; returns how many."""
    old = Letter.objects.open().filter(due_at__lt=at - GIVEN_UP_AFTER)
    old = old.filter(Q(claimed_until__isnull=True) | Q(claimed_until__lte=at))
    keys = list(old.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))
    rows = Letter.objects.filter(pk__in=keys)
    rows.filter(is_secret=True).update(failed_at=at, claimed_until=None, body="")
    rows.filter(is_secret=False).update(failed_at=at, claimed_until=None)
    return len(keys)


@one_transaction
def stop(*keys: str) -> None:
    """Give up the letters of these keys that were not sent yet: nobody is to read them any more.

    One that is being sent at this moment may go out all the same.
    """
    rows = Letter.objects.open().filter(key__in=keys)
    rows.filter(is_secret=True).update(failed_at=timezone.now(), claimed_until=None, body="")
    rows.filter(is_secret=False).update(failed_at=timezone.now(), claimed_until=None)


@one_transaction
def try_again(letter: Letter) -> bool:
    """Let a letter that was given up wait again, from now on; returns whether it does.

    One whose secret was blanked has nothing left to send.
    """
    now = timezone.now()
    rows = Letter.objects.filter(pk=letter.pk, failed_at__isnull=False, is_secret=False)
    return bool(rows.update(failed_at=None, due_at=now, next_try_at=now, tries=0, error=""))
