"""Bring text files, saved web pages and pages at web addresses in as articles of a desk."""

from contextlib import nullcontext
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from annotations import exchange, rights
from annotations.management.base import STDIN, ExampleCommand, read_bytes, shown, why
from annotations.models import Desk, Membership, User
from annotations.rights import Right
from annotations.vocabulary import Role

FORMATS = ("auto", "plain", "html")
ADDRESSES = ("http://", "https://")


class Command(ExampleCommand):
    help = (
        "Import articles, each from one file or web address, all or nothing for each. A text that "
        "the desk has already is left alone. Exit status 0 only if every one was read."
    )
    examples = """\
  manage.py import_articles article.txt
  manage.py import_articles *.txt --desk sample --person edith
  manage.py import_articles --dry-run article.txt
  manage.py import_articles saved-page.html
  manage.py import_articles https://paper.example/2026/ferry
  cat article.txt | manage.py import_articles -"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="PATH",
            help="a file, a web address, or - for standard input; folders are not searched",
        )
        parser.add_argument(
            "--desk", metavar="SLUG", help="whose articles they become; needless if there is one"
        )
        parser.add_argument(
            "--person",
            metavar="USERNAME",
            help="who is said to have imported them; by default the desk's only manager",
        )
        parser.add_argument(
            "--format", choices=FORMATS, default="auto", help="by default, as each file begins"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")

    def handle(self, *_args: Any, **options: Any) -> None:
        desk = self._desk(options["desk"])
        person = self._person(desk, options["person"])
        is_trial = options["dry_run"]
        self.stdout.write(f"Desk “{desk}”, in the name of {person} ({person.username})")
        failed = 0
        # A trial is the real thing, taken back at the end.
        with transaction.atomic() if is_trial else nullcontext():
            for path in options["paths"]:
                try:
                    document = self._read(path, desk, options["format"])
                    said = self._import(path, document, desk, person, is_trial)
                except (exchange.BadText, exchange.Unfetchable, OSError) as error:
                    reason = why(error) if isinstance(error, OSError) else error
                    self.stderr.write(f"{shown(path)}: {reason}")
                    failed += 1
                else:
                    self.stdout.write(f"{shown(path)}: {said}")
            if is_trial:
                transaction.set_rollback(True)
        if failed:
            total = len(options["paths"])
            raise CommandError(f"{failed} of {total} could not be imported.")

    def _desk(self, slug: str | None) -> Desk:
        if slug is None:
            desks: list[Desk] = list(Desk.objects.order_by("slug"))
            if not desks:
                raise CommandError("There is no desk yet. `manage.py demo` makes one to try.")
            if len(desks) > 1:
                slugs = ", ".join(desk.slug for desk in desks)
                raise CommandError(f"Say which desk with --desk: {slugs}.")
            return desks[0]
        desk: Desk | None = Desk.objects.filter(slug=slug).first()
        if desk is None:
            raise CommandError(f"There is no desk “{slug}”.")
        return desk

    def _person(self, desk: Desk, username: str | None) -> User:
        """Who the articles are attributed to: someone who may import them."""
        able = Membership.objects.filter(
            desk=desk, user__is_active=True, role__in=rights.roles_with(Right.IMPORT)
        )
        members: list[Membership] = list(able.select_related("user").order_by("user__username"))
        if username is not None:
            chosen = [member for member in members if member.user.username == username]
            if not chosen:
                raise CommandError(
                    f"“{username}” may not {Right.IMPORT.label} at the desk “{desk}”."
                )
            return chosen[0].user
        managers = [member for member in members if member.role == Role.MANAGER]
        for candidates in (members, managers):
            if len(candidates) == 1:
                return candidates[0].user
        names = ", ".join(member.user.username for member in members) or "nobody may"
        raise CommandError(f"Say in whose name to import with --person: {names}.")

    def _read(self, path: str, desk: Desk, how: str) -> exchange.Document:
        """What stands in a file or at a web address. Raises BadText, Unfetchable, OSError."""
        language = desk.language
        if path.startswith(ADDRESSES):
            return exchange.read_page(exchange.fetched(path), default_language=language)
        data = read_bytes(path)
        is_html = None if how == "auto" else how == "html"
        return exchange.read_file(
            data, name=shown(path), default_language=language, is_html=is_html
        )

    def _import(
        self, path: str, document: exchange.Document, desk: Desk, person: User, is_trial: bool
    ) -> str:
        """Import one document; returns what was done, in words."""
        is_file = path != STDIN and not path.startswith(ADDRESSES)
        name = shown(path).rpartition("/")[2][:255] if is_file else ""
        about = document.about
        try:
            done = exchange.import_document(
                desk,
                document,
                actor=person,
                name=name,
                language=about.language,
                outlet=about.outlet,
                byline=about.byline,
                published_on=about.published_on,
                url=document.address,
            )
        except PermissionDenied as denied:
            raise CommandError(str(denied)) from None
        article = done.article
        if not done.is_new:
            return f"already on the desk as “{article.slug}”; nothing changed"
        verb = "would be imported" if is_trial else "imported"
        sentences = article.revision.sentences.filter(number__isnull=False).count()
        return f"{verb} as “{article.slug}”, {sentences} sentences"
