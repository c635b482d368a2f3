"""Claims as a spreadsheet and as JSON Lines, by page and by command: what one person may see."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import Claim, Claimant, Sighting, User
from annotations.queries.claim_rows import COLUMNS
from tests import cast as c


def taken(person: User, kind: str = "jsonl", **query: str) -> str:
    client = Client()
    client.force_login(person)
    answer = client.get(reverse("claims", args=["desk"]), {"as": kind} | query)
    assert answer.status_code == 200
    whole = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert whole.startswith(b"\xef\xbb\xbf") is (kind == "csv"), "Excel reads é by it alone"
    return whole.decode("utf-8-sig")


def rows_of(person: User, **query: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in taken(person, **query).splitlines()]


def saw(person: User, claim: Claim) -> bool:
    return Sighting.objects.filter(person=person, claim=claim).exists()


def test_a_row_has_the_claim_its_verdict_and_who_rated_how(cast):
    article, claim = cast.published()
    (row,) = rows_of(cast.mia)
    assert row.keys() == set(COLUMNS)
    assert (row["number"], row["claim"], row["status"]) == (
        claim.number,
        claim.claim_reviewed,
        "published",
    )
    assert (row["quote"], row["article"]) == (c.MARKED, article.title)
    assert (row["rating"], row["rating_value"], row["annotations"]) == ("False", 1, 2)
    assert row["agreement"] is False
    assert [(each["person"], each["rating"]) for each in row["ratings"]] == [
        ("Ann", "False"),
        ("Ben", "Half"),
    ]
    assert all(each["submitted_at"].endswith("+00:00") for each in row["ratings"])
    assert row["published_at"] > row["decided_at"]


def test_the_same_ratings_are_agreement_and_one_alone_is_none(cast):
    _article, claim = cast.deciding("half", "half")
    assert rows_of(cast.mia)[0]["agreement"] is True
    claim.assignments.filter(person=cast.ben).update(status="declined")
    assert rows_of(cast.mia)[0]["agreement"] is None


def test_nobody_gets_an_annotation_before_all_are_in(cast):
    _article, claim = cast.checking()
    c.annotate(claim, cast.ann)
    for person in (cast.ann, cast.ben, cast.eda, cast.mia, cast.ola):
        (row,) = rows_of(person)
        assert (row["ratings"], row["annotations"], row["agreement"]) == ([], 0, None)
        assert not saw(person, claim)


def test_who_takes_away_what_others_rated_has_seen_it(cast):
    _article, claim = cast.deciding()
    assert not saw(cast.ola, claim)
    assert len(rows_of(cast.ola)[0]["ratings"]) == 2
    assert saw(cast.ola, claim)


def test_a_stranger_gets_none_and_a_filter_holds_for_the_file(cast):
    cast.deciding()
    client = Client()
    client.force_login(cast.stranger)
    assert client.get(reverse("claims", args=["desk"]), {"as": "csv"}).status_code == 404
    assert rows_of(cast.mia, q="nothing-of-the-kind") == []


def test_a_spreadsheet_runs_nothing_of_it(cast):
    _article, claim = cast.published()
    claimant = Claimant.objects.create(desk=cast.desk, name='=HYPERLINK("https://x.example")')
    Claim.objects.filter(pk=claim.pk).update(claimant=claimant)
    text = taken(cast.mia, "csv")
    (row,) = csv.DictReader(io.StringIO(text))
    assert tuple(row) == COLUMNS
    assert row["claimant"] == '\'=HYPERLINK("https://x.example")'
    assert row["ratings"] == "Ann: False | Ben: Half"
    assert row["agreement"] == "False"


def test_as_many_claims_cost_as_many_statements(cast, django_assert_num_queries):
    article, _claim = cast.deciding()
    words = (c.SECOND, "In 2024 the town paid for a new pier", "It is a fine pier")
    taken(cast.mia)
    with CaptureQueriesContext(connection) as before:
        taken(cast.mia)
    for each in words:
        c.mark(article, each, cast.eda)
    with django_assert_num_queries(len(before)):
        assert len(rows_of(cast.mia)) == 4


# --- by command ---


def test_the_text_of_an_article_is_not_read_for_each_of_its_claims(cast):
    """Of a long article that would be its whole text, 500 times in memory."""
    cast.published()
    with CaptureQueriesContext(connection) as asked:
        rows_of(cast.mia)
    assert any('"annotations_mark"' in each["sql"] for each in asked)
    assert not [each["sql"] for each in asked if '"annotations_revision"."text"' in each["sql"]]


def test_the_command_writes_what_the_person_may_see(cast, tmp_path):
    _article, claim = cast.published()
    for kind in ("jsonl", "csv"):
        file: Path = tmp_path / f"claims.{kind}"
        call_command("export_articles", desk="desk", person="ola", output=str(file))
        assert file.read_bytes().decode("utf-8-sig") == taken(cast.ola, kind)
    assert saw(cast.ola, claim)
    with pytest.raises(CommandError, match="exists"):
        call_command("export_articles", desk="desk", person="ola", output=str(file))


def test_the_command_keeps_who_checks_blind(cast, tmp_path):
    _article, claim = cast.checking()
    c.annotate(claim, cast.ann)
    call_command("export_articles", desk="desk", person="ben", output=str(tmp_path / "ben.csv"))
    assert "Finding of" not in (tmp_path / "ben.csv").read_text()
    assert "False" not in (tmp_path / "ben.csv").read_text()


def test_one_article_alone_and_what_is_not_there(cast, tmp_path):
    article, _claim = cast.marked()
    other = c.import_text(cast.desk, cast.eda, "Another text.")
    c.mark(other, "Another text", cast.eda)
    file = tmp_path / "one.jsonl"
    options = {"desk": "desk", "person": "eda", "output": str(file)}
    call_command("export_articles", **options, article=article.slug)
    assert [json.loads(line)["article"] for line in file.read_text().splitlines()] == [
        article.title
    ]
    for wrong, why in (
        ({"desk": "none"}, "no desk"),
        ({"person": "stranger"}, "no member"),
        ({"article": "none"}, "no article"),
    ):
        with pytest.raises(CommandError, match=why):
            call_command("export_articles", **options | wrong)
