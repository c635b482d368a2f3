"""The log: a page by row, the whole of it line by line, and no line that a person may not read."""

from __future__ import annotations

import json
import re
import tracemalloc

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import Transition
from annotations.queries import log
from tests import cast as c


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def many_lines(cast, number: int) -> None:
    at = Transition.objects.latest("at").at
    Transition.objects.bulk_create(
        Transition(desk=cast.desk, move="change rules", actor=cast.mia, reason=f"No. {n}", at=at)
        for n in range(number)
    )


def followed(client: Client, url: str, word: str) -> list[str]:
    """The numbers on each page from the address on, by the link with this word."""
    found = []
    while url:
        page = client.get(url).content.decode()
        found.append(",".join(re.findall(r"No\. (\d+)", page)))
        link = re.search(rf'href="(\?[^"]*{word}=[^"]+)"', page)
        url = reverse("log", args=["desk"]) + link[1].replace("&amp;", "&") if link else ""
    return found


def test_a_log_is_paged_by_row_and_back_with_its_filter_though_lines_come_in(cast):
    cast.marked()
    many_lines(cast, 120)
    eda = as_(cast.eda)
    pages = followed(eda, f"{reverse('log', args=['desk'])}?move=change+rules", "before")
    assert ",".join(pages) == ",".join(str(n) for n in range(119, -1, -1))
    assert len(pages) == 3
    page = eda.get(f"{reverse('log', args=['desk'])}?move=change+rules").content.decode()
    assert "Newer" not in page
    older = re.search(r'href="(\?[^"]*before=[^"]+)"', page)
    assert older is not None
    many_lines(cast, 3)
    second = reverse("log", args=["desk"]) + older[1].replace("&amp;", "&")
    assert followed(eda, second, "before")[0] == pages[1]
    assert followed(eda, second, "after")[1:] == [pages[0], "2,1,0"]


def lines_of(client: Client, url: str) -> str:
    return client.get(url).content.decode().partition("<tbody>")[2].partition("</tbody>")[0]


def test_a_page_that_names_no_line_is_the_first(cast):
    cast.marked()
    many_lines(cast, 60)
    eda = as_(cast.eda)
    for asked in ("before=", "before=x", "after=1", f"before={cast.desk.uuid}", "page=2"):
        page = eda.get(f"{reverse('log', args=['desk'])}?{asked}")
        assert page.status_code == 200
        assert "No. 59" in page.content.decode(), asked


def test_a_line_that_is_hidden_is_no_place_to_page_from(cast):
    """Rule 4: not even the time of what others did can be found out by asking from it."""
    _article, claim = cast.checking()
    c.annotate(claim, cast.ben)
    hidden = Transition.objects.filter(assignment__person=cast.ben).latest("pk")
    ann = as_(cast.ann)
    first = lines_of(ann, reverse("log", args=["desk"]))
    assert lines_of(ann, f"{reverse('log', args=['desk'])}?before={hidden.uuid}") == first


def test_the_whole_log_is_read_line_by_line_in_one_statement(cast):
    cast.deciding()
    many_lines(cast, 3 * log.CHUNK)
    lines = log.desk_log(cast.desk, cast.eda, {})
    tracemalloc.start()
    with CaptureQueriesContext(connection) as queries:
        number = sum(1 for _row in log.as_rows(lines))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert number == lines.count() > 3 * log.CHUNK
    assert len(queries) <= 2
    assert most < 2_000 * log.CHUNK, "bytes: a chunk or two, and not the log"


def test_a_file_of_the_log_says_what_the_page_says(cast):
    cast.deciding()
    eda = as_(cast.eda)
    answer = eda.get(f"{reverse('log', args=['desk'])}?as=jsonl")
    rows = [json.loads(line) for line in b"".join(answer).decode().splitlines()]
    lines = log.desk_log(cast.desk, cast.eda, {}).order_by("-at", "-pk")
    assert [row["at"] for row in rows] == [line.at.isoformat() for line in lines]
    assert [row["policy"] for row in rows] == [line.policy for line in lines]
    assert tuple(rows[0]) == log.COLUMNS
    persons = [str(line.assignment.person) if line.assignment else "" for line in lines]
    assert [row["person"] for row in rows] == persons


def test_no_line_is_joined_to_what_it_is_about(cast):
    """Beside a condition this long, a join lets PostgreSQL read every claim there is first."""
    lines = Transition.objects.visible_to(cast.eda).order_by().query
    joined = [each for alias, each in lines.alias_map.items() if lines.alias_refcount[alias]]
    assert [each.table_name for each in joined] == ["annotations_transition"]
