"""Criticism and reply, side by side."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from annotations import demands, workflow
from annotations.models import Claim, Claimant, Criticism, Desk, Transition
from annotations.queries import criticism as criticism_queries
from annotations.queries.workbench import claim_numbers
from annotations.words.log import what
from annotations.workflow import replies
from tests import cast as c


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def people(article, person) -> list[criticism_queries.Person]:
    numbers = claim_numbers(article)
    claims = list(Claim.objects.filter(pk__in=numbers))
    return criticism_queries.of_article(article.desk, claims, numbers, person)


def lacks(cast, claim) -> list[str]:
    desk = Desk.objects.get(pk=cast.desk.pk)
    found = demands.unmet_of(desk, Claim.objects.filter(pk=claim.pk))
    return [each.text for each in found if each.demand == "demand_reply"]


def test_somebody_is_asked_once_however_often_it_is_said(cast):
    article, claim = cast.deciding()
    other = c.mark(article, c.SECOND, cast.eda)
    url, eda = reverse("criticism", args=[article.pk]), as_(cast.eda)
    data = {"claims": [claim.pk, other.pk], "of": "The  mayor"}
    assert as_(cast.ann).post(url, data).status_code == 403
    assert eda.post(url, {"claims": [claim.pk], "of": ""}).status_code == 422
    assert eda.post(url, data).status_code == 302
    assert eda.post(url, data | {"of": "the mayor"}).status_code == 302
    assert Criticism.objects.count() == 2, "case and white space are no difference"
    page = eda.get(url).content.decode()
    assert page.count("Not put to them yet") == 2
    ask = f"{reverse('replies', args=[article.pk])}?who=The+mayor"
    assert ask in page.replace("&amp;", "&")
    begun = eda.get(f"{ask}&claim={claim.pk}&claim={other.pk}").content.decode()
    assert 'value="The mayor"' in begun
    assert begun.count(" checked") >= 2
    workflow.ask_reply([claim, other], "the MAYOR", channel="phone", actor=cast.eda)
    (person,) = people(article, cast.eda)
    assert person.unasked == []
    assert [line.number for line in person.lines] == [1, 2]


def test_the_answer_to_a_claim_stands_beside_it_and_whether_the_article_has_it(cast):
    article, claim = cast.deciding()
    workflow.note_criticism([claim], "The mayor", actor=cast.eda)
    row = workflow.ask_reply([claim], "The mayor", channel="phone", actor=cast.eda)
    given = workflow.Answered("Of all.", {str(row.points.get().uuid): "Not so."})
    workflow.keep_reply(row, given, actor=cast.eda)
    ((line,),) = [person.lines for person in people(article, cast.eda)]
    assert line.answer == "Not so."
    settle = reverse("settle_criticism", args=[article.pk, line.row.uuid])
    assert as_(cast.ola).post(settle, {"stands": "yes"}).status_code == 403
    as_(cast.eda).post(settle, {"stands": "sometimes"})
    assert Criticism.objects.get().stands == ""
    as_(cast.eda).post(settle, {"stands": "no"})
    assert Criticism.objects.get().stands == "no"
    written = Transition.objects.get(move="look for answer")
    assert (written.source, written.target) == ("", ""), "no stage of the claim"
    said = what(written)
    assert said == "The answer of The mayor does not stand in the article"
    written.target, written.detail = "no", {"of": "The mayor"}
    assert what(written) == said, "as it was written until 30 November 2026"
    page = as_(cast.ola).get(reverse("criticism", args=[article.pk])).content.decode()
    assert "Not so." in page
    assert "Does not stand in the article" in page
    assert "<form" not in page.partition("<main")[2]


def test_a_note_is_taken_back_and_a_second_time_is_told(cast):
    article, claim = cast.deciding()
    workflow.note_criticism([claim], "The mayor", actor=cast.eda)
    row = Criticism.objects.get()
    settle = reverse("settle_criticism", args=[article.pk, row.uuid])
    assert as_(cast.eda).post(settle, {"drop": "1"}).status_code == 302
    assert not Criticism.objects.exists()
    assert as_(cast.eda).post(settle, {"drop": "1"}).status_code == 404
    with pytest.raises(workflow.Stale):
        workflow.drop_criticism(row, actor=cast.eda)
    assert Transition.objects.filter(move="drop criticism").count() == 1


@pytest.mark.parametrize("level", ["warn", "block"])
def test_who_is_criticised_and_not_asked_is_in_the_way_by_the_desks_rule(cast, level):
    _article, claim = cast.decided()
    Desk.objects.update(demand_reply=level)
    workflow.note_criticism([claim], "The mayor", actor=cast.eda)
    workflow.ask_reply([claim], "The clerk", channel="phone", actor=cast.eda)
    (said,) = lacks(cast, claim)
    assert said.startswith("The mayor, whom")
    row = workflow.ask_reply([claim], "The mayor", channel="phone", actor=cast.eda)
    assert lacks(cast, claim) == []
    replies.withdraw_reply(row, "In error.", actor=cast.eda)
    assert len(lacks(cast, claim)) == 1
    workflow.no_reply_needed([claim], "It is a quotation.", actor=cast.eda)
    assert lacks(cast, claim) == []


def test_whoever_checks_blind_sees_and_notes_nothing_of_it(cast):
    article, claim = cast.checking()
    workflow.note_criticism([claim], "MARKER mayor", actor=cast.eda)
    url = reverse("criticism", args=[article.pk])
    assert "MARKER" not in as_(cast.ann).get(url).content.decode()
    assert "MARKER" in as_(cast.ola).get(url).content.decode()
    assert "MARKER" not in as_(cast.ann).get(reverse("log", args=["desk"])).content.decode()
    workflow.assign(claim, cast.eli, actor=cast.eda)
    with pytest.raises(workflow.Refused):
        workflow.note_criticism([claim], "The clerk", actor=cast.eli)
    row = Criticism.objects.get()
    settle = reverse("settle_criticism", args=[article.pk, row.uuid])
    assert as_(cast.eli).post(settle, {"drop": "1"}).status_code == 404
    assert as_(cast.stranger).get(url).status_code == 404


def test_somebody_with_two_names_is_one_person_and_was_asked_by_either(cast):
    article, claim = cast.decided()
    main, other = (
        Claimant.objects.create(desk=cast.desk, name=name) for name in ("Ada Smith", "The mayor")
    )
    Desk.objects.filter(pk=cast.desk.pk).update(demand_reply="warn")
    for name in ("The  mayor", "Ada Smith"):
        workflow.note_criticism([claim], name, actor=cast.eda)
    workflow.ask_reply([claim], "the mayor", channel="letter", actor=cast.eda)
    assert any("“Ada Smith”" in said or "Ada Smith, whom" in said for said in lacks(cast, claim))
    workflow.merge_claimants(main, other, actor=cast.eda)
    (person,) = people(article, cast.eda)
    assert (person.name, len(person.lines), person.unasked) == ("Ada Smith", 2, [])
    assert not any("whom" in said for said in lacks(cast, claim))
