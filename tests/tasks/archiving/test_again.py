"""A service did not save a page: whoever publishes has it sent there again, and it is logged."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import ArchiveAnswer, ArchiveRequest, Claim, Desk, Source, Transition, User
from annotations.workflow import archiving
from tests import cast as c
from tests.tasks.services import Reply
from tests.tasks.test_captures import page_of

from .archived import JOB, PAGE, SUCCESS, only, turn

NO = {"status": "error", "status_ext": "error:blocked-url", "message": "This URL is blocked."}
AGAIN = "Send it again"


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(row: ArchiveRequest) -> str:
    return reverse("archive_again", args=[row.source.uuid, row.uuid])


@pytest.fixture(autouse=True)
def at_once(monkeypatch) -> None:
    """One service is asked as often as a test likes."""
    monkeypatch.setattr(archiving, "RATE", dt.timedelta(0))


@pytest.fixture
def refused(source, service) -> ArchiveRequest:
    """The service said that it will not have the page."""
    site = service(Reply(NO), Reply(JOB), Reply(SUCCESS))
    assert turn()
    assert only().state == "failed"
    assert not turn(), "it is asked for nothing more by itself"
    row = only()
    row.site = site  # type: ignore[attr-defined]
    return row


def told(person: User, row: ArchiveRequest) -> str:
    """What a person is told who presses the button."""
    here = f"http://testserver{reverse('source', args=[row.source.uuid])}"
    page = client_of(person).post(address(row), follow=True, HTTP_REFERER=here)
    return str(page.content.decode())


def test_it_is_sent_again_and_what_was_answered_before_stays(cast, source, refused):
    assert AGAIN in page_of(cast.eda, source)
    answer = client_of(cast.eda).post(address(refused))
    assert answer["Location"] == reverse("source", args=[source.uuid])
    before, row = ArchiveRequest.objects.order_by("pk")
    assert (before.state, before.about_problem) == ("failed", {"said": NO["message"]})
    assert (row.state, row.tries, row.address) == ("waiting", 0, PAGE)
    assert AGAIN not in page_of(cast.eda, source)
    assert turn()
    assert turn()
    row.refresh_from_db()
    assert row.state == "answered"
    assert [each.method for each in refused.site.heard] == ["POST", "POST", "GET"]
    assert [answer.request for answer in ArchiveAnswer.objects.order_by("pk")] == [before, row, row]
    page = page_of(cast.eda, source)
    assert NO["message"] in page, "what was said before stays"
    assert AGAIN not in page


def test_what_fails_again_is_sent_once_more_again(cast, source, refused):
    refused.site.say = lambda _heard: Reply(NO)
    workflow.archive_again(refused, actor=cast.eda)
    assert turn()
    assert page_of(cast.eda, source).count(AGAIN) == 1, "for the last, and not for each"
    second = ArchiveRequest.objects.latest("pk")
    workflow.archive_again(second, actor=cast.eda)
    assert ArchiveRequest.objects.filter(state="failed").count() == 2
    assert ArchiveRequest.objects.open().count() == 1


def test_it_is_a_line_of_the_log_of_the_claim(cast, refused):
    workflow.archive_again(refused, actor=cast.eda)
    line = Transition.objects.get(move="archive again")
    assert (line.actor, line.detail) == (cast.eda, {"service": "internet_archive", "address": PAGE})
    claim = Claim.objects.get(verdict__citations__source=refused.source)
    assert line.claim == claim
    page = client_of(cast.eda).get(reverse("log", args=["desk"])).content.decode()
    assert f"Had it sent to an archive once more: the Internet Archive, {PAGE}" in page


def test_who_checks_the_claim_blind_again_does_not_read_that_line(cast, refused):
    workflow.archive_again(refused, actor=cast.eda)
    line = Transition.objects.get(move="archive again")
    zoe = c.make_person("zoe", cast.desk)
    assert Transition.objects.visible_to(zoe).filter(pk=line.pk).exists()
    assert line.claim is not None
    workflow.reopen(line.claim, actor=cast.eli, reason="A letter came.")
    workflow.ask_again(line.claim, zoe, actor=cast.eli)
    assert not Transition.objects.visible_to(zoe).filter(pk=line.pk).exists()


def test_while_it_waits_it_is_not_sent_again(cast, source, refused):
    client_of(cast.eda).post(address(refused))
    assert "It is asked already." in told(cast.eli, refused)
    with pytest.raises(workflow.Refused):
        workflow.archive_again(refused, actor=cast.eli)
    assert Transition.objects.filter(move="archive again").count() == 1


def test_while_another_description_of_the_document_waits_it_is_not_sent_again(cast, refused):
    other = Source.objects.create(
        desk=cast.desk,
        title="Also",
        url=refused.source.url,
        document=refused.source.document,
        added_by=cast.ben,
    )
    ArchiveRequest.objects.create(source=other, service=refused.service, address=other.url)
    with pytest.raises(workflow.Refused, match="asked already"):
        workflow.archive_again(refused, actor=cast.eda)


def test_what_was_saved_is_not_sent_again(cast, refused):
    workflow.archive_again(refused, actor=cast.eda)
    assert turn()
    assert turn()
    assert ArchiveRequest.objects.latest("pk").state == "answered"
    with pytest.raises(workflow.Refused, match="nothing to send again"):
        workflow.archive_again(refused, actor=cast.eda)


@pytest.mark.parametrize("gone", ["rule", "keys", "claim"])
def test_what_would_not_be_sent_is_refused_and_the_page_says_why(
    cast, source, refused, settings, gone
):
    if gone == "rule":
        Desk.objects.update(to_internet_archive=False)
    elif gone == "keys":
        settings.INTERNET_ARCHIVE_KEYS = ""
    else:
        claim = Claim.objects.get(verdict__citations__source=source)
        workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    why = "Readers are not sent to this page now" if gone == "claim" else "Nothing is sent there"
    with pytest.raises(workflow.Refused, match=why):
        workflow.archive_again(refused, actor=cast.eda)
    page = page_of(cast.eda, source)
    assert why in page
    assert AGAIN not in page
    assert only().state == "failed"
    assert not Transition.objects.filter(move="archive again").exists()


def test_it_is_for_whoever_publishes(cast, source, refused):
    """Not for observers and checkers, who are shown no button; for a stranger there is no page."""
    for person, status in ((cast.ola, 403), (cast.ann, 403), (cast.stranger, 404)):
        assert client_of(person).post(address(refused)).status_code == status
        with pytest.raises(PermissionDenied):
            workflow.archive_again(refused, actor=person)
    assert AGAIN not in page_of(cast.ann, source)
    assert client_of(cast.eda).get(address(refused)).status_code == 405
    assert only().state == "failed"


def test_the_page_of_the_copy_has_no_button(cast, source, refused):
    """Below its policy no form may be sent."""
    copy = source.snapshots.get()
    page = client_of(cast.eda).get(reverse("read_copy", args=[copy.uuid])).content.decode()
    assert "This URL is blocked." in page
    assert AGAIN not in page


def test_a_desks_own_archive_is_told_by_a_message_of_its_own(cast, own, service):
    site = service(Reply({"status": "failed", "error": "Full"}), Reply({"status": "done"}))
    assert turn()
    workflow.archive_again(only(), actor=cast.eda)
    assert turn()
    first, second = site.heard
    assert first.headers["webhook-id"] != second.headers["webhook-id"], "or it may be passed over"
    assert ArchiveRequest.objects.latest("pk").state == "answered"
