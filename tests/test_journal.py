"""What the process writes of its work: who, what, how long; never a secret, and never two lines."""

from __future__ import annotations

import gzip
import json
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from annotations import journal, workflow
from annotations.models import Job, Letter
from annotations.tasks.jobs import HOUR, Duty, run_next
from annotations.views.health import Waiting
from annotations.workflow import jobs
from tests import cast as c
from tests.drills import restoring
from tests.models.conftest import rows
from tests.serving import HOST, Served, served

__all__ = ["rows"]  # the fixture: a row of every model

LOST = "postgresql://factcheck@127.0.0.1:1/factcheck"
TOKEN = "a" * 32


def lines(site: Served) -> list[dict]:
    return [json.loads(line) for line in site.log.splitlines()]


def fields(caplog, message: str) -> list[dict]:
    return [record.fields for record in caplog.records if record.message == message]


# --- how a line is written ---


def test_whatever_stands_in_a_message_a_line_is_one_line():
    record = logging.makeLogRecord({"msg": "one\ntwo\r\u2028\x1b[31m", "levelname": "INFO"})
    record.fields = {"route": "a\nb"}
    for formatter in (journal.JsonLines(), journal.PlainLines()):
        assert len(formatter.format(record).splitlines()) == 1
        assert "\x1b" not in formatter.format(record)
    assert json.loads(journal.JsonLines().format(record))["message"] == record.msg


# --- a site ---


@pytest.fixture
def site(db, cast) -> Iterator[Served]:
    with served(restoring.source().url, METRICS_TOKEN=TOKEN, WEB_CONCURRENCY="2") as site:
        yield site


@pytest.mark.django_db(transaction=True)
def test_each_line_is_json_and_tells_what_was_asked_by_whom_and_no_more(site, cast):
    known = site.ask("/search/?q=hush-query", X_Request_ID="proxy-0123456789")
    assert known.headers["x-request-id"] == "proxy-0123456789"
    odd = site.ask("/nowhere/hush-path", X_Request_ID="a b\tc<script>")
    assert re.fullmatch(r"[0-9a-f]{32}", odd.headers["x-request-id"])
    headers = {"Cookie": f"csrftoken={TOKEN}", "Origin": f"https://{HOST}"}
    for password in ("hush-wrong", "ann"):
        sent = {"csrfmiddlewaretoken": TOKEN, "login": "ann", "password": password}
        answer = site.ask("/login/", "POST", urlencode(sent), **headers)
    session = re.findall(r"sessionid=(\w+)", answer.headers["set-cookie"])[0]
    site.ask("/desk/", Cookie=f"sessionid={session}")
    found = lines(site)
    requests = [line for line in found if line["message"] == "request"]
    searched = requests[0]
    assert (searched["route"], searched["method"], searched["status"]) == (
        "public_search",
        "GET",
        200,
    )
    assert searched["request_id"] == "proxy-0123456789"
    assert searched["ms"] > 0
    assert searched["user"] is None
    assert requests[-1]["user"] == cast.ann.pk
    signing = {line["message"]: line for line in found if "sign" in line["message"]}
    assert signing["signed in"]["user"] == cast.ann.pk
    assert signing["sign-in failed"]["request_id"]
    for secret in ("hush-query", "hush-wrong", TOKEN, session, 'ann"'):
        assert secret not in site.log


@pytest.mark.django_db(transaction=True)
def test_figures_are_of_all_processes_and_for_who_has_the_token(site, cast):
    assert site.ask("/metrics").status == 404
    assert site.ask("/metrics", Authorization="Bearer nonsense").status == 404
    for _turn in range(20):
        site.ask("/robots.txt")
    pattern = r'factcheck_requests_total\{method="GET",route="robots",status="200"\} (\S+)'
    for _turn in range(5):
        answer = site.ask("/metrics", Authorization=f"Bearer {TOKEN}", X_Forwarded_Proto="http")
        assert answer.status == 200
        assert re.findall(pattern, answer.text) == ["20.0"]
        assert "factcheck_letters_waiting 0.0" in answer.text
        assert "factcheck_database_up 1.0" in answer.text


def test_without_a_token_nobody_gets_figures():
    with served(LOST) as site:
        assert site.ask("/metrics", Authorization="Bearer ").status == 404


def test_figures_say_that_the_database_is_lost():
    with served(LOST, METRICS_TOKEN=TOKEN) as site:
        text = site.ask("/metrics", Authorization=f"Bearer {TOKEN}").text
    assert "factcheck_database_up 0.0" in text


@pytest.mark.django_db
def test_figures_count_the_letters_that_are_due_and_not_sent(rows):
    Letter.objects.update(sent_at=None, due_at=timezone.now() - timedelta(hours=1))
    found = {family.name: family.samples[0].value for family in Waiting().collect()}
    assert found["factcheck_letters_waiting"] == Letter.objects.count() > 0
    assert found["factcheck_letters_oldest_seconds"] >= 3600
    sent = Letter.objects.filter(is_secret=False).update(sent_at=timezone.now())
    assert 0 < sent < Letter.objects.count()
    found = {family.name: family.samples[0].value for family in Waiting().collect()}
    assert found["factcheck_letters_waiting"] == Letter.objects.count() - sent


@pytest.mark.django_db
def test_figures_say_what_the_worker_did_what_failed_and_what_is_late(monkeypatch):
    def fail(_at: object) -> None:
        raise ValueError

    monkeypatch.setattr("annotations.tasks.jobs.DUTIES", {"clean": Duty("Clean", fail, HOUR)})
    jobs.plan(["clean"])
    run_next()
    Job.objects.update(next_at=timezone.now() - timedelta(hours=2))
    found = of_the_job("clean")
    assert found["factcheck_jobs_late_seconds"] >= 7200
    assert (found["factcheck_jobs_done_total"], found["factcheck_jobs_failed_total"]) == (0, 1)
    assert found["factcheck_jobs_failed_in_a_row"] == 1
    monkeypatch.setattr(
        "annotations.tasks.jobs.DUTIES", {"clean": Duty("Clean", lambda _at: None, HOUR)}
    )
    run_next()
    found = of_the_job("clean")
    assert (found["factcheck_jobs_done_total"], found["factcheck_jobs_failed_total"]) == (1, 1)
    assert found["factcheck_jobs_failed_in_a_row"] == found["factcheck_jobs_late_seconds"] == 0


def of_the_job(name: str) -> dict[str, float]:
    return {
        sample.name: sample.value
        for family in Waiting().collect()
        for sample in family.samples
        if sample.labels == {"job": name}
    }


def test_errors_are_reported_where_asked_for_and_tell_nothing_that_was_typed():
    received: list[bytes] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(gzip.decompress(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Said nowhere."""

    with HTTPServer(("127.0.0.1", 0), Listener) as listener:
        thread = Thread(target=listener.serve_forever)
        thread.start()
        try:
            dsn = f"http://key@127.0.0.1:{listener.server_port}/1"
            with served(LOST, SENTRY_DSN=dsn) as site:
                cookie = f"csrftoken={TOKEN}; sessionid=0123456789abcdefghijklmnopqrstuv"
                sent = urlencode({"csrfmiddlewaretoken": TOKEN, "words": "hush-body"})
                site.ask(
                    "/desk/?q=hush-query", "POST", sent, Cookie=cookie, Origin=f"https://{HOST}"
                )
        finally:
            listener.shutdown()
            thread.join()
    told = b"\n".join(received).decode()
    assert "OperationalError" in told
    for secret in ("hush-body", "hush-query", "0123456789abcdef", TOKEN):
        assert secret not in told


# --- moves, refusals, statements ---


@pytest.mark.django_db
def test_a_move_is_told_by_its_name_and_keys_when_it_holds(
    cast, caplog, django_capture_on_commit_callbacks
):
    with caplog.at_level("INFO"), django_capture_on_commit_callbacks(execute=True):
        article, claim = cast.marked()
    marked = [line for line in fields(caplog, "move") if line["move"] == "mark"]
    assert marked == [
        {"move": "mark", "desk": cast.desk.pk, "article": article.pk, "claim": claim.pk,
         "user": cast.eda.pk}
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_refusal_is_told_once_and_not_in_its_words(cast, caplog):
    article, _claim = cast.marked()
    _other, checked = cast.checking()
    with caplog.at_level("INFO"):
        with pytest.raises(PermissionDenied):
            workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.ola)
        with pytest.raises(workflow.Refused):
            workflow.open_checking(article, [cast.ann], actor=cast.eda)
        with pytest.raises(workflow.Refused):  # which reads copies before it holds anything
            workflow.submit(c.check_of(checked, cast.ann), actor=cast.ann)
    assert fields(caplog, "refused") == [
        {"act": "open_checking", "why": "PermissionDenied", "user": cast.ola.pk},
        {"act": "open_checking", "why": "Refused", "user": cast.eda.pk},
        {"act": "submit", "why": "Refused", "user": cast.ann.pk},
    ]


@pytest.mark.django_db
def test_a_slow_statement_is_told_without_its_values(caplog):
    with connection.cursor() as cursor:
        cursor.execute("select pg_sleep(0.25), %s", ["hush"])
        cursor.execute("select %s", ["quick"])
    (told,) = fields(caplog, "slow query")
    assert told["sql"] == "select pg_sleep(0.25), %s"


@pytest.mark.django_db
def test_asking_a_public_page_reads_no_session_for_its_line(client, django_assert_num_queries):
    client.cookies["sessionid"] = "0123456789abcdefghijklmnopqrstuv"
    with django_assert_num_queries(0):
        client.get("/robots.txt")
