"""Writes the published checks of a desk, or of the site, one a line, for other systems."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from annotations.exchange.published import all_lines
from annotations.management.base import STDIN as STDOUT
from annotations.management.base import ExampleCommand, shown, why
from annotations.models import Desk


class Command(ExampleCommand):
    help = (
        "Write what readers are told of claims as JSON Lines, newest first: rating, finding, who"
        " claims it in which words, evidence, archived copies, corrections; and which checks were"
        " taken back. It is made of published editions alone. Samples leave only where their desk"
        " is named, and each says that it is one."
    )
    examples = """\
  manage.py export_checks > checks.jsonl
  manage.py export_checks --desk gazette --output gazette.jsonl"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--desk", metavar="SLUG", help="of this desk alone")
        parser.add_argument("--output", metavar="FILE", default=STDOUT, help="a new file, or -")

    def handle(self, *_args: Any, **options: Any) -> None:
        slug, output = options["desk"], options["output"]
        desk = Desk.objects.filter(slug=slug).first() if slug else None
        if slug and desk is None:
            raise CommandError(f"There is no desk “{slug}”.")
        try:
            with _opened(output) as stream:
                for line in all_lines(desk, lambda path: f"{settings.SITE_URL}{path}"):
                    stream.write(line.encode())
        except OSError as error:
            raise CommandError(f"{shown(output)}: {why(error)}.") from error


def _opened(output: str) -> Any:
    if output == STDOUT:
        return nullcontext(sys.stdout.buffer)
    stream: IO[bytes] = Path(output).open("wb" if output == os.devnull else "xb")  # noqa: SIM115
    return stream
