"""Copies are read as words with the passage marked: by whoever may see them, and nothing acts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Citation, Snapshot, User
from tests import cast as c
from tests.formats.files import column, pdf

PAGE = (
    b"<!doctype html><title>Ferry</title><script>alert(1)</script>"
    b"<p>The ferry <b>returns</b> in spring, the mayor says.<img src=//evil.example/x>"
)


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def cited(cast) -> Citation:
    """ann's citation of a page that she has a copy of; ben checks too."""
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    source = workflow.SourceDraft("The ferry", url="https://news.example/ferry")
    citation: Citation = workflow.save_citation(
        check, source, person=cast.ann, stance="supports", passage="The ferry returns in spring"
    )
    workflow.keep_copy(
        citation.source, PAGE, person=cast.ann, name="ferry.html", media_type="text/html"
    )
    return citation


def urls(citation: Citation) -> list[str]:
    copy = Snapshot.objects.get()
    return [
        reverse("read_copy", args=[copy.uuid]),
        reverse("read_passage", args=[copy.uuid, citation.uuid]),
        reverse("cited_copy", args=[citation.uuid]),
    ]


def test_from_a_citation_one_comes_to_the_words(cast, cited):
    answer = client_of(cast.ann).get(urls(cited)[2])
    assert answer.status_code == 302
    assert answer["Location"] == f"{urls(cited)[1]}#passage"
    page = client_of(cast.ann).get(urls(cited)[1]).content.decode()
    assert '<mark id="passage">The ferry </mark><b><mark>returns</mark></b>' in page
    assert "The passage stands in this copy" in page


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        ("The ferry returns in summer, the mayor says.", "Not these words"),
        ("A new pier was paid for by the town.", "was not found"),
    ],
)
def test_other_words_are_not_said_to_stand_there(cast, cited, passage, words):
    Citation.objects.filter(pk=cited.pk).update(passage=passage)
    assert words in client_of(cast.ann).get(urls(cited)[1]).content.decode()


def test_a_copy_is_in_the_persons_language_and_read_in_its_direction(cast, cited):
    cast.ann.language = "ar"
    cast.ann.save()
    page = client_of(cast.ann).get(urls(cited)[0]).content.decode()
    assert '<html lang="ar" dir="rtl">' in page


def test_a_copy_is_closed_twice_over(cast, cited):
    for url in urls(cited)[:2]:
        answer: Any = client_of(cast.ann).get(url)
        page = answer.content.decode()
        assert "alert(1)" not in page
        # That it was not saved is told, as words: nothing leads there.
        assert "evil.example" not in page.replace("<bdi>https://evil.example/x</bdi>", "")
        assert "<script" not in page
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "sandbox" in policy
        assert "allow-scripts" not in policy
        assert "form-action 'self'" in policy


def test_nobody_reads_an_undisclosed_copy_or_passage(cast, cited):
    for person in (cast.ben, cast.eda, cast.mia, cast.stranger):
        for url in urls(cited):
            assert client_of(person).get(url).status_code == 404, (person, url)


def test_a_passage_that_is_hidden_is_not_shown_on_a_copy_that_is_not(cast, cited):
    theirs = workflow.save_citation(
        c.check_of(cited.annotation.assignment.claim, cast.ben),
        workflow.SourceDraft("Other", url="https://news.example/ferry"),
        person=cast.ben,
        stance="supports",
        passage="SECRET",
    )
    url = reverse("read_passage", args=[Snapshot.objects.get().uuid, theirs.uuid])
    assert client_of(cast.ann).get(url).status_code == 404
    assert client_of(cast.ben).get(url).status_code == 404


def test_without_a_copy_one_is_led_to_where_one_is_added(cast):
    _article, claim = cast.checking()
    source = workflow.SourceDraft("A letter")
    citation = workflow.save_citation(
        c.check_of(claim, cast.ann), source, person=cast.ann, stance="context"
    )
    url = reverse("cited_copy", args=[citation.uuid])
    answer = client_of(cast.ann).get(url, follow=True)
    assert answer.redirect_chain[0][0] == reverse("source", args=[citation.source.uuid])
    assert "There is no copy yet" in answer.content.decode()


def test_a_file_that_is_no_text_is_offered_as_it_is(cast, cited):
    copy = workflow.keep_copy(
        cited.source, b"%PDF-1.7\0", person=cast.ann, media_type="application/pdf"
    )
    page = client_of(cast.ann).get(reverse("read_copy", args=[copy.uuid])).content.decode()
    assert "no text that can be shown" in page
    assert reverse("saved_copy", args=[copy.uuid]) in page


# --- picking a passage: the words of the newest copy of what somebody is citing ---

NONE = {
    "problem": "There is no copy of it that could be read here. The passage can be typed.",
    "lines": [],
}


def words_for(person: User, **about: str) -> Any:
    return client_of(person).get(reverse("copied_words", args=["desk"]), about)


def test_the_words_of_a_copy_come_as_characters(cast, cited):
    told = words_for(cast.ann, url="http://www.news.example/ferry/?utm_source=x").json()
    assert told["lines"] == [["", "The ferry returns in spring, the mayor says."]]
    assert told["title"] == "The ferry"
    assert told["url"] == urls(cited)[0]


def test_a_copy_that_only_an_undisclosed_annotation_cites_is_no_other_than_none(cast, cited):
    for person in (cast.ben, cast.eda, cast.mia):
        hidden = words_for(person, url="https://news.example/ferry", title="The ferry")
        unknown = words_for(person, url="https://news.example/never", title="Never")
        assert hidden.json() == unknown.json() == NONE
        assert hidden.headers.keys() == unknown.headers.keys()
        named = words_for(person, source=str(cited.source.uuid), url="https://news.example/ferry")
        assert named.json() == NONE
    assert words_for(cast.stranger, url="https://news.example/ferry").status_code == 404


def test_whoever_is_shown_the_words_of_anothers_source_has_seen_the_claim(cast):
    _article, claim = cast.deciding()
    citation = Citation.objects.filter(annotation__assignment__claim=claim).first()
    assert citation is not None
    workflow.keep_copy(citation.source, PAGE, person=cast.eda, name="a", media_type="text/html")
    claim.sightings.all().delete()
    asked = {"url": citation.source.url, "title": citation.source.title}
    assert words_for(cast.eda, **asked).json()["lines"]
    assert claim.sightings.filter(person=cast.eda).exists()


def test_a_confidential_copy_is_only_for_those_who_may(cast):
    _article, claim = cast.checking()
    source = workflow.SourceDraft("An official", is_confidential=True)
    citation = workflow.save_citation(
        c.check_of(claim, cast.ann), source, person=cast.ann, stance="context"
    )
    workflow.keep_copy(citation.source, PAGE, person=cast.ann, name="a", media_type="text/html")
    key = str(citation.source.uuid)
    assert words_for(cast.ann, title="An official", source=key).json()["lines"]
    # Two people are never one: by its title alone it is not found.
    assert words_for(cast.ann, title="An official").json() == NONE
    cast.all_in = c.annotate(claim, cast.ann), c.annotate(claim, cast.ben)
    assert words_for(cast.eda, title="An official", source=key).json() == NONE


def test_of_a_long_copy_the_beginning_is_given_and_it_is_said(cast, cited, monkeypatch):
    monkeypatch.setattr("annotations.views.desk.copies.MOST_WORDS", 20)
    told = words_for(cast.ann, url="https://news.example/ferry").json()
    assert (told["lines"], told["problem"]) == ([], "It is long: only its beginning is shown.")


def test_without_the_words_a_copy_opens_at_the_page_that_the_citation_names(cast, cited):
    data = pdf([column(["The first page."]), column(["The second page."])])
    kept = workflow.keep_copy(
        cited.source, data, person=cast.ann, name="a.pdf", media_type="application/pdf"
    )
    Citation.objects.filter(pk=cited.pk).update(passage="", locator="page 2")
    url = client_of(cast.ann).get(urls_of(cited)).headers["Location"]
    assert str(kept.uuid) in url
    page = client_of(cast.ann).get(url).content.decode()
    assert '<mark id="passage">The second page.</mark>' in page
    assert "It is open at" in page


def test_of_several_copies_the_newest_that_has_the_words_is_opened(cast, cited):
    first = Snapshot.objects.get()
    workflow.keep_copy(
        cited.source, b"<p>It was changed.", person=cast.ann, name="b", media_type="text/html"
    )
    assert str(first.uuid) in client_of(cast.ann).get(urls_of(cited)).headers["Location"]


def urls_of(citation: Citation) -> str:
    return reverse("cited_copy", args=[citation.uuid])
