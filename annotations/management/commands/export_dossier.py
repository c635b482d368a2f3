"""Writes the dossier of a published article as one page, or prints it to PDF."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from annotations.exchange.dossier import NothingPublished, dossier
from annotations.formats import printing
from annotations.management.base import STDIN as STDOUT
from annotations.management.base import ExampleCommand, shown, why
from annotations.models import Article

MISSING = (
    "There is no Chromium to print with: install one (on Debian, apt-get install chromium), or put"
    " the path of one into CHROMIUM."
)


class Command(ExampleCommand):
    help = (
        "Write the dossier of a published article: all that readers were told of it and of its"
        " claims, as one page that needs no network. With --pdf it is printed by Chromium."
    )
    examples = """\
  manage.py export_dossier ferry-to-return
  manage.py export_dossier ferry-to-return --desk gazette --output ferry.html
  manage.py export_dossier ferry-to-return --pdf --paper letter"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("article", metavar="ARTICLE", help="its slug")
        parser.add_argument("--desk", metavar="SLUG", help="if several have such an article")
        parser.add_argument(
            "--output", metavar="FILE", help="a new file, or -; by default ARTICLE-dossier.html"
        )
        parser.add_argument("--pdf", action="store_true", help="print it to PDF")
        parser.add_argument(
            "--paper", choices=("a4", "letter"), default="a4", help="of the PDF; by default A4"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        chromium = self._chromium() if options["pdf"] else ""
        article = self._article(options["article"], options["desk"])
        try:
            made = dossier(article, paper=options["paper"] if chromium else "")
        except NothingPublished:
            raise CommandError(f"Nothing of “{article}” is published.") from None
        name = options["output"] or f"{made.name}{'.pdf' if chromium else '.html'}"
        try:
            data = printing.pdf(made.html, chromium) if chromium else made.html
        except printing.NotPrinted as error:
            raise CommandError(str(error)) from error
        self._write(name, data)

    def _chromium(self) -> str:
        """The path of the Chromium to print with. Raises CommandError."""
        found = printing.find(settings.CHROMIUM)
        if found is None:
            raise CommandError(MISSING)
        return found

    def _article(self, slug: str, desk: str | None) -> Article:
        """The article of that slug. Raises CommandError for none, or for several."""
        found = Article.objects.filter(slug=slug).select_related("desk")
        rows = list(found.filter(desk__slug=desk) if desk else found)
        if not rows:
            where = f"The desk “{desk}” has" if desk else "There is"
            raise CommandError(f"{where} no article “{slug}”.")
        if len(rows) > 1:
            desks = ", ".join(sorted(each.desk.slug for each in rows))
            raise CommandError(f"Several desks have an article “{slug}”: say --desk ({desks}).")
        return rows[0]

    def _write(self, output: str, data: bytes) -> None:
        """Write a whole file or none, and never over another. Raises CommandError."""
        if output == STDOUT:
            sys.stdout.buffer.write(data)
            return
        try:
            stream = Path(output).open("wb" if output == os.devnull else "xb")  # noqa: SIM115
        except OSError as error:
            raise CommandError(f"{shown(output)}: {why(error)}.") from error
        try:
            with stream:
                stream.write(data)
        except BaseException as error:
            if output != os.devnull:
                Path(output).unlink()
            if isinstance(error, OSError):
                raise CommandError(f"{shown(output)}: {why(error)}.") from error
            raise
        self.stderr.write(f"{shown(output)}: {len(data)} bytes")
