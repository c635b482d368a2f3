"""An archive of the site comes back whole, or is refused with nothing changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.drills import restoring
from tests.models.conftest import rows

__all__ = ["rows"]  # the fixture: a row of every model

pytestmark = pytest.mark.django_db(transaction=True)


def manage(url: str, var: Path, *args: str) -> subprocess.CompletedProcess:
    """A command of a site with this database, whose files are below `var`."""
    known = {"DATABASE_URL": url, "FACTCHECK_VAR": str(var)}
    return subprocess.run(
        [sys.executable, restoring.ROOT / "manage.py", *args],
        env=os.environ | known | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True, check=False,
    )  # fmt: skip


@pytest.fixture
def archive(rows, tmp_path: Path, settings) -> Path:
    """Made of rows in every table, and of two files."""
    restoring.fill()
    settings.MEDIA_ROOT = tmp_path / "here/media"
    (settings.MEDIA_ROOT / "copies").mkdir(parents=True)
    (settings.MEDIA_ROOT / "copies/été.pdf").write_bytes(os.urandom(3 * 1024 * 1024))
    (settings.MEDIA_ROOT / "empty").touch()
    file = tmp_path / "site.zip"
    call_command("backup", str(file))
    return file


@pytest.mark.heart
def test_a_site_comes_back_whole(archive, tmp_path):
    assert archive.stat().st_mode & 0o077 == 0
    with restoring.new_database("back") as target:
        done = manage(target.url, tmp_path / "there", "restore", str(archive))
        assert done.returncode == 0, done.stderr
        target.look_after()
        restoring.equal(restoring.source().contents(), target.contents())
        for name in ("copies/été.pdf", "empty"):
            here, there = (tmp_path / where / "media" / name for where in ("here", "there"))
            assert here.read_bytes() == there.read_bytes()
        assert [path.name for path in (tmp_path / "there").iterdir()] == ["media"]
        # What is there is not restored over.
        again = manage(target.url, tmp_path / "new", "restore", str(archive))
        assert again.returncode == 1
        assert b"The database is not empty" in again.stderr


def test_an_archive_is_written_to_a_pipe_too(rows, tmp_path):
    source = restoring.source()
    done = manage(source.url, source.var, "backup", "-")
    assert done.returncode == 0, done.stderr
    file = tmp_path / "piped.zip"
    file.write_bytes(done.stdout)
    with zipfile.ZipFile(file) as opened:
        said = json.loads(opened.read("manifest.json"))
    assert said["rows"]["annotations_user"] > 0
    assert said["parts"].keys() == {"database.dump"}
    assert "annotations.0001_first_models" in said["migrations"]


def test_a_file_that_is_there_is_not_overwritten(tmp_path):
    there = tmp_path / "site.zip"
    there.write_bytes(b"of yesterday")
    with pytest.raises(CommandError, match="Nothing was overwritten"):
        call_command("backup", str(there))
    assert there.read_bytes() == b"of yesterday"


def test_a_dump_that_fails_leaves_no_archive(tmp_path, monkeypatch):
    monkeypatch.setattr("annotations.management.postgresql._address", lambda: "dbname=nowhere")
    with pytest.raises(CommandError, match="pg_dump failed"):
        call_command("backup", str(tmp_path / "site.zip"))
    assert not list(tmp_path.iterdir())


def truncated(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def altered(file: Path) -> None:
    """One byte in the middle of the file of 3 MB."""
    data = bytearray(file.read_bytes())
    data[data.index(b"files/copies") + 1024 * 1024] ^= 1
    file.write_bytes(data)


def rewrite(file: Path, change) -> None:
    """The same archive with some of its parts changed, and valid as a ZIP."""
    with zipfile.ZipFile(file) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    change(parts)
    with zipfile.ZipFile(file, "w") as opened:
        for name, data in parts.items():
            opened.writestr(name, data)


def exchanged(file: Path) -> None:
    rewrite(file, lambda parts: parts.update({"files/empty": b"not empty"}))


def without_a_part(file: Path) -> None:
    rewrite(file, lambda parts: parts.pop("files/empty"))


def without_a_manifest(file: Path) -> None:
    rewrite(file, lambda parts: parts.pop("manifest.json"))


def newer(file: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        said = json.loads(parts["manifest.json"])
        said["migrations"].append("annotations.9999_of_next_year")
        parts["manifest.json"] = json.dumps(said).encode()

    rewrite(file, change)


def climbing(file: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        said = json.loads(parts["manifest.json"])
        said["parts"]["files/../../outside"] = said["parts"].pop("files/empty")
        parts["manifest.json"] = json.dumps(said).encode()
        parts["files/../../outside"] = parts.pop("files/empty")

    rewrite(file, change)


HARM: dict[Callable[[Path], None], str] = {
    altered: "files/copies/été.pdf is damaged",
    newer: "made by a newer version of Factcheck",
    truncated: "its end is missing",
    exchanged: "files/empty is not what it was",
    without_a_part: "not those that its manifest names",
    without_a_manifest: "has no manifest",
    climbing: "not one of ours",
}


@pytest.mark.parametrize("first", [2, pytest.param(len(HARM), marks=pytest.mark.drill)])
def test_what_cannot_be_restored_is_refused_in_words_and_changes_nothing(archive, tmp_path, first):
    whole = archive.read_bytes()
    with restoring.new_database("refused") as target:
        for harm, words in list(HARM.items())[:first]:
            archive.write_bytes(whole)
            harm(archive)
            done = manage(target.url, tmp_path / "there", "restore", str(archive))
            assert done.returncode == 1, harm
            assert words in done.stderr.decode(), harm
            assert "Nothing was changed" in done.stderr.decode()
            assert target.ask(restoring.TABLES) == []
            assert not list(tmp_path.glob("there/media*"))


def test_a_table_that_holds_something_else_than_it_did_is_named(archive, tmp_path):
    def change(parts: dict[str, bytes]) -> None:
        said = json.loads(parts["manifest.json"])
        said["hashes"]["annotations_article"] = "1"
        parts["manifest.json"] = json.dumps(said).encode()

    rewrite(archive, change)
    with restoring.new_database("other") as target:
        done = manage(target.url, tmp_path / "there", "restore", str(archive))
    assert done.returncode == 1
    said = done.stderr.decode()
    assert "Rows are not what they were in the archive, in annotations_article:" in said
    assert "do not use this database" in said


def test_a_program_older_than_the_server_is_named(tmp_path, monkeypatch):
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    old.chmod(0o700)
    monkeypatch.setattr("annotations.management.postgresql._places", lambda program: iter([old]))
    with pytest.raises(CommandError, match=r"or newer is needed \(.+ is of version 9\)"):
        call_command("backup", str(tmp_path / "site.zip"))


EARLIER = restoring.ROOT / "tests/data/upgrade/2026-11-29-postgresql-15.zip"
"""Made by `backup` of the version of that morning, on PostgreSQL 15, of a desk with a long past."""


def test_an_archive_of_an_earlier_version_and_postgresql_comes_back_and_is_migrated(tmp_path):
    with zipfile.ZipFile(EARLIER) as opened:
        was = json.loads(opened.read("manifest.json"))
    with restoring.new_database("earlier") as target:
        done = manage(target.url, tmp_path, "restore", str(EARLIER))
        assert done.returncode == 0, done.stderr
        assert b"The archive is of an older version: run `migrate` now" in done.stdout
        # Where its files are: what texts were made from leaves its rows for there.
        assert manage(target.url, tmp_path, "migrate", "--verbosity", "0").returncode == 0
        here, there = restoring.source().contents(), target.contents()
        del here["rows"], there["rows"]
        restoring.equal(here, there)
        for table, count in was["rows"].items():
            if table.startswith("annotations_"):
                assert target.ask(f'select count(*) from "{table}"') == [(count,)], table
        assert manage(target.url, tmp_path, "verify_copies").returncode == 0
        assert manage(target.url, tmp_path, "export_desk", "desk", "-").returncode == 0
