"""`manage.py split`: sentences as JSON, whatever the database does."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from annotations.management.commands.split import Command

ARTICLE = Path(settings.BASE_DIR) / "fixtures" / "lavrov-consulate.txt"
GOLD = Path(settings.BASE_DIR) / "tests" / "data" / "lavrov-consulate.sentences.json"


def split(*args: str) -> list[dict[str, object]]:
    out = io.StringIO()
    call_command("split", *args, stdout=out)
    sentences: list[dict[str, object]] = json.loads(out.getvalue())
    return sentences


def test_it_prints_the_sentences_with_their_offsets():
    sentences = split(str(ARTICLE))
    assert sentences == json.loads(GOLD.read_text(encoding="utf-8"))["sentences"]
    assert list(sentences[0]) == ["start", "end", "text", "paragraph", "kind"]


def test_a_dash_is_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"One is here. Two is there.")))
    assert [sentence["text"] for sentence in split("-")] == ["One is here.", "Two is there."]


def test_the_language_decides_what_an_abbreviation_is(tmp_path: Path):
    path = tmp_path / "text.txt"
    path.write_text("Er kam am 3. Mai zu uns. Sie blieb.", encoding="utf-8")
    assert len(split(str(path), "--language", "de")) == 2
    assert len(split(str(path))) == 3


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("fr", "M. Roux dort. « Qui paie ? », demande-t-il.", 2),
        ("es", "EE. UU. ganó. ¿Y qué?", 2),
        ("ru", "В 2016 г. он уехал. А. С. Орлов остался.", 2),
        ("zh", "他走了。“走吧。”她说。", 2),
        ("ar", "هل جاء؟ لا أعرف.", 2),
        ("pt-BR", "O Sr. Silva falou. Saiu.", 2),
    ],
)
def test_any_language_can_be_asked_for(tmp_path: Path, language: str, text: str, count: int):
    path = tmp_path / "text.txt"
    path.write_text(text, encoding="utf-8")
    sentences = split(str(path), "--language", language)
    assert len(sentences) == count
    assert [text[slice(s["start"], s["end"])] for s in sentences] == [s["text"] for s in sentences]


def test_it_needs_no_database_that_answers():
    done = subprocess.run(
        [sys.executable, "manage.py", "split", str(ARTICLE)],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        },
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout) == split(str(ARTICLE))
    assert done.stderr == b""
    assert Command.requires_system_checks == []


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "empty"), (b"\x80abc", "UTF-8"), (b"a\x00b", "NUL"), (b"a " * 6_000_000, "10 MB")],
    ids=["empty", "not UTF-8", "NUL", "large"],
)
def test_a_bad_file_is_named(tmp_path: Path, data: bytes, words: str):
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    with pytest.raises(CommandError, match=words) as refused:
        split(str(path))
    assert str(refused.value).startswith(f"{path}: ")


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(CommandError, match=r"missing\.txt: No such file"):
        split(str(tmp_path / "missing.txt"))
