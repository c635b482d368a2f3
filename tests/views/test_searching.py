"""One search over a desk: what is found, where it leads, and what nobody is told."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import urlencode

from annotations import exchange, workflow
from annotations.formats import plain
from annotations.models import Claimant, Sighting
from tests import cast as c


def look(person, words: str, **more: str) -> str:
    client = Client()
    client.force_login(person)
    url = reverse("desk_search", args=["desk"])
    response = client.get(f"{url}?{urlencode({'q': words} | more)}")
    assert response.status_code == 200
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", main)


def groups(page: str) -> list[str]:
    return re.findall(r'<h2 id="g-(\w+)">', page)


@pytest.fixture
def french(cast):
    text = "L’équipe du port\n\nHier, l’équipe a parlé du « café » fermé. Le café rouvre."
    article = c.import_text(cast.desk, cast.eda, text)
    claim = c.mark(article, "Le café rouvre", cast.eda, claim_reviewed="Le café “Zoé” rouvre")
    return article, claim


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("equipe", ["articles"]),
        ("EQUIPE cafe", ["articles"]),
        ("l'equipe", ["articles"]),
        ('"zoe"', ["claims"]),
        ("zoe equipe", []),
        ("%", []),
        ("Eda", ["people"]),
    ],
)
def test_each_word_is_found_whatever_its_accents(cast, french, words, kinds):
    assert groups(look(cast.eda, words)) == kinds


def test_an_article_is_found_by_its_text_and_leads_to_the_sentence(cast, french):
    article, _claim = french
    page = look(cast.eda, "ferme")
    assert f"/articles/{article.pk}/?sentence=1#panel" in page
    assert 'du « café » <mark class="hit">fermé</mark>.' in page


def test_a_word_after_longer_ones_is_found_at_its_place(cast):
    """Where folding makes a text longer, the place is looked for around."""
    text = "Ein Anfang\n\n" + "Die Straße ist groß. " * 30 + "Der Zug fährt später."
    article = c.import_text(cast.desk, cast.eda, text)
    page = look(cast.eda, "fahrt")
    assert f"/articles/{article.pk}/?sentence=31#panel" in page
    assert 'Der Zug <mark class="hit">fährt</mark> später.' in page


def test_only_the_text_of_today_is_searched(cast):
    article = c.import_text(cast.desk, cast.eda, "A title\n\nThe harbour was closed.")
    newer = plain.read("A title\n\nThe pier was closed.", "en")
    exchange.revise(article, newer, actor=cast.eda, based_on=1)
    assert groups(look(cast.eda, "harbour")) == []
    assert groups(look(cast.eda, "pier")) == ["articles"]


def test_a_finding_and_a_source_are_found_by_who_may_see_them(cast):
    _article, claim = cast.deciding()
    c.decide(claim, cast.eda, finding="The quartz says so")
    page = look(cast.eli, "quartz")
    assert groups(page) == ["findings"]
    assert f"claim={claim.pk}" in page
    assert Sighting.objects.filter(claim=claim, person=cast.eli).exists()
    assert groups(look(cast.eda, "register ben")) == ["sources"]


def test_nothing_of_undisclosed_work_is_found_by_others(cast):
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    workflow.start(check, actor=cast.ann)
    answer = workflow.Answer(c.rating(claim, "true"), "The quartz says so")
    workflow.save_annotation(check, answer, person=cast.ann, based_on=0)
    workflow.save_citation(
        check, workflow.SourceDraft("The zircon ledger"), person=cast.ann, stance="supports"
    )
    for person in (cast.ben, cast.eda, cast.eli):
        assert groups(look(person, "quartz")) == groups(look(person, "zircon")) == []
    assert groups(look(cast.ann, "zircon")) == ["sources"]
    assert not Sighting.objects.filter(person__in=(cast.ben, cast.eda)).exists()


def test_another_desk_is_not_searched(cast, french):
    client = Client()
    client.force_login(cast.stranger)
    assert client.get(reverse("desk_search", args=["desk"])).status_code == 404


def test_more_of_one_kind_are_a_link_away(cast):
    for number in range(7):
        c.import_text(cast.desk, cast.eda, f"Basalt {number}\n\nIt is a stone.")
    page = look(cast.eda, "basalt")
    assert page.count("<li>") == 5
    assert "?q=basalt&amp;in=articles" in page
    whole = look(cast.eda, "basalt", **{"in": "articles"})
    assert whole.count("<li>") == 7


def test_words_are_escaped(cast):
    c.import_text(cast.desk, cast.eda, "<b>Basalt</b>\n\nIt is <i>a</i> stone.")
    page = look(cast.eda, "basalt</b>")
    assert '&lt;b&gt;<mark class="hit">Basalt&lt;/b&gt;</mark>' in page


def test_as_many_statements_for_many_rows(cast):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            look(cast.eda, "basalt")
        return len(queries)

    few = many = 0
    for number in range(4):
        article = c.import_text(cast.desk, cast.eda, f"Basalt {number}\n\nIt is basalt {number}.")
        c.mark(article, f"It is basalt {number}", cast.eda)
        few, many = (cost(), many) if number == 0 else (few, cost())
    assert many == few


def test_a_claim_is_filtered_by_its_claimant_too(cast, french):
    article, claim = french
    claim.claimant = Claimant.objects.create(desk=cast.desk, name="José Ñandú")
    claim.save()
    client = Client()
    client.force_login(cast.eda)
    for page in ("claims", "articles"):
        answer = client.get(reverse(page, args=["desk"]), {"q": "jose state:spotted"})
        assert article.title in answer.content.decode()
    assert groups(look(cast.eda, "nandu")) == ["claims", "claimants"]
