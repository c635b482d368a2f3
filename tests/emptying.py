"""An empty database again, after what a test has committed."""

from __future__ import annotations

from django.db import connection, transaction

FROM_MIGRATING = ("django_migrations", "django_content_type", "auth_permission")
"""What migrating put there, and no test changes."""


def empty() -> None:
    """Delete the rows of all tables. The role has to be a superuser, as the tests' own is."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")  # no trigger, no key
        names = set(connection.introspection.table_names(cursor)).difference(FROM_MIGRATING)
        probes = [f"select '{name}' where exists (select from {name})" for name in sorted(names)]
        cursor.execute(" union all ".join(probes))
        for (name,) in cursor.fetchall():
            cursor.execute(f"delete from {name}")
        cursor.execute("set local session_replication_role = origin")
        cursor.execute("set constraints all deferred")  # as in a transaction of its own
