"""Copies are read in one way, which knows the characters that their server meant."""

from __future__ import annotations

import re
from pathlib import Path

from annotations import saved

ROOT = Path(saved.__file__).parent
READS_BYTES = {
    "saved.py",  # copies
    "tasks/watching.py",  # a page that was just fetched, with what its answer declared
}


def test_nothing_else_makes_words_of_bytes():
    found = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if re.search(r"rendering\.render\(|rendering import .*\brender\b", path.read_text("utf-8"))
    }
    assert found == READS_BYTES
