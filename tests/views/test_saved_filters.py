"""Filters that are kept by a name: one's own and the desk's."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Membership, SavedFilter
from annotations.workflow.saved_filters import MOST


def of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def save(person, **sent: str):
    sent = {"name": "Late ones", "query": "is:late", "page": "claims"} | sent
    return of(person).post(reverse("save_filter", args=["desk"]), sent, follow=True)


def offered(person, page: str = "articles") -> bool:
    return "Late ones" in of(person).get(reverse(page, args=["desk"])).content.decode()


def test_a_filter_that_is_saved_leads_back_to_its_list_and_stands_on_every_list(cast):
    answer = save(cast.ann)
    assert answer.redirect_chain[0][0] == "/desks/desk/claims/?q=is%3Alate"
    assert "The filter “Late ones” is saved." in answer.content.decode()
    for page in ("articles", "claims"):
        shown = of(cast.ann).get(reverse(page, args=["desk"])).content.decode()
        assert f'href="/desks/desk/{page}/?q=is%3Alate"' in shown


def test_ones_own_is_nobody_elses_and_the_desks_is_everybodys(cast):
    save(cast.ann)
    assert offered(cast.ann)
    assert not offered(cast.ben)
    save(cast.eda, whose="desk")
    assert offered(cast.ben)
    assert not of(cast.stranger).get("/desks/other/articles/").content.count(b"Late ones")


def test_a_checker_saves_for_themselves_alone(cast):
    save(cast.ann, whose="desk")
    assert SavedFilter.objects.get().person == cast.ann
    with pytest.raises(PermissionDenied):
        workflow.save_filter(cast.desk, "x", "is:late", actor=cast.ann, for_desk=True)


def test_the_same_name_is_one_filter(cast):
    save(cast.ann)
    save(cast.ann, query="is:away")
    assert SavedFilter.objects.get().query == "is:away"


def test_a_colleagues_filter_of_the_desk_is_not_written_over(cast):
    save(cast.eda, whose="desk")
    answer = save(cast.eli, whose="desk", query="is:away")
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "“Late ones” is a filter that Eda saved for the desk. Take another name." in said
    assert SavedFilter.objects.get().query == "is:late"
    assert save(cast.eli, whose="desk").status_code == 200, "the very same is no other"


@pytest.mark.parametrize(
    ("sent", "told"),
    [({"name": " "}, "Give the filter a name."), ({"query": ""}, "Filter the list first")],
)
def test_what_is_missing_is_said(cast, sent, told):
    assert told in save(cast.ann, **sent).content.decode()
    assert not SavedFilter.objects.exists()


def test_there_are_only_so_many(cast):
    for number in range(MOST):
        workflow.save_filter(cast.desk, f"n{number}", "is:late", actor=cast.ann)
    with pytest.raises(workflow.Refused, match="as many as there can be"):
        workflow.save_filter(cast.desk, "more", "is:late", actor=cast.ann)
    workflow.save_filter(cast.desk, "n0", "is:away", actor=cast.ann)


def test_a_filter_is_removed_by_its_owner_and_the_desks_by_who_asks_people(cast):
    mine = workflow.save_filter(cast.desk, "mine", "is:late", actor=cast.ann)
    desks = workflow.save_filter(cast.desk, "desk", "is:late", actor=cast.eda, for_desk=True)
    assert of(cast.ben).post(reverse("remove_filter", args=["desk", mine.uuid])).status_code == 404
    assert of(cast.eda).post(reverse("remove_filter", args=["desk", mine.uuid])).status_code == 404
    assert of(cast.ben).post(reverse("remove_filter", args=["desk", desks.uuid])).status_code == 403
    assert (
        of(cast.stranger).post(reverse("remove_filter", args=["desk", desks.uuid])).status_code
        == 404
    )
    assert of(cast.ann).post(reverse("remove_filter", args=["desk", mine.uuid])).status_code == 302
    assert of(cast.eda).post(reverse("remove_filter", args=["desk", desks.uuid])).status_code == 302
    assert not SavedFilter.objects.exists()


def test_whoever_left_the_desk_has_none_of_its_filters(cast):
    kept = workflow.save_filter(cast.desk, "mine", "is:late", actor=cast.ann)
    Membership.objects.filter(desk=cast.desk, user=cast.ann).delete()
    assert of(cast.ann).post(reverse("remove_filter", args=["desk", kept.uuid])).status_code == 404


def test_a_name_that_is_refused_comes_back(cast):
    name = "Those that were late " * 4
    answer = of(cast.ann).post(
        reverse("save_filter", args=["desk"]),
        {"name": name, "query": "is:late", "page": "claims"},
        headers={"referer": "http://testserver/desks/desk/claims/?q=is%3Alate"},
    )
    assert answer.status_code == 409
    assert name.strip() in answer.content.decode()
    assert "60" in answer.content.decode()
