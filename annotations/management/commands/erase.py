"""The law's right to be forgotten, as one act that the log knows."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from annotations import workflow
from annotations.management.base import ExampleCommand
from annotations.models import User


class Command(ExampleCommand):
    help = (
        "Overwrite a person's name and address wherever the system wrote them, published pages and "
        "the log included; or forget the address of a reader. Their work stays, without their "
        "name. This cannot be undone, and older backups still hold the name."
    )
    examples = """\
  manage.py erase --user carla.vidal --reason "Asked for on 3 December, by letter."
  manage.py erase --reader reader@example.org"""

    def add_arguments(self, parser: CommandParser) -> None:
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--user", help="The user name of a person.")
        who.add_argument("--reader", help="The e-mail address of a reader who wrote to a desk.")
        parser.add_argument("--reason", default="", help="For the log.")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            if options["reader"]:
                count = workflow.erase_reader(options["reader"])
                self.stdout.write(f"The address was taken out of {count} rows.")
            else:
                self._erase_person(options["user"], options["reason"])
        except workflow.Refused as why:
            raise CommandError(str(why)) from why

    def _erase_person(self, username: str, reason: str) -> None:
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Nobody signs in as {username}.")
        count = workflow.erase_person(person, reason=reason)
        self.stdout.write(f"{count} rows named the person, and name them no longer.")
        self.stdout.write(
            "Look yourself for the name in texts, reasons and comments that people wrote, and "
            "take it out of statements. Purge caches in front of this site."
        )
