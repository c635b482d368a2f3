"""A worker as a process of its own, at the database of the tests and a mail server of theirs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).parents[2]


def environment(port: int) -> dict[str, str]:
    given = connection.settings_dict
    host, secret = quote(given["HOST"], safe=""), quote(given["PASSWORD"] or "", safe="")
    port_of_database = f":{given['PORT']}" if given["PORT"] else ""
    return {
        "PATH": os.environ["PATH"],
        "DEBUG": "1",
        "SECRET_KEY": "for tests only",
        "DATABASE_URL": f"postgresql://{given['USER']}:{secret}@{host}{port_of_database}"
        f"/{given['NAME']}",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "MAIL_FROM": "desk@factcheck.example",
        "PYTHONPATH": str(ROOT),
    }


def start_worker(port: int, *options: str) -> subprocess.Popen[bytes]:
    """A worker that sends its mail to that port. Whoever starts it ends it."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "worker", *options],
        env=environment(port),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
