"""The saved copies behind an article's claims are handed over as a WACZ file that others open."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from warcio.archiveiterator import ArchiveIterator

from annotations import blobs, workflow
from annotations.capture import recording
from annotations.capture.fetch import Bounds
from annotations.formats.wacz import key_of
from annotations.models import Capture, Claim, Sighting, Snapshot, Source
from tests import cast as c
from tests.capture import servers

PAGE = b"<html><title>Ferry</title><p>The ferry returns in spring."


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def fetched(source: Source, person: Any) -> None:
    """A copy as the worker keeps one: the exchange as WARC, and the page beside it."""
    with servers.serving(servers.page(PAGE)) as server:
        allowed = Bounds(ports=[server.port], allowed=[server.name])
        answers = recording.follow(f"http://{server.name}/ferry", allowed)
    copy = workflow.keep_copy(source, answers[-1].data, person=person, media_type="text/html")
    warc = blobs.keep(recording.warc(answers, "test")).sha256
    Capture.objects.create(
        source=source, address=answers[0].address, host="127.0.0.1", wanted_by=person,
        state="saved", snapshot=copy, warc=warc,
    )  # fmt: skip


@pytest.fixture
def decided(cast):
    """A claim decided on ann's source, fetched, and ben's, which he brought himself."""
    article, claim = cast.deciding()
    fetched(Source.objects.get(added_by=cast.ann), cast.ann)
    brought = Source.objects.get(added_by=cast.ben)
    workflow.keep_copy(brought, b"%PDF-1.4", person=cast.ben, media_type="application/pdf")
    c.decide(claim, cast.eda)
    return article, claim


def taken(person: object, url: str) -> zipfile.ZipFile:
    answer: Any = client_of(person).get(url)
    assert answer["Content-Type"] == "application/wacz"
    return opened(b"".join(answer.streaming_content))


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive, read as the specification says, with every file compared with its hash."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    described = archive.read("datapackage.json")
    digest = json.loads(archive.read("datapackage-digest.json"))
    assert digest == {
        "path": "datapackage.json",
        "hash": f"sha256:{sha256(described).hexdigest()}",
    }
    package = json.loads(described)
    assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
    for each in package["resources"]:
        inside = archive.read(each["path"])
        assert each["hash"] == f"sha256:{sha256(inside).hexdigest()}"
        assert each["bytes"] == len(inside)
    named = {each["path"] for each in package["resources"]}
    assert set(archive.namelist()) == named | {"datapackage.json", "datapackage-digest.json"}
    return archive


def test_a_reader_of_web_archives_finds_each_copy_by_the_index(cast, decided):
    article, _claim = decided
    archive = taken(cast.mia, reverse("evidence", args=[article.pk]))
    found = {}
    lines = archive.read("indexes/index.cdx").decode().splitlines()
    assert lines == sorted(lines)
    for line in lines:
        _key, _at, said = line.split(" ", 2)
        row = json.loads(said)
        info = archive.getinfo(f"archive/{row['filename']}")
        assert info.compress_type == zipfile.ZIP_STORED
        start, length = int(row["offset"]), int(row["length"])
        record = archive.read(info)[start : start + length]
        (only,) = list(_records(record))
        found[only[0]] = only[1]
        assert only[0] == row["url"]
    assert set(found.values()) == {PAGE, b"%PDF-1.4"}
    head, *pages = map(json.loads, archive.read("pages/pages.jsonl").decode().splitlines())
    assert head["format"] == "json-pages-1.0"
    assert {page["title"] for page in pages} == {"Register of Ann", "Register of Ben"}


def test_each_page_stands_in_the_index_under_its_address_and_time(cast, decided):
    """Where it does not, a reader lists the page and cannot open it.

    The address of a source is not always what was asked for: it may name a part of the page.
    """
    article, _claim = decided
    archive = taken(cast.mia, reverse("evidence", args=[article.pk]))
    index = set()
    for line in archive.read("indexes/index.cdx").decode().splitlines():
        _key, at, said = line.split(" ", 2)
        index.add((json.loads(said)["url"], at))
    _head, *pages = map(json.loads, archive.read("pages/pages.jsonl").decode().splitlines())
    assert len(pages) == 2
    for page in pages:
        moment = dt.datetime.fromisoformat(page["ts"]).astimezone(dt.UTC)
        assert (page["url"], f"{moment:%Y%m%d%H%M%S}") in index


def _records(data: bytes):
    for record in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        yield record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read()


def test_it_holds_what_the_person_may_see_and_the_look_is_noted(cast):
    article, claim = cast.checking()
    c.annotate(claim, cast.ann)
    source = Source.objects.get(added_by=cast.ann)
    workflow.keep_copy(source, b"Hers alone.", person=cast.ann)
    url = reverse("evidence", args=[article.pk])
    for person in (cast.ben, cast.eda):
        archive = taken(person, url)
        assert not [name for name in archive.namelist() if name.startswith("archive/")]
    assert client_of(cast.stranger).get(url).status_code == 404
    c.annotate(claim, cast.ben)
    assert not Sighting.objects.filter(claim=claim, person=cast.mia).exists()
    archive = taken(cast.mia, url)
    assert [name for name in archive.namelist() if name.startswith("archive/")]
    assert Sighting.objects.filter(claim=claim, person=cast.mia).exists()


def test_a_copy_that_is_not_what_it_was_is_left_out(cast, decided):
    article, _claim = decided
    copy = Snapshot.objects.get(media_type="application/pdf")
    path = Path(storages["blobs"].path(blobs.name_of(copy.sha256)))
    path.write_bytes(b"other")
    archive = taken(cast.mia, reverse("evidence", args=[article.pk]))
    assert len([name for name in archive.namelist() if name.startswith("archive/")]) == 1
    blobs.keep(b"%PDF-1.4")


def test_the_command_writes_the_same_and_never_over_a_file(cast, decided, tmp_path):
    article, _claim = decided
    file = tmp_path / "ferry.wacz"
    options = {"desk": "desk", "person": "mia"}
    call_command("export_evidence", article.slug, str(file), **options, stdout=io.StringIO())
    assert "pages/pages.jsonl" in opened(file.read_bytes()).namelist()
    with pytest.raises(CommandError):
        call_command("export_evidence", article.slug, str(file), **options)
    with pytest.raises(CommandError, match="no article"):
        call_command("export_evidence", "nothing", str(file), **options)
    assert Claim.objects.exists()


def test_the_index_is_sorted_by_host_from_its_end():
    assert key_of("https://www.Example.org/News/?b=2") == "org,example)/news/?b=2"
    assert key_of("http://news.example.org:8080") == "org,example,news:8080)/"
    assert key_of("urn:uuid:AB") == "urn:uuid:ab"
