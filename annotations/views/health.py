"""For whoever keeps the server: does it answer, and is it ready for readers?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from annotations.database.patience import within
from annotations.database.shared_cache import wrong_with_counting
from annotations.models import Job, Letter, Tally


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Says that the process answers, without asking the database."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 if the database answers and has all migrations; else 503, and which it is.

    Where attempts cannot be counted nobody can sign in, and that is said; but readers get every
    page, and are not to lose them all by it (docs/decisions/0134-what-is-lost-and-what-stays.md).
    It asks by a connection of its own: one that was there before might wait for a server that
    hangs, while a new one gives up after two seconds.
    """
    asking = _impatient()
    try:
        applied = MigrationRecorder(asking).applied_migrations()
        uncounted = wrong_with_counting(asking)
    except Error:
        return _not_ready("the database does not answer")
    finally:
        asking.close()
    if missing := _known_migrations() - applied.keys():
        return _not_ready(f"{len(missing)} migrations are not applied")
    said = f"ready, but nobody can sign in: {uncounted}" if uncounted else "ready"
    return HttpResponse(said, content_type="text/plain")


SECONDS = 2
"""How long the database may take to let us in, and to answer. libpq knows no shorter wait."""


def _impatient() -> BaseDatabaseWrapper:
    """A connection that gives up soon, however patient DATABASE_URL lets pages be."""
    asking = connection.copy()
    options = asking.settings_dict["OPTIONS"]
    asked = options.get("options", "")
    options["connect_timeout"] = SECONDS
    options["tcp_user_timeout"] = SECONDS * 1000
    options["options"] = f"{asked} -c statement_timeout={SECONDS}s".strip()
    return asking


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    """The migrations of this release, by app and name. They change with the code alone."""
    return frozenset(MigrationLoader(None).disk_migrations)


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, of all processes; only for who brings METRICS_TOKEN. Else 404."""
    asked = request.headers.get("Authorization", "")
    token = settings.METRICS_TOKEN
    if not token or not constant_time_compare(asked, f"Bearer {token}"):
        raise Http404
    counted: CollectorRegistry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    waiting = CollectorRegistry()
    waiting.register(Waiting())
    return HttpResponse(
        generate_latest(counted) + generate_latest(waiting), content_type=CONTENT_TYPE_LATEST
    )


class Waiting(Collector):
    """What the database knows: the same whichever process is asked. Little, where it is slow."""

    def collect(self) -> Iterator[Metric]:
        is_up = GaugeMetricFamily("factcheck_database_up", "Whether the database answers.")
        try:
            with within(SECONDS), transaction.atomic():
                _hurry()
                due = Letter.objects.open().filter(due_at__lte=timezone.now())
                found = due.aggregate(number=Count("pk"), first=Min("due_at"))
                jobs = list(Job.objects.order_by("name"))
                tallies = list(Tally.objects.all())
                uncounted = wrong_with_counting(connection)
        except Error:
            is_up.add_metric([], 0)
            yield is_up
            return
        is_up.add_metric([], 1)
        yield is_up
        yield GaugeMetricFamily(
            "factcheck_attempts_counted",
            "Whether wrong passwords can be counted: without, nobody can sign in.",
            0 if uncounted else 1,
        )
        age = (timezone.now() - found["first"]).total_seconds() if found["first"] else 0
        for name, words, value in (
            ("waiting", "Mails that are due and not sent.", found["number"]),
            ("oldest_seconds", "How long the first of them has been due.", age),
        ):
            yield GaugeMetricFamily(f"factcheck_letters_{name}", words, value)
        yield from _of_jobs(jobs)
        yield from _of_tallies(tallies)


def _hurry() -> None:
    """No statement of this transaction takes longer than that: who asks gives up, too."""
    with connection.cursor() as cursor:
        cursor.execute(f"set local statement_timeout = '{SECONDS}s'")


TALLIES = {
    "captures": (
        "Cited pages that were to be saved, by what became of each try.",
        ("saved", "later", "failed"),
    ),
    "looks": (
        "Cited pages that were looked at again, by what was seen.",
        ("same", "seen", "changed", "gone", "failed"),
    ),
    "stamps": (
        "Time stamps that authorities were asked for, by what became of each try.",
        ("stamped", "later"),
    ),
    "archives": (
        "What other services that save pages answered, or that they did not.",
        ("asked", "answered", "later", "failed"),
    ),
}
"""What each is, and what may become of it: also what never did is told, as 0."""


def _of_tallies(tallies: list[Tally]) -> Iterator[Metric]:
    """What the worker did besides its jobs, counted in rows as well."""
    known = {(each.kind, each.outcome): each.number for each in tallies}
    for kind, (words, outcomes) in TALLIES.items():
        counted = CounterMetricFamily(f"factcheck_{kind}", words, labels=["outcome"])
        for outcome in outcomes:
            counted.add_metric([outcome], known.get((kind, outcome), 0))
        yield counted


def _of_jobs(jobs: list[Job]) -> Iterator[Metric]:
    """What the worker did by the clock: counted in its rows, for it may be on another machine."""
    done = CounterMetricFamily("factcheck_jobs_done", "Times that went well.", labels=["job"])
    failed = CounterMetricFamily("factcheck_jobs_failed", "Times that did not.", labels=["job"])
    row = GaugeMetricFamily(
        "factcheck_jobs_failed_in_a_row", "Of the last times, how many did not.", labels=["job"]
    )
    late = GaugeMetricFamily(
        "factcheck_jobs_late_seconds", "For how long it has been due.", labels=["job"]
    )
    now = timezone.now()
    for job in jobs:
        done.add_metric([job.name], job.done)
        failed.add_metric([job.name], job.failed)
        row.add_metric([job.name], job.tries)
        late.add_metric([job.name], max(0.0, (now - job.next_at).total_seconds()))
    yield from (done, failed, row, late)


def _not_ready(why: str) -> HttpResponse:
    return HttpResponse(why, status=503, content_type="text/plain")
