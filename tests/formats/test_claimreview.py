"""ClaimReview as its readers expect it, on generated claims and on a published one."""

from __future__ import annotations

import datetime as dt
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld

from annotations import workflow
from annotations.formats.claimreview import claim_review
from annotations.templatetags.factcheck import json_ld
from tests import cast as c
from tests.made_editions import claim_edition
from tests.views.readers import claim_page

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
FIRST = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
SCALE = [
    {"label": "True", "value": 5},
    {"label": "Half", "value": 3},
    {"label": "False", "value": 1},
    {"label": "Unproven", "value": None},
]


def content(**changes: Any) -> dict[str, Any]:
    """The content of a claim's edition."""
    base = {
        "at": "2026-11-24T10:00:00Z",
        "desk": {
            "organisation": "The Post",
            "website": "https://post.example/",
            "is_sample": False,
        },
        "claim": {
            "claim_reviewed": "It is so.",
            "claimant": {"name": "A Speaker", "description": "mayor", "kind": "person"},
        },
        "verdict": {"rating": SCALE[2], "finding": "It is not."},
        "scale": SCALE,
        "appearances": [
            {
                "said_on": "2026-11-17",
                "article": {
                    "slug": "story",
                    "title": "A story",
                    "url": "https://post.example/story",
                    "published_on": "2026-11-18",
                    "outlet": "The Outlet",
                },
            }
        ],
    }
    return base | changes


def review(**changes: Any) -> dict[str, Any]:
    edition = claim_edition(**content(**changes))
    made = claim_review(edition, url="https://site.example/c/1", first_published=FIRST)
    assert made is not None
    return made


claims = st.builds(
    lambda words, claimant: {"claim_reviewed": words, "claimant": claimant},
    WORDS,
    st.none()
    | st.fixed_dictionaries(
        {
            "name": WORDS,
            "description": st.just("") | WORDS,
            "kind": st.sampled_from(["person", "outlet", "organisation"]),
        }
    ),
)
verdicts = st.builds(
    lambda rating, finding: {"rating": rating, "finding": finding}, st.sampled_from(SCALE), WORDS
)


def test_the_reasoning_leaves_as_words_without_the_signs_of_its_formatting():
    reasons = "See **page 3** of [the law](https://law.example/1)."
    verdict = {"rating": SCALE[2], "finding": "It is not.", "justification": reasons}
    assert review(verdict=verdict)["reviewBody"] == "See page 3 of the law (https://law.example/1)."


@given(claims, verdicts, st.sampled_from([SCALE, SCALE[:1], SCALE[3:]]))
def test_the_required_fields_are_always_there_and_numbers_lie_on_their_scale(claim, verdict, scale):
    made = review(claim=claim, verdict=verdict, scale=scale)
    assert made["@context"] == "https://schema.org"
    assert made["claimReviewed"] == claim["claim_reviewed"], "never cut"
    assert made["url"] == "https://site.example/c/1"
    rating = made["reviewRating"]
    assert rating["alternateName"] == verdict["rating"]["label"]
    if "ratingValue" in rating:
        assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
        assert rating["worstRating"] < rating["bestRating"]
    else:
        assert not {"bestRating", "worstRating"} & rating.keys()
    if verdict["rating"]["value"] is None:
        assert "ratingValue" not in rating


@given(claims, verdicts)
def test_in_a_page_it_holds_no_literal_less_than_and_reads_back_the_same(claim, verdict):
    made = review(claim=claim, verdict=verdict)
    printed = str(json_ld(made))
    inside = printed.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inside
    assert json.loads(inside) == made


def test_what_is_known_is_told_and_what_is_not_is_left_out():
    made = review()
    assert made["author"] == {
        "@type": "Organization",
        "name": "The Post",
        "url": "https://post.example/",
    }
    item = made["itemReviewed"]
    assert item["author"] == {"@type": "Person", "name": "A Speaker", "description": "mayor"}
    assert item["datePublished"] == "2026-11-17"
    assert item["appearance"][0]["url"] == "https://post.example/story"
    bare = review(claim={"claim_reviewed": "So.", "claimant": None}, appearances=[])
    assert bare["itemReviewed"] == {"@type": "Claim"}
    assert "sdLicense" not in made


def test_it_says_what_it_stands_on_and_whose_words_are_passed_on():
    said = {"title": "Register", "publisher": "Town", "published_on": "2026-03", "url": ""}
    pages = [{"url": "https://town.example/r"}, {"url": "https://town.example/r"}, said]
    claim = {
        "claim_reviewed": "It is so.",
        "claimant": {"name": "The Herald", "description": "", "kind": "outlet"},
        "reports": {"name": "A Mayor", "description": "", "kind": "person"},
    }
    made = review(citations=pages, claim=claim)
    assert made["name"] == "False: It is so."
    assert made["isBasedOn"] == [
        {"@type": "CreativeWork", "url": "https://town.example/r"},
        {
            "@type": "CreativeWork",
            "name": "Register",
            "datePublished": "2026-03",
            "publisher": {"@type": "Organization", "name": "Town"},
        },
    ]
    assert made["itemReviewed"]["author"] == {"@type": "Organization", "name": "The Herald"}
    assert made["itemReviewed"]["isBasedOn"] == {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "A Mayor"},
    }
    assert "isBasedOn" not in review()
    assert "isBasedOn" not in review()["itemReviewed"]


def test_the_organisations_logo_and_the_licence_of_the_data_are_told_where_known():
    desk = content()["desk"] | {
        "logo": "https://post.example/logo.png",
        "data_licence": "https://creativecommons.org/licenses/by/4.0/",
    }
    made = review(desk=desk)
    assert made["author"]["logo"] == {
        "@type": "ImageObject",
        "url": "https://post.example/logo.png",
    }
    assert made["sdLicense"] == "https://creativecommons.org/licenses/by/4.0/"


KEPT = json.loads((Path(__file__).parents[1] / "data/contexts/schemaorg.jsonld").read_text())
"""schema.org's context of release 28.0 (CC BY-SA 3.0), with the terms that leave from here."""


def loader(url: str, _options: Any) -> dict[str, Any]:
    assert url == "https://schema.org", f"only schema.org's context may be asked for: {url}"
    return {"contextUrl": None, "documentUrl": url, "document": KEPT}


def there_and_back(made: dict[str, Any]) -> Any:
    """What an independent processor makes of it, in schema.org's terms again."""
    options = {"documentLoader": loader}
    return jsonld.compact(jsonld.expand(made, options), "https://schema.org", options)


AS_MUCH_AS_CAN_BE = {
    "desk": content()["desk"]
    | {
        "logo": "https://post.example/logo.png",
        "language": "en",
        "data_licence": "https://creativecommons.org/licenses/by/4.0/",
    },
    "claim": {
        "claim_reviewed": "It is so.",
        "claimant": {"name": "The Herald", "description": "a paper", "kind": "outlet"},
        "reports": {"name": "A Mayor", "description": "of the town", "kind": "person"},
    },
    "verdict": {"rating": SCALE[2], "finding": "It is not.", "justification": "We *asked*."},
    "citations": [
        {
            "title": "Register",
            "publisher": "Town",
            "published_on": "2026-03",
            "url": "https://town.example/r",
            "archived_at": "https://web.archive.org/web/20260302101500/https://town.example/r",
        }
    ],
}


def terms_in(value: Any) -> set[str]:
    """The names of fields and of types."""
    if isinstance(value, list):
        return set().union(*map(terms_in, value))
    if not isinstance(value, dict):
        return set()
    inside = set().union(*map(terms_in, value.values()), {value.get("@type", "")})
    return (inside | value.keys()) - {"@type", "@context", ""}


@given(claims, verdicts)
def test_it_expands_and_compacts_without_loss(claim, verdict):
    made = review(claim=claim, verdict=verdict)
    assert _unlisted(there_and_back(made)) == _unlisted(made), "a list of one is the one"


def test_all_that_is_said_is_in_terms_of_schema_org(cast):
    """In a page and in the feed, of a claim of which as much is known as can be."""
    _article, claim = cast.corrected()
    page = Client().get(claim_page(claim)).content.decode()
    inside = json.loads(page.split('application/ld+json">')[1].split("</script>")[0])
    feed = Client().get("/feeds/claimreview.json").json()
    for made in (inside, feed, review(**AS_MUCH_AS_CAN_BE)):
        assert terms_in(made) <= KEPT["@context"].keys()
        assert _unlisted(there_and_back(made)) == _unlisted(made)
    assert terms_in(feed) | terms_in(review(**AS_MUCH_AS_CAN_BE)) >= (
        KEPT["@context"].keys() - {"@vocab", "schema", "type", "id", "Date"}
    ), "what leaves no more is not kept either"


def test_a_term_that_is_none_would_be_told():
    made = review() | {"claimReveiwed": "It is so."}
    assert not terms_in(made) <= KEPT["@context"].keys()


def _unlisted(value: Any) -> Any:
    """JSON-LD makes no difference between one value and a list of one, nor, in schema.org's
    context, between `type` and `@type`."""
    if isinstance(value, list):
        return _unlisted(value[0]) if len(value) == 1 else [_unlisted(each) for each in value]
    if isinstance(value, dict):
        return {
            "@type" if name == "type" else name: _unlisted(each) for name, each in value.items()
        }
    return value


dates = st.sampled_from(["", "2026", "2026-11", "2026-11-17", "2026-11-20"])
works = st.lists(
    st.builds(
        lambda slug, url, date, said: {
            "said_on": said,
            "article": {
                "slug": slug,
                "title": "T",
                "url": url and f"{url}{slug}",
                "published_on": date,
                "outlet": "",
            },
        },
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["", "https://outlet.example/"]),
        dates,
        dates,
    ),
    max_size=5,
)


@given(works)
def test_appearances_are_each_there_once_and_the_first_only_where_it_is_certain(appearances):
    item = review(appearances=appearances)["itemReviewed"]
    listed = item.get("appearance", [])
    addresses = [work["url"] for work in listed]
    assert len(set(addresses)) == len(addresses)
    edition = claim_edition(**content(appearances=appearances))
    if (
        edition.first
        and edition.first.url
        and all(len(w.published_on) == 10 for w in edition.works)
    ):
        assert item["firstAppearance"]["url"] == edition.first.url, "the first that the page names"
    else:
        assert "firstAppearance" not in item


@given(st.lists(st.integers(-9, 9), unique=True, max_size=7), st.data())
def test_best_is_above_worst_and_each_number_is_of_one_label(values, data):
    scale = [{"label": f"L{value}", "value": value} for value in values]
    scale.append({"label": "Open", "value": None})
    chosen = data.draw(st.sampled_from(scale))
    rating = review(scale=scale, verdict={"rating": chosen, "finding": "F"})["reviewRating"]
    if "ratingValue" not in rating:
        assert chosen["value"] is None or len(values) < 2
        return
    assert rating["worstRating"] < rating["bestRating"]
    assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
    raised = max(0, 1 - min(values))
    (label,) = [
        each["label"]
        for each in scale
        if each["value"] is not None and each["value"] + raised == rating["ratingValue"]
    ]
    assert rating["alternateName"] == label
    assert rating["worstRating"] >= 1, "consumers of the format refuse less"


HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "\u2028\u2029 & &lt; &amp;lt; \" \\ '",
    "]]> <![CDATA[",
    "a" * 400,
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_reach_the_page_and_its_markup_as_they_are(cast, words):
    article = c.import_text(cast.desk, cast.eda)
    claim = c.mark(article, c.MARKED, cast.eda, claim_reviewed=words)
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    c.decide(claim, cast.eda, finding=words[:140])
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    claim.refresh_from_db()
    page = Client().get(f"/claims/desk/{claim.number}-{claim.slug}/").content.decode()
    read = Page()
    read.feed(page)
    (markup,) = read.markup
    made = json.loads(markup)
    assert "<" not in markup
    assert made["claimReviewed"] == words
    assert made["reviewRating"]["ratingExplanation"] == words[:140]
    assert words in read.text, "and the page shows the same"
    assert read.scripts == 2, "the markup, and the page's own module"


class Page(HTMLParser):
    """What a browser makes of a page: its text, and what stands in its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.scripts, self.kind = "", 0, ""
        self.markup: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.scripts += 1
            self.kind = dict(attrs).get("type") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.kind = ""

    def handle_data(self, data: str) -> None:
        if self.kind == "application/ld+json":
            self.markup.append(data)
        elif not self.kind:
            self.text += data


def test_a_sample_desk_has_none():
    sample = claim_edition(**content(desk=content()["desk"] | {"is_sample": True}))
    assert claim_review(sample, url="https://site.example/", first_published=FIRST) is None


def test_the_markups_verdict_is_the_visible_one(cast):
    _article, claim = cast.published()
    claim.refresh_from_db()
    page = Client().get(f"/claims/desk/{claim.number}-{claim.slug}/").content.decode()
    inside = page.split('application/ld+json">')[1].split("</script>")[0]
    made = json.loads(inside)
    assert made["reviewRating"]["alternateName"] == "False"
    heard = r'<span class="visually-hidden">Verdict:\s+</span>'
    assert re.search(heard + r"\s*<span\s*>False</span>", page)
    assert made["reviewRating"]["ratingExplanation"] in page
    assert made["url"].endswith(f"/claims/desk/{claim.number}-{claim.slug}/")
