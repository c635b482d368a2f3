"""The law's right to be forgotten, as one act that the log knows."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from annotations import workflow
from annotations.management.base import ExampleCommand
from annotations.management.naming import names_nobody_has, names_of, places
from annotations.models import User


class Command(ExampleCommand):
    help = (
        "Overwrite a person's name and address wherever the system wrote them, published pages and "
        "the log included; or forget the address of a reader. Their work stays, without their "
        "name. This cannot be undone, and older backups still hold the name. What people typed is "
        "theirs and cannot be rewritten: where the name still stands in it is listed, as desk, "
        "table, key and field."
    )
    examples = """\
  manage.py erase --user carla.vidal --reason "Asked for on 3 December, by letter."
  manage.py erase --user carla.vidal --also "Carla Rossi" --reason "…"   # as she was called before
  manage.py erase --user carla.vidal --find     # lists those places, and changes nothing
  manage.py erase --reader reader@example.org"""

    def add_arguments(self, parser: CommandParser) -> None:
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--user", help="The user name of a person.")
        who.add_argument("--reader", help="The e-mail address of a reader who wrote to a desk.")
        parser.add_argument(
            "--find", action="store_true", help="Only list where people wrote the name."
        )
        parser.add_argument(
            "--also",
            action="append",
            default=[],
            metavar="NAME",
            help="A whole name that the person went by before, as it was published.",
        )
        parser.add_argument("--reason", default="", help="For the log.")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            if options["reader"]:
                count = workflow.erase_reader(options["reader"])
                self.stdout.write(f"The address was taken out of {count} rows.")
            else:
                self._erase_person(
                    options["user"], options["reason"], options["find"], options["also"]
                )
        except workflow.Refused as why:
            raise CommandError(str(why)) from why

    def _erase_person(self, username: str, reason: str, is_look: bool, also: list[str]) -> None:
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Nobody signs in as {username}.")
        names = list(dict.fromkeys([*names_of(person), *also]))
        if not is_look:
            count = workflow.erase_person(person, reason=reason, also=also)
            self.stdout.write(f"{count} rows named the person, and name them no longer.")
        self._list(names)
        if others := [name for name in names_nobody_has(person) if name not in also]:
            self.stdout.write(
                "No account has these names of who checked, decided or approved, which published"
                f" pages tell: {', '.join(others)}. If the person was called so before:"
                f" manage.py erase --user {person.username} --also NAME --reason …"
            )
        if not is_look:
            self.stdout.write("Purge caches in front of this site.")

    def _list(self, names: list[str]) -> None:
        """Say where one of the names stands in what people typed, without the words."""
        self.stdout.write(f"Looked for in all that was typed: {', '.join(names)}.")
        count = 0
        for place in places(names):
            count += 1
            self.stdout.write(str(place))
        self.stdout.write(
            f"In {count} places it stands. Look at each: statements, titles and wordings can be "
            "changed; what is published is corrected; the log, frozen texts and annotations "
            "handed in stay as they were written."
            if count
            else "It stands nowhere."
        )
