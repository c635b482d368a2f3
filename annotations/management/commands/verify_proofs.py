"""Calculates every root again, and tells which copy, edition, root or stamp is not what it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError

from annotations.capture import stamping
from annotations.management.base import ExampleCommand
from annotations.models import DailyRoot, Stamp
from annotations.queries import proofs
from annotations.tasks.proofs import certificates
from annotations.vocabulary import StampState


class Command(ExampleCommand):
    help = (
        "Compare every saved copy and edition with the root of its day, the roots with each other,"
        " and the stamps of authorities with their roots; against TIMESTAMP_CERTIFICATES where"
        " that is set. Ends with an error that names what was changed or is missing."
    )
    examples = "  manage.py verify_proofs"

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for each in (*proofs.wrong_roots(), *proofs.wrong_leaves(), *_wrong_stamps()):
            self.stderr.write(str(each))
            wrong += 1
        stamps = Stamp.objects.filter(state=StampState.STAMPED).count()
        self.stdout.write(f"{DailyRoot.objects.count()} roots, {stamps} stamps")
        if wrong:
            raise CommandError(f"{wrong} are not what they were.")


def _wrong_stamps() -> Iterator[proofs.Wrong]:
    known = certificates()
    rows = Stamp.objects.filter(state=StampState.STAMPED).select_related("root").order_by("pk")
    for stamp in rows.iterator(chunk_size=100):
        try:
            found = stamping.verified(
                bytes(stamp.token or b""), bytes.fromhex(stamp.root.root), known
            )
        except stamping.Unstamped as why:
            yield proofs.Wrong(_name(stamp), f"proves nothing: {why}")
            continue
        if found.at != stamp.stamped_at:
            yield proofs.Wrong(_name(stamp), f"says {found.at:%Y-%m-%d %H:%M:%S} UTC")


def _name(stamp: Stamp) -> str:
    return f"the stamp of {stamp.authority} on {stamp.root.day:%Y-%m-%d}"
