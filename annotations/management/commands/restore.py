"""Brings an archive of `backup` back, into an empty database."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from annotations.management import loading
from annotations.management.archives import DUMP, Reader, Unusable, files_below
from annotations.management.base import ExampleCommand, shown, why
from annotations.management.commands.backup import count_rows, hash_rows


class Command(ExampleCommand):
    help = (
        "Restore an archive of `backup` into an empty database and an empty folder of files."
        " Everything is verified first; what is refused has changed nothing."
    )
    examples = "  manage.py restore /var/backups/factcheck/2026-11-28.zip"
    requires_system_checks: list[str] = []  # they ask tables that are not there yet

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="an archive that `backup` made")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            with Path(file).open("rb") as stream:
                reader = Reader(stream)
                require_known(reader)
                reader.verify()
                require_empty()
                restore(reader)
        except Unusable as unusable:
            raise CommandError(f"{shown(file)}: {unusable} Nothing was changed.") from unusable
        except OSError as error:
            raise CommandError(f"{shown(file)}: {why(error)}. Nothing was changed.") from error
        self.stdout.write(f"{sum(reader.manifest.rows.values())} rows are back")
        if len(reader.manifest.migrations) < len(_known()):
            self.stdout.write("The archive is of an older version: run `migrate` now")


def _known() -> set[str]:
    return {".".join(key) for key in MigrationLoader(None).disk_migrations}


def require_known(reader: Reader) -> None:
    """Raise Unusable for an archive of a version that this one does not know."""
    if newer := set(reader.manifest.migrations) - _known():
        raise Unusable(
            f"It was made by a newer version of Factcheck, {reader.manifest.version}: install that"
            f" first. It has the migration {min(newer)}, which this one does not know."
        )


def require_empty() -> None:
    """Raise Unusable if a table or file is there that restoring could clash with."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_class where relkind in ('r', 'p', 'v', 'S')"
            " and relnamespace = current_schema()::regnamespace"
        )
        if cursor.fetchone()[0]:
            raise Unusable("The database is not empty: make a new one and set DATABASE_URL to it.")
    if next(files_below(Path(settings.MEDIA_ROOT)), None):
        raise Unusable(f"There are files in {settings.MEDIA_ROOT}: move them away.")


def restore(reader: Reader) -> None:
    """Write files and rows: the files beside their place until the database has all its rows."""
    target = Path(settings.MEDIA_ROOT)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=f"{target.name}.restoring-", dir=target.parent))
    try:
        found = reader.unpack(beside)
        if why_not := loading.load(reader.pieces(DUMP)):
            raise Unusable(f"pg_restore failed: {why_not}\n")
        if found:
            shutil.copytree(beside, target, dirs_exist_ok=True)
    finally:
        shutil.rmtree(beside)
    if count_rows() != reader.manifest.rows:
        raise CommandError("The rows are not as many as in the archive: do not use this database.")
    require_same(reader.manifest.hashes)


def require_same(hashes: dict[str, str]) -> None:
    """Raise CommandError with the tables that hold something else than the archive's site did."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")
        back = hash_rows() if hashes else {}
    if differ := [table for table in back if back[table] != hashes.get(table)]:
        raise CommandError(
            f"Rows are not what they were in the archive, in {', '.join(differ)}:"
            " do not use this database."
        )
