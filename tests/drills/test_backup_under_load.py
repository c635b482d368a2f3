"""A backup that is made while people work is one moment of the site, and comes back as that."""

from __future__ import annotations

import json
import zipfile
from threading import Event, Thread

import pytest
from django.db import connection

from tests.commands.test_backup import manage
from tests.drills import restoring
from tests.models.conftest import rows

__all__ = ["rows"]  # the fixture: a row of every model


@pytest.mark.django_db(transaction=True)
def test_a_backup_under_load_is_one_moment(rows, tmp_path):
    restoring.fill()
    source = restoring.source()
    done = Event()
    written: list[int] = []

    def work() -> None:
        """Two rows of two tables in one transaction, again and again."""
        while not done.is_set():
            source.ask(
                "insert into annotations_receipt (person_id, key, answer, at)"
                " select id, gen_random_uuid(), '{}', now() from annotations_user limit 1;"
                " insert into annotations_salt (day, value)"
                f" values (date '2100-01-01' + {len(written)}, 'salt')"
            )
            written.append(1)

    before = {name: source.ask(f"select count(*) from annotations_{name}")[0][0]
              for name in ("receipt", "salt")}  # fmt: skip
    worker = Thread(target=work)
    worker.start()
    try:
        made = manage(source.url, tmp_path / "here", "backup", str(tmp_path / "site.zip"))
    finally:
        done.set()
        worker.join()
    assert made.returncode == 0, made.stderr
    assert len(written) > 10
    with zipfile.ZipFile(tmp_path / "site.zip") as opened:
        said = json.loads(opened.read("manifest.json"))["rows"]
    grown = {name: said[f"annotations_{name}"] - before[name] for name in before}
    assert grown["receipt"] == grown["salt"] < len(written)
    connection.close()
    with restoring.new_database("loaded") as target:
        back = manage(target.url, tmp_path / "there", "restore", str(tmp_path / "site.zip"))
        assert back.returncode == 0, back.stderr
        (tied,) = target.ask("select count(*) from annotations_receipt")[0]
        assert tied == said["annotations_receipt"]
