"""Brings an article that `export_article` wrote to a desk of this site."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.management.base import CommandParser

from annotations.exchange.moving import Arrived, checked_article, join
from annotations.formats.lossless import ARTICLE
from annotations.management.arriving import ArrivingCommand
from annotations.management.who import add_who, desk_called, person_called


class Command(ArrivingCommand):
    help = (
        "Bring an article that export_article wrote to a desk, whole or not at all. The archive is"
        " verified first. Its people come as names: their accounts are closed, and have neither"
        " password nor e-mail address. What was ended is begun again by the same command."
    )
    examples = (
        "  manage.py import_article ferry.tar --desk gazette\n"
        "  manage.py import_article ferry.tar --desk gazette --same-people\n"
        "  manage.py import_article ferry.tar --desk gazette --dry-run"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="an archive that export_article made")
        add_who(parser)
        parser.add_argument(
            "--same-people",
            action="store_true",
            help="whoever has a user name of the file here is that person",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")

    def handle(self, *_args: Any, file: str, **options: Any) -> None:
        desk = desk_called(options["desk"])
        person = person_called(desk, options["person"])
        is_trial = options["dry_run"]
        with self.verified(file, ARTICLE, partial(checked_article, desk=desk)) as reader:
            with self.lines(reader, "Bringing in rows") as lines:
                arrived = join(
                    lines,
                    desk,
                    actor=person,
                    is_same_people=options["same_people"],
                    is_trial=is_trial,
                    keep=reader.keep,
                )
            self.tell(reader)
        self.tell_of_names(arrived)
        self._tell_of_places(arrived)
        would = "would be" if is_trial else "is"
        assert arrived.article is not None
        self.stdout.write(
            f"The article “{arrived.article}” {would} at the desk “{desk}”, as"
            f" “{arrived.article.slug}”."
        )

    def _tell_of_places(self, arrived: Arrived) -> None:
        for there, here in arrived.numbers.items():
            self.stdout.write(f"Claim {there} has the number {here} here.")
        for note in arrived.notes:
            self.stdout.write(note)
