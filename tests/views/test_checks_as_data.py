"""Published checks as lines for other systems: by feed and by command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator

from annotations import workflow
from annotations.exchange import published
from annotations.formats import checks
from annotations.models import Desk, Edition, Source
from annotations.views.public import feeds
from tests import cast as c
from tests.views.readers import bury, claim_page
from tests.views.test_confidence import NAME, OFFICIAL, WHO, cite

SITE = "/feeds/checks.jsonl"
OWN = "/feeds/desk/checks.jsonl"


@pytest.fixture(autouse=True)
def empty_cache():
    caches["process"].clear()


def get(address: str = SITE, status: int = 200) -> Any:
    answer = Client().get(address)
    assert answer.status_code == status, answer.status_code
    return answer


def rows_of(address: str = SITE) -> list[dict[str, Any]]:
    return [json.loads(line) for line in get(address).content.decode().splitlines()]


def test_the_feed_has_each_standing_check_as_its_page_does(cast):
    _article, claim = cast.corrected()
    answer = get()
    assert answer["Content-Type"] == "application/jsonl; charset=utf-8"
    assert answer["Access-Control-Allow-Origin"] == "*"
    (row,) = rows_of()
    page = get(claim_page(claim)).content.decode()
    review = json.loads(page.split('application/ld+json">')[1].split("</script>")[0])
    del review["@context"]
    assert {name: row[name] for name in review} == review
    assert row["identifier"] == str(claim.uuid)
    assert row["status"] == "corrected"
    assert [each["why"] for each in row["corrections"]] == ["A letter shows it."]
    assert row["image"] == f"http://testserver{claim_page(claim, 'claim_card')}"
    assert row["evidences"][0]["title"]
    assert rows_of(OWN) == [row]


def test_every_line_fits_the_schema_that_the_site_publishes(cast):
    cast.corrected()
    schema = get(reverse("check_schema")).json()
    assert schema["$id"] == "http://testserver/schemas/check-1.json"
    for row in rows_of():
        Draft202012Validator(schema).validate(row)


def test_a_retracted_check_is_said_to_be_and_no_word_of_it_is_left(cast):
    _article, claim = cast.published()
    workflow.retract(claim, actor=cast.mia, why="The register was forged.")
    (row,) = rows_of()
    assert (row["status"], row["identifier"]) == ("retracted", str(claim.uuid))
    assert row["takenBack"]["why"] == "The register was forged."
    assert c.MARKED not in get().content.decode()


def test_what_was_taken_back_twice_has_one_line_and_none_once_it_stands_again(cast):
    _article, claim = cast.published()
    edition = Edition.objects.get(claim=claim)
    for _time in range(2):
        bury(claim, "withdrawn", "For the law.", cast.mia)
    assert [row["edition"] for row in rows_of()] == [3]
    caches["process"].clear()
    claim.edition = Edition.objects.create(
        desk=edition.desk, claim=claim, number=4, verdict=edition.verdict,
        content=edition.content | {"number": 4}, published_by=cast.mia,
    )  # fmt: skip
    claim.save(update_fields=["edition"])
    assert [row["status"] for row in rows_of()] == ["published"]


@pytest.mark.usefixtures("db")
def test_samples_leave_by_no_feed():
    cast = c.Cast(is_sample=True)
    _article, claim = cast.published()
    assert rows_of() == []
    get(OWN, 404)
    bury(claim, "retracted", "It was wrong.", cast.mia)
    caches["process"].clear()
    assert rows_of() == []


def test_the_feed_goes_on_page_by_page_and_ends_in_404(cast, monkeypatch):
    monkeypatch.setattr(feeds, "REVIEWS", 2)
    claims = several(cast, 5)
    bury(claims[1], "retracted", "It was wrong.", cast.mia)
    address, found = f"http://testserver{OWN}", []
    while address:
        answer = get(address)
        found += [json.loads(line) for line in answer.content.decode().splitlines()]
        link = answer.get("Link", "")
        address = link.partition(">")[0].removeprefix("<")
        assert link in ("", f'<{address}>; rel="next"')
    assert sorted(row["identifier"] for row in found) == sorted(str(each.uuid) for each in claims)
    assert found[0]["status"] == "retracted", "the newest first"
    last = Edition.objects.order_by("published_at", "pk").first()
    assert last is not None
    get(f"{OWN}?before={last.uuid}", 404)


def several(cast: Any, count: int) -> list[Any]:
    """Published claims of one article."""
    words = [f"Line {number} sails on time." for number in range(count)]
    article = c.import_text(cast.desk, cast.eda, "A title\n\n" + " ".join(words))
    claims = [c.mark(article, each, cast.eda) for each in words]
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for claim in claims:
        for person in (cast.ann, cast.ben):
            c.annotate(claim, person, "false")
        c.decide(claim, cast.eda)
        workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    return claims


def test_nothing_but_what_was_published_is_in_it(cast):
    article, claim = cast.published()
    before = get().content
    c.mark(article, c.SECOND, cast.eda, claim_reviewed="Known to the desk alone.")
    workflow.reopen(claim, actor=cast.eli, reason="Known to the desk alone.")
    c.decide(claim, cast.eda, "half", finding="Known to the desk alone.")
    workflow.approve(claim, actor=cast.eli)
    caches["process"].clear()
    assert get().content == before


def test_a_confidential_source_leaves_as_readers_know_it(cast):
    article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    source = cite(check, OFFICIAL)
    workflow.keep_identity(source, WHO, actor=cast.ann)
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    cited = [workflow.CitationDraft(Source.objects.get(pk=source.pk), "supports")]
    c.decide(claim, cast.eda, citations=cited)
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    (row,) = rows_of()
    assert row["evidences"] == [
        {
            "title": OFFICIAL.title, "stance": "supports",
            "isPrimary": False, "isConfidential": True,
        }
    ]  # fmt: skip
    assert NAME not in get().content.decode()


# --- by command ---


def written(capsysbinary: Any, **options: Any) -> bytes:
    call_command("export_checks", **options)
    found: bytes = capsysbinary.readouterr().out
    return found


def test_the_command_writes_what_the_feed_has(cast, settings, capsysbinary, monkeypatch):
    monkeypatch.setattr(published, "AT_ONCE", 2)
    settings.SITE_URL = "http://testserver"
    claims = several(cast, 3)
    bury(claims[0], "withdrawn", "For the law.", cast.mia)
    assert written(capsysbinary) == get().content
    assert written(capsysbinary, desk="desk") == get(OWN).content
    assert written(capsysbinary, desk="elsewhere") == b""


def test_the_address_of_an_arabic_claim_is_the_same_by_both(cast, settings, capsysbinary):
    settings.SITE_URL = "http://testserver"
    article = c.import_text(cast.desk, cast.eda, "عنوان\n\nالعبارة تصل في موعدها.", language="ar")
    claim = c.mark(article, "العبارة تصل في موعدها", cast.eda, claim_reviewed="العبارة تصل.")
    cast.publish(article, claim)
    (row,) = rows_of()
    assert row["url"] == f"http://testserver{claim_page(claim)}"
    assert get(row["url"]).status_code == 200
    assert written(capsysbinary) == get().content


@pytest.mark.usefixtures("db")
def test_samples_leave_by_command_alone_where_their_desk_is_named(capsysbinary):
    c.Cast(is_sample=True).published()
    assert written(capsysbinary) == b""
    assert len(written(capsysbinary, desk="desk").splitlines()) == 1


def test_the_command_refuses_in_a_sentence(cast, tmp_path: Path):
    file = tmp_path / "checks.jsonl"
    call_command("export_checks", output=str(file))
    assert file.read_bytes() == b""
    with pytest.raises(CommandError, match="exists"):
        call_command("export_checks", output=str(file))
    with pytest.raises(CommandError, match="There is no desk “none”"):
        call_command("export_checks", desk="none")


@pytest.mark.usefixtures("db")
def test_the_sample_leaves_by_name_and_each_line_says_that_it_is_one(capsysbinary):
    call_command("loaddata", "scales", "sample", verbosity=0)
    desk = Desk.objects.get(is_sample=True)
    rows = [json.loads(line) for line in written(capsysbinary, desk=desk.slug).splitlines()]
    assert rows
    for row in rows:
        Draft202012Validator(checks.schema()).validate(row)
        assert row["isSample"] is True
    assert written(capsysbinary) == b""
