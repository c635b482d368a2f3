"""What is offered is what can be done: for every status and role, on the page and in the move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Article, Assignment, Claim, User
from annotations.workflow.offers import APPROVE_ARTICLE, ASKED, BY_STAGE, CLAIM_ACTS, PUBLISH
from tests import cast as c
from tests.cast import Cast

STAGES = [
    "marked", "checking", "deciding", "decided", "approved", "published", "aside", "retracted",
]  # fmt: skip
PEOPLE = ["ann", "eda", "eli", "mia", "ola", "stranger"]
WORDING = workflow.ClaimDraft("Put otherwise.")


class Troupe(Cast):
    """The cast, and somebody who has nothing to do with any claim."""

    def __init__(self) -> None:
        super().__init__()
        self.gus = c.make_person("gus", self.desk)

    def at(self, stage: str) -> tuple[Article, Claim]:
        if stage == "aside":
            article, claim = self.marked()
            workflow.set_aside(claim, "opinion", actor=self.eda)
        elif stage == "retracted":
            article, claim = self.published()
            workflow.retract(claim, actor=self.mia, why="Forged.")
        else:
            article, claim = getattr(self, stage)()
        return Article.objects.get(pk=article.pk), Claim.objects.get(pk=claim.pk)


# How each act is done, as its page does it.
Do = Callable[[Troupe, Article, Claim, User], object]
DO: dict[str, Do] = {
    "correct": lambda e, a, q, p: workflow.reopen(q, actor=p, reason="New."),
    "review": lambda e, a, q, p: workflow.plan_review(q, dt.date(2050, 1, 1), actor=p),
    "retract": lambda e, a, q, p: workflow.retract(q, actor=p, why="Forged."),
    "asked": lambda e, a, q, p: workflow.assign(q, e.mia, actor=p, task="approve"),
    "set_aside": lambda e, a, q, p: workflow.set_aside(q, "opinion", actor=p),
    "duplicate": lambda e, a, q, p: workflow.set_aside(
        q, "duplicate", actor=p, duplicate_of=c.mark(a, "It is a fine pier", e.eda)
    ),
    "bring_back": lambda e, a, q, p: workflow.bring_back(q, actor=p, reason="No."),
    "reword": lambda e, a, q, p: workflow.reword(q, WORDING, actor=p, reason="No."),
    "give_back": lambda e, a, q, p: workflow.give_back(
        c.check_of(q, e.ben), actor=p, reason="Why?"
    ),
    "ask_again": lambda e, a, q, p: workflow.ask_again(q, e.gus, actor=p),
    "decide": lambda e, a, q, p: c.decide(q, p),
    "approve": lambda e, a, q, p: workflow.approve(q, actor=p),
    "send_back": lambda e, a, q, p: workflow.send_back(q, actor=p, reason="Why?"),
    "open": lambda e, a, q, p: workflow.open_checking(a, [e.ann, e.ben], actor=p),
    "approve_article": lambda e, a, q, p: workflow.approve_article(a, actor=p),
    "publish": lambda e, a, q, p: workflow.publish(a, actor=p),
    "withdraw": lambda e, a, q, p: workflow.withdraw(a, actor=p, why="A court."),
}


def is_possible(act: Do, cast: Troupe, article: Article, claim: Claim, person: User) -> bool:
    with transaction.atomic():
        try:
            act(cast, article, claim, person)
            return True
        except (workflow.Refused, PermissionDenied, Assignment.DoesNotExist):
            return False
        finally:
            transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("stage", STAGES)
def test_what_is_offered_without_an_objection_is_what_no_move_refuses(stage):
    cast = Troupe()
    article, claim = cast.at(stage)
    for name in PEOPLE:
        person = getattr(cast, name)
        for row, acts in ((claim, CLAIM_ACTS), (article, (*BY_STAGE, APPROVE_ARTICLE, PUBLISH))):
            offered = {each.act.name: each for each in workflow.offers(row, person)}
            free = {name for name, each in offered.items() if not each.objection}
            wanted = {act.name for act in acts}
            can = {act for act in wanted if is_possible(DO[act], cast, article, claim, person)}
            assert free & wanted == can, (stage, name)


@pytest.mark.django_db
@pytest.mark.parametrize("stage", STAGES)
def test_the_panel_has_the_buttons_that_are_offered(stage):
    cast = Troupe()
    article, claim = cast.at(stage)
    addresses = {"decide": reverse("decide_claim", args=[article.pk, claim.pk])} | {
        name: reverse(name, args=[article.pk, claim.pk])
        for name in ("correct", "review", "retract", "asked", "duplicate", "bring_back", "reword")
    }
    for name in ("eda", "eli", "mia", "ola"):
        client = Client()
        client.force_login(getattr(cast, name))
        page = client.get(reverse("workbench", args=[article.pk]), {"claim": claim.pk})
        free = {
            each.act.name
            for each in workflow.offers(claim, getattr(cast, name))
            if not each.objection
        }
        shown = {move["link"] for move in page.context["claim_moves"] if not move["objection"]}
        assert shown == {addresses[act] for act in free if act in addresses}, (stage, name)
        assert (page.context["set_aside_form"] is not None) == ("set_aside" in free), (stage, name)


@pytest.mark.django_db
def test_an_offer_that_is_blocked_says_why():
    cast = Troupe()
    _article, claim = cast.at("decided")
    [approve] = [each for each in workflow.offers(claim, cast.eda) if each.act.name == "approve"]
    assert "You decided on" in approve.objection
    assert ASKED.right == "assign"
