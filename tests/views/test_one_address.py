"""One confirmed e-mail address is one account, whichever way an address is set (rule 6)."""

from __future__ import annotations

import json
import tarfile
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.management.commands import setup
from annotations.models import Desk, Invitation, User
from annotations.workflow.people import pass_for
from tests.cast import Cast

ADDRESS = "one@post.example"


def confirm(person: User, address: str = ADDRESS) -> EmailAddress:
    """What allauth does once a mail is answered."""
    return EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)


@pytest.fixture
def ann(cast: Cast) -> User:
    """Has confirmed the address; her account says another one still."""
    confirm(cast.ann)
    return cast.ann


def owners() -> set[str]:
    rows = EmailAddress.objects.filter(email__iexact=ADDRESS, verified=True)
    return {row.user.username for row in rows}


@pytest.mark.parametrize("written", [ADDRESS, ADDRESS.upper()])
def test_the_database_takes_it_for_one_account(cast, ann, written):
    with (
        pytest.raises(IntegrityError, match=r"one_account_an_address|unique_verified"),
        transaction.atomic(),
    ):
        confirm(cast.ben, written)
    EmailAddress.objects.create(user=cast.ben, email=written, verified=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        EmailAddress.objects.filter(user=cast.ben).update(verified=True)
    assert owners() == {"ann"}


@pytest.mark.parametrize("written", [ADDRESS, ADDRESS.upper()])
def test_by_an_invitation(cast, ann, written):
    shown = pass_for(workflow.invite(cast.desk, written, actor=cast.mia))
    page = Client().get(reverse("invitation", args=[shown]))
    assert "Sign in with it" in page.content.decode()
    with pytest.raises(workflow.Refused, match="There is an account"):
        workflow.come_in(shown, User(username="nora"), "a-long-password")
    assert not User.objects.filter(username="nora").exists()


def test_by_an_invitation_to_an_address_that_its_account_did_not_confirm(cast):
    User.objects.filter(pk=cast.stranger.pk).update(email=ADDRESS)
    shown = pass_for(workflow.invite(cast.desk, ADDRESS.upper(), actor=None))
    with pytest.raises(workflow.Refused, match="There is an account"):
        workflow.come_in(shown, User(username="nora"), "a-long-password")
    assert User.objects.filter(email__iexact=ADDRESS).get() == cast.stranger


def test_by_an_invitation_in_capitals_it_is_kept_as_everybody_looks_for_it(cast):
    shown = pass_for(workflow.invite(cast.desk, ADDRESS.upper(), actor=cast.mia))
    nora = workflow.come_in(shown, User(username="nora"), "a-long-password")
    assert (nora.email, EmailAddress.objects.get(user=nora).email) == (ADDRESS, ADDRESS)


def test_by_two_invitations_in_the_same_moment(cast, monkeypatch):
    """The one who comes second has looked before the first was there: the index says it."""
    shown = pass_for(workflow.invite(cast.desk, ADDRESS, actor=cast.mia))
    monkeypatch.setattr(workflow.people, "account_of", lambda address: None)
    confirm(cast.ben)
    with pytest.raises(workflow.Refused, match="There is an account"):
        workflow.come_in(shown, User(username="nora"), "a-long-password")
    assert not User.objects.filter(username="nora").exists()
    assert Invitation.objects.get().is_open


def test_on_ones_own_page_it_is_not_confirmed_by_the_mail_that_is_answered(cast, ann):
    EmailAddress.objects.create(user=cast.ben, email=ADDRESS, verified=False)
    row = EmailAddress.objects.get(user=cast.ben)
    assert not row.set_verified()
    browser = Client()
    browser.force_login(cast.ben)
    answer = browser.post(reverse("account_email"), {"email": ADDRESS.upper(), "action_add": ""})
    assert answer.status_code < 500
    assert owners() == {"ann"}


def test_in_the_administration(cast, ann):
    browser = Client()
    browser.force_login(User.objects.create_superuser("root"))
    form = reverse("admin:annotations_user_change", args=[cast.ben.pk])
    sent = {"username": "ben", "first_name": "Ben", "is_active": "on", "email": ADDRESS.upper()}
    assert "Ann has this address" in browser.post(form, sent).content.decode()
    assert User.objects.get(pk=cast.ben.pk).email == ""


def test_by_the_command_that_makes_a_desk_the_manager_signs_in_with_the_account_there_is(cast, ann):
    call_command(
        setup.Command(), desk="New", organisation="O", manager=ADDRESS.upper(), scale="three",
        language="en", time_zone="UTC", preset="four",
    )  # fmt: skip
    desk = Desk.objects.get(name="New")
    shown = pass_for(desk.invitations.get())
    with pytest.raises(workflow.Refused, match="There is an account"):
        workflow.come_in(shown, User(username="nora"), "a-long-password")
    workflow.accept(shown, actor=ann)
    assert desk.members.get() == ann


def test_by_a_fixture(cast, ann, tmp_path):
    row = {"user": cast.ben.natural_key(), "email": ADDRESS.upper(), "verified": True}
    file = tmp_path / "addresses.json"
    file.write_text(json.dumps([{"model": "account.emailaddress", "pk": None, "fields": row}]))
    with pytest.raises(CommandError, match="already exists"):
        call_command("loaddata", str(file), verbosity=0)
    assert owners() == {"ann"}


def test_an_archive_of_a_desk_carries_no_address(cast, ann, tmp_path):
    User.objects.filter(pk=ann.pk).update(email=ADDRESS)
    archive = tmp_path / "desk.tar"
    call_command("export_desk", "desk", str(archive))
    with tarfile.open(archive) as held:
        files = [held.extractfile(name) for name in held.getnames()]
        texts = [file.read() for file in files if file is not None]
    assert b"Ann" in b"".join(texts)
    assert not any(ADDRESS.encode() in text for text in texts)


def test_erased_the_address_is_free_for_another(cast, ann):
    workflow.erase_person(ann, reason="Asked for.")
    assert owners() == set()
    confirm(cast.ben)
    assert owners() == {"ben"}


def test_a_site_that_holds_two_already_is_told_what_to_do(cast, capsys):
    with connection.cursor() as cursor:
        cursor.execute("drop index annotations_one_account_an_address")
    for person, written in ((cast.ben, ADDRESS.upper()), (cast.ann, ADDRESS)):
        confirm(person, written)
    User.objects.filter(pk=cast.ann.pk).update(date_joined="2020-01-01T00:00Z")
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # of what this test made, not of the step
    step = import_module("annotations.migrations.0166_one_address_one_account")
    step.keep_one_of_each(apps, None)
    with connection.cursor() as cursor:
        cursor.execute(step.INDEX)
    assert owners() == {"ann"}
    said = capsys.readouterr().err
    assert "It is the address of “ann” from now on; for “ben” it is no longer confirmed" in said
    assert "Deactivate the accounts that they do not need" in said
    step.keep_one_of_each(apps, None)
    assert capsys.readouterr().err == "", "nothing is left to say"
