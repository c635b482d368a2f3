"""Whose words are in which language: a screen reader must be told where a page changes it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from annotations import addresses, workflow
from annotations.models import Claimant
from tests import cast as c

from .readers import article_page, claim_page

MOT = "MOT"
"""Stands in every word of the desk's, which works in French."""

VOID = {"meta", "link", "input", "img", "br", "use", "rect", "path", "circle"}


class Spoken(HTMLParser):
    """The text of a page's body, each piece with the language in force."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str | None]] = []
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang")))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self.open}
        if "body" in tags and not tags & {"script", "textarea"}:
            spoken = [lang for _, lang in self.open if lang is not None]
            self.found.append((spoken[-1] if spoken else "", data))


def spoken(url: str) -> list[tuple[str, str]]:
    page = Spoken()
    page.feed(str(Client().get(url).content, "utf-8"))
    return page.found


def said(url: str) -> set[str]:
    """The languages that the desk's words on the page are in."""
    return {lang for lang, text in spoken(url) if MOT in text}


@pytest.fixture
def french(cast):
    """A corrected claim of a desk that works in French, about an article in English."""
    caches["process"].clear()
    cast.desk.language = "fr"
    cast.desk.save()
    for rating in cast.desk.scale.ratings.all():
        cast.desk.scale.ratings.filter(pk=rating.pk).update(
            label=f"{MOT} {rating.label}", definition=f"{MOT} definition"
        )
    article = c.import_text(
        cast.desk,
        cast.eda,
        language="en",
        outlet="The Post",
        published_on="2026-11-14",
        why_selected=MOT,
        public_text="full",
        permission=MOT,
    )
    claimant = Claimant.objects.create(desk=cast.desk, name="The mayor", description=MOT)
    claim = c.mark(
        article,
        c.MARKED,
        cast.eda,
        claim_reviewed=f"{MOT} claim",
        interpretation=f"{MOT} reading",
        claimant=claimant,
    )
    workflow.set_aside(c.mark(article, c.SECOND, cast.eda), "opinion", actor=cast.eda)
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for person in (cast.ann, cast.ben):
        c.annotate(claim, person, "false")
    c.decide(claim, cast.eda, finding=f"{MOT} finding", justification=f"{MOT} why")
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half", finding=f"{MOT} other", justification=f"{MOT} because")
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", f"{MOT} letter")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    return article, claim, cast


def test_the_desks_words_say_their_language_on_a_page_in_another(french):
    article, claim, cast = french
    for url in (
        article_page(article),
        claim_page(claim),
        claim_page(claim, "embed_claim"),
        reverse("embed_article", args=["desk", article.slug]),
        reverse("public_versions", args=["desk", article.slug]),
        reverse("public_desk", args=["desk"]),
        reverse("public_search") + "?desk=desk&q=mot",
        reverse("public_corrections"),
        reverse("public_claimants", args=["desk"]),
        addresses.of_claimant("desk", "The mayor"),
        reverse("public_statement", args=["desk", "ratings"]),
    ):
        told = said(f"{url}{'&' if '?' in url else '?'}lang=ar")
        assert told == {"fr"} or "embed/checks" in url, url
        # In the page's own language there is nothing to say.
        assert said(url) <= {"fr"}, url
    everyones = str(Client().get(f"{reverse('public_search')}?lang=ar").content, "utf-8")
    assert re.search(rf'<option\s+lang="fr">\s*{MOT} Half\s*</option', everyones)
    page = str(Client().get(f"{claim_page(claim)}?lang=ar").content, "utf-8")
    assert f'<title lang="fr">{MOT} Half' in page
    assert f'<meta name="description" lang="fr" content="{MOT} other">' in page
    assert '<title lang="en">' in str(
        Client().get(f"{article_page(article)}?lang=ar").content, "utf-8"
    )
    workflow.retract(claim, actor=cast.mia, why=f"{MOT} forged")
    assert said(f"{claim_page(claim)}?lang=ar") == {"fr"}


def test_why_a_claim_is_set_aside_is_said_in_the_pages_language(french):
    article, _claim, _cast = french
    shown = [lang for lang, text in spoken(f"{article_page(article)}?lang=ar") if "رأي" in text]
    assert set(shown) == {"ar"}


def test_an_outlet_in_latin_does_not_drag_the_arabic_date_along(french):
    article, claim, _cast = french
    page = str(Client().get(f"{article_page(article)}?lang=ar").content, "utf-8")
    assert "<bdi>The Post</bdi>، 14 نوفمبر 2026" in page
    page = str(Client().get(f"{claim_page(claim)}?lang=ar").content, "utf-8")
    assert "<bdi>The Post</bdi>، <bdi>14 نوفمبر 2026</bdi>" in page
    # A dot or comma beside words of another direction is outside of them.
    assert not re.search(r'class="dot"[^>]*dir=|<bdi[^>]*>[,،]|[,،] *</bdi>', page)


def test_numbers_and_note_links_in_a_text_of_another_language_are_the_pages(cast):
    article = c.import_text(cast.desk, cast.eda, "Le bac a coulé, dit le maire.", language="fr")
    c.mark(article, "Le bac a coulé", cast.eda)
    client = Client()
    client.force_login(cast.eda)
    page = Spoken()
    page.feed(str(client.get(reverse("workbench", args=[article.pk])).content, "utf-8"))
    assert ("fr", ", dit le maire.") in page.found
    heard = {lang for lang, text in page.found if text in ("Sentence ", "Claim 1: No rating yet.")}
    assert heard == {"en"}
