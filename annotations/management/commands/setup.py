"""The first desk of a site, and the link that lets its first manager in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.core.validators import validate_email
from django.utils.text import slugify

from annotations import workflow
from annotations.accounts import address_of
from annotations.forms import SetUpForm
from annotations.management.base import ExampleCommand
from annotations.models import RatingScale
from annotations.vocabulary import Role

QUESTIONS = {
    "desk": ("The desk's name", "Fact-check desk"),
    "organisation": ("The publisher that readers know it by", ""),
    "language": ("Its language (en, fr, ar)", "en"),
    "time_zone": ("Its time zone, such as Europe/Paris", "UTC"),
    "manager": ("The first manager's e-mail", ""),
    "preset": ("How many people: two, three or four (and more)", "four"),
}
"""What is asked where no option says it: the question, and the answer of an empty line."""


class Command(ExampleCommand):
    help = (
        "Make a desk, and print the link by which its first manager makes an account. What no "
        "option says is asked. The usual rating scales are loaded if there are none."
    )
    examples = """\
  manage.py setup
  manage.py setup --desk Politics --organisation "The Courier" --manager ann@example.org \\
      --time-zone Europe/Paris --address https://facts.example.org"""

    def add_arguments(self, parser: CommandParser) -> None:
        for name, (question, empty) in QUESTIONS.items():
            said = f" ({empty})" if empty else ""
            parser.add_argument(f"--{name.replace('_', '-')}", help=f"{question}{said}.")
        parser.add_argument("--slug", default="", help="Its name in addresses.")
        parser.add_argument("--scale", default="newsroom", help="Slug of the rating scale.")
        parser.add_argument("--address", default="", help="Of the site: https://facts.example.org")

    def handle(self, *_args: Any, **options: Any) -> None:
        said = {name: options[name] or self._asked(name) for name in QUESTIONS}
        try:
            validate_email(said["manager"])
        except ValidationError as wrong:
            raise CommandError(f"--manager: {wrong.messages[0]}") from wrong
        form = SetUpForm(
            {
                "name": said["desk"],
                "slug": options["slug"] or slugify(said["desk"]),
                "scale": _scale(options["scale"]).pk,
                **{name: said[name] for name in ("organisation", "language", "time_zone")},
                "preset": said["preset"],
            }
        )
        if not form.is_valid():
            told = [f"{name}: {' '.join(map(str, why))}" for name, why in form.errors.items()]
            raise CommandError("Nothing was made. " + " ".join(told))
        desk = workflow.set_up(form.made(), scale=form.cleaned_data["scale"], actor=None)
        invitation = workflow.invite(desk, said["manager"], role=Role.MANAGER, actor=None)
        self.stdout.write(f"{desk} is there. Its first manager comes in by this link, once:")
        self.stdout.write(f"  {options['address'] or settings.SITE_URL}{address_of(invitation)}")
        days = settings.INVITATION_DAYS
        self.stdout.write(f"It leads in for {days} days; `manage.py setup` makes no second one.")

    def _asked(self, name: str) -> str:
        question, empty = QUESTIONS[name]
        try:
            answer = input(f"{question}{f' [{empty}]' if empty else ''}: ").strip()
        except EOFError:
            answer = ""
        if not (answer or empty):
            raise CommandError(f"--{name.replace('_', '-')} is needed.")
        return answer or empty


def _scale(slug: str) -> RatingScale:
    """The newest version of the scale. Raises CommandError, naming those that there are."""
    if not RatingScale.objects.exists():
        call_command("loaddata", "scales", verbosity=0)
    found = RatingScale.objects.filter(slug=slug).order_by("-version").first()
    if found is None:
        names = sorted(set(RatingScale.objects.values_list("slug", flat=True)))
        raise CommandError(f"--scale: there is no “{slug}”, but {', '.join(names)}.")
    return found
