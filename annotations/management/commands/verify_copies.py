"""Reads all bytes that are kept by their hash, and tells which are not what was saved."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from annotations import blobs
from annotations.management.base import ExampleCommand, why
from annotations.queries.copies import in_rows, kept_bytes


class Command(ExampleCommand):
    help = (
        "Read every saved copy of a source, what each text was made from, and all else that is"
        " kept by its SHA-256 again, and compare. Ends with an error that names what was changed"
        " or is missing."
    )
    examples = "  manage.py verify_copies"

    def handle(self, *args: Any, **options: Any) -> None:
        number = size = 0
        wrong: list[str] = []
        for digest in kept_bytes():
            try:
                size += blobs.check(digest)
            except blobs.Missing:
                wrong.append(f"{digest} is missing")
            except blobs.Altered:
                wrong.append(f"{digest} is not what was saved")
            except OSError as error:
                raise CommandError(
                    f"{number} files were read, and then no more could be: {why(error)}"
                ) from error
            number += 1
        for digest, row_size, is_whole in in_rows():
            number, size = number + 1, size + row_size
            if not is_whole:
                wrong.append(f"{digest} is not what was saved")
        for line in wrong:
            self.stderr.write(line)
        self.stdout.write(f"{number} files, {size} bytes")
        if wrong:
            raise CommandError(f"{len(wrong)} of {number} are not what was saved.")
