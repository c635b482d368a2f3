"""Lists for readers: search, claimants, corrections, versions; what is gone leaves a tombstone."""

from __future__ import annotations

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils.html import escape

from annotations import workflow
from annotations.models import Claimant, Desk, Edition
from annotations.queries import catalogue
from tests import cast as c

from .readers import article_page, bury, claim_page


@pytest.fixture(autouse=True)
def empty_cache():
    caches["process"].clear()


def get(url: str, status: int = 200) -> str:
    answer = Client().get(url)
    assert answer.status_code == status, f"{url}: {answer.status_code}"
    return answer.content.decode()


def titles(found) -> list[str]:
    return [row.title for row in found]


@pytest.fixture
def said(cast):
    """A published claim with a claimant, of an outlet, in the cast's article."""
    article = c.import_text(
        cast.desk, cast.eda, outlet="The Courier", topic="Ferries", title="A ferry"
    )
    mayor = Claimant.objects.create(desk=cast.desk, name="Ada / Mayor", description="mayor")
    claim = c.mark(article, c.MARKED, cast.eda, claimant=mayor, claim_reviewed="Boats do sail.")
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    c.decide(claim, cast.eda, finding="Ships were seen running.")
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    return article, claim


@pytest.mark.parametrize("words", ["boat", "boats sail", "ship seen", '"were seen"', "Mayor"])
def test_search_finds_a_claim_by_stems_phrases_and_names(cast, said, words):
    page = get(f"/search/?q={words}")
    assert "Boats do sail." in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("L’équipe du café est là.", "equipe cafe"),
        ("The team’s café is there.", "team's café"),
        ("外交部发言人说没有。", "发言人"),
        ("東京の新聞が書いた。", "新聞"),
    ],
)
def test_search_needs_no_accents_nor_spaces_between_words(cast, said, words):
    article = c.import_text(cast.desk, cast.eda)
    claim = c.mark(article, c.MARKED, cast.eda, claim_reviewed=said)
    c.triage_all(article, cast.eda)
    cast.publish(article, claim)
    assert escape(said) in get(f"/search/?q={words}")
    assert said not in get("/search/?q=言外")


def test_search_shows_where_the_words_stand(cast, said):
    assert re.search(r'<mark\s+class="hit">Ships</mark>', get("/search/?q=ships"))


def test_search_highlights_by_stems_and_survives_any_words(cast, said):
    assert re.search(r'<mark\s+class="hit">running</mark>', get("/search/?q=run"))
    for words in ("half of it is so", "the", "-", '"', "a or b or -c", "ou le la et der the " * 20):
        get(f"/search/?q={words}")


@pytest.mark.parametrize("words", ["zeppelin", "boats -sail", '"running seen"'])
def test_search_does_not_find_what_is_not_there(cast, said, words):
    assert "Boats do sail." not in get(f"/search/?q={words}")


def test_search_uses_its_index(cast, said):
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off; set local enable_indexscan = off")
    plan = catalogue.holding(catalogue.Search(words="boats")).order_by().explain()
    assert "listing_words" in plan


def test_search_answers_in_parallel_too(cast, said):
    """PostgreSQL shares a large search out among processes, and some functions refuse that."""
    with connection.cursor() as cursor:
        cursor.execute(
            "set local parallel_setup_cost = 0; set local parallel_tuple_cost = 0;"
            " set local min_parallel_table_scan_size = 0; set local enable_bitmapscan = off"
        )
    assert "Boats do sail." in get("/search/?q=boats")
    assert "Boats do sail." in get("/search/?rating=False")


def test_a_claim_made_in_several_outlets_is_found_by_each(cast, said):
    article, claim = said
    other = c.import_text(cast.desk, cast.eda, f"{c.TEXT} Another one.", outlet="The Herald")
    start = other.revision.text.index(c.MARKED)
    workflow.mark(other, start, start + len(c.MARKED), actor=cast.eda, claim=claim)
    assert "Boats do sail." not in get("/search/?outlet=The+Herald").partition("<ol")[2]
    c.triage_all(other, cast.eda)
    workflow.publish(other, actor=cast.eli)
    workflow.reopen(claim, actor=cast.eli, reason="It is said elsewhere.")
    c.decide(claim, cast.eda, finding="Ships were seen running.")
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("update", "It is said elsewhere.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    claim.refresh_from_db()
    assert set(claim.listing.outlets) == {"The Courier", "The Herald"}
    for outlet in ("The+Courier", "The+Herald"):
        assert "Boats do sail." in get(f"/search/?outlet={outlet}").partition("<ol")[2]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("rating=False", True),
        ("rating=True", False),
        ("claimant=Ada+/+Mayor", True),
        ("claimant=Ada", False),
        ("outlet=The+Courier", True),
        ("outlet=Courier", False),
        ("topic=Ferries", True),
        ("topic=Trains", False),
        ("from=2000-01-01", True),
        ("to=2000-01-01", False),
        ("desk=elsewhere", False),
        ("from=no-date&to=9999-99-99", True),
    ],
)
def test_claims_are_listed_by_what_the_check_says(cast, said, query, found):
    assert ('dir="auto">Boats do sail.' in get(f"/search/?{query}")) is found


def test_search_reads_the_newest_edition_only(cast):
    cast.corrected()
    assert "It is so that" not in get("/search/?q=decided&rating=False")
    asked = catalogue.Search(words="half of it is so", rating="Half")
    assert titles(catalogue.holding(asked))


def test_work_in_progress_is_not_found(cast):
    cast.decided()
    assert not Edition.objects.exists()
    page = get("/search/?q=stop+sailing")
    assert "0 results" in page


def test_a_claimant_has_plain_counts_and_no_score(cast, said):
    assert "Ada / Mayor" in get("/claimants/desk/")
    page = get("/claimants/desk/?name=Ada+%2F+Mayor")
    assert "1 claim was checked." in page
    assert '<b class="tabular">1</b>' in page
    assert not re.search(r"\d\s*%", page), "no share, no score"
    get("/claimants/desk/?name=Nobody", 404)
    get("/claimants/elsewhere/?name=Ada+%2F+Mayor", 404)
    get("/claimants/no-such-desk/", 404)


def test_a_correction_is_listed_with_old_and_new_and_why(cast):
    _article, claim = cast.corrected()
    for url in ("/corrections/", "/corrections/desk/"):
        page = get(url)
        assert "A letter shows it." in page
        assert "<del>False</del>" in page
        assert "<ins>Half</ins>" in page
        assert claim_page(claim) in page
    assert "A letter shows it." not in get("/corrections/elsewhere/")


def test_versions_of_an_article_show_what_was_changed(cast):
    article, _claim = cast.corrected()
    page = get(f"{article_page(article)}versions/")
    assert "<ins>Half.</ins>" in page
    assert "First published." in page
    first = get(f"{article_page(article)}versions/1/")
    assert "Edition 2 has taken its place." in first
    assert "Decided by Eda" in first
    assert 'name="robots" content="noindex"' in first
    assert f'<link rel="canonical" href="http://testserver{article_page(article)}">' in first
    get(f"{article_page(article)}versions/3/", 404)


@pytest.mark.parametrize("kind", ["retracted", "withdrawn"])
def test_what_was_taken_back_leaves_a_tombstone_and_stands_nowhere_else(cast, said, kind):
    _article, claim = said
    words = "Ships were seen running."
    bury(claim, kind, "The register was forged.", cast.eli)
    page = get(claim_page(claim), 410)
    assert "The register was forged." in page
    assert words not in page
    assert ("Boats do sail." in page) is (kind == "retracted")
    assert "application/ld+json" not in page
    assert "The register was forged." in get("/corrections/")
    assert words not in get("/search/?q=boats")
    assert claim_page(claim) not in get("/search/")
    get("/claimants/desk/?name=Ada+%2F+Mayor", 404)
    assert words not in get(claim_page(claim, "public_claim_json"), 410)


def test_a_withdrawn_article_leaves_a_tombstone_on_every_address(cast, said):
    article, _claim = said
    bury(article, "withdrawn", "A court asked us to.", cast.eli)
    url = article_page(article)
    for address in (url, f"{url}versions/", f"{url}versions/1/", f"{url[:-1]}.json"):
        page = get(address, 410)
        assert "A court asked us to." in page
        assert "We never asked" not in page
    assert url not in get("/")
    assert "A court asked us to." in get("/corrections/desk/")
    Edition.objects.filter(article=article)


def test_an_article_withdrawn_without_a_word_is_gone_too(cast, said):
    article, _claim = said
    article.status, article.edition = "withdrawn", None
    article.save(update_fields=["status", "edition"])
    assert "No reason is on record." in get(article_page(article), 410)


# --- the start page ---


def test_the_start_page_of_one_newsroom_has_its_name_and_that_of_several_none(cast):
    cast.stranger.memberships.all().delete()
    Desk.objects.exclude(pk=cast.desk.pk).delete()
    Desk.objects.filter(pk=cast.desk.pk).update(organisation="The Lantern", colour="#0b4a9e")
    cast.published()
    caches["process"].clear()
    page = get("/")
    assert "<bdi>The Lantern</bdi>" in page
    assert "Fact checks" not in page
    assert "/looks/desk/" in page, "and its colour"
    c.make_desk("second")
    caches["process"].clear()
    assert "Fact checks" in get("/")


# --- what was corrected ---


@pytest.mark.parametrize(
    "page",
    [
        "/checks/desk/", "/about/desk/", "/claimants/desk/", "/corrections/desk/",
        "/search/?desk=desk",
    ],
)  # fmt: skip
def test_a_desk_that_is_called_otherwise_is_so_on_the_pages_that_are_kept(cast, said, page):
    first = Client().get(page)
    rules = {"organisation": "The Harbour Post"}
    workflow.change_rules(cast.desk, rules, actor=cast.mia, reason="It was sold.")
    answer = Client().get(page, headers={"If-None-Match": first["ETag"]})
    assert answer.status_code == 200
    assert "The Harbour Post" in answer.content.decode()


def test_what_differs_in_several_places_is_told_below_each_other(cast):
    _article, claim = cast.published()
    workflow.reopen(claim, actor=cast.eli, reason="A letter.")
    was = Edition.objects.filter(claim=claim).latest("number").content["verdict"]["finding"]
    now = "Some of what was said there came to be half of it, and more."
    c.decide(claim, cast.eda, "half", finding=now)
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "A letter shows it.")
    workflow.publish(claim.marks.get().revision.article, actor=cast.eli, notes={claim.pk: note})
    caches["process"].clear()
    page = get("/corrections/")
    plain = [re.sub(r"<[^>]+>", "", each) for each in re.findall(
        r'<span class="(?:was|is)">(.*?)</span>(?=<span class="is">|</bdi>|\s*</bdi>)', page
    )]  # fmt: skip
    assert f"Before: {was}" in plain
    assert f"Now: {now}" in plain
