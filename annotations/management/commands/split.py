"""Show how a text is cut into sentences, without a database."""

import json
from typing import Any

from django.core.management.base import CommandError, CommandParser

from annotations.formats import plain
from annotations.management.base import ExampleCommand, read_bytes, shown, why
from annotations.text.canonical import BadText


class Command(ExampleCommand):
    help = (
        "Cut a plain text into sentences and print them as JSON. Offsets are in code points of "
        "the text as it would be stored. No database is needed."
    )
    examples = """\
  manage.py split article.txt
  manage.py split --language de artikel.txt
  cat article.txt | manage.py split -"""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a UTF-8 text file, or - for standard input")
        parser.add_argument("--language", default="en", help="its language, as en or pt-BR")

    def handle(self, *_args: Any, **options: Any) -> None:
        path = options["file"]
        try:
            document = plain.read(read_bytes(path), options["language"])
        except BadText as bad:
            raise CommandError(f"{shown(path)}: {bad}") from None
        except OSError as error:
            raise CommandError(f"{shown(path)}: {why(error)}") from None
        lines = [
            json.dumps(
                {
                    "start": sentence.start,
                    "end": sentence.end,
                    "text": document.text[sentence.start : sentence.end],
                    "paragraph": sentence.paragraph,
                    "kind": sentence.kind.value,
                },
                ensure_ascii=False,
            )
            for sentence in document.sentences
        ]
        self.stdout.write("[\n" + ",\n".join(lines) + "\n]")
