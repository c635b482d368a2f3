"""What a capture and a look cost without the network: time of processors, not of a clock.

Where others are at work, a clock says how busy the machine is. What this process and its session
at the database have worked is theirs alone.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from annotations.models import Capture, Citation, Watch
from annotations.tasks.captures import capture_next
from annotations.tasks.watching import look_next
from annotations.workflow import watching

from . import many_hosts
from .many_hosts import MISSING, page
from .test_evidence import deposit, sources, told  # noqa: F401  # a fixture

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]

PAGES = 200


def _worked_here() -> float:
    return time.process_time()


def _worked_there() -> float:
    """Seconds that the server's process of this session has worked, to a hundredth."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        (pid,) = cursor.fetchone()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cost(what: str, do: Callable[[], bool], *, number: int) -> float:
    """Do all there is; says and returns what one took, in milliseconds of processor.

    The servers that are asked are threads of this process: what they took is in it.
    """
    here, there, done = _worked_here(), _worked_there(), 0
    while do():
        done += 1
    assert done == number
    here = 1000 * (_worked_here() - here) / number
    there = 1000 * (_worked_there() - there) / number
    told(
        f"{what}: {here:.1f} ms of processor in the app, {there:.1f} ms in the database;"
        f" {1000 / (here + there):.0f} a second of one core"
    )
    return here + there


def say(host: str, path: str) -> bytes:
    words = f"<p>The ferry returns in spring. {host}{path}</p>".encode()
    return MISSING if path == "/robots.txt" else page(words * 20)


def test_captures_leave_room_for_twenty_a_second(
    cast: Any,
    settings: Any,
    deposit: Path,  # noqa: F811
) -> None:
    with many_hosts.serving(say) as server:
        hosts = [server.name(number) for number in range(PAGES)]
        settings.SAVE_COPIES, settings.FETCH_ALLOWED = True, hosts
        rows = sources(cast.desk, cast.ann, [f"http://{host}/{n}" for n, host in enumerate(hosts)])
        Capture.objects.bulk_create(
            Capture(source=row, address=row.url, host=row.url[7:].split("/")[0], wanted_by=cast.ann)
            for row in rows
        )
        saving = cost("one capture", capture_next, number=PAGES)
    assert saving < 50, "twenty a second are one core's"


def test_looks_leave_room_for_twenty_a_second(
    cast: Any,
    settings: Any,
    deposit: Path,  # noqa: F811
) -> None:
    _article, claim = cast.published()
    claim.refresh_from_db()
    with many_hosts.serving(say) as server:
        hosts = [server.name(number) for number in range(PAGES)]
        settings.WATCH_SOURCES, settings.FETCH_ALLOWED = True, hosts
        rows = sources(cast.desk, cast.ann, [f"http://{host}/{n}" for n, host in enumerate(hosts)])
        Citation.objects.bulk_create(
            Citation(verdict=claim.verdict, source=row, stance="supports", passage="The ferry")
            for row in rows
        )
        while watching.begin(timezone.now()) == watching.AT_ONCE:
            pass
        Watch.objects.filter(source__in=rows).update(next_try_at=timezone.now())
        looking = cost("one look", look_next, number=PAGES)
    assert looking < 50, "twenty a second are one core's"
