"""A page that a person saved is read as one that was fetched: its words, and how it looked."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.capture import recording
from annotations.formats import rendering
from annotations.models import Citation, Snapshot, User
from tests import cast as c
from tests.capture.test_brought import FERRY, PAGE, PICTURE, SITE, packed, warc

PASSAGE = "The ferry returns in spring."
INSIDE = f"data:image/png;base64,{b64encode(PICTURE * 100).decode()}"
SAVED = f"""<!DOCTYPE html><html><!-- Page saved with SingleFile -->
<head><style>p {{ background: url("{INSIDE}") }}</style></head>
<body><p>The ferry returns in spring.<script>alert(1)</script><img src="{INSIDE}"></p>""".encode()


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def cited(cast) -> Citation:
    _article, claim = cast.checking()
    citation: Citation = workflow.save_citation(
        c.check_of(claim, cast.ann),
        workflow.SourceDraft("The ferry", url=FERRY),
        person=cast.ann,
        stance="supports",
        passage=PASSAGE,
    )
    return citation


def brought(person: User, citation: Citation, name: str, data: bytes, kind: str) -> Any:
    file = SimpleUploadedFile(name, data, kind)
    url = reverse("source", args=[citation.source.uuid])
    return client_of(person).post(url, {"file": file})


FILES = {
    "WACZ": ("page.wacz", packed(warc(*SITE), pages=(FERRY,)), "application/octet-stream"),
    "WARC": ("page.warc.gz", warc(*SITE), "application/gzip"),
    "one file": ("page.html", SAVED, "text/html"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_saved_page_opens_at_the_words_and_as_it_looked(cast, cited, kind):
    assert brought(cast.ann, cited, *FILES[kind]).status_code == 302
    page = client_of(cast.ann).get(reverse("cited_copy", args=[cited.uuid]), follow=True)
    said = page.content.decode()
    assert f'<mark id="passage">{PASSAGE}</mark>' in said
    assert "alert(1)" not in said
    copy = Snapshot.objects.get()
    look: Any = client_of(cast.ann).get(reverse("look_of_copy", args=[copy.uuid]))
    shown = look.content.decode()
    assert look.status_code == 200
    assert "data:image/png;base64," in shown
    assert "<script" not in shown
    assert "sandbox" in look["Content-Security-Policy"]


@pytest.mark.parametrize("kind", FILES)
def test_a_passage_is_picked_in_it(cast, cited, kind):
    brought(cast.ann, cited, *FILES[kind])
    told = client_of(cast.ann).get(reverse("copied_words", args=["desk"]), {"url": FERRY}).json()
    assert ["", PASSAGE] in told["lines"]


def test_how_much_of_an_archive_is_there_is_told(cast, cited):
    brought(cast.ann, cited, *FILES["WACZ"])
    url = reverse("read_copy", args=[Snapshot.objects.get().uuid])
    assert "were saved with it" in client_of(cast.ann).get(url).content.decode()


def test_pictures_before_the_words_do_not_cut_them_off(cast, cited, monkeypatch):
    monkeypatch.setattr(rendering, "MOST", 1000)
    assert len(SAVED) > 2 * rendering.MOST
    brought(cast.ann, cited, *FILES["one file"])
    url = reverse("cited_copy", args=[cited.uuid])
    said = client_of(cast.ann).get(url, follow=True).content.decode()
    assert f'<mark id="passage">{PASSAGE}</mark>' in said
    assert "only its beginning" not in said


def test_an_archive_without_a_page_says_so(cast, cited):
    brought(cast.ann, cited, "page.wacz", packed(), "application/wacz")
    url = reverse("read_copy", args=[Snapshot.objects.get().uuid])
    said = client_of(cast.ann).get(url).content.decode()
    assert "no text that can be shown" in said
    assert "As it looked" not in said


# --- how large it may be: as large as one that is fetched ---


def test_a_copy_may_be_as_large_as_one_that_is_fetched_and_no_larger(cast, cited, monkeypatch):
    monkeypatch.setattr("annotations.forms.desk.rules.LARGEST", len(PAGE))
    assert brought(cast.ann, cited, "page.html", PAGE, "text/html").status_code == 302
    refused = brought(cast.ann, cited, "page.html", PAGE + b" ", "text/html")
    assert refused.status_code == 422
    assert "The file is larger than 25 MB." in refused.content.decode()
    assert Snapshot.objects.count() == 1


def test_where_a_file_is_chosen_its_largest_size_is_said(cast, cited):
    page = client_of(cast.ann).get(reverse("source", args=[cited.source.uuid])).content.decode()
    assert recording.LARGEST == 25 * 1024 * 1024
    assert "25 MB at most." in page


def test_a_request_with_a_copy_may_be_larger_than_others_for_members(cast, cited, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    data = PAGE + b" " * 2000
    url = reverse("source", args=[cited.source.uuid])
    file = SimpleUploadedFile("page.html", data, "text/html")
    assert Client().post(url, {"file": file}).status_code == 413
    assert brought(cast.ann, cited, "page.html", data, "text/html").status_code == 302
    long: Any = {"CONTENT_LENGTH": str(recording.LARGEST + 2 * 1024 * 1024)}
    refused = client_of(cast.ann).post(url, {}, **long)
    assert refused.status_code == 413
    assert "larger than 26 MB" in refused.content.decode()
