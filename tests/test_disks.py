"""Disks that are full, cannot be written, or are not there: as the kernel says it, not a double."""

from __future__ import annotations

import gc
import resource
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse

from annotations import blobs, workflow
from annotations.management.commands import backup
from annotations.models import Article, Snapshot, Source
from tests.drills import restoring
from tests.serving import HOST, served

DATA = b"What stood there. " * 400
FULL, SHUT = "There is no room for the file just now", "the site may not write where it keeps them"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    found = tmp_path / "blobs"
    found.mkdir()
    place = {"BACKEND": "annotations.blobs.Folder", "OPTIONS": {"location": found}}
    settings.STORAGES = settings.STORAGES | {"blobs": place}
    return found


@pytest.fixture
def full() -> Iterator[None]:
    """No file of this process grows beyond 2,000 bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def shut(folder) -> None:
    """Where the folder was is a file, in which nothing can be made: root may not either."""
    shutil.rmtree(folder)
    folder.touch()


@pytest.fixture(params=[("full", FULL), ("shut", SHUT)], ids=["full", "shut"])
def said(request) -> str:
    fixture, words = request.param
    request.getfixturevalue(fixture)
    return str(words)


def client_of(person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.django_db
class TestNotKept:
    def test_an_import_is_refused_with_what_was_typed(self, cast, said, folder, caplog):
        typed = {"title": "The port", "language": "en", "public_text": "excerpts", "do": "save"}
        text = "Nobody asked us to close the port. " * 200
        import_page = reverse("import", args=[cast.desk.slug])
        answer = client_of(cast.eda).post(import_page, typed | {"text": text})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert said in page
        assert "Nobody asked us to close the port." in page
        assert not Article.objects.exists()
        assert files(folder) == []
        assert "A file was not kept: [Errno" in caplog.text, "whoever keeps the server is told why"

    def test_a_copy_of_a_source_is_refused(self, cast, source, said, folder):
        page, before = reverse("source", args=[source.uuid]), files(folder)
        answer = client_of(cast.ann).post(page, {"file": SimpleUploadedFile("page.html", DATA)})
        assert answer.status_code == 409
        assert said in answer.content.decode()
        assert not Snapshot.objects.exists()
        assert files(folder) == before

    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    def test_what_passes_by_finds_no_room_either(self, cast, source, full):
        """A large file is written beside by Django itself, before a form sees it."""
        page = reverse("source", args=[source.uuid])
        large = SimpleUploadedFile("page.html", b"a" * 3_000_000)
        answer = client_of(cast.ann).post(page, {"file": large})
        assert answer.status_code == 503
        assert answer["Retry-After"]
        assert "There is no room for what you sent" in answer.content.decode()
        assert not Snapshot.objects.exists()
        # What Django had begun to write, and could not finish at closing it.
        for begun in gc.get_objects():
            if type(begun) is TemporaryUploadedFile:
                with suppress(OSError):
                    begun.close()


@pytest.fixture
def source(cast) -> Source:
    cast.deciding()
    return Source.objects.get(added_by=cast.ann)


@pytest.fixture
def copy(cast, source) -> Snapshot:
    return workflow.keep_copy(source, DATA, person=cast.ann, name="page.html")


def gone(place: Path) -> None:
    shutil.rmtree(place)


def not_to_be_read(place: Path) -> None:
    for path in files(place):
        path.unlink()
        path.mkdir()


@pytest.mark.django_db
class TestNotRead:
    @pytest.mark.parametrize("harm", [gone, not_to_be_read])
    def test_it_is_said_to_be_away_and_not_that_it_was_changed(
        self, cast, source, copy, folder, harm
    ):
        harm(folder)
        client = client_of(cast.ann)
        answer = client.get(reverse("saved_copy", args=[copy.uuid]), follow=True)
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert "Saved files cannot be read for the moment" in answer.content.decode()
        page = client.get(reverse("source", args=[source.uuid]))
        assert page.status_code == 200
        assert "Not what was saved" not in page.content.decode()
        with pytest.raises(CommandError, match="0 files were read, and then no more could be"):
            call_command("verify_copies")

    def test_one_file_of_a_folder_that_is_there_is_missing(self, copy, folder):
        Path(folder / blobs.name_of(copy.sha256)).unlink()
        with pytest.raises(CommandError, match="are not what was saved"):
            call_command("verify_copies")


@pytest.mark.django_db(transaction=True)
class TestBackups:
    def test_a_backup_that_lacks_files_says_so_and_is_kept(self, copy, folder, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        call_command("backup", str(tmp_path.parent / f"{tmp_path.name}-whole.zip"))
        gone(folder)
        archive = tmp_path.parent / f"{tmp_path.name}-gaps.zip"
        with pytest.raises(CommandError, match=r"lacks \d+ files that rows name.*verify_copies"):
            call_command("backup", str(archive))
        assert archive.stat().st_size > 0

    def test_tables_of_an_earlier_version_are_backed_up_before_they_are_migrated(
        self, copy, folder, settings, tmp_path
    ):
        """As after `restore` of an older archive: which files are gone is not known there."""
        settings.MEDIA_ROOT = tmp_path
        gone(folder)
        archive = tmp_path.parent / f"{tmp_path.name}-earlier.zip"
        last = MigrationRecorder.Migration.objects.filter(app="annotations").latest("name")
        last.delete()
        rename = "alter table annotations_desk rename column {} to {}"
        with connection.cursor() as cursor:
            cursor.execute(rename.format("logo_file", "not_yet"))
            try:
                call_command("backup", str(archive))
            finally:
                cursor.execute(rename.format("not_yet", "logo_file"))
                last.save(force_insert=True)
        assert archive.stat().st_size > 0

    def test_where_it_finds_no_room_nothing_is_left_of_it(self, cast, tmp_path, full):
        archive = tmp_path / "site.zip"
        with pytest.raises(CommandError, match=r"Nothing was kept of the backup.*File too large"):
            call_command("backup", str(archive))
        assert not archive.exists()

    def test_a_file_that_cannot_be_read_is_named(self, cast, tmp_path, settings, monkeypatch):
        settings.MEDIA_ROOT = tmp_path / "media"
        monkeypatch.setattr(backup, "files_below", lambda folder: [folder / "not-to-be-read"])
        (settings.MEDIA_ROOT / "not-to-be-read").mkdir(parents=True)
        with pytest.raises(CommandError, match=r"Nothing was kept of the backup.*not-to-be-read"):
            call_command("backup", str(tmp_path / "site.zip"))


@pytest.mark.django_db(transaction=True)
def test_a_body_that_finds_no_room_while_it_is_gathered_is_told_so(cast):
    with served(restoring.source().url) as site:
        children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text()
        for worker in map(int, children.split()):
            resource.prlimit(worker, resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
        answer = site.ask("/login/", "POST", f"login={'a' * 2_000_000}", Origin=f"https://{HOST}")
        assert answer.status == 503
        assert answer.text == "The disk of this site is full, and nothing was saved.\n"
        assert "A body was not gathered" in site.log
        assert site.ask("/healthz").status == 200
