"""The command `factcheck` of an installed wheel: `factcheck run`, `factcheck manage ...`."""

import os
import sys
from pathlib import Path

from annotations import VERSION
from factcheck import env, places

USAGE = """\
factcheck run [OPTIONS OF GUNICORN]   serve the site: see docs/settings.md for its settings
factcheck manage COMMAND ...          Django's and our own commands: `factcheck manage help`
factcheck version

Settings come from the environment, and from the file that FACTCHECK_ENV names (else ./.env).
"""


def main() -> None:
    """Do what the arguments say; exit status 2 where they say nothing that is known."""
    what, *rest = sys.argv[1:] or [""]
    env.read_file(Path(os.environ.get("FACTCHECK_ENV", ".env")))
    os.environ.setdefault("FACTCHECK_VAR", places.VAR)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    if what == "run":
        command = [sys.executable, "-m", "gunicorn", "-c", "python:factcheck.serving", *rest]
        os.execv(sys.executable, command)  # noqa: S606 - no shell, and nothing else remains to do
    if what == "manage":
        sys.exit(manage([sys.argv[0], *rest]))
    if what == "version":
        sys.stdout.write(f"{VERSION}\n")
        sys.exit()
    sys.stderr.write(USAGE)
    sys.exit(0 if what in {"help", "--help", "-h"} else 2)


def manage(arguments: list[str]) -> str | None:
    """Run one of Django's commands; what is missing of the settings, in a sentence."""
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(arguments)
    except env.Missing as missing:
        return str(missing)
    return None


if __name__ == "__main__":
    main()
