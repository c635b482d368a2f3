"""What machines are told, beyond what each format's own tests say: addresses, ends, identities."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import caches
from django.test import Client

from annotations import workflow
from annotations.editions.content import iso
from annotations.views.public import feeds
from tests import cast as c

from .readers import article_page, claim_page

NAMES = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def empty_cache():
    caches["process"].clear()


def feed(url: str) -> ET.Element:
    return ET.fromstring(Client().get(url).content)  # noqa: S314 -- our own


@pytest.mark.parametrize("address", ["/feeds/claimreview.json", "/sitemap.xml"])
@pytest.mark.parametrize("page", ["0", "2", "99999", "x", "-1", "٣"])
def test_a_page_past_the_end_of_a_list_for_machines_is_not_found(cast, monkeypatch, address, page):
    monkeypatch.setattr(feeds, "REVIEWS", 5)
    cast.published()
    answer = Client().get(address, {"page": page})
    assert answer.status_code == 404
    assert Client().get(address, {"page": "1"}).status_code == 200


def for_machines(article, claim):
    return (
        "/feeds/claimreview.json",
        "/feeds/checks.jsonl",
        "/feeds/checks.atom",
        "/feeds/desk/corrections.atom",
        claim_page(claim, "public_claim_json"),
        f"{article_page(article)[:-1]}.json",
        f"{article_page(article)}annotations.jsonld",
        f"{article_page(article)}annotations.jsonld?page=1",
        "/feeds/roots.json",
        "/schemas/check-1.json",
        "/schemas/desk-2.json",
    )


def test_scripts_of_any_site_may_read_what_is_for_machines(cast):
    article, claim = cast.published()
    for address in for_machines(article, claim):
        answer = Client().get(address)
        again = Client().get(address, headers={"If-None-Match": answer["ETag"]})
        assert (answer.status_code, again.status_code) == (200, 304), address
        for each in (answer, again):
            assert each["Access-Control-Allow-Origin"] == "*", address
            assert each["Access-Control-Expose-Headers"] == "ETag, Link", address
            assert each["Allow"] == "GET, HEAD, OPTIONS", address
    assert "Access-Control-Allow-Origin" not in Client().get(article_page(article)).headers


def test_a_browser_may_ask_whether_a_script_may_say_what_it_has(cast):
    article, claim = cast.published()
    asked = {"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
    for address in for_machines(article, claim):
        answer = Client().options(address, headers=asked)
        assert (answer.status_code, answer.content) == (204, b""), address
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Access-Control-Allow-Methods"] == answer["Allow"] == "GET, HEAD, OPTIONS"
        assert "If-None-Match" in answer["Access-Control-Allow-Headers"]
    assert Client().options(article_page(article)).status_code == 405
    assert Client().delete(f"{article_page(article)}annotations.jsonld").status_code == 405


class Alternates(HTMLParser):
    """The addresses and media types of a page's other forms that are JSON."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(Client().get(page).content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "link" and named.get("rel") == "alternate" and "json" in named.get("type", ""):
            self.found.append((named["href"], named["type"]))


def test_a_page_names_its_data_where_programs_look_for_them(cast):
    article, claim = cast.published()
    for page, data in {article_page(article): 2, claim_page(claim): 1}.items():
        found = Alternates(page).found
        assert len(found) == data
        for address, kind in found:
            assert Client().get(address)["Content-Type"] == kind


def test_what_was_taken_back_says_so_to_scripts_too(cast):
    article, _claim = cast.published()
    workflow.withdraw(article, actor=cast.mia, why="A court.")
    answer = Client().get(f"{article_page(article)}annotations.jsonld")
    assert answer.status_code == 410
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "address",
    [
        "/checks/desk/nothing.json",
        "/checks/desk/nothing/annotations.jsonld",
        "/claims/desk/7-nothing.json",
        "/feeds/nothing/checks.atom",
        "/feeds/claimreview.json?page=2",
        "/feeds/nothing/checks.jsonl",
        "/schemas/nothing.json",
    ],
)
def test_where_nothing_is_a_program_is_told_so_as_data(cast, address):
    cast.published()
    answer = Client().get(address)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json() == {"status": 404}


@pytest.mark.parametrize("address", ["/checks/desk/nothing/", "/desks/nothing.json", "/nothing"])
def test_a_person_gets_a_page_and_what_is_private_is_open_to_no_other_site(cast, address):
    answer = Client().get(address)
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_feed_is_the_same_feed_whatever_else_stands_in_its_query(cast):
    cast.published()
    own = feed("/feeds/checks.atom").findtext("a:id", "", NAMES)
    assert own == "http://testserver/feeds/checks.atom"
    assert feed("/feeds/checks.atom?utm_source=x").findtext("a:id", "", NAMES) == own


def test_an_entry_says_when_the_check_was_first_published_and_the_feed_never_goes_back(cast):
    _article, claim = cast.corrected()
    before = feed("/feeds/checks.atom")
    (entry,) = before.findall("a:entry", NAMES)
    published = entry.findtext("a:published", "", NAMES)
    data = Client().get(claim_page(claim, "public_claim_json")).json()
    assert published == data["datePublished"]
    assert published <= entry.findtext("a:updated", "", NAMES)
    workflow.retract(claim, actor=cast.mia, why="The register was forged.")
    after = feed("/feeds/checks.atom")
    assert after.findall("a:entry", NAMES) == []
    assert after.findtext("a:updated", "", NAMES) >= before.findtext("a:updated", "", NAMES)


def test_the_same_annotation_keeps_its_identity_and_leads_to_itself(cast):
    article, _claim = cast.published()
    url = f"{article_page(article)}annotations.jsonld?page=1"
    (before,) = Client().get(url).json()["items"]
    base = {"title": article.title}
    workflow.describe(article, {"title": "Ferry stops"}, actor=cast.eda, base=base)
    workflow.publish(article, actor=cast.eli)
    (after,) = Client().get(url).json()["items"]
    assert after["id"] == before["id"]
    assert after["created"] == before["created"]
    assert after["modified"] >= before["modified"]
    for item in (before, after):
        read = item["target"]["state"]["sourceDate"]
        assert read == iso(article.revision.created_at), "when the text was taken"
    found = Client().get(after["id"]).json()
    assert found.pop("@context") == "http://www.w3.org/ns/anno.jsonld"
    assert found == after
    assert Client().get(f"{after['id']}9").status_code == 404


def test_where_the_whole_text_is_shown_the_words_around_a_quote_pass_its_sentence(cast):
    article = c.import_text(cast.desk, cast.eda, public_text="full", permission="They allowed it")
    claim = c.mark(article, c.SECOND, cast.eda)
    cast.publish(article, claim)
    url = f"{article_page(article)}annotations.jsonld?page=1"
    (item,) = Client().get(url).json()["items"]
    quote = item["target"]["selector"][0]
    assert quote["prefix"].endswith("the mayor said. ")
    assert len(quote["prefix"]) == 32


def test_the_markup_says_in_which_language_and_for_which_reasons(cast):
    _article, claim = cast.published()
    page = Client().get(claim_page(claim)).content.decode()
    review = json.loads(page.split('application/ld+json">')[1].split("</script>")[0])
    assert review["inLanguage"] == cast.desk.language
    assert review["reviewBody"] == "We looked."


def test_claims_and_articles_of_any_script_have_addresses_that_can_be_read(cast):
    article = c.import_text(cast.desk, cast.eda, "المدينة دفعت\n\nدفعت المدينة ثمن الرصيف الجديد.")
    words = "دفعت المدينة ثمن الرصيف"
    claim = c.mark(article, words, cast.eda, claim_reviewed="المدينة دفعت ثمن الرصيف.")
    cast.publish(article, claim)
    claim.refresh_from_db()
    assert article.slug == "المدينة-دفعت"
    assert claim.slug == "المدينة-دفعت-ثمن-الرصيف"
    for name in ("public_claim", "public_claim_json", "claim_card", "embed_claim"):
        assert Client().get(claim_page(claim, name)).status_code == 200
    assert Client().get(article_page(article)).status_code == 200
    assert "%D8%A7%D9%84" in Client().get("/sitemap.xml").content.decode(), (
        "as addresses are written"
    )
    for ending, name in (
        ("/", "public_claim"),
        (".json", "public_claim_json"),
        (".png", "claim_card"),
    ):
        old = Client().get(f"/claims/desk/{claim.number}-claim{ending}")
        assert (old.status_code, old["Location"]) == (301, claim_page(claim, name)), ending


def test_an_address_that_was_given_before_stays_what_it_was(cast):
    article, claim = cast.approved()
    claim.slug = "claim"
    claim.save(update_fields=["slug"])
    workflow.publish(article, actor=cast.eli)
    assert claim_page(claim).endswith("-claim/")
    assert Client().get(claim_page(claim)).status_code == 200


@pytest.mark.parametrize("slug", ["a%00b", "%FF", "a%20b", "%2e%2e", "x" * 3000])
def test_a_hostile_address_is_not_found_and_breaks_nothing(cast, slug):
    cast.published()
    for address in (
        f"/checks/desk/{slug}/",
        f"/claims/desk/1-{slug}/",
        f"/checks/desk/{slug}.json",
    ):
        assert Client().get(address).status_code in (301, 404)


def test_who_approves_is_told_of_a_claim_that_others_could_not_place(cast):
    article, _claim = cast.decided()
    client = Client()
    client.force_login(cast.eli)
    page = f"/articles/{article.pk}/approve/"
    assert "name the claimant, or give the article" in client.get(page).content.decode()
    type(article).objects.filter(pk=article.pk).update(url="https://o.example/a")
    assert "name the claimant, or give the article" not in client.get(page).content.decode()
