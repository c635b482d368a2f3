"""Published checks as lines for other systems: every field documented, whatever the edition."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from annotations.editions import content as c
from annotations.editions import reading
from annotations.editions.tombstones import tombstone
from annotations.formats import checks, earlier, jsonlines
from annotations.formats.claimreview import claim_review
from tests.formats.test_claimreview import FIRST, SCALE, WORDS, claims, content, verdicts
from tests.made_editions import claim_edition

DOCS = Path(__file__).parents[2] / "docs"
EDITIONS = sorted((Path(__file__).parents[1] / "data/editions").glob("*.json"))
UUID = "0f6f2a38-6a52-4f2e-9d5e-2c5a1f7f6c11"
URL = "https://site.example/claims/desk/1-so/"
COPY = "https://web.archive.org/web/20260302101500/https://post.example/story"
STORY = content()["appearances"][0]
CLAIM = content()["claim"] | {"uuid": UUID}

SCHEMA = Draft202012Validator(checks.schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def line_of(edition: Any, **told: Any) -> dict[str, Any]:
    """The edition's line, read back, after a look whether the schema has it."""
    row = checks.check(edition, checks.Told(URL, FIRST, **told))
    found: dict[str, Any] = json.loads(jsonlines.line(row))
    SCHEMA.validate(found)
    return found


def made(**changes: Any) -> dict[str, Any]:
    return line_of(claim_edition(**content(**{"claim": CLAIM} | changes)))


def test_the_schema_is_one_and_is_the_one_that_is_published():
    Draft202012Validator.check_schema(checks.schema())
    kept = json.loads((DOCS / "check-1.schema.json").read_text(encoding="utf-8"))
    assert kept == checks.schema()


def test_every_field_is_in_the_documented_table():
    table = (DOCS / "checks-as-data.md").read_text(encoding="utf-8")
    for name in checks.PROPERTIES:
        assert f"`{name}`" in table, name


def test_what_gatherers_of_checks_ask_for_is_there():
    row = made(
        citations=[
            {
                "title": "The register", "url": "https://law.example/r", "stance": "contradicts",
                "passage": "None.", "is_primary": True,
                "saved_copy": {"at": "2026-11-20T10:00:00Z", "sha256": "a" * 64},
            }
        ],
        appearances=[
            {
                "exact": "C’est ainsi.",
                "said_on": "2026-11",
                "article": STORY["article"] | {"language": "fr", "topic": "Ports", "url": COPY},
            }
        ],
    )  # fmt: skip
    assert row["identifier"] == UUID
    assert (row["headline"], row["text"]) == ("False: It is so.", "It is not.")
    assert (row["url"], row["reviewRating"]["alternateName"]) == (URL, "False")
    assert row["status"] == "published"
    assert row["nativeWording"] == {"text": "C’est ainsi.", "inLanguage": "fr"}
    assert row["party"] == {"name": "A Speaker", "kind": "person", "description": "mayor"}
    assert row["archivedAt"] == COPY
    assert (row["topics"], row["keywords"]) == (["Ports"], "Ports")
    assert row["evidences"] == [
        {
            "title": "The register", "url": "https://law.example/r", "stance": "contradicts",
            "passage": "None.", "isPrimary": True, "isConfidential": False,
            "savedAt": "2026-11-20T10:00:00Z", "savedSha256": "a" * 64,
        }
    ]  # fmt: skip


def test_it_says_what_the_pages_claimreview_says():
    edition = claim_edition(**content(claim=CLAIM))
    review = claim_review(edition, url=URL, first_published=FIRST)
    assert review is not None
    del review["@context"]
    row = line_of(edition)
    assert {name: row[name] for name in review} == review


def test_it_is_read_back_as_a_check_by_somebody_else():
    line = jsonlines.line(made())
    (found,) = earlier.read(line.encode(), "checks.jsonl").checks
    assert (found.key, found.claim, found.rating) == (UUID, "It is so.", "False")
    assert (found.publisher, found.claimant, found.url) == ("The Post", "A Speaker", URL)
    assert found.title == "False: It is so."


# --- as dirty as editions come ---


def test_without_claimant_nobody_is_named():
    row = made(claim=CLAIM | {"claimant": None})
    assert not {"party", "reportedParty"} & row.keys()


def test_whose_words_are_passed_on_is_said():
    reports = {"name": "The board", "description": "", "kind": "organisation"}
    row = made(claim=CLAIM | {"reports": reports})
    assert row["reportedParty"] == {"name": "The board", "kind": "organisation"}


def test_without_an_appearance_there_are_no_words_topics_and_copies():
    row = made(appearances=[])
    absent = {"nativeWording", "topics", "keywords", "archivedAt", "claimedOn"}
    assert not absent & row.keys()
    assert row["claimReviewed"] == "It is so."


def test_an_article_without_an_address_or_with_an_impossible_date_is_told_without():
    article = STORY["article"] | {"url": "", "published_on": "2026-02-30"}
    row = made(appearances=[STORY | {"exact": "So.", "said_on": "2026-11-31", "article": article}])
    assert not {"archivedAt", "claimedOn"} & row.keys()
    assert row["nativeWording"]["text"] == "So."


def test_an_unrated_verdict_has_a_label_and_no_number():
    row = made(verdict={"rating": SCALE[3], "finding": "Nobody knows."})
    assert row["reviewRating"].keys() == {"@type", "alternateName", "ratingExplanation"}
    assert row["headline"] == "Unproven: It is so."


def test_words_from_right_to_left_leave_as_they_are():
    words = "الميناء آمن" + chr(0x2028) + "…"
    row = made(
        claim=CLAIM | {"claim_reviewed": words, "language": "ar"},
        appearances=[{"exact": words, "article": STORY["article"] | {"language": "ar"}}],
    )
    assert row["claimReviewed"] == words
    assert row["nativeWording"] == {"text": words, "inLanguage": "ar"}
    assert row["claimLanguage"] == "ar"
    line = jsonlines.line(checks.check(claim_edition(**content(claim=CLAIM)), told_of()))
    assert len(line.splitlines()) == 1


def told_of() -> checks.Told:
    return checks.Told(URL, FIRST)


def test_a_confidential_source_has_no_address_and_says_that_it_is_one():
    source = {"title": "An official of the ministry", "is_confidential": True, "stance": "supports"}
    row = made(citations=[source])
    assert row["evidences"] == [
        {
            "title": "An official of the ministry", "stance": "supports",
            "isPrimary": False, "isConfidential": True,
        }
    ]  # fmt: skip


def test_a_sample_says_that_it_is_one():
    desk = content()["desk"] | {"is_sample": True}
    assert made(desk=desk)["isSample"] is True
    assert "isSample" not in made()


def test_a_corrected_check_says_so_and_what_readers_were_told():
    edition = claim_edition(**content(claim=CLAIM))
    told = c.Correction(None, 2, "correction", "A letter shows it.", (), FIRST)
    row = line_of(edition, corrections=[told])
    assert row["status"] == "corrected"
    assert row["corrections"] == [
        {
            "kind": "correction", "why": "A letter shows it.", "edition": 2,
            "at": "2026-11-20T09:00:00Z",
        }
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["retracted", "withdrawn"])
@pytest.mark.parametrize("why", ["The register was forged.", ""])
def test_what_was_taken_back_says_that_and_no_word_of_it(kind, why):
    edition = claim_edition(**content(claim=CLAIM))
    at = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)
    row = line_of(tombstone(edition, kind, why, number=2, at=at))
    assert row["status"] == kind
    assert row["takenBack"] == ({"why": why} if why else {}) | {"at": "2026-11-25T10:00:00Z"}
    assert row["identifier"] == UUID
    assert "@type" not in row, "a reader of ClaimReviews must not take it for one"
    for words in ("It is so.", "It is not.", "A Speaker", "False", "A story"):
        assert words not in json.dumps(row)


@given(claims, verdicts, st.sampled_from([SCALE, SCALE[:1], SCALE[3:]]), WORDS)
def test_whatever_it_holds_it_fits_the_schema_and_one_line(claim, verdict, scale, words):
    edition = claim_edition(
        **content(
            claim=claim | {"uuid": UUID, "interpretation": words},
            verdict=verdict | {"justification": words},
            scale=scale,
            appearances=[STORY | {"exact": words}],
            citations=[{"title": words, "passage": words, "note": words}],
        )
    )
    line_of(edition)
    assert len(jsonlines.line(checks.check(edition, told_of())).splitlines()) == 1


@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: path.stem)
def test_editions_of_every_format_leave(path):
    found = [reading.read(row["content"]) for row in json.loads(path.read_text())["editions"]]
    ours = [each for each in found if not isinstance(each, c.ArticleEdition) and each.claim]
    assert ours
    for edition in ours:
        assert edition.claim is not None
        assert line_of(edition)["identifier"] == edition.claim.uuid
