"""No reader, machine or member is shown the signs of a link where they look for words.

A finding and reasons with links are published and corrected; then every address is asked for.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse

from annotations import workflow
from annotations.models import Article, Letter
from annotations.urls import article as of_article
from annotations.urls import desk as of_desk
from annotations.views.article.replies import _filled
from annotations.words.changed import ONLY_SIGNS
from tests import cast as c
from tests.cast import Cast

from .readers import claim_page, public_addresses
from .test_every_word import Words

SIGNS = re.compile(r"\]\(https://(?:register|list|reading)")
FIRST = "No: see [the register](https://register.example/7) of ferries."
SECOND = "Half: see [the newer register](https://register.example/8) of ferries."
REASONS = "It stands in [the *old* list](https://list.example/) of sailings.\n\n- and elsewhere"
READING = "“Asked” as in [the act](https://reading.example/act)."

RECORDS = {"public_article_json", "public_claim_json", "edition_proof"}
"""Editions as they were stored and hashed, byte for byte."""


@pytest.fixture
def corrected(cast):
    article = cast.article()
    claim = c.mark(article, c.MARKED, cast.eda, interpretation=READING)
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    c.annotate(claim, cast.ann, "false", FIRST)
    c.annotate(claim, cast.ben, "half", SECOND)
    c.decide(claim, cast.eda, finding=FIRST, justification=REASONS)
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half", finding=SECOND, justification=f"Now: {REASONS}")
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "A letter shows it.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    claim.refresh_from_db()
    caches["process"].clear()
    return cast, article, claim


SEARCHES = ("register", "the newer register", "old list", "ferries", "elsewhere", "act asked")


def test_no_public_address_shows_the_signs_of_a_link(corrected):
    _cast, article, claim = corrected
    found = [f"/search/?q={quote(words)}" for words in SEARCHES]
    walked = [*public_addresses(article, claim), *found]
    seen = {}
    for address in walked:
        if resolve(address.partition("?")[0]).url_name in RECORDS:
            continue
        answer = Client().get(address)
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code == 200 and not kind.startswith("image/"):
            body = answer.content.decode()
            seen[address] = body
            assert not SIGNS.search(body), address
    assert len(seen) > 30
    assert "the newer register" in seen[claim_page(claim)]
    hits = re.sub(r"<[^>]+>", "", seen["/search/?q=the%20newer%20register"])
    assert "see the newer register of ferries" in hits
    assert sum("register.example" in body for body in seen.values()) > 5, "links are still links"


def test_a_correction_tells_what_changed_in_words(corrected):
    _cast, _article, claim = corrected
    page = Client().get(claim_page(claim)).content.decode()
    told = re.sub(r"<[^>]+>", "", page)
    assert "https://register.example/8" in told, "that the address is another is a change"
    feed = Client().get(reverse("desk_corrections_feed", args=["desk"])).content.decode()
    assert "register.example/8" in feed


def test_a_change_of_formatting_alone_is_told_as_that(corrected):
    cast, article, claim = corrected
    workflow.reopen(claim, actor=cast.eli, reason="For the eye.")
    words = f"Now: {REASONS}".replace("*old*", "old")
    c.decide(claim, cast.eda, "half", finding=SECOND, justification=words)
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("clarification", "For the eye.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    caches["process"].clear()
    assert str(ONLY_SIGNS) in Client().get(claim_page(claim)).content.decode()


def members_addresses(cast: Cast, article: Article, claim_pk: int) -> list[str]:
    """Each page of the desk and of the article that needs no more than them, and its parts."""
    known = {"desk_slug": "desk", "pk": article.pk, "claim_pk": claim_pk}
    found = []
    patterns: list[Any] = [*of_desk.urlpatterns, *of_article.urlpatterns]
    for pattern in patterns:
        for each in getattr(pattern, "url_patterns", [pattern]):
            if each.name == "evidence":  # an archive
                continue
            try:
                wanted = set(each.pattern.converters) | set(pattern.pattern.converters)
                found.append(reverse(each.name, kwargs={name: known[name] for name in wanted}))
            except (KeyError, NoReverseMatch):
                continue
    bench = reverse("workbench", args=[article.pk])
    found += [f"{bench}?claim={claim_pk}", f"{bench}?claim={claim_pk}&tab=history"]
    found += [f"{bench}?claim={claim_pk}&tab=discussion"]
    found += [f"{reverse('desk_search', args=['desk'])}?q={quote(words)}" for words in SEARCHES]
    return found


@pytest.mark.parametrize("name", ["eda", "ann", "mia", "ola"])
def test_no_page_of_the_desk_shows_them(corrected, name):
    """But where they are typed."""
    cast, article, claim = corrected
    workflow.reopen(claim, actor=cast.eli, reason="Once more.")
    client = Client()
    client.force_login(getattr(cast, name))
    pages = 0
    for address in members_addresses(cast, article, claim.pk):
        answer = client.get(address)
        is_page = answer.status_code == 200 and "html" in answer.headers["Content-Type"]
        body = answer.content.decode() if is_page and not answer.streaming else ""
        if not body:
            continue
        words = Words()
        words.feed(body)
        shown = " ".join(said for said, _own in words.said)
        assert not SIGNS.search(shown), address
        pages += 1
    assert pages > (15 if name == "ola" else 25)


def test_the_administration_lists_them_as_words(corrected):
    cast, _article, claim = corrected
    client = Client()
    client.force_login(cast.eda)
    for name in ("verdict_changelist", "annotation_changelist"):
        body = client.get(reverse(f"admin:annotations_{name}")).content.decode()
        assert "register" in body
        assert not SIGNS.search(body), name
    body = client.get(reverse("admin:annotations_claim_change", args=[claim.pk])).content.decode()
    shown = re.sub(r"(?s)<textarea.*?</textarea>", "", body)
    assert "the newer register" in shown
    # How a claim is read stands there as the record has it, for it is a field of the form.
    assert not SIGNS.search(shown.replace(READING, ""))


def test_claims_taken_away_hold_words(corrected):
    cast, _article, _claim = corrected
    client = Client()
    client.force_login(cast.eda)
    page = reverse("claims", args=["desk"])
    sheet = client.get(page, {"as": "csv"}).getvalue().decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(sheet))
    assert row["finding"] == (
        "Half: see the newer register (https://register.example/8) of ferries."
    )
    assert "the old list (https://list.example/)" in row["justification"]
    (line,) = client.get(page, {"as": "jsonl"}).getvalue().decode().splitlines()
    assert json.loads(line)["finding"] == row["finding"]
    assert not SIGNS.search(sheet + line)


def test_no_mail_holds_them(corrected, mailoutbox):
    cast, _article, claim = corrected
    letter = workflow.ReplyLetter("hall@mail.example", "What do you say?", "{claims} {link}")
    workflow.ask_reply(
        [claim], "Town hall", channel="email", actor=cast.eda, letter=letter, fill=_filled
    )
    sent = list(Letter.objects.values_list("body", flat=True))
    call_command("worker", "--once")
    sent += [f"{mail.subject}\n{mail.body}" for mail in mailoutbox]
    assert sent
    assert not [body for body in sent if SIGNS.search(body)]
