"""Handing in: what goes in and what is missing is said first, and it can be taken back."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Annotation, Assignment, Claim, Desk
from tests import cast as c

KEY = "7b0f6f0e-5a53-4a7d-8a6b-0a4f6f5f4a01"


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def draft(claim, person, *, sources=1, reasons="Because."):
    check = c.check_of(claim, person)
    answer = workflow.Answer(c.rating(claim, "false"), "So it is.", reasons, "high")
    workflow.save_annotation(check, answer, person=person, based_on=0)
    for number in range(sources):
        source = workflow.SourceDraft(f"Register {number}")
        workflow.save_citation(check, source, person=person, stance="context")
    return check


@pytest.fixture
def two(cast):
    """Two claims that Ann checks: one annotation is whole, the other lacks its reasons."""
    article, first = cast.marked()
    second = c.mark(article, c.SECOND, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    draft(first, cast.ann)
    draft(second, cast.ann, sources=0, reasons="")
    return article, first, second


def test_the_page_says_what_goes_in_and_what_is_missing(cast, two):
    article, _first, _second = two
    page = as_(cast.ann).get(reverse("submit", args=[article.pk])).content.decode()
    assert "Submit 1 annotation" in page
    assert "1 source" in page
    assert "No source" in page
    assert page.count("Still missing: the justification.") == 1
    assert (
        "Nothing waits to be submitted"
        in as_(cast.eli).get(reverse("submit", args=[article.pk])).content.decode()
    )


def test_sent_twice_it_is_handed_in_once_and_what_lacks_something_stays(cast, two):
    article, first, second = two
    client, page = as_(cast.ann), reverse("submit", args=[article.pk])
    answers = [client.post(page, {"key": KEY}) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {reverse("workbench", args=[article.pk])}
    assert c.check_of(first, cast.ann).status == "submitted"
    assert c.check_of(second, cast.ann).status != "submitted"
    assert "Claim 2: Choose a rating, write a finding" in client.get(
        reverse("workbench", args=[article.pk])
    ).content.decode().replace("&nbsp;", " ")


def test_only_what_can_be_taken_back_is_said_to_be(cast):
    """Whoever is the last to hand in has the others' before them: theirs stays."""
    article, claim = cast.checking()
    url = reverse("submit", args=[article.pk])
    told = []
    for person, key in ((cast.ann, KEY), (cast.ben, KEY.replace("7b0f", "7b10"))):
        draft(claim, person)
        page = as_(person).post(url, {"key": key}, follow=True).content.decode()
        assert "1 annotation is submitted." in page
        told.append("You can take each back" in page)
    assert told == [True, False]


def test_what_is_to_be_triaged_next_is_said_to_those_who_may(cast):
    """The focus goes there: to a checker, it is in the way of what is said to have been done."""
    article = c.import_text(cast.desk, cast.eda, "A title\n\nIt is so, they say.")
    url = reverse("workbench", args=[article.pk])
    shown = {
        person: "Sentence 1 is not triaged yet" in as_(person).get(url).content.decode()
        for person in (cast.ann, cast.eda)
    }
    assert shown == {cast.ann: False, cast.eda: True}


def test_it_is_taken_back_until_all_are_in(cast):
    article, claim = cast.checking()
    check = c.annotate(claim, cast.ann)
    client = as_(cast.ann)
    panel = client.get(reverse("workbench", args=[article.pk]), {"claim": claim.pk})
    assert "Take it back and go on" in panel.content.decode()
    answer = client.post(reverse("resume", args=[check.uuid]), {"key": KEY})
    assert answer.status_code == 302
    row = Annotation.objects.get(assignment=check)
    assert (c.check_of(claim, cast.ann).status, row.submitted_at) == ("started", None)
    c.annotate(claim, cast.ben)
    assert Claim.objects.get(pk=claim.pk).status == "checking", "nothing is disclosed"
    workflow.submit(c.check_of(claim, cast.ann), actor=cast.ann)
    assert Claim.objects.get(pk=claim.pk).status == "deciding"
    with pytest.raises(workflow.Closed, match="All annotations"):
        workflow.resume(Assignment.objects.get(pk=check.pk), actor=cast.ann)
    panel = client.get(reverse("workbench", args=[article.pk]), {"claim": claim.pk})
    assert "Take it back and go on" not in panel.content.decode()


def test_what_others_have_read_is_not_taken_back(cast):
    """Returned after disclosure and handed in again, while another is asked for once more."""
    _article, claim = cast.deciding()
    workflow.ask_again(claim, c.make_person("cem", cast.desk), actor=cast.eda, reason="One more.")
    with pytest.raises(workflow.Closed, match="Others have read your annotation"):
        workflow.resume(c.check_of(claim, cast.ann), actor=cast.ann)


def test_nobody_takes_back_anothers(cast):
    _article, claim = cast.checking()
    check = c.annotate(claim, cast.ann)
    for person in (cast.ben, cast.eda, cast.mia):
        with pytest.raises(PermissionDenied):
            workflow.resume(check, actor=person)
        assert as_(person).post(reverse("resume", args=[check.uuid])).status_code == 404


def test_what_the_desk_publishes_nothing_without_is_asked_for_at_once(cast):
    Desk.objects.update(demand_sources="block", sources_needed=2)
    article, claim = cast.checking()
    check = draft(claim, cast.ann, sources=1)
    page = as_(cast.ann).get(reverse("submit", args=[article.pk])).content.decode()
    assert "The desk asks for more sources." in page
    with pytest.raises(workflow.Refused, match="The desk asks for 2 sources"):
        workflow.submit(check, actor=cast.ann)
    workflow.save_citation(
        check, workflow.SourceDraft("Another"), person=cast.ann, stance="context"
    )
    workflow.submit(check, actor=cast.ann)


def test_a_decision_without_what_the_desk_demands_is_stopped_where_it_is_made(cast):
    article, claim = cast.deciding("false", "false")
    Desk.objects.update(demand_primary="block")
    with pytest.raises(workflow.Refused, match="stands on no primary source"):
        c.decide(claim, cast.eda)
    with pytest.raises(workflow.Refused, match="stands on no primary source"):
        workflow.adopt_agreed(article, actor=cast.eda)
    Desk.objects.update(demand_primary="off", demand_sources="block", sources_needed=2)
    with pytest.raises(workflow.Refused, match="stands on fewer than 2 sources"):
        c.decide(claim, cast.eda)
    Desk.objects.update(demand_sources="warn")
    c.decide(claim, cast.eda)
