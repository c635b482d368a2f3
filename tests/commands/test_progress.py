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


class OneTerminal(Terminal):
    """Both streams of a command, as one screen shows them."""

    def lines(self) -> list[str]:
        """What stands there in the end, and what each line was before it was written over."""
        return self.getvalue().replace(OVER, "\n").splitlines()


def test_articles_on_their_way_in_say_which_file_is_read_and_what_is_saved(cast, tmp_path: Path):
    paths = [tmp_path / f"{number}.txt" for number in (1, 2, 3)]
    for path in paths[:2]:
        path.write_text(f"It is number {path.stem}. It is so.", encoding="utf-8")
    screen = OneTerminal()
    with pytest.raises(CommandError):
        call_command(
            "import_articles", *map(str, paths), desk="desk", person="eda",
            stdout=screen, stderr=screen,
        )  # fmt: skip
    told = screen.lines()
    assert f"Reading 2 of 3: {paths[1]}"[:79] in told
    assert "Saving 2 articles of 4 sentences" in told
    assert f"{paths[2]}: No such file or directory" in told
    # What stays has a line of its own.
    assert f"{paths[0]}: imported as “it-is-number-1-it-is-so”, 2 sentences" in told


def test_checks_on_their_way_in_say_which_file_is_read(cast, tmp_path: Path):
    path = tmp_path / "checks.csv"
    path.write_text("claim,rating\nIt is so,False\n", encoding="utf-8")
    screen = OneTerminal()
    options = {"desk": "desk", "person": "eda", "stdout": screen, "stderr": screen}
    with pytest.raises(CommandError):
        call_command("import_checks", str(path), str(tmp_path / "none.csv"), **options)
    told = screen.lines()
    assert f"Reading 1 of 2: {path}"[:79] in told
    assert "Comparing 1 checks with those of the desk" in told
    assert any(line.startswith(f"{path}: ") and "1 checks" in line for line in told)
    assert f"{tmp_path / 'none.csv'}: No such file or directory" in told
    assert screen.getvalue().endswith("\n")


def test_into_a_file_they_say_nothing_of_it(cast, tmp_path: Path):
    path = tmp_path / "1.txt"
    path.write_text("It is so.", encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    call_command("import_articles", str(path), desk="desk", person="eda", stdout=out, stderr=err)
    assert err.getvalue() == ""
    assert OVER not in out.getvalue()
