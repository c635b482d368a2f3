#!/usr/bin/env python
"""Django's commands, with the settings of this checkout's .env (WSGI reads no file)."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from factcheck import env


def main() -> None:
    env.read_file(Path(__file__).with_name(".env"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    try:
        execute_from_command_line(sys.argv)
    except env.Missing as missing:
        sys.exit(str(missing))


if __name__ == "__main__":
    main()
