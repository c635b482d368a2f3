"""Bring files, saved web pages and what stands at web addresses in as articles of a desk."""

from contextlib import nullcontext
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError, transaction

from annotations import exchange, workflow
from annotations.exchange import articles, transcripts
from annotations.exchange.file_rows import weight
from annotations.formats import readers
from annotations.management.base import STDIN, ExampleCommand, read_bytes, shown, why
from annotations.management.progress import Line
from annotations.management.who import add_who, desk_called, person_called
from annotations.models import Desk, User

FORMATS = {
    "auto": "",
    "plain": "text/plain",
    "html": "text/html",
    "markdown": readers.MARKDOWN,
    "docx": readers.DOCX,
    "odt": readers.ODT,
    "pdf": readers.PDF,
    "srt": readers.SRT,
    "vtt": readers.VTT,
    "mail": readers.MAIL,
    "tsv": readers.TSV,
    "csv": readers.CSV,
    "json": "application/json",
}
TABLES = {"tsv": "TSV", "csv": "CSV"}
ADDRESSES = ("http://", "https://")
# Saved in one transaction: so many articles, or those that make up a little more than this.
BATCH = 100
BATCH_SENTENCES = 10_000
BATCH_BYTES = 10 * 1024 * 1024

Waiting = list[tuple[str, exchange.Item]]
"""Documents that were read and are not saved yet, each with the path it was read from."""


class Command(ExampleCommand):
    help = (
        "Import articles, each from one file or web address, or many from a file of JSON, all or "
        "nothing for each. A text that the desk has already is left alone. Exit status 0 only if "
        "every one was read."
    )
    examples = """\
  manage.py import_articles article.txt
  manage.py import_articles *.txt --desk sample --person edith
  manage.py import_articles --dry-run article.txt
  manage.py import_articles saved-page.html report.pdf speech.docx debate.srt
  manage.py import_articles debate.tsv   # a transcript: line, speaker, text, label
  manage.py import_articles debates.csv   # several: document, line, speaker, text, label
  manage.py import_articles archive.jsonl   # title and text, id, url, outlet, sentences, claims
  manage.py import_articles https://paper.example/2026/ferry
  cat article.txt | manage.py import_articles -"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="PATH",
            help="a file, a web address, or - for standard input; folders are not searched",
        )
        add_who(parser)
        parser.add_argument(
            "--format", choices=FORMATS, default="auto", help="by default, as each file begins"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")

    def handle(self, *_args: Any, **options: Any) -> None:
        desk = desk_called(options["desk"])
        person = person_called(desk, options["person"])
        is_trial = options["dry_run"]
        self.stdout.write(f"Desk “{desk}”, in the name of {person} ({person.username})")
        self.failed: set[str] = set()
        self.line = Line(self.stderr)
        # A trial is the real thing, taken back at the end.
        with transaction.atomic() if is_trial else nullcontext():
            waiting: Waiting = []
            for number, path in enumerate(options["paths"], 1):
                self.line.say(f"Reading {number} of {len(options['paths'])}: {shown(path)}")
                waiting += self._read(path, desk, options["format"])
                if _is_full(waiting):
                    self._save(waiting, desk, person, is_trial)
                    waiting = []
            self._save(waiting, desk, person, is_trial)
            if is_trial:
                transaction.set_rollback(True)
        self.line.clear()
        if self.failed:
            total = len(options["paths"])
            raise CommandError(f"{len(self.failed)} of {total} could not be imported.")

    def _fail(self, path: str, reason: object) -> None:
        self.line.clear()
        self.stderr.write(f"{shown(path)}: {reason}")
        self.failed.add(path)

    def _read(self, path: str, desk: Desk, how: str) -> Waiting:
        """What stands in a file or at a web address, or nothing if that cannot be read."""
        try:
            return [(path, item) for item in self._items(path, desk, how)]
        except OSError as error:
            self._fail(path, why(error))
        except (exchange.BadText, exchange.Unfetchable) as problem:
            self._fail(path, problem)
        return []

    def _items(self, path: str, desk: Desk, how: str) -> list[exchange.Item]:
        """The documents to import. Raises BadText, Unfetchable, OSError."""
        name = "" if path == STDIN else shown(path).rpartition("/")[2][:255]
        if path.startswith(ADDRESSES):
            return [self._item(exchange.Given(page=exchange.fetched(path)), "", desk)]
        data = read_bytes(path)
        if how == "json" or (how == "auto" and articles.are_in(data, name)):
            items, unread = articles.items(data, name, desk)
            self.line.clear()
            for key in unread:
                self.stderr.write(
                    f"{shown(path)}: “{key}” is not read; it is kept with the original"
                )
            return items
        table = transcripts.table_of(name) if how == "auto" else TABLES.get(how, "")
        if transcripts.are_in(data, table):
            return transcripts.items(data, name, table, desk)
        given = exchange.Given(data=data, name=name, media_type=FORMATS[how])
        return [self._item(given, name, desk)]

    def _item(self, given: exchange.Given, name: str, desk: Desk) -> exchange.Item:
        document = exchange.read(given, desk).document
        about = document.about
        fields = {
            "outlet": about.outlet,
            "byline": about.byline,
            "published_on": about.published_on,
            "url": document.address,
        }
        return exchange.Item(document, name, fields=fields)

    def _save(self, waiting: Waiting, desk: Desk, person: User, is_trial: bool) -> None:
        """Import all at once; if the database refuses one, each for itself, to say which."""
        items = [item for _path, item in waiting]
        sentences = sum(len(item.document.sentences) for item in items)
        self.line.say(f"Saving {len(items):,} articles of {sentences:,} sentences")
        try:
            done = exchange.import_documents(desk, items, actor=person)
        except (PermissionDenied, workflow.Refused) as no:
            raise CommandError(str(no)) from None
        except DatabaseError as error:
            if len(waiting) == 1:
                self._fail(waiting[0][0], " ".join(str(error).split()))
                return
            for each in waiting:
                self._save([each], desk, person, is_trial)
            return
        self.line.clear()
        for (path, item), imported in zip(waiting, done, strict=True):
            self.stdout.write(f"{shown(path)}: {_told(item, imported, is_trial)}")


def _is_full(waiting: Waiting) -> bool:
    documents = [item.document for _path, item in waiting]
    return (
        len(documents) >= BATCH
        or sum(weight(item) for _path, item in waiting) > BATCH_SENTENCES
        or sum(len(each.original) for each in documents) > BATCH_BYTES
    )


def _told(item: exchange.Item, done: exchange.Imported, is_trial: bool) -> str:
    """What was done with a document, in words."""
    if done.is_other:
        return (
            f"an article of its id is on the desk as “{done.article.slug}”, with another text; it"
            " was left as it is: bring the text as its new version, on the article’s page"
        )
    if not done.is_new:
        return f"already on the desk as “{done.article.slug}”; nothing changed"
    verb = "would be imported" if is_trial else "imported"
    sentences = sum(each.kind == "body" for each in item.document.sentences)
    claims = f", {len(item.claims)} claims marked" if item.claims else ""
    return f"{verb} as “{done.article.slug}”, {sentences} sentences{claims}"
