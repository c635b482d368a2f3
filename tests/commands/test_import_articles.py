"""`manage.py import_articles`: each file all or nothing, and said which."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from annotations.models import Article, Membership, Original
from annotations.vocabulary import Role
from tests import cast as c
from tests.capture.servers import page as says
from tests.capture.servers import serving
from tests.formats.test_files import SAMPLES
from tests.formats.test_html import page as html_page


class Said:
    """What the command printed, and how it ended."""

    def __init__(self, *args: str) -> None:
        out, err = io.StringIO(), io.StringIO()
        self.failure: CommandError | None = None
        try:
            call_command("import_articles", *args, stdout=out, stderr=err)
        except CommandError as failure:
            self.failure = failure
        self.out, self.err = out.getvalue(), err.getvalue()


def counts() -> dict[str, int]:
    models = apps.get_app_config("annotations").get_models()
    return {model.__name__: model._base_manager.count() for model in models}


@pytest.fixture
def desk(db):
    desk = c.make_desk()
    for name, role in (("eda", Role.EDITOR), ("eli", Role.EDITOR), ("mia", Role.MANAGER)):
        c.make_person(name, desk, role)
    c.make_person("ann", desk, Role.CHECKER)
    return desk


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(c.TEXT, encoding="utf-8")
    return path


def test_a_file_becomes_an_article_of_the_only_desk(desk, file: Path):
    said = Said(str(file))
    assert said.failure is None
    article = Article.objects.get()
    assert article.title == "Ferry to return in spring, mayor says"
    assert article.revision.text == c.TEXT
    assert article.created_by.username == "mia", "the desk's only manager"
    original = Original.objects.get()
    assert (original.name, b"".join(original.pieces())) == ("ferry.txt", file.read_bytes())
    assert f"{file}: imported as “{article.slug}”, 4 sentences" in said.out


def test_the_same_file_twice_changes_nothing_and_says_so(desk, file: Path):
    Said(str(file))
    before = counts()
    said = Said(str(file))
    assert said.failure is None
    assert counts() == before
    assert "already on the desk" in said.out
    assert "nothing changed" in said.out


def test_a_dry_run_says_what_would_happen_and_changes_nothing(desk, file: Path):
    before = counts()
    said = Said(str(file), str(file), "--dry-run")
    assert counts() == before
    assert "would be imported" in said.out
    assert "already on the desk" in said.out


BAD = {
    "empty": (b"", "empty"),
    "spaces": (b" \n\n \n", "empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "PNG image"),
    "nul": (b"A text\x00 with a NUL.", "NUL"),
    "latin1": ("Café is closed.".encode("latin-1"), "UTF-8"),
    "large": (b"a sentence. " * (11 * 1024 * 1024 // 12), "10 MB"),
}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("trial", [[], ["--dry-run"]], ids=["really", "dry"])
def test_a_bad_file_is_named_and_leaves_nothing_behind(
    desk, tmp_path: Path, kind: str, trial: list[str]
):
    data, words = BAD[kind]
    path = tmp_path / f"{kind}.txt"
    path.write_bytes(data)
    before = counts()
    said = Said(str(path), *trial)
    assert counts() == before
    assert said.failure is not None
    assert said.failure.returncode == 1
    (line,) = said.err.splitlines()
    assert line.startswith(f"{path}: ")
    assert words in line


def test_a_bad_file_does_not_keep_a_good_one_out(desk, file: Path, tmp_path: Path):
    said = Said(str(tmp_path / "missing.txt"), str(tmp_path), str(file))
    assert Article.objects.count() == 1
    assert said.err.splitlines() == [
        f"{tmp_path / 'missing.txt'}: No such file or directory",
        f"{tmp_path}: Is a directory",
    ]
    assert str(said.failure) == "2 of 3 could not be imported."


def test_a_folder_is_not_searched(desk, file: Path):
    Said(str(file.parent))
    assert not Article.objects.exists()


def test_a_dash_is_standard_input(desk, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(c.TEXT.encode())))
    said = Said("-")
    assert "standard input: imported" in said.out
    assert Original.objects.get().name == ""


def test_a_name_that_is_no_text_is_shown_and_kept_readable(desk, file: Path):
    odd = file.rename(file.parent / "caf\udce9.txt")
    assert "caf�.txt: imported" in Said(str(odd)).out
    assert Original.objects.get().name == "caf�.txt"


def test_the_desk_must_be_named_where_there_are_several(desk, file: Path):
    second = c.make_desk("second")
    c.make_person("sue", second, Role.EDITOR)
    assert str(Said(str(file)).failure) == "Say which desk with --desk: desk, second."
    assert Said(str(file), "--desk", "second").failure is None
    assert Article.objects.get().desk == second
    assert "no desk “third”" in str(Said(str(file), "--desk", "third").failure)


def test_without_a_desk_it_says_how_to_get_one(db, file: Path):
    assert "manage.py demo" in str(Said(str(file)).failure)


def test_it_is_done_in_the_name_of_someone_who_may(desk, file: Path):
    c.make_person("sue", c.make_desk("second"), Role.EDITOR)
    for stranger in ("ann", "sue", "nobody"):
        failure = Said(str(file), "--desk", "desk", "--person", stranger).failure
        assert f"“{stranger}” may not add articles" in str(failure)
    Membership.objects.filter(user__username="eli").update(role=Role.OBSERVER)
    assert Said(str(file), "--desk", "desk", "--person", "eli").failure is not None
    assert not Article.objects.exists()
    assert Said(str(file), "--desk", "desk", "--person", "eda").failure is None
    assert Article.objects.get().created_by.username == "eda"


def test_among_several_who_may_one_must_be_named(desk, file: Path):
    Membership.objects.filter(user__username="mia").update(role=Role.EDITOR)
    assert "--person: eda, eli, mia" in str(Said(str(file)).failure)
    Membership.objects.exclude(user__username="eda").update(role=Role.CHECKER)
    assert Said(str(file)).failure is None
    assert Article.objects.get().created_by.username == "eda"


def test_a_person_who_was_deactivated_imports_nothing(desk, file: Path):
    desk.members.filter(username="eda").update(is_active=False)
    assert Said(str(file), "--person", "eda").failure is not None


def test_a_saved_web_page_is_imported_with_what_it_says_of_itself(desk, tmp_path: Path):
    path = tmp_path / "ferry.html"
    path.write_text(html_page(), encoding="utf-8")
    said = Said(str(path))
    assert said.failure is None
    article = Article.objects.get()
    assert (article.title, article.outlet, article.byline) == (
        "Ferry is back",
        "The Paper",
        "Ann Lee",
    )
    assert article.published_on == "2026-11-20"
    assert b"".join(Original.objects.get().pieces()) == path.read_bytes()
    assert "8 sentences" in said.out


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_of_each_kind_is_imported(desk, tmp_path: Path, name: str):
    path = tmp_path / name
    path.write_bytes(SAMPLES[name])
    assert Said(str(path)).failure is None
    assert b"".join(Original.objects.get().pieces()) == SAMPLES[name]
    assert "240 homes" in Article.objects.get().revision.text


def test_a_saved_page_is_imported_with_its_own_address(desk, tmp_path: Path):
    path = tmp_path / "ferry.html"
    head = '<link rel="canonical" href="https://paper.example/ferry">'
    path.write_text(html_page(head=head), encoding="utf-8")
    assert Said(str(path)).failure is None
    assert Article.objects.get().url == "https://paper.example/ferry"


def test_a_page_is_imported_from_its_address(desk, settings):
    with serving(says(html_page().encode())) as server:
        settings.FETCH_ALLOWED = [server.name]
        said = Said(f"http://{server.name}/ferry")
    assert said.failure is None
    assert Article.objects.get().url == f"http://{server.name}/ferry"


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://127.0.0.1/", "not on the public internet"),
        ("https://user@paper.example/", "name or password"),
    ],
)
def test_an_address_that_may_not_be_fetched_is_said_and_nothing_imported(desk, address, reason):
    said = Said(address)
    assert said.failure is not None
    assert reason in said.err
    assert not Article.objects.exists()


def test_a_page_may_be_taken_as_the_plain_text_it_is_written_in(desk, tmp_path: Path):
    path = tmp_path / "source.txt"
    path.write_text("<html>\n\nA text about a page.", encoding="utf-8")
    assert Said(str(path), "--format", "plain").failure is None
    assert Article.objects.get().revision.text.startswith("<html>")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.json", b'{"claims": []}', "JSON"),
        ("a.jsonl", b'{"claim": 1}\n{"claim": 2}\n', "JSON Lines"),
        ("a.csv", b"id,claim\n1,It is so\n", "CSV"),
        ("a.tsv", b"id\tclaim\n1\tIt is so\n", "TSV"),
        ("a.txt", b'{"@type": "ClaimReview"}', "ClaimReview (JSON)"),
        ("claims", b"id,claim\n1,It is so\n2,No\n", "CSV"),
    ],
)
@pytest.mark.parametrize("how", ["auto", "plain"])
def test_data_for_machines_is_refused_naming_what_can_be_read(
    desk, tmp_path: Path, name: str, data: bytes, kind: str, how: str
):
    path = tmp_path / name
    path.write_bytes(data * (1 if how == "auto" else 3))
    said = Said(str(path), "--format", how)
    assert said.failure is not None
    assert said.failure.returncode == 1
    assert kind.partition(" ")[0] in said.err
    assert (".html" in said.err) or "a transcript" in said.err or "A transcript" in said.err
    assert not Article.objects.exists()


def test_a_transcript_in_a_table_is_imported_row_by_row_and_once(desk, tmp_path: Path):
    path = tmp_path / "debate.tsv"
    path.write_text("1\tBIDEN\tIt is so. I know it.\t1\n2\tTRUMP\tNo.\t0\n", encoding="utf-8")
    assert "imported as" in Said(str(path)).out
    assert "2 sentences" not in Said(str(path)).out
    revision = Article.objects.get().revision
    words = [revision.text[row.start : row.end] for row in revision.sentences.all()]
    assert words == ["BIDEN: It is so. I know it.", "TRUMP: No."]
    assert b"".join(Original.objects.get().pieces()) == path.read_bytes()


def test_rows_that_are_wrong_are_all_named_and_nothing_is_imported(desk, tmp_path: Path):
    path = tmp_path / "debate.csv"
    path.write_text("line,speaker,text\n1,A,So\n1,B,No\n3,C\n", encoding="utf-8")
    said = Said(str(path))
    assert "Line 3, line “1”: a line comes once." in said.err
    assert "Line 4, row “3 C”: at least 3 cells expected." in said.err
    assert not Article.objects.exists()


def test_articles_as_json_are_imported_each_once_and_all_or_none(desk, tmp_path: Path):
    path = tmp_path / "archive.json"
    both = [
        {"title": "Ferry", "text": "It sails.", "outlet": "The Post", "tags": ["sea"]},
        {"title": "Ferry", "text": ["It sank.", "So they say."]},
    ]
    path.write_text(json.dumps([*both, {"title": "No text", "text": 5}]), encoding="utf-8")
    said = Said(str(path))
    assert "/2/text “5”: words, or a list of paragraphs." in said.err
    assert not Article.objects.exists()
    path.write_text(json.dumps(both), encoding="utf-8")
    assert "would be imported as “ferry-2”" in Said(str(path), "--dry-run").out
    said = Said(str(path))
    assert "“tags” is not read" in said.err
    assert set(Article.objects.values_list("title", "slug", "outlet")) == {
        ("Ferry", "ferry", "The Post"),
        ("Ferry", "ferry-2", ""),
    }
    assert json.loads(b"".join(Original.objects.earliest("pk").pieces())) == both[0]
    assert Said(str(path)).out.count("already on the desk") == 2
    assert Article.objects.count() == 2


def refuse_titles_that_begin_with(word: str) -> None:
    """A rule of the database's own, for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            """create function pg_temp.refuse() returns trigger language plpgsql as
            $$ begin raise exception 'no such title' using errcode = 'check_violation'; end $$"""
        )
        cursor.execute(
            "create trigger refuse before insert on annotations_article for each row"
            f" when (new.title like '{word}%') execute function pg_temp.refuse()"
        )


@pytest.mark.parametrize("trial", [[], ["--dry-run"]], ids=["really", "dry"])
def test_one_document_that_cannot_be_stored_is_named_and_keeps_no_other_out(
    desk, tmp_path: Path, trial: list[str]
):
    refuse_titles_that_begin_with("Bad")
    paths = []
    for number in range(5):
        title = "Bad" if number == 2 else "Good"
        path = tmp_path / f"{number}.txt"
        path.write_text(f"{title} {number}\n\nIt is so.", encoding="utf-8")
        paths.append(str(path))
    said = Said(*paths, *trial)
    assert said.err.startswith(f"{paths[2]}: no such title")
    assert str(said.failure) == "1 of 5 could not be imported."
    assert said.out.count("imported as") == 4
    titles = set(Article.objects.values_list("title", flat=True))
    assert titles == (set() if trial else {"Good 0", "Good 1", "Good 3", "Good 4"})


def test_more_documents_than_are_saved_at_once_are_all_imported(desk, tmp_path: Path):
    paths = []
    for number in range(130):
        path = tmp_path / f"{number:03}.txt"
        path.write_text(f"A title\n\nText {number}.", encoding="utf-8")
        paths.append(str(path))
    said = Said(*paths, paths[0])
    assert said.failure is None
    assert Article.objects.count() == 130
    assert said.out.splitlines()[-1].endswith("nothing changed")
    assert Article.objects.filter(slug="a-title-130").exists()


@pytest.mark.parametrize("how", [[], ["--format", "csv"]], ids=["by name", "as said"])
def test_several_transcripts_in_a_table_are_an_article_each(desk, tmp_path: Path, how: list[str]):
    path = tmp_path / ("debates.txt" if how else "debates.csv")
    path.write_text("document,text\nOne,It is so.\nTwo,It is not.\n", encoding="utf-8")
    assert Said(str(path), *how).out.count("imported as") == 2
    assert Said(str(path), *how).out.count("already on the desk") == 2
    assert set(Article.objects.values_list("title", flat=True)) == {"One", "Two"}
