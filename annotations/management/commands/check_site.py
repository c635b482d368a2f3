"""Says whether the site is whole, and what is wrong where. It changes nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from annotations.management.base import ExampleCommand
from annotations.management.whole import LONG, PARTS


class Command(ExampleCommand):
    help = (
        "Check the settings, the migrations, the database's own rules, what is current and its log,"
        " the worker, the mail, the files and the proofs of time, and say what is wrong where."
        " Ends with an error if anything is; changes nothing."
    )
    examples = """\
  manage.py check_site
  manage.py check_site --quick               # without reading all files: seconds
  manage.py check_site --only rules pointers log   # after a restore, before it is opened"""
    # They are a part of what is said.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--quick",
            action="store_true",
            help=f"leave out {' and '.join(LONG)}: they are read whole",
        )
        parser.add_argument(
            "--only", nargs="+", choices=[*PARTS], metavar="PART", help=f"of {', '.join(PARTS)}"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        named = options["only"] or [
            name for name in PARTS if not (options["quick"] and name in LONG)
        ]
        wrong = 0
        for name in named:
            found = list(PARTS[name]())
            wrong += len(found)
            self.stdout.write(f"{name}: {f'{len(found)} wrong' if found else 'good'}")
            for line in found:
                self.stderr.write(f"  {line}")
        if wrong:
            raise CommandError(f"{wrong} things are wrong.")
