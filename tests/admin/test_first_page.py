"""The administration's first page: one's desks, the tables in groups; no staff flag is needed."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from annotations.models import User


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("who", ["ann", "eda", "mia"])
def test_a_member_without_the_staff_flag_has_the_tables_that_their_role_gives_them(cast, who):
    cast.checking()
    person = getattr(cast, who)
    User.objects.filter(pk=person.pk).update(is_staff=False, is_superuser=False)
    page = client_of(person).get("/admin/")
    assert page.status_code == 200
    names = [str(group["name"]) for group in page.context["app_list"]]
    assert names == [name for name in names if name in ("Work", "Evidence", "Published")] + (
        ["People and rules"] if "People and rules" in names else []
    )
    assert "Work" in names
    words = page.content.decode()
    assert "Back to Desk" in words
    assert f'href="{reverse("queue", args=["desk"])}"' in words
    assert client_of(person).get(reverse("admin:annotations_claim_changelist")).status_code == 200


def test_nobody_without_a_desk_is_let_in(db):
    answer = client_of(User.objects.create_user("new")).get("/admin/", follow=True)
    assert answer.status_code == 403
    assert "not a member of a desk yet" in answer.content.decode()


def test_what_opens_accounts_is_no_table_here():
    assert {model._meta.app_label for model in admin.site._registry} == {"annotations"}


def test_every_table_stands_in_one_group(cast):
    cast.mia.is_superuser = cast.mia.is_staff = True
    cast.mia.save()
    page = client_of(cast.mia).get("/admin/")
    shown = [
        model["object_name"] for group in page.context["app_list"] for model in group["models"]
    ]
    assert len(shown) == len(set(shown))
    assert {"Article", "Verdict", "Edition", "Membership", "Transition"} <= set(shown)
