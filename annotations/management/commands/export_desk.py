"""Writes a whole desk into one archive, to be moved to another site."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from annotations.exchange.moving import Leaving
from annotations.management.leaving import LeavingCommand


class Command(LeavingCommand):
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
        self.leave(Leaving(self.found(desk)), desk, file)
