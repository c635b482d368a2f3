#!/usr/bin/env python
"""Django's commands, with the settings of this checkout's .env (WSGI reads no file)."""

import os
import sys
from pathlib import Path

from factcheck import env
from factcheck.command import manage

if __name__ == "__main__":
    env.read_file(Path(__file__).with_name(".env"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    sys.exit(manage(sys.argv))
