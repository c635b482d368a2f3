"""Writes a desk's claims as a spreadsheet or as JSON Lines, one claim a row."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import IO, Any

from django.core.management.base import CommandError, CommandParser

from annotations.management.base import STDIN as STDOUT
from annotations.management.base import ExampleCommand, shown, why
from annotations.models import Claim, Desk, Membership, User
from annotations.queries.claim_rows import claim_rows
from annotations.words.claim_lines import KINDS, claim_lines


class Command(ExampleCommand):
    help = (
        "Write the claims of a desk's articles, one a row: wording, verdict, and who rated how once"
        " that is disclosed. It is what the person named may see, and is noted as seen by them."
    )
    examples = """\
  manage.py export_articles --desk gazette --person mia --output claims.csv
  manage.py export_articles --desk gazette --person mia --format jsonl > claims.jsonl
  manage.py export_articles --desk gazette --person mia --article ferry-to-return"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--desk", metavar="SLUG", required=True)
        parser.add_argument("--person", metavar="USERNAME", required=True, help="who looks")
        parser.add_argument("--article", metavar="SLUG", help="of this article alone")
        parser.add_argument("--format", choices=KINDS, help="by default as the file ends, or CSV")
        parser.add_argument("--output", metavar="FILE", default=STDOUT, help="a new file, or -")

    def handle(self, *_args: Any, **options: Any) -> None:
        desk, person = self._who(options["desk"], options["person"])
        claims = Claim.objects.visible_to(person).filter(desk=desk)
        if slug := options["article"]:
            article = desk.articles.filter(slug=slug).first()
            if article is None:
                raise CommandError(f"The desk “{desk}” has no article “{slug}”.")
            claims = claims.filter(pk__in=Claim.objects.made_in(article).values("pk"))
        output = options["output"]
        ending = output.rpartition(".")[2]
        kind = options["format"] or (ending if ending in KINDS else KINDS[0])
        lines = claim_lines(claim_rows(claims, person), kind)
        try:
            with self._opened(output) as stream:
                for line in lines:
                    stream.write(line.encode())
        except OSError as error:
            raise CommandError(f"{shown(output)}: {why(error)}.") from error

    def _who(self, slug: str, username: str) -> tuple[Desk, User]:
        desk = Desk.objects.filter(slug=slug).first()
        if desk is None:
            raise CommandError(f"There is no desk “{slug}”.")
        members = Membership.objects.filter(desk=desk, user__is_active=True)
        member = members.filter(user__username=username).select_related("user").first()
        if member is None:
            raise CommandError(f"“{username}” is no member of the desk “{desk}”.")
        return desk, member.user

    def _opened(self, output: str) -> Any:
        if output == STDOUT:
            return nullcontext(sys.stdout.buffer)
        mode = "wb" if output == os.devnull else "xb"
        stream: IO[bytes] = Path(output).open(mode)  # noqa: SIM115 - the caller closes it
        return stream
