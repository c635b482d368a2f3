"""A source starts from its address: looked up, never written over, and saved for several claims."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import (
    Annotation,
    Article,
    Assignment,
    Citation,
    Claim,
    Mark,
    Source,
    User,
)
from tests import cast as c
from tests.capture import servers

HEAD = (
    b'<html lang="en"><meta property="og:title" content="Ferry returns">'
    b'<meta property="og:site_name" content="The News">'
    b'<meta property="article:published_time" content="2026-03-02">'
)


@pytest.fixture
def check(cast) -> Assignment:
    _article, claim = cast.checking()
    return c.check_of(claim, cast.ann)


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(check: Assignment, person: User, *, script: bool = False, **fields: Any) -> Any:
    url = reverse("cite", args=[check.uuid])
    headers = {"X-Look": "1"} if script else {}
    sent = {"stance": "supports", "key": str(uuid.uuid4())} | fields
    return client_of(person).post(url, sent, headers=headers)


@pytest.fixture
def news(settings):
    with servers.serving(servers.page(HEAD)) as server:
        settings.FETCH_ALLOWED = [server.name]
        yield server


def test_an_address_is_looked_up_and_nothing_is_saved(check, cast, news):
    answer = send(check, cast.ann, script=True, url=f"http://{news.name}/a", then="look")
    assert answer.json() == {
        "found": {
            "title": "Ferry returns",
            "publisher": "The News",
            "authors": "",
            "published_on": "2026-03-02",
            "language": "en",
        },
        "problem": "",
    }
    assert not Source.objects.exists()


def test_with_forms_alone_what_is_empty_is_filled_and_what_was_typed_stays(check, cast, news):
    typed: dict[str, Any] = {
        "url": f"http://{news.name}/a",
        "publisher": "Typed",
        "passage": "Its words.",
    }
    answer = send(check, cast.ann, then="look", **typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="Ferry returns"' in page
    assert 'value="Typed"' in page
    assert "The News" not in page
    assert "Its words." in page
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/a", "http://[::1]/", "http://169.254.169.254/", "http://10.0.0.1/"]
)
def test_what_is_not_public_is_not_looked_up_and_the_page_says_why(check, cast, url):
    with servers.serving(servers.page(HEAD)) as canary:
        told = send(check, cast.ann, script=True, url=f"http://{canary.name}/", then="look").json()
        assert told["found"] == {}
        assert told["problem"]
        assert canary.connections == 0
    answer = send(check, cast.ann, url=url, then="look", title="Kept")
    assert answer.status_code == 200
    assert 'value="Kept"' in answer.content.decode()


def test_nobody_looks_up_by_the_check_of_another(check, cast, news):
    assert (
        send(check, cast.ben, script=True, url=f"http://{news.name}/", then="look").status_code
        == 404
    )
    assert news.connections == 0


def test_without_a_title_the_address_stands_for_it(check, cast):
    send(check, cast.ann, url="https://news.example/ferry/")
    source = Source.objects.get()
    assert (source.title, source.url) == ("news.example/ferry", "https://news.example/ferry/")


@pytest.mark.parametrize(
    ("typed", "url", "isbn", "document"),
    [
        ("10.1000/XYZ", "https://doi.org/10.1000/xyz", "", "doi:10.1000/xyz"),
        ("doi: 10.1000/xyz", "https://doi.org/10.1000/xyz", "", "doi:10.1000/xyz"),
        ("978-3-16-148410-0", "", "9783161484100", "isbn:9783161484100"),
        ("news.example/a", "https://news.example/a", "", "https://news.example/a"),
    ],
)
def test_the_first_field_takes_a_doi_and_an_isbn(check, cast, typed, url, isbn, document):
    answer = send(check, cast.ann, url=typed, title="A work")
    assert answer.status_code == 302, answer.content.decode()
    source = Source.objects.get()
    assert (source.url, source.isbn, source.document) == (url, isbn, document)


def test_neither_address_nor_title_is_refused(check, cast):
    answer = send(check, cast.ann, passage="Typed words.")
    assert answer.status_code == 422
    assert "Give its address or its title." in answer.content.decode()
    assert "Typed words." in answer.content.decode()


def test_an_isbn_that_does_not_add_up_is_refused(check, cast):
    answer = send(check, cast.ann, title="A book", isbn="9783161484101")
    assert answer.status_code == 422
    assert "check digit" in answer.content.decode()


def test_several_addresses_are_as_many_citations(check, cast):
    pasted = "https://a.example/1 https://b.example/2\r\nhttps://a.example/1 10.1000/xyz"
    key = str(uuid.uuid4())
    for _time in range(2):  # sent twice, it has one effect
        assert send(check, cast.ann, url=pasted, note="All say so.", key=key).status_code == 302
    urls = [row.source.url for row in Citation.objects.order_by("position")]
    assert urls == ["https://a.example/1", "https://b.example/2", "https://doi.org/10.1000/xyz"]
    assert {row.note for row in Citation.objects.all()} == {"All say so."}


def test_words_are_not_said_to_stand_in_several_documents(check, cast):
    answer = send(check, cast.ann, url="https://a.example/1 https://b.example/2", passage="Words.")
    assert answer.status_code == 422
    assert "https://a.example/1 https://b.example/2" in answer.content.decode()
    assert not Citation.objects.exists()


def test_too_many_addresses_are_refused(check, cast):
    many = " ".join(f"https://a.example/{n}" for n in range(21))
    assert send(check, cast.ann, url=many).status_code == 422


def two_claims(cast) -> tuple[Assignment, Assignment]:
    article, claim = cast.marked()
    second = c.mark(article, c.SECOND, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    return c.check_of(claim, cast.ann), c.check_of(second, cast.ann)


def test_one_choice_cites_it_for_another_claim_as_well(cast):
    check, other = two_claims(cast)
    fields: dict[str, Any] = {"url": "https://a.example/1", "title": "Letter", "passage": "Words."}
    assert send(check, cast.ann, claims=[str(other.uuid)], **fields).status_code == 302
    rows = Citation.objects.order_by("annotation__assignment__claim")
    assert [row.annotation.assignment_id for row in rows if row.annotation] == [check.pk, other.pk]
    assert {row.passage for row in rows} == {"Words."}
    assert Source.objects.count() == 1


def test_only_ones_own_open_checks_of_the_article_are_offered_or_taken(cast):
    check, other = two_claims(cast)
    theirs = c.check_of(other.claim, cast.ben)
    page = client_of(cast.ann).get(
        reverse("workbench", args=[Article.objects.get().pk]),
        {"claim": str(check.claim_id), "cite": "new"},
    )
    assert str(other.uuid) in page.content.decode()
    assert str(theirs.uuid) not in page.content.decode()
    answer = send(check, cast.ann, url="https://a.example/1", claims=[str(theirs.uuid)])
    assert answer.status_code == 422
    assert not Citation.objects.exists()
    c.annotate(other.claim, cast.ann)
    page = client_of(cast.ann).get(
        reverse("workbench", args=[Article.objects.get().pk]),
        {"claim": str(check.claim_id), "cite": "new"},
    )
    assert str(other.uuid) not in page.content.decode(), "handed in"


def test_a_source_is_put_at_a_place_by_its_author_alone(check, cast):
    rows = [
        workflow.save_citation(
            check, workflow.SourceDraft(title), person=cast.ann, stance="context"
        )
        for title in ("One", "Two")
    ]
    url = reverse("place_source", args=[check.uuid, rows[1].uuid])
    for person in (cast.ben, cast.eda, cast.stranger):
        assert client_of(person).post(url, {"place": 0}).status_code == 404
    ann = client_of(cast.ann)
    assert ann.get(url).status_code == 405
    for place in ("", "-1", "x", "99999"):
        assert ann.post(url, {"place": place}).status_code == 422
    assert ann.post(url, {"place": 0}).json() == {"place": 0}
    assert [row.source.title for row in Citation.objects.all()] == ["Two", "One"]
    c.annotate(check.claim, cast.ann)
    assert ann.post(url, {"place": 1}).status_code == 410


@pytest.mark.parametrize("then", ["place", "place x 1", "place {key} x", "place {key} 99999"])
def test_a_made_up_place_is_no_error_and_the_draft_is_saved(check, cast, then):
    row = workflow.save_citation(
        check, workflow.SourceDraft("One"), person=cast.ann, stance="context"
    )
    annotation = Annotation.objects.get()
    sent = {"version": annotation.version, "finding": "Typed"}
    sent |= {"then": then.format(key=row.uuid), "key": str(uuid.uuid4())}
    answer = client_of(cast.ann).post(reverse("annotate", args=[check.uuid]), sent)
    assert answer.status_code == 302
    annotation.refresh_from_db()
    assert annotation.finding == "Typed"


@pytest.mark.parametrize("form", ["annotate", "cite"])
def test_what_was_typed_comes_back_from_a_claim_whose_words_were_taken_out(cast, form):
    """Set aside, brought back and unmarked, while a form of its check stood open."""
    article, claim = cast.checking()
    c.annotate(claim, cast.ann, "true")
    check = c.check_of(claim, cast.ben)
    workflow.set_aside(claim, "opinion", actor=cast.eda, note="It is one.")
    workflow.bring_back(Claim.objects.get(pk=claim.pk), actor=cast.eda, reason="It is none.")
    for mark in Mark.objects.filter(claim=claim):
        workflow.unmark(article, mark, actor=cast.eda)
    sent = {"finding": "So I found.", "version": 0, "title": "So I found.", "stance": "supports"}
    answer = client_of(cast.ben).post(
        reverse(form, args=[check.uuid]), sent | {"key": str(uuid.uuid4())}
    )
    assert answer.status_code == 409
    assert "So I found." in answer.content.decode()
    source = Citation.objects.get(annotation__assignment__person=cast.ann).source
    page = client_of(cast.ann).get(reverse("source", args=[source.uuid])).content.decode()
    assert f"/articles/{article.pk}/?claim={claim.pk}" in page
