"""What our commands share: examples in --help, and reading a file or standard input."""

import os
import sys
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    DjangoHelpFormatter,
)
from django.db import InterfaceError, OperationalError

from annotations.database.losing import is_lost
from annotations.formats import lossless
from annotations.text.canonical import BadText
from annotations.text.limits import MAX_BYTES

STDIN = "-"


class _Help(DjangoHelpFormatter, RawDescriptionHelpFormatter):
    """Django's order of options; examples keep their lines."""


class ExampleCommand(BaseCommand):
    """A command whose --help ends with examples, one a line."""

    examples = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        kwargs.setdefault("formatter_class", _Help)
        kwargs.setdefault("epilog", f"examples:\n{self.examples}")
        return super().create_parser(prog_name, subcommand, **kwargs)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """As of any command. Raises CommandError where the database is lost on the way."""
        try:
            return super().execute(*args, **options)
        except (InterfaceError, OperationalError) as error:
            if not is_lost(error):
                raise
            raise CommandError(
                "The database was lost on the way. What was not said to be done may not be: begin"
                " it again."
            ) from error


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of standard input for "-"; never more of them than are allowed.

    Raises OSError when it cannot be read, BadText when there is too much of it, or where it is a
    desk or an article that was moved, which have commands of their own.
    """
    if path == STDIN:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        with Path(path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    lossless.refuse(data)
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise BadText("too_large", "It is larger than {limit} MB, which is the limit.", limit=limit)
    return data


def shown(path: str) -> str:
    """A file's name for messages and records; bytes that are no UTF-8 become U+FFFD."""
    if path == STDIN:
        return "standard input"
    return os.fsencode(path).decode(errors="replace")


def why(error: OSError) -> str:
    """An error of the operating system in words, without the path that stands beside it."""
    return error.strerror or str(error)
