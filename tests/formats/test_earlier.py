"""Earlier checks by others: dirty as they come, read with warnings, refused only in whole."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotations.formats import earlier
from annotations.text.canonical import BadText
from annotations.text.limits import MAX_BYTES

REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://lantern.example/checks/pier",
    "claimReviewed": "The pier is safe.",
    "author": {"@type": "Organization", "name": "The Lantern", "url": "https://lantern.example"},
    "datePublished": "2026-03-04T10:00:00Z",
    "inLanguage": "en",
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "The mayor"},
        "datePublished": "2026-03-02",
        "appearance": [{"@type": "CreativeWork", "url": "https://town.example/a"}],
    },
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "False",
    },
}


def read(value: Any, name: str = "a.json") -> earlier.Found:
    return earlier.read(json.dumps(value).encode(), name)


def one(**changed: Any) -> earlier.Check:
    (check,) = read(REVIEW | changed).checks
    return check


def codes(check: earlier.Check) -> list[str]:
    return [warning.code for warning in check.warned]


def test_a_clean_one_is_read_in_whole_and_without_a_warning():
    check = one()
    assert check.warned == ()
    assert check.claim == "The pier is safe."
    assert (check.publisher, check.publisher_url) == ("The Lantern", "https://lantern.example")
    assert (check.claimant, check.rating) == ("The mayor", "False")
    assert check.numbers == {"ratingValue": 1, "bestRating": 5, "worstRating": 1}
    assert (check.url, check.published_on) == ("https://lantern.example/checks/pier", "2026-03-04")
    assert (check.said_on, check.language) == ("2026-03-02", "en")
    assert check.appearances == ("https://town.example/a",)


FEED = {
    "@type": "DataFeed",
    "dataFeedElement": [{"item": [REVIEW]}, {"item": REVIEW | {"url": ""}}],
}
LD = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("data", "name", "pointers"),
    [
        (json.dumps(REVIEW), "a.json", [""]),
        (json.dumps([REVIEW, {"@type": "Person"}]), "a.json", ["/0"]),
        (json.dumps({"@graph": [{"@type": "Person"}, REVIEW]}), "a.json", ["/@graph/1"]),
        (json.dumps(FEED), "a", ["/dataFeedElement/0/item/0", "/dataFeedElement/1/item"]),
        (
            json.dumps(REVIEW) + "\n\n" + json.dumps(REVIEW | {"url": ""}),
            "a",
            ["line 1 ", "line 3 "],
        ),
        ("<html><script>x</script>" + LD.format(json.dumps(REVIEW)), "a", ["script 2 "]),
        (LD.format(json.dumps({"@type": ["ClaimReview"], **REVIEW})), "a.html", ["script 1 "]),
    ],
    ids=["alone", "array", "graph", "feed", "lines", "page", "no head"],
)
def test_it_is_found_wherever_it_stands(data, name, pointers):
    found = earlier.read(data.encode(), name)
    assert [check.pointer for check in found.checks] == pointers
    assert {check.claim for check in found.checks} == {"The pier is safe."}


def rated(**numbers: Any) -> dict[str, Any]:
    return {"reviewRating": {"@type": "Rating", "alternateName": "False", **numbers}}


@pytest.mark.parametrize(
    ("changed", "code", "pointer"),
    [
        (rated(ratingValue=4, bestRating=1, worstRating=5), "reversed_scale", "/reviewRating"),
        (rated(ratingValue=-1, bestRating=-1, worstRating=-1), "degenerate_scale", "/reviewRating"),
        (rated(ratingValue=9, bestRating=5, worstRating=1), "off_scale", "/reviewRating"),
        (rated(ratingValue=0, bestRating=5, worstRating=1), "off_scale", "/reviewRating"),
        (rated(ratingValue="1"), "number_in_words", "/reviewRating/ratingValue"),
        (rated(ratingValue="Half"), "no_number", "/reviewRating/ratingValue"),
        (
            {"reviewRating": {"ratingValue": 2}},
            "rating_without_words",
            "/reviewRating/alternateName",
        ),
        ({"reviewRating": None}, "no_rating", "/reviewRating"),
        ({"reviewRating": [rated()["reviewRating"]] * 2}, "first_of_several", "/reviewRating"),
        ({"datePublished": "31.2.2026"}, "no_date", "/datePublished"),
        ({"datePublished": 2026}, "no_date", "/datePublished"),
        ({"datePublished": "4-3-2026"}, "day_first", "/datePublished"),
        ({"url": "lantern"}, "no_address", "/url"),
        ({"author": None}, "no_publisher", "/publisher"),
        ({"itemReviewed": "The pier"}, "no_object", "/itemReviewed"),
        (
            {"itemReviewed": {"appearance": ["x", {}, {"url": 7}, "https://a.example/1"]}},
            "no_address",
            "/itemReviewed/appearance/0",
        ),
        ({"claimReviewed": "", "headline": "Pier"}, "claim_from_elsewhere", "/claimReviewed"),
        ({"claimReviewed": {"a": 1}, "name": "Pier"}, "no_words", "/claimReviewed"),
        ({"claimReviewed": "A\x01b"}, "bad_characters", "/claimReviewed"),
        ({"claimReviewed": "a" * 5001}, "cut", "/claimReviewed"),
    ],
)
def test_what_is_odd_is_a_warning_with_its_pointer_and_never_an_error(changed, code, pointer):
    check = one(**changed)
    assert (code, pointer) in [(each.code, each.pointer) for each in check.warned]
    assert check.claim


def test_the_rest_of_junk_appearances_is_kept():
    junk = ["x", {}, {"url": 7}, "https://a.example/1", "https://a.example/1"]
    check = one(itemReviewed={"appearance": junk})
    assert check.appearances == ("https://a.example/1",)
    assert codes(check) == ["no_address"] * 3


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("25-8-2020", "2020-08-25"),
        ("4-3-2026", "2026-03-04"),
        ("2026-3-4", "2026-03-04"),
        ("2026-03-04 10:00", "2026-03-04"),
        ("2026", "2026"),
        ("1/1/2026", "2026-01-01"),
        ("0000-01-01", ""),
        ("yesterday", ""),
        ("٢٠٢٦", ""),
    ],
)
def test_dates_as_they_come(written, read_as):
    assert one(datePublished=written).published_on == read_as


def test_several_claims_are_several_checks():
    found = read(REVIEW | {"claimReviewed": ["The pier is safe.", "", "It is old."]})
    assert [check.claim for check in found.checks] == ["The pier is safe.", "It is old."]
    assert len({check.key for check in found.checks}) == 2
    assert [each.pointer for each in found.warned if each.code == "no_claim"] == [
        "/claimReviewed/1"
    ]


def test_a_check_without_any_claim_is_left_out_and_said():
    found = read([REVIEW, {"@type": "ClaimReview", "claimReviewed": ""}])
    assert len(found.checks) == 1
    assert [(each.code, each.pointer) for each in found.warned] == [
        ("no_claim", "/1/claimReviewed")
    ]


def test_the_same_twice_is_kept_once():
    found = read([REVIEW, REVIEW])
    assert len(found.checks) == 1
    assert [(each.code, each.pointer) for each in found.warned] == [("repeated", "/1")]


def test_its_hash_and_key_are_the_same_wherever_it_stands():
    (here,), (there,) = read(REVIEW).checks, read({"@graph": [REVIEW]}).checks
    assert (here.key, here.sha256) == (there.key, there.sha256)
    assert one(datePublished="2026").sha256 != here.sha256
    assert one(datePublished="2026").key == here.key


CLAIMS = [
    {
        "claim": "The line carried 4,000 people.",
        "label": "Refuted",
        "speaker": "The mayor",
        "claim_date": "25-8-2020",
        "original_claim_url": "https://town.example/a",
        "fact_checking_article": "https://lantern.example/checks/line",
        "questions": [
            {
                "question": "How many did it carry?",
                "answers": [
                    {
                        "answer": "400",
                        "answer_type": "Extractive",
                        "source_url": "https://stats.example/line",
                        "cached_source_url": "https://archive.example/line",
                    }
                ],
            },
            {"question": "Who counted?", "answers": []},
        ],
    },
    {"claim": "", "label": "Supported"},
    "junk",
]


def test_a_set_of_claims_has_its_questions_answers_and_cached_addresses():
    found = read(CLAIMS)
    assert found.kind == "claim set"
    (check,) = found.checks
    assert (check.rating, check.claimant, check.said_on) == ("Refuted", "The mayor", "2020-08-25")
    assert check.url == "https://lantern.example/checks/line"
    assert check.evidence[0] == {
        "question": "How many did it carry?",
        "answer": "400",
        "kind": "Extractive",
        "url": "https://stats.example/line",
        "cached": "https://archive.example/line",
    }
    assert check.evidence[1] == {"question": "Who counted?"}
    assert [(each.code, each.pointer) for each in found.warned] == [
        ("no_claim", "/1/claim"),
        ("no_object", "/2"),
    ]


def test_a_set_of_claims_in_a_table():
    data = b"id\tclaim\tlabel\n1\tIt is so.\tfalse\n2\tIt is old.\ttrue\n"
    found = earlier.read(data, "claims.tsv")
    assert [(check.claim, check.rating) for check in found.checks] == [
        ("It is so.", "false"),
        ("It is old.", "true"),
    ]


def test_a_set_of_stances_gathers_the_texts_of_each_claim():
    rows = [
        {"claim": "It is so.", "text": "It is.", "stance": "agree"},
        {"claim": "It is so.", "text": "It is not.", "stance": "disagree"},
        {"claim": "It is old.", "text": "Perhaps.", "stance": ""},
    ]
    found = read(rows)
    assert found.kind == "stance set"
    assert [check.claim for check in found.checks] == ["It is so.", "It is old."]
    assert [each["stance"] for each in found.checks[0].evidence] == ["agree", "disagree"]
    assert codes(found.checks[1]) == ["no_stance"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{}", "No check by others was found"),
        (b'[{"title": "Nothing"}]', "No check by others was found"),
        (b"<html><p>A page", "No check by others was found"),
        (b"A text.", "this is no JSON"),
        (b'{"a": NaN}', "NaN is no number that fits"),
        (b'{"a": "\xff"}', "is not valid UTF-8"),
        (b"[" * 200, "nested deeper than 100"),
        (b'{"claim": "\\ud800"}', "holds U+D800"),
        (b'{"claim": 99999999999999999999}', "is no number that fits"),
        (b'{"claim": "a"}\n{"claim": "b"\n', "Line 2"),
        (b"{" + b" " * 10 * 1024 * 1024 + b"}", "the limit is 10 MB"),
    ],
)
def test_what_cannot_be_read_at_all_is_refused_in_a_sentence(data, words):
    with pytest.raises(BadText) as refused:
        earlier.read(data, "a.jsonl" if b"\n" in data else "")
    assert words in str(refused.value)


def a_page_of(script_size: int) -> bytes:
    """A page of one check, whose script has this many bytes."""
    review = {"@type": "ClaimReview", "claimReviewed": "It is so.", "reviewBody": ""}
    filled = review | {"reviewBody": "x" * (script_size - len(json.dumps(review)))}
    return f"<html><head>{LD.format(json.dumps(filled))}</head></html>".encode()


def test_a_script_as_large_as_a_file_may_be_is_read_and_a_larger_one_is_refused_with_the_limit():
    """The parser gives up, without a word, at ten million bytes: less than a file may have."""
    for size in (10_000_001, MAX_BYTES - 200):
        (check,) = earlier.read(a_page_of(size), "page.html").checks
        assert check.claim == "It is so."
    with pytest.raises(BadText, match=r"The file is 10\.1 MB; the limit is 10 MB\."):
        earlier.read(a_page_of(MAX_BYTES + 100_000), "page.html")


@pytest.mark.parametrize("depth", [300, 2000, 3000])
def test_what_follows_elements_that_stand_too_deep_is_read_or_said_to_be_missing(depth):
    first, last = (LD.format(json.dumps(REVIEW | {"url": f"https://a.example/{n}"})) for n in "12")
    page = f"<html><body>{first}{'<div>' * depth}{last}"
    found = earlier.read(page.encode(), "page.html")
    assert len(found.checks) == (2 if depth <= 2048 else 1)
    assert [each.code for each in found.warned] == ([] if depth <= 2048 else ["page_cut"])


def test_a_broken_script_of_a_page_does_not_keep_the_others_out():
    data = LD.format("{ClaimReview") + LD.format(json.dumps(REVIEW))
    found = earlier.read(data.encode(), "a.html")
    assert len(found.checks) == 1
    assert [(each.code, each.pointer) for each in found.warned] == [("no_json", "script 1")]
