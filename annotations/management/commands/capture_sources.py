"""Has the pages of a desk's sources saved: those that have no copy, or all of them again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from annotations.management.base import ExampleCommand
from annotations.models import Desk
from annotations.workflow import copies

AT_ONCE = 500
"""Pages that are asked for in one transaction."""


class Command(ExampleCommand):
    help = (
        "Ask the worker to save the pages of cited sources of which there is no copy: those that"
        " were cited before SAVE_COPIES was set, came with a desk, or failed. It fetches them as it"
        " does what is cited now, no more than one page of a host in three seconds. Nothing is"
        " fetched by this command itself, and no address is shown."
    )
    examples = """\
  manage.py capture_sources --dry-run            # how many there are, desk by desk
  manage.py capture_sources --desk gazette
  manage.py capture_sources --desk gazette --again   # a copy of today of each page"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--desk", metavar="SLUG", help="only this desk's; else every desk's")
        parser.add_argument(
            "--again",
            action="store_true",
            help="also where there is a copy: one of today",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.SAVE_COPIES and not options["dry_run"]:
            raise CommandError("Pages are not saved here: SAVE_COPIES is off.")
        desks = Desk.objects.filter(is_sample=False).order_by("slug")
        if slug := options["desk"]:
            desks = Desk.objects.filter(slug=slug)
            if not desks:
                raise CommandError(f"There is no desk “{slug}”.")
            if desks[0].is_sample:
                raise CommandError(f"“{slug}” is a sample: its pages are made up.")
        for desk in desks:
            self.stdout.write(self._of(desk, again=options["again"], is_dry=options["dry_run"]))

    def _of(self, desk: Desk, *, again: bool, is_dry: bool) -> str:
        """Ask for the pages of a desk, or only count them; returns what there is to say."""
        keys = copies.lacking(desk, again=again)
        parts = [keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE)]
        asked = len(keys) if is_dry else sum(map(copies.want_each, parts))
        left = copies.figures(desk)
        verb = "would be asked for" if is_dry else "asked for"
        return (
            f"{desk.slug}: {asked} pages {verb}; of {left.pages} cited {left.saved} have a copy,"
            f" {left.waiting} wait, {left.failed} could not be saved"
        )
