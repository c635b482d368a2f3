"""Sends the mails to readers that wait: answers whose first sending failed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.workflow import reports


class Command(BaseCommand):
    help = (
        "Send the mails to readers that wait; run it every few minutes. Exit status 1 if one fails."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sent, failed = reports.send_letters()
        self.stdout.write(f"{sent} sent")
        if failed:
            raise CommandError(f"{failed} not sent: the log says why")
