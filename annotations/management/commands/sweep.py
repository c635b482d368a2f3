"""Do what has fallen due: to be run by the clock, every few minutes or hours."""

from typing import Any

from django.utils.translation import ngettext

from annotations import tasks
from annotations.management.base import ExampleCommand


class Command(ExampleCommand):
    help = (
        "Let checks lapse whose time is over by their desk's rules; drafts are kept. Running it "
        "twice, or twice at once, does no harm."
    )
    examples = """\
  manage.py sweep
  */15 * * * * cd factcheck && .venv/bin/python manage.py sweep    # in a crontab"""

    def handle(self, *_args: Any, **_options: Any) -> None:
        lapsed = tasks.lapse_overdue()
        self.stdout.write(
            ngettext("%(count)d check lapsed.", "%(count)d checks lapsed.", lapsed)
            % {"count": lapsed}
        )
