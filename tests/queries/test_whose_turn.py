"""Whose turn it is: what a queue asks of a person they can do, and nobody's turn is passed over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations import workflow
from annotations.models import Article, Assignment, Claim, Membership, Orphan, User
from annotations.queries.access import desks_for
from annotations.queries.queue import queue
from annotations.vocabulary import Role, Task
from tests import cast as c
from tests.cast import Cast
from tests.queries.turns import wrong_turns
from tests.workflow.test_revising import revise


class Troupe(Cast):
    """The cast, and a third editor."""

    def __init__(self, **desk) -> None:
        super().__init__(**desk)
        self.gus = c.make_person("gus", self.desk, Role.EDITOR)


Told = Callable[[Troupe], tuple[Article, Claim]]


def decided_by_who_approves(cast: Troupe) -> tuple[Article, Claim]:
    article, claim = cast.deciding()
    c.decide(claim, cast.eda)
    workflow.approve(claim, actor=cast.eda)
    return article, claim


def annotated_by_an_editor(cast: Troupe) -> tuple[Article, Claim]:
    article, claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.eli], actor=cast.eda)
    c.annotate(claim, cast.ann, "true")
    c.annotate(claim, cast.eli, "half")
    return article, Claim.objects.get(pk=claim.pk)


def given_up_by_an_editor(cast: Troupe) -> tuple[Article, Claim]:
    """Eli handed in, was asked for more, and declined: close to the claim for good."""
    article, claim = annotated_by_an_editor(cast)
    check = c.check_of(claim, cast.eli)
    workflow.give_back(check, actor=cast.eda, reason="More.")
    workflow.decline(Assignment.objects.get(pk=check.pk), actor=cast.eli, reason="No time.")
    workflow.assign(claim, cast.ben, actor=cast.eda)
    c.annotate(claim, cast.ben)
    return article, Claim.objects.get(pk=claim.pk)


def given_up_and_decided(cast: Troupe) -> tuple[Article, Claim]:
    article, claim = given_up_by_an_editor(cast)
    c.decide(claim, cast.eda)
    return article, claim


def one_editor_left(cast: Troupe) -> tuple[Article, Claim]:
    """Whoever decides leaves nobody to approve."""
    article, claim = annotated_by_an_editor(cast)
    Membership.objects.filter(user__in=[cast.gus, cast.mia], desk=cast.desk).delete()
    return article, claim


def retitled_by_the_approver(cast: Troupe) -> tuple[Article, Claim]:
    article, claim = cast.approved()
    c.retitle(article, cast.eli)
    return article, claim


def retitled_and_approved(cast: Troupe) -> tuple[Article, Claim]:
    article, claim = retitled_by_the_approver(cast)
    workflow.approve_article(article, actor=cast.gus)
    return article, claim


def approved_and_retitled_again(cast: Troupe) -> tuple[Article, Claim]:
    article, claim = retitled_and_approved(cast)
    c.retitle(article, cast.eda, "A third title")
    return article, claim


def changed_after_publishing(cast: Troupe) -> tuple[Article, Claim]:
    article, claim = cast.published()
    c.retitle(article, cast.eda)
    return article, claim


def changed_and_approved(cast: Troupe) -> tuple[Article, Claim]:
    article, claim = changed_after_publishing(cast)
    workflow.approve_article(article, actor=cast.gus)
    return article, claim


def corrected_to_publish(cast: Troupe) -> tuple[Article, Claim]:
    article, claim = cast.published()
    workflow.reopen(claim, actor=cast.eli, reason="A letter.")
    c.decide(claim, cast.eda, "half")
    workflow.approve(claim, actor=cast.eli)
    return article, claim


def two_claims_at_two_stages(cast: Troupe) -> tuple[Article, Claim]:
    """Eda may only approve the one and everybody decide the other."""
    article, claim = cast.marked()
    c.mark(article, c.SECOND, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for each in Claim.objects.made_in(article):
        c.annotate(each, cast.ann, "true")
        c.annotate(each, cast.ben, "half")
    c.decide(Claim.objects.get(pk=claim.pk), cast.eda)
    return article, claim


def changed_by_both_of_two(cast: Troupe) -> tuple[Article, Claim]:
    """Eda's text makes a published claim; Eli decided that again, where another text was read."""
    _article, claim = cast.published()
    Membership.objects.filter(user__in=[cast.gus, cast.mia], desk=cast.desk).delete()
    article = c.import_text(cast.desk, cast.eda, f"{c.TEXT}\n\nIt is another text.")
    start = article.revision.text.index(c.MARKED)
    workflow.mark(article, start, start + len(c.MARKED), actor=cast.eda, claim=claim)
    c.triage_all(article, cast.eda)
    workflow.reopen(claim, actor=cast.eli, reason="A letter.")
    c.decide(claim, cast.eli, "half")
    workflow.approve(claim, actor=cast.eda)
    return article, claim


def replied_after_the_approval(cast: Troupe) -> tuple[Article, Claim]:
    """Nobody has seen what eda noted: somebody else publishes it."""
    article, claim = cast.approved()
    workflow.ask_reply([claim], "The mayor", channel="phone", actor=cast.eda)
    return article, claim


def replied_by_the_approver(cast: Troupe) -> tuple[Article, Claim]:
    """Who noted it approved the correction too: somebody else publishes it."""
    article, claim = cast.published()
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda)
    workflow.ask_reply([claim], "The mayor", channel="phone", actor=cast.mia)
    workflow.approve(claim, actor=cast.mia)
    return article, claim


def approved_where_another_text_was_read(cast: Troupe) -> tuple[Article, Claim]:
    """Eda put the claim into another article of hers before it was approved."""
    article, claim = cast.decided()
    other = c.import_text(cast.desk, cast.eda, f"{c.TEXT}\n\nThe mayor is a crook.")
    start = other.revision.text.index(c.MARKED)
    workflow.mark(other, start, start + len(c.MARKED), actor=cast.eda, claim=claim)
    c.triage_all(other, cast.eda)
    workflow.approve(claim, actor=cast.eli)
    return article, claim


def withdrawn(cast: Troupe) -> tuple[Article, Claim]:
    article, claim = cast.published()
    workflow.withdraw(article, actor=cast.mia, why="error")
    return article, claim


def retracted(cast: Troupe) -> tuple[Article, Claim]:
    article, claim = cast.published()
    workflow.retract(claim, actor=cast.mia, why="Forged.")
    return article, claim


STATES: dict[str, Told] = {
    each.__name__: each
    for each in (
        Troupe.marked, Troupe.checking, Troupe.deciding, Troupe.decided, Troupe.approved,
        Troupe.published, annotated_by_an_editor, given_up_by_an_editor, given_up_and_decided,
        one_editor_left, retitled_by_the_approver, retitled_and_approved,
        approved_and_retitled_again, changed_after_publishing, changed_and_approved,
        corrected_to_publish, two_claims_at_two_stages, withdrawn, retracted,
        replied_after_the_approval, replied_by_the_approver,
        approved_where_another_text_was_read, changed_by_both_of_two,
    )
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_each_person_is_asked_for_what_they_can_do_and_for_all_of_it(state):
    cast = Troupe()
    STATES[state](cast)
    wrong = wrong_turns(cast.desk, [cast.ann, cast.ben, cast.eda, cast.eli, cast.gus, cast.mia])
    assert wrong == []


@pytest.mark.django_db
def test_of_three_who_decided_and_approved_does_not_publish_alone():
    cast = Troupe(preset="three")
    decided_by_who_approves(cast)
    assert wrong_turns(cast.desk, [cast.eda, cast.eli, cast.gus, cast.mia]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_the_page_where_a_verb_leads_offers_it(state):
    """In the page itself: a button that is not refused."""
    cast = Troupe()
    STATES[state](cast)
    for person in (cast.eda, cast.eli, cast.gus, cast.mia):
        client = Client()
        client.force_login(person)
        here = next(iter(desks_for(person)), None)
        for need in queue(here, person).needs if here else ():
            if need.article is None or need.verb not in ("Decide", "Approve", "Publish"):
                continue
            page = client.get(reverse(need.page, args=[need.article.pk]))
            assert page.status_code == 200
            if need.verb == "Decide":
                assert page.context["claim"] is not None, (state, person)
            else:
                move = page.context[need.verb.lower()]
                assert move, (state, person, need.verb)
                assert not move["objection"], (state, person, need.verb)


def waits(person: User) -> list[str]:
    return [need.why for need in queue(desks_for(person)[0], person).waiting]


@pytest.mark.django_db
def test_who_changed_it_last_reads_who_is_waited_for():
    cast = Troupe()
    article, _claim = retitled_by_the_approver(cast)
    found = queue(desks_for(cast.eli)[0], cast.eli)
    assert found.needs == []
    assert waits(cast.eli) == [
        "Everything is approved. You changed it last,"
        " so it waits for Eda, Gus or Mia to publish it."
    ]
    assert [need.verb for need in queue(desks_for(cast.gus)[0], cast.gus).now] == ["Publish"]
    workflow.approve_article(article, actor=cast.gus)
    assert waits(cast.eli) == []
    assert [need.verb for need in queue(desks_for(cast.eli)[0], cast.eli).now] == ["Publish"]


@pytest.mark.django_db
def test_who_wrote_a_verdict_reads_who_approves_it():
    cast = Troupe()
    given_up_and_decided(cast)
    assert waits(cast.eda) == ["Your verdict on 1 claim waits for Gus or Mia to approve it."]
    assert waits(cast.gus) == []


@pytest.mark.django_db
def test_an_editor_who_annotated_reads_who_decides():
    cast = Troupe()
    _article, claim = annotated_by_an_editor(cast)
    assert waits(cast.eli) == [
        "You annotated 1 claim here. It waits for Eda, Gus or Mia to decide."
    ]
    workflow.assign(claim, cast.gus, actor=cast.eda, task="decide")
    assert waits(cast.eli) == ["You annotated 1 claim here. It waits for Gus to decide."]


@pytest.mark.django_db
def test_who_changed_what_readers_have_reads_who_is_waited_for():
    cast = Troupe()
    changed_after_publishing(cast)
    found = queue(desks_for(cast.eda)[0], cast.eda)
    assert found.needs == []
    (why,) = waits(cast.eda)
    assert why.startswith("You changed it. What readers see has been out of date since ")
    assert why.endswith(" It waits for Eli, Gus or Mia to publish it.")


@pytest.mark.django_db
def test_what_nobody_can_do_stands_in_the_queue_of_who_can_invite():
    cast = Troupe()
    one_editor_left(cast)
    Membership.objects.create(desk=cast.desk, user=cast.mia, role=Role.MANAGER)
    Membership.objects.filter(user=cast.eda).delete()
    # Mia alone is left: she may decide, and then nobody approves.
    found = queue(desks_for(cast.mia)[0], cast.mia)
    assert [need.verb for need in found.needs] == ["Invite somebody"]
    assert found.needs[0].why.startswith("Nobody at the desk can decide on 1 claim")
    client = Client()
    client.force_login(cast.mia)
    page = client.get(reverse("queue", args=["desk"]))
    assert reverse("people", args=["desk"]) in page.content.decode()
    assert client.get(reverse("people", args=["desk"])).status_code == 200


@pytest.mark.django_db
def test_what_others_are_waited_for_is_shown_and_not_counted():
    cast = Troupe()
    retitled_by_the_approver(cast)
    client = Client()
    client.force_login(cast.eli)
    page = client.get(reverse("queue", args=["desk"])).content.decode()
    assert "Nothing needs you right now." in page
    assert "Waiting for others" in page
    assert "waits for Eda, Gus or Mia to publish it" in page


def two_to_publish(cast: Troupe, number: int) -> None:
    """An article with a corrected verdict, and one with another title, both looked at by Gus."""
    for name in ("corrected", "retitled"):
        text = f"{c.TEXT} It is {name}, and number {number}."
        article = c.import_text(cast.desk, cast.eda, text)
        claim = c.mark(article, c.MARKED, cast.eda)
        cast.publish(article, claim)
        if name == "corrected":
            workflow.reopen(claim, actor=cast.eli, reason="A letter.")
            c.decide(claim, cast.eda, "half")
            workflow.approve(claim, actor=cast.gus)
        c.retitle(article, cast.eli, f"Title {number}")
        workflow.approve_article(article, actor=cast.gus)


@pytest.mark.django_db
def test_more_articles_to_publish_cost_no_more_statements():
    cast = Troupe()
    two_to_publish(cast, 0)

    def asked(count: int) -> int:
        here = desks_for(cast.eli)[0]
        with CaptureQueriesContext(connection) as statements:
            found = queue(here, cast.eli)
        assert len(found.needs) == count
        return len(statements)

    few = asked(2)
    for number in range(1, 4):
        two_to_publish(cast, number)
    assert asked(8) == few


@pytest.mark.django_db
def test_what_is_asked_of_somebody_who_left_is_said_to_who_can_ask_another():
    """A check that came back to them after they left: ending the membership found nothing owed."""
    cast = Troupe()
    article, claim = cast.deciding()
    workflow.end_membership(cast.ben.memberships.get(), actor=cast.mia)
    workflow.give_back(c.check_of(claim, cast.ben), actor=cast.eda, reason="Page 3.")
    told = [need for need in queue(desks_for(cast.eda)[0], cast.eda).needs if need.claim]
    said = "No longer able to do it: Ben. 1 thing waits for them."
    assert [(need.why, need.article, need.claim) for need in told] == [(said, article, claim.pk)]


@pytest.mark.django_db
def test_a_decision_asked_of_somebody_who_may_not_decide_any_more_is_left_to_all_who_may():
    cast = Troupe()
    article, claim = cast.deciding()
    workflow.assign(claim, cast.eli, task=Task.DECIDE, actor=cast.eda)
    decides = [need.verb for need in queue(desks_for(cast.eda)[0], cast.eda).now]
    assert "Decide" not in decides, "it is left to who was asked"
    workflow.enrol(cast.desk, cast.eli, Role.CHECKER, actor=cast.mia)
    (need,) = queue(desks_for(cast.eda)[0], cast.eda).now
    assert (need.verb, need.article) == ("Decide", article)


@pytest.mark.django_db
def test_at_a_desk_of_two_that_both_changed_it_the_one_is_asked_to_look_and_the_other_publishes():
    cast = Troupe()
    article, _claim = changed_by_both_of_two(cast)

    def told(person: User, of: str = "now") -> list[str]:
        found = getattr(queue(desks_for(person)[0], person), of)
        return [need.why for need in found if need.article == article]

    def page(person: User) -> str:
        client = Client()
        client.force_login(person)
        return client.get(reverse("approve", args=[article.pk])).content.decode()

    assert told(cast.eda) == [
        "Everything is approved, and several people changed what nobody else has looked at."
        " Look at the article and approve it: then Eli can publish it."
    ]
    waits = "It waits for Eda to look at the article and approve it."
    assert told(cast.eli, "waiting") == [f"Everything is approved. {waits}"]
    assert told(cast.eli, "stalled") == told(cast.eda, "stalled") == []
    assert waits in page(cast.eda)
    assert waits in page(cast.eli)
    assert "Nobody else has looked at what you changed" in page(cast.eda)
    assert reverse("approve_article", args=[article.pk]) in page(cast.eda)
    assert reverse("approve_article", args=[article.pk]) not in page(cast.eli)
    workflow.approve_article(article, actor=cast.eda)
    assert told(cast.eli) == ["Everything is approved. It can be published."]
    notes = {
        row.pk: workflow.CorrectionNote("correction", "A letter shows it.")
        for row in workflow.to_correct(article)
    }
    workflow.publish(article, actor=cast.eli, notes=notes)
    assert told(cast.eda) == told(cast.eda, "waiting") == []


@pytest.mark.django_db
def test_nobody_is_asked_to_publish_what_lacks_a_place_for_a_claim_that_was_brought_back():
    """A desk that was played at random came to this: the orphan was settled, and the claim is not.

    Its place is looked for again by a button of the page that says so.
    """
    cast = Troupe()
    article, claim = cast.marked()
    revise(article, "Another story\n\nNothing of it is left here.", cast.eda)
    workflow.let_go(Orphan.objects.get(), "not_checkable", actor=cast.eda)
    workflow.bring_back(Claim.objects.get(), actor=cast.eda, reason="It can be, after all.")
    article = Article.objects.get()
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    c.decide(claim, cast.eda)
    workflow.approve(Claim.objects.get(), actor=cast.eli)
    for person in (cast.eda, cast.eli, cast.gus):
        desk = next(desk for desk in desks_for(person) if desk == cast.desk)
        assert [need.verb for need in queue(desk, person).now] == ["See what"]
    assert wrong_turns(cast.desk, [cast.eda, cast.eli, cast.gus]) == []
