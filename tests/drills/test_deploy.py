"""docs/deploy.md is followed word for word, as far as one can without a machine of one's own.

Folders are moved below a temporary one, users are left out, and the database is one beside that of
the tests; apt, systemd and the proxy are not run. test_bare_debian.py follows all of it.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.drills import restoring
from tests.serving import HOST, served_by

PAGE = restoring.ROOT / "docs/deploy.md"
FILES = restoring.ROOT / "docs/deploy"
NAME = "factcheck_deployed"
PORT = "8000"


def blocks(tag: str) -> list[str]:
    """The indented blocks that follow `<!-- tag -->`, without their indent."""
    found = re.findall(
        rf"^<!-- {re.escape(tag)} -->\n\n((?:    .*\n|\n(?=    ))+)", PAGE.read_text(), re.MULTILINE
    )
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in found]


class Machine:
    """Where the page's commands are run: below a folder, as whoever runs the tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        source = restoring.source()
        known = {name: value for name, value in source.address.items() if value}
        given = {
            "REPOSITORY": str(restoring.ROOT),
            "SITE": HOST,
            "EMAIL_URL": "smtp://127.0.0.1:1/",
        }
        self.env = os.environ | known | given | {"HOME": str(folder)}
        self.env["PATH"] = f"{folder}/bin:{self.env['PATH']}"
        # What tests set for themselves, a browser's among them, no server of a newsroom has.
        ours = ("DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "FACTCHECK_DISPOSABLE")
        for name in (*ours, "DEBUG", "SECRET_KEY"):
            self.env.pop(name, None)
        self.url = source.url.rpartition("/")[0].replace(connection.settings_dict["USER"], NAME, 1)
        (folder / "bin").mkdir()

    def moved(self, commands: str) -> str:
        """The commands, with what is this machine's instead of a whole one's."""
        for there, here in {
            "/srv/factcheck": f"{self.folder}/code",
            "/etc/factcheck": f"{self.folder}/etc",
            "/var/lib/factcheck": f"{self.folder}/var",
            "/var/backups/factcheck": f"{self.folder}/backups",
            "/usr/local/bin": f"{self.folder}/bin",
            "runuser -u factcheck -- ": "",
            "runuser -u postgres -- ": "",
            " -o factcheck -g factcheck": "",
            " -o root -g factcheck": "",
            "createuser factcheck": f"createuser {NAME}",
            "--owner=factcheck": f"--owner={NAME}",
            "C.UTF-8 factcheck": f"C.UTF-8 {NAME}",
            "alter database factcheck ": f"alter database {NAME} ",
            "postgresql://factcheck@%2Fvar%2Frun%2Fpostgresql/factcheck": f"{self.url}/{NAME}",
        }.items():
            commands = commands.replace(there, here)
        return commands

    def run(self, commands: str) -> str:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", self.moved(commands)],
            env=self.env, cwd=self.folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
        for installed in (self.folder / "bin").iterdir():
            if "/srv/factcheck" in (text := installed.read_text()):
                installed.write_text(self.moved(text))
        return done.stdout

    def settings(self) -> dict[str, str]:
        """What systemd would read from the EnvironmentFile."""
        text = (self.folder / "etc/factcheck.env").read_text()
        return {
            name: shlex.split(value)[0] if shlex.split(value) else ""
            for name, _, value in (line.partition("=") for line in text.splitlines())
        }


@pytest.fixture
def machine(transactional_db, tmp_path) -> Iterator[Machine]:
    def clean() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"drop database if exists {NAME}")
            cursor.execute(f"drop role if exists {NAME}")

    clean()
    yield Machine(tmp_path)
    clean()


def written_on_error() -> set[str]:
    """What PostgreSQL is told, of that database, to write where a statement fails."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select unnest(setconfig) from pg_db_role_setting s join pg_database d"
            " on d.oid = s.setdatabase where datname = %s",
            [NAME],
        )
        return {each for (each,) in cursor.fetchall()}


def test_the_page_is_followed_word_for_word(machine):
    commands = blocks("drill")
    assert len(commands) == 7
    said = [machine.run(block) for block in commands]
    assert f"https://{HOST}/invitations/" in said[-1]
    assert written_on_error() == {"log_min_error_statement=panic", "log_error_verbosity=terse"}
    unit = machine.moved((FILES / "factcheck-web.service").read_text())
    start = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    (look,) = blocks("drill: served")
    with served_by(shlex.split(start[0]), machine.folder / "code", machine.settings()) as site:
        told = machine.run(look.replace(f":{PORT}/", f":{site.port}/"))
        assert told == "okready"
        page = site.ask("/login/")
        assert page.status == 200
        # Its files were collected, and are served under names that carry their hash.
        style = re.findall(r'href="(/static/css/base\.\w+\.css)"', page.text)[0]
        assert site.ask(style).status == 200
    made = machine.run("factcheck-manage backup /var/backups/factcheck/now.zip; ls backups")
    assert "now.zip" in made


def test_every_setting_that_the_page_names_is_one():
    table = (restoring.ROOT / "docs/settings.md").read_text()
    named = set(re.findall(r"`([A-Z][A-Z_]{3,})(?:=[^`]*)?`", PAGE.read_text()))
    assert named > {"HSTS_SECONDS", "METRICS_TOKEN"}
    assert {name for name in named if f"`{name}`" not in table} <= {"REPOSITORY"}
