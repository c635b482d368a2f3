"""What `export_desk` and `export_article` share: an archive is written, or taken up again."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.core.management.base import CommandError

from annotations.exchange.moving import Leaving, Unfit, at_one_moment
from annotations.management.base import STDIN as STDOUT
from annotations.management.base import ExampleCommand, shown, why
from annotations.management.deskarchives import (
    FILES,
    ROWS,
    Hashes,
    Manifest,
    Part,
    Writer,
    begun,
    pieces_of,
)
from annotations.management.progress import told
from annotations.models import Desk


class LeavingCommand(ExampleCommand):
    """A command that writes rows, and the files that they name, for whoever keeps the site."""

    def found(self, desk: str) -> Desk:
        """The desk of this slug. Raises CommandError."""
        found = Desk.objects.filter(slug=desk).first()
        if found is None:
            known = ", ".join(Desk.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"There is no desk “{desk}”. There is: {known or 'none'}.")
        return found

    def leave(
        self, leaving: Leaving, called: str, file: str, *, is_rows_only: bool = False
    ) -> None:
        """Write it to a new file, or to standard output for "-". Raises CommandError."""
        try:
            with at_one_moment(), TemporaryFile() as rows:
                hashes = Hashes()
                with told(leaving.lines(), self.stderr, "Writing rows") as lines:
                    for line in lines:
                        data = line.encode()
                        hashes.add(data)
                        rows.write(data)
                if is_rows_only:
                    self._write(file, lambda stream: _copy(rows, stream))
                else:
                    self._write(file, lambda stream: self._archive(stream, leaving, hashes, rows))
        except Unfit as unfit:
            raise CommandError(f"{called}: {unfit}") from unfit
        except OSError as error:
            raise CommandError(f"{shown(file)}: {why(error)}.") from error
        files = 0 if is_rows_only else len(leaving.files)
        self.stderr.write(f"{shown(file)}: {sum(leaving.rows.values())} rows and {files} files")

    def _write(self, file: str, write: Callable[[IO[bytes]], None]) -> None:
        if file == STDOUT:
            write(sys.stdout.buffer)
            return
        path = Path(file)
        if path.exists():
            raise Unfit(f"{shown(file)} is there already. Nothing was overwritten.")
        beside = path.with_name(f"{path.name}.part")
        # It holds unpublished work: nobody else on this machine may read it.
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as stream:
            write(stream)
            stream.flush()
            os.fsync(descriptor)
        beside.rename(path)

    def _archive(
        self, stream: IO[bytes], leaving: Leaving, hashes: Hashes, rows: IO[bytes]
    ) -> None:
        there: dict[str, Part] = {}
        if stream is not sys.stdout.buffer:
            there = begun(stream, hashes.seen.hexdigest())
        if there:
            self.stderr.write(f"It goes on after {len(there)} parts")
        with told(leaving.files, self.stderr, "Writing files", len(leaving.files)) as files:
            write(Writer(stream, there), leaving, hashes, rows, files)


def _copy(rows: IO[bytes], stream: IO[bytes]) -> None:
    """Write the lines alone; what was begun there is written over."""
    rows.seek(0)
    if stream is not sys.stdout.buffer:
        stream.truncate(0)
    for piece in pieces_of(rows):
        stream.write(piece)


def write(
    writer: Writer, leaving: Leaving, hashes: Hashes, rows: IO[bytes], files: Iterable[str]
) -> None:
    """Write what is not there yet; `files` by their SHA-256. Raises Unfit, OSError."""
    if ROWS not in writer.parts:
        size = rows.tell()
        rows.seek(0)
        writer.add(ROWS, size, pieces_of(rows))
    for digest in files:
        name = f"{FILES}{digest}"
        if name not in writer.parts:
            writer.add(name, *leaving.bytes_of(digest))
    writer.finish(Manifest(rows=dict(leaving.rows), hashes=hashes.noted, format=leaving.format))
