"""Says the key by which messages to a desk's own archive are signed, for whoever runs it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from annotations.formats import archivehook
from annotations.management.base import ExampleCommand
from annotations.management.who import desk_called


class Command(ExampleCommand):
    help = (
        "Say the key by which what is sent to a desk's own archive is signed (Standard Webhooks)."
        " It is made from ARCHIVER_SECRET, and stands nowhere else."
    )
    examples = "  manage.py archiver_key politics"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("desk", help="the desk's slug")

    def handle(self, *args: Any, desk: str, **options: Any) -> None:
        if not settings.ARCHIVER_SECRET:
            raise CommandError("Set ARCHIVER_SECRET first.")
        key = archivehook.key_of(settings.ARCHIVER_SECRET, desk_called(desk).uuid)
        self.stdout.write(archivehook.shown(key))
