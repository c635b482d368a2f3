"""A process is ended for what it computes or holds; how busy the machine is ends none."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from annotations import killable

ROOM = 512 * 1024 * 1024
SECONDS = 0.2
HEAD = f"""
import os, sys
sys.path.insert(0, {str(Path(killable.__file__).parents[1])!r})
from annotations import killable
arguments = killable.keep_to_limits()
"""
COMPUTES = "while True:\n    pass\n"
WAITS = "with open(arguments[0]) as pipe:\n    print(pipe.read(), end='')\n"


def program(folder: Path, body: str) -> str:
    path = folder / "program.py"
    path.write_text(HEAD + body)
    return str(path)


def test_what_computes_for_longer_than_it_may_is_ended(tmp_path):
    with pytest.raises(killable.TooHard):
        killable.answer(program(tmp_path, COMPUTES), b"", seconds=SECONDS, memory=ROOM)


def test_what_only_waits_is_not_ended_while_others_compute_all_they_may(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "computing").mkdir()
    said: list[bytes] = []

    def waits() -> None:
        path = program(tmp_path, WAITS)
        said.append(killable.answer(path, b"", [str(pipe)], seconds=SECONDS, memory=ROOM))

    waiting = threading.Thread(target=waits)
    waiting.start()
    computing = program(tmp_path / "computing", COMPUTES)
    with pipe.open("w") as end:  # opens when the other process has begun to read
        with pytest.raises(killable.TooHard):
            killable.answer(computing, b"", seconds=SECONDS * 2, memory=ROOM)
        end.write("read")
    waiting.join()
    assert said == [b"read"]


def test_what_holds_more_than_it_may_is_ended(tmp_path):
    with pytest.raises(killable.TooHard):
        killable.answer(program(tmp_path, f"bytes({ROOM})"), b"", seconds=5, memory=ROOM)


def test_nobody_waits_for_ever_and_it_is_said_to_be_no_fault_of_the_text(tmp_path, monkeypatch):
    monkeypatch.setattr(killable, "LONGEST", 0.01)
    os.mkfifo(tmp_path / "pipe")
    path = program(tmp_path, WAITS)
    with pytest.raises(killable.TooBusy):
        killable.answer(path, b"", [str(tmp_path / "pipe")], seconds=SECONDS, memory=ROOM)


def test_what_is_given_and_asked_arrives_whole(tmp_path):
    echo = "sys.stdout.buffer.write(sys.stdin.buffer.read() + repr(arguments).encode())"
    found = killable.answer(program(tmp_path, echo), b"\0a", ["", "b"], seconds=5, memory=ROOM)
    assert found == b"\0a['', 'b']"
