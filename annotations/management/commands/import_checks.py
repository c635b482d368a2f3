"""Bring earlier checks by others to a desk: ClaimReviews, sets of claims and of stances."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError, CommandParser

from annotations.exchange import BadText, Unfetchable, earlier, fetched
from annotations.formats.earlier import Found, Warned
from annotations.management.base import STDIN, ExampleCommand, read_bytes, shown, why
from annotations.management.progress import Line
from annotations.management.who import add_who, desk_called, person_called
from annotations.models import Desk, User
from annotations.words.earlier import odd, outcome

ADDRESSES = ("http://", "https://")
SHOWN = 20
"""Warnings of a file that are shown, unless all are asked for."""


class Command(ExampleCommand):
    help = (
        "Import earlier checks by others, as they say them: ClaimReview (a saved page or its"
        " address, JSON, a DataFeed, JSON Lines), sets of claims or of stances (JSON, JSON Lines,"
        " CSV, TSV). All or nothing for each file. What is odd is a warning with its place; nothing"
        " becomes a verdict of the desk. The same file again changes nothing. Exit status 0 only"
        " if every file was read."
    )
    examples = """\
  manage.py import_checks claimreviews.json
  manage.py import_checks --dry-run feed.json set.jsonl claims.tsv
  manage.py import_checks https://paper.example/checks/ferry
  cat feed.json | manage.py import_checks - --desk sample --person edith"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="a file, a web page, or - for standard input"
        )
        add_who(parser)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")
        parser.add_argument("--all-warnings", action="store_true", help="show more than 20 a file")

    def handle(self, *_args: Any, **options: Any) -> None:
        desk = desk_called(options["desk"])
        person = person_called(desk, options["person"])
        self.stdout.write(f"Desk “{desk}”, in the name of {person} ({person.username})")
        failed = 0
        self.line = Line(self.stderr)
        for number, path in enumerate(options["paths"], 1):
            self.line.say(f"Reading {number} of {len(options['paths'])}: {shown(path)}")
            try:
                found = _found(path)
            except OSError as error:
                self.line.clear()
                self.stderr.write(f"{shown(path)}: {why(error)}")
                failed += 1
            except (BadText, Unfetchable) as bad:
                self.line.clear()
                self.stderr.write(f"{shown(path)}: {bad}")
                failed += 1
            else:
                self._keep(path, found, desk, person, options)
        if failed:
            raise CommandError(f"{failed} of {len(options['paths'])} could not be imported.")

    def _keep(
        self, path: str, found: Found, desk: Desk, person: User, options: dict[str, Any]
    ) -> None:
        is_trial = options["dry_run"]
        self.line.say(f"Comparing {len(found.checks):,} checks with those of the desk")
        name = "" if path == STDIN else shown(path).rpartition("/")[2]
        try:
            done = earlier.keep(desk, found, actor=person, file=name, is_trial=is_trial)
        except PermissionDenied as denied:
            raise CommandError(str(denied)) from None
        finally:
            self.line.clear()
        words = outcome(done.new, done.changed, done.same, is_trial=is_trial)
        self.stdout.write(f"{shown(path)}: {found.kind}, {done.all} checks. {words}")
        warned = [*found.warned, *(each for check in found.checks for each in check.warned)]
        most = len(warned) if options["all_warnings"] else SHOWN
        for warning in warned[:most]:
            self.stderr.write(f"  {_line(warning)}")
        if len(warned) > most:
            self.stderr.write(f"  and {len(warned) - most} more: --all-warnings shows them")


def _found(path: str) -> Found:
    """The checks at a path. Raises BadText, Unfetchable, OSError."""
    if path.startswith(ADDRESSES):
        return earlier.read(fetched(path).data, "page.html")
    return earlier.read(read_bytes(path), "" if path == STDIN else path)


def _line(warning: Warned) -> str:
    value = f" “{warning.value}”" if warning.value else ""
    return f"{warning.pointer.strip() or '/'}{value}: {odd(warning.code)}"
