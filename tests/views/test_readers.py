"""Readers' reports from the form to the letter, and what a desk says of itself."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from functools import partial
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from annotations.models import Letter, Report, Salt, Statement
from annotations.vocabulary import StatementKind
from annotations.workflow import reports
from tests import cast as c
from tests.cast import import_text
from tests.workflow.racing import at_once

from .readers import article_page, bury, claim_page


@pytest.fixture(autouse=True)
def empty_cache():
    caches["process"].clear()


WORDS = "The letter is from June, not May."


def form_of(url: str, client: Client | None = None) -> dict[str, str]:
    page = (client or Client()).get(url).content.decode()
    return {
        name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("opened", "key")
    }


def report_url(claim) -> str:
    return f"/report/desk/?claim={claim.number}"


def send(claim, time_machine, client: Client | None = None, **fields):
    """Open the form, take time, send it."""
    client = client or Client()
    sent = form_of(report_url(claim), client) | {"words": WORDS} | fields
    time_machine.shift(dt.timedelta(seconds=30))
    return client.post(report_url(claim), sent)


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    return time_machine


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_every_published_page_leads_to_its_form_and_no_form_to_anything_else(cast):
    article, claim = cast.published()
    for url in (article_page(article), claim_page(claim)):
        page = Client().get(url).content.decode()
        form = page.split("Report an error")[0].rsplit('href="', 1)[1].split('"')[0]
        assert Client().get(form).status_code == 200, form
    for odd in ("", "?claim=99", "?claim=x", "?claim=٣", "?article=none", "?claim=" + "9" * 30):
        assert Client().get(f"/report/desk/{odd}").status_code == 404, odd
    unpublished = import_text(cast.desk, cast.eda, "Another text. It says little.")
    assert Client().get(f"/report/desk/?article={unpublished.slug}").status_code == 404


def test_a_report_is_kept_with_the_edition_it_is_about(cast, clock):
    _article, claim = cast.published()
    answer = send(claim, clock, evidence="The register", email="reader@mail.example")
    assert answer.status_code == 302
    assert "Thank you" in Client().get(answer["Location"]).content.decode()
    report = Report.objects.get()
    assert (report.words, report.evidence) == (WORDS, "The register")
    assert report.edition == claim.editions.get()
    assert not report.is_suspect


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"words": ""}, "Say what is wrong."),
        ({"email": "no address"}, "valid email"),
        ({"opened": "forged"}, "open for too long"),
        ({"words": "w" * 5001}, "5001"),
    ],
)
def test_a_bad_form_says_what_and_where_and_loses_nothing(cast, clock, fields, told):
    _article, claim = cast.published()
    answer = send(claim, clock, evidence="Kept evidence", **fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert told in page
    assert "Kept evidence" in page
    assert not Report.objects.exists()


def test_a_form_sent_at_once_is_a_machines_and_may_be_sent_again(cast, clock):
    _article, claim = cast.published()
    sent = form_of(report_url(claim)) | {"words": WORDS}
    first = Client().post(report_url(claim), sent)
    assert first.status_code == 422
    assert WORDS in first.content.decode()
    clock.shift(dt.timedelta(seconds=5))
    assert Client().post(report_url(claim), sent).status_code == 302


def test_a_form_open_for_days_is_opened_anew_with_the_words(cast, clock):
    _article, claim = cast.published()
    sent = form_of(report_url(claim)) | {"words": WORDS}
    clock.shift(dt.timedelta(days=2))
    page = Client().post(report_url(claim), sent).content.decode()
    assert WORDS in page
    again = {"words": WORDS, "opened": page.split('name="opened" value="')[1].split('"')[0]}
    clock.shift(dt.timedelta(seconds=5))
    assert Client().post(report_url(claim), again).status_code == 302


def test_what_fills_the_hidden_field_is_kept_apart_not_lost(cast, clock):
    _article, claim = cast.published()
    assert send(claim, clock, website="https://spam.example").status_code == 302
    assert Report.objects.get().is_suspect


def test_one_sender_may_send_five_an_hour_and_another_still_may(cast, clock):
    _article, claim = cast.published()
    for _each in range(reports.HOURLY):
        assert send(claim, clock).status_code == 302
    refused = send(claim, clock)
    assert refused.status_code == 429
    assert WORDS in refused.content.decode()
    forged = Client(headers={"X-Forwarded-For": "9.9.9.9"})
    assert send(claim, clock, forged).status_code == 429, "what a sender says of itself is no proof"
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert send(claim, clock, other).status_code == 302
    clock.shift(dt.timedelta(hours=1))
    assert send(claim, clock).status_code == 302


def test_a_report_sent_twice_is_one_report_and_other_words_are_another(cast, clock):
    article, claim = cast.published()
    url = report_url(claim)
    sent = form_of(url) | {"words": WORDS, "email": "ana@mail.example"}
    clock.shift(dt.timedelta(seconds=30))
    first, again = Client().post(url, sent), Client().post(url, sent)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first["Location"] == again["Location"]
    assert Report.objects.count() == 1
    # Back to the form, and something else is said; or the same of the whole article.
    assert Client().post(url, sent | {"words": "And the map is old."}).status_code == 302
    of_article = f"/report/desk/?article={article.slug}"
    assert Client().post(of_article, sent).status_code == 302
    assert Report.objects.count() == 3
    # A form of before has no key.
    del sent["key"]
    assert Client().post(url, sent).status_code == 302
    assert Report.objects.count() == 4


def test_a_report_that_was_kept_is_no_more_than_its_reader_may_send(cast, clock):
    _article, claim = cast.published()
    url = report_url(claim)
    for _each in range(reports.HOURLY):
        sent = form_of(url) | {"words": WORDS}
        clock.shift(dt.timedelta(seconds=30))
        assert Client().post(url, sent).status_code == 302
    assert Client().post(url, sent).status_code == 302, "the last is there already"


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_report(cast):
    _article, claim = cast.published()
    claim.refresh_from_db()
    draft = reports.ReportDraft(words=WORDS, key=uuid.uuid4())
    acts = [partial(reports.receive, claim.edition, draft, address="192.0.2.7")] * 3
    assert at_once(*acts) == {"done": 3}
    assert Report.objects.count() == 1


def senders(cast, clock, *came: str) -> int:
    """How many senders these are counted as: each an X-Forwarded-For."""
    _article, claim = cast.published()
    for forwarded in came:
        send(claim, clock, Client(headers={"X-Forwarded-For": forwarded}))
    found = Report.objects.values_list("sender", flat=True)
    assert len(found) == len(came)
    return len(set(found))


@pytest.mark.parametrize(
    ("proxies", "ending"), [(1, ""), (2, ", 198.51.100.7"), (3, ", 198.51.100.7, 10.0.0.1")]
)
def test_behind_our_proxies_the_sender_is_whom_the_first_of_them_saw(
    cast, clock, settings, proxies, ending
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    seen = ("192.0.2.1", "192.0.2.2", "192.0.2.1")
    came = [f"9.9.9.{number}, {last}{ending}" for number, last in enumerate(seen)]
    assert senders(cast, clock, *came) == 2


def test_what_a_sender_says_of_its_own_address_is_of_no_use(cast, clock):
    assert senders(cast, clock, "9.9.9.1", "9.9.9.2", "") == 1


def test_whoever_has_a_network_of_ipv6_is_one_sender(cast, clock, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert senders(cast, clock, "2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1") == 2


def test_no_network_address_is_stored_and_salts_are_deleted(cast, clock):
    _article, claim = cast.published()
    send(claim, clock)
    first = Report.objects.get()
    assert "127.0.0.1" not in str(vars(first))
    clock.shift(dt.timedelta(days=3))
    send(claim, clock)
    assert Salt.objects.count() == 1
    assert Report.objects.exclude(pk=first.pk).get().sender != first.sender


def test_the_form_is_the_only_public_page_with_a_cookie_and_is_not_cached(cast):
    _article, claim = cast.published()
    answer = Client().get(report_url(claim))
    assert "csrftoken" in answer.cookies
    assert "no-store" in answer["Cache-Control"]
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(report_url(claim), {"words": WORDS}).status_code == 403


def answered(cast, clock, **fields) -> tuple[Report, dict[str, str]]:
    _article, claim = cast.published()
    send(claim, clock, email="reader@mail.example", evidence="The register")
    report = Report.objects.get()
    name = report.uuid.hex
    sent = {"outcome": "stands", "answer": "It is from May: see page 2."} | fields
    return report, {f"{name}-{key}": value for key, value in sent.items()}


def test_the_desk_answers_and_the_reader_is_told(cast, clock):
    report, sent = answered(cast, clock)
    editor = client_of(cast.eli)
    page = editor.get(reverse("reports", args=["desk"])).content.decode()
    assert WORDS in page
    assert "reader@mail.example" not in page, "the address is for the answer only"
    answer = editor.post(reverse("answer_report", args=["desk", report.uuid]), sent, follow=True)
    assert "on its way" in answer.content.decode()
    assert mail.outbox == [], "nothing is sent inside a request"
    call_command("worker", "--once")
    (letter,) = mail.outbox
    assert letter.to == ["reader@mail.example"]
    assert "It is from May: see page 2." in letter.body
    assert WORDS in letter.body
    assert Letter.objects.get().sent_at is not None
    page = editor.get(reverse("reports", args=["desk"])).content.decode()
    assert "The reader was told by mail" in page
    again = editor.post(reverse("answer_report", args=["desk", report.uuid]), sent, follow=True)
    assert "answered it already" in again.content.decode()
    assert Letter.objects.count() == 1


def test_an_editor_reads_that_the_reader_was_not_told_and_has_it_sent_again(cast, clock, settings):
    report, _sent = answered(cast, clock)
    settings.EMAIL_BACKEND = "tests.views.test_readers.Broken"
    reports.answer(report, "stands", "It stands.", actor=cast.eli, url="https://x.example/")
    editor, url = client_of(cast.eli), reverse("reports", args=["desk"])
    call_command("worker", "--once")
    page = editor.get(url).content.decode()
    assert "is tried again" in page
    assert "The mail server is away" in page
    for _day in range(8):
        clock.shift(dt.timedelta(hours=12))
        call_command("worker", "--once")
    page = editor.get(url).content.decode()
    assert "The reader was not told." in page
    assert "The mail server is away" in page
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("worker", "--once")
    assert mail.outbox == [], "it was given up"
    for name in ("ann", "stranger"):
        refused = client_of(getattr(cast, name)).post(
            reverse("tell_again", args=["desk", report.uuid])
        )
        assert refused.status_code in (403, 404)
    editor.post(reverse("tell_again", args=["desk", report.uuid]))
    call_command("worker", "--once")
    call_command("worker", "--once")
    assert len(mail.outbox) == 1
    assert "The reader was told by mail" in editor.get(url).content.decode()


class Broken:
    def __init__(self, **_options):
        pass

    def send_messages(self, _messages):
        raise OSError("The mail server is away")

    def close(self):
        pass


def test_without_a_mail_server_an_editor_reads_that_nobody_is_told(cast, clock, settings):
    settings.MAIL_GOES_OUT = False
    report, sent = answered(cast, clock)
    editor, url = client_of(cast.eli), reverse("reports", args=["desk"])
    assert "no mail goes out from here: nobody is told" in editor.get(url).content.decode()
    answer = editor.post(reverse("answer_report", args=["desk", report.uuid]), sent, follow=True)
    assert "but the reader is not told: no mail goes out" in answer.content.decode()
    call_command("worker", "--once")
    assert "not told yet: no mail goes out" in editor.get(url).content.decode()
    clock.shift(dt.timedelta(days=4))
    call_command("worker", "--once")
    page = editor.get(url).content.decode()
    assert "The reader was not told." in page
    assert "No mail went out in three days." in page
    assert mail.outbox == []


def test_spam_and_readers_without_an_address_get_no_letter(cast, clock):
    report, _sent = answered(cast, clock)
    assert reports.answer(report, "spam", "x", actor=cast.eli, url="") is None
    send(report.edition.claim, clock)
    other = Report.objects.exclude(pk=report.pk).get()
    assert reports.answer(other, "stands", "x", actor=cast.eli, url="") is None


@pytest.mark.parametrize(("who", "status"), [("ann", 403), ("ola", 403), ("stranger", 404)])
def test_only_those_who_may_correct_see_reports(cast, clock, who, status):
    report, sent = answered(cast, clock)
    person = client_of(getattr(cast, who))
    page = person.get(reverse("reports", args=["desk"]))
    assert page.status_code == status
    assert WORDS not in page.content.decode()
    for name in ("answer_report", "correct_report"):
        assert person.post(reverse(name, args=["desk", report.uuid]), sent).status_code == status
    assert not Report.objects.get().outcome


def test_an_answer_without_words_is_asked_for_them(cast, clock):
    report, sent = answered(cast, clock, answer="")
    answer = client_of(cast.eli).post(reverse("answer_report", args=["desk", report.uuid]), sent)
    assert answer.status_code == 422
    assert "Say what came of it." in answer.content.decode()


def test_a_report_becomes_the_reason_of_a_correction(cast, clock):
    report, _sent = answered(cast, clock)
    answer = client_of(cast.eli).post(reverse("correct_report", args=["desk", report.uuid]))
    assert answer.status_code == 302
    claim = report.edition.claim
    assert claim is not None
    claim.refresh_from_db()
    assert claim.status == "deciding"
    line = claim.transitions.get(move="reopen")
    assert WORDS in line.reason
    assert line.detail == {"report": str(report.uuid)}
    assert "Being reviewed" in Client().get(claim_page(claim)).content.decode()


def test_reports_on_what_was_taken_back_are_still_readable(cast, clock):
    report, _sent = answered(cast, clock)
    assert report.edition.claim is not None
    bury(report.edition.claim, "withdrawn", "A court asked.", cast.eli)
    assert WORDS in client_of(cast.eli).get(reverse("reports", args=["desk"])).content.decode()


# --- what the desk says of itself ---


def write(cast, kind: str, body: str, based_on: int = 0):
    url = reverse("edit_statement", args=["desk", kind])
    manager, sent = client_of(cast.mia), {"body": body, "based_on": str(based_on)}
    answer = manager.post(url, sent)
    asked = answer.status_code == 200 and answer.context["seen"]
    return manager.post(url, sent | {"sure": asked}) if asked else answer


def test_a_manager_writes_and_readers_get_it_and_the_caches_hear_of_it(cast):
    url = "/about/desk/funding/"
    assert Client().get(url).status_code == 404
    before = Client().get("/about/desk/")
    assert "Not written yet" in before.content.decode()
    assert write(cast, "funding", "By readers.\n\nSee https://money.example/").status_code == 302
    page = Client().get(url).content.decode()
    assert "<p>By readers.</p>" in page
    assert 'href="https://money.example/"' in page
    assert Client().get("/about/desk/")["ETag"] != before["ETag"]
    write(cast, "funding", "By subscribers.", 1)
    assert "By subscribers." in Client().get(url).content.decode()
    assert Statement.objects.count() == 2, "the first version stays"


def test_markup_in_a_statement_stays_text(cast):
    write(cast, "staff", '<script>alert(1)</script> https://x.example/"onclick=1')
    page = Client().get("/about/desk/staff/").content.decode()
    assert "<script>alert" not in page
    assert not re.search(r"<[^>]*onclick", page)


def test_a_version_written_meanwhile_is_shown_and_nothing_is_lost(cast):
    write(cast, "staff", "Theirs.")
    answer = write(cast, "staff", "Mine.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs." in page
    assert "Mine." in page
    assert 'name="based_on" value="1"' in page
    assert write(cast, "staff", "Mine.", 1).status_code == 302


@pytest.mark.parametrize("who", ["ann", "eli", "ola"])
def test_only_a_manager_writes(cast, who):
    url = reverse("edit_statement", args=["desk", "staff"])
    answer = client_of(getattr(cast, who)).post(url, {"body": "x", "based_on": 0})
    assert answer.status_code == 403
    assert (
        client_of(getattr(cast, who)).get(reverse("statements", args=["desk"])).status_code == 200
    )


def test_the_scale_explains_itself_with_every_definition(cast):
    page = Client().get("/about/desk/ratings/").content.decode()
    for rating in cast.desk.ratings:
        assert rating.label in page
        assert rating.definition in page


def test_the_desk_is_told_which_commitments_are_not_met_yet(cast):
    editor = client_of(cast.eli)
    page = editor.get(reverse("statements", args=["desk"])).content.decode()
    assert page.count("not met yet") == 5
    for kind in StatementKind:
        if kind != StatementKind.RATINGS:
            write(cast, kind, "Words.")
    page = editor.get(reverse("statements", args=["desk"])).content.decode()
    assert "not met yet" not in page
    write(cast, "funding", "  ", 1)
    assert (
        editor.get(reverse("statements", args=["desk"])).content.decode().count("not met yet") == 1
    )


def test_two_versions_cannot_have_one_number(cast):
    write(cast, "staff", "One.")
    with pytest.raises(IntegrityError):
        Statement.objects.create(desk=cast.desk, kind="staff", number=1, written_by=cast.mia)


def test_every_public_page_leads_to_what_the_desk_says_of_itself(cast):
    article, claim = cast.published()
    for url in (article_page(article), claim_page(claim), "/checks/desk/", "/corrections/desk/"):
        assert 'href="/about/desk/"' in Client().get(url).content.decode(), url


class Code(HTMLParser):
    """What a reader copies from a page's textarea."""

    copied = ""
    inside = False

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "textarea"

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.copied += data


class Frame(HTMLParser):
    """The frame in the code that was copied."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "iframe":
            self.title = dict(attrs)["title"]


def test_the_code_to_embed_stays_one_frame_whatever_the_claim_says(cast):
    said = 'He said "never" <b onclick="x">& left</b>'
    article = cast.article()
    claim = c.mark(article, c.MARKED, cast.eda, claim_reviewed=said)
    cast.publish(article, claim)
    page, frame = Code(), Frame()
    page.feed(str(Client().get(claim_page(claim)).content, "utf-8"))
    frame.feed(page.copied)
    assert frame.title == said
