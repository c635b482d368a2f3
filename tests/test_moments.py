"""Days and moments as the desk's pages say them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.utils import timezone, translation

from annotations import moments
from annotations.templatetags.factcheck import partial_date, short_day, short_moment

NOW = dt.datetime(2026, 1, 1, 0, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today(monkeypatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (dt.datetime(2026, 3, 13, 4, 15, tzinfo=dt.UTC), "13 Mar, 04:15"),
        (dt.datetime(2025, 3, 13, 4, 15, tzinfo=dt.UTC), "13 Mar 2025, 04:15"),
        (dt.date(2026, 3, 13), "13 Mar"),
        (dt.date(2027, 3, 13), "13 Mar 2027"),
    ],
)
def test_a_day_or_moment_of_another_year_says_its_year(when, said):
    assert moments.short(when) == said


def test_which_year_it_is_the_time_zone_says():
    """In Lima it is still 2025."""
    with timezone.override("America/Lima"):
        assert moments.short(dt.datetime(2025, 12, 31, 23, 0, tzinfo=dt.UTC)) == "31 Dec, 18:00"
        assert moments.short(dt.datetime(2026, 1, 1, 9, 0, tzinfo=dt.UTC)) == "1 Jan 2026, 04:00"


def test_the_same_moment_is_said_by_each_ones_clock_and_in_their_language():
    """It is put into words once; and who asks next is somebody else."""
    at = dt.datetime(2026, 3, 13, 4, 15, tzinfo=dt.UTC)
    said = []
    for language, zone in (("en", "UTC"), ("en", "Asia/Kolkata"), ("fr", "UTC"), ("en", "UTC")):
        with timezone.override(zone), translation.override(language):
            said.append(moments.short(at))
    assert said == ["13 Mar, 04:15", "13 Mar, 09:45", "13 mars à 04:15", "13 Mar, 04:15"]


def test_today_is_said_by_its_hour():
    assert moments.shortest(NOW) == "00:30"
    assert moments.shortest(NOW - dt.timedelta(hours=1)) == "31 Dec 2025, 23:30"


def test_pages_say_a_moment_a_day_and_a_second():
    at = dt.datetime(2026, 3, 13, 4, 15, 9, tzinfo=dt.UTC)
    assert short_moment(at) == "13 Mar, 04:15"
    assert short_moment(at, "seconds") == "13 Mar, 04:15:09"
    assert short_day(at) == "13 Mar"
    with translation.override("fr"):
        assert short_moment(at) == "13 mars à 04:15"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("2026-11-24", "24 November 2026"), ("2026-11", "November 2026"), ("2026", "2026"), ("", "")],
)
def test_what_was_typed_as_a_date_is_read_as_one(typed, said):
    assert partial_date(typed) == said


def test_nothing_else_leaves_a_year_out():
    """A short format used by hand says "13 Mar" of any year."""
    root = Path(moments.__file__).parent
    files = [*root.rglob("*.py"), *root.rglob("*.html")]
    by_hand = re.compile(r"\bDAY_(TIME_|SECONDS_)?FORMAT")
    assert len(files) > 300
    assert [path.name for path in files if by_hand.search(path.read_text("utf-8"))] == [
        "moments.py"
    ]
