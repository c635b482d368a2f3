"""The link of an addressee: theirs alone, once, for a time; and nothing else can be had by it."""

from __future__ import annotations

import datetime as dt
import io
import logging
import re
import uuid
import zipfile
from hashlib import sha256

import pytest
from django.core import signing
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from annotations import blobs, workflow
from annotations.models import ReplyRequest, Transition
from annotations.words import reply_letters
from annotations.workflow import replies
from tests import cast as c
from tests.formats.files import column, pdf

MAIL = "mayor@mail.example"


@pytest.fixture(autouse=True)
def fresh():
    caches["default"].clear()


def asked(cast, claims, who: str = "The mayor", **more) -> ReplyRequest:
    return workflow.ask_reply(
        claims,
        who,
        channel="email",
        actor=cast.eda,
        letter=workflow.ReplyLetter(MAIL, "What do you say?", "{claims} {link}"),
        fill=reply_letters.letter,
        **more,
    )


def link(row: ReplyRequest) -> str:
    return reverse("guest_reply", args=[replies.pass_for_reply(row)])


def typed(row: ReplyRequest, words: str = "Not so.") -> dict[str, str]:
    return {f"answer-{point.uuid}": words for point in row.points.all()} | {"words": ""}


def test_an_addressee_answers_each_claim_and_looks_before_it_is_sent(cast):
    article, claim = cast.deciding()
    other = c.mark(article, c.SECOND, cast.eda)
    row = asked(cast, [claim, other])
    guest, url = Client(enforce_csrf_checks=True), link(row)
    page = guest.get(url).content.decode()
    for point in row.points.all():
        assert point.words in page
        assert point.quote in page
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    data = typed(row) | {"csrfmiddlewaretoken": token, "words": "More to say."}
    check = guest.post(url, data)
    assert check.status_code == 200
    assert "Check your answers" in check.content.decode()
    assert not ReplyRequest.objects.get().answered_at
    changed = guest.post(url, data | {"change": "1"})
    assert "Not so." in changed.content.decode()
    assert not ReplyRequest.objects.get().answered_at
    assert guest.post(url, data | {"send": "1"}).status_code == 302
    assert "Your answer is in" in guest.get(url).content.decode()
    row.refresh_from_db()
    assert (row.came, row.answer) == ("link", "More to say.")
    assert {point.answer for point in row.points.all()} == {"Not so."}


def test_a_link_answers_once(cast):
    _article, claim = cast.deciding()
    row = asked(cast, [claim])
    guest, url = Client(), link(row)
    assert guest.post(url, typed(row) | {"send": "1"}).status_code == 302
    again = guest.post(url, typed(row, "On second thoughts.") | {"send": "1"})
    assert again.status_code == 409
    assert "Your answer is in" in again.content.decode()
    assert "Not so." not in again.content.decode(), "whoever has the link later reads no answer"
    assert "On second thoughts." in again.content.decode(), "and nobody loses what they wrote"
    twice = guest.post(url, typed(row) | {"send": "1"}).content.decode()
    assert "which was not sent" not in twice, "this is the answer that we have"
    assert row.points.get().answer == "Not so."
    assert Transition.objects.filter(move="reply").count() == 1


def test_the_browser_is_told_which_form_it_need_not_keep(cast):
    _article, claim = cast.deciding()
    row = asked(cast, [claim])
    key = str(uuid.uuid4())
    guest = Client()
    guest.post(link(row), typed(row) | {"send": "1", "key": key})
    assert guest.cookies["saved"].value == key


def test_nothing_and_too_much_are_refused_and_what_was_typed_stays(cast):
    _article, claim = cast.deciding()
    row = asked(cast, [claim])
    guest, url = Client(), link(row)
    for words, status in (("", 422), ("x" * 10_001, 422), ("a\0b", 422), ("x" * 10_000, 200)):
        answer = guest.post(url, typed(row, words))
        assert answer.status_code == status
    assert "<script>" not in guest.post(url, typed(row, "<script>x")).content.decode()
    assert not ReplyRequest.objects.get().answered_at


def test_other_claims_and_letters_cannot_be_had_or_answered(cast):
    article, claim = cast.deciding()
    other = c.mark(article, c.SECOND, cast.eda)
    row, foreign = asked(cast, [claim]), asked(cast, [other], "The clerk")
    guest, url = Client(), link(row)
    page = guest.get(url).content.decode()
    assert foreign.points.get().words not in page
    assert "The clerk" not in page
    data = typed(row) | typed(foreign, "Forged.") | {"send": "1"}
    assert guest.post(url, data).status_code == 302
    assert foreign.points.get().answer == ""
    assert not ReplyRequest.objects.get(pk=foreign.pk).answered_at


def test_nothing_of_the_desk_is_on_the_page_or_leads_there(cast):
    """Neither verdict, annotations nor people; no address but this page and our own files."""
    _article, claim = cast.decided()
    row = asked(cast, [claim])
    page = Client().get(link(row)).content.decode()
    for words in ("Finding of", "Register of", "Half", "False", "eda", "ann", "ben", MAIL):
        assert not re.search(rf"\b{words}\b", page), words
    led = set(re.findall(r'(?:href|src|action)="([^"]+)"', page))
    assert {each for each in led if not each.startswith(("/static/", "#"))} == set()


FORGED = [
    "no-pass",
    "x" * 3000,
    signing.Signer(salt="annotations.invitations").sign_object(["a" * 32, 1]),
    signing.Signer(salt="annotations.replies").sign_object(["a" * 32, 1]),
    signing.Signer(salt="annotations.replies").sign_object("x"),
    signing.Signer(salt="annotations.replies").sign_object([["x"], 1]),
    signing.Signer(key="other", salt="annotations.replies").sign_object(["a" * 32, 1]),
]


@pytest.mark.parametrize("forged", FORGED)
def test_no_other_pass_leads_in(cast, forged):
    url = reverse("guest_reply", args=[forged])
    assert Client().get(url).status_code == 404
    assert Client().post(url, {"words": "Me.", "send": "1"}).status_code == 404


def test_one_changed_sign_leads_nowhere(cast):
    _article, claim = cast.deciding()
    row = asked(cast, [claim])
    shown = replies.pass_for_reply(row)
    for at in range(0, len(shown), 7):
        other = shown[:at] + ("A" if shown[at] != "A" else "B") + shown[at + 1 :]
        url = reverse("guest_reply", args=[other])
        assert Client().get(url).status_code in (404, 429)
        caches["default"].clear()


def test_a_pass_ends_and_is_for_the_end_that_was_named(cast, time_machine):
    _article, claim = cast.deciding()
    row = asked(cast, [claim], until=dt.date(2096, 12, 1))
    later = signing.Signer(salt="annotations.replies").sign_object([row.uuid.hex, 4_000_000_000])
    assert Client().get(reverse("guest_reply", args=[later])).status_code == 404
    time_machine.move_to(row.link_until)
    late = Client().post(link(row), typed(row) | {"send": "1"})
    assert "Not so." in late.content.decode()
    for answer in (Client().get(link(row)), late):
        assert answer.status_code == 410
        assert claim.claim_reviewed not in answer.content.decode()
    assert not ReplyRequest.objects.get().answered_at


def test_a_letter_that_is_withdrawn_is_asked_no_more(cast):
    _article, claim = cast.deciding()
    row = asked(cast, [claim])
    workflow.withdraw_reply(row, "In error.", actor=cast.eda)
    for answer in (Client().get(link(row)), Client().post(link(row), typed(row) | {"send": "1"})):
        assert answer.status_code == 410
        assert claim.claim_reviewed not in answer.content.decode()
        assert "withdrawn" in answer.content.decode()
    assert not ReplyRequest.objects.get().answered_at


def test_the_page_is_kept_by_nobody_and_listed_nowhere(cast):
    _article, claim = cast.deciding()
    row = asked(cast, [claim])
    for answer in (Client().get(link(row)), Client().post(link(row), typed(row))):
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"].startswith("noindex")
        assert answer["Referrer-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert "Disallow: /reply/" in Client().get("/robots.txt").content.decode()


def test_it_is_throttled(cast):
    _article, claim = cast.deciding()
    row, guest = asked(cast, [claim]), Client()
    forged = reverse("guest_reply", args=["no-pass"])
    statuses = [guest.post(forged, {"words": "x"}).status_code for _ in range(61)]
    assert (statuses[0], statuses[-1]) == (404, 429)
    assert guest.post(link(row), typed(row) | {"send": "1"}).status_code == 429
    assert not ReplyRequest.objects.get().answered_at


def test_neither_pass_nor_address_is_in_the_journal(cast, caplog):
    _article, claim = cast.deciding()
    with caplog.at_level(logging.DEBUG):
        row = asked(cast, [claim])
        guest, url = Client(), link(row)
        guest.get(url)
        guest.post(url, typed(row, "Words of the mayor") | {"send": "1"})
        guest.post(url, typed(row) | {"send": "1"})
        guest.get(url + "x")
    said = "\n".join(
        f"{each.getMessage()} {getattr(each, 'fields', '')}"
        for each in caplog.records
        if each.name.startswith("annotations")
    )
    assert "guest_reply" in said
    for secret in (replies.pass_for_reply(row), MAIL, "Words of the mayor", "The mayor"):
        assert secret not in said


def test_who_is_signed_in_sees_no_more_there_and_answers_as_the_addressee(cast):
    _article, claim = cast.deciding()
    row = asked(cast, [claim])
    editor = Client()
    editor.force_login(cast.eli)
    page = editor.get(link(row)).content.decode()
    assert "eli" not in page
    assert editor.post(link(row), typed(row) | {"send": "1"}).status_code == 302
    assert Transition.objects.get(move="reply").actor is None


# --- a file ---

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 99


def packed(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")


def send(row: ReplyRequest, data: bytes, name: str = "plan.pdf"):
    upload = SimpleUploadedFile(name, data, "application/pdf")
    return Client().post(link(row), typed(row) | {"send": "1", "file": upload})


@pytest.mark.parametrize(
    ("data", "name", "kept"),
    [
        (PNG, "C:\\Pictures\\plan.exe", "plan.png"),
        (pdf([column(["A plan."])]), "../../plan.html", "plan.pdf"),
        (DOCX, "plan.docm", "plan.docx"),
    ],
)
def test_a_file_comes_with_the_answer_and_is_called_by_what_it_is(cast, data, name, kept):
    article, claim = cast.deciding()
    row = asked(cast, [claim])
    check = Client().post(link(row), typed(row)).content.decode()
    assert 'type="file"' in check
    assert 'enctype="multipart/form-data"' in check
    assert send(row, data, name).status_code == 302
    row.refresh_from_db()
    assert (row.attachment_name, row.came) == (kept, "link")
    assert blobs.read(row.attachment) == data
    desk = Client()
    desk.force_login(cast.eda)
    page = desk.get(reverse("replies", args=[article.pk])).content.decode()
    assert kept in page
    answer = desk.get(reverse("reply_file", args=[article.pk, row.uuid]))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    "data",
    [
        b"<!doctype html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ" + b"\0" * 99,
        b"PK\x03\x04 broken",
        packed("evil.exe"),
        packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        packed("[Content_Types].xml", "word/document.xml", *(f"{n}" for n in range(2001))),
        b"ID3" + b"\0" * 99,
        b"Only words.",
        PNG + b"x" * (10 * 1024 * 1024),
    ],
    ids=[
        "page",
        "drawing",
        "program",
        "broken",
        "archive",
        "macros",
        "many",
        "sound",
        "words",
        "large",
    ],
)
def test_what_is_not_taken_is_said_and_what_was_typed_stays(cast, data):
    """Called a PDF each time: what it is counts."""
    _article, claim = cast.deciding()
    row = asked(cast, [claim])
    answer = send(row, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Not so." in page
    assert "Check your answers" in page
    assert not ReplyRequest.objects.get().answered_at
    assert Client().post(link(row), typed(row) | {"send": "1"}).status_code == 302
    assert ReplyRequest.objects.get().attachment == ""


def test_a_file_alone_is_no_answer(cast):
    _article, claim = cast.deciding()
    row = asked(cast, [claim])
    upload = SimpleUploadedFile("plan.png", PNG)
    answer = Client().post(link(row), typed(row, "") | {"send": "1", "file": upload})
    assert answer.status_code == 422
    assert not ReplyRequest.objects.get().answered_at


def test_no_file_is_kept_of_a_link_that_is_closed(cast):
    _article, claim = cast.deciding()
    row = asked(cast, [claim])
    assert send(row, PNG).status_code == 302
    other = b"\x89PNG\r\n\x1a\nanother"
    assert send(row, other).status_code == 409
    with pytest.raises(blobs.Missing):
        blobs.read(sha256(other).hexdigest())


def test_whoever_checks_blind_gets_no_file_of_an_answer(cast):
    article, claim = cast.deciding()
    row = asked(cast, [claim])
    send(row, PNG)
    workflow.ask_again(claim, cast.mia, actor=cast.eda, reason="One more.")
    person = Client()
    person.force_login(cast.mia)
    assert person.get(reverse("reply_file", args=[article.pk, row.uuid])).status_code == 404


def test_no_room_for_a_file_is_said_and_the_words_stay(cast, monkeypatch):
    def full(_data: bytes) -> None:
        raise OSError("No space left on device")

    _article, claim = cast.deciding()
    row = asked(cast, [claim])
    monkeypatch.setattr(blobs, "keep", full)
    answer = send(row, PNG)
    assert answer.status_code == 409
    assert "There is no room for the file just now" in answer.content.decode()
    assert "Not so." in answer.content.decode()
    assert not ReplyRequest.objects.get().answered_at
