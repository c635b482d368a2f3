"""A desk to try things at: sample data, people to sign in as, and their passwords."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, is_password_usable, make_password
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from annotations.management.base import ExampleCommand
from annotations.models import Desk, Membership, RatingScale, User

KNOWN_PASSWORD = "factcheck"  # noqa: S105
"""Everybody's at the sample desks while DEBUG is on, and nobody's otherwise."""


@dataclass(frozen=True, slots=True)
class Fixture:
    """A file of `fixtures/`, with what decides whether it was loaded and may be."""

    path: Path
    scales: dict[str, tuple[str, int]]
    """Slug and version by UUID."""
    desks: dict[str, str]
    """Slug by UUID."""
    usernames: list[str]

    @classmethod
    def read(cls, name: str) -> Fixture:
        path = Path(settings.FIXTURE_DIRS[0]) / f"{name}.json"
        rows = [
            (row["model"].partition(".")[2], row["fields"])
            for row in json.loads(path.read_text(encoding="utf-8"))
        ]
        return cls(
            path,
            {
                row["uuid"]: (row["slug"], row["version"])
                for model, row in rows
                if model == "ratingscale"
            },
            {row["uuid"]: row["slug"] for model, row in rows if model == "desk"},
            [row["username"] for model, row in rows if model == "user"],
        )

    def is_loaded(self) -> bool:
        """Whether its scales and desks are all there, whatever people made of them since."""
        scales = RatingScale.objects.filter(uuid__in=self.scales).count()
        desks = Desk.objects.filter(uuid__in=self.desks).count()
        return scales == len(self.scales) and desks == len(self.desks)

    def clashes(self) -> list[str]:
        """What is there already by the same names, and is not ours to overwrite."""
        scales = [
            f"a rating scale “{slug}”, version {version}"
            for key, (slug, version) in self.scales.items()
            if RatingScale.objects.filter(slug=slug, version=version).exclude(uuid=key).exists()
        ]
        desks = [
            f"a desk “{slug}”"
            for key, slug in self.desks.items()
            if Desk.objects.filter(slug=slug).exclude(uuid=key).exists()
        ]
        people = User.objects.filter(username__in=self.usernames).order_by("username")
        return scales + desks + [f"a person “{person.username}”" for person in people]


class Command(ExampleCommand):
    help = (
        "Load the sample desk: people, an article with sample verdicts, work in each queue. "
        "A desk that is there already is left as people made it. With DEBUG on everybody gets the "
        "same known password; with DEBUG off each gets a random one, shown once."
    )
    examples = """\
  manage.py demo
  manage.py demo --fictional     also a desk with an invented article, checked to the end
  manage.py changepassword mona  when a random password is lost"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fictional", action="store_true", help="also load the desk with the invented article"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        files = [Fixture.read("sample")]
        if options["fictional"]:
            files.append(Fixture.read("fictional"))
        with transaction.atomic():
            for file in [Fixture.read("scales"), *files]:
                self._load(file)
            # Those who came with the fixtures; who joined a desk later has a password.
            members: list[Membership] = list(
                Membership.objects.filter(
                    desk__uuid__in=[key for file in files for key in file.desks],
                    user__username__in=[name for file in files for name in file.usernames],
                    user__is_active=True,
                )
                .select_related("desk", "user")
                .order_by("-desk__is_sample", "desk__name", "pk")
            )
            passwords = _set_passwords({member.user for member in members})
        for desk, people in groupby(members, key=lambda member: member.desk):
            self._print(desk, list(people), passwords)
        if settings.DEBUG:
            host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
            self.stdout.write(
                f"While the server runs (`manage.py runserver`): http://{host}:{port}/"
            )
        else:
            self.stdout.write("Random passwords are shown this once; `changepassword` sets others.")

    def _load(self, fixture: Fixture) -> None:
        if fixture.is_loaded():
            return
        if clashes := fixture.clashes():
            raise CommandError(
                f"There is {', '.join(clashes)} already, which {fixture.path.name} would "
                "overwrite. Nothing was loaded."
            )
        call_command("loaddata", fixture.path, verbosity=0)

    def _print(self, desk: Desk, members: list[Membership], passwords: dict[str, str]) -> None:
        label = " (sample)" if desk.is_sample else ""
        self.stdout.write(f"{desk.organisation}, {desk.name}{label}")
        rows = [("login", "password", "role", "name")]
        rows += [
            (user.username, passwords[user.username], str(member.get_role_display()), str(user))
            for member in members
            for user in [member.user]
        ]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for *cells, last in rows:
            line = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
            self.stdout.write(f"  {line}  {last}")
        self.stdout.write("")


def _set_passwords(people: set[User]) -> dict[str, str]:
    """Give those a password who have none, and say by username what to show for each.

    With DEBUG off the known password is replaced too: it may have been set with DEBUG on. One
    that somebody chose is left alone, and so are open sessions.
    """
    shown = {}
    # Everybody's known password has one hash, made and checked once: hashing is slow by design.
    known_hashes = {
        encoded for encoded in {person.password for person in people} if _is_known(encoded)
    }
    new_hash = ""
    for person in sorted(people, key=lambda person: person.username):
        is_known = person.password in known_hashes
        if settings.DEBUG and is_known:
            shown[person.username] = KNOWN_PASSWORD
        elif is_password_usable(person.password) and not is_known:
            shown[person.username] = "(set before)"
        elif settings.DEBUG:
            new_hash = new_hash or make_password(KNOWN_PASSWORD)
            person.password, shown[person.username] = new_hash, KNOWN_PASSWORD
            person.save(update_fields=["password"])
        else:
            shown[person.username] = secrets.token_urlsafe(12)
            person.set_password(shown[person.username])
            person.save(update_fields=["password"])
    return shown


def _is_known(encoded: str) -> bool:
    return is_password_usable(encoded) and check_password(KNOWN_PASSWORD, encoded)
