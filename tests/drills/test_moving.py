"""A desk of a hundred articles moves to an empty site, though each command is killed on its way."""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
import sys
import tarfile
import time
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.conf import settings

from annotations import workflow
from annotations.models import Source
from tests import cast as c
from tests.drills import restoring

pytestmark = pytest.mark.django_db(transaction=True)

ARTICLES = 100
COPY = 200_000
"""Bytes of a saved copy."""


def begin(url: str, var: Path, *args: str) -> subprocess.Popen:
    """A command of a site with this database, whose files are below `var`."""
    known = {"DATABASE_URL": url, "FACTCHECK_VAR": str(var)}
    return subprocess.Popen(
        [sys.executable, restoring.ROOT / "manage.py", *args],
        env=os.environ | known | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def finish(program: subprocess.Popen) -> str:
    told, _ = program.communicate()
    assert program.returncode == 0, told
    return str(told, "utf-8")


def kill(program: subprocess.Popen) -> None:
    program.send_signal(signal.SIGKILL)
    program.communicate()
    assert program.returncode == -signal.SIGKILL, "it was done before it was killed"


def carry(archive: Path, to: Path, *, cut_after: int = 0) -> None:
    """Send the archive over a connection, going on where an earlier one was cut.

    As `rsync --append-verify` does, which is not on every machine. With `cut_after` the sender is
    killed after so many bytes: the other side gets no end, but a reset.
    """
    with socket.create_server(("127.0.0.1", 0)) as server:
        sender = Thread(target=_send, args=(server, archive, cut_after))
        sender.start()
        with socket.create_connection(server.getsockname()) as come, to.open("ab") as file:
            come.sendall(f"{to.stat().st_size}\n".encode())
            try:
                while piece := come.recv(1 << 16):
                    file.write(piece)
            except ConnectionResetError:
                assert cut_after
        sender.join()


def _send(server: socket.socket, archive: Path, cut_after: int) -> None:
    gone, _who = server.accept()
    with gone, archive.open("rb") as file:
        file.seek(int(gone.makefile().readline()))
        gone.sendall(file.read(cut_after) if cut_after else file.read())
        if cut_after:
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def end_its_session(target: restoring.Database, program: subprocess.Popen) -> None:
    """End the session in which the command writes, as a server does that is stopped."""
    writes = (
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
        " and backend_xid is not null and pid <> pg_backend_pid()"
    )
    while program.poll() is None and not target.ask(writes):
        time.sleep(0.001)


def _location() -> Path:
    """Where this process keeps copies."""
    options: dict[str, Any] = settings.STORAGES["blobs"]["OPTIONS"]
    return Path(str(options["location"]))


def hashes_of(archive: Path) -> set[str]:
    """The names of the archive's files: what each hash of its bytes is to be."""
    with tarfile.open(archive) as tar:
        files = [Path(name) for name in tar.getnames() if name.startswith("files/")]
    return {file.name for file in files}


def hashes_in(folder: Path) -> set[str]:
    """The hashes of all files, asked of their bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_desk_of_a_hundred_articles_is_moved_though_all_is_killed_on_the_way(tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    (here / "media").mkdir(parents=True)
    (here / "media/blobs").symlink_to(_location())
    cast = c.Cast()
    cast.corrected()
    source = Source.objects.filter(desk=cast.desk).first()
    assert source is not None
    for number in range(ARTICLES):
        article = c.import_text(cast.desk, cast.eda, f"{c.TEXT} It is number {number}.")
        c.mark(article, c.SECOND, cast.eda)
        workflow.keep_copy(source, os.urandom(COPY), person=source.added_by)
    ours = restoring.source().url
    archive, part = tmp_path / "desk.tar", tmp_path / "desk.tar.part"

    leaving = begin(ours, here, "export_desk", "desk", str(archive))
    while leaving.poll() is None and not (part.exists() and part.stat().st_size > 5 * COPY):
        time.sleep(0.001)
    kill(leaving)
    assert not archive.exists()
    assert "goes on after" in finish(begin(ours, here, "export_desk", "desk", str(archive)))

    arrived = tmp_path / "arrived.tar"
    size = archive.stat().st_size
    carry(archive, arrived, cut_after=size // 3)
    assert 0 < arrived.stat().st_size <= size // 3
    with restoring.new_database("moved") as target:
        target.manage("migrate", "--verbosity", "0")
        told = begin(target.url, there, "import_desk", str(arrived)).communicate()[0].decode()
        assert "what follows is missing or damaged" in told
        assert "Nothing was kept" in told
        carry(archive, arrived, cut_after=size // 3)
        carry(archive, arrived)
        assert arrived.read_bytes() == archive.read_bytes()
        archive = arrived
        coming = begin(target.url, there, "import_desk", str(archive))
        blobs = there / "media/blobs"
        while coming.poll() is None and not blobs.exists():
            time.sleep(0.001)
        kill(coming)
        assert target.ask("select count(*) from annotations_desk") == [(0,)]
        coming = begin(target.url, there, "import_desk", str(archive))
        end_its_session(target, coming)
        told = coming.communicate()[0].decode()
        assert coming.returncode == 1, told
        assert "The database was lost on the way." in told
        assert "Traceback" not in told
        assert target.ask("select count(*) from annotations_desk") == [(0,)]
        finish(begin(target.url, there, "import_desk", str(archive)))
        assert hashes_in(there / "media/blobs") >= hashes_of(archive)
        back = tmp_path / "back.tar"
        finish(begin(target.url, there, "export_desk", "desk", str(back)))
    assert back.read_bytes() == archive.read_bytes()
    assert len(hashes_of(back)) > 2 * ARTICLES


def test_an_article_is_moved_though_both_commands_are_killed_on_the_way(tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    (here / "media").mkdir(parents=True)
    (here / "media/blobs").symlink_to(_location())
    cast = c.Cast()
    ours = restoring.source().url
    desk = tmp_path / "desk.tar"
    finish(begin(ours, here, "export_desk", "desk", str(desk)))  # the desk as it is there: empty
    article, _claim = cast.corrected()
    source = Source.objects.filter(desk=cast.desk).first()
    assert source is not None
    for _number in range(ARTICLES):
        workflow.keep_copy(source, os.urandom(COPY), person=source.added_by)
    archive, part = tmp_path / "article.tar", tmp_path / "article.tar.part"

    leave = ("export_article", "desk", article.slug)
    leaving = begin(ours, here, *leave, str(archive))
    while leaving.poll() is None and not (part.exists() and part.stat().st_size > 5 * COPY):
        time.sleep(0.001)
    kill(leaving)
    assert not archive.exists()
    assert "goes on after" in finish(begin(ours, here, *leave, str(archive)))

    with restoring.new_database("joined") as target:
        target.manage("migrate", "--verbosity", "0")
        finish(begin(target.url, there, "import_desk", str(desk)))
        target.ask("update annotations_user set is_active = true")
        lines = target.ask("select count(*) from annotations_transition")
        come = ("import_article", str(archive), "--desk", "desk", "--same-people")
        coming = begin(target.url, there, *come, "--person", "mia")
        blobs = there / "media/blobs"
        while coming.poll() is None and not blobs.exists():
            time.sleep(0.001)
        kill(coming)
        assert target.ask("select count(*) from annotations_article") == [(0,)]
        assert target.ask("select count(*) from annotations_source") == [(0,)]
        assert target.ask("select count(*) from annotations_transition") == lines
        finish(begin(target.url, there, *come, "--person", "mia"))
        back = tmp_path / "back.tar"
        finish(begin(target.url, there, *leave, str(back)))
        # Brought in twice, it is here once.
        again = begin(target.url, there, *come, "--person", "mia")
        assert b"is here already" in again.communicate()[0]
        assert again.returncode == 1
    assert back.read_bytes() == archive.read_bytes()
