"""`manage.py demo`: a desk to try things at, which never takes anything from anyone."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError

from annotations.management.commands.demo import KNOWN_PASSWORD
from annotations.models import Claim, Desk, Membership, RatingScale, User
from annotations.vocabulary import Role
from tests import cast as c


def demo(*args: str) -> str:
    out = StringIO()
    call_command("demo", *args, stdout=out)
    return out.getvalue()


def password_of(username: str, output: str) -> str:
    """The second word of the person's line in the table."""
    (line,) = (line for line in output.splitlines() if line.split()[:1] == [username])
    return line.split()[1]


@pytest.fixture
def debug(settings) -> None:
    settings.DEBUG = True


@pytest.fixture
def fixtures(settings, tmp_path: Path) -> Path:
    """A copy of the fixtures that a test may spoil."""
    folder = tmp_path / "fixtures"
    shutil.copytree(django_settings.FIXTURE_DIRS[0], folder)
    settings.FIXTURE_DIRS = [folder]
    return folder


def test_with_debug_on_everybody_signs_in_with_the_known_password(db, debug):
    said = demo()
    assert "(sample)" in said
    for username in ("carla", "chidi", "edith", "emil", "mona", "oskar"):
        assert password_of(username, said) == KNOWN_PASSWORD
        assert authenticate(username=username, password=KNOWN_PASSWORD)
    assert Desk.objects.get().is_sample
    assert "http://" in said


def test_the_desk_with_the_invented_article_comes_when_asked_for(db, debug):
    demo()
    assert not Desk.objects.filter(slug="lantern").exists()
    said = demo("--fictional")
    assert password_of("nadia", said) == KNOWN_PASSWORD
    assert not Desk.objects.get(slug="lantern").is_sample


def test_with_debug_off_everybody_has_a_random_password_shown_once(db):
    said = demo("--fictional")
    passwords = {name: password_of(name, said) for name in ("carla", "mona", "ruth")}
    assert len(set(passwords.values())) == 3
    for username, password in passwords.items():
        assert authenticate(username=username, password=password)
        assert len(password) >= 16
    again = demo("--fictional")
    assert not any(password in again for password in passwords.values())
    assert authenticate(username="carla", password=passwords["carla"])


def test_with_debug_off_the_known_password_is_never_set_and_replaced_where_it_was(db, settings):
    settings.DEBUG = True
    demo()
    settings.DEBUG = False
    said = demo()
    assert KNOWN_PASSWORD not in said
    assert not authenticate(username="mona", password=KNOWN_PASSWORD)
    assert authenticate(username="mona", password=password_of("mona", said))


def test_running_it_twice_keeps_what_people_did(db, debug):
    demo()
    claim = Claim.objects.filter(status="deciding").first()
    assert claim is not None
    Claim.objects.filter(pk=claim.pk).update(interpretation="Typed since.")
    RatingScale.objects.filter(slug="averitec").update(name="Renamed")
    mona = User.objects.get(username="mona")
    mona.set_password("chosen by herself")
    mona.first_name = "Ramona"
    mona.save()
    carla = User.objects.get(username="carla").password

    said = demo()
    assert Claim.objects.get(pk=claim.pk).interpretation == "Typed since."
    assert RatingScale.objects.filter(name="Renamed").exists()
    mona.refresh_from_db()
    assert mona.first_name == "Ramona"
    assert mona.check_password("chosen by herself")
    assert "(set before)" in said
    assert User.objects.get(username="carla").password == carla, "open sessions go on"


def test_someone_who_joined_the_desk_or_left_gets_no_password(db, debug):
    demo()
    guest = User.objects.create(username="guest", password="!")
    Membership.objects.create(desk=Desk.objects.get(), user=guest, role=Role.CHECKER)
    User.objects.filter(username="oskar").update(is_active=False, password="!")
    said = demo()
    assert "guest" not in said
    assert "oskar" not in said
    for username in ("guest", "oskar"):
        assert not User.objects.get(username=username).has_usable_password()


def _no_desk_but_ours() -> None:
    assert not User.objects.filter(username="chidi").exists()
    assert not Desk.objects.filter(is_sample=True).exists()
    assert not RatingScale.objects.filter(slug="averitec").exists()


def test_a_person_of_the_same_name_is_not_overwritten(db, debug):
    carla = c.make_person("carla")
    with pytest.raises(CommandError, match="a person “carla”"):
        demo()
    _no_desk_but_ours()
    carla.refresh_from_db()
    assert carla.check_password("carla")


def test_a_desk_or_a_scale_of_the_same_name_is_not_overwritten(db, debug):
    c.make_desk("sample")
    with pytest.raises(CommandError, match="a desk “sample”"):
        demo()
    c.make_scale("newsroom")
    with pytest.raises(CommandError, match="a rating scale “newsroom”, version 1"):
        demo()
    _no_desk_but_ours()


def test_all_of_it_is_loaded_or_nothing(db, debug, fixtures: Path):
    file = fixtures / "fictional.json"
    rows: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    rows[-1]["fields"]["at"] = "yesterday"
    file.write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(Exception, match="yesterday"):
        demo("--fictional")
    _no_desk_but_ours()


def test_its_help_has_examples(capsys):
    for command in ("demo", "import_articles", "split"):
        with pytest.raises(SystemExit) as end:
            call_command(command, "--help")
        assert end.value.code == 0
        assert f"examples:\n  manage.py {command}" in capsys.readouterr().out
