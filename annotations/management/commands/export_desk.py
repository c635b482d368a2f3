"""Writes a whole desk into one archive, to be moved to another site."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.management.base import CommandError, CommandParser

from annotations.exchange.moving import Leaving, Unfit, at_one_moment
from annotations.management.base import STDIN as STDOUT
from annotations.management.base import ExampleCommand, shown, why
from annotations.management.deskarchives import (
    FILES,
    ROWS,
    Hashes,
    Manifest,
    Writer,
    begun,
    pieces_of,
)
from annotations.models import Desk


class Command(ExampleCommand):
    help = (
        "Write a whole desk into one archive: its articles, claims, annotations, drafts, verdicts,"
        " editions, log, files and saved copies. It holds what nobody else may see yet: keep it as"
        " you keep a backup. What was ended is taken up again by the same command."
    )
    examples = (
        "  manage.py export_desk gazette gazette.tar\n"
        "  manage.py export_desk gazette - | ssh elsewhere 'cat > gazette.tar'"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("desk", help="the desk's slug")
        parser.add_argument("file", help="a new file, or - for standard output")

    def handle(self, *_args: Any, desk: str, file: str, **_options: Any) -> None:
        found = Desk.objects.filter(slug=desk).first()
        if found is None:
            known = ", ".join(Desk.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"There is no desk “{desk}”. There is: {known or 'none'}.")
        try:
            with at_one_moment(), TemporaryFile() as rows:
                leaving, hashes = Leaving(found), Hashes()
                for line in leaving.lines():
                    data = line.encode()
                    hashes.add(data)
                    rows.write(data)
                self._write(leaving, hashes, rows, file)
        except Unfit as unfit:
            raise CommandError(f"{desk}: {unfit}") from unfit
        except OSError as error:
            raise CommandError(f"{shown(file)}: {why(error)}.") from error
        told = f"{sum(leaving.rows.values())} rows and {len(leaving.files)} files"
        self.stderr.write(f"{shown(file)}: {told}")

    def _write(self, leaving: Leaving, hashes: Hashes, rows: IO[bytes], file: str) -> None:
        if file == STDOUT:
            write(Writer(sys.stdout.buffer), leaving, hashes, rows)
            return
        path = Path(file)
        if path.exists():
            raise Unfit(f"{shown(file)} is there already. Nothing was overwritten.")
        beside = path.with_name(f"{path.name}.part")
        # It holds unpublished work: nobody else on this machine may read it.
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as stream:
            there = begun(stream, hashes.seen.hexdigest())
            if there:
                self.stderr.write(f"{shown(str(beside))}: goes on after {len(there)} parts")
            write(Writer(stream, there), leaving, hashes, rows)
            stream.flush()
            os.fsync(descriptor)
        beside.rename(path)


def write(writer: Writer, leaving: Leaving, hashes: Hashes, rows: IO[bytes]) -> None:
    """Write what is not there yet. Raises Unfit, OSError."""
    if ROWS not in writer.parts:
        size = rows.tell()
        rows.seek(0)
        writer.add(ROWS, size, pieces_of(rows))
    for digest in leaving.files:
        name = f"{FILES}{digest}"
        if name not in writer.parts:
            writer.add(name, *leaving.bytes_of(digest))
    writer.finish(Manifest(rows=dict(leaving.rows), hashes=hashes.noted))
