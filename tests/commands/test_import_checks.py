"""`manage.py import_checks`: others' checks once, as they say them, and never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotations.models import EarlierCheck, Transition, Verdict
from annotations.vocabulary import Role
from annotations.words.log import what
from tests import cast as c
from tests.capture.servers import page as says
from tests.capture.servers import serving
from tests.commands.test_fixture import Ran
from tests.formats.test_earlier import CLAIMS, LD, REVIEW, rated


@pytest.fixture
def desk(db):
    desk = c.make_desk()
    c.make_person("mia", desk, Role.MANAGER)
    c.make_person("ann", desk, Role.CHECKER)
    return desk


def written(folder: Path, value: object, name: str = "checks.json") -> str:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return str(path)


DIRTY = (
    REVIEW
    | rated(ratingValue="4", bestRating="1", worstRating="5")
    | {
        "url": "https://lantern.example/checks/other",
        "datePublished": "4-3-2026",
    }
)


def test_dirty_checks_are_kept_as_they_are_said_with_warnings(desk, tmp_path):
    ran = Ran("import_checks", written(tmp_path, [REVIEW, DIRTY]))
    assert ran.failure == ""
    assert "checks.json: ClaimReview, 2 checks. 2 new, 0 changed, 0 were there already." in ran.out
    assert "/1/reviewRating/ratingValue “4”: The number stands in quotation marks." in ran.err
    assert "/1/reviewRating “ratingValue 4 bestRating 1 worstRating 5”: Its best rating" in ran.err
    row = EarlierCheck.objects.get(url="https://lantern.example/checks/other")
    assert (row.rating, row.published_on, row.file, row.pointer) == (
        "False",
        "2026-03-04",
        "checks.json",
        "/1",
    )
    assert row.numbers == {"ratingValue": 4, "bestRating": 1, "worstRating": 5}
    assert {each["code"] for each in row.warned} == {
        "number_in_words",
        "reversed_scale",
        "day_first",
    }
    assert not Verdict.objects.exists()
    line = Transition.objects.get()
    assert what(line) == "Brought in earlier checks by others: 2 new, 0 changed"


def test_the_same_file_again_changes_nothing_and_another_word_changes_one(desk, tmp_path):
    Ran("import_checks", written(tmp_path, [REVIEW, DIRTY]))
    before = list(EarlierCheck.objects.values())
    ran = Ran("import_checks", written(tmp_path, [REVIEW, DIRTY]))
    assert "0 new, 0 changed, 2 were there already." in ran.out
    assert list(EarlierCheck.objects.values()) == before
    assert Transition.objects.count() == 1
    ran = Ran("import_checks", written(tmp_path, [REVIEW | {"inLanguage": "fr"}, DIRTY]))
    assert "0 new, 1 changed, 1 were there already." in ran.out
    assert EarlierCheck.objects.filter(language="fr").count() == 1


def test_a_dry_run_says_what_would_be_and_keeps_nothing(desk, tmp_path):
    ran = Ran("import_checks", "--dry-run", written(tmp_path, CLAIMS))
    assert "claim set, 1 checks. 1 would be new, 0 changed, 0 are there already." in ran.out
    assert "/1/claim: There is no claim in it: left out." in ran.err
    assert not EarlierCheck.objects.exists()


def test_a_set_of_claims_keeps_its_questions_and_cached_addresses(desk, tmp_path):
    assert Ran("import_checks", written(tmp_path, CLAIMS)).failure == ""
    row = EarlierCheck.objects.get()
    assert row.evidence[0]["cached"] == "https://archive.example/line"
    assert row.rating == "Refuted"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xfe\x00", "is not valid UTF-16"),
        (b'{"claim": "\xff"}', "is not valid UTF-8"),
        (b'{"claim": NaN}', "NaN is no number"),
        (b'{"claim": "\\u0000"}', "holds U+0000"),
        (b'{"claim": 18446744073709551616}', "no number that fits"),
        (b"[" * 101, "nested deeper than 100"),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
        (b"An article.", "this is no JSON"),
        (b'{"title": "Nothing"}', "No check by others was found"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence_and_the_rest_is_kept(
    desk, tmp_path, data, words
):
    bad = tmp_path / "bad.json"
    bad.write_bytes(data)
    ran = Ran("import_checks", str(bad), written(tmp_path, REVIEW))
    assert words in ran.err
    assert ran.failure == "1 of 2 could not be imported."
    assert EarlierCheck.objects.count() == 1


def test_the_checks_of_a_page_are_read_from_its_address(desk, settings):
    body = f"<html><body>{LD.format(json.dumps(REVIEW))}".encode()
    with serving(says(body, "Content-Type: text/html")) as server:
        settings.FETCH_ALLOWED = [server.name]
        ran = Ran("import_checks", f"http://{server.name}/checks/pier")
    assert ran.failure == ""
    assert EarlierCheck.objects.get().pointer == "script 1"


def test_who_may_not_import_imports_nothing(desk, tmp_path):
    ran = Ran("import_checks", written(tmp_path, REVIEW), "--person", "ann")
    assert "“ann” may not add articles" in ran.failure
    assert not EarlierCheck.objects.exists()
