"""Rule 6: nobody approves their own annotation, whatever became of it; nobody publishes alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from annotations import closeness, exchange, second_person, workflow
from annotations.formats import plain
from annotations.models import Edition, Transition
from tests import cast as c
from tests.cast import Cast

ALONE = r"You were the last to change|Nobody else has looked at what you changed"


def publish(cast: Cast, article, actor) -> None:
    article.refresh_from_db()
    workflow.publish(article, actor=actor)


# Publishing alone: the rule is on the whole act.


def with_a_claim_that_is_published_elsewhere(cast: Cast):
    _first, claim = cast.published()
    article = c.import_text(cast.desk, cast.eda, c.TEXT + "\n\nIt is a fine day, they said.")
    start = article.revision.text.index(c.MARKED)
    workflow.mark(article, start, start + len(c.MARKED), actor=cast.eda, claim=claim)
    c.triage_all(article, cast.eda)
    return article


def with_another_title(cast: Cast):
    article, _claim = cast.published()
    c.retitle(article, cast.eda, "The mayor is a crook")
    return article


def with_another_text(cast: Cast):
    article, _claim = cast.published()
    text = plain.read(f"{c.TEXT}\n\nAnd the mayor is a crook.", "en")
    exchange.revise(article, text, actor=cast.eda, based_on=1)
    c.triage_all(article, cast.eda)
    return article


def with_a_mark_more(cast: Cast):
    article, claim = cast.published()
    start = article.revision.text.index(c.SECOND)
    workflow.mark(article, start, start + len(c.SECOND), actor=cast.eda, claim=claim)
    return article


def with_a_claim_taken_out(cast: Cast):
    article, _claim = cast.published()
    second = c.mark(article, c.SECOND, cast.eda)
    workflow.set_aside(second, "opinion", actor=cast.eda, note="It is a matter of taste.")
    return article


CHANGED = [
    with_a_claim_that_is_published_elsewhere,
    with_another_title,
    with_another_text,
    with_a_mark_more,
    with_a_claim_taken_out,
]


@pytest.mark.parametrize("changed", CHANGED)
def test_who_last_changed_what_readers_get_does_not_publish_it_alone(cast, changed):
    article = changed(cast)
    before = Edition.objects.count()
    with pytest.raises(workflow.Refused, match=ALONE):
        publish(cast, article, cast.eda)
    assert Edition.objects.count() == before
    publish(cast, article, cast.mia)
    assert Edition.objects.count() > before


@pytest.mark.parametrize("changed", CHANGED)
def test_they_publish_once_somebody_else_approved_the_article(cast, changed):
    article = changed(cast)
    with pytest.raises(workflow.Refused, match=ALONE):
        workflow.approve_article(article, actor=cast.eda)
    workflow.approve_article(article, actor=cast.mia)
    line = Transition.objects.filter(move="approve", article=article).latest("pk")
    assert (line.actor, line.claim) == (cast.mia, None)
    publish(cast, article, cast.eda)


def test_an_approval_of_a_claim_that_is_made_elsewhere_too_is_none_of_the_article(cast):
    """It was given where the other article was read: nobody has seen this one's text."""
    _first, claim = cast.decided()
    article = c.import_text(cast.desk, cast.eda, f"{c.TEXT}\n\nThe mayor is a crook.")
    start = article.revision.text.index(c.MARKED)
    workflow.mark(article, start, start + len(c.MARKED), actor=cast.eda, claim=claim)
    c.triage_all(article, cast.eda)
    workflow.approve(claim, actor=cast.eli)
    with pytest.raises(workflow.Refused, match=ALONE):
        publish(cast, article, cast.eda)
    assert not closeness.hands([article])[article.pk].may_publish(cast.eda.pk)
    workflow.approve_article(article, actor=cast.mia)
    assert closeness.hands([article])[article.pk].may_publish(cast.eda.pk)
    publish(cast, article, cast.eda)


def test_another_change_makes_the_approval_void(cast):
    article = with_another_title(cast)
    workflow.approve_article(article, actor=cast.mia)
    c.retitle(article, cast.eda, "The mayor is a thief")
    with pytest.raises(workflow.Refused, match=ALONE):
        publish(cast, article, cast.eda)
    # A title that was there before is what was looked at, but not after it was changed.
    c.retitle(article, cast.eda, "The mayor is a crook")
    with pytest.raises(workflow.Refused, match=ALONE):
        publish(cast, article, cast.eda)


def test_an_approval_of_a_claim_before_the_change_is_none_of_it(cast):
    article, _claim = cast.approved()
    c.retitle(article, cast.eda, "The mayor is a crook")
    with pytest.raises(workflow.Refused, match=ALONE):
        publish(cast, article, cast.eda)


@pytest.mark.heart
def test_who_changed_and_then_had_a_verdict_approved_is_not_alone(cast):
    article, claim = cast.decided()
    c.retitle(article, cast.eda)
    workflow.approve(claim, actor=cast.eli)
    publish(cast, article, cast.eda)


@pytest.mark.heart
def test_a_verdict_that_one_person_wrote_and_approved_is_published_by_another(db):
    """Also where somebody else was the last to change the article: they read no verdict for it."""
    cast = Cast(decider_may_approve=True)
    article, claim = cast.decided()
    workflow.approve(claim, actor=cast.eda)
    c.retitle(article, cast.eli)
    with pytest.raises(workflow.Refused, match="You wrote and approved"):
        publish(cast, article, cast.eda)
    publish(cast, article, cast.mia)


def test_a_manager_who_withdrew_alone_does_not_publish_again_alone(cast):
    article, _claim = cast.published()
    workflow.withdraw(article, actor=cast.mia, why="A court says so.")
    article.refresh_from_db()
    with pytest.raises(workflow.Refused, match=ALONE):
        publish(cast, article, cast.mia)
    publish(cast, article, cast.eda)


# What readers got otherwise meanwhile, and what was done elsewhere, is no look at the change.


def with_two_claims(cast: Cast):
    article = cast.article()
    claims = [c.mark(article, words, cast.eda) for words in (c.MARKED, c.SECOND)]
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for claim in claims:
        c.annotate(claim, cast.ann)
        c.annotate(claim, cast.ben)
        c.decide(claim, cast.eda)
        workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    return article, *claims


def refused_alone(article, actor, **what) -> None:
    assert not closeness.hands([article])[article.pk].may_publish(actor.pk)
    article.refresh_from_db()
    with pytest.raises(workflow.Refused, match=ALONE):
        workflow.publish(article, actor=actor, **what)


def test_who_set_a_claim_aside_that_readers_have_does_not_publish_that_alone(cast):
    article, _first, second = with_two_claims(cast)
    workflow.reopen(second, actor=cast.eli, reason="A letter came.")
    workflow.set_aside(second, "opinion", actor=cast.eda)
    refused_alone(article, cast.eda)
    publish(cast, article, cast.eli)


def test_a_page_made_again_without_a_retracted_verdict_forgets_no_change(cast):
    article, first, second = with_two_claims(cast)
    workflow.reopen(second, actor=cast.eli, reason="A letter came.")
    c.decide(second, cast.eda, "half")
    workflow.approve(second, actor=cast.eli)
    c.retitle(article, cast.mia, "The mayor is a crook")
    workflow.retract(first, actor=cast.mia, why="Forged.")
    notes = {second.pk: workflow.CorrectionNote("correction", "A letter shows it.")}
    refused_alone(article, cast.mia, notes=notes)
    assert closeness.hands([article])[article.pk].may_publish(cast.eda.pk)
    workflow.publish(article, actor=cast.eda, notes=notes)


def test_nor_that_readers_have_it_otherwise(cast):
    article, first, _second = with_two_claims(cast)
    c.retitle(article, cast.eda, "The mayor is a crook")
    article.refresh_from_db()
    since = article.outdated_since
    workflow.retract(first, actor=cast.mia, why="Forged.")
    article.refresh_from_db()
    assert (article.outdated_since, article.outdated_by) == (since, cast.eda)
    refused_alone(article, cast.eda)
    publish(cast, article, cast.mia)
    assert article.editions.latest("number").content["article"]["title"] == "The mayor is a crook"
    article.refresh_from_db()
    assert article.outdated_since is None


def test_what_was_taken_back_is_nothing_that_readers_wait_for(cast):
    article, first, _second = with_two_claims(cast)
    workflow.retract(first, actor=cast.mia, why="Forged.")
    article.refresh_from_db()
    assert second_person.last_change(article) is None
    assert closeness.hands([article])[article.pk].unseen == set()
    assert article.outdated_since is None
    with pytest.raises(workflow.Refused, match="Nothing has changed"):
        workflow.publish(article, actor=cast.mia)


def test_who_withdrew_has_not_looked_at_what_was_changed_before(cast):
    article = with_another_title(cast)
    workflow.withdraw(article, actor=cast.mia, why="A court says so.")
    refused_alone(article, cast.eda)
    refused_alone(article, cast.mia)
    publish(cast, article, cast.eli)


def test_what_others_did_to_a_claim_that_is_made_elsewhere_too_is_no_look_at_the_article(cast):
    article = with_a_claim_that_is_published_elsewhere(cast)
    claim = article.revision.marks.get().claim
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.mia, "half")
    workflow.approve(claim, actor=cast.eli)
    notes = {claim.pk: workflow.CorrectionNote("correction", "A letter shows it.")}
    refused_alone(article, cast.eda, notes=notes)
    article.refresh_from_db()
    workflow.publish(article, actor=cast.eli, notes=notes)


def test_who_changed_the_article_after_somebody_else_has_looked_at_it(cast):
    article = with_another_title(cast)
    c.retitle(article, cast.eli, "The mayor is no crook")
    assert closeness.hands([article])[article.pk].may_publish(cast.eda.pk)
    refused_alone(article, cast.eli)
    publish(cast, article, cast.eda)


def test_nothing_new_is_not_published_again(cast):
    article, _claim = cast.published()
    with pytest.raises(workflow.Refused, match="Nothing has changed"):
        publish(cast, article, cast.mia)
    with pytest.raises(workflow.Refused, match="Nothing has changed"):
        workflow.approve_article(article, actor=cast.mia)


def test_what_is_not_ready_is_not_approved_as_a_whole(cast):
    article, _claim = cast.decided()
    with pytest.raises(workflow.Refused, match="cannot be published yet"):
        workflow.approve_article(article, actor=cast.mia)


def of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_page_says_who_may_and_lets_somebody_else_stand_behind_it(cast):
    article = with_another_title(cast)
    page = reverse("approve", args=[article.pk])
    whole = reverse("approve_article", args=[article.pk])
    own = of(cast.eda).get(page)
    assert "You were the last to change" in own.content.decode()
    assert whole not in own.content.decode()
    other = of(cast.mia)
    seen = other.get(page)
    assert whole in seen.content.decode()
    form = {"seen": seen.context["seen"], "key": seen.context["key"]}
    assert other.post(whole, form | {"seen": "0" * 16}).status_code == 409
    assert other.post(whole, form).status_code == 302
    assert whole not in other.get(page).content.decode()
    again = of(cast.eda).get(page)
    form = {"seen": again.context["seen"], "key": again.context["key"]}
    form |= {"sure": form["seen"]}
    assert of(cast.eda).post(reverse("publish", args=[article.pk]), form).status_code == 302
    assert Edition.objects.filter(article=article).count() == 2


# What somebody is said to have answered.


def asked_for_a_reply(cast: Cast, claim, actor):
    return workflow.ask_reply([claim], "The mayor", channel="phone", actor=actor)


def said_to_have_answered(cast: Cast, claim, actor):
    asked = asked_for_a_reply(cast, claim, cast.eli)
    return workflow.keep_reply(asked, "I lied.", actor=actor)


def taken_out(cast: Cast, claim, actor):
    asked = asked_for_a_reply(cast, claim, cast.eli)
    return workflow.withdraw_reply(asked, "Not needed.", actor=actor)


REPLIED = [asked_for_a_reply, said_to_have_answered, taken_out]


@pytest.mark.parametrize("replied", REPLIED)
def test_who_noted_a_reply_after_it_was_approved_does_not_publish_it(cast, replied):
    article, claim = cast.approved()
    replied(cast, claim, cast.eda)
    with pytest.raises(workflow.Refused, match="nobody has looked at it since"):
        publish(cast, article, cast.eda)
    assert not closeness.hands([article])[article.pk].may_publish(cast.eda.pk)
    assert closeness.hands([article])[article.pk].may_publish(cast.mia.pk)
    publish(cast, article, cast.mia)


def test_nor_does_who_noted_it_before_they_approved_it_themselves(cast):
    article, claim = cast.decided()
    said_to_have_answered(cast, claim, cast.mia)
    workflow.approve(claim, actor=cast.mia)
    with pytest.raises(workflow.Refused, match="nobody has looked at it since"):
        publish(cast, article, cast.mia)
    publish(cast, article, cast.eda)


def test_a_reply_that_somebody_else_approved_the_verdict_with_is_published_by_who_noted_it(cast):
    article, claim = cast.decided()
    said_to_have_answered(cast, claim, cast.eda)
    workflow.approve(claim, actor=cast.mia)
    assert closeness.hands([article])[article.pk].may_publish(cast.eda.pk)
    publish(cast, article, cast.eda)


# One's own annotation, whatever became of it.


def handed_in_then_declined(cast: Cast):
    article, claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.ben, cast.eli], actor=cast.eda)
    for person in (cast.ann, cast.ben, cast.eli):
        c.annotate(claim, person)
    check = c.check_of(claim, cast.eli)
    workflow.give_back(check, actor=cast.eda, reason="Page 3.")
    workflow.decline(check, actor=cast.eli, reason="No time.")
    return article, claim


def handed_in_then_taken_back(cast: Cast):
    article, claim = handed_in(cast)
    check = c.check_of(claim, cast.eli)
    workflow.give_back(check, actor=cast.eda, reason="Page 3.")
    workflow.take_back(check, actor=cast.eda, reason="Not needed.")
    return article, claim


def handed_in_then_left_and_came_again(cast: Cast):
    article, claim = handed_in(cast)
    workflow.give_back(c.check_of(claim, cast.eli), actor=cast.eda, reason="Page 3.")
    membership = cast.desk.memberships.get(user=cast.eli)
    workflow.end_membership(membership, actor=cast.mia, reason="Left.")
    workflow.enrol(cast.desk, cast.eli, "editor", actor=cast.mia)
    return article, claim


def handed_in_before_it_was_set_aside(cast: Cast):
    article, claim = handed_in(cast)
    workflow.set_aside(claim, "opinion", actor=cast.eda)
    workflow.bring_back(claim, actor=cast.eda, reason="It can be checked.")
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for person in (cast.ann, cast.ben):
        c.annotate(claim, person)
    return article, claim


def handed_in(cast: Cast):
    article, claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.ben, cast.eli], actor=cast.eda)
    for person in (cast.ann, cast.ben, cast.eli):
        c.annotate(claim, person)
    return article, claim


GIVEN_UP = [
    handed_in_then_declined,
    handed_in_then_taken_back,
    handed_in_then_left_and_came_again,
    handed_in_before_it_was_set_aside,
]


@pytest.mark.heart
@pytest.mark.parametrize("story", GIVEN_UP)
def test_who_ever_handed_in_an_annotation_does_not_approve(cast, story):
    _article, claim = story(cast)
    c.decide(claim, cast.eda)
    claim.refresh_from_db()
    with pytest.raises(workflow.Refused, match="You annotated"):
        workflow.approve(claim, actor=cast.eli)
    with pytest.raises(workflow.Refused, match="annotates"):
        workflow.assign(claim, cast.eli, actor=cast.eda, task="approve")
    workflow.approve(claim, actor=cast.mia)


def test_whose_words_any_verdict_took_over_does_not_approve(cast):
    """Also where the log of it is gone, as of rows that came by a fixture."""
    _article, claim = cast.deciding()
    annotation = claim.assignments.get(person=cast.ben).annotation
    draft = replace(workflow.as_draft(annotation), cause="error", reason="It is newer.")
    workflow.decide(claim, draft, actor=cast.eda)
    claim.assignments.filter(person=cast.ben).update(status="expired")
    claim.refresh_from_db()
    claim._prefetched_objects_cache = {"transitions": Transition.objects.none()}
    assert cast.ben.pk in second_person.took_part(claim)
