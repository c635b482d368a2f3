"""Fixtures as a newcomer writes them: made whole, or told what is wrong and where; nothing kept."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from annotations.exchange import files
from annotations.models import Article, Claim, Membership, Original, Revision, Sentence, Transition
from annotations.vocabulary import Role
from tests import cast as c
from tests.commands.test_import_articles import counts
from tests.emptying import empty

DOCS = Path(__file__).parents[2] / "docs" / "fixtures.md"
SHORT = """\
[
  {"model": "annotations.article",
   "fields": {
     "desk": "desk",
     "title": "Ferry to return in spring",
     "text": [
       "The line carried 4,000 people last year. It is old.",
       "“We never asked them to stop,” the mayor said."
     ]}}
]"""


@pytest.fixture
def desk(db):
    desk = c.make_desk()
    c.make_person("mia", desk, Role.MANAGER)
    c.make_person("ann", desk, Role.CHECKER)
    return desk


class Ran:
    """What a command printed, and how it ended."""

    def __init__(self, *args: str) -> None:
        out, err = io.StringIO(), io.StringIO()
        self.failure = ""
        try:
            call_command(*args, stdout=out, stderr=err)
        except CommandError as failure:
            self.failure = str(failure)
        self.out, self.err = out.getvalue(), err.getvalue()


def written(folder: Path, text: str, name: str = "mine.json") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def make(folder: Path, text: str = SHORT) -> tuple[Ran, str]:
    whole = str(folder / "whole.json")
    return Ran("fixture", "make", written(folder, text), "-o", whole), whole


def test_an_article_in_ten_lines_is_made_whole_and_loaded(desk, tmp_path):
    assert SHORT.count("\n") + 1 == 10
    ran, whole = make(tmp_path)
    assert ran.failure == ""
    assert not Article.objects.exists(), "making writes nothing to the database"
    assert Ran("loaddata", whole).failure == ""
    article = Article.objects.get()
    assert (article.desk, article.slug, article.created_by.username) == (
        desk,
        "ferry-to-return-in-spring",
        "mia",
    )
    words = [article.revision.text[row.start : row.end] for row in Sentence.objects.all()]
    assert words == [
        "The line carried 4,000 people last year.",
        "It is old.",
        "“We never asked them to stop,” the mayor said.",
    ]
    assert Transition.objects.get().move == "import"
    assert Original.objects.get().revision == article.revision


def test_its_workbench_opens(desk, tmp_path):
    _ran, whole = make(tmp_path)
    call_command("loaddata", whole, verbosity=0)
    client = Client()
    client.force_login(Membership.objects.get(role=Role.MANAGER).user)
    answer = client.get(reverse("workbench", args=[Article.objects.get().pk]))
    assert answer.status_code == 200


def test_made_and_loaded_twice_it_changes_nothing(desk, tmp_path):
    for _time in range(2):
        ran, whole = make(tmp_path)
        assert ran.failure == ""
        call_command("loaddata", whole, verbosity=0)
        before = counts()
        assert Ran("loaddata", whole).failure == ""
        assert counts() == before
    assert Article.objects.count() == 1


def test_a_fixture_is_looked_at_without_being_kept(desk, tmp_path):
    ran = Ran("fixture", "check", written(tmp_path, SHORT))
    assert ran.failure == ""
    assert "1 articles, 7 rows; it loads." in ran.out
    assert not Article.objects.exists()


def test_a_file_of_json_lines_is_read_by_its_name(desk, tmp_path):
    line = json.dumps(json.loads(SHORT)[0])
    ran = Ran("fixture", "check", written(tmp_path, f"{line}\n\n{line}\n", "mine.jsonl"))
    assert "mine.jsonl:3" in ran.err or "it loads" in ran.out


def test_a_row_without_created_at_is_loaded_twice(desk, tmp_path):
    """Finding X6a: “annotations_revision is append-only” the second time."""
    _ran, whole = make(tmp_path)
    rows = json.loads(Path(whole).read_text(encoding="utf-8"))
    for row in rows:
        row["fields"].pop("created_at", None)
        row["fields"].pop("at", None)
    bare = written(tmp_path, json.dumps(rows), "bare.json")
    assert Ran("loaddata", bare).failure == ""
    assert Ran("loaddata", bare).failure == ""


def changed(old: str, new: str, text: str = SHORT) -> str:
    assert old in text
    return text.replace(old, new, 1)


TEXT = "One. Two."
SHA = hashlib.sha256(TEXT.encode()).hexdigest()
FULL = """\
[
 {"model": "annotations.article", "fields": {
  "uuid": "11111111-0000-4000-8000-000000000001", "desk": ["desk"], "title": "T", "slug": "t",
  "status": "draft",
  "created_by": ["mia"]}},
 {"model": "annotations.revision", "fields": {
  "uuid": "11111111-0000-4000-8000-000000000002",
  "article": ["11111111-0000-4000-8000-000000000001"],
  "text": "One. Two.",
  "sha256": "SHA",
  "normaliser_version": "1", "splitter_version": "1", "created_by": ["mia"]}},
 {"model": "annotations.sentence", "fields": {
  "uuid": "11111111-0000-4000-8000-000000000003",
  "revision": ["11111111-0000-4000-8000-000000000002"],
  "position": 0, "number": 1, "paragraph": 0, "kind": "body", "start": 0,
  "end": 4}},
 {"model": "annotations.sentence", "fields": {
  "uuid": "11111111-0000-4000-8000-000000000004",
  "revision": ["11111111-0000-4000-8000-000000000002"],
  "position": 1, "number": 2, "paragraph": 0, "kind": "body",
  "start": 5, "end": 9}}
]""".replace("SHA", SHA)


def test_the_full_form_is_well_too(desk, tmp_path):
    ran = Ran("fixture", "check", written(tmp_path, FULL))
    assert (ran.failure, ran.err) == ("", "")


WRONG: dict[str, tuple[str, int, str]] = {
    "no JSON": (changed('"title":', '"title"'), 5, "this is no JSON"),
    "no list": ('{"model": "annotations.article"}', 1, "a list was expected"),
    "nothing in it": ("[]", 1, "there are no rows."),
    "no row": ("[1]", 1, "a row is an object"),
    "no model": ('[\n{"fields": {}}]', 2, "the row has no “model”"),
    "unknown model": (
        changed("annotations.article", "annotations.artikle"),
        2,
        "there is no model “annotations.artikle”; is “annotations.article” meant?",
    ),
    "unknown field": (changed('"title"', '"titel"'), 5, "no “titel”; is “title” meant?"),
    "unknown desk": (changed('"desk": "desk"', '"desk": "dask"'), 4, "there is no desk “dask”"),
    "no desk": (changed('     "desk": "desk",\n', ""), 2, "the article has no “desk”"),
    "unknown person": (
        changed('"desk": "desk",', '"desk": "desk", "by": "bob",'),
        4,
        "there is no person “bob”",
    ),
    "no text": (
        '[\n{"model": "annotations.article", "fields": {"desk": "desk",\n"text": " "}}]',
        3,
        "text: The text is empty.",
    ),
    "text that is a number": (
        '[\n{"model": "annotations.article", "fields": {"desk": "desk",\n"text": 7}}]',
        3,
        "text: words, or a list of paragraphs, are expected.",
    ),
    "a date that is none": (
        changed('"desk": "desk",', '"desk": "desk",\n"published_on": "2026-02-30",'),
        5,
        "published_on: Give a date as 2026",
    ),
    "a title that is too long": (
        changed("Ferry to return", "F" * 300),
        5,
        "at most 300 characters",
    ),
    "a choice that is none": (
        changed('"desk": "desk",', '"desk": "desk",\n"public_text": "some",'),
        5,
        "public_text: “some” is not known; one of “excerpts”",
    ),
    "a language that is none": (
        changed('"desk": "desk",', '"desk": "desk",\n"language": "English",'),
        5,
        "language: “English” is no tag",
    ),
    "a key twice": (changed('"title"', '"desk"'), 4, "the key “desk” stands twice"),
    "half a character": (changed("Ferry", "\\ud800"), 1, "holds U+D800"),
    "a wrong hash": (FULL.replace(SHA, "0" * 64), 10, "is not the text’s, which is “" + SHA),
    "a text that is not normalised": (
        FULL.replace('"One. Two."', '"One.\\r\\nTwo."').replace(
            SHA, hashlib.sha256(b"One.\r\nTwo.").hexdigest()
        ),
        9,
        "text: it is not as texts are kept",
    ),
    "no uuid": (
        changed('"uuid": "11111111-0000-4000-8000-000000000003",\n', "", FULL),
        12,
        "the row has no “uuid”",
    ),
    "a uuid twice": (
        changed("000000000004", "000000000003", FULL),
        18,
        "the row in line 12 as well",
    ),
    "a sentence past the text": (changed('"end": 9', '"end": 10', FULL), 21, "5 to 10 is no span"),
    "sentences that overlap": (changed('"start": 5', '"start": 3', FULL), 21, "ends at 4"),
    "a status that is none": (changed('"draft"', '"new"', FULL), 4, "“new” is not known"),
    "a row that names nothing": (
        changed('"article": ["11111111-0000-4000-8000-000000000001"]', '"article": ["x"]', FULL),
        8,
        "article: there is no article “x”, here or in the file.",
    ),
    "an article without a text": (
        FULL.partition(',\n {"model": "annotations.revision"')[0] + "]",
        2,
        "the article has no text",
    ),
    "null where a value is needed": (changed('"title": "T"', '"title": null', FULL), 3, "not null"),
}


def only_place(told: list[str], line: int, words: str) -> None:
    """One place is named, by its line, or by its JSON pointer where no line can be known."""
    (only,) = told
    where = "“/0/fields/title” " if words == "holds U+D800" else f"(mine.json:|Line ){line}\\b"
    assert re.search(where, only), only
    assert words in only


@pytest.mark.parametrize(("text", "line", "words"), WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("act", ["check", "make"])
def test_what_is_wrong_is_said_with_its_line_and_nothing_is_kept(
    desk, tmp_path, text, line, words, act
):
    if act == "make" and words == "the row has no “uuid”":
        return  # which is what it is made for
    before = counts()
    ran = Ran("fixture", act, written(tmp_path, text))
    assert ran.failure
    only_place(ran.err.splitlines() or [ran.failure], line, words)
    assert counts() == before


@pytest.mark.parametrize("is_trial", [True, False], ids=["look", "save"])
@pytest.mark.parametrize("name", [each for each in WRONG if each != "no uuid"])
def test_so_it_is_in_the_administration(desk, name, is_trial):
    text, line, words = WRONG[name]
    mia = Membership.objects.get(role=Role.MANAGER).user
    mia.is_superuser = True
    before = counts()
    told = files.take(files.File("mine.json", text.encode(), desk, mia), is_trial=is_trial)
    words = "by: you are “mia”" if name == "unknown person" else words
    if name in ("no list", "nothing in it", "no row", "no model"):
        assert told.wrong, "it is known for no fixture, and refused as what it may be"
    else:
        only_place(list(told.wrong), line, words)
    assert counts() == before


def test_all_that_is_wrong_is_said_at_once(desk, tmp_path):
    text = changed('"desk": "desk"', '"desk": "dask"', SHORT)
    ran = Ran("fixture", "check", written(tmp_path, changed('"title"', '"titel"', text)))
    assert ran.err.count("mine.json:") == 2
    assert ran.failure == "2 wrong; nothing was made of it."


Rows = list[dict[str, Any]]
ARTICLE = {"model": "annotations.article", "fields": json.loads(FULL)[0]["fields"]}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (json.loads(SHORT), "`manage.py fixture make` makes it whole"),
        ([ARTICLE], "Article “T” has no text"),
        (json.loads(FULL)[:2], "has no sentences"),
        (
            [
                {**ARTICLE, "fields": ARTICLE["fields"] | {"status": "published"}},
                *json.loads(FULL)[1:],
            ],
            "Article “T” is published, but has no edition that readers got",
        ),
        (
            [{**ARTICLE, "fields": ARTICLE["fields"] | {"desk": ["nowhere"]}}],
            "has as its desk “nowhere”, which is neither here nor in the file",
        ),
        (
            [{**ARTICLE, "fields": ARTICLE["fields"] | {"created_by": ["bob"]}}],
            "“bob”, which is neither here nor in the file",
        ),
        (
            json.loads(FULL.replace(SHA, "0" * 64)),
            "the sha256 of a text is not its own",
        ),
        (
            json.loads(FULL.replace('"One. Two."', '"One.\\r\\nTwo."')),
            "the sha256 of a text is not its own",
        ),
    ],
)
def test_loaddata_refuses_in_a_sentence_and_keeps_nothing(desk, tmp_path, rows, words):
    before = counts()
    ran = Ran("loaddata", written(tmp_path, json.dumps(rows)))
    assert words in ran.failure
    assert ran.failure.endswith("Nothing was loaded.")
    assert "\n" not in ran.failure
    assert counts() == before


def test_a_claim_that_nobody_decided_is_not_loaded_as_published(tmp_path, cast):
    cast.published()
    out = io.StringIO()
    call_command("dumpdata", "annotations", natural_foreign=True, natural_primary=True, stdout=out)
    rows: list[dict[str, Any]] = json.loads(out.getvalue())
    row = next(row for row in rows if row["model"] == "annotations.claim")
    fields = row["fields"] | {
        "uuid": "11111111-0000-4000-8000-000000000009",
        "number": 900,
        "slug": "invented",
        "verdict": None,
        "edition": None,
    }
    new = {"model": "annotations.claim", "fields": fields}
    ran = Ran("loaddata", written(tmp_path, json.dumps([new])))
    assert "but has no verdict. Nothing was loaded." in ran.failure
    assert not Claim.objects.filter(number=900).exists()


def _without(model: str) -> Callable[[Rows], Rows]:
    return lambda rows: [row for row in rows if row["model"] != f"annotations.{model}"]


def _as(model: str, **fields: Any) -> Callable[[Rows], Rows]:
    def change(rows: Rows) -> Rows:
        for row in rows:
            if row["model"] == f"annotations.{model}":
                row["fields"] |= fields
        return rows

    return change


CONTRADICTIONS: dict[str, tuple[str, list[Callable[[Rows], Rows]], str]] = {
    "handed in on a claim that was never opened": (
        "deciding",
        [_as("claim", status="spotted")],
        "is handed in, but checking of its claim was never opened",
    ),
    "handed in without an annotation": (
        "deciding",
        [_without("annotation"), _without("citation"), _without("sighting")],
        "is handed in, but has no annotation",
    ),
    "published without an edition": (
        "published",
        [
            _without("edition"),
            _without("listing"),
            _as("claim", edition=None),
            _as("article", status="draft", edition=None),
        ],
        "is published, but has no edition that readers got",
    ),
}


@pytest.mark.parametrize(("stage", "acts", "words"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_states_that_contradict_each_other_are_not_loaded(tmp_path, cast, stage, acts, words):
    getattr(cast, stage)()
    out = io.StringIO()
    call_command("dumpdata", "annotations", natural_foreign=True, natural_primary=True, stdout=out)
    rows: Rows = json.loads(out.getvalue())
    for act in acts:
        rows = act(rows)
    empty()
    ran = Ran("loaddata", written(tmp_path, json.dumps(rows)))
    assert words in ran.failure
    assert not Claim.objects.exists()


def test_the_documentation_shows_the_article_that_is_tried_here():
    assert SHORT in DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "digest", "constraint"),
    [
        ("One.", "0" * 64, "revision_sha256_is_its_own"),
        ("Cafe\u0301.", None, "revision_text_is_canonical"),
        ("One.\r\nTwo.", None, "revision_text_is_canonical"),
    ],
)
def test_the_database_refuses_a_text_that_is_not_as_it_is_kept(cast, text, digest, constraint):
    article, _claim = cast.marked()
    digest = digest or hashlib.sha256(text.encode()).hexdigest()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Revision.objects.create(
            article=article,
            number=9,
            text=text,
            sha256=digest,
            normaliser_version="1",
            splitter_version="1",
            created_by=cast.eda,
        )
    assert refused.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]
    assert connection.is_usable()


def test_the_database_refuses_a_hash_that_is_not_the_originals(cast):
    article, _claim = cast.marked()
    with pytest.raises(ValidationError, match="the sha256 of an original"), transaction.atomic():
        Original.objects.create(
            revision=Revision.objects.create(
                article=article,
                number=9,
                text="One.",
                sha256=hashlib.sha256(b"One.").hexdigest(),
                normaliser_version="1",
                splitter_version="1",
                created_by=cast.eda,
            ),
            data=b"One.",
            sha256="0" * 64,
        )
