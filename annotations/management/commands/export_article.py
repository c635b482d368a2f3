"""Writes all that belongs to one article into an archive: for another desk, or another site."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from annotations.exchange.moving import Leaving
from annotations.management.base import STDIN as STDOUT
from annotations.management.leaving import LeavingCommand
from annotations.models import Article


class Command(LeavingCommand):
    help = (
        "Write all that belongs to one article into an archive: its texts, claims, annotations,"
        " drafts, verdicts, sources, editions, log, files and saved copies. It holds what nobody"
        " else may see yet: keep it as you keep a backup. What was ended is taken up again by the"
        " same command."
    )
    examples = (
        "  manage.py export_article gazette ferry-to-return ferry.tar\n"
        "  manage.py export_article gazette ferry-to-return --rows-only   # for programs"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("desk", help="the desk's slug")
        parser.add_argument("article", help="the article's slug")
        parser.add_argument(
            "file", nargs="?", default=STDOUT, help="a new file, or - for standard output"
        )
        parser.add_argument(
            "--rows-only",
            action="store_true",
            help="the lines alone, without the files they name: import_article wants the whole",
        )

    def handle(self, *_args: Any, desk: str, article: str, file: str, **options: Any) -> None:
        found = self.found(desk)
        its = Article.objects.filter(desk=found, slug=article).select_related("desk").first()
        if its is None:
            raise CommandError(f"There is no article “{article}” at the desk “{found}”.")
        self.leave(Leaving(found, its), article, file, is_rows_only=options["rows_only"])
