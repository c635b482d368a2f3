"""ClaimReview as its readers expect it, on generated claims and on a published one."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from annotations.formats.claimreview import claim_review
from annotations.templatetags.factcheck import json_ld

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
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
    made = claim_review(
        content(**changes), url="https://site.example/c/1", first_published="2026-11-20T09:00:00Z"
    )
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


def test_a_sample_desk_has_none():
    sample = content(desk=content()["desk"] | {"is_sample": True})
    assert claim_review(sample, url="https://site.example/", first_published="") is None


def test_the_markups_verdict_is_the_visible_one(cast):
    _article, claim = cast.published()
    claim.refresh_from_db()
    page = Client().get(f"/claims/desk/{claim.number}-{claim.slug}/").content.decode()
    inside = page.split('application/ld+json">')[1].split("</script>")[0]
    made = json.loads(inside)
    assert made["reviewRating"]["alternateName"] == "False"
    assert '<span class="vh">Verdict: </span>False' in page
    assert made["reviewRating"]["ratingExplanation"] in page
    assert made["url"].endswith(f"/claims/desk/{claim.number}-{claim.slug}/")
