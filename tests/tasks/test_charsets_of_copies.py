"""Pages whose server alone says in which characters they are written: read so wherever they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import blobs, saved, workflow
from annotations.models import Citation, Claim, Desk, Snapshot, SourceChange, User, Watch
from annotations.tasks import watching as task
from annotations.tasks.captures import capture_next
from annotations.vocabulary import Demand
from tests import cast as c
from tests.capture import servers

RUSSIAN = ("Паром вернётся весной, сообщила мэрия города.", "вернётся", "не вернётся")
JAPANESE = ("フェリーは春に運航を再開すると市長は述べた。", "再開する", "再開しない")


class Written(NamedTuple):
    """A page, and how its server names the character set, in the header alone."""

    kind: str
    label: str
    codec: str
    words: str
    part: str
    other: str

    def data(self, words: str) -> bytes:
        text = f"<!doctype html><p>{words}</p>" if self.kind == "text/html" else f"{words}\n"
        return text.encode(self.codec)

    @property
    def changed(self) -> bytes:
        return self.data(self.words.replace(self.part, self.other))

    def served(self, data: bytes) -> servers.Answer:
        return servers.page(data, f"Content-Type: {self.kind}; charset={self.label}")


PAGES = [
    Written(kind, label, codec, *words)
    for kind in ("text/html", "text/plain")
    for label, codec, words in [
        ("windows-1251", "cp1251", RUSSIAN),
        ("Shift_JIS", "cp932", JAPANESE),
    ]
]


@pytest.fixture(params=PAGES, ids=lambda page: f"{page.kind} {page.label}")
def page(request) -> Written:
    found: Written = request.param
    return found


class Site:
    """One page, which can be replaced; no robots.txt."""

    name = ""

    def __init__(self, answer: servers.Answer) -> None:
        self.answer = answer

    def __call__(self, connection, head) -> None:
        if head.startswith("GET /robots.txt"):
            servers.page(b"", status="404 Not Found")(connection, head)
        else:
            self.answer(connection, head)


@pytest.fixture
def site(page, settings):
    settings.SAVE_COPIES = settings.WATCH_SOURCES = True
    site = Site(page.served(page.data(page.words)))
    with servers.serving(site) as server:
        site.name = server.name
        settings.FETCH_ALLOWED = [server.name]
        yield site


def cite(claim: Claim, person: User, site: Site, passage: str) -> Citation:
    check = c.check_of(claim, person)
    workflow.start(check, actor=person)
    answer = workflow.Answer(c.rating(claim, "false"), "Not so", "Because", "high")
    workflow.save_annotation(check, answer, person=person, based_on=0)
    source = workflow.SourceDraft("The ferry", url=f"http://{site.name}/ferry")
    row: Citation = workflow.save_citation(
        check, source, person=person, stance="supports", passage=passage
    )
    return row


@pytest.fixture
def claim(cast) -> Claim:
    _article, claim = cast.checking()
    found: Claim = claim
    return found


@pytest.fixture
def cited(cast, claim, site, page) -> Citation:
    """ann's citation of the page, which is saved."""
    row = cite(claim, cast.ann, site, page.words)
    assert capture_next()
    return row


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.heart
def test_the_passage_is_marked_where_it_stands(cast, cited, page):
    url = reverse("read_passage", args=[Snapshot.objects.get().uuid, cited.uuid])
    shown = client_of(cast.ann).get(url).content.decode()
    assert f'<mark id="passage">{page.words}</mark>' in shown
    assert "The passage stands in this copy" in shown


def test_a_passage_is_picked_from_its_words(cast, cited, page):
    about = {"url": cited.source.url}
    found: Any = client_of(cast.ann).get(reverse("copied_words", args=["desk"]), about).json()
    assert [words for _place, words in found["lines"]] == [page.words]


def test_of_two_copies_the_one_in_which_it_stands_is_opened(cast, cited, page):
    held = Snapshot.objects.get()
    workflow.keep_copy(cited.source, b"<p>Later.", person=cast.ann, media_type="text/html")
    answer = client_of(cast.ann).get(reverse("cited_copy", args=[cited.uuid]))
    url = reverse("read_passage", args=[held.uuid, cited.uuid])
    assert answer["Location"] == f"{url}#passage"


def test_a_desk_that_asks_for_places_finds_it(cast, claim, cited):
    Desk.objects.update(demand_locator=Demand.BLOCK)
    workflow.submit(c.check_of(claim, cast.ann), actor=cast.ann)
    cited.refresh_from_db()
    assert cited.is_found


def test_a_copy_whose_record_is_lost_or_damaged_is_read_all_the_same(cast, cited):
    copy = Snapshot.objects.get()
    assert saved.charset_of(copy)
    warc = storages["blobs"].path(blobs.name_of(saved.warc_of(copy)))
    whole = Path(warc).read_bytes()
    for damaged in (whole[:500], whole[1:], whole + b"x", b""):
        Path(warc).write_bytes(damaged)
        assert saved.charset_of(copy) == ""
        assert saved.words_of(copy) is not None
    Path(warc).unlink()
    assert saved.charset_of(copy) == ""
    url = reverse("read_passage", args=[copy.uuid, cited.uuid])
    assert client_of(cast.ann).get(url).status_code == 200


# --- watching ---


@pytest.fixture
def published(cast, claim: Claim, site, page) -> Claim:
    rows = [cite(claim, person, site, page.words) for person in (cast.ann, cast.ben)]
    for person in (cast.ann, cast.ben):
        workflow.submit(c.check_of(claim, person), actor=person)
    draft = workflow.CitationDraft(rows[0].source, "contradicts", page.words)
    c.decide(claim, cast.eda, citations=[draft])
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(claim.marks.get().revision.article, actor=cast.eli)
    assert capture_next()
    assert rows[0].source.snapshots.exists()
    task.begin(timezone.now())
    return claim


@pytest.fixture
def look(published, time_machine) -> Callable[[], Watch]:
    """Look at the page when its turn has come."""

    def look() -> Watch:
        time_machine.move_to(timezone.now() + dt.timedelta(days=40), tick=True)
        assert task.look_next()
        return Watch.objects.get()

    return look


def test_a_page_that_is_as_it_was_has_not_changed(look, site, page):
    assert list(look().stood.values()) == [True]
    site.answer = page.served(page.data(page.words) + b"\n")
    assert list(look().stood.values()) == [True]
    assert not SourceChange.objects.exists()


def test_a_passage_that_is_gone_since_the_copy_is_told(look, site, page):
    site.answer = page.served(page.changed)
    look()
    (passage,) = SourceChange.objects.get().about["passages"]
    assert passage["before"] == page.words
    assert page.other in passage["now"]


def test_a_page_written_in_other_characters_by_now_has_not_changed(look, site, page):
    look()
    data = page._replace(codec="utf-8").data(page.words)
    site.answer = page._replace(label="utf-8").served(data)
    assert list(look().stood.values()) == [True]
    assert not SourceChange.objects.exists()
