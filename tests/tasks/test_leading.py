"""An address that leads to a document the desk has is that document, once its page was saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Annotation, Assignment, Source, User
from annotations.queries import deciding, sources
from annotations.queries.access import article_of
from annotations.tasks.captures import capture_next
from annotations.workflow import copies
from tests import cast as c
from tests.capture import servers

PAGE = servers.page(b"<html><p>The ferry returns in spring.")
MISSING = servers.page(b"", status="404 Not Found")


@dataclass
class Site:
    """A server at which some paths lead to others, and all else is a page."""

    name: str = ""

    def __call__(self, connection, head) -> None:
        path = head.split()[1]
        leads = {"/s/1": "/ferry?utm_source=s", "/s/2": "/ferry/", "/gone": "/"}
        if path == "/robots.txt":
            MISSING(connection, head)
        elif path in leads:
            servers.redirect(f"http://{self.name}{leads[path]}")(connection, head)
        else:
            PAGE(connection, head)


@pytest.fixture
def site(settings, monkeypatch) -> Iterator[Site]:
    monkeypatch.setattr(copies, "HOST_RATE", dt.timedelta())
    site = Site()
    with servers.serving(site) as server:
        site.name = server.name
        settings.FETCH_ALLOWED, settings.SAVE_COPIES = [server.name], True
        yield site


@pytest.fixture
def checks(cast) -> tuple[Assignment, Assignment]:
    _article, claim = cast.checking()
    return c.check_of(claim, cast.ann), c.check_of(claim, cast.ben)


def cite(check: Assignment, url: str) -> Source:
    draft = workflow.SourceDraft(f"Found at {url[-3:]}", url=url)
    return workflow.save_citation(check, draft, person=check.person, stance="supports").source


def save_all() -> None:
    while capture_next():
        pass


def described(source: Source, person: User) -> set[Source]:
    source.refresh_from_db()
    return set(sources.document(source, person).descriptions)


def test_two_addresses_that_lead_to_one_are_one_document(cast, checks, site):
    mine, _theirs = checks
    first, second, third = (
        cite(mine, f"http://{site.name}{path}") for path in ("/s/1", "/ferry", "/s/2")
    )
    assert described(first, cast.ann) == {first}, "nobody knows yet"
    save_all()
    everything = {first, second, third}
    for each in everything:
        assert described(each, cast.ann) == everything
    # What was typed stays, and each kept the copy that came by it.
    first.refresh_from_db()
    assert first.url == f"http://{site.name}/s/1"
    assert {each.snapshots.count() for each in everything} == {1}


def test_it_is_offered_and_read_as_one(cast, checks, site):
    mine, _theirs = checks
    for path in ("/s/1", "/ferry"):
        cite(mine, f"http://{site.name}{path}")
    save_all()
    assert len(sources.found_again(cast.ann, cast.desk, "Found")) == 1
    name = Source.objects.get(url__endswith="/ferry").document
    assert len(sources.copies_named(cast.ann, cast.desk, name)) == 2


def test_what_leads_to_a_sites_first_page_is_not_that_page(cast, checks, site):
    mine, _theirs = checks
    gone, first = (cite(mine, f"http://{site.name}{path}") for path in ("/gone", "/"))
    save_all()
    assert described(gone, cast.ann) == {gone}
    assert described(first, cast.ann) == {first}


def test_nobody_learns_of_an_undisclosed_source_by_it(cast, checks, site):
    mine, theirs = checks
    hers, his = cite(mine, f"http://{site.name}/s/1"), cite(theirs, f"http://{site.name}/ferry")
    save_all()
    assert described(hers, cast.ann) == {hers}
    assert described(his, cast.ben) == {his}
    for check in checks:
        rating = c.rating(check.claim, "false")
        workflow.start(check, actor=check.person)
        answer = workflow.Answer(rating, "So.", "Because.", "high")
        workflow.save_annotation(check, answer, person=check.person, based_on=1)
        workflow.submit(check, actor=check.person)
    assert described(hers, cast.ann) == {hers, his}, "disclosed"


def test_one_address_is_one_document_though_only_one_of_two_pages_was_saved(cast, checks, site):
    for check in checks:
        cite(check, f"http://{site.name}/s/1")
        c.annotate(check.claim, check.person)
    assert capture_next()
    assert set(Source.objects.filter(title="Found at s/1").values_list("leads_to", flat=True)) == {
        "",
        f"https://{site.name}/ferry",
    }
    mine, theirs = Annotation.objects.filter(assignment__in=checks).order_by("pk")
    led = [each for each in deciding.merged([("A", mine), ("B", theirs)]) if "Found" in each.title]
    assert [passage.cited_by for each in led for passage in each.passages] == ["cited by A and B"]
    assert len(sources.found_again(cast.eda, cast.desk, "Found")) == 1


def test_two_names_of_one_document_are_both_before_the_decider(cast, checks, site):
    """Where they lead may be a page that asks for a password: who decides sees what was cited."""
    for check, path in zip(checks, ("/s/1", "/s/2"), strict=True):
        cite(check, f"http://{site.name}{path}")
        c.annotate(check.claim, check.person)
    save_all()
    url = reverse("decide", args=[article_of(checks[0].claim).pk])
    client = Client()
    client.force_login(cast.eda)
    page = client.get(url).content.decode().partition('id="cite"')[2]
    (led,) = (each for each in page.split("<li") if "Found at s/" in each)
    assert "Found at s/1" in led
    assert "Found at s/2" in led
    assert led.count('name="cite"') == 2, "each can be taken or left"


def test_it_is_found_also_after_the_work_was_handed_in(cast, checks, site):
    mine, _theirs = checks
    source = cite(mine, f"http://{site.name}/s/1")
    workflow.start(mine, actor=cast.ann)
    answer = workflow.Answer(c.rating(mine.claim, "false"), "So.", "Because.", "high")
    workflow.save_annotation(mine, answer, person=cast.ann, based_on=1)
    workflow.submit(mine, actor=cast.ann)
    save_all()
    source.refresh_from_db()
    assert source.leads_to == f"https://{site.name}/ferry"


def test_an_address_that_leads_there_no_more_is_its_own(cast, checks, site):
    mine, _theirs = checks
    source = cite(mine, f"http://{site.name}/ferry")
    Source.objects.filter(pk=source.pk).update(leads_to="https://elsewhere.example/")
    save_all()
    source.refresh_from_db()
    assert source.leads_to == ""


def test_a_page_of_a_source_says_what_else_it_is_called(cast, checks, site):
    mine, _theirs = checks
    first, second = (cite(mine, f"http://{site.name}{path}") for path in ("/s/1", "/ferry"))
    save_all()
    client = Client()
    client.force_login(cast.ann)
    page = client.get(reverse("source", args=[first.uuid])).content.decode()
    assert reverse("source", args=[second.uuid]) in page
