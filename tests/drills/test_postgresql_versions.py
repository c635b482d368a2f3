"""A backup goes up through the versions of PostgreSQL: from each that is here to each newer one.

Servers are begun of the programs that are found: Debian's, and those that came with `make run`.
Others, which run already, are named in POSTGRESQL_SERVERS, as addresses of a superuser's with
spaces between; have their own programs here too, for what older ones write of a server that had its
last fixes may be refused elsewhere. The archive is one that an earlier version made on PostgreSQL
15.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import combinations_with_replacement
from pathlib import Path

import psycopg2
import pytest

from annotations.management.archives import DUMP
from factcheck.embedded.server import AS_NOBODY, NOBODY
from tests.commands.test_backup import EARLIER
from tests.drills import proxies, restoring

pytestmark = [pytest.mark.drill, pytest.mark.machine]

ENCODING = ("--encoding=UTF8", "--locale=C", "--lc-ctype=C.UTF-8")


@contextmanager
def server(programs: Path, folder: Path) -> Iterator[str]:
    """The address of a server made of these programs."""
    folder.mkdir()
    as_nobody: list[str] = []
    if os.geteuid() == 0:  # which PostgreSQL refuses to be
        os.chown(folder, NOBODY, NOBODY)
        as_nobody = AS_NOBODY

    def run(program: str, *options: str) -> None:
        done = subprocess.run(
            [*as_nobody, programs / program, "-D", folder / "data", *options],
            cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (folder / "log").read_text()

    port = proxies.free_port()
    run("initdb", "--username=factcheck", "--auth=trust", *ENCODING)
    listens = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    run("pg_ctl", "start", "--wait", "-l", str(folder / "log"), "-o", listens)
    try:
        yield f"postgresql://factcheck@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "stop", "--mode=immediate")


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, str]]:
    """By major version, oldest first."""
    folder = tmp_path_factory.mktemp("servers")
    found = [*Path("/usr/lib/postgresql").glob("*/bin"), embedded()]
    with ExitStack() as open_ones:
        made = [
            open_ones.enter_context(server(programs, folder / str(number)))
            for number, programs in enumerate(found)
            if (programs / "initdb").exists()
        ]
        known = [*made, *os.environ.get("POSTGRESQL_SERVERS", "").split()]
        by_version = {int(ask(url, "show server_version_num")) // 10000: url for url in known}
        yield dict(sorted(by_version.items()))


def embedded() -> Path:
    return restoring.wheels("initdb").parent


def ask(url: str, statement: str) -> str:
    with closing(psycopg2.connect(url)) as opened:
        opened.autocommit = True
        with opened.cursor() as cursor:
            cursor.execute(statement)
            return str(cursor.fetchall()[0][0]) if cursor.description else ""


@contextmanager
def database(url: str, name: str) -> Iterator[str]:
    """A new database of this server, dropped at the end."""
    ask(url, f"create database {name} template template0")
    try:
        yield url.rpartition("/")[0] + f"/{name}"
    finally:
        ask(url, f"drop database {name} with (force)")


def manage(url: str, var: Path, *command: str, programs: Path | None = None) -> str:
    """What a command says; with `programs`, these are the only ones of PostgreSQL there are."""
    return said(url, var, f"call_command(*{command!r})", programs)


def said(url: str, var: Path, code: str, programs: Path | None = None) -> str:
    """What a line of code says at a site with this database."""
    only = f"postgresql._places = lambda program: iter([Path({str(programs)!r}) / program])"
    lines = [
        "import django; django.setup()",
        "from pathlib import Path",
        "from django.core.management import call_command",
        "from annotations.management import loading, postgresql",
        only if programs else "",
        code,
    ]
    known = {"DATABASE_URL": url, "FACTCHECK_VAR": str(var), "DEBUG": "1"}
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        env=os.environ | known | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=restoring.ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_archive_goes_up_from_each_version_to_each(servers, tmp_path, capsys):
    """Each restore compares every table with the hash in the archive."""
    pairs = list(combinations_with_replacement(servers, 2))
    assert len(servers) > 1, "this needs a second version: apt-get install postgresql"
    with capsys.disabled():
        print(f"\nPostgreSQL {', '.join(map(str, servers))}: {len(pairs)} pairs")
    for source, url in servers.items():
        archive = tmp_path / f"{source}.zip"
        with database(url, "first") as first:
            manage(first, tmp_path / f"of-{source}", "restore", str(EARLIER))
            manage(first, tmp_path / f"of-{source}", "backup", str(archive))
        for target in (each for each in servers if each >= source):
            with database(servers[target], "second") as second:
                manage(second, tmp_path / f"{source}-{target}", "restore", str(archive))


def test_programs_that_are_newer_than_the_server_serve_it_too(servers, tmp_path):
    """An image of Debian has one version of them, whatever PostgreSQL stands beside it."""
    for version, url in servers.items():
        archive, var = tmp_path / f"{version}.zip", tmp_path / f"of-{version}"
        with database(url, "newer") as first:
            manage(first, var, "restore", str(EARLIER), programs=embedded())
            manage(first, var, "backup", str(archive), programs=embedded())
        with database(url, "newer") as second:
            again = tmp_path / f"again-{version}"
            manage(second, again, "restore", str(archive), programs=embedded())


def test_a_dump_that_breaks_off_leaves_nothing(servers, tmp_path):
    """Neither by the program of the server's version nor by a newer one, which goes by psql."""
    with zipfile.ZipFile(EARLIER) as opened:
        dump = opened.read(DUMP)
    (tmp_path / "half").write_bytes(dump[: len(dump) * 9 // 10])
    url = next(iter(servers.values()))
    loads = f"print(loading.load(iter([Path({str(tmp_path / 'half')!r}).read_bytes()])))"
    for programs in (None, embedded()):
        with database(url, "half") as half:
            assert "pg_restore: error:" in said(half, tmp_path, loads, programs)
            assert ask(half, f"select count(*) from ({restoring.TABLES}) as t") == "0"
