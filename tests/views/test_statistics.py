"""What a desk learns of its work: figures of what readers have, by period, and nothing earlier."""

from __future__ import annotations

import csv
import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import workflow
from annotations.models import Sighting
from annotations.queries import statistics
from annotations.queries.access import desks_for
from annotations.queries.period import LEAST, Figure, Period
from annotations.workflow import reports
from tests import cast as c
from tests import desk_of_size as size
from tests.page_costs import Work
from tests.queries.test_flat import AS_IF_LARGE

PAGE = reverse("statistics", args=["desk"])
PACK = reverse("renewal", args=["desk"])


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def lines(client: Client, url: str, **asked: str) -> list[dict[str, str]]:
    answer = client.get(url, {"as": "csv"} | asked)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(b"".join(answer).decode().splitlines()))


def of(rows: list[dict[str, str]], figure: str) -> dict[tuple[str, str], str]:
    return {(r["row"], r["column"]): r["value"] for r in rows if r["figure"].startswith(figure)}


def figures(person) -> dict[str, Figure]:
    desk = next(each for each in desks_for(person) if each.slug == "desk")
    today = timezone.now().date()
    period = Period(today - dt.timedelta(days=2), today + dt.timedelta(days=2), ZoneInfo("UTC"))
    return {figure.key: figure for figure in statistics.figures(desk, person, period)}


@pytest.fixture
def published(cast):
    """Five published claims: three agreed on, one of two apart by a step, one by two."""
    same = [(slug, slug) for slug in ("true", "half", "false")]
    answers = [*same, ("true", "half"), ("true", "false")]
    for number, (ann, ben) in enumerate(answers):
        article = c.import_text(cast.desk, cast.eda, f"{c.TEXT} It is number {number}.")
        claim = c.mark(article, c.MARKED, cast.eda)
        c.triage_all(article, cast.eda)
        workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
        c.annotate(claim, cast.ann, ann)
        c.annotate(claim, cast.ben, ben)
        c.decide(claim, cast.eda)
        workflow.approve(claim, actor=cast.eli)
        workflow.publish(article, actor=cast.eli)
    return cast


def test_agreement_is_told_of_each_scale_and_pair(published):
    rows = lines(as_(published.eda), PAGE)
    scale = of(rows, "Agreement: Three")
    assert scale["Every rating (nominal)", "Claims"] == "5"
    assert scale["Every rating (nominal)", "Same rating, %"] == "60"
    # By hand: 9 * 4 / (2 * (4 * 3 + 4 * 3 + 3 * 3)) disagreement as often as by chance.
    assert scale["Every rating (nominal)", "Krippendorff’s alpha"] == "0.45"
    assert scale["Ratings with a number (ordinal)", "Claims"] == "5"
    assert scale["True", "Half"] == scale["Half", "True"] == "1"
    assert scale["True", "True"] == "2"
    pair = of(rows, "Agreement by pair")
    assert pair["Ann – Ben", "Same rating, %"] == "60"


def test_pairs_and_loads_are_for_those_who_assign(published):
    rows = {row["figure"] for row in lines(as_(published.ann), PAGE)}
    assert not any(figure.startswith(("Agreement by pair", "Who owes")) for figure in rows)
    assert any(figure.startswith("Agreement: ") for figure in rows)


def test_nothing_is_told_of_what_readers_do_not_have(cast):
    for number in range(LEAST + 1):
        article = c.import_text(cast.desk, cast.eda, f"{c.TEXT} It is number {number}.")
        claim = c.mark(article, c.MARKED, cast.eda)
        workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
        c.annotate(claim, cast.ann, "true")
        if number:
            c.annotate(claim, cast.ben, "half")
            c.decide(claim, cast.eda)
    for person in (cast.eda, cast.ann, cast.mia):
        found = figures(person)
        assert found["agreement"].rows == []
        for key in ("ratings of published claims", "causes of differences", "sources by kind"):
            assert found[key].rows == [], key


def test_a_figure_of_few_claims_does_not_exist(published):
    claim = published.desk.claims.earliest("pk")
    workflow.reopen(claim, actor=published.eli, reason="A letter came.")
    found = figures(published.eda)
    assert found["agreement"].rows == []
    assert found["agreement"].confusion is None
    assert found["causes of differences"].rows == []
    assert [row.cells[0] for row in found["ratings of published claims"].rows] == [LEAST]


def test_reading_figures_is_no_look_at_anybodys_work(published):
    seen = Sighting.objects.count()
    lines(as_(published.ola), PAGE)
    assert Sighting.objects.count() == seen


def test_what_was_found_is_counted_with_its_number_and_without_a_score(published):
    rows = lines(as_(published.ola), PAGE)
    month = f"{timezone.now():%Y-%m}"
    found = of(rows, "What was found")
    assert found == {(month, "Claims"): "5", (month, "False"): "5"}
    assert of(rows, "Why people differed")["An error", "Claims"] == "5"
    assert of(rows, "From import")[month, "Articles"] == "5"
    assert of(rows, "Sources that")["Not said", "Sources"] != "0"


def test_what_is_owed_is_told_to_those_who_assign_but_not_of_what_they_check_blind(cast):
    cast.checking()
    article = cast.article()
    c.mark(article, c.MARKED, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.eli], actor=cast.eda)
    assert of(lines(as_(cast.eda), PAGE), "Who owes")["Ann", "Still to do"] == "2"
    own = of(lines(as_(cast.eli), PAGE), "Who owes")
    assert own["Ann", "Still to do"] == "1"
    assert own["Eli", "Still to do"] == "1"
    assert of(lines(as_(cast.eda), PAGE), "In work now")["Checking", "Under 7 days"] == "2"


def test_a_period_ends_where_the_desk_is(cast):
    type(cast.desk).objects.update(time_zone="Pacific/Auckland")
    cast.published()
    day = timezone.now().astimezone(dt.timezone(dt.timedelta(hours=13))).date()
    near = [day - dt.timedelta(days=1), day, day + dt.timedelta(days=1)]
    told = [
        of(lines(as_(cast.ola), PAGE, since=str(one), until=str(one)), "What was found")
        for one in near
    ]
    assert sum(bool(each) for each in told) == 1


@pytest.mark.parametrize("url", [PAGE, PACK])
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("since=2026-02-01&until=2026-01-01", "The last day is before the first."),
        ("since=1999-02-01&until=2026-01-01", "Five years at most."),
        ("since=0001-01-01&until=0001-01-02", "No desk was at work then."),
        ("since=9999-12-30&until=9999-12-31", "No desk was at work then."),
        ("since=soon", "Enter a valid date."),
        ("since=2026-02-30&until=2026-03-01&as=csv", "Enter a valid date."),
    ],
)
def test_a_period_that_is_none_is_refused_with_why(cast, url, asked, said):
    answer = as_(cast.eda).get(f"{url}?{asked}")
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_page_has_a_picture_with_a_name_and_its_numbers_in_a_table(published):
    page = as_(published.eda).get(PAGE).content.decode()
    (picture,) = re.findall(r'<svg class="chart".*?</svg>', page, re.DOTALL)
    assert "<title " in picture
    assert "<desc " in picture
    assert "style=" not in page.split("<main", 1)[1]
    assert 'aria-label="5 False"' in page


def test_the_pack_says_how_many_days_readers_waited(cast, time_machine):
    _article, claim = cast.corrected()
    edition = claim.editions.latest("number")
    now = timezone.now()
    for number, days in enumerate((0.5, 2, 9)):
        time_machine.move_to(now - dt.timedelta(days=days), tick=False)
        draft = reports.ReportDraft(f"It is wrong, for reason {number}.")
        row = reports.receive(edition, draft, address=f"192.0.2.{number}")
        time_machine.move_to(now, tick=False)
        reports.answer(row, "stands", "It stands.", actor=cast.eda, url="https://x.example/")
    waiting = reports.ReportDraft("Nobody has read this one.")
    reports.receive(edition, waiting, address="192.0.2.9")
    told = of(lines(as_(cast.eda), PACK), "Readers’ reports")
    kind = "We looked again, and it stands"
    assert [told[kind, column] for column in ("Reports", "Days, median", "Days at most")] == [
        "3", "2.0", "9.0",
    ]  # fmt: skip
    assert told["Not answered yet", "Reports"] == "1"
    assert told["Not answered yet", "Days, median"] == ""


def test_the_pack_lists_what_assessors_ask(cast):
    _article, claim = cast.corrected()
    edition = claim.editions.latest("number")
    draft = reports.ReportDraft("1+1 is wrong")
    row = reports.receive(edition, draft, address="192.0.2.1")
    reports.answer(row, "stands", "It stands.", actor=cast.eda, url="https://x.example/")
    workflow.write_statement(cast.desk, "corrections", "We correct.", actor=cast.mia, based_on=0)
    rows = lines(as_(cast.eda), PACK)
    words = claim.claim_reviewed
    assert of(rows, "The checks")[words, "Found"] == "False"
    assert of(rows, "The checks")[words, "Sources"] == "1"
    assert of(rows, "Whose claims")["Not known", "Claims"] == "1"
    assert of(rows, "Sources a check")["1", "Claims"] == "1"
    assert of(rows, "Corrections")[words, "Why"] == "A letter shows it."
    assert of(rows, "Readers’ reports")["We looked again, and it stands", "Reports"] == "1"
    assert of(rows, "Policies")["Corrections policy", "Version"] == "1"
    page = as_(cast.eda).get(PACK).content.decode()
    assert "1+1" not in page


@pytest.mark.parametrize("url", [PAGE, PACK])
def test_a_page_writes_days_as_people_do_and_a_file_as_machines_do(cast, url):
    cast.corrected()
    workflow.write_statement(cast.desk, "funding", "By readers.", actor=cast.mia, based_on=0)
    page = as_(cast.mia).get(url).content.decode()
    table = "".join(re.findall(r"<table.*?</table>", page, re.DOTALL))
    assert not re.search(r"\d{4}-\d\d", table)
    file = b"".join(as_(cast.mia).get(url, {"as": "csv"})).decode()
    assert re.search(r"\d{4}-\d\d", file.partition("\n")[2])


def test_a_cell_that_a_spreadsheet_would_run_is_neutralised(cast):
    article = cast.article()
    claim = c.mark(article, c.MARKED, cast.eda, claim_reviewed="=HYPERLINK(1)")
    cast.publish(article, claim)
    assert "'=HYPERLINK(1)" in {row["row"] for row in lines(as_(cast.eda), PACK)}


@pytest.mark.drill  # after thousands of other tests PostgreSQL plans otherwise for so few rows
def test_a_past_outside_of_the_period_costs_nothing(without_dead_rows, cast):
    article = size.published(cast)
    today = str(timezone.now().date())
    client = as_(cast.eda)

    def read() -> None:
        for url in (PAGE, PACK):
            assert client.get(url, {"since": today, "until": today}).status_code == 200

    with connection.cursor() as cursor:
        cursor.execute(AS_IF_LARGE)
    size.grow(article, 3000, 3020)
    size.settle()
    small = Work(read)
    size.grow(article, 3020, 3200)
    size.settle()
    large = Work(read)
    assert large.rows <= 1.2 * small.rows + 5, f"{small}\n---\n{large}"
