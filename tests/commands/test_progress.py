"""How far a long command is, on a terminal and nowhere else."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper

from annotations.management import progress

OVER = "\r\x1b[K"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(count: int, total: int = 0, stream: io.StringIO | None = None) -> str:
    stream = stream or Terminal()
    with progress.told(range(count), OutputWrapper(stream), "Reading", total) as things:
        assert list(things) == list(range(count))
    return stream.getvalue()


def test_of_a_known_number_it_says_each_hundredth_and_is_gone_in_the_end():
    words = shown(300, 300)
    assert words.startswith(f"{OVER}Reading: 3 of 300 (1 %){OVER}Reading: 6 of 300 (2 %)")
    assert words.endswith(f"Reading: 300 of 300 (100 %){OVER}")


def test_of_an_unknown_number_it_counts():
    assert shown(2500) == f"{OVER}Reading: 1,000{OVER}Reading: 2,000{OVER}"


def test_into_a_file_or_a_pipe_it_says_nothing():
    assert shown(300, 300, io.StringIO()) == ""


def wrong(stream: Terminal) -> None:
    with progress.told([1, 0], OutputWrapper(stream), "Reading", 2) as things:
        for thing in things:
            assert 1 / thing


def test_what_is_wrong_stands_on_a_line_of_its_own():
    stream = Terminal()
    with pytest.raises(ZeroDivisionError):
        wrong(stream)
    assert stream.getvalue() == f"{OVER}Reading: 1 of 2 (50 %){OVER}"


def test_a_desk_that_leaves_and_comes_back_says_how_far_it_is(cast, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(progress, "EVERY", 10)
    cast.published()
    file, out, back = str(tmp_path / "desk.tar"), Terminal(), Terminal()
    call_command("export_desk", "desk", file, stderr=out)
    assert f"{OVER}Writing rows: 10{OVER}Writing rows: 20" in out.getvalue()
    assert "Writing files: 1 of 1 (100 %)" in out.getvalue()
    assert out.getvalue().splitlines()[-1].endswith("files")
    with pytest.raises(CommandError, match="desk"):
        call_command("import_desk", file, stderr=back, stdout=io.StringIO())
    assert "Looking at rows: " in back.getvalue()
    assert "(100 %)" in back.getvalue()
    assert back.getvalue().endswith(OVER), "the refusal stands on a line of its own"
