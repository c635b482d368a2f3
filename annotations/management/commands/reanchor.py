"""Look again for the marks of claims that have no place in their article's current text."""

from contextlib import nullcontext
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery

from annotations import readiness, workflow
from annotations.management.base import ExampleCommand
from annotations.models import Article, Desk, Mark, Revision, User
from annotations.text.reanchor import FOLLOWED


class Command(ExampleCommand):
    help = (
        "Look again for claims that have no mark in the current text of their article, and do not "
        "wait for one: claims that were brought back, or texts that came in from elsewhere. What "
        "stands at exactly one place is marked there; the rest waits for a person as an orphan."
    )
    examples = """\
  manage.py reanchor --person edith
  manage.py reanchor --person edith --desk sample --article ferry-to-return
  manage.py reanchor --person edith --dry-run"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--person", metavar="USERNAME", required=True, help="who is said to have looked"
        )
        parser.add_argument("--desk", metavar="SLUG", help="by default, every desk of the person")
        parser.add_argument("--article", metavar="SLUG", help="one article only")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")

    def handle(self, *_args: Any, **options: Any) -> None:
        person = User.objects.filter(username=options["person"]).first()
        if person is None:
            raise CommandError(f"There is nobody named “{options['person']}”.")
        articles = self._articles(person, options["desk"], options["article"])
        looked = 0
        # A trial is the real thing, taken back at the end.
        with transaction.atomic() if options["dry_run"] else nullcontext():
            for article in articles:
                if not readiness.placeless(article, article.revision).exists():
                    continue
                try:
                    found = workflow.look_again(article, actor=person)
                except PermissionDenied as denied:
                    raise CommandError(f"{article.slug}: {denied}") from None
                placed = sum(each.outcome.fate in FOLLOWED for each in found)
                left = len(found) - placed
                self.stdout.write(f"{article.slug}: {placed} placed, {left} wait for a person")
                looked += 1
            if options["dry_run"]:
                transaction.set_rollback(True)
        if not looked:
            self.stdout.write("Every mark has its place, or waits for a person already.")

    def _articles(self, person: User, desk: str | None, article: str | None) -> list[Article]:
        """The person's articles whose earlier texts have marks. Raises CommandError."""
        rows = Article.objects.visible_to(person).select_related("desk")
        if desk is not None:
            if not Desk.objects.visible_to(person).filter(slug=desk).exists():
                raise CommandError(f"{person} is at no desk “{desk}”.")
            rows = rows.filter(desk__slug=desk)
        if article is not None:
            rows = rows.filter(slug=article)
            if not rows.exists():
                raise CommandError(f"There is no article “{article}”.")
        newest = Revision.objects.filter(article=OuterRef("revision__article")).order_by("-number")
        older = Mark.objects.exclude(revision=Subquery(newest.values("pk")[:1]))
        older = older.filter(revision__article=OuterRef("pk"))
        return list(rows.filter(Exists(older)).order_by("pk"))
