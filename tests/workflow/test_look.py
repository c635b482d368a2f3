"""A desk's look changes by a move that is logged, and by nothing else."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from annotations import blobs
from annotations.formats import logo
from annotations.models import Desk, Transition
from annotations.queries.copies import kept_bytes
from annotations.workflow import NewLook, Refused, Stale, change_look, look_basis
from tests import cast as c
from tests.formats import logos

pytestmark = pytest.mark.django_db

BLUE = "#0b4a9e"
DRAWN = logo.drawn(logos.LOGO)


@pytest.fixture
def cast() -> c.Cast:
    return c.Cast()


def change(cast: c.Cast, look: NewLook, **changed: object) -> Desk:
    asked = {"actor": cast.mia, "reason": "Ours."} | changed
    return change_look(cast.desk, look, **asked)  # type: ignore[arg-type]


def test_a_colour_and_a_logo_are_chosen_and_the_log_says_so(cast):
    desk = change(cast, NewLook(BLUE, DRAWN))
    desk.refresh_from_db()
    assert desk.colour == BLUE
    assert (desk.logo_width, desk.logo_height) == (DRAWN.width, DRAWN.height)
    assert blobs.read(desk.logo_file) == DRAWN.logo
    assert blobs.read(desk.icon_file) == DRAWN.icon
    assert blobs.read(desk.touch_icon_file) == DRAWN.touch_icon
    line = Transition.objects.get(move="change rules")
    assert line.reason == "Ours."
    assert line.detail["fields"] == {"colour": ["", BLUE], "logo_file": ["", desk.logo_file]}


def test_the_logo_stays_while_the_colour_changes(cast):
    before = change(cast, NewLook(BLUE, DRAWN))
    after = change(cast, NewLook(""))
    assert after.logo_file == before.logo_file
    assert after.colour == ""


def test_the_logo_is_taken_away(cast):
    change(cast, NewLook(BLUE, DRAWN))
    desk = change(cast, NewLook(BLUE, without_logo=True))
    desk.refresh_from_db()
    assert desk.logo_file == desk.icon_file == desk.touch_icon_file == ""
    assert desk.logo_width == desk.logo_height == 0
    assert desk.look is not None
    assert not desk.look.logo


@pytest.mark.parametrize("colour", ["red", "#fff", "#0B4A9E", "#0b4a9e}*{color:red"])
def test_what_is_no_colour_is_refused(cast, colour):
    with pytest.raises(Refused, match="A colour is written as"):
        change(cast, NewLook(colour))
    assert Desk.objects.get(pk=cast.desk.pk).colour == ""


def test_nothing_different_is_no_change(cast):
    change(cast, NewLook(BLUE, DRAWN))
    with pytest.raises(Refused, match="Nothing is different"):
        change(cast, NewLook(BLUE, DRAWN))
    assert Transition.objects.filter(move="change rules").count() == 1


def test_a_change_says_why(cast):
    with pytest.raises(Refused):
        change(cast, NewLook(BLUE), reason=" ")
    assert not Transition.objects.filter(move="change rules").exists()


def test_a_look_that_somebody_changed_is_not_written_over(cast):
    shown = look_basis(cast.desk)
    change(cast, NewLook(BLUE))
    with pytest.raises(Stale):
        change(cast, NewLook("#7d0a2a"), based_on=shown)
    assert Desk.objects.get(pk=cast.desk.pk).colour == BLUE


@pytest.mark.parametrize("who", ["ann", "eda", "ola", "stranger"])
def test_only_a_manager_changes_it(cast, who):
    with pytest.raises(PermissionDenied):
        change(cast, NewLook(BLUE), actor=getattr(cast, who))


def test_where_there_is_no_room_nothing_changes(cast, monkeypatch):
    def full(_data: bytes) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(blobs, "keep", full)
    with pytest.raises(Refused, match="no room"):
        change(cast, NewLook(BLUE, DRAWN))
    assert Desk.objects.get(pk=cast.desk.pk).look is None


def test_its_pictures_are_among_the_bytes_that_are_verified(cast):
    desk = change(cast, NewLook("", DRAWN))
    assert {desk.logo_file, desk.icon_file, desk.touch_icon_file} <= set(kept_bytes())
