"""Show what the worker does, what failed and why; or have a job done again."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from annotations.management.base import ExampleCommand
from annotations.queries.jobs import clock
from annotations.tasks.jobs import DUTIES
from annotations.words.jobs import state_of
from annotations.workflow import jobs


class Command(ExampleCommand):
    help = "Show what the worker does by the clock, and which mails do not go out and why."
    examples = """\
  manage.py jobs
  manage.py jobs --run clean    # within a few seconds, if a worker is running"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--run", metavar="NAME", help="let the worker do this job now")

    def handle(self, *_args: Any, **options: Any) -> None:
        if name := options["run"]:
            jobs.plan(DUTIES)
            if name not in DUTIES or not jobs.run_again(name):
                raise CommandError(f"There is no job “{name}”: there are {', '.join(DUTIES)}.")
            return
        now = clock()
        if now.is_asleep:
            self.stdout.write("No worker is running.")
        if not now.mail_goes_out:
            self.stdout.write("No mail goes out: EMAIL_URL is not set.")
        for job in now.jobs:
            ended = f"{job.finished_at:%Y-%m-%d %H:%M} " if job.finished_at else ""
            self.stdout.write(f"{job.name:10} {ended}{state_of(job)} {job.error}".rstrip())
        self.stdout.write(f"{now.waiting} letters wait")
        for letter in now.failing:
            state = "given up" if letter.failed_at else "tried again"
            self.stdout.write(f"{letter.kind:10} {letter.to} {state}: {letter.error}")
