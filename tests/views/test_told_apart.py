"""The retracted, the set aside and the published are three things wherever a claim is shown."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Article, Claim
from tests import cast as c

ASIDE = "It is a fine pier"


@pytest.fixture
def article(cast) -> Article:
    """Three claims: one stands, one was retracted, one was set aside as an opinion."""
    article: Article = cast.article()
    stands, goes, aside = (c.mark(article, each, cast.eda) for each in (c.MARKED, c.SECOND, ASIDE))
    workflow.set_aside(aside, "opinion", actor=cast.eda, note="It is a matter of taste.")
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for claim in (stands, goes):
        for person in (cast.ann, cast.ben):
            c.annotate(claim, person)
        c.decide(claim, cast.eda)
        workflow.approve(Claim.objects.get(pk=claim.pk), actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    workflow.retract(Claim.objects.get(pk=goes.pk), actor=cast.mia, why="A source was misread.")
    return article


def page_of(cast, name: str, *args: object) -> str:
    client = Client()
    client.force_login(cast.eda)
    return client.get(reverse(name, args=args)).content.decode()


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_in_the_rail_each_has_its_icon_and_its_word(cast, article):
    page = page_of(cast, "workbench", article.pk)
    entries = re.findall(r'(?s)<a[^>]*class="claim-entry[^"]*".*?</a>', page)
    assert len(entries) == 3
    icons = [re.findall(r"#(v-[\w-]+)", each)[0] for each in entries]
    assert len(set(icons)) == 3, icons
    words = [plain(each) for each in entries]
    assert ["Retracted" in each for each in words] == [False, True, False]
    assert ["Set aside" in each for each in words] == [False, False, True]
    assert ["False" in each for each in words] == [True, False, False]


def test_in_the_list_of_claims_each_has_its_stage_and_one_a_verdict(cast, article):
    page = page_of(cast, "claims", "desk")
    rows = [plain(each) for each in re.findall(r"(?s)<tr[^>]*>(.*?)</tr>", page)[1:]]
    stages = [re.findall(r"Published|Retracted|Set aside", each) for each in rows]
    assert stages == [["Set aside"], ["Retracted"], ["Published"]]
    assert ["False" in each for each in rows] == [False, False, True]


def test_readers_are_told_of_each_in_one_sentence(cast, article):
    page = Client().get(reverse("public_article", args=["desk", article.slug])).content.decode()
    found = re.search(r'(?s)class="standfirst"[^>]*>(.*?)</p>', page)
    assert found is not None
    assert "one was retracted" in plain(found[1])
    assert "one was set aside" in plain(found[1])
