"""What readers are sent to is saved by others too, where a desk wants it: what they are told."""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import json
import logging
from collections.abc import Callable, Iterator
from io import StringIO
from urllib.parse import parse_qs

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import workflow
from annotations.editions.reading import read_claim
from annotations.formats import archivehook, savepagenow
from annotations.formats import archiving as formats
from annotations.formats.claimreview import copies_in
from annotations.models import (
    ArchiveAnswer,
    ArchiveRequest,
    Capture,
    Citation,
    Claim,
    Desk,
    Edition,
    Source,
    Transition,
    User,
)
from annotations.tasks import captures
from annotations.tasks.archiving import archive_next, begin
from annotations.text.documents import document_of
from annotations.workflow import archiving
from tests import cast as c
from tests.capture import servers
from tests.exchange.moved import lines_of
from tests.tasks.test_captures import page_of

from .services import Heard, Reply, Service, serving

KEYS = "myaccess:Gahsh4ahPh6Oophe"
SECRET = "ohPh0uj5ohNgoo3Leimei7ohwaiPh1ie"
PAGE = "https://records.example/Ann"
"""What the cast's verdicts stand on."""
ARCHIVED = f"https://web.archive.org/web/20261129101500/{PAGE}"
JOB = {"url": PAGE, "job_id": "spn2-0123abcd"}
SUCCESS = {
    "status": "success",
    "job_id": "spn2-0123abcd",
    "original_url": PAGE,
    "timestamp": "20261129101500",
    "resources": ["https://ferry.example/a.css"],
}
PENDING = {"status": "pending", "resources": []}


@pytest.fixture(autouse=True)
def known(settings) -> None:
    settings.INTERNET_ARCHIVE_KEYS, settings.ARCHIVER_SECRET = KEYS, SECRET


def saved_here(source: Source, state: str = "saved") -> Source:
    """The page was saved by this site, or could not be."""
    copy = workflow.keep_copy(source, b"<p>The ferry.", person=source.added_by)
    Capture.objects.create(
        source=source,
        address=source.url,
        host="records.example",
        wanted_by=source.added_by,
        state=state,
        snapshot=copy if state == "saved" else None,
        finished_at=timezone.now(),
    )
    return source


def cited_by(claim: Claim) -> Source:
    claim.refresh_from_db()
    assert claim.verdict is not None
    return claim.verdict.citations.select_related("source").get().source


def also_cited(source: Source, person: User, url: str) -> Source:
    """Another source of the same published verdict, saved here too."""
    claim = Claim.objects.get(verdict__citations__source=source)
    other = Source.objects.create(
        desk=source.desk, title="Also", url=url, document=document_of(url), added_by=person
    )
    Citation.objects.create(verdict=claim.verdict, source=other, stance="supports")
    return saved_here(other)


@pytest.fixture
def cited(cast) -> Source:
    """What a published verdict stands on, at a desk that wants the Internet Archive."""
    _article, claim = cast.published()
    Desk.objects.filter(pk=claim.desk_id).update(to_internet_archive=True)
    return cited_by(claim)


@pytest.fixture
def source(cited: Source) -> Source:
    """The same, saved here."""
    return saved_here(cited)


@pytest.fixture
def own(source: Source) -> Source:
    Desk.objects.update(to_internet_archive=False, archiver="https://archive.example/hook")
    return source


@pytest.fixture
def service(settings, monkeypatch) -> Iterator[Callable[..., Service]]:
    """Makes the service that answers so, one reply after the other, the last of them for ever."""
    running = []

    def made(*replies: Reply) -> Service:
        left = list(replies)

        def say(_heard: Heard) -> Reply:
            return left.pop(0) if len(left) > 1 else left[0]

        context = serving(say)
        running.append(context)
        found = context.__enter__()
        settings.FETCH_ALLOWED = [*settings.FETCH_ALLOWED, found.name]
        for module in (savepagenow, archiving):
            monkeypatch.setattr(module, "HOME", found.home)
        Desk.objects.exclude(archiver="").update(archiver=f"{found.home}/hook?desk=1")
        return found

    yield made
    for each in running:
        each.__exit__(None, None, None)


def turn() -> bool:
    """What the worker does, as if all waits were over."""
    begin(timezone.now())
    past = timezone.now() - dt.timedelta(hours=12)
    ArchiveRequest.objects.open().update(next_try_at=past, tried_at=past)
    return archive_next()


def read(person: User, name: str, *args: object) -> str:
    client = Client()
    client.force_login(person)
    return str(client.get(reverse(name, args=args)).content.decode())


def only() -> ArchiveRequest:
    return ArchiveRequest.objects.get()


# --- what is sent, and when ---


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


# --- what goes wrong ---


def test_a_service_that_is_busy_is_left_alone_for_as_long_as_it_says(cast, source, service):
    site = service(Reply({"message": "Slow down"}, 429, {"Retry-After": "7200"}), Reply(JOB))
    assert turn()
    row = only()
    assert (row.state, row.problem) == ("waiting", "busy")
    assert row.next_try_at > timezone.now() + dt.timedelta(seconds=7000)
    also_cited(source, cast.ben, "https://records.example/other")
    begin(timezone.now())
    at = timezone.now() + dt.timedelta(minutes=10)
    assert archiving.claim(["internet_archive"], at) is None, "nothing else is sent there either"
    assert "busy" in page_of(cast.eda, source)
    assert turn()
    assert len(site.heard) == 2


def test_a_service_in_trouble_is_asked_again_and_given_up_in_the_end(cast, source, service):
    site = service(Reply({"message": "Oh"}, 503))
    for _time in range(archiving.MOST_TRIES):
        assert turn()
    assert not turn()
    assert len(site.heard) == archiving.MOST_TRIES
    assert (only().state, only().problem) == ("failed", "answer")
    assert "It answered 503." in page_of(cast.eda, source)


@pytest.mark.parametrize(
    "junk",
    [
        b"<html>Sign in</html>",
        b"\xff\x00\xfe",
        b"[1, 2]",
        b'{"job_id": 7}',
        b'{"job_id": "../../admin"}',
        b'{"status": "success", "timestamp": "soon", "original_url": "https://a.example/"}',
        b'{"status": "success", "timestamp": "20261129101500", "original_url": "javascript:1"}',
        b'{"a": 1e999}',
        b'{"a": "\\ud800"}',
        b"[" * 5000,
        b"{}",
    ],
)
def test_what_cannot_be_read_is_kept_as_such_and_asked_again(cast, source, service, junk):
    service(Reply(junk))
    assert turn()
    assert (only().state, only().problem) == ("waiting", "junk")
    assert ArchiveAnswer.objects.count() == 1
    assert "could not be read" in page_of(cast.eda, source)


def test_a_long_answer_is_shortened_and_one_without_end_is_none(source, service):
    many = JOB | {f"name{n}": "x" * 5000 for n in range(40)}
    service(Reply(many), Reply(b" " * 5_000_000))
    assert turn()
    (said,) = ArchiveAnswer.objects.values_list("said", flat=True)
    assert len(said) == formats.MOST_FIELDS
    assert len(json.dumps(said)) < 40_000
    Desk.objects.update(to_internet_archive=True)
    assert turn()
    assert only().problem == "too_large"


def test_a_redirect_is_not_followed_and_no_key_goes_elsewhere(cast, source, service):
    with servers.serving(servers.page(b"secret")) as canary:
        service(Reply(b"", 302, {"Location": f"http://{canary.name}/"}))
        assert turn()
        assert canary.connections == 0
    assert (only().state, only().problem) == ("failed", "led_on")
    assert "is not followed" in page_of(cast.eda, source)


def test_a_service_on_a_private_address_is_not_reached_unless_the_site_says_so(own, settings):
    with serving(lambda _heard: Reply({"status": "done"})) as inside:
        Desk.objects.update(archiver=f"{inside.home}/hook")
        assert turn()
        assert inside.heard == []
        assert (only().state, only().problem) == ("waiting", "port")
        settings.FETCH_PORTS = [int(inside.name.rpartition(":")[2])]
        assert turn()
        assert inside.heard == []
        assert only().problem == "not_public"
        settings.FETCH_ALLOWED = [inside.name]
        assert turn()
        assert only().state == "answered"


@pytest.mark.parametrize(
    ("hook", "problem"),
    [
        ("ftp://archive.example/hook", "address"),
        ("https:///hook", "address"),
    ],
)
def test_an_archive_is_asked_by_a_web_address_or_not_at_all(own, hook, problem):
    """Whoever wrote it there: the form, or a desk that was moved."""
    Desk.objects.update(archiver=hook)
    assert turn()
    assert (only().state, only().problem) == ("waiting", problem)


def test_a_service_that_answers_a_byte_at_a_time_holds_nobody(source, service, monkeypatch):
    monkeypatch.setattr(captures, "SECONDS", 0.3)
    service(Reply(drip=True))
    assert turn()
    assert (only().state, only().problem) == ("waiting", "too_slow")


def test_a_service_that_cannot_be_reached_is_asked_again(source, service):
    service(Reply(JOB))
    with serving(lambda _heard: Reply(JOB)) as gone:
        name = gone.name
    Desk.objects.update(to_internet_archive=False, archiver=f"http://{name}/")
    assert turn()
    assert only().state == "waiting"


def test_keys_that_are_not_known_are_said_and_nothing_is_given_up(cast, source, service):
    service(Reply({"message": "You need to be logged in"}, 401))
    for _time in range(archiving.MOST_TRIES + 2):
        assert turn()
    assert (only().state, only().problem) == ("waiting", "keys")
    assert "does not know this site’s keys" in page_of(cast.eda, source)


def test_what_it_refuses_for_good_is_its_to_say(cast, source, service):
    no = {"status": "error", "status_ext": "error:blocked-url", "message": "This URL is blocked."}
    service(Reply(no))
    assert turn()
    assert (only().state, only().about_problem) == ("failed", {"said": "This URL is blocked."})
    assert '<q dir="auto">This URL is blocked.</q>' in page_of(cast.eda, source)


def test_work_that_it_gives_up_is_sent_again_and_work_without_end_is_given_up(
    source, service, time_machine
):
    late = {"status": "error", "status_ext": "error:celery", "message": "Later"}
    site = service(Reply(JOB), Reply(late), Reply(JOB), Reply(PENDING))
    for _time in range(4):
        assert turn()
    assert [each.method for each in site.heard] == ["POST", "GET", "POST", "GET"]
    assert only().state == "asked"
    time_machine.move_to(timezone.now() + archiving.GIVEN_UP_AFTER + dt.timedelta(hours=1))
    assert turn()
    assert (only().state, only().problem) == ("failed", "no_answer")


# --- a desk's own archive ---


def test_a_desks_own_archive_is_told_by_a_signed_message(cast, own, service):
    site = service(Reply({"status": "done", "archived_url": "https://archive.example/1"}))
    assert turn()
    (heard,) = site.heard
    row = only()
    assert (heard.method, heard.path) == ("POST", "/hook?desk=1")
    said = json.loads(heard.body)
    assert (said["type"], said["data"]) == ("page.save", {"id": str(row.uuid), "url": PAGE})
    name, moment = heard.headers["webhook-id"], heard.headers["webhook-timestamp"]
    key = base64.b64decode(printed_key(cast.desk).removeprefix("whsec_"))
    signed = hmac.digest(key, f"{name}.{moment}.".encode() + heard.body, "sha256")
    assert heard.headers["webhook-signature"] == "v1," + base64.b64encode(signed).decode()
    assert abs(int(moment) - timezone.now().timestamp()) < 300
    assert name == str(row.uuid)
    assert (row.state, row.archived_url) == ("answered", "https://archive.example/1")
    assert "Said by the desk’s own archive" in page_of(cast.eda, own)


def printed_key(desk: Desk) -> str:
    out = StringIO()
    call_command("archiver_key", desk.slug, stdout=out)
    return out.getvalue().strip()


def test_each_desk_has_a_key_of_its_own(cast):
    other = Desk.objects.create(
        name="Other", slug="other", organisation="Other", scale=cast.desk.scale
    )
    assert printed_key(cast.desk) != printed_key(other)


def test_it_may_answer_later_and_is_asked_below_its_own_address(own, service):
    done = {"status": "done", "archived_url": ARCHIVED, "at": "2026-11-29T11:15:00+01:00"}
    site = service(Reply(None))
    pending = {"status": "pending", "job": f"{site.home}/jobs/1?x=2"}
    answers = [Reply(pending, 202), Reply({"status": "pending"}), Reply(done)]
    site.say = lambda _heard: answers.pop(0)
    for _time in range(3):
        assert turn()
    assert [(each.method, each.path) for each in site.heard[1:]] == [("GET", "/jobs/1?x=2")] * 2
    assert all(each.headers["webhook-signature"] for each in site.heard)
    row = only()
    assert (row.state, row.archived_url) == ("answered", ARCHIVED)
    assert row.archived_at == dt.datetime(2026, 11, 29, 10, 15, tzinfo=dt.UTC)


def test_it_cannot_have_another_host_asked(own, service):
    with servers.serving(servers.page(b"{}")) as canary:
        service(Reply({"status": "pending", "job": f"http://{canary.name}/"}))
        assert turn()
        assert not turn()
        assert canary.connections == 0
    assert (only().state, only().problem) == ("failed", "elsewhere")


def test_a_job_of_a_name_that_cannot_be_kept_is_none(own, service):
    site = service(Reply(None))
    site.say = lambda _heard: Reply({"status": "pending", "job": f"{site.home}/{'j' * 600}"})
    assert turn()
    assert (only().state, only().problem) == ("failed", "elsewhere")


def test_another_archive_of_the_desk_is_told_and_not_asked_after_the_jobs_of_the_first(
    own, service, settings
):
    first = service(Reply(None))
    first.say = lambda _heard: Reply({"status": "pending", "job": f"{first.home}/jobs/1"}, 202)
    assert turn()
    with serving(lambda _heard: Reply({"status": "done"})) as second:
        settings.FETCH_ALLOWED = [*settings.FETCH_ALLOWED, second.name]
        Desk.objects.update(archiver=f"{second.home}/hook")
        assert turn()
        (heard,) = second.heard
    assert (heard.method, heard.path) == ("POST", "/hook")
    assert len(first.heard) == 1, "the first is asked nothing more"
    assert only().state == "answered"


def test_one_that_takes_it_and_says_nothing_is_believed_no_more_than_that(cast, own, service):
    service(Reply(b"", 204))
    assert turn()
    assert (only().state, only().archived_url) == ("answered", "")
    assert "does not say where its copy is" in page_of(cast.eda, own)


@pytest.mark.parametrize(
    "said",
    [
        "javascript:alert(1)",
        "https://me:word@archive.example/1",
        "https://archive.example/" + "a" * 2500,
        7,
    ],
)
def test_what_is_no_web_address_is_none_of_a_copy(own, service, said):
    service(Reply({"status": "done", "archived_url": said, "at": "soon"}))
    assert turn()
    assert (only().archived_url, only().archived_at) == ("", None)


# --- what readers are told ---


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


# --- the secrets ---


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
