"""The dossier by command: the same page, and its print by a real Chromium."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from annotations.formats import printing
from annotations.management.commands.export_dossier import MISSING
from tests import cast as c
from tests import chromium


@pytest.fixture
def published(cast, tmp_path, monkeypatch):
    """A published article, and an empty folder to write into."""
    monkeypatch.chdir(tmp_path)
    article, _claim = cast.published()
    return article


HALF = 'for each; do case $each in --print-to-pdf=*) echo %PDF-1 > "${each#*=}";; esac; done'
"""A browser that ends amid its writing."""


def export(*arguments: str, **options: Any) -> str:
    said = io.StringIO()
    call_command("export_dossier", *arguments, **options, stdout=said, stderr=said)
    return said.getvalue()


def written() -> set[str]:
    return {path.name for path in Path().iterdir()}


def program(script: str) -> str:
    """A program that stands for Chromium, by its path."""
    path = Path("browser").resolve()
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    return str(path)


# --- the page ---


def test_it_writes_what_the_page_gives(cast, published, time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    client = Client()
    client.force_login(cast.ola)
    page = client.get(reverse("dossier", args=[published.pk])).content
    said = export(published.slug)
    name = f"{published.slug}-dossier.html"
    assert written() == {name}
    assert Path(name).read_bytes() == page
    assert said == f"{name}: {len(page)} bytes\n"


def test_it_goes_to_standard_output(published, capsysbinary):
    export(published.slug, output="-")
    assert capsysbinary.readouterr().out.startswith(b"<!doctype html>")
    assert not written()


def test_it_never_writes_over_a_file(published):
    Path("ferry.html").write_text("Mine.")
    with pytest.raises(CommandError, match=r"ferry\.html: File exists"):
        export(published.slug, output="ferry.html")
    assert Path("ferry.html").read_text() == "Mine."


def test_a_disk_that_is_full_leaves_no_half_of_it(published, monkeypatch):
    class Full(io.BytesIO):
        def write(self, _data: Any) -> int:
            raise OSError(28, "No space left on device")

    real = Path.open

    def opened(path: Path, *how: Any, **more: Any) -> Any:
        file = real(path, *how, **more)
        if path.name != "ferry.html":
            return file
        file.close()
        return Full()

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(CommandError, match="No space left on device"):
        export(published.slug, output="ferry.html")
    assert not written()


def test_an_article_that_is_not_there_or_not_published_is_said(cast, published):
    with pytest.raises(CommandError, match="There is no article “nothing”"):
        export("nothing")
    with pytest.raises(CommandError, match="The desk “elsewhere” has no article"):
        export(published.slug, desk="elsewhere")
    fresh = c.import_text(cast.desk, cast.eda, "Another story\n\nIt is so.")
    with pytest.raises(CommandError, match="Nothing of “Another story” is published"):
        export(fresh.slug)
    assert not written()


def test_of_two_desks_with_such_an_article_one_is_named(cast, published):
    c.import_text(cast.stranger.desks.get(), cast.stranger, c.TEXT)
    with pytest.raises(CommandError, match=r"say --desk \(desk, elsewhere\)"):
        export(published.slug)
    export(published.slug, desk="desk")
    assert written()


# --- its print ---


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_chromium_prints_it_with_tags_language_title_and_text(published, settings, paper, size):
    settings.CHROMIUM = chromium.find() or pytest.fail(chromium.SEE)
    export(published.slug, pdf=True, paper=paper)
    name = f"{published.slug}-dossier.pdf"
    assert written() == {name}
    made = PdfReader(name)
    root: Any = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert made.outline
    assert made.metadata is not None
    assert made.metadata.title == f"Dossier: {published.title} – The Desk Post"
    assert tuple(round(float(side)) for side in made.pages[0].mediabox[2:]) == size
    text = " ".join(" ".join(page.extract_text() for page in made.pages).split())
    for words in (published.title, "Decided by Eda", c.MARKED, published.revision.sha256[:20]):
        assert words in text
    assert f"1 / {len(made.pages)}" in text
    assert b"base64" not in Path(name).read_bytes()


def test_without_a_chromium_it_says_how_to_give_one(published, settings, monkeypatch, tmp_path):
    settings.CHROMIUM = ""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError) as error:
        export(published.slug, pdf=True)
    assert str(error.value) == MISSING
    settings.CHROMIUM = "/nowhere/chromium"
    with pytest.raises(CommandError, match="CHROMIUM"):
        export(published.slug, pdf=True)
    assert not written()


def test_the_one_that_is_given_is_taken_before_those_on_the_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    given = program("exit 0")
    other = Path("google-chrome")
    other.write_text("#!/bin/sh\n")
    other.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert printing.find() == str(tmp_path / "google-chrome")
    assert printing.find(given) == given
    assert printing.find("/nowhere/chromium") is None


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("exit 0", "printed nothing"),
        ("exit 3", "ended with status 3"),
        (HALF, "printed nothing"),
    ],
)
def test_a_chromium_that_prints_nothing_whole_leaves_nothing(published, settings, script, why):
    settings.CHROMIUM = program(script)
    with pytest.raises(CommandError, match=why):
        export(published.slug, pdf=True)
    assert written() == {"browser"}


def test_a_chromium_that_hangs_is_ended_with_what_it_began(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("began")
    pipe = os.open("began", os.O_RDONLY | os.O_NONBLOCK)
    hanging = program(f"sh -c 'sleep 5; echo late' > {tmp_path}/began & wait")
    with pytest.raises(printing.NotPrinted, match=r"not done after 0.5 seconds"):
        printing.pdf(b"<p>So.", hanging, seconds=0.5)
    # It ends when nobody is left who could write; whoever is left is waited for, and heard.
    os.set_blocking(pipe, True)
    assert os.read(pipe, 8) == b""
    os.close(pipe)


def test_nothing_is_left_of_the_folder_it_worked_in(monkeypatch):
    path = chromium.find() or pytest.fail(chromium.SEE)
    # A short name: a socket of Chromium stands in it.
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr("tempfile.tempdir", None)
        assert printing.pdf(b"<!doctype html><title>So</title><p>So.", path).startswith(b"%PDF-")
        assert not list(Path(folder).iterdir())
