"""The name of a confidential source is in no file that leaves, however deep it is packed."""

from __future__ import annotations

import datetime as dt
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import blobs, workflow
from annotations.capture import recording
from annotations.models import Capture, Claim, Source
from annotations.queries.access import article_of
from annotations.tasks.proofs import make_root
from tests import cast as c
from tests.formats.files import docx, paragraph

from .readers import public_addresses
from .test_confidence import CONTACT, NAME, cite, client_of

SECRET = ("uillfeather", "0170 555 0199", "Her own words.")
"""Of who it is, of how to reach them, and of what they gave."""
PLAIN = "An ordinary report."
"""Stands in the saved copy of another source: whoever looks has to find it."""


def opened(data: bytes, name: str = "") -> Iterator[tuple[str, bytes]]:
    """The bytes, and those of all that is packed in them: ZIP, tar, gzip, in any depth."""
    yield name, data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for each in archive.namelist():
                yield each, each.encode()
                yield from opened(archive.read(each), f"{name}/{each}")
    elif data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            for member in tar:
                yield member.name, member.name.encode()
                if file := tar.extractfile(member):
                    yield from opened(file.read(), f"{name}/{member.name}")
    elif data.startswith(b"\x1f\x8b"):
        yield from opened(b"".join(_members(data)), f"{name} unpacked")
    # A record of a WARC file has another file in it.
    for begins in (b"PK\x03\x04", b"\x1f\x8b"):
        if data.startswith(b"WARC/") and (at := data.find(begins)) >= 0:
            yield from opened(data[at:], f"{name} inside")


def _members(data: bytes) -> Iterator[bytes]:
    while data.startswith(b"\x1f\x8b"):
        unpacking = zlib.decompressobj(31)
        yield unpacking.decompress(data)
        data = unpacking.unused_data


def holding(files: dict[str, bytes], words: str) -> list[str]:
    """Where they stand, in UTF-8 or with the escapes of JSON and HTML."""
    spelt = {words.encode(), words.encode("ascii", "xmlcharrefreplace")}
    spelt.add(words.encode("ascii", "backslashreplace"))
    return [
        inside
        for name, data in files.items()
        for inside, found in opened(data, name)
        if any(each in found for each in spelt)
    ]


@pytest.fixture
def published(cast) -> Claim:
    """A claim that stands on an official, who gave a file, and on a report that was saved."""
    _article, claim = cast.checking()
    official = cite(c.check_of(claim, cast.ann))
    workflow.keep_identity(official, workflow.Who(NAME, CONTACT), actor=cast.ann)
    given = docx(paragraph(f"Her own words. {NAME}"))
    workflow.keep_copy(official, given, person=cast.ann, name="quillfeather.docx")
    for person in (cast.ann, cast.ben):
        c.annotate(claim, person)
    report = Source.objects.get(title="Register of Ann")
    _saved(report, docx(paragraph(PLAIN)), cast)
    drafts = [workflow.CitationDraft(each, "supports") for each in (official, report)]
    c.decide(claim, cast.eda, citations=drafts)
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article_of(claim), actor=cast.eli)
    make_root(timezone.now() + dt.timedelta(days=1))
    found: Claim = Claim.objects.get(pk=claim.pk)
    return found


def _saved(report: Source, data: bytes, cast: c.Cast) -> None:
    copy = workflow.keep_copy(report, data, person=cast.ann, name="report.docx")
    at = timezone.now()
    warc = recording.resource(report.url, data, "application/zip", at, copy.uuid)
    Capture.objects.create(
        source=report, address=report.url, host="records.example", wanted_by=cast.ann,
        state="saved", snapshot=copy, warc=blobs.keep(warc).sha256, finished_at=at,
    )  # fmt: skip


def taken(client: Client, url: str) -> bytes:
    answer: Any = client.get(url)
    assert answer.status_code in (200, 202, 301, 302, 404, 410), url
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def files_of_members(cast: c.Cast, claim: Claim) -> dict[str, bytes]:
    """What pages of the desk give as files to somebody who knows the name, and to one who does."""
    article = article_of(claim)
    copy = Source.objects.get(title="Register of Ann").snapshots.get()
    urls = [
        reverse("evidence", args=[article.pk]),
        reverse("dossier", args=[article.pk]),
        *(reverse(name, args=[copy.uuid]) for name in ("copy_proof", "record_proof", "saved_copy")),
    ]
    return {
        f"{person} {url}": taken(client_of(person), url)
        for person in (cast.ann, cast.mia)
        for url in urls
    }


def files_of_commands(claim: Claim, folder: Path) -> dict[str, bytes]:
    slug = article_of(claim).slug
    of = ["--desk", "desk"]
    runs = {
        "export_desk": ["desk", "{}"],
        "export_article": ["desk", slug, "{}"],
        "export_evidence": [*of, "--person", "ann", slug, "{}"],
        "export_dossier": [slug, *of, "--output", "{}"],
        "export_articles": [*of, "--person", "ann", "--format", "jsonl", "--output", "{}"],
        "export_checks": [*of, "--output", "{}"],
    }
    for name, given in runs.items():
        said = [each.replace("{}", str(folder / name)) for each in given]
        call_command(name, *said, stdout=io.StringIO())
    return {name: (folder / name).read_bytes() for name in runs}


def test_no_file_that_leaves_holds_the_name_however_it_is_packed(cast, published, tmp_path):
    files = files_of_members(cast, published) | files_of_commands(published, tmp_path)
    readers = public_addresses(article_of(published), published)
    readers.append(reverse("edition_proof", args=[published.edition.uuid]))
    files |= {url: taken(Client(), url) for url in readers}
    for words in SECRET:
        assert holding(files, words) == []
    found = " ".join(holding(files, PLAIN))
    for name in ("export_desk", "export_evidence", "evidence.wacz", "proof/", "record/"):
        assert name in found, "as this test looks, it finds what is there"
