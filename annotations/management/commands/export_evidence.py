"""Writes the saved copies behind an article's claims as one archive that others can open."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import IO, Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from annotations import VERSION
from annotations.formats import wacz
from annotations.management.base import ExampleCommand, shown, why
from annotations.models import Desk, Membership
from annotations.queries.kept import copies_of


class Command(ExampleCommand):
    help = (
        "Write the saved copies of what an article's claims stand on as a WACZ file, for readers of"
        " web archives. It is what the person named may see, and is noted as seen by them."
    )
    examples = "  manage.py export_evidence --desk gazette --person mia ferry-to-return ferry.wacz"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--desk", metavar="SLUG", required=True)
        parser.add_argument("--person", metavar="USERNAME", required=True, help="who looks")
        parser.add_argument("article", metavar="ARTICLE", help="its slug")
        parser.add_argument("output", metavar="FILE", help="a new file")

    def handle(self, *_args: Any, **options: Any) -> None:
        desk = Desk.objects.filter(slug=options["desk"]).first()
        if desk is None:
            raise CommandError(f"There is no desk “{options['desk']}”.")
        members = Membership.objects.filter(desk=desk, user__is_active=True).select_related("user")
        member = members.filter(user__username=options["person"]).first()
        if member is None:
            raise CommandError(f"“{options['person']}” is no member of the desk “{desk}”.")
        article = desk.articles.filter(slug=options["article"]).first()
        if article is None:
            raise CommandError(f"The desk “{desk}” has no article “{options['article']}”.")
        with tempfile.TemporaryFile() as packed:
            number = wacz.write(
                packed,
                copies_of(article, member.user),
                title=article.title,
                software=f"Factcheck {VERSION}",
                at=timezone.now(),
            )
            packed.seek(0)
            self._write(options["output"], packed)
        self.stdout.write(f"{number} copies")

    def _write(self, output: str, packed: IO[bytes]) -> None:
        """Raises CommandError where the file cannot be made, or is there already."""
        try:
            with Path(output).open("wb" if output == os.devnull else "xb") as file:
                shutil.copyfileobj(packed, file)
        except OSError as error:
            raise CommandError(f"{shown(output)}: {why(error)}.") from error
