"""An article's own links: kept with its text, shown to its desk, offered as sources, not public."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations import exchange, workflow
from annotations.exchange.reading import Given
from annotations.models import Article, Desk, Revision, Sentence, User
from tests import cast as c
from tests.formats.files import pdf
from tests.formats.test_files import SAMPLES
from tests.formats.test_html import page
from tests.views.test_access import client_of
from tests.views.test_import import again, post
from tests.views.test_revisions import said

LINKED = (
    '<p>The pier cost two million, says <a href="https://town.example/report?y=2026&p=3">the'
    " report of the town</a>. It carried more cars, says"
    ' <a href="https://county.example/cars">the county</a>, than in any year before.</p>'
)
REPORT, COUNTY = "https://town.example/report?y=2026&p=3", "https://county.example/cars"
MAYOR = "https://paper.example/m"


def saved(body: str = LINKED) -> SimpleUploadedFile:
    head = '<link rel="canonical" href="https://paper.example/ferry">'
    return SimpleUploadedFile("ferry.html", page(body, head=head).encode())


def import_page(desk: Desk, actor: User, **fields: Any) -> Article:
    given = Given(data=saved().read(), name="ferry.html")
    document = exchange.read(given, desk).document
    return exchange.import_document(desk, document, actor=actor, **fields).article


def links(revision: Revision) -> list[tuple[str, str]]:
    return [(revision.text[each.start : each.end], each.address) for each in revision.links.all()]


ALL = [("mayor", MAYOR), ("the report of the town", REPORT), ("the county", COUNTY)]


# --- coming in ---


def test_what_is_saved_has_the_links_of_the_page_whatever_was_joined_and_split(cast):
    eda = client_of(cast.eda)
    answer = post(eda, file=saved())
    rows = answer.context["preview"]["sentences"]
    at = next(row["index"] for row in rows if "The pier cost" in row["text"])
    answer = again(eda, answer, do=f"join-{at}")
    shown = answer.context["preview"]
    cut = {"starts": shown["starts"], "headings": shown["headings"], "cut_of": shown["cut_of"]}
    answer = again(eda, answer, do=f"kind-{at + 1}", **cut)
    shown = answer.context["preview"]
    cut = {"starts": shown["starts"], "headings": shown["headings"], "cut_of": shown["cut_of"]}
    assert again(eda, answer, **cut).status_code == 302
    revision = Article.objects.get().revision
    assert revision.splitter_version.endswith("+hand")
    assert links(revision) == ALL


@pytest.mark.parametrize("name", ["a.pdf", "a.srt", "a.vtt"])
def test_where_in_its_file_a_sentence_stands_is_kept_and_shown(cast, name):
    eda = client_of(cast.eda)
    answer = post(eda, file=SimpleUploadedFile(name, SAMPLES[name]))
    rows = answer.context["preview"]["sentences"]
    again(eda, answer)
    article = Article.objects.get()
    kept = list(article.revision.sentences.values_list("locator", flat=True))
    assert kept == [row["place"] for row in rows]
    assert all(kept)
    number = article.revision.sentences.filter(number__isnull=False).latest("position")
    panel = said(eda.get(f"{_bench(article)}?sentence={number.number}"))
    assert f"Sentence {number.number}, {number.locator}" in panel
    bench = eda.get(reverse("workbench", args=[article.pk])).content.decode()
    for locator in dict.fromkeys(kept):
        assert bench.count(f"data-not-text>{locator} </small>") == 1


def test_a_claim_says_on_which_page_its_words_stand(cast):
    lines = [[(50, 700, 10, "The council built 240 homes.")], [(50, 700, 10, "Nobody was asked.")]]
    given = Given(data=pdf(lines), name="a.pdf")
    document = exchange.read(given, cast.desk).document
    article = exchange.import_document(cast.desk, document, actor=cast.eda).article
    claim = c.mark(article, "Nobody was asked", cast.eda)
    page_ = said(client_of(cast.eda).get(_bench(article), {"claim": claim.pk}))
    assert "sentence 2, p. 2" in page_


# --- shown to the desk ---


def _bench(article: Article) -> str:
    return reverse("workbench", args=[article.pk])


def test_the_workbench_shows_each_link_behind_its_words(cast):
    article = import_page(cast.desk, cast.eda)
    shown = client_of(cast.eda).get(_bench(article)).content.decode()
    for words, address in ALL:
        written = address.replace("&", "&amp;")
        assert f'<span class="linked-words">{words}</span>' in shown
        assert f'href="{written}" rel="noopener noreferrer" title="{written}"' in shown
    assert shown.count('class="out"') == 3
    assert "The article links to town.example." in shown


def test_a_sentence_lists_its_own_links(cast):
    article = import_page(cast.desk, cast.eda)
    row = next(
        row
        for row in article.revision.sentences.exclude(number=None)
        if "The pier cost" in article.revision.text[row.start : row.end]
    )
    shown = client_of(cast.eda).get(f"{_bench(article)}?sentence={row.number}")
    assert [(each["words"], each["address"]) for each in shown.context["links"]] == [ALL[1]]
    assert shown.content.decode().count(REPORT.replace("&", "&amp;")) == 4


def test_an_article_without_links_asks_nothing_more(cast):
    article, _claim = cast.marked()
    eda = client_of(cast.eda)
    eda.get(_bench(article))
    with CaptureQueriesContext(connection) as asked:
        eda.get(_bench(article))
    assert not [each for each in asked if each["sql"].startswith('SELECT "annotations_link"')]


# --- offered as sources ---


@pytest.fixture
def checked(cast) -> tuple[Article, str]:
    """An article with links in a check, and where ann cites a source for the claim of the pier."""
    article = import_page(cast.desk, cast.eda)
    claim = c.mark(article, "The pier cost two million", cast.eda)
    c.mark(article, "It is a fine pier", cast.eda)
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    return article, f"{_bench(article)}?claim={claim.pk}&cite=new"


def test_the_links_of_a_claims_sentences_are_offered_as_its_sources(cast, checked):
    _article, address = checked
    shown = client_of(cast.ann).get(address)
    assert [(each["words"], each["address"]) for each in shown.context["links"]] == [ALL[1]]
    (offered,) = shown.context["links"]
    filled = client_of(cast.ann).get(offered["url"])
    assert filled.context["form"]["url"].value() == REPORT
    assert 'data-look="now"' in filled.content.decode()


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_only_a_link_beside_the_claim_fills_the_address(cast, checked, key):
    article, address = checked
    if not key:
        key = str(article.revision.links.get(address=COUNTY).uuid)
    shown = client_of(cast.ann).get(f"{address}&link={key}")
    assert not shown.context["form"]["url"].value()
    assert 'data-look="now"' not in shown.content.decode()


# --- another text ---


def revise(article: Article, actor: User, given: Given) -> Revision:
    document = exchange.read(given, article.desk, language=article.language).document
    document = exchange.keeping_cut(article, document)
    exchange.revise(article, document, actor=actor, based_on=article.revision.number)
    return article.revision


def test_links_follow_their_words_into_a_text_that_is_typed(cast):
    article = import_page(cast.desk, cast.eda)
    text = article.revision.text
    now = f"New.\n\n{text}".replace("the county", "the whole country").replace("two", "three")
    assert links(revise(article, cast.eda, Given(text=now))) == ALL[:2]


def test_an_address_that_is_pasted_with_the_text_is_a_link_of_it_too(cast):
    text = f"{c.TEXT}\n\nMore is at https://town.example/pier."
    article = c.import_text(cast.desk, cast.eda, text)
    (first,) = links(article.revision)
    assert first == ("https://town.example/pier", "https://town.example/pier")
    revision = revise(article, cast.eda, Given(text=f"{text} And at https://b.example/."))
    assert links(revision) == [first, ("https://b.example/", "https://b.example/")]


def test_a_page_read_again_says_its_own_links(cast):
    article = import_page(cast.desk, cast.eda)
    body = LINKED.replace("county.example/cars", "county.example/2")
    body += "<p>More was said of the pier, and of cars, on the day after.</p>"
    revision = revise(article, cast.eda, Given(data=saved(body).read(), name="a.html"))
    assert links(revision)[-1] == ("the county", "https://county.example/2")


def test_pages_stay_with_the_sentences_of_a_text_that_is_typed(cast):
    given = Given(data=SAMPLES["a.srt"], name="a.srt")
    document = exchange.read(given, cast.desk).document
    article = exchange.import_document(cast.desk, document, actor=cast.eda).article
    had = {each: row.locator for row, each in _rows(article)}
    revision = revise(article, cast.eda, Given(text=f"{article.revision.text}\n\nIt is new."))
    now = {each: row.locator for row, each in _rows(article)}
    assert revision.number == 2
    assert now == had | {"It is new.": ""}


def _rows(article: Article) -> list[tuple[Sentence, str]]:
    text = article.revision.text
    return [(row, text[row.start : row.end]) for row in article.revision.sentences.all()]


# --- never public ---


ASKED = [
    ("public_article", lambda article, claim: [article.slug]),
    ("public_article_json", lambda article, claim: [article.slug]),
    ("public_claim", lambda article, claim: [claim.number, claim.slug]),
    ("web_annotations", lambda article, claim: [article.slug]),
    ("embed_article", lambda article, claim: [article.slug]),
]


@pytest.mark.parametrize(("name", "args"), ASKED, ids=[name for name, _args in ASKED])
def test_readers_are_shown_no_link_of_an_article_though_its_whole_text(cast, client, name, args):
    article = import_page(cast.desk, cast.eda, public_text="full", permission="Theirs")
    claim = c.mark(article, "The pier cost two million", cast.eda)
    cast.publish(article, claim)
    claim.refresh_from_db()
    shown = client.get(reverse(name, args=[cast.desk.slug, *args(article, claim)]))
    assert shown.status_code == 200
    assert "The pier cost two million" in said(shown) or "embed" in name or "annot" in name
    for address in (REPORT, COUNTY, MAYOR):
        assert address.partition("?")[0] not in shown.content.decode()


def test_readers_are_told_on_which_page_the_words_of_a_claim_stand(cast, client):
    lines = [[(50, 700, 10, "The council built 240 homes.")], [(50, 700, 10, "Nobody was asked.")]]
    document = exchange.read(Given(data=pdf(lines), name="a.pdf"), cast.desk).document
    article = exchange.import_document(cast.desk, document, actor=cast.eda).article
    claim = c.mark(article, "Nobody was asked", cast.eda)
    cast.publish(article, claim)
    claim.refresh_from_db()
    args = [cast.desk.slug, claim.number, claim.slug]
    assert "Nobody was asked (p. 2)" in said(client.get(reverse("public_claim", args=args)))
    assert claim.edition
    (appearance,) = claim.edition.content["appearances"]
    assert appearance["locator"] == "p. 2"


def test_a_claim_of_a_text_without_pages_names_none(cast, client):
    _article, claim = cast.published()
    claim.refresh_from_db()
    args = [cast.desk.slug, claim.number, claim.slug]
    page_ = client.get(reverse("public_claim", args=args)).content.decode()
    assert '<bdi class="muted">' not in " ".join(page_.split())
