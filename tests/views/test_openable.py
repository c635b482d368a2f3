"""Sound, film, pictures and PDFs are opened by themselves, at their second or page, in parts."""

from __future__ import annotations

import io
import wave
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations import blobs, workflow
from annotations.models import Citation, Snapshot, User
from annotations.views import ranges
from tests import cast as c
from tests.formats.files import column, pdf

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 99


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sound(seconds: int = 600) -> bytes:
    """A WAV file of silence, 8,000 bytes a second."""
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(1)
        written.setframerate(8000)
        written.writeframes(b"\x80" * 8000 * seconds)
    return file.getvalue()


def cited(cast: Any, data: bytes, media_type: str, locator: str) -> tuple[Citation, Snapshot]:
    _article, claim = cast.checking()
    citation = workflow.save_citation(
        c.check_of(claim, cast.ann),
        workflow.SourceDraft("The interview", url="https://radio.example/1"),
        person=cast.ann,
        stance="supports",
        locator=locator,
    )
    copy = workflow.keep_copy(citation.source, data, person=cast.ann, media_type=media_type)
    return citation, copy


def asked(copy: Snapshot, person: User, **headers: str) -> Any:
    return client_of(person).get(reverse("copy_file", args=[copy.uuid]), headers=headers)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("data", "kind", "element"),
    [
        (sound(10), "audio/wav", "<audio"),
        (b"ID3\x04" + b"x" * 99, "audio/mpeg", "<audio"),
        (b"\xff\xfb\x90" + b"x" * 99, "audio/mpeg", "<audio"),
        (b"\x1a\x45\xdf\xa3" + b"x" * 99, "video/webm", "<video"),
        (b"\0\0\0\x18ftypmp42" + b"x" * 99, "video/mp4", "<video"),
        (PNG, "image/png", "<img"),
    ],
)
def test_a_file_is_shown_by_what_it_is_whatever_it_was_called(cast, data, kind, element):
    citation, copy = cited(cast, data, "text/html", "04:12")
    page = client_of(cast.ann).get(reverse("read_passage", args=[copy.uuid, citation.uuid]))
    assert element in page.content.decode()
    answer = asked(copy, cast.ann)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (kind, "nosniff")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert body(answer) == data


def test_a_recording_opens_at_the_second_that_is_cited(cast):
    citation, copy = cited(cast, sound(10), "audio/wav", "1:04:12")
    url = reverse("cited_copy", args=[citation.uuid])
    page = client_of(cast.ann).get(url, follow=True).content.decode()
    assert f'src="{reverse("copy_file", args=[copy.uuid])}#t=3852"' in page
    assert "It is open at <bdi>1:04:12</bdi>" in page


def test_a_pdf_opens_at_its_page(cast):
    citation, copy = cited(cast, pdf([column(["One."]), column(["Two."])]), "", "p. 2")
    url = reverse("read_passage", args=[copy.uuid, citation.uuid])
    page = client_of(cast.ann).get(url).content.decode()
    assert f'href="{reverse("copy_file", args=[copy.uuid])}#page=2"' in page
    assert "Open the PDF itself at page 2" in page
    answer = asked(copy, cast.ann)
    assert answer["Content-Type"] == "application/pdf"
    assert "sandbox" not in answer["Content-Security-Policy"], "no browser opens a PDF below it"


@pytest.mark.parametrize(
    "data",
    [
        b"<!doctype html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF8<script>alert(1)</script>",
        b"",
        b"words",
    ],
)
@pytest.mark.parametrize("declared", ["image/svg+xml", "application/pdf", "audio/wav"])
def test_what_could_act_is_opened_by_nobody(cast, data, declared):
    _citation, copy = cited(cast, data, declared, "")
    assert asked(copy, cast.ann).status_code == 404


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=100-", 100, 10_000),
        ("bytes=-7", 9_993, 10_000),
        ("bytes=9999-20000", 9_999, 10_000),
        ("bytes=-20000", 0, 10_000),
    ],
)
def test_a_part_is_answered_with_that_part(cast, wanted, start, end):
    data = bytes(range(256)) * 40
    data = (PNG + data)[:10_000]
    _citation, copy = cited(cast, data, "", "")
    answer = asked(copy, cast.ann, range=wanted)
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {start}-{end - 1}/10000"
    assert answer["Content-Length"] == str(end - start)
    assert body(answer) == data[start:end]


@pytest.mark.parametrize("wanted", ["bytes=999999-", "bytes=5-4", "bytes=-0"])
def test_a_part_that_there_is_none_of_is_refused(cast, wanted):
    _citation, copy = cited(cast, PNG, "", "")
    answer = asked(copy, cast.ann, range=wanted)
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(PNG)}")


@pytest.mark.parametrize(
    "wanted", ["bytes=0-1,4-5", "lines=1-2", "bytes=a-b", "bytes=-" + "9" * 99, "x" * 10_000]
)
def test_what_is_no_part_gets_the_whole(cast, wanted):
    _citation, copy = cited(cast, PNG, "", "")
    answer = asked(copy, cast.ann, range=wanted)
    assert answer.status_code == 200
    assert body(answer) == PNG


def test_a_part_of_other_bytes_is_not_put_to_these(cast):
    _citation, copy = cited(cast, PNG, "", "")
    headers = {"range": "bytes=4-", "if-range": '"another"'}
    assert asked(copy, cast.ann, **headers).status_code == 200
    headers["if-range"] = asked(copy, cast.ann)["ETag"]
    assert asked(copy, cast.ann, **headers).status_code == 206


def test_no_answer_to_a_player_is_long(cast):
    """One that is paused would hold a worker; it asks for the rest by itself."""
    data = sound(600)
    _citation, copy = cited(cast, data, "", "")
    answer = asked(copy, cast.ann, range="bytes=0-")
    assert answer["Content-Length"] == str(ranges.AT_ONCE)
    assert answer["Content-Range"] == f"bytes 0-{ranges.AT_ONCE - 1}/{len(data)}"


def test_a_file_that_was_changed_is_not_opened(cast, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "blobs": {"BACKEND": "annotations.blobs.Folder", "OPTIONS": {"location": tmp_path}}
    }
    _citation, copy = cited(cast, PNG, "", "")
    (tmp_path / blobs.name_of(copy.sha256)).write_bytes(PNG[:-1] + b"y")
    assert asked(copy, cast.ann).status_code == 404
    page = client_of(cast.ann).get(reverse("read_copy", args=[copy.uuid])).content.decode()
    assert "This copy is not what was saved" in page
    assert "<img" not in page


def test_of_several_copies_the_recording_is_opened_at_a_time(cast):
    citation, copy = cited(cast, sound(10), "audio/wav", "00:04")
    workflow.keep_copy(
        citation.source, b"No words of it.", person=cast.ann, media_type="text/plain"
    )
    answer = client_of(cast.ann).get(reverse("cited_copy", args=[citation.uuid]))
    assert str(copy.uuid) in answer["Location"]


def test_nobody_else_opens_it(cast):
    _citation, copy = cited(cast, PNG, "", "")
    for person in (cast.ben, cast.eda, cast.mia, cast.stranger):
        assert asked(copy, person).status_code == 404
