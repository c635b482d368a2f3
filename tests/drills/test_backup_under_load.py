"""A backup that is made while people work is one moment of the site, and comes back as that."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from annotations import blobs
from annotations.management.commands import backup
from tests.commands.test_backup import manage
from tests.drills import restoring
from tests.models.conftest import rows

__all__ = ["rows"]  # the fixture: a row of every model

WRITERS = 3


def hashes_below(folder: Path) -> dict[str, str]:
    """SHA-256 of each file, by its path below the folder."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".part"
    }


@contextmanager
def writers(act: Callable[[int], None]) -> Iterator[list[int]]:
    """Some who act again and again, meanwhile; what they did so far."""
    done = Event()
    acts: list[int] = []
    problems: list[BaseException] = []

    def work(number: int) -> None:
        try:
            while not done.is_set():
                act(number)
                acts.append(number)
        except BaseException as problem:
            problems.append(problem)

    threads = [Thread(target=work, args=[number]) for number in range(WRITERS)]
    for each in threads:
        each.start()
    try:
        wait_for(acts)
        yield acts
    finally:
        done.set()
        for each in threads:
            each.join()
    assert not problems, problems


@pytest.mark.django_db(transaction=True)
def test_a_backup_under_load_is_one_moment_and_comes_back_as_that(
    rows, tmp_path, settings, monkeypatch
):
    """Rows are added, changed and deleted, and files kept, before, during and after the dump."""
    restoring.fill()
    media = tmp_path / "here/media"
    settings.MEDIA_ROOT = media
    folder = {"BACKEND": "annotations.blobs.Folder", "OPTIONS": {"location": media / "blobs"}}
    settings.STORAGES = settings.STORAGES | {"blobs": folder}
    source = restoring.source()

    def act(number: int) -> None:
        kept = blobs.keep(os.urandom(2_000))
        source.ask(
            "insert into annotations_receipt (person_id, key, answer, at)"
            " select id, gen_random_uuid(), '{}', now() from annotations_user limit 1;"
            " insert into annotations_salt (day, value) select max(day) + 1,"
            f" decode('{kept.sha256}', 'hex') from annotations_salt;"
            " delete from annotations_salt where day = (select min(day) from annotations_salt);"
            " update annotations_user set first_name = gen_random_uuid()::text"
            " where username = 'ann'"
            if number == 0
            else "insert into annotations_receipt (person_id, key, answer, at) select id,"
            f" gen_random_uuid(), json_build_object('file', '{kept.sha256}')::jsonb, now()"
            " from annotations_user limit 1"
        )

    moment: dict[str, str] = {}
    with writers(act) as acts:

        def dump(writer: Any, command: list[str]) -> None:
            """The dump, between two rounds of work: what it is of was fixed before the first."""
            wait_for(acts)
            (snapshot,) = [each for each in command if each.startswith("--snapshot=")]
            moment.update(source.rows(snapshot.removeprefix("--snapshot=")))
            write(writer, command)
            wait_for(acts)

        write = backup._dump
        monkeypatch.setattr(backup, "_dump", dump)
        call_command("backup", str(tmp_path / "site.zip"))
    now = source.rows()
    assert {table for table in now if now[table] != moment[table]} == {
        "annotations_receipt", "annotations_salt", "annotations_user",
    }  # fmt: skip
    connection.close()
    with restoring.new_database("loaded") as target:
        back = manage(target.url, tmp_path / "there", "restore", str(tmp_path / "site.zip"))
        assert back.returncode == 0, back.stderr
        restoring.equal({"rows": moment}, {"rows": target.rows()})
        files = hashes_below(tmp_path / "there/media")
        with zipfile.ZipFile(tmp_path / "site.zip") as opened:
            parts = json.loads(opened.read("manifest.json"))["parts"]
        in_archive = {
            name.removeprefix("files/"): part["sha256"]
            for name, part in parts.items()
            if name.startswith("files/")
        }
        assert files == in_archive
        here = hashes_below(media)
        assert files == {name: here[name] for name in files}
        named = target.ask(
            "select answer ->> 'file' from annotations_receipt where answer ? 'file'"
            " union all select encode(value, 'hex') from annotations_salt where length(value) = 32"
        )
        assert len(named) >= WRITERS
        assert {f"blobs/{blobs.name_of(name)}" for (name,) in named} <= set(files)


def wait_for(acts: list[int]) -> None:
    """Until each of those at work has done something else."""
    there = len(acts)
    waiting = Event()
    for _turn in range(6_000):
        if set(acts[there:]) == set(range(WRITERS)):
            return
        waiting.wait(0.01)
    raise AssertionError("whoever was at work is not any more")
