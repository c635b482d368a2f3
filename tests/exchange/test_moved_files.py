"""A desk or an article that was moved is known as what it is, wherever else it is given."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from annotations.models import Article, EarlierCheck
from annotations.text.limits import MAX_BYTES
from tests.views.test_access import client_of
from tests.views.test_revisions import said

from . import moved

KINDS = {
    "desk": ("a whole desk as export_desk writes it", "The command import_desk takes"),
    "article": ("an article as export_article writes it", "The command import_article takes"),
}


@pytest.fixture
def files(cast, tmp_path) -> dict[str, list[bytes]]:
    """The archive of each, and the lines of each."""
    article, _claim = cast.published()
    paths = {name: tmp_path / f"{name}.tar" for name in KINDS}
    call_command("export_desk", "desk", str(paths["desk"]))
    call_command("export_article", "desk", article.slug, str(paths["article"]))
    lines = {
        "desk": "".join(moved.lines_of(cast.desk)).encode(),
        "article": "".join(moved.lines_of(cast.desk, article)).encode(),
    }
    return {name: [paths[name].read_bytes(), lines[name]] for name in KINDS}


COMMANDS = (
    ("import_articles", "--desk", "desk", "--person", "eda"),
    ("import_articles", "--desk", "desk", "--person", "eda", "--format", "plain"),
    ("import_checks", "--desk", "desk", "--person", "eda"),
    ("split",),
)


@pytest.mark.parametrize("name", ["moved", "moved.txt", "moved.json", "moved.jsonl", "moved.tar"])
def test_commands_say_what_it_is_and_which_command_takes_it(files, tmp_path: Path, name: str):
    before = Article.objects.count()
    path = tmp_path / name
    for kind, both in files.items():
        for data in both:
            path.write_bytes(data)
            for command, *options in COMMANDS:
                err = io.StringIO()
                with pytest.raises(CommandError) as refused:
                    call_command(command, *options, str(path), stdout=io.StringIO(), stderr=err)
                told = f"{err.getvalue()} {refused.value}"
                assert all(words in told for words in KINDS[kind]), (command, told)
    assert Article.objects.count() == before
    assert not EarlierCheck.objects.exists()


def test_so_it_is_where_it_is_larger_than_what_comes_in(files, tmp_path: Path):
    path = tmp_path / "moved.tar"
    path.write_bytes(files["desk"][0] + b"\0" * MAX_BYTES)
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_articles", "--desk", "desk", "--person", "eda", str(path), stderr=err)
    assert KINDS["desk"][0] in err.getvalue()


PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "import": ("file", {"language": "en", "public_text": "excerpts", "do": "preview"}),
    "add_earlier_checks": ("file", {"do": "look"}),
    "admin:annotations_article_import": ("uploads", {"do": "look", "desk": "desk"}),
}


@pytest.mark.parametrize("page", PAGES)
def test_pages_say_so_too(files, cast, page: str):
    before = Article.objects.count()
    field, fields = PAGES[page]
    address = reverse(page) if page.startswith("admin:") else reverse(page, args=["desk"])
    for kind, both in files.items():
        for data in both:
            upload = SimpleUploadedFile("moved.txt", data)
            answer = client_of(cast.eda).post(address, fields | {field: upload})
            assert all(words in said(answer) for words in KINDS[kind]), page
            if "admin" in page:  # where files of any kind are given, it says which this is
                assert "moved.txt: Desk or article that was moved" in said(answer)
    assert Article.objects.count() == before


def test_so_is_what_is_pasted(files, cast):
    fields = PAGES["import"][1] | {"text": files["article"][1].decode()}
    answer = client_of(cast.eda).post(reverse("import", args=["desk"]), fields)
    assert all(words in said(answer) for words in KINDS["article"])
