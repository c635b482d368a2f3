"""The administration's first page: one's desks, the tables in groups; no staff flag is needed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations.models import Assignment, Job, User
from tests import cast as c


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


def test_each_figure_leads_to_the_list_of_what_it_counts(cast):
    _article, claim = cast.checking()
    c.import_text(cast.desk, cast.eda, "Empty\n\nNobody marked anything here.")
    yesterday = timezone.now() - dt.timedelta(days=1)
    Assignment.objects.filter(claim=claim, person=cast.ann).update(due_at=yesterday)
    page = client_of(cast.eda).get("/admin/").content.decode()
    assert '<a href="/desks/desk/articles/?q=stage:checking">Checking</a></th><td>1</td>' in page
    assert '<a href="/desks/desk/articles/?q=stage:spotted">Marking</a></th><td>1</td>' in page
    assert '<a href="/desks/desk/claims/?q=is:late">Overdue claims</a>' in page
    late = page.partition("Overdue claims")[2]
    assert late.partition("<td>")[2].startswith("1<")
    assert "failure" not in page


def test_who_keeps_the_site_sees_how_much_failed(cast):
    User.objects.filter(pk=cast.mia.pk).update(is_staff=True, is_superuser=True)
    client = client_of(cast.mia)
    assert "0 failures" in client.get("/admin/").content.decode()
    Job.objects.create(name="mail", tries=1, error="The server does not answer.")
    assert "1 failure" in client.get("/admin/").content.decode()
