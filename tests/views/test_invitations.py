"""How people come in: invited by mail, many at once; the first desk; with an account or none."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import workflow
from annotations.models import Desk, Invitation, Letter, Membership, Transition, User
from tests import cast as c
from tests import letters
from tests.views.sending import hidden

PASSWORD = "a ferry to the other side"
LINES = """\
new.one@example.org
Nora Two <two@example.org>
three@example.org, Nuri Three, editor
four@example.org;Ona Four;Observer
"""


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def invite(cast: c.Cast, people: str = LINES, role: str = "checker") -> Any:
    sent = {"people": people, "role": role}
    return client_of(cast.mia).post(reverse("invite", args=["desk"]), sent, follow=True)


def link(to: str) -> str:
    """The path in the newest mail to the address."""
    return letters.path_in(letters.newest(to), "/invitations/")


def come_in(client: Client, path: str, **more: str) -> Any:
    sent = {"first_name": "Nora", "last_name": "Two", "username": "nora", "password": PASSWORD}
    return client.post(path, sent | more)


def test_many_are_invited_at_once_each_with_a_role_and_a_link(cast):
    page = invite(cast).content.decode()
    made = {each.email: (each.name, each.role) for each in Invitation.objects.all()}
    assert made == {
        "new.one@example.org": ("", "checker"),
        "two@example.org": ("Nora Two", "checker"),
        "three@example.org": ("Nuri Three", "editor"),
        "four@example.org": ("Ona Four", "observer"),
    }
    assert len({link(to) for to in made}) == 4
    assert "4 people are invited." in page
    assert all(to in page for to in made)


def test_a_form_sent_twice_invites_once_and_the_first_link_holds(cast):
    mia, url = client_of(cast.mia), reverse("invite", args=["desk"])
    sent = hidden(mia, url) | {"people": "two@example.org", "role": "checker"}
    first = mia.post(url, sent)
    shown = link("two@example.org")
    again = mia.post(url, sent)
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert first.status_code == 302
    assert Letter.objects.filter(to="two@example.org").count() == 1
    assert Client().get(shown).status_code == 200


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("no address here", "there is no e-mail address in it"),
        ("a@example.org, A, owner", "is no role"),
        ("a@b", "there is no e-mail address in it"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nobody_is_invited(cast, line, why):
    answer = invite(cast, f"good@example.org\n{line}")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Line 2" in page
    assert why in page
    assert "good@example.org" in page, "what was typed comes back"
    assert not Invitation.objects.exists()
    assert not Letter.objects.exists()


def test_how_a_line_looks_is_shown_with_its_signs(cast):
    page = client_of(cast.mia).get(reverse("invite", args=["desk"])).content.decode()
    assert "Ann Lee &lt;ann@example.org&gt;" in page


def test_the_head_of_a_table_and_whoever_stands_there_twice_are_no_people(cast):
    invite(cast, "email,name,role\na@example.org,Ann,checker\nA@EXAMPLE.org,Ann,editor\n")
    assert [each.email for each in Invitation.objects.all()] == ["a@example.org"]


def test_following_the_link_makes_an_account_that_belongs_to_the_desk(cast):
    invite(cast)
    browser = Client()
    page = browser.get(link("two@example.org"))
    assert page.context["form"].initial["username"] == "nora.two"
    answer = come_in(browser, link("two@example.org"))
    assert answer["Location"] == reverse("queue", args=["desk"])
    assert browser.get(answer["Location"]).status_code == 200
    nora = User.objects.get(username="nora")
    assert nora.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=nora).verified
    assert nora.memberships.get().role == "checker"
    line = Transition.objects.filter(move="enrol").latest("pk")
    assert (line.actor, line.person, line.target) == (cast.mia, nora, "checker")


def test_a_link_leads_in_once(cast):
    invite(cast)
    path = link("two@example.org")
    come_in(Client(), path)
    for answer in (Client().get(path), come_in(Client(), path, username="other")):
        assert answer.status_code == 410
        assert "Ask whoever sent it" in answer.content.decode()
    assert not User.objects.filter(username="other").exists()


def test_it_lapses_and_sent_again_the_old_link_ends(cast):
    invite(cast)
    old = link("two@example.org")
    row = Invitation.objects.get(email="two@example.org")
    with time_machine.travel(timezone.now() + dt.timedelta(days=15), tick=False):
        assert Client().get(old).status_code == 410
        manager = client_of(cast.mia)
        manager.post(reverse("answer_invitation", args=["desk", row.uuid]), {"again": "1"})
        assert Client().get(old).status_code == 410
        assert Client().get(link("two@example.org")).status_code == 200
    assert Invitation.objects.filter(email="two@example.org").count() == 1


def test_taken_back_it_leads_nowhere(cast):
    invite(cast)
    row = Invitation.objects.get(email="two@example.org")
    client_of(cast.mia).post(reverse("answer_invitation", args=["desk", row.uuid]))
    assert come_in(Client(), link("two@example.org")).status_code == 410
    assert not User.objects.filter(username="nora").exists()


@pytest.mark.parametrize("change", ["x", "", "-"])
def test_a_forged_link_leads_nowhere(cast, change):
    invite(cast)
    path = link("two@example.org").rstrip("/")
    forged = f"{path[:-1]}{change}/" if change else f"{path.rpartition(':')[0]}:/"
    assert Client().get(forged).status_code in (404, 410)


def test_whoever_invited_must_still_be_allowed_to(cast):
    invite(cast)
    Membership.objects.filter(user=cast.mia).update(role="checker")
    answer = come_in(Client(), link("two@example.org"))
    assert answer.status_code == 409
    assert not User.objects.filter(username="nora").exists()


def test_a_weak_password_or_a_taken_name_is_said_at_its_field(cast):
    invite(cast)
    answer = come_in(Client(), link("two@example.org"), username="ann", password="ferry")
    assert answer.status_code == 422
    assert {*answer.context["form"].errors} == {"username", "password"}


def test_whoever_has_an_account_joins_with_it(cast):
    cast.stranger.email = "two@example.org"
    cast.stranger.save()
    invite(cast)
    path = link("two@example.org")
    asked = Client().get(path)
    assert "Sign in with it" in asked.content.decode()
    browser = client_of(cast.stranger)
    assert "Join as" in browser.get(path).content.decode()
    assert browser.post(path)["Location"] == reverse("queue", args=["desk"])
    assert Membership.objects.get(user=cast.stranger, desk=cast.desk).role == "checker"


def test_a_member_keeps_their_role(cast):
    cast.eda.email = "Eda@example.org"
    cast.eda.save()
    page = invite(cast, "eda@EXAMPLE.org, Eda, observer").content.decode()
    assert "belongs to the desk already" in page
    assert Membership.objects.get(user=cast.eda).role == "editor"


@pytest.mark.parametrize("who", ["ann", "eda", "stranger"])
def test_only_a_manager_of_the_desk_invites(cast, who):
    person = client_of(getattr(cast, who))
    answer = person.post(reverse("invite", args=["desk"]), {"people": "a@example.org"})
    assert answer.status_code == (404 if who == "stranger" else 403)
    assert not Invitation.objects.exists()


def test_nobody_signs_up_by_themselves(cast):
    sent = {"username": "x", "email": "x@example.org", "password1": PASSWORD}
    Client().post(reverse("account_signup"), sent | {"password2": PASSWORD})
    assert not User.objects.filter(username="x").exists()


def test_who_keeps_the_site_and_has_no_desk_is_led_to_make_one(db):
    root = User.objects.create_superuser("root", "root@example.org", "root")
    scale = c.make_desk().scale
    browser = client_of(root)
    assert browser.get("/desk/")["Location"] == reverse("set_up")
    assert browser.get(reverse("set_up")).status_code == 200
    answer = browser.post(
        reverse("set_up"),
        {
            "name": "Front page",
            "organisation": "The Courier",
            "language": "fr",
            "time_zone": "Europe/Paris",
            "preset": "four",
            "scale": scale.pk,
        },
    )
    desk = Desk.objects.get(name="Front page")
    assert answer["Location"] == reverse("queue", args=["front-page"])
    assert (desk.language, desk.time_zone) == ("fr", "Europe/Paris")
    assert Membership.objects.get(desk=desk).role == "manager"
    assert browser.get(answer["Location"]).status_code == 200


def test_nobody_else_makes_desks(cast):
    assert client_of(cast.mia).get(reverse("set_up")).status_code == 403
    answer = client_of(User.objects.create_user("new")).get("/desk/")
    assert answer.status_code == 403
    assert "not a member of a desk yet" in answer.content.decode()


def test_two_who_follow_one_link_at_once_are_one(cast):
    made = workflow.invite(cast.desk, "a@example.org", actor=cast.mia)
    shown = workflow.pass_for(made)
    workflow.accept(shown, actor=cast.stranger)
    with pytest.raises(workflow.Refused):
        workflow.accept(shown, actor=User.objects.create_user("late"))


def test_where_no_mail_goes_out_the_link_is_there_to_be_passed_on(cast, settings):
    invite(cast, "a@example.org")
    page = reverse("people", args=["desk"])
    path = link("a@example.org")
    settings.MAIL_GOES_OUT = True
    assert path not in client_of(cast.mia).get(page).content.decode()
    settings.MAIL_GOES_OUT = False
    assert path in client_of(cast.mia).get(page).content.decode()
    assert path not in client_of(cast.eda).get(page).content.decode()
