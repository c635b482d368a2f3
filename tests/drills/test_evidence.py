"""Evidence in large numbers: killed workers, hostile servers, changed bytes, a full disk.

What each run took is printed (`pytest -s`); nothing is asserted of a clock but the rate a host.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from annotations import blobs, workflow
from annotations.capture import recording
from annotations.exchange.moving import Unfit
from annotations.exchange.moving.arriving import checked
from annotations.management.deskarchives import Reader
from annotations.models import (
    Capture,
    Citation,
    DailyRoot,
    Job,
    RootLeaf,
    Snapshot,
    Source,
    User,
    Watch,
)
from annotations.queries.copies import kept_bytes
from annotations.tasks.captures import capture_next
from annotations.tasks.proofs import make_root
from annotations.workflow import copies, watching
from tests import cast as c
from tests.tasks import processes

from . import many_hosts
from .many_hosts import MISSING, page

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

CAPTURES, KILLS = 1_000, 20
CHANGES = 10_000
BY_COMMAND = 50
"""Of so many changes one is looked for in the whole deposit; the others in the changed file."""
WATCHED, WATCHED_HOSTS = 10_000, 500
WAIT, WAIT_LONG = 900, 3_000


def deposit_in(folder: Path, settings: Any) -> Path:
    place = folder / "media/blobs"
    settings.STORAGES = settings.STORAGES | {
        "blobs": {"BACKEND": "annotations.blobs.Folder", "OPTIONS": {"location": place}}
    }
    return place


@pytest.fixture
def deposit(settings: Any, tmp_path: Path) -> Path:
    return deposit_in(tmp_path, settings)


def start_worker(monkeypatch: Any, var: Path, **settings: str) -> subprocess.Popen[bytes]:
    known = processes.environment(9) | {"FACTCHECK_VAR": str(var)} | settings
    monkeypatch.setattr(processes, "environment", lambda _port: known)
    return processes.start_worker(9)


def sources(desk: Any, person: User, addresses: list[str]) -> list[Source]:
    return Source.objects.bulk_create(
        Source(desk=desk, added_by=person, title=f"Page {number}", url=address)
        for number, address in enumerate(addresses)
    )


def wait_out() -> None:
    past = timezone.now() - dt.timedelta(hours=12)
    Capture.objects.waiting().update(next_try_at=past, tried_at=past, claimed_until=None)


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether it comes to hold: a worker takes its time to begin where others are at work."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.1)
    return False


def told(words: str) -> None:
    print(f"\n{words}")


# --- a thousand pages, hostile servers, a worker that is killed ---

BOMB = gzip.compress(b"\0" * 40 * 1024 * 1024)


def hostile(host: str, path: str) -> bytes:
    """By the number in the path: nine of twenty are pages, two with a picture."""
    if path == "/robots.txt":
        return MISSING
    if path == "/p.png":
        return page(b"\x89PNG", "image/png")
    kind = int(path[1:]) % 20
    body = f"<p>Page {path} of {host}.".encode()
    answers = {
        11: b"",
        12: b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort",
        13: page(b"", status="503 Later"),
        14: page(b"", status=f"302 On\r\nLocation: {path}"),
        15: page(b"", status="302 On\r\nLocation: http://169.254.169.254/latest/"),
        16: page(BOMB, status="200 OK\r\nContent-Encoding: gzip"),
        17: MISSING,
        18: b"\x16\x03\x01 no HTTP at all\r\n\r\n",
        19: page(b"", status="429 Slowly"),
    }
    if kind in (9, 10):
        body += b"<img src=/p.png>"
    return answers.get(kind) or page(body) if kind != 11 else b""


def test_a_thousand_pages_are_saved_once_each_though_the_worker_is_killed(
    cast, settings, monkeypatch, tmp_path, deposit
):
    with many_hosts.serving(hostile) as server:
        hosts = [server.name(number) for number in range(CAPTURES)]
        rows = sources(cast.desk, cast.ann, [f"http://{host}/{n}" for n, host in enumerate(hosts)])
        Capture.objects.bulk_create(
            Capture(source=row, address=row.url, host=row.url[7:].split("/")[0], wanted_by=cast.ann)
            for row in rows
        )
        on = {"SAVE_COPIES": "1", "FETCH_ALLOWED": ",".join(hosts)}
        begun, in_work = time.monotonic(), 0.0
        for number in range(1, KILLS + 1):
            worker = start_worker(monkeypatch, tmp_path, **on)
            since = time.monotonic()
            try:
                # Somewhere in the middle of a page, wherever that is.
                assert server.wait_for(number * CAPTURES // (KILLS + 5), WAIT)
            finally:
                worker.kill()
                worker.wait()
                in_work += time.monotonic() - since
            wait_out()
        settings.SAVE_COPIES, settings.FETCH_ALLOWED = True, hosts
        since = time.monotonic()
        left = Capture.objects.waiting().count()
        for _round in range(copies.MOST_TRIES):
            wait_out()
            while capture_next():
                pass
        rate = left / (time.monotonic() - since)
    state = Counter(Capture.objects.values_list("state", flat=True))
    good = [n for n in range(CAPTURES) if n % 20 <= 10]
    assert state == {"saved": len(good), "failed": CAPTURES - len(good)}
    assert Snapshot.objects.count() == len(good)
    assert Snapshot.objects.values("source").distinct().count() == len(good)
    assert {
        row.source.url.rpartition("/")[2] for row in Snapshot.objects.select_related("source")
    } == {str(n) for n in good}
    why = Counter(Capture.objects.filter(state="failed").values_list("problem", flat=True))
    call_command("verify_copies")
    blobs.sweep(timezone.now())
    assert not list(deposit.rglob("*.part")), "nothing half is kept by a worker that ended"
    told(
        f"{CAPTURES} pages, {KILLS} kills, {len(good)} saved once each, {dict(why)};"
        f" {time.monotonic() - begun:.0f} s, {server.paths.total()} requests;"
        f" {rate:.1f} pages/s in one process without kills"
    )


# --- one byte changed ---


@pytest.fixture
def kept(cast, deposit) -> list[Path]:
    """Twenty files: copies, the WARC files of their fetching, and what texts were made from."""
    chance = random.Random(19)
    for number in range(8):
        (source,) = sources(cast.desk, cast.ann, [f"https://news.example/{number}"])
        data = chance.randbytes(chance.randrange(1, 60_000))
        copy = workflow.keep_copy(source, data, person=cast.ann)
        now = timezone.now()
        warc = recording.resource(source.url, data, "text/html", now, copy.uuid)
        Capture.objects.create(
            source=source, address=source.url, host="news.example", wanted_by=cast.ann,
            state="saved", snapshot=copy, warc=blobs.keep(warc).sha256, finished_at=now,
        )  # fmt: skip
        if number % 2:
            c.import_text(cast.desk, cast.eda, f"Text {number}\n\n" + "It is so. " * 500)
    files = sorted(each for each in deposit.rglob("*") if each.is_file())
    assert len(files) == 20
    assert {each.name for each in files} == set(kept_bytes())
    return files


@contextmanager
def changed(file: Path, chance: random.Random) -> Iterator[int]:
    """One byte of the file is another meanwhile; yields which, from 0."""
    at, by = chance.randrange(file.stat().st_size), chance.randrange(1, 256)
    with file.open("r+b", buffering=0) as opened:
        opened.seek(at)
        was = opened.read(1)
        for byte in (was[0] ^ by, was[0]):
            opened.seek(at)
            opened.write(bytes([byte]))
            if byte != was[0]:
                yield at


def test_ten_thousand_changed_bytes_are_told_ten_thousand_times(kept):
    """By `blobs.check`, which `verify_copies` asks of each file, and some by the command."""
    chance, found, since = random.Random(19), 0, time.monotonic()
    call_command("verify_copies")
    for number in range(CHANGES):
        file = chance.choice(kept)
        with changed(file, chance):
            found += is_told(file.name, everywhere=number % BY_COMMAND == 0)
    call_command("verify_copies")
    assert found == CHANGES
    told(f"{CHANGES} bytes changed, {found} told; {time.monotonic() - since:.0f} s")


def test_ten_thousand_changed_bytes_of_a_desks_archive_are_told(cast, kept, tmp_path):
    """Of rows, files and manifest, and of what stands between them."""
    chance, found, since = random.Random(20), 0, time.monotonic()
    archive = tmp_path / "desk.tar"
    call_command("export_desk", "desk", str(archive), stdout=io.StringIO())
    assert not is_altered(archive)
    for _time in range(CHANGES):
        with changed(archive, chance):
            found += is_altered(archive)
    assert not is_altered(archive)
    assert found == CHANGES
    told(
        f"{CHANGES} bytes of an archive of {archive.stat().st_size} bytes changed, {found} told;"
        f" {time.monotonic() - since:.0f} s"
    )


def is_altered(archive: Path) -> bool:
    """Whether `import_desk` refuses it before anything is written, by what it asks of it then."""
    try:
        with closing(Reader(archive)) as reader:
            reader.verify()
            return checked(reader.lines()) != reader.manifest.rows
    except Unfit:
        return True


def is_told(digest: str, *, everywhere: bool) -> bool:
    """Whether the change of this file is told, and where one looks everywhere nothing else."""
    said = io.StringIO()
    try:
        if everywhere:
            call_command("verify_copies", stdout=io.StringIO(), stderr=said)
        else:
            blobs.check(digest)
    except CommandError as why:
        is_named = said.getvalue() == f"{digest} is not what was saved\n"
        return is_named and str(why).startswith("1 of 20")
    except blobs.Altered:
        return True
    return False


# --- no room ---


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 300 kB, where this user may make one."""
    place = tmp_path / "small"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", place],
        check=False,
        capture_output=True,
    )
    if made.returncode:
        pytest.skip("No file system can be mounted here.")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def test_a_full_disk_is_said_and_tried_again_and_nothing_half_is_kept(cast, settings, small_disk):
    place = deposit_in(small_disk, settings)
    body = random.Random(19).randbytes(50_000)

    def say(_host: str, path: str) -> bytes:
        return MISSING if path == "/robots.txt" else page(path.encode() + body, "text/plain")

    with many_hosts.serving(say) as server:
        hosts = [server.name(number) for number in range(20)]
        settings.SAVE_COPIES, settings.FETCH_ALLOWED = True, hosts
        rows = sources(cast.desk, cast.ann, [f"http://{host}/{n}" for n, host in enumerate(hosts)])
        Capture.objects.bulk_create(
            Capture(source=row, address=row.url, host=row.url[7:].split("/")[0], wanted_by=cast.ann)
            for row in rows
        )
        while capture_next():
            pass
        saved, waiting = Snapshot.objects.count(), Capture.objects.waiting()
        assert 0 < saved < 20
        assert set(waiting.values_list("problem", flat=True)) == {"no_room"}
        assert waiting.count() == 20 - saved
        assert not list(place.rglob("*.part"))
        call_command("verify_copies")
        subprocess.run(["mount", "-o", "remount,size=8m", small_disk], check=True)
        wait_out()
        while capture_next():
            pass
    assert Snapshot.objects.count() == 20
    assert not Capture.objects.exclude(state="saved").exists()
    call_command("verify_copies")
    told(f"20 pages of 50 kB for 300 kB: {saved} kept, {20 - saved} said no room; then all 20")


# --- ten thousand pages to watch ---


def peak(process: subprocess.Popen[bytes]) -> int:
    """The most memory (kB) that the process ever held."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def test_ten_thousand_pages_are_watched_at_the_rate_of_their_hosts(
    cast, settings, monkeypatch, tmp_path, deposit
):
    _article, claim = cast.published()
    claim.refresh_from_db()

    def say(host: str, path: str) -> bytes:
        if path == "/robots.txt":
            return MISSING
        return page(f"<p>The ferry returns in spring. {host}{path}".encode())

    with many_hosts.serving(say) as server:
        hosts = [server.name(number) for number in range(WATCHED_HOSTS)]
        rows = sources(
            cast.desk, cast.ann, [f"http://{hosts[n % WATCHED_HOSTS]}/{n}" for n in range(WATCHED)]
        )
        Citation.objects.bulk_create(
            Citation(
                verdict=claim.verdict, source=row, stance="supports", passage="The ferry returns"
            )
            for row in rows
        )
        while watching.begin(timezone.now()) == watching.AT_ONCE:
            pass
        watched = Watch.objects.filter(source__in=rows)
        assert watched.count() == WATCHED
        watched.update(next_try_at=timezone.now())
        with connection.cursor() as cursor:
            cursor.execute("analyze")  # as autovacuum does within a minute of so many rows
        begun = time.monotonic()
        worker = start_worker(
            monkeypatch, tmp_path, WATCH_SOURCES="1", FETCH_ALLOWED=",".join(hosts)
        )
        try:
            assert server.wait_for(WATCHED // 10, WAIT)
            early = peak(worker)
            assert server.wait_for(WATCHED, WAIT_LONG)
            assert eventually(lambda: not watched.filter(seen_at=None).exists())
            late = peak(worker)
        finally:
            worker.kill()
            worker.wait()
        took = time.monotonic() - begun
        gaps = [b - a for times in server.asked.values() for a, b in pairwise(times)]
    assert server.paths.total() == WATCHED, "each is asked for once"
    # The claim of a row comes before its request: a little less than the rate may lie between two.
    assert min(gaps) > copies.HOST_RATE.total_seconds() - 0.5
    assert late < early + 50_000, "memory does not grow with the number"
    told(
        f"{WATCHED} pages of {WATCHED_HOSTS} hosts: {took:.0f} s, {WATCHED / took:.0f} pages/s;"
        f" shortest wait of a host {min(gaps):.2f} s; memory {early / 1024:.0f} MB after a tenth,"
        f" {late / 1024:.0f} MB in the end"
    )


# --- the root of a day ---


def test_a_worker_killed_in_the_middle_of_a_root_leaves_none_and_the_next_makes_it(
    cast, monkeypatch, tmp_path, deposit
):
    """It waits for the table of leaves, with the root written, when it is killed."""
    yesterday = timezone.now() - dt.timedelta(days=1)
    for number in range(50):
        (source,) = sources(cast.desk, cast.ann, [f"https://news.example/{number}"])
        kept = blobs.keep(b"%d" % number)
        Snapshot.objects.create(
            source=source, sha256=kept.sha256, size=kept.size, taken_by=cast.ann, taken_at=yesterday
        )
    for _time in range(5):
        Job.objects.update(claimed_until=None, next_at=yesterday)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("lock table annotations_rootleaf in exclusive mode")
            worker = start_worker(monkeypatch, tmp_path)
            try:
                assert eventually(_waits_for_leaves)
            finally:
                worker.kill()
                worker.wait()
        assert eventually(lambda: not _waits_for_leaves())
        assert not DailyRoot.objects.exists()
        assert not RootLeaf.objects.exists()
    make_root(timezone.now())
    assert RootLeaf.objects.count() == 50
    call_command("verify_proofs")


def _waits_for_leaves() -> bool:
    """By the locks: within a transaction, who is at work stands as it was first asked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_locks"
            " where relation = 'annotations_rootleaf'::regclass and not granted)"
        )
        return bool(cursor.fetchone()[0])
