"""A dump brought back into an empty database, whole or not at all."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from shutil import copyfileobj
from tempfile import TemporaryFile
from threading import Thread
from typing import IO

from django.db import connection

from annotations.management import postgresql

OPTIONS = ("--no-owner", "--no-privileges", "--exit-on-error")
UNKNOWN = (17, b"SET transaction_timeout = 0;\n")
"""What pg_restore of this version and newer says first of all, and older servers do not know."""
FIRST = 60
"""Lines within which it says it: what comes after may be what people wrote."""


def load(pieces: Iterator[bytes]) -> str:
    """Bring back a dump of `pg_dump -Fc` in one transaction.

    Returns what PostgreSQL complained of, or nothing; then nothing is in the database.
    Raises CommandError where there is no program that is new enough.
    """
    command = postgresql.command("pg_restore")
    since, _words = UNKNOWN
    is_older = postgresql.server() < since <= postgresql.version(command)
    with TemporaryFile() as said:
        done = _as_text(pieces, said) if is_older else _directly(command, pieces, said)
        said.seek(0)
        return "" if done else said.read().decode(errors="replace").strip() or "it was ended"


def _directly(command: list[str], pieces: Iterator[bytes], said: IO[bytes]) -> bool:
    connection.close()
    program = subprocess.Popen(
        [*command, *OPTIONS, "--single-transaction"],
        env=postgresql.environment(), stdin=subprocess.PIPE, stdout=said, stderr=said,
    )  # fmt: skip
    _feed(program, pieces)
    return program.wait() == 0


def _as_text(pieces: Iterator[bytes], said: IO[bytes]) -> bool:
    """By psql, with what the older server does not know left out."""
    writing, [psql, *database] = postgresql.command("pg_restore")[0], postgresql.command("psql")
    env = postgresql.environment()
    connection.close()
    with (
        subprocess.Popen(
            [writing, *OPTIONS, "--file=-"],
            env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said,
        ) as written,
        subprocess.Popen(
            [psql, *database, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"],
            env=env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said,
        ) as read,
    ):  # fmt: skip
        assert written.stdout is not None
        assert read.stdin is not None
        feeding = Thread(target=_feed, args=[written, pieces])
        feeding.start()
        with suppress(BrokenPipeError), read.stdin:
            read.stdin.write(b"BEGIN;\n")
            read.stdin.writelines(
                line for line in islice(written.stdout, FIRST) if line != UNKNOWN[1]
            )
            copyfileobj(written.stdout, read.stdin)
            # Where it broke off, nobody says this, and the transaction ends with the connection.
            if written.wait() == 0:
                read.stdin.write(b"COMMIT;\n")
        written.stdout.close()
        feeding.join()
        return written.wait() == 0 and read.wait() == 0


def _feed(program: subprocess.Popen[bytes], pieces: Iterator[bytes]) -> None:
    assert program.stdin is not None
    # Where it stops early, it has said why.
    with suppress(BrokenPipeError), program.stdin:
        for piece in pieces:
            program.stdin.write(piece)
