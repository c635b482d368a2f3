"""The page where a desk asks for replies and keeps them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from annotations import blobs, workflow
from annotations.models import Letter, LetterTemplate, ReplyRequest

MAIL = "mayor@mail.example"
KEY = {"key": "0b7c39e0-5f3a-4c50-8f3b-fac7c4ec0001"}
EML = (
    b"From: The Mayor <mayor@mail.example>\r\nSubject: Re: What do you say?\r\n"
    b"Date: Tue, 24 Nov 2026 10:00:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"It is not so, and never was.\r\n"
)


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def letter(claim, **more) -> dict[str, object]:
    return {
        "claims": [claim.pk],
        "addressee": "The mayor",
        "email": MAIL,
        "subject": "What do you say?",
        "letter": "Dear {addressee},\n\n{claims}\n\n{link}",
    } | more


def test_a_letter_is_looked_at_before_it_is_sent_once(cast):
    article, claim = cast.deciding()
    url, eda = reverse("replies", args=[article.pk]), as_(cast.eda)
    page = eda.get(url).content.decode()
    assert "{claims}" in page, "the letter begins with the desk's words"
    look = eda.post(url, letter(claim, **KEY)).content.decode()
    assert "Dear The mayor," in look
    assert claim.claim_reviewed in look
    assert not ReplyRequest.objects.exists()
    changed = eda.post(url, letter(claim, change="1", **KEY))
    assert changed.status_code == 200
    assert "Dear {addressee}," in changed.content.decode()
    for _once_and_again in range(2):
        assert eda.post(url, letter(claim, send="1", **KEY)).status_code == 302
    assert ReplyRequest.objects.get().channel == "email"
    assert Letter.objects.filter(kind="reply").count() == 1
    assert "The letter is on its way" in eda.get(url).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nobody"},
        {"subject": ""},
        {"letter": ""},
        {"channel": "phone"},
        {"until": "2020-01-01"},
        {"not_needed": "No."},
        {"claims": []},
    ],
)
def test_what_cannot_be_sent_comes_back_as_it_was_typed(cast, wrong):
    article, claim = cast.deciding()
    answer = as_(cast.eda).post(
        reverse("replies", args=[article.pk]), letter(claim, send="1", **wrong)
    )
    assert answer.status_code == 422
    assert "Dear {addressee}" in answer.content.decode() or "letter" in wrong
    assert not ReplyRequest.objects.exists()


def test_where_no_mail_goes_out_requests_are_noted(cast, settings):
    settings.MAIL_GOES_OUT = False
    article, claim = cast.deciding()
    url, eda = reverse("replies", args=[article.pk]), as_(cast.eda)
    assert 'name="email"' not in eda.get(url).content.decode()
    assert eda.post(url, letter(claim, channel="phone", send="1")).status_code == 302
    assert ReplyRequest.objects.get().email == ""
    assert not Letter.objects.exists()


def test_only_who_asks_sees_the_address(cast):
    article, claim = cast.deciding()
    url = reverse("replies", args=[article.pk])
    as_(cast.eda).post(url, letter(claim, send="1", **KEY))
    assert MAIL in as_(cast.eda).get(url).content.decode()
    assert MAIL not in as_(cast.ola).get(url).content.decode()


def asked(cast, claim) -> ReplyRequest:
    return workflow.ask_reply([claim], "The mayor", channel="email", actor=cast.eda)


def test_a_mail_that_is_brought_is_the_answer_and_is_kept(cast):
    article, claim = cast.deciding()
    row = asked(cast, claim)
    keep = reverse("keep_reply", args=[article.pk, row.uuid])
    assert 'enctype="multipart/form-data"' in as_(cast.eda).get(keep).content.decode()
    file = SimpleUploadedFile("answer.eml", EML, "message/rfc822")
    assert as_(cast.eda).post(keep, {"answer": "", "file": file}).status_code == 302
    row.refresh_from_db()
    assert "It is not so, and never was." in row.answer
    assert row.came == "mail"
    assert blobs.read(row.attachment) == EML
    got = as_(cast.ola).get(reverse("reply_file", args=[article.pk, row.uuid]))
    assert b"".join(got) == EML
    assert got["Content-Disposition"] == 'attachment; filename="answer.eml"'
    assert got["Content-Security-Policy"] == "sandbox"


def test_a_file_that_is_no_mail_is_no_answer_by_itself(cast):
    article, claim = cast.deciding()
    row = asked(cast, claim)
    keep, eda = reverse("keep_reply", args=[article.pk, row.uuid]), as_(cast.eda)
    picture = SimpleUploadedFile("scan.png", b"\x89PNG", "image/png")
    assert eda.post(keep, {"file": picture}).status_code == 422
    broken = SimpleUploadedFile("broken.eml", b"\x00\x01", "message/rfc822")
    assert eda.post(keep, {"file": broken}).status_code == 422
    picture.seek(0)
    assert eda.post(keep, {"answer": "As scanned.", "file": picture}).status_code == 302
    row.refresh_from_db()
    assert (row.answer, row.attachment_name, row.came) == ("As scanned.", "scan.png", "hand")


def test_a_file_of_an_answer_is_for_who_may_see_the_answer(cast):
    article, claim = cast.checking()
    row = asked(cast, claim)
    given = workflow.Answered("So.", file=b"MARKER", file_name="a.txt")
    workflow.keep_reply(row, given, actor=cast.eda)
    url = reverse("reply_file", args=[article.pk, row.uuid])
    assert [as_(who).get(url).status_code for who in (cast.ann, cast.stranger)] == [404, 404]
    assert as_(cast.ola).get(url).status_code == 200


def test_a_request_is_withdrawn_with_a_reason(cast):
    article, claim = cast.deciding()
    row = asked(cast, claim)
    url, eda = reverse("withdraw_reply", args=[article.pk, row.uuid]), as_(cast.eda)
    assert eda.post(url, {"reason": ""}).status_code == 422
    assert eda.post(url, {"reason": "Sent in error."}).status_code == 302
    assert "Withdrawn" in eda.get(reverse("replies", args=[article.pk])).content.decode()


def test_a_manager_writes_the_letter_and_a_stale_one_is_told(cast):
    url, mia = reverse("letter", args=[cast.desk.slug]), as_(cast.mia)
    data = {"subject": "Yours", "body": "{claims}", "based_on": 0}
    assert mia.post(url, data).status_code == 302
    stale = mia.post(url, data | {"subject": "Mine", "body": "{claims} again"})
    assert stale.status_code == 409
    assert "{claims} again" in stale.content.decode()
    assert LetterTemplate.objects.count() == 1
    assert mia.post(url, {"subject": "", "body": ""}).status_code == 422
