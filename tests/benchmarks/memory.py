"""What a site's processes hold of memory and disk, at several sizes of a desk.

`make bench MEMORY=25k,250k`: sizes in sentences, of which an article here has 25. The site runs as
shipped, with three processes for pages and one worker; twelve clients at once ask for every kind of
page, and the worker takes in a long file. Memory is what a process has for itself and its share of
what it has with others (PSS), so that sums are right; only root sees it of others' processes.
"""

from __future__ import annotations

import sys
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.benchmarks.scale import a_database, grown, number

PROCESSES, THREADS = 3, 4
TURNS = 3
"""Times that each client asks for each page."""
FILE = 400
"""Articles of the file that the worker takes in, of 100 sentences each."""
PATIENCE = 900
"""Seconds that a client waits for a page: nothing is measured here of how long one takes."""
MB = 1024 * 1024


def main(sizes: list[str]) -> None:
    """Print a table, a row a size."""
    print("| Sentences | Articles | Pages | Worker, at most | Database | Together | On the disk |")
    print("|---|---|---|---|---|---|---|")
    for size in sizes:
        with a_database():
            for sentences, cast in grown([number(size)]):
                print(_measured(sentences, cast), flush=True)


def _measured(size: int, cast: Any) -> str:
    from django.conf import settings
    from django.db import connection

    from annotations.models import Article
    from tests import serving
    from tests.drills import restoring

    with connection.cursor() as cursor:
        cursor.execute("select pg_database_size(current_database())")
        disk = cursor.fetchone()[0]
    articles = Article.objects.count()
    url = restoring.source().url
    known = {"SECRET_KEY": settings.SECRET_KEY, "WEB_CONCURRENCY": str(PROCESSES)}
    serving.PATIENCE = PATIENCE
    with serving.served(url, **known) as site, _worker() as worker:
        _ask_all(site, _pages(cast))
        _take_in(cast)
        pages = sum(_pss(each) for each in _tree(site.process.pid))
        database = sum(_pss(each) for each in _tree(_postmaster()))
        most = _peak(worker)
    together = pages + most + database
    held = [f"{each / MB:,.0f} MB" for each in (pages, most, database, together, disk)]
    return f"| {size:,} | {articles:,} | {' | '.join(held)} |"


@contextmanager
def _worker() -> Iterator[int]:
    from tests.tasks.processes import start_worker

    worker = start_worker(9)
    try:
        yield worker.pid
    finally:
        worker.terminate()
        worker.wait()


def _pages(cast: Any) -> list[tuple[str, str]]:
    """Addresses, each with the cookie of who asks."""
    from django.test import Client
    from django.urls import reverse

    from annotations.models import Article, Claim

    article = Article.objects.filter(status="published").latest("created_at")
    claim = Claim.objects.filter(marks__revision__article=article).earliest("pk")
    client = Client()
    client.force_login(cast.eda)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    of_desk = [reverse(name, args=["desk"]) for name in ("queue", "articles", "claims", "log")]
    of_article = [reverse(name, args=[article.pk]) for name in ("workbench", "history")]
    of_all = [
        *("/", "/search/?q=zebra", "/feeds/checks.atom"),
        reverse("public_article", args=["desk", article.slug]),
        reverse("public_claim", args=["desk", claim.number, claim.slug]),
    ]
    found = f"{reverse('claims', args=['desk'])}?{urllib.parse.urlencode({'q': 'zebra'})}"
    ours = [*of_desk, *of_article, found, f"{of_article[0]}?claim={claim.pk}"]
    return [(url, cookie) for url in ours] + [(url, "") for url in of_all]


def _ask_all(site: Any, pages: list[tuple[str, str]]) -> None:
    def ask(which: tuple[str, str]) -> int:
        url, cookie = which
        status: int = site.ask(url, Cookie=cookie).status
        return status

    with ThreadPoolExecutor(PROCESSES * THREADS) as clients:
        statuses = set(clients.map(ask, pages * TURNS * PROCESSES * THREADS))
    assert statuses == {200}, statuses


def _take_in(cast: Any) -> None:
    """Have the worker take in a file, and wait for it."""
    import time

    from annotations.models import FileImport
    from tests.tasks.test_file_imports import articles, bring

    row = bring(cast, articles(FILE))
    while FileImport.objects.get(pk=row.pk).state == "waiting":
        time.sleep(0.2)


def _postmaster() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        (backend,) = cursor.fetchone()
    return int(_stat(backend)[1])


def _tree(root: int) -> list[int]:
    """The process and its children."""
    children = [
        int(each.name)
        for each in Path("/proc").iterdir()
        if each.name.isdigit() and (each / "stat").exists() and int(_stat(each.name)[1]) == root
    ]
    return [root, *children]


def _stat(key: int | str) -> list[str]:
    """The state of a process, its parent, and the rest."""
    return Path(f"/proc/{key}/stat").read_text().rpartition(")")[2].split()


def _pss(key: int) -> int:
    """Bytes that a process holds: its own, and its share of what it has with others."""
    return _line(Path(f"/proc/{key}/smaps_rollup"), "Pss:")


def _peak(key: int) -> int:
    """Bytes that a process held at most."""
    return _line(Path(f"/proc/{key}/status"), "VmHWM:")


def _line(file: Path, name: str) -> int:
    (found,) = [line for line in file.read_text().splitlines() if line.startswith(name)]
    return int(found.split()[1]) * 1024


if __name__ == "__main__":
    main(sys.argv[1].split(","))
