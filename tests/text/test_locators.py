"""Where a locator points to among the pages, times, paragraphs and lines of a file."""

from __future__ import annotations

import pytest

from annotations.text.locators import nearest

PAGES = ["p. 1", "p. 2", "p. 3", "p. 12"]
TIMES = ["00:00:05", "00:04:10", "00:05:00", "01:02:03"]
PARAGRAPHS = ["¶ 1", "¶ 2", "¶ 3"]
LINES = ["line 1", "line 2", "line 3"]


@pytest.mark.parametrize(
    ("locator", "places", "found"),
    [
        ("page 3", PAGES, 2),
        ("p. 12, second table", PAGES, 3),
        ("pp. 2-3", PAGES, 1),
        ("3", PAGES, 2),
        ("Seite 2", PAGES, 1),
        ("page 4", PAGES, 2),
        ("page 13", PAGES, 3),
        ("page 5", PAGES, None),
        ("¶ 2", PAGES, None),
        ("04:12", TIMES, 1),
        ("1:02:03", TIMES, 3),
        ("at 00:00:01", TIMES, None),
        ("page 5", TIMES, None),
        ("paragraph 2", PARAGRAPHS, 1),
        ("§ 3", PARAGRAPHS, 2),
        ("2", PARAGRAPHS, 1),
        ("page 2", PARAGRAPHS, None),
        ("row 3", LINES, 2),
        ("row 4", LINES, None),
        ("paragraph 4", PARAGRAPHS, None),
        ("line 2", LINES, 1),
        ("page 2", LINES, None),
        ("", PAGES, None),
        ("in the box", PAGES, None),
        ("4", [], None),
    ],
)
def test_a_locator_names_a_place_or_none(locator, places, found):
    assert nearest(locator, places) == found
