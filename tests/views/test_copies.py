"""Copies are read as words with the passage marked: by whoever may see them, and nothing acts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Citation, Snapshot, User
from tests import cast as c

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


def test_a_copy_is_closed_twice_over(cast, cited):
    for url in urls(cited)[:2]:
        answer: Any = client_of(cast.ann).get(url)
        page = answer.content.decode()
        assert "alert(1)" not in page
        assert "evil.example" not in page
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
