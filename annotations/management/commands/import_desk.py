"""Brings a desk that `export_desk` wrote to this site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.core.validators import validate_email, validate_slug

from annotations import workflow
from annotations.accounts import address_of
from annotations.exchange.moving import Arrived, arrive, checked
from annotations.formats.lossless import DESK
from annotations.management.arriving import ArrivingCommand
from annotations.vocabulary import Role


class Command(ArrivingCommand):
    help = (
        "Bring a desk that export_desk wrote to this site, whole or not at all. The archive is"
        " verified first. Its people come as names: their accounts are closed, and have neither"
        " password nor e-mail address. What was ended is begun again by the same command."
    )
    examples = (
        "  manage.py import_desk gazette.tar --manager mia@example.org\n"
        "  manage.py import_desk gazette.tar --slug town-gazette\n"
        "  manage.py import_desk gazette.tar --dry-run"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="an archive that export_desk made")
        parser.add_argument("--slug", default="", help="another name in addresses")
        parser.add_argument("--manager", default="", help="e-mail of whoever is invited to manage")
        parser.add_argument("--dry-run", action="store_true", help="only look at it")

    def handle(self, *_args: Any, file: str, **options: Any) -> None:
        slug, manager = options["slug"], options["manager"]
        _require_names(slug, manager)
        with self.verified(file, DESK, checked) as reader:
            arrived = None
            if not options["dry_run"]:
                with self.lines(reader, "Bringing in rows") as lines:
                    arrived = arrive(lines, slug=slug, keep=reader.keep)
            self.tell(reader)
        if arrived is None:
            return
        self.tell_of_names(arrived)
        self.stdout.write(f"The desk “{arrived.desk}” is here.")
        if manager:
            self._invite(arrived, manager)

    def _invite(self, arrived: Arrived, manager: str) -> None:
        assert arrived.desk is not None
        invitation = workflow.invite(arrived.desk, manager, role=Role.MANAGER, actor=None)
        self.stdout.write("Its manager comes in by this link, once:")
        self.stdout.write(f"  {settings.SITE_URL}{address_of(invitation)}")


def _require_names(slug: str, manager: str) -> None:
    try:
        if slug:
            validate_slug(slug)
        if manager:
            validate_email(manager)
    except ValidationError as wrong:
        raise CommandError(wrong.messages[0]) from wrong
