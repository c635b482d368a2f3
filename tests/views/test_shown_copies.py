"""Readers open the saved copies behind a published verdict, where the desk shows them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from annotations import blobs, killable, workflow
from annotations.capture import recording
from annotations.models import Capture, Claim, Desk, Edition, Snapshot, Source
from annotations.queries import shown_copies
from annotations.views.public import copies
from tests import cast as c
from tests.capture.test_brought import FERRY, HOME, SITE, packed, warc

from .readers import claim_page

PAGE = (
    b"<!doctype html><title>Register</title><script>alert(1)</script>"
    b"<p>No day without <b>a sailing</b> since 1950.<img src=//evil.example/x>"
)
PASSAGE = "No day without a sailing"


@pytest.fixture(autouse=True)
def empty_cache():
    caches["process"].clear()


@pytest.fixture
def published(cast) -> Claim:
    """A published claim that stands on a page of which there is a copy; the desk shows copies."""
    article, claim = cast.deciding()
    source = Source.objects.get(added_by=cast.ann)
    workflow.keep_copy(source, PAGE, person=cast.ann, media_type="text/html")
    c.decide(claim, cast.eda, citations=[workflow.CitationDraft(source, "supports", PASSAGE)])
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    _rule(cast, shows_copies=True)
    found: Claim = Claim.objects.get(pk=claim.pk)
    return found


def _rule(cast: c.Cast, **rules: Any) -> None:
    workflow.change_rules(cast.desk, rules, actor=cast.mia, reason="Readers ask for them.")


def url_of(claim: Claim, digest: str = "") -> str:
    digest = digest or Snapshot.objects.earliest("pk").sha256
    return reverse("shown_copy", args=[claim.desk.slug, claim.number, digest])


def status(url: str) -> int:
    return Client().get(url).status_code


def test_the_pages_of_a_claim_lead_to_its_copy_at_the_words(published):
    page = Client().get(claim_page(published)).content.decode()
    assert f'href="{url_of(published)}?use=1#passage"' in page
    answer: Any = Client().get(f"{url_of(published)}?use=1")
    said = answer.content.decode()
    assert answer.status_code == 200
    assert '<mark id="passage">No day without </mark><b><mark>a sailing</mark></b>' in said
    assert "The passage stands in this copy" in said
    assert Snapshot.objects.get().sha256 in said
    assert claim_page(published) in said
    assert answer["X-Robots-Tag"] == "noindex"


def test_it_is_in_the_readers_language_and_read_in_its_direction(published):
    for query, tag in (
        ("", '<html lang="en" dir="ltr">'),
        ("?lang=ar", '<html lang="ar" dir="rtl">'),
    ):
        assert tag in Client().get(f"{url_of(published)}{query}").content.decode()


def test_that_of_a_sample_says_so_to_readers_and_at_the_desk(db):
    cast = c.Cast(is_sample=True)
    article, claim = cast.deciding()
    source = Source.objects.get(added_by=cast.ann)
    copy = workflow.keep_copy(source, PAGE, person=cast.ann, media_type="text/html")
    c.decide(claim, cast.eda)
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    _rule(cast, shows_copies=True)
    assert "Sample." in Client().get(url_of(claim)).content.decode()
    client = Client()
    client.force_login(cast.ann)
    assert "Sample." in client.get(reverse("read_copy", args=[copy.uuid])).content.decode()


def test_off_by_default_readers_get_day_and_hash_alone(cast, published):
    assert Desk._meta.get_field("shows_copies").default is False
    seen = Client().get(url_of(published))
    _rule(cast, shows_copies=False)
    assert status(url_of(published)) == 404
    assert (
        Client().get(url_of(published), headers={"If-None-Match": seen["ETag"]}).status_code == 404
    )
    page = Client().get(claim_page(published)).content.decode()
    assert Snapshot.objects.get().sha256 in page
    assert "/copies/" not in page


def test_nothing_of_it_acts_and_nobody_is_asked(published):
    for _once_more in range(2):  # the second time it is kept ready
        answer: Any = Client().get(url_of(published))
        said = answer.content.decode()
        assert "alert(1)" not in said
        assert "evil.example" not in said
        assert "<script" not in said
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "sandbox" in policy
        assert "allow-scripts" not in policy
        assert "frame-ancestors 'none'" in policy


def test_it_is_the_same_for_everybody_and_no_shared_cache_answers_for_us(published, settings, cast):
    settings.PUBLIC_CACHE_SECONDS = 600
    client = Client()
    client.force_login(cast.mia)
    mine, theirs = client.get(url_of(published)), Client().get(url_of(published))
    assert mine.content == theirs.content
    assert not theirs.cookies
    assert theirs["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = Client().get(url_of(published), headers={"If-None-Match": theirs["ETag"]})
    assert again.status_code == 304
    assert "s-maxage" in Client().get(claim_page(published))["Cache-Control"]


def test_what_a_confidential_source_gave_is_never_shown(cast, published):
    other = cast.ann
    hidden = Source.objects.create(
        desk=cast.desk, title="An official", is_confidential=True, added_by=other
    )
    copy = workflow.keep_copy(hidden, b"Whom it names.", person=other)
    assert status(url_of(published, copy.sha256)) == 404
    # Not even where an edition, written by a fault, names it.
    edition = published.edition
    edition.content["citations"][0]["saved_copy"]["sha256"] = copy.sha256
    Edition.objects.bulk_create([_as_next(edition)])
    published.edition = published.editions.latest("number")
    published.save(update_fields=["edition"])
    assert status(url_of(published, copy.sha256)) == 404
    assert "/copies/" not in Client().get(claim_page(published)).content.decode()


def _as_next(edition: Edition) -> Edition:
    fields = ("desk", "claim", "verdict", "published_by")
    return Edition(
        number=edition.number + 1,
        content=edition.content | {"number": edition.number + 1},
        **{name: getattr(edition, name) for name in fields},
    )


def test_what_others_keep_of_the_same_bytes_changes_nothing(cast, published):
    """A colleague's source that is not disclosed: its recording and its address count for it."""
    url = url_of(published)
    before = Client().get(url)
    theirs = Source.objects.create(
        desk=cast.desk, title="BEN’S", url="https://secret.example/", added_by=cast.ben
    )
    copy = workflow.keep_copy(theirs, PAGE, person=cast.ben, media_type="text/plain")
    record = recording.resource(theirs.url, PAGE, "text/plain", copy.taken_at, copy.uuid)
    Capture.objects.create(
        source=theirs, address=theirs.url, host="secret.example", wanted_by=cast.ben,
        state="saved", snapshot=copy, warc=blobs.keep(record).sha256, finished_at=copy.taken_at,
    )  # fmt: skip
    caches["process"].clear()
    after = Client().get(url)
    assert after["ETag"] == before["ETag"]
    assert after.content == before.content
    # Nor does it open what the verdict's own source, confidential by now or gone, would not.
    state = shown_copies.shown_state("desk", published.number, copy.sha256)
    assert state.key[1] == Snapshot.objects.get(source__added_by=cast.ann).pk


def test_of_an_archive_of_several_pages_the_one_that_is_cited_is_shown(cast):
    """And none that another source has in the same file, which may be cited nowhere yet."""
    article, claim = cast.deciding()
    archive = packed(warc(*SITE), pages=(HOME, FERRY))
    cited = []
    for title, url in (("Not yet told", f"{HOME}old"), ("Home", HOME), ("Ferry", FERRY)):
        source = Source.objects.create(desk=cast.desk, title=title, url=url, added_by=cast.ann)
        workflow.keep_copy(source, archive, person=cast.ann, media_type="application/wacz")
        cited.append(workflow.CitationDraft(source, "supports"))
    c.decide(claim, cast.eda, citations=cited[1:])
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    _rule(cast, shows_copies=True)
    pages = [Client().get(f"{url_of(claim)}?use={use}").content.decode() for use in (1, 2)]
    assert "Home.</p></main>" in pages[0]
    assert "The ferry returns in spring." in pages[1]
    assert "Not yet told" not in pages[0] + pages[1]


def test_an_archive_that_a_busy_machine_does_not_get_to_is_not_said_to_hold_nothing(
    cast, monkeypatch
):
    """Or readers would be told so by the page that is kept ready, until it is corrected."""
    article, claim = cast.deciding()
    source = Source.objects.create(desk=cast.desk, title="Home", url=HOME, added_by=cast.ann)
    archive = packed(warc(*SITE), pages=(HOME,))
    workflow.keep_copy(source, archive, person=cast.ann, media_type="application/wacz")
    c.decide(claim, cast.eda, citations=[workflow.CitationDraft(source, "supports")])
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    _rule(cast, shows_copies=True)
    client = Client(raise_request_exception=False)
    with monkeypatch.context() as patch:
        patch.setattr(killable, "LONGEST", 0.0)
        answer = client.get(url_of(claim))
        assert (answer.status_code, "Retry-After" in answer) == (503, True)
        assert "Too many saved copies are being read" in answer.content.decode()
    assert "Home.</p></main>" in client.get(url_of(claim)).content.decode()


def test_a_copy_that_no_edition_cites_is_not_shown(cast, published):
    source = Source.objects.get(added_by=cast.ann)
    newer = workflow.keep_copy(source, b"Newer.", person=cast.ann)
    assert status(url_of(published, newer.sha256)) == 404
    assert status(url_of(published, "0" * 64)) == 404
    assert status(url_of(published).replace("/desk/", "/elsewhere/")) == 404


def test_before_it_is_published_nothing_is_shown(cast):
    _article, claim = cast.approved()
    _rule(cast, shows_copies=True)
    source = Source.objects.get(added_by=cast.ann)
    copy = workflow.keep_copy(source, PAGE, person=cast.ann)
    assert status(url_of(claim, copy.sha256)) == 404


def test_what_was_retracted_is_not_reachable(cast, published):
    assert status(url_of(published)) == 200
    workflow.retract(published, actor=cast.mia, why="It was wrong.")
    assert status(url_of(published)) == 404


def test_what_goes_with_a_withdrawn_article_is_not_reachable(cast, published):
    (article,) = cast.desk.articles.all()
    assert status(url_of(published)) == 200
    workflow.withdraw(article, actor=cast.mia, why="A court said so.", going=[published.pk])
    assert status(url_of(published)) == 404


def test_of_what_was_corrected_the_new_copies_are_shown(cast, published):
    workflow.reopen(published, actor=cast.eli, reason="A letter came.")
    assert status(url_of(published)) == 200, "the edition stays up"
    source = Source.objects.get(added_by=cast.ann)
    newer = workflow.keep_copy(source, PAGE + b"!", person=cast.ann, media_type="text/html")
    c.decide(published, cast.eda, "half")
    workflow.approve(published, actor=cast.eli)
    (article,) = cast.desk.articles.all()
    note = workflow.CorrectionNote("correction", "A letter shows it.")
    workflow.publish(article, actor=cast.eli, notes={published.pk: note})
    assert status(url_of(published)) == 404
    assert status(url_of(published, newer.sha256)) == 200


def test_a_copy_that_was_changed_is_not_shown(published):
    storages["blobs"].delete(blobs.name_of(Snapshot.objects.get().sha256))
    said = Client().get(url_of(published)).content.decode()
    assert "not what was saved" in said
    assert "sailing</mark>" not in said


def test_pictures_and_recordings_have_no_words_and_no_link(cast):
    article, claim = cast.deciding()
    source = Source.objects.get(added_by=cast.ann)
    workflow.keep_copy(source, b"\x89PNG\r\n\x1a\n", person=cast.ann, media_type="image/png")
    c.decide(claim, cast.eda)
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    _rule(cast, shows_copies=True)
    assert "/copies/" not in Client().get(claim_page(claim)).content.decode()


def test_a_made_up_address_makes_no_page(published):
    url = url_of(published)
    for wrong in ("99", "0", "x", "-1"):
        answer = Client().get(f"{url}?use={wrong}")
        assert (answer.status_code, answer["Location"]) == (302, url)
    assert status(f"{url}?lang=xx") == 404
    assert status(f"{url}?lang=fr") == 200


def test_files_that_readers_open_hold_few_threads_and_others_are_told(published, monkeypatch):
    monkeypatch.setattr(copies, "PATIENCE", 0)
    url = url_of(published)
    with copies._one_of_few(), copies._one_of_few():
        answer: Any = Client().get(url)
        assert answer.status_code == 503
        assert answer["Retry-After"] == "15"
        assert "public" not in answer["Cache-Control"]
        assert "Too many saved copies are being read" in answer.content.decode()
    assert status(url) == 200
    with copies._one_of_few(), copies._one_of_few():
        assert status(url) == 200, "it is kept ready"


def test_of_a_long_copy_what_stands_around_the_passage_is_shown(published, monkeypatch, cast):
    monkeypatch.setattr(copies, "MOST", 60)
    said = Client().get(url_of(published)).content.decode()
    assert "only a part" not in said
    caches["process"].clear()
    long = "".join(f"<p>Line {number}.</p>" for number in range(100)).encode()
    data = long + PAGE + long
    article, claim = _again(cast, data)
    said = Client().get(url_of(claim, Snapshot.objects.latest("pk").sha256)).content.decode()
    assert "only a part of it is shown" in said
    assert '<mark id="passage">No day without </mark><b><mark>a sailing</mark></b>' in said
    assert "Line 99" in said
    assert "Line 50" not in said
    del article


def _again(cast: c.Cast, data: bytes) -> tuple[Any, Claim]:
    article = c.import_text(cast.desk, cast.eda, "Another\n\nIt ran on every day, he said.")
    claim = c.mark(article, "It ran on every day", cast.eda)
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for person in (cast.ann, cast.ben):
        c.annotate(claim, person)
    source = Source.objects.filter(added_by=cast.ann).latest("pk")
    workflow.keep_copy(source, data, person=cast.ann, media_type="text/html")
    c.decide(claim, cast.eda, citations=[workflow.CitationDraft(source, "supports", PASSAGE)])
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    return article, claim
