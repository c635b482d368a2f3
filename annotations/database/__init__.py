"""The database's own rules, as they are today: guards.sql, search.sql and current.sql.

A rule is changed in its file. Then a new migration runs the files, with a `Run` that holds the
digest of what they say now; a test asks for it.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations.base import Operation

FILES = ("guards", "search", "current")

_FUNCTIONS = """
select proname, pg_get_functiondef(pg_proc.oid)
from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
where nspname = current_schema() and proname like 'annotations\\_%'
"""
_TRIGGERS = """
select tgname, pg_get_triggerdef(pg_trigger.oid)
from pg_trigger
join pg_class on pg_class.oid = tgrelid
join pg_namespace on pg_namespace.oid = relnamespace
where nspname = current_schema() and relname like 'annotations\\_%' and not tgisinternal
"""


def sql(name: str) -> str:
    """The text of a file by its name without `.sql`. It may be run any number of times."""
    return Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")


def digest() -> str:
    """What tells two versions of the files apart: the beginning of a hash of their text."""
    return sha256("".join(map(sql, FILES)).encode()).hexdigest()[:16]


def installed(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The functions and triggers that the database has, by name, each as PostgreSQL writes it."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_FUNCTIONS} union all {_TRIGGERS}")
        return dict(cursor.fetchall())


class Run(Operation):
    """The step of a migration that runs the files, if they still say what they said then.

    What they say now may need tables of later migrations. Then this step does nothing, and the
    migration that came with the newer text runs it; but for the files in `needed`, which the next
    steps of the migration stand on, and which are run as they are now. Going back leaves the newer
    text where it is.
    """

    reversible = True
    reduces_to_sql = True
    elidable = False

    def __init__(self, digest: str, needed: tuple[str, ...] = ()) -> None:
        self.digest = digest
        self.needed = needed

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models are as they were."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for name in FILES if self.digest == digest() else self.needed:
            schema_editor.execute(sql(name), params=None)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """What was installed stays: it serves the tables of before as well."""

    def describe(self) -> str:
        return f"Run the files of annotations/database ({self.digest})"
