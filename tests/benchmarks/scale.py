"""What pages cost at several sizes of a desk: `make bench SCALE=1k,25k,250k`, sizes in sentences.

Each size is made in a database of its own server, by the database (tests.desk_of_size), and gone
afterwards. CPU is that of this process and of its PostgreSQL process; "x" is how many times the
barest page of the same run it is: one SELECT, no template.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from tests.move_costs import Moved
    from tests.page_costs import Work

RUNS = 20
BATCH = 400
"""Articles that are copied in one transaction."""


def main(sizes: list[str]) -> None:
    """Print a table, a row a page, a column a size."""
    with a_database():
        for found in _measured([number(size) for size in sizes]):
            print(f"\n{_table(found)}", flush=True)


@contextmanager
def a_database() -> Iterator[None]:
    """Django, at a database of its own that is gone afterwards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connection
    from django.test.utils import (
        setup_databases,
        setup_test_environment,
        teardown_databases,
        teardown_test_environment,
    )

    logging.disable(logging.WARNING)  # of statements that take long, as those that make it do
    setup_test_environment(debug=False)
    connection.settings_dict["TEST"]["NAME"] = "factcheck_scale"
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(databases, verbosity=0)
        teardown_test_environment()


def number(size: str) -> int:
    """A size in sentences from words such as "25k" or "1M"."""
    unit = {"k": 1_000, "m": 1_000_000}.get(size[-1:].lower(), 1)
    return int(size[:-1]) * unit if unit > 1 else int(size)


Table = dict[str, dict[int, str]]
"""What each page costs, by its name and the size of the desk."""


def _measured(sizes: list[int]) -> Iterator[Table]:
    """The table so far, after each size: the largest takes an hour on a busy machine."""
    from tests.move_costs import Moved, moves, taken_back
    from tests.page_costs import Work, pages

    found: Table = {}
    for size, cast in grown(sizes):
        bare = _cpu_ms(_bare)
        found.setdefault("bare page", {})[size] = f"{bare:.1f} ms"
        for name, page in pages(cast).items():
            spent, work = _cpu_ms(_not_kept(page)), Work(page)
            found.setdefault(name, {})[size] = _cell(spent, bare, len(work.parts), work)
        for name, move in moves(cast).items():
            spent, moved = _cpu_ms(taken_back(move)), Moved(move)
            found.setdefault(name, {})[size] = _cell(spent, bare, moved.statements, moved)
        found.setdefault("the log as CSV", {})[size] = _log(cast)
        yield found


def grown(sizes: list[int]) -> Iterator[tuple[int, Any]]:
    """One desk with its cast, at each of these sizes in turn."""
    from django.db import transaction

    from tests import cast as c
    from tests import desk_of_size as made

    cast = c.Cast()
    made.begun(cast)
    made.in_work(cast, 10)
    made.published(cast, "The zebra")
    article = made.published(cast)
    copies = 1
    for size in sorted(sizes):
        wanted = max(size // made.SENTENCES - 22, copies + 1)
        began = time.perf_counter()
        while copies < wanted:
            stop = min(copies + BATCH, wanted)
            with transaction.atomic():
                made.grow(article, copies, stop)
            copies = stop
        _vacuum()
        print(f"{size:,} sentences made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
        yield size, cast


def _cell(spent: float, bare: float, statements: int, cost: Work | Moved) -> str:
    return (
        f"{spent:.1f} ms = {spent / bare:.1f} x, {statements} SQL,"
        f" {cost.rows} rows, {cost.buffers} pages"
    )


def _vacuum() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")


def _bare() -> None:
    from django.test import Client

    from annotations.models import Desk

    Client().get("/healthz")
    Desk.objects.first()


def _not_kept(page: Callable[[], object]) -> Callable[[], object]:
    from django.core.cache import caches

    def act() -> None:
        caches["process"].clear()
        page()

    return act


def _cpu_ms(act: Callable[[], object]) -> float:
    """CPU of an act, in milliseconds: the mean, for the database counts in steps of 10 ms."""
    act()
    before, start = time.process_time(), _database_cpu()
    for _run in range(RUNS):
        act()
    return (time.process_time() - before + _database_cpu() - start) * 1000 / RUNS


def _database_cpu() -> float:
    """Seconds of CPU that this connection's server process has used; 0 on another machine."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        (key,) = cursor.fetchone()
    try:
        fields = Path(f"/proc/{key}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _log(cast: Any) -> str:
    from django.test import Client
    from django.urls import reverse

    client = Client()
    client.force_login(cast.eda)
    began, lines = time.process_time() + _database_cpu(), 0
    for piece in client.get(reverse("log", args=[cast.desk.slug]), {"as": "csv"}):
        lines += piece.count(b"\n")
    spent = time.process_time() + _database_cpu() - began
    return f"{lines:,} lines, {lines / spent:,.0f} a second of CPU"


def _table(found: Table) -> str:
    sizes = sorted({size for row in found.values() for size in row})
    lines = ["| | " + " | ".join(f"{size:,} sentences" for size in sizes) + " |"]
    lines.append("|---" * (len(sizes) + 1) + "|")
    lines += [
        f"| {name} | " + " | ".join(row.get(size, "") for size in sizes) + " |"
        for name, row in found.items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1].split(","))
