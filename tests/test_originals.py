"""What texts were made from is kept by its hash, beside the row that names it."""

from __future__ import annotations

import errno
import gc
import json
import os
import uuid
from hashlib import sha256
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from annotations import blobs, database, exchange
from annotations.models import Article, Original
from tests.admin.test_import_files import send as admin_send
from tests.cast import Cast
from tests.commands.test_fixture import FULL, SHORT
from tests.emptying import empty
from tests.views.test_access import client_of

TEXT = "The port is open.\n\nNobody asked us to close it."
HASH = sha256(TEXT.encode()).hexdigest()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    settings.STORAGES = settings.STORAGES | {
        "blobs": {"BACKEND": "annotations.blobs.Folder", "OPTIONS": {"location": tmp_path}}
    }
    return tmp_path


@pytest.fixture
def original(cast: Cast) -> Original:
    article = exchange.import_text(cast.desk, TEXT, actor=cast.eda, title="The port").article
    return Original.objects.get(revision=article.revision)


def in_row(row: Original) -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute("select data from annotations_original where id = %s", [row.pk])
        (data,) = cursor.fetchone()
    return None if data is None else bytes(data)


def damage(digest: str) -> None:
    storages["blobs"].delete(blobs.name_of(digest))
    storages["blobs"].save(blobs.name_of(digest), ContentFile(b"something else"))


def test_no_row_has_its_bytes(original):
    assert in_row(original) is None
    assert original.sha256 == HASH
    assert b"".join(original.pieces()) == blobs.read(HASH) == TEXT.encode()
    assert b"".join(original.part(4, 8)) == b"port"


def test_another_text_of_the_article_has_its_own(original, cast):
    article = original.revision.article
    new = TEXT.replace("Nobody", "No one")
    answer = client_of(cast.eda).post(
        reverse("revise", args=[article.pk]),
        {
            "text": new,
            "based_on": 1,
            "do": "save",
            "key": uuid.uuid4(),
            "seen": sha256(new.encode()).hexdigest(),
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    row = Original.objects.get(revision=Article.objects.get(pk=article.pk).revision)
    assert in_row(row) is None
    assert b"".join(row.pieces()).decode() == new


def test_what_is_damaged_or_gone_is_told(original):
    call_command("verify_copies")
    damage(HASH)
    assert not original.is_whole()
    with pytest.raises(CommandError):
        call_command("verify_copies")
    storages["blobs"].delete(blobs.name_of(HASH))
    with pytest.raises(CommandError):
        call_command("verify_copies")


def dumped() -> str:
    out = StringIO()
    call_command("dumpdata", "annotations.original", natural_foreign=True, stdout=out)
    return out.getvalue()


def lost(row: Original) -> None:
    """As at another site: neither the row nor its bytes are there."""
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute("delete from annotations_original where id = %s", [row.pk])
        cursor.execute("set local session_replication_role = origin")
    storages["blobs"].delete(blobs.name_of(row.sha256))


def loaded(tmp_path: Path, fixture: str) -> None:
    path = tmp_path / "given.json"
    path.write_text(fixture, encoding="utf-8")
    call_command("loaddata", str(path), verbosity=0)


def test_a_fixture_brings_them_and_a_second_time_is_nothing(original, tmp_path):
    fixture = dumped()
    lost(original)
    loaded(tmp_path, fixture)
    loaded(tmp_path, fixture)
    assert blobs.read(HASH) == TEXT.encode()
    assert in_row(Original.objects.get()) is None
    assert dumped() == fixture


def test_a_fixture_whose_hash_is_another_is_refused(original, tmp_path):
    (row,) = json.loads(dumped())
    row["fields"]["sha256"] = "0" * 64
    lost(original)
    with pytest.raises(CommandError, match="the sha256 of an original is not its own"):
        loaded(tmp_path, json.dumps([row]))


def refused_dump() -> str:
    """Why nothing is dumped. What was being read is let go of while the transaction still lasts."""
    with pytest.raises(CommandError) as refused:
        dumped()
    told = str(refused.value)
    del refused
    gc.collect()
    return told


@pytest.mark.parametrize(
    "harm", [damage, lambda digest: storages["blobs"].delete(blobs.name_of(digest))]
)
def test_a_fixture_that_cannot_be_written_says_of_which_article_and_desk(original, harm):
    harm(HASH)
    told, article = refused_dump(), original.revision.article
    assert f"revision 1 of the article “{article.slug}” of the desk “{article.desk.slug}”" in told
    assert HASH in told


@pytest.fixture
def full_disk(monkeypatch):
    def full(descriptor: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)


def test_where_there_is_no_room_what_was_typed_comes_back(cast, full_disk, folder):
    answer = client_of(cast.eda).post(
        reverse("import", args=[cast.desk.slug]),
        {
            "text": TEXT,
            "title": "The port",
            "language": "en",
            "public_text": "excerpts",
            "do": "save",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "There is no room for the file just now." in page
    assert "Nobody asked us to close it." in page
    assert not Article.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_the_command_says_so(cast, full_disk, tmp_path):
    path = tmp_path / "port.txt"
    path.write_text(TEXT)
    with pytest.raises(CommandError, match="There is no room"):
        call_command("import_articles", str(path), desk=cast.desk.slug, person=cast.eda.username)


@pytest.mark.parametrize("do", ["look", "save"])
@pytest.mark.parametrize("whole", [True, False], ids=["whole", "short"])
def test_a_fixture_that_comes_through_the_administration_says_so(
    cast, original, full_disk, do, whole
):
    cast.eda.is_superuser = cast.eda.is_staff = True
    cast.eda.save()
    fixture = SHORT
    if whole:
        fixture = dumped()
        lost(original)
    before = Article.objects.count(), Original.objects.count()
    answer = admin_send(cast.eda, ("mine.json", fixture), do=do)
    assert answer.status_code == 409
    assert "There is no room for the file just now." in answer.content.decode()
    assert (Article.objects.count(), Original.objects.count()) == before


def test_nor_where_the_folder_for_what_passes_by_is_full(cast, monkeypatch):
    """A whole fixture is written beside, for Django's `loaddata` to read."""
    cast.eda.is_superuser = cast.eda.is_staff = True
    cast.eda.save()

    def full(*_args: Any, **_fields: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("annotations.exchange.fixtures.loading.Path.write_text", full)
    answer = admin_send(cast.eda, ("whole.json", FULL), do="save")
    assert answer.status_code == 409
    assert "There is no room for the file just now." in answer.content.decode()


def test_many_are_kept_beside_each_other_and_one_that_cannot_be_refuses_all(monkeypatch):
    several = [f"Text {number}".encode() for number in range(40)]
    blobs.keep_each(several)
    assert all(blobs.is_whole(sha256(each).hexdigest()) for each in several)
    monkeypatch.setattr(os, "fsync", lambda _file: (_ for _ in ()).throw(OSError(errno.EIO, "")))
    with pytest.raises(OSError):  # noqa: PT011  # whichever the disk said
        blobs.keep_each([*several, b"One more."])


class TestMovedOutOfRows:
    """Migration 0168, as it meets rows of before."""

    migration: Any = import_module("annotations.migrations.0168_bytes_of_originals")

    def put_back(self, row: Original, data: bytes) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self.migration.LET_GO)
            cursor.execute("set local session_replication_role = replica")
            cursor.execute(
                "update annotations_original set data = %s where id = %s", [data, row.pk]
            )
            cursor.execute("set local session_replication_role = origin")

    def test_they_are_read_from_there_until_then(self, original):
        self.put_back(original, TEXT.encode())
        storages["blobs"].delete(blobs.name_of(HASH))
        row = Original.objects.get()
        assert b"".join(row.pieces()) == TEXT.encode()
        assert row.is_whole()
        self.migration.move(apps, None)
        assert in_row(original) is None
        assert blobs.read(HASH) == TEXT.encode()
        self.migration.move(apps, None)

    def test_one_that_is_not_what_its_hash_says_stays_to_be_told(self, original):
        self.put_back(original, b"something else")
        self.migration.move(apps, None)
        assert in_row(original) == b"something else"
        with pytest.raises(CommandError):
            call_command("verify_copies")

    def test_the_guard_stands_again_as_the_files_say(self, original):
        before = database.installed(connection)
        with connection.cursor() as cursor:
            cursor.execute(self.migration.LET_GO)
            assert database.installed(connection) != before
            cursor.execute(self.migration.HOLD)
        assert database.installed(connection) == before


def test_a_desk_that_moved_has_them(original, cast, tmp_path):
    path = tmp_path / "desk.tar"
    call_command("export_desk", cast.desk.slug, str(path))
    storages["blobs"].delete(blobs.name_of(HASH))
    empty()
    call_command("import_desk", str(path))
    row = Original.objects.get()
    assert in_row(row) is None
    assert b"".join(row.pieces()) == TEXT.encode()
