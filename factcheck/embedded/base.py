"""Django's PostgreSQL backend, which makes sure that our own server runs before it connects."""

from typing import Any

from django.db.backends.postgresql import base

from factcheck.embedded.server import ensure_running


class DatabaseWrapper(base.DatabaseWrapper):
    # At the first connection, not when settings are imported: type checkers and collectstatic
    # import settings too, and need no database.
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        ensure_running()
        return super().get_new_connection(conn_params)
