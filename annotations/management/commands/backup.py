"""Makes one archive of the whole site, while it goes on working."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import storages
from django.core.management.base import CommandError, CommandParser
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from annotations import VERSION, blobs
from annotations.management import postgresql
from annotations.management.archives import DUMP, FILES, Manifest, Writer, files_below
from annotations.management.base import STDIN as STDOUT
from annotations.management.base import ExampleCommand, shown, why
from annotations.management.whole import of_migrations
from annotations.queries.copies import kept_bytes


class Command(ExampleCommand):
    help = "Write the whole site, database and files, into one archive."
    examples = (
        "  manage.py backup /var/backups/factcheck/2026-11-28.zip\n"
        "  manage.py backup - | ssh elsewhere 'cat > factcheck.zip'"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a new file, or - for standard output")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        dump = postgresql.command("pg_dump")
        if file == STDOUT:
            write(sys.stdout.buffer, dump)
            return _tell_of_gaps()
        try:
            # It holds everything: nobody else on this machine may read it.
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"{shown(file)}: {why(error)}. Nothing was overwritten.") from error
        try:
            with os.fdopen(descriptor, "wb") as stream:
                write(stream, dump)
                stream.flush()
                os.fsync(descriptor)
        except BaseException as error:
            Path(file).unlink()
            if isinstance(error, OSError):
                raise CommandError(f"Nothing was kept of the backup: {error}") from error
            raise
        self.stderr.write(f"{shown(file)}: {Path(file).stat().st_size} bytes")
        return _tell_of_gaps()


def _tell_of_gaps() -> None:
    """End with an error where a row names a file that is not there to be backed up.

    The archive is kept: it has all else. What is in a bucket is none of it, and of tables of an
    earlier version, which are still to be migrated, it is not known.
    """
    storage = storages["blobs"]
    if not isinstance(storage, blobs.Folder) or next(of_migrations(), None):
        return
    gone = sum(not storage.exists(blobs.name_of(digest)) for digest in kept_bytes())
    if gone:
        raise CommandError(
            f"The archive is written, and lacks {gone} files that rows name: they are not below"
            f" {storage.location}. manage.py verify_copies says which."
        )


def write(stream: IO[bytes], dump: list[str]) -> None:
    """Write the archive. The dump, the numbers of rows and their hashes are of the same moment.

    Files come after the dump: each that a row of it names is there, since none is ever changed.
    """
    with closing(Writer(stream)) as writer:
        _fill(writer, dump)


def _fill(writer: Writer, dump: list[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        cursor.execute("set local statement_timeout = 0")
        cursor.execute("select pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        manifest = Manifest(
            version=VERSION,
            made_at=timezone.now().isoformat(timespec="seconds"),
            postgresql=cursor.connection.server_version,
            migrations=sorted(
                ".".join(key) for key in MigrationRecorder(connection).applied_migrations()
            ),
            rows=count_rows(),
            hashes=hash_rows(),
        )
        _dump(writer, [*dump, "--format=custom", f"--snapshot={snapshot}"])
    folder = Path(settings.MEDIA_ROOT)
    for path in files_below(folder):
        with path.open("rb") as source:
            writer.add(f"{FILES}{path.relative_to(folder).as_posix()}", source)
    writer.finish(manifest)


def _dump(writer: Writer, command: list[str]) -> None:
    with TemporaryFile() as said:
        program = subprocess.Popen(
            command, env=postgresql.environment(), stdout=subprocess.PIPE, stderr=said
        )
        assert program.stdout is not None
        with program.stdout:
            try:
                writer.add(DUMP, program.stdout)
            finally:
                program.stdout.close()
                failed = program.wait()
        said.seek(0)
        if failed:
            raise CommandError(f"pg_dump failed: {said.read().decode(errors='replace').strip()}")


def count_rows() -> dict[str, int]:
    """How many rows each table has."""
    return {
        table: _ask(f"select count(*) from {_quoted(table)}")  # noqa: S608 - of the catalogue
        for table in _tables()
    }


def hash_rows() -> dict[str, str]:
    """What each table holds, as a sum of 64 bits of each row's SHA-256, in any order.

    What PostgreSQL derives from other columns is left out: a newer one may derive it otherwise.
    """
    columns = _columns()
    return {table: _ask(_hash_of(table, columns[table])) for table in _tables()}


def _hash_of(table: str, columns: list[str]) -> str:
    row = ", ".join(_quoted(column) for column in columns)
    return (
        "select coalesce(sum(('x' || left(encode(sha256(convert_to(row("  # noqa: S608
        f"{row})::text, 'UTF8')), 'hex'), 16))::bit(64)::bigint), 0)::text from {_quoted(table)}"
    )


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p') and not relispartition"
            " and relnamespace = current_schema()::regnamespace order by relname"
        )
        return [table for (table,) in cursor.fetchall()]


def _columns() -> dict[str, list[str]]:
    """The columns of each table in the order of their names, which no migration changes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, array_agg(attname::text order by attname) from pg_attribute"
            " join pg_class on pg_class.oid = attrelid"
            " where relnamespace = current_schema()::regnamespace"
            " and attnum > 0 and not attisdropped and attgenerated = '' group by relname"
        )
        return dict(cursor.fetchall())


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _ask(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
