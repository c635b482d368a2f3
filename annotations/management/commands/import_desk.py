"""Brings a desk that `export_desk` wrote to this site."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.core.validators import validate_email, validate_slug

from annotations import blobs, workflow
from annotations.accounts import address_of
from annotations.exchange.moving import Arrived, Unfit, arrive, checked
from annotations.management.base import ExampleCommand, shown, why
from annotations.management.deskarchives import FILES, Reader
from annotations.vocabulary import Role


class Command(ExampleCommand):
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
        try:
            with closing(Reader(Path(file))) as reader:
                reader.verify()
                if checked(reader.lines()) != reader.manifest.rows:
                    raise Unfit("Its rows are not those that its manifest counts.")
                if options["dry_run"]:
                    self._tell(reader.manifest.rows, len(reader.names()))
                    return
                arrived = take(reader, slug)
                self._tell(dict(arrived.rows), len(reader.names()))
        except Unfit as unfit:
            raise CommandError(f"{shown(file)}: {unfit} Nothing was kept.") from unfit
        except OSError as error:
            raise CommandError(f"{shown(file)}: {why(error)}. Nothing was kept.") from error
        self._tell_of(arrived)
        if manager:
            self._invite(arrived, manager)

    def _tell(self, rows: dict[str, int], files: int) -> None:
        for name, count in rows.items():
            self.stdout.write(f"{count:>9} {name.replace('_', ' ')}")
        self.stdout.write(f"{files:>9} files")

    def _tell_of(self, arrived: Arrived) -> None:
        for there, here in arrived.people.items():
            self.stdout.write(f"“{there}” is somebody else's name here: they are “{here}”.")
        for there, here in arrived.scales.items():
            self.stdout.write(f"Another rating scale is called “{there}” here: it is “{here}”.")
        self.stdout.write(f"The desk “{arrived.desk}” is here.")

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


def take(reader: Reader, slug: str) -> Arrived:
    """Write the rows and keep the files, or nothing. Raises Unfit, OSError.

    The same bytes are kept once: where it was ended, most of the work is done when it is begun
    again.
    """

    def keep(digests: Iterable[str]) -> None:
        for digest in digests:
            with reader.open(f"{FILES}{digest}") as part:
                blobs.keep(part)

    def read(digest: str) -> bytes:
        return reader.read(f"{FILES}{digest}")

    return arrive(reader.lines(), read, slug=slug, keep=keep)
