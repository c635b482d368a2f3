"""Whether queues ask people for what they can do, and for all of it: beside the table of offers."""

from __future__ import annotations

from collections.abc import Iterable

from annotations import workflow
from annotations.models import OPEN, Article, Assignment, Claim, Desk, User
from annotations.queries.access import desks_for
from annotations.queries.queue import queue
from annotations.vocabulary import ArticleStatus

ASKED = {"Decide": "decide", "Approve": "approve", "Publish": "publish"}
"""The verbs that ask for a move on an article, and the move."""


def wrong_turns(desk: Desk, people: Iterable[User]) -> list[str]:
    """What queues of the desk say that is not so, or leave out."""
    return [said for person in people for said in _wrong(desk, person)]


def _wrong(desk: Desk, person: User) -> Iterable[str]:
    mine = next((each for each in desks_for(person) if each == desk), None)
    if mine is None:
        return
    found = queue(mine, person)
    told = {
        (need.article.pk, ASKED[need.verb])
        for need in found.needs
        if need.article and need.verb in ASKED
    }
    outdated = {need.article.pk for need in found.needs if need.article and need.page == "approve"}
    waits = {each.article for each in found.waiting if "to publish it" in each.why}
    for article in Article.objects.filter(desk=desk, on_hold=""):
        can = _can(article, person)
        says = {act for key, act in told if key == article.pk}
        if unable := says - can:
            yield f"{person} is asked to {unable} {article}"
        if article in waits and "publish" in can:
            yield f"{person} is told to wait, and may publish {article}"
        # What was changed since is asked for in other words; what was taken back, of nobody.
        if article.pk in outdated or article.status == ArticleStatus.WITHDRAWN:
            can.discard("publish")
        if owes := can - says:
            yield f"{person} is not asked to {owes} {article}"


def _can(article: Article, person: User) -> set[str]:
    """The moves that are the person's turn, by the table of offers."""
    found = set()
    for claim in Claim.objects.made_in(article):
        if not claim.marks.exists() or _is_left_to_others(claim, person):
            continue
        for offer in workflow.offers(claim, person):
            if offer.act.name in ("decide", "approve") and not offer.objection:
                found.add(offer.act.name)
    for offer in workflow.offers(article, person):
        if offer.act.name == "publish" and not offer.objection:
            found.add("publish")
    return found


def _is_left_to_others(claim: Claim, person: User) -> bool:
    """Whether somebody else was asked by name who can do it."""
    task = {"deciding": "decide", "decided": "approve"}.get(claim.status, "")
    rows = Assignment.objects.filter(claim=claim, task=task, status__in=OPEN)
    asked = {row.person for row in rows.select_related("person")}
    able = {
        each
        for each in asked
        for offer in workflow.offers(claim, each)
        if offer.act.name == task and not offer.objection
    }
    return bool(able) and person not in asked
