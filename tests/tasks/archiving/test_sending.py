"""What readers are sent to is saved by others too, where a desk wants it: what they are told."""

from __future__ import annotations

import datetime as dt
import json
import logging
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import workflow
from annotations.editions.reading import read_claim
from annotations.formats import archivehook, savepagenow
from annotations.formats.claimreview import copies_in
from annotations.models import (
    ArchiveAnswer,
    ArchiveRequest,
    Citation,
    Claim,
    Desk,
    Edition,
    Source,
    Transition,
)
from annotations.tasks.archiving import begin
from annotations.workflow import archiving
from tests import cast as c
from tests.exchange.moved import lines_of
from tests.tasks.services import Heard, Reply
from tests.tasks.test_captures import page_of

from .archived import (
    ARCHIVED,
    JOB,
    KEYS,
    PAGE,
    PENDING,
    SECRET,
    SUCCESS,
    also_cited,
    cited_by,
    only,
    read,
    saved_here,
    turn,
)


def test_a_published_page_is_saved_there_and_what_is_answered_is_theirs_to_say(
    cast, source, service
):
    site = service(Reply(JOB), Reply(PENDING), Reply(SUCCESS))
    assert turn()
    assert turn()
    assert turn()
    assert not turn()
    asked, after, _again = site.heard
    assert (asked.method, asked.path, after.method) == ("POST", "/save", "GET")
    assert parse_qs(asked.body.decode()) == {"url": [PAGE], "skip_first_archive": ["1"]}
    assert asked.headers["Authorization"] == after.headers["Authorization"] == f"LOW {KEYS}"
    assert asked.headers["User-Agent"].startswith("Factcheck/")
    assert after.path == "/save/status/spn2-0123abcd"
    row = only()
    assert (row.state, row.job) == ("answered", "spn2-0123abcd")
    assert row.archived_at == dt.datetime(2026, 11, 29, 10, 15, tzinfo=dt.UTC)
    told = list(ArchiveAnswer.objects.values_list("status", "said"))
    assert told == [(200, JOB), (200, {k: v for k, v in SUCCESS.items() if k != "resources"})]
    page = page_of(cast.eda, source)
    assert "Said by the Internet Archive" in page
    assert row.archived_url in page.replace("&amp;", "&")
    copy = source.snapshots.get()
    assert row.archived_url in read(cast.eda, "read_copy", copy.uuid)


def test_nothing_is_sent_before_it_is_published_nor_of_what_is_not_any_more(cast, service):
    site = service(Reply(JOB))
    article, claim = cast.approved()
    Desk.objects.update(to_internet_archive=True)
    saved_here(cited_by(claim))
    assert not turn()
    assert not ArchiveRequest.objects.exists(), "nor is it noted that it is to be sent"
    workflow.publish(article, actor=cast.eli)
    begin(timezone.now())
    assert ArchiveRequest.objects.count() == 1
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    assert not turn()
    assert site.heard == []


def test_nothing_is_sent_where_no_desk_wants_it(source, service):
    site = service(Reply(JOB))
    Desk.objects.update(to_internet_archive=False)
    assert not turn()
    assert not ArchiveRequest.objects.exists()
    assert site.heard == []


def test_of_a_sample_nothing_is_sent(db, service):
    """Its pages are made up."""
    site = service(Reply(JOB))
    _article, claim = c.Cast(is_sample=True).published()
    Desk.objects.filter(pk=claim.desk_id).update(to_internet_archive=True)
    saved_here(cited_by(claim))
    assert not turn()
    assert not ArchiveRequest.objects.exists()
    assert site.heard == []


def test_a_page_that_could_not_be_saved_here_is_not_sent(cited, service):
    site = service(Reply(JOB))
    saved_here(cited, "failed")
    assert not turn()
    assert site.heard == []


def test_a_confidential_source_has_nothing_that_could_be_sent(cast, cited, service):
    site = service(Reply(JOB))
    claim = Claim.objects.get(verdict__citations__source=cited)
    somebody = Source.objects.create(
        desk=cited.desk, title="An official", is_confidential=True, added_by=cast.ann
    )
    Citation.objects.create(verdict=claim.verdict, source=somebody, stance="supports")
    saved_here(somebody)
    assert not turn()
    assert site.heard == []


def test_an_address_that_is_no_document_is_not_sent(source, service):
    """Nobody could say whether it was sent before."""
    site = service(Reply(JOB))
    Source.objects.filter(pk=source.pk).update(document="")
    assert not turn()
    assert site.heard == []


def test_a_desk_that_turns_it_off_has_nothing_sent_that_was_not_yet(source, service):
    site = service(Reply(JOB))
    begin(timezone.now())
    Desk.objects.update(to_internet_archive=False)
    assert not turn()
    assert site.heard == []
    Desk.objects.update(to_internet_archive=True)
    assert turn()


def test_without_the_sites_keys_nothing_is_sent(source, service, settings):
    site = service(Reply(JOB))
    settings.INTERNET_ARCHIVE_KEYS = ""
    assert not turn()
    assert site.heard == []


def test_one_document_is_sent_once_however_many_describe_it(cast, source, service):
    service(Reply(JOB))
    also_cited(source, cast.ben, PAGE + "/?utm_source=mail")
    assert turn()
    assert ArchiveRequest.objects.count() == 1


def test_a_document_is_sent_once_though_an_older_description_is_saved_later(cast, cited, service):
    service(Reply(JOB))
    also_cited(cited, cast.ben, PAGE + "#later")
    assert turn()
    saved_here(cited)
    begin(timezone.now())
    assert ArchiveRequest.objects.count() == 1


def test_two_workers_send_one_address_once_and_one_service_is_not_hurried(cast, source, service):
    service(Reply(JOB))
    also_cited(source, cast.ben, "https://records.example/other")
    begin(timezone.now())
    now = timezone.now()
    first = archiving.claim(["internet_archive"], now)
    assert first is not None
    assert archiving.claim(["internet_archive"], now) is None
    later = now + archiving.RATE + dt.timedelta(seconds=1)
    second = archiving.claim(["internet_archive"], later)
    assert second is not None
    assert first.pk != second.pk
    assert archiving.claim(["internet_archive"], later + dt.timedelta(minutes=1)) is None
    again = archiving.claim(["internet_archive"], later + archiving.LEASE * 3)
    assert again is not None, "of a worker that was killed the lease is over"


def test_what_is_settled_by_one_is_not_settled_again_by_who_held_it_before(source, service):
    service(Reply(JOB))
    begin(timezone.now())
    now = timezone.now()
    first = archiving.claim(["internet_archive"], now)
    assert first is not None
    second = archiving.claim(["internet_archive"], now + archiving.LEASE * 3)
    assert second is not None
    heard = savepagenow.heard(200, json.dumps(SUCCESS).encode())
    archiving.settle(first, heard, now)
    assert only().state == "waiting"
    archiving.settle(second, heard, now)
    assert only().state == "answered"


def test_a_manager_turns_it_on_where_the_site_can_and_the_log_says_so(cast, settings):
    client = Client()
    client.force_login(cast.mia)
    url = reverse("rules", args=["desk"])

    def sent(**more: str) -> int:
        form = client.get(url).context["form"]
        given = {name: form[name].value() for name in form.fields}
        named = {name: value for name, value in given.items() if value not in (None, False)}
        return int(client.post(url, named | {"reason": "We want it."} | more).status_code)

    settings.INTERNET_ARCHIVE_KEYS = settings.ARCHIVER_SECRET = ""
    assert sent(to_internet_archive="on") == 422
    assert sent(archiver="https://archive.example/") == 422
    settings.INTERNET_ARCHIVE_KEYS, settings.ARCHIVER_SECRET = KEYS, SECRET
    assert sent(to_internet_archive="on", archiver="https://me:word@archive.example/") == 422
    assert sent(to_internet_archive="on", archiver="https://archive.example/hook") == 302
    fields = Transition.objects.get(move="change rules").detail["fields"]
    assert fields["to_internet_archive"] == [False, True]
    assert fields["archiver"] == ["", "https://archive.example/hook"]
    settings.INTERNET_ARCHIVE_KEYS = ""
    assert sent(lapse_days="9") == 302, "what is on stops no other change"


def archived(claim: Claim) -> dict[str, str]:
    edition = read_claim(Edition.objects.filter(claim=claim).latest("number").content)
    return {each.url: copies_in(edition).place(each.url).archived_at for each in edition.citations}


def corrected(claim: Claim, source: Source, cast: c.Cast) -> None:
    article = claim.marks.get().revision.article
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    cites = [workflow.CitationDraft(source, "supports")]
    c.decide(claim, cast.eda, "half", finding="Half of it is so.", citations=cites)
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "A letter shows it.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (ARCHIVED, ARCHIVED),
        ("https://web.archive.org/web/20261129101500/https://other.example/", ""),
        ("https://archive.example/our-own/1", ""),
    ],
)
def test_readers_get_the_copy_of_a_public_archive_from_the_next_edition_on(
    cast, own, service, said, told
):
    service(Reply({"status": "done", "archived_url": said}))
    claim = Claim.objects.get(verdict__citations__source=own)
    assert turn()
    assert archived(claim).get(PAGE, "") == ""
    corrected(claim, own, cast)
    assert archived(claim)[PAGE] == told


def test_no_secret_is_in_the_database_a_log_an_archive_or_a_page(cast, source, service, caplog):
    """Though the service repeats all that it was sent, in every way there is."""
    caplog.set_level(logging.DEBUG)
    shown = archivehook.shown(archivehook.key_of(SECRET, cast.desk.uuid)).removeprefix("whsec_")
    everything = f"{KEYS} {SECRET} {shown}"

    def echo(heard: Heard) -> Reply:
        words = f"{everything} {heard.headers['Authorization']}"
        kinds = [
            Reply(
                {"status": "error", "message": words, "status_ext": "error:celery", words: words}
            ),
            Reply({"message": words}, 401),
            Reply(words.encode(), 500),
            Reply({"job_id": shown.replace("+", "").replace("/", "").replace("=", "")[:40]}),
        ]
        return kinds[len(site.heard) % len(kinds)]

    site = service(Reply(None))
    site.say = echo
    for _time in range(6):
        turn()
    Desk.objects.update(to_internet_archive=False, archiver=f"{site.home}/hook")

    answers = [
        Reply({"status": "failed", "error": everything}, 503),
        Reply({"status": "done", "archived_url": f"https://a.example/{shown}"}),
    ]
    site.say = lambda _heard: answers.pop(0)
    assert turn()
    assert turn()
    rows = [
        repr(list(model._base_manager.values()))
        for model in (ArchiveRequest, ArchiveAnswer, Transition, Desk)
    ]
    pages = page_of(cast.eda, source) + read(cast.mia, "rules", "desk")
    assert len(site.heard) == 8
    assert ArchiveRequest.objects.filter(problem="junk").count() == 1
    secrets = [KEYS, KEYS.partition(":")[2], SECRET, shown]
    for place in [*rows, "".join(lines_of(cast.desk)), pages, caplog.text]:
        for each in secrets:
            assert each not in place
