"""Style sheets name no side: what begins on the left in English begins on the right in Arabic."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEETS = sorted(Path("static/css").glob("*.css"))
VALUE = r"(?:[^\s;()]|\([^()]*(?:\([^()]*\)[^()]*)*\))+"
FOUR = re.compile(rf"\b(?:margin|padding|inset): ({VALUE}) ({VALUE}) ({VALUE}) ({VALUE})\s*[;}}]")
SIDES = re.compile(
    r"(?<![-\w])(?:left|right)\s*:|(?:margin|padding|border)-(?:left|right)"
    r"|(?:text-align|float|clear): (?:left|right)"
)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_rule_names_a_side(sheet):
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    uneven = [found[0] for found in FOUR.finditer(css) if found[2] != found[4]]
    assert uneven + SIDES.findall(css) == []
