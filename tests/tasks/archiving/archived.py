"""Pages that verdicts stand on, saved here, and what the worker then does with them."""

from __future__ import annotations

import datetime as dt

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import workflow
from annotations.models import ArchiveRequest, Capture, Citation, Claim, Source, User
from annotations.tasks.archiving import archive_next, begin
from annotations.text.documents import document_of

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
