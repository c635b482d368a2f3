"""Do what nobody waits for: send mail, and do by the clock what is due."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from annotations.management.base import ExampleCommand
from annotations.tasks.worker import Worker


class Command(ExampleCommand):
    help = (
        "Send letters as they come and do what is due, until SIGTERM or Ctrl+C; what it holds then"
        " is finished. Several at once do no harm, and one that is killed loses nothing."
    )
    examples = """\
  manage.py worker
  * * * * * cd factcheck && .venv/bin/python manage.py worker --once    # in a crontab"""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once",
            action="store_true",
            help="do all that is due now, then end; exit status 1 if a job failed",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        worker = Worker()
        if not options["once"]:
            worker.run()
            return
        worker.run_once()
        if worker.failures:
            raise CommandError(f"{worker.failures} failed: `manage.py jobs` says why")
