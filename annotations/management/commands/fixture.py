"""Fixtures that people write: looked at line by line, and made whole for `loaddata`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from annotations.exchange import BadText, fixtures
from annotations.formats.strictjson import Located
from annotations.management.base import STDIN, ExampleCommand, read_bytes, shown, why
from annotations.workflow import Refused


class Command(ExampleCommand):
    help = (
        "Look at a fixture in JSON or JSON Lines that was written by hand, or make it whole: of an"
        " article it needs the desk, the title and the text. docs/fixtures.md tells how. Nothing is"
        " written to the database. Exit status 0 only if all is well."
    )
    examples = """\
  manage.py fixture check article.json
  manage.py fixture make article.json -o whole.json && manage.py loaddata whole.json
  cat article.json | manage.py fixture make -"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "act", choices=["check", "make"], help="say what is wrong, or write the whole fixture"
        )
        parser.add_argument("path", metavar="FILE", help="a file, or - for standard input")
        parser.add_argument(
            "-o", "--output", metavar="FILE", help="where the whole fixture goes; by default shown"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        path = options["path"]
        try:
            rows = fixtures.rows_of(read_bytes(path), "" if path == STDIN else path)
        except OSError as error:
            raise CommandError(f"{shown(path)}: {why(error)}") from None
        except BadText as bad:
            raise CommandError(f"{shown(path)}: {bad}") from None
        whole = self._whole(path, rows, options["act"] == "make")
        if options["act"] == "check":
            self._try(path, whole)
            articles = sum(row["model"].lower() == "annotations.article" for row in whole)
            self.stdout.write(f"{shown(path)}: {articles} articles, {len(whole)} rows; it loads.")
            return
        self._write(whole, options["output"])

    def _whole(self, path: str, rows: list[Located], is_made: bool) -> list[dict[str, Any]]:
        """All rows as `loaddata` takes them; what is wrong is said, each with its line."""
        found = [] if is_made else fixtures.problems(rows)
        try:
            if not found:
                return fixtures.made_whole(rows)
        except fixtures.BadFixture as bad:
            found = bad.problems
        for problem in found:
            self.stderr.write(f"{shown(path)}:{problem.line}: {problem.words}")
        raise CommandError(f"{len(found)} wrong; nothing was made of it.")

    def _try(self, path: str, whole: list[dict[str, Any]]) -> None:
        """Load it and take it back: what the database itself refuses is said too."""
        try:
            fixtures.load(whole, is_trial=True)
        except fixtures.BadFixture as bad:
            raise CommandError(f"{shown(path)}: {bad.problems[0].words}") from None
        except Refused as why_not:
            raise CommandError(str(why_not)) from None

    def _write(self, whole: list[dict[str, Any]], output: str | None) -> None:
        text = "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in whole) + "\n]\n"
        if output is None:
            sys.stdout.flush()
            self.stdout.write(text, ending="")
            return
        try:
            Path(output).write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{shown(output)}: {why(error)}") from None
        self.stderr.write(f"{shown(output)}: {len(whole)} rows. `manage.py loaddata` takes them.")
