"""Files for the worker: brought by a page, found again, stopped; short ones stay in a request."""

from __future__ import annotations

import csv
import io
import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.exchange import files
from annotations.models import Article, EarlierCheck, FileImport, Membership, User
from annotations.tasks.file_imports import FileImporter
from tests import cast as c
from tests.tasks.test_file_imports import articles, bring, checks, now, take_all
from tests.views.test_access import client_of
from tests.views.test_revisions import said

LIST = reverse("file_imports", args=["desk"])
ADMIN = reverse("admin:annotations_article_import")
EARLIER = reverse("add_earlier_checks", args=["desk"])


def page_of(row: FileImport, name: str = "file_import") -> str:
    return reverse(name, args=["desk", row.uuid])


def send(person: User, *given: tuple[str, bytes], **fields: Any) -> Any:
    uploads = [SimpleUploadedFile(name, data) for name, data in given]
    return client_of(person).post(LIST, {"uploads": uploads} | fields)


def test_files_are_brought_and_found_again(cast):
    answer = send(cast.eda, ("many.jsonl", articles(3)), ("other.jsonl", articles(2, 5)))
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert not Article.objects.exists(), "no request takes them in"
    words = said(client_of(cast.eda).get(LIST))
    assert "other.jsonl" in words
    assert words.count("It waits for its turn.") == 2
    assert "Look again" in words
    take_all()
    page = client_of(cast.eda).get(LIST)
    assert "Taken in: all 3 rows. 3 new, 0 changed, 0 were there already." in said(page)
    assert "Look again" not in said(page)
    assert b"http-equiv" not in page.content


def test_one_file_leads_to_its_own_page_which_says_how_far_it_is(cast):
    answer = send(cast.eda, ("many.jsonl", articles(50)))
    row = FileImport.objects.get()
    assert answer["Location"] == page_of(row)
    importer = FileImporter()
    for _turn in range(2):
        importer.take_next()
    page = client_of(cast.eda).get(page_of(row))
    assert "20 of 50 rows are in. 20 new" in said(page)
    assert b'value="20" max="50"' in page.content
    assert b'<noscript><meta http-equiv="refresh" content="5"></noscript>' in page.content
    stopped = client_of(cast.eda).post(page_of(row, "stop_file_import"))
    assert stopped["Location"] == page_of(row)
    take_all(importer)
    page = client_of(cast.eda).get(page_of(row))
    assert "Stopped: 20 of 50 rows are in, and stay." in said(page)
    assert b"Look again" not in page.content


def test_a_form_that_is_sent_twice_brings_its_files_once(cast):
    key = str(uuid.uuid4())
    first = send(cast.eda, ("many.jsonl", articles(3)), key=key)
    again = send(cast.eda, ("many.jsonl", articles(3)), key=key)
    assert first["Location"] == again["Location"]
    assert FileImport.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([], "Choose a file."),
        ([("a.json", b"")], "empty"),
        ([(f"{at}.txt", b"x") for at in range(21)], "At most 20 files at once."),
    ],
)
def test_what_cannot_be_brought_is_said_beside_its_field(cast, given, words):
    answer = send(cast.eda, *given)
    assert answer.status_code == 422
    assert words in said(answer)
    assert not FileImport.objects.exists()


def test_too_many_that_wait_are_refused_on_the_page(cast, monkeypatch):
    monkeypatch.setattr("annotations.workflow.file_imports.MOST_WAITING", 1)
    answer = send(cast.eda, ("a.json", b"{}"), ("b.json", b"{}"))
    assert answer.status_code == 409
    assert "More than 1 files of yours would wait." in said(answer)


def test_wrong_rows_are_shown_and_taken_away_as_csv(cast):
    rows = [{"title": "A", "text": 5}, {"title": "=1+1", "text": "It is."}, {"text": "It is."}]
    row = bring(cast, "\n".join(map(json.dumps, rows)).encode())
    take_all()
    words = said(client_of(cast.eda).get(page_of(row)))
    assert "2 places are wrong" in words
    assert "Line 1 /text: words, or a list of paragraphs found: “5”" in words
    answer = client_of(cast.eda).get(page_of(row, "wrong_rows"))
    assert answer["Content-Disposition"].endswith('.csv"')
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    table = list(csv.reader(io.StringIO(text[1:])))
    assert table == [
        ["line", "place", "value", "expected"],
        ["1", "/text", "5", "words, or a list of paragraphs"],
        ["3", "/title", "", "words are expected"],
    ]


def test_nobody_else_sees_stops_or_takes_away_a_file(cast):
    row = bring(cast, articles(2))
    for other, status in ((cast.mia, 404), (cast.eli, 404), (cast.ann, 403), (cast.stranger, 404)):
        client = client_of(other)
        assert client.get(page_of(row)).status_code == status
        assert client.get(page_of(row, "wrong_rows")).status_code == status
        assert client.post(page_of(row, "stop_file_import")).status_code == status
    assert "many.jsonl" not in said(client_of(cast.mia).get(LIST))
    assert now(row).state == "waiting"


def test_a_file_of_another_desk_is_not_found_under_this_one(cast):
    row = bring(cast, articles(2))
    other = c.make_desk("other")
    Membership.objects.create(desk=other, user=cast.eda, role="editor")
    elsewhere = reverse("file_import", args=["other", row.uuid])
    assert client_of(cast.eda).get(elsewhere).status_code == 404
    assert "many.jsonl" not in said(
        client_of(cast.eda).get(reverse("file_imports", args=["other"]))
    )


def test_a_list_of_many_files_costs_no_more_statements_and_leaves_the_bytes(cast):
    def cost() -> int:
        client = client_of(cast.eda)
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        assert not [each for each in asked if '"data"' in each["sql"].partition("FROM")[0]]
        return len(asked)

    bring(cast, articles(1, 2))
    few = cost()
    for _file in range(10):
        bring(cast, articles(1, 2))
    assert cost() == few


# --- what the other pages do with a long file ---


def long_checks() -> bytes:
    data = checks(2_200)
    assert len(data) > files.LONG
    return data


def test_a_long_file_of_checks_is_looked_at_and_handed_to_the_worker_once(cast):
    client = client_of(cast.eda)
    file = SimpleUploadedFile("checks.json", long_checks())
    look = client.post(EARLIER, {"file": file, "do": "look"})
    assert "2200 would be new" in said(look)
    key = look.context["form"].initial["incoming"]
    kept = client.post(EARLIER, {"incoming": key, "do": "save"})
    again = client.post(EARLIER, {"incoming": key, "do": "save"})
    row = FileImport.objects.get()
    assert kept["Location"] == again["Location"] == page_of(row)
    assert not EarlierCheck.objects.exists()
    take_all()
    assert EarlierCheck.objects.count() == now(row).new == 2_200


def test_the_administration_hands_long_files_to_the_worker_once(cast):
    client = client_of(cast.eda)
    many = articles(400)
    assert len(many) > files.LONG
    uploads = [SimpleUploadedFile("many.jsonl", many)]
    look = client.post(ADMIN, {"uploads": uploads, "desk": "desk", "do": "look"})
    assert "It is long: it is read to its end" in said(look)
    keys = look.context["form"].initial["earlier"]
    kept = client.post(ADMIN, {"earlier": keys, "desk": "desk", "do": "save"})
    client.post(ADMIN, {"earlier": keys, "desk": "desk", "do": "save"})
    assert kept["Location"] == LIST
    assert FileImport.objects.count() == 1
    assert not Article.objects.exists()
    without = client.post(ADMIN, {"earlier": keys, "desk": "", "do": "save"})
    assert "Choose the desk it is for." in said(without)


def test_short_files_and_one_long_text_stay_in_the_request(cast):
    actor = cast.eda
    short = files.File("a.json", b"{}", cast.desk, actor)
    book = files.File("a.txt", b"It is so. " * 120_000, cast.desk, actor)
    lines = files.File("a.jsonl", articles(400), cast.desk, actor)
    table = files.File("a.csv", b"claim,label\n" * 100_000, cast.desk, actor, holds_checks=True)
    assert not files.are_long([short])
    assert not files.are_long([book])
    assert files.are_long([lines])
    assert files.are_long([table])
    assert files.are_long([book, short])
