"""What the database's errors mean for whoever waits: lost for a while, or only read from."""

from __future__ import annotations

from django.db import DatabaseError, Error, InterfaceError, OperationalError, connection

READ_ONLY = "25006"
"""PostgreSQL's name for a write in a standby, or where transactions may only read."""

_FOR_A_WHILE = ("08", "40", "53", "55P03", "57", "58")
"""How its names begin for what passes: connections, crossed moves, resources, locks, somebody who
stopped it or a statement that took too long, the system below it."""


class ReadOnly(DatabaseError):
    """Raised before something would be written that cannot be."""


def require_writable() -> None:
    """Raise ReadOnly where nothing can be written: for what would not notice by itself."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('transaction_read_only') = 'on'")
        (reads_only,) = cursor.fetchone()
    if reads_only:
        raise ReadOnly


def is_read_only(error: BaseException | None) -> bool:
    """Whether something was to be written into a database that only reads."""
    return isinstance(error, ReadOnly) or (isinstance(error, Error) and _code(error) == READ_ONLY)


def is_lost(error: BaseException | None) -> bool:
    """Whether the database does not answer, or not now: the same may be asked again later."""
    if isinstance(error, InterfaceError):
        return True
    # An error without a name comes from the client's side: no server, or none any more.
    return isinstance(error, OperationalError) and (_code(error) or "08").startswith(_FOR_A_WHILE)


def _code(error: BaseException) -> str:
    """PostgreSQL's five characters for the error, or an empty string."""
    return getattr(error.__cause__, "pgcode", None) or ""
