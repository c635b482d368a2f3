"""What comes first at a desk: each step until it is done; none that the work itself shows done."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Desk, Membership
from annotations.queries.first_steps import first_steps
from annotations.vocabulary import Role
from tests import cast as c
from tests.cast import Cast

STEPS = {
    "people": lambda desk, mia: workflow.invite(desk, "a@example.org", role=Role.EDITOR, actor=mia),
    "rules": lambda desk, mia: workflow.change_rules(
        desk, {"sources_needed": 3}, actor=mia, reason="More."
    ),
    "guidelines": lambda desk, mia: workflow.write_guidelines(
        desk, "Be fair.", actor=mia, based_on=0
    ),
    "statements": lambda desk, mia: workflow.write_statement(
        desk, "corrections", "We correct.", actor=mia, based_on=0
    ),
    "article": lambda desk, mia: c.import_text(desk, mia),
}
PAGES = dict(zip(STEPS, ("invite", "rules", "guidelines", "statements", "import"), strict=True))
"""Where each is done."""


def steps_of(desk: Desk, is_done: bool) -> set[str]:
    steps = first_steps(desk)
    assert steps is not None
    told = asdict(steps)
    del told["is_new"]
    return {name for name, done in told.items() if done is is_done}


def queue_of(desk: Desk) -> str:
    client = Client()
    client.force_login(Membership.objects.get(desk=desk, role=Role.MANAGER).user)
    return client.get(reverse("queue", args=[desk.slug])).content.decode()


def listed(page: str, desk: Desk) -> set[str]:
    """The steps to whose pages a link leads, in the list of them."""
    if 'id="first-steps"' not in page:
        return set()
    section = page.split('id="first-steps"')[1].split("</section>")[0]
    return {
        step
        for step, name in PAGES.items()
        if f'href="{reverse(name, args=[desk.slug])}"' in section
    }


@pytest.mark.django_db
@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_done_by_doing_it_and_by_nothing_else(step):
    desk = c.make_desk()
    mia = c.make_person("mia", desk, Role.MANAGER)
    assert steps_of(desk, True) == set()
    STEPS[step](desk, mia)
    assert steps_of(desk, True) == {step}
    assert listed(queue_of(desk), desk) == set(STEPS)


@pytest.mark.django_db
def test_a_new_desk_that_has_done_all_of_them_is_told_none():
    desk = c.make_desk()
    mia = c.make_person("mia", desk, Role.MANAGER)
    for do in STEPS.values():
        assert first_steps(desk) is not None
        do(desk, mia)
    assert first_steps(desk) is None
    assert not listed(queue_of(desk), desk)


@pytest.mark.django_db
def test_what_is_not_done_stays_when_the_first_article_is_out():
    """But for what a published article shows: its desk has people, and worked by its rules."""
    cast = Cast()
    cast.published()
    assert steps_of(cast.desk, False) == {"guidelines", "statements"}
    STEPS["guidelines"](cast.desk, cast.mia)
    assert steps_of(cast.desk, False) == {"statements"}
    STEPS["statements"](cast.desk, cast.mia)
    assert first_steps(cast.desk) is None


@pytest.mark.django_db
def test_a_desk_at_work_is_told_below_its_work_and_only_what_is_left():
    cast = Cast()
    article, _claim = cast.approved()
    page = queue_of(cast.desk)
    assert listed(page, cast.desk) == set(STEPS)
    assert page.index('id="first-steps"') < page.index('id="group-1"')
    workflow.publish(article, actor=cast.eli)
    c.mark(c.import_text(cast.desk, cast.eda, "The bridge\n\nIt fell."), "It fell", cast.eda)
    STEPS["guidelines"](cast.desk, cast.mia)
    page = queue_of(cast.desk)
    assert listed(page, cast.desk) == {"statements"}
    assert page.index('id="group-1"') < page.index('id="first-steps"')
    assert "A new desk" not in page


@pytest.mark.django_db
def test_the_steps_are_told_to_managers_alone():
    cast = Cast()
    cast.published()
    client = Client()
    for person in (cast.eda, cast.ann, cast.ola):
        client.force_login(person)
        page = client.get(reverse("queue", args=["desk"])).content.decode()
        assert not listed(page, cast.desk)
