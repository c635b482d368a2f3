"""Nothing that is not published reaches a reader: every public link is followed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.core.cache import caches
from django.test import Client

from annotations import workflow
from annotations.models import Claim, Claimant
from tests import cast as c

PLANTED = "PLANTED"
"""Stands in everything that readers must not get, and in nothing that they may."""

START = ["/", "/search/", "/corrections/", "/sitemap.xml", "/robots.txt", "/feeds/checks.atom"]
ELSEWHERE = ("/desk/", "/desks/", "/login/", "/admin/", "/static/")
# What people type, besides what the pages link to.
TYPED = [f"/search/?q={PLANTED}", "/search/?q=mayor&from=2000-01-01", "/search/?q=ferry"]


class Links(HTMLParser):
    """Every address in a page: links, frames in the code to embed, pictures to share."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {
            value for name, value in attrs if value and name in ("href", "src", "content")
        }


def addresses(answer) -> set[str]:
    kind = answer["Content-Type"].partition(";")[0]
    if kind == "image/png":
        return set()
    text = answer.content.decode()
    found = set(re.findall(r'http://testserver[^\s"<>&]*', text))
    if kind == "text/html":
        page = Links()
        page.feed(text)
        found |= page.found
    local = set()
    for url in found:
        parts = urlsplit(url)
        if parts.netloc in ("", "testserver") and parts.path.startswith("/"):
            local.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    return local


def crawl(start: list[str]) -> dict[str, tuple[int, str]]:
    """What each address reached answers, by its address."""
    seen: dict[str, tuple[int, str]] = {}
    waiting = list(start)
    while waiting:
        url = waiting.pop()
        if url in seen or url.startswith(ELSEWHERE):
            continue
        answer = Client().get(url)
        text = "" if answer["Content-Type"] == "image/png" else answer.content.decode()
        seen[url] = (answer.status_code, text + str(dict(answer.headers)))
        waiting += addresses(answer) - seen.keys()
    return seen


@pytest.fixture
def desks(cast):
    """A corrected claim for readers; beside it, at every stage, work that they must not see."""
    caches["process"].clear()
    _article, published = cast.corrected()
    plant_drafts(cast)
    plant_undisclosed(cast)
    plant_returned(cast)
    plant_decided(cast)
    plant_reopened(cast, published)
    foreign = c.import_text(cast.stranger.desks.get(), cast.stranger, f"{PLANTED} of another desk.")
    c.mark(foreign, PLANTED, cast.stranger, claim_reviewed=f"{PLANTED} claim elsewhere")
    return cast


def article(cast, name: str):
    return c.import_text(
        cast.desk, cast.eda, f"{PLANTED} {name} title\n\nThe {PLANTED} {name} text says so."
    )


def checking(cast, name: str) -> Claim:
    piece = article(cast, name)
    claimant = Claimant.objects.create(desk=cast.desk, name=f"{PLANTED} {name}")
    claim = c.mark(
        piece,
        f"{PLANTED} {name} text says so",
        cast.eda,
        claim_reviewed=f"{PLANTED} {name} claim",
        claimant=claimant,
    )
    c.triage_all(piece, cast.eda)
    workflow.open_checking(piece, [cast.ann, cast.ben], actor=cast.eda)
    return claim


def plant_drafts(cast) -> None:
    check = c.check_of(checking(cast, "draft"), cast.ann)
    workflow.start(check, actor=cast.ann)
    answer = workflow.Answer(None, f"{PLANTED} finding", f"{PLANTED} why")
    workflow.save_annotation(check, answer, person=cast.ann, based_on=0)


def plant_undisclosed(cast) -> None:
    c.annotate(checking(cast, "undisclosed"), cast.ann, text=f"{PLANTED} finding")


def plant_returned(cast) -> None:
    claim = checking(cast, "returned")
    c.annotate(claim, cast.ann, text=f"{PLANTED} one")
    c.annotate(claim, cast.ben, text=f"{PLANTED} two")
    workflow.give_back(c.check_of(claim, cast.ann), actor=cast.eda, reason=f"{PLANTED} reason")


def plant_decided(cast) -> None:
    claim = checking(cast, "decided")
    c.annotate(claim, cast.ann, text=f"{PLANTED} one")
    c.annotate(claim, cast.ben, text=f"{PLANTED} two")
    c.decide(claim, cast.eda, finding=f"{PLANTED} verdict", reason=f"{PLANTED} reason")


def plant_reopened(cast, claim: Claim) -> None:
    """Readers keep what was published while the next verdict is written."""
    workflow.reopen(claim, actor=cast.eli, reason=f"{PLANTED} reason to reopen")
    c.decide(claim, cast.eda, "true", finding=f"{PLANTED} next verdict")


def test_no_public_address_shows_what_is_not_published(desks):
    seen = crawl(START + TYPED)
    assert len(seen) > 60, sorted(seen)
    for url, (status, text) in seen.items():
        asked = url.count(PLANTED)
        assert status in (200, 202, 301, 302, 404), f"{url}: {status}"
        shown = text.replace(f'value="{PLANTED}"', "") if asked else text
        shown = shown.replace(f"q={PLANTED}", "")
        assert PLANTED not in shown, url


def test_the_crawler_reaches_every_kind_of_output(desks):
    seen = crawl(START)
    paths = " ".join(seen)
    for part in (
        "/embed/claims/",
        "/embed/checks/",
        "annotations.jsonld?page=1",
        ".png",
        ".json",
        "/versions/1/",
        "/feeds/claimreview.json",
        "/feeds/desk/checks.jsonl",
        "/feeds/desk/corrections.atom",
        "/about/desk/ratings/",
        "/report/desk/?claim=",
        "lang=ar",
    ):
        assert part in paths, part
    broken = {url: status for url, (status, _text) in seen.items() if status == 404}
    assert not broken


def test_the_crawler_would_find_a_leak(desks):
    desks.desk.organisation = f"{PLANTED} Post"
    desks.desk.save(update_fields=["organisation"])
    assert any(PLANTED in text for _status, text in crawl(["/about/desk/"]).values())
