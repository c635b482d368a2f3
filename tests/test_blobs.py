"""Bytes by their hash: kept once, whole or not at all, and told when they are changed."""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import blobs, bucket, workflow
from annotations.models import Original, Snapshot, Source
from annotations.workflow import cleaning
from factcheck import env
from tests.serving import silent_server

DATA = b"What stood there." * 100


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    settings.STORAGES = settings.STORAGES | {
        "blobs": {"BACKEND": "annotations.blobs.Folder", "OPTIONS": {"location": tmp_path}}
    }
    return tmp_path


def file_of(folder: Path, digest: str) -> Path:
    return folder / blobs.name_of(digest)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_bytes_and_streams_come_back_as_they_were(folder):
    for given in (DATA, io.BytesIO(DATA), SimpleUploadedFile("a", DATA)):
        kept = blobs.keep(given)
        assert kept == blobs.Kept(sha256(DATA).hexdigest(), len(DATA))
    assert b"".join(blobs.pieces(kept.sha256)) == blobs.read(kept.sha256) == DATA
    assert files(folder) == [file_of(folder, kept.sha256)], "once"


def test_large_ones_are_never_whole_in_memory(folder):
    class Zeros(io.BytesIO):
        left = 40 * 1024 * 1024

        def read(self, size=-1):
            assert 0 < size <= blobs.PIECE
            given = min(size, self.left)
            self.left -= given
            return bytes(given)

    kept = blobs.keep(Zeros())
    assert kept.size == 40 * 1024 * 1024
    assert all(len(piece) <= blobs.PIECE for piece in blobs.pieces(kept.sha256))


def test_what_is_not_there_is_missing(folder):
    with pytest.raises(blobs.Missing):
        blobs.read("0" * 64)
    assert not blobs.is_whole("0" * 64)


def test_one_changed_byte_anywhere_is_told(folder):
    kept = blobs.keep(DATA)
    path = file_of(folder, kept.sha256)
    drawn = random.Random(1)
    for _time in range(500):
        changed = bytearray(DATA)
        changed[drawn.randrange(len(DATA))] ^= 1 << drawn.randrange(8)
        path.write_bytes(changed)
        with pytest.raises(blobs.Altered):
            blobs.read(kept.sha256)
        with pytest.raises(blobs.Altered):
            blobs.check(kept.sha256)
    path.write_bytes(DATA[:-1])
    assert not blobs.is_whole(kept.sha256), "cut short"
    blobs.keep(DATA)
    assert blobs.is_whole(kept.sha256), "mended by the same bytes"


def test_what_a_killed_process_left_half_is_swept(folder):
    kept = blobs.keep(DATA)
    now = timezone.now()
    for name, age in (("old.part", dt.timedelta(hours=2)), ("new.part", dt.timedelta(minutes=1))):
        left = folder / ".parts" / name
        left.write_bytes(DATA[:7])
        os.utime(left, ((now - age).timestamp(),) * 2)
    assert cleaning.half_files(now) == 1
    assert {path.name for path in files(folder)} == {kept.sha256, "new.part"}


def test_a_full_disk_keeps_nothing_half(folder, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        blobs.keep(DATA)
    assert files(folder) == []
    monkeypatch.undo()
    assert blobs.is_whole(blobs.keep(DATA).sha256)


def test_many_who_keep_the_same_at_once_keep_it_once(folder):
    threads = [threading.Thread(target=blobs.keep, args=[DATA]) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(files(folder)) == 1
    assert blobs.is_whole(sha256(DATA).hexdigest())


def test_any_storage_of_djangos_will_do(settings):
    settings.STORAGES = settings.STORAGES | {
        "blobs": {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    }
    kept = blobs.keep(DATA)
    name = blobs.name_of(kept.sha256)
    storages["blobs"].delete(name)
    storages["blobs"].save(name, io.BytesIO(b"other"))
    assert not blobs.is_whole(kept.sha256)
    blobs.keep(io.BytesIO(DATA))
    assert blobs.read(kept.sha256) == DATA


def test_a_bucket_is_named_by_its_address(tmp_path):
    assert env.blobs("s3://desk/copies?endpoint_url=https://s3.example", tmp_path) == {
        "BACKEND": "annotations.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": "desk",
            "location": "copies",
            "endpoint_url": "https://s3.example",
        },
    }
    assert env.blobs("", tmp_path)["OPTIONS"] == {"location": tmp_path}
    with pytest.raises(env.Missing):
        env.blobs("ftp://desk", tmp_path)


# --- a bucket whose server is away; one that answers is in tests/drills/test_bucket.py ---


@contextmanager
def answering(status: int) -> Iterator[int]:
    """A server's port that answers this status, and nothing that S3 would say, to whatever."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD = do_PUT = do_DELETE = answer  # noqa: N815 - as http.server calls them

        def log_message(self, *_words: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def away(settings, monkeypatch) -> None:
    """As BLOBS_URL says it, at a port where nothing listens."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIANOBODY")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "SECRET")
    monkeypatch.setattr(bucket, "TRIES", 1)
    monkeypatch.setattr(bucket, "ANSWER_SECONDS", 0.2)
    use(settings, 1)


def use(settings, port: int) -> None:
    address = f"s3://desk/copies?endpoint_url=http://127.0.0.1:{port}&region_name=eu-west-1"
    settings.STORAGES = settings.STORAGES | {"blobs": env.blobs(address, Path())}


@pytest.fixture(params=["nobody", "silence", 403, 500])
def no_help(request, away, settings) -> Iterator[None]:
    """Away, or what listens there says nothing, or refuses, or is broken."""
    with ExitStack() as stack:
        if request.param == "silence":
            use(settings, stack.enter_context(silent_server())[0])
        elif request.param != "nobody":
            use(settings, stack.enter_context(answering(request.param)))
        yield


def test_bytes_are_neither_kept_nor_missing_where_nothing_answers(no_help):
    asked: list[Callable[[], object]] = [
        lambda: blobs.keep(DATA),
        lambda: blobs.read("0" * 64),
        lambda: blobs.is_whole("0" * 64),
        lambda: list(blobs.part("0" * 64, 5, 9)),
        lambda: storages["blobs"].delete("a"),
    ]
    for each in asked:
        with pytest.raises(blobs.Away) as told:
            each()
        assert "SECRET" not in str(told.value)


def test_a_storage_that_is_away_is_told_from_a_copy_that_is_altered(cast, source, request, capsys):
    copy = workflow.keep_copy(source, DATA, person=cast.ann, name="page.html")
    request.getfixturevalue("away")
    client = Client(raise_request_exception=False)
    client.force_login(cast.ann)
    page = client.get(reverse("source", args=[source.uuid]))
    assert page.status_code == 200
    assert "Cannot be read just now" in page.content.decode()
    assert "Not what was saved" not in page.content.decode()
    for name in ("read_copy", "saved_copy"):
        answer = client.get(reverse(name, args=[copy.uuid]))
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert "Saved files cannot be read for the moment" in answer.content.decode()
    with pytest.raises(CommandError, match="0 files were read, and then no more could be"):
        call_command("verify_copies")
    assert "missing" not in capsys.readouterr().err


def test_a_file_that_cannot_be_kept_now_is_refused_with_the_reason(cast, source, no_help):
    client = Client()
    client.force_login(cast.ann)
    url = reverse("source", args=[source.uuid])
    answer = client.post(url, {"file": SimpleUploadedFile("page.html", DATA)})
    assert answer.status_code == 409
    assert "nothing answers" in answer.content.decode()
    assert "no room" not in answer.content.decode()
    assert not Snapshot.objects.exists()


# --- copies of sources ---


@pytest.fixture
def source(cast) -> Source:
    cast.deciding()
    return Source.objects.get(added_by=cast.ann)


def test_a_copys_bytes_are_in_no_row(cast, source):
    copy = workflow.keep_copy(source, io.BytesIO(DATA), person=cast.ann, name="page.html")
    assert (copy.data, copy.size) == (None, len(DATA))
    assert b"".join(copy.pieces()) == DATA


def test_a_tampered_copy_is_shown_as_such_and_not_handed_out(cast, source, folder):
    copy = workflow.keep_copy(source, DATA, person=cast.ann, name="page.html")
    client = Client()
    client.force_login(cast.ann)
    page, file = reverse("source", args=[source.uuid]), reverse("saved_copy", args=[copy.uuid])
    assert "Not what was saved" not in client.get(page).content.decode()
    file_of(folder, copy.sha256).write_bytes(b"forged")
    assert "Not what was saved" in client.get(page).content.decode()
    answer = client.get(file, follow=True)
    assert b"forged" not in answer.content
    assert "it was changed, or is gone" in answer.content.decode()


def test_where_there_is_no_room_the_person_is_told_and_no_copy_is_there(cast, source, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    client = Client()
    client.force_login(cast.ann)
    url = reverse("source", args=[source.uuid])
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        answer = client.post(url, {"file": SimpleUploadedFile("page.html", DATA)})
    assert answer.status_code == 409
    assert "no room" in answer.content.decode()
    assert not Snapshot.objects.exists()


def test_verify_copies_reads_all_and_names_what_is_wrong(cast, source, folder, capsys):
    copies = [
        workflow.keep_copy(source, data, person=cast.ann, name="SECRET.html")
        for data in (b"one", b"two", b"three")
    ]
    texts = sum(len(b"".join(row.pieces())) for row in Original.objects.all())
    call_command("verify_copies")
    assert capsys.readouterr().out == f"4 files, {11 + texts} bytes\n"
    file_of(folder, copies[0].sha256).write_bytes(b"One")
    file_of(folder, copies[1].sha256).unlink()
    with pytest.raises(CommandError, match="2 of 4 are not what was saved"):
        call_command("verify_copies")
    told = capsys.readouterr().err
    assert f"{copies[0].sha256} is not what was saved" in told
    assert f"{copies[1].sha256} is missing" in told
    assert "SECRET" not in told


def old_copy(source: Source, person, data: bytes, digest: str = "") -> Snapshot:
    """A copy as it was kept before: in its row."""
    digest = digest or sha256(data).hexdigest()
    copy: Snapshot = Snapshot.objects.create(
        source=source, data=data, sha256=digest, taken_by=person
    )
    return copy


def test_copies_from_before_are_moved_and_moving_goes_on_where_it_was_ended(
    cast, source, folder, monkeypatch
):
    old = [old_copy(source, cast.ann, f"copy {number}".encode()) for number in range(3)]
    wrong = old_copy(source, cast.ann, b"forged", "0" * 64)
    move = import_module("annotations.migrations.0073_copies_moved").move
    keep, calls = blobs.keep, []

    def dying(data):
        calls.append(data)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return keep(data)

    with monkeypatch.context() as patch:
        patch.setattr(blobs, "keep", dying)
        with pytest.raises(KeyboardInterrupt):
            move(apps, None)
    assert Snapshot.objects.filter(data__isnull=True).count() == 1
    assert all(row.is_whole() for row in Snapshot.objects.filter(pk__in=[o.pk for o in old]))
    move(apps, None)
    for number, copy in enumerate(old):
        copy.refresh_from_db()
        assert copy.data is None
        assert b"".join(copy.pieces()) == f"copy {number}".encode()
    wrong.refresh_from_db()
    assert bytes(wrong.data or b"") == b"forged", "what is not what it says stays, and is told"
    with pytest.raises(CommandError, match="1 of 5"):
        call_command("verify_copies")


@pytest.mark.parametrize(
    "change",
    ["data = 'forged'", "size = 7", "sha256 = repeat('1', 64)", "name = 'other'"],
)
def test_a_row_lets_go_of_its_bytes_and_takes_no_others(cast, source, change):
    copy = workflow.keep_copy(source, DATA, person=cast.ann)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"update annotations_snapshot set {change} where id = %s", [copy.pk])
