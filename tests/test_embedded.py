"""A PostgreSQL of our own: one server for all who need it, and none once they have gone.

Each test drives real processes with a folder of its own. Waiting has an end; no time is asserted.
"""

import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

import pytest

from factcheck.embedded import server

ROOT = Path(__file__).parents[1]
# In one worker, one after another: each starts several processes.
pytestmark = pytest.mark.xdist_group("embedded")

USE = """
import itertools, sys, psycopg2
from factcheck.embedded import server
for line in itertools.chain(["first"], sys.stdin):
    server.ensure_running()
    where = {"host": str(server.SOCKETS), "user": server.NAME, "dbname": server.NAME}
    with psycopg2.connect(**where).cursor() as cursor:
        cursor.execute("select pg_postmaster_start_time()::text || lower(' Ж')")
        print(*cursor.fetchone(), flush=True)
"""


class User:
    """A process that uses the server below `var`; every `ask` is a connection of its own."""

    def __init__(self, var: Path, prefix: list[str]) -> None:
        self.process = subprocess.Popen(
            [*prefix, sys.executable, "-c", USE],
            cwd=ROOT,
            # An empty environment has the locale C, as slim containers do.
            env={"FACTCHECK_VAR": str(var), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def answer(self) -> str:
        """When the server was started, and the letter ж if it knows small from capital."""
        assert self.process.stdout
        ready, _, _ = select.select([self.process.stdout], [], [], 60)
        assert ready, "no answer in a minute"
        return self.process.stdout.readline().strip()

    def ask(self) -> str:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.answer()

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe
            pipe.close()


@contextmanager
def folder(prefix: str = "fc-") -> Iterator[Path]:
    var = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        yield var
    finally:
        if (var / "postgres" / "alive").exists():
            wait_until_all_gone(var)
        shutil.rmtree(var)


@pytest.fixture
def var() -> Iterator[Path]:
    with folder() as var:
        yield var


Use = Callable[..., User]


@pytest.fixture
def use() -> Iterator[Use]:
    """A function that starts a user of the server below a folder; they all end with the test."""
    users: list[User] = []

    def start(var: Path, *prefix: str) -> User:
        users.append(User(var, list(prefix)))
        return users[-1]

    yield start
    for user in users:
        if user.process.returncode is None:
            user.end(signal.SIGKILL)


def is_free(var: Path, name: str) -> bool:
    """Whether nobody holds the lock."""
    with (var / "postgres" / name).open("r+") as file:
        try:
            flock(file, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return False
    return True


def wait_for(what: Callable[[], bool]) -> None:
    for _ in range(600):
        if what():
            return
        time.sleep(0.05)
    pytest.fail("It did not happen in 30 seconds.")


def processes(var: Path) -> list[int]:
    """The processes that were started for this folder: postmaster and keeper, by their words."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            environment = (entry / "environ").read_bytes()
        except OSError:
            continue
        if f"FACTCHECK_VAR={var}\0".encode() in environment:
            found.append(int(entry.name))
    return found


def wait_until_all_gone(var: Path) -> None:
    wait_for(lambda: is_free(var, "keeper") and is_free(var, "alive"))
    wait_for(lambda: not processes(var))


def keeper_of(var: Path) -> int:
    for pid in processes(var):
        if b"server.py" in Path(f"/proc/{pid}/cmdline").read_bytes():
            return pid
    pytest.fail("There is no keeper.")


def test_four_cold_starts_at_once_share_one_server_and_leave_none(var, use):
    users = [use(var) for _ in range(4)]
    answers = {user.answer() for user in users}
    assert len(answers) == 1
    assert answers.pop().endswith("ж")
    for user in users:
        user.end()
    wait_until_all_gone(var)


def test_the_server_goes_when_its_users_were_killed_and_comes_back(var, use):
    users = [use(var), use(var)]
    started = [user.answer() for user in users]
    for user in users:
        user.end(signal.SIGKILL)
    wait_until_all_gone(var)
    assert use(var).answer() not in {"", *started}


def test_a_killed_server_is_started_again_at_the_next_connection(var, use):
    user = use(var)
    first = user.answer()
    pid = int((next((var / "postgres").glob("data-*")) / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: is_free(var, "alive"))
    assert user.ask() not in {"", first}
    user.end()
    wait_until_all_gone(var)


def test_a_killed_keeper_is_replaced_at_the_next_connection(var, use):
    user = use(var)
    first = user.answer()
    killed = keeper_of(var)
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: is_free(var, "keeper"))
    assert user.ask() == first
    assert keeper_of(var) != killed
    user.end()
    wait_until_all_gone(var)


def test_a_path_too_long_for_a_socket_and_with_quotes_and_spaces_serves(use):
    with folder(prefix="it's a " + "long " * 20) as var:
        user = use(var)
        assert user.answer()
        user.end()
        wait_until_all_gone(var)
    for left in Path(tempfile.gettempdir()).glob("factcheck-????????????????"):
        if not any(left.iterdir()):
            shutil.rmtree(left)


def test_it_serves_people_who_are_not_root(var, use):
    prefix = []
    if os.geteuid() == 0:
        # Somebody without root's rights, but who may read a checkout below /root.
        daemon = pwd.getpwnam("daemon").pw_uid
        prefix = [word.replace(str(server.NOBODY), str(daemon)) for word in server.AS_NOBODY]
        os.chown(var, daemon, daemon)
    user = use(var, *prefix)
    assert user.answer()
    assert next((var / "postgres").glob("data-*")).stat().st_uid == var.stat().st_uid != 0
    user.end()
    wait_until_all_gone(var)


def test_another_users_folder_is_refused_in_one_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(server, "HOME", tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(PermissionError, match=r"belongs to another user.*DATABASE_URL"):
        server.ensure_running()


def test_what_postgresql_said_is_told_when_it_cannot_start(var, use):
    script = "from factcheck.embedded import server; server.INITDB.append('--nonsense'); "
    done = subprocess.run(
        [sys.executable, "-c", script + "server.ensure_running()"],
        cwd=ROOT,
        env={"FACTCHECK_VAR": str(var), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "initdb failed" in done.stderr
    assert "unrecognized option" in done.stderr
    assert use(var).answer()  # and nothing stands in the way of the next


SAFE = """
from factcheck.embedded import server
import psycopg2
server.ensure_running()
where = {"host": str(server.SOCKETS), "user": server.NAME, "dbname": server.NAME}
with psycopg2.connect(**where).cursor() as cursor:
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        cursor.execute(f"show {name}")
        print(*cursor.fetchone())
"""


def test_what_was_saved_outlives_the_machines_power_but_in_tests(var):
    """And the two never open each other's data."""
    found = {}
    for disposable in ("", "1"):
        done = subprocess.run(
            [sys.executable, "-c", SAFE],
            cwd=ROOT,
            env={
                "FACTCHECK_VAR": str(var),
                "PATH": os.environ["PATH"],
                "FACTCHECK_DISPOSABLE": disposable,
            },
            capture_output=True,
            text=True,
            check=True,
        )
        found[disposable] = done.stdout.split()
    assert found == {"": ["on"] * 3, "1": ["off"] * 3}
    assert {path.name for path in var.iterdir()} == {"postgres", "postgres-disposable"}
    wait_for(lambda: not processes(var))


def test_importing_the_settings_starts_nothing(var):
    subprocess.run(
        [sys.executable, "-c", "import factcheck.settings as s; print(s.DATABASES)"],
        cwd=ROOT,
        env={"FACTCHECK_VAR": str(var), "DEBUG": "1", "SECRET_KEY": "x"},
        check=True,
        capture_output=True,
    )
    assert list(var.iterdir()) == []
