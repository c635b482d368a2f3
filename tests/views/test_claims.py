"""The desk's claims across articles: found by a filter, and the same done to several at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations import workflow
from annotations.models import Assignment, Claim, Desk, Sighting, Transition
from annotations.vocabulary import ClaimStatus
from tests import cast as c

PAGE = reverse("claims", args=["desk"])


def of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(answer: Any) -> str:
    return str(answer.content, "utf-8")


@pytest.fixture
def work(cast) -> list[Claim]:
    """Two claims of one article and one of another, all being marked."""
    first, second = cast.article(), c.import_text(cast.desk, cast.eda, "The bridge\n\nIt fell.")
    return [
        c.mark(first, c.MARKED, cast.eda),
        c.mark(first, c.SECOND, cast.eda),
        c.mark(second, "It fell", cast.eda),
    ]


def shown(answer: Any) -> list[str]:
    return [row["key"] for row in answer.context["rows"]]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("", {0, 1, 2}),
        ("sailing", {0}),
        ("bridge", {2}),
        ("state:set_aside", {1}),
        ("state:spotted ferry", {0}),
        ("assignee:none", {1, 2}),
        ("assignee:ann", {0}),
        ("zeppelin", set()),
    ],
)
def test_a_filter_finds_claims_by_their_words_titles_and_properties(cast, work, words, numbers):
    workflow.set_aside(work[1], "opinion", actor=cast.eda)
    workflow.assign(work[0], cast.ann, actor=cast.eda)
    answer = of(cast.eda).get(PAGE, {"q": words})
    assert set(shown(answer)) == {str(work[number].uuid) for number in numbers}


def test_a_claim_whose_marks_were_taken_out_is_listed_when_one_is_put_back(cast, work):
    placed = work[0].marks.get()
    article = placed.revision.article
    removed = workflow.unmark(article, placed, actor=cast.eda)
    client = of(cast.eda)
    assert str(work[0].uuid) not in shown(client.get(PAGE))
    workflow.put_back(article, removed, actor=cast.eda)
    assert str(work[0].uuid) in shown(client.get(PAGE))


def test_an_unknown_property_is_named_with_those_there_are(cast, work):
    assert "We do not know the filter “state:lost”." in text(
        of(cast.eda).get(PAGE, {"q": "state:lost"})
    )


def test_somebody_is_asked_about_the_chosen_claims(cast, work):
    sent = {"do": "ask", "claims": [work[0].uuid, work[2].uuid], "person": "ann", "task": "check"}
    answer = of(cast.eda).post(f"{PAGE}?q=", sent, follow=True)
    assert "Ann is asked about 2 claims." in text(answer)
    asked = Assignment.objects.filter(person=cast.ann).values_list("claim", flat=True)
    assert set(asked) == {work[0].pk, work[2].pk}


def test_all_that_the_filter_fits_are_changed_and_no_other(cast, work):
    sent = {"do": "aside", "scope": "all", "why": "opinion", "q": "ferry"}
    answer = of(cast.eda).post(f"{PAGE}?q=ferry", sent)
    assert answer.status_code == 302
    assert answer["Location"] == f"{PAGE}?q=ferry"
    aside = Claim.objects.filter(status=ClaimStatus.SET_ASIDE)
    assert set(aside) == set(work[:2])


def test_one_refusal_keeps_no_other_back_and_is_told(cast, work):
    workflow.set_aside(work[1], "opinion", actor=cast.eda)
    sent = {"do": "aside", "scope": "all", "why": "gone"}
    answer = of(cast.eda).post(PAGE, sent)
    assert answer.status_code == 422
    assert "2 claims are set aside." in text(answer)
    assert "Not done for one claim" in text(answer)
    assert "is at the stage “Set aside”" in text(answer)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"do": "aside", "why": "opinion"}, "Choose at least one claim."),
        ({"do": "aside", "scope": "all", "why": "not_checkable"}, "Say why it cannot be checked."),
        ({"do": "ask", "scope": "all", "task": "check"}, "This field is required."),
        ({"do": "ask", "scope": "all", "task": "check", "person": "stranger"}, "valid choice"),
        ({"scope": "all"}, "Choose what to do."),
        ({"do": "approve", "scope": "all"}, "Choose what to do."),
        ({"do": "aside", "claims": "no-key", "why": "gone"}, "not a valid"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_changed(cast, work, sent, words):
    answer = of(cast.eda).post(PAGE, sent)
    assert answer.status_code == 422
    assert words in text(answer)
    assert not Claim.objects.exclude(status=ClaimStatus.SPOTTED).exists()
    assert not Assignment.objects.exists()


def test_what_was_chosen_and_typed_comes_back_with_the_error(cast, work):
    sent = {"do": "aside", "claims": str(work[0].uuid), "why": "not_checkable"}
    page = text(of(cast.eda).post(PAGE, sent))
    assert page.count('aria-labelledby="w-') == 3
    chosen = rf'id="c-{work[0].uuid}"\s+aria-labelledby="w-{work[0].uuid}"\s+checked'
    assert re.search(chosen, page)
    assert '<details class="act" open>' in page


def test_claims_of_another_desk_are_neither_listed_nor_changed(cast, work):
    article = c.import_text(cast.stranger.desks.get(), cast.stranger)
    theirs = c.mark(article, c.MARKED, cast.stranger)
    client = of(cast.eda)
    assert str(theirs.uuid) not in shown(client.get(PAGE))
    answer = client.post(PAGE, {"do": "aside", "claims": str(theirs.uuid), "why": "gone"})
    assert answer.status_code == 422
    assert "not in this list any more" in text(answer)
    theirs.refresh_from_db()
    assert theirs.status == ClaimStatus.SPOTTED


def test_who_may_do_nothing_to_them_gets_a_list_to_read(cast, work):
    client = of(cast.ola)
    page = text(client.get(PAGE))
    assert work[0].claim_reviewed in page
    assert 'type="checkbox"' not in page
    assert client.post(PAGE, {"do": "aside", "scope": "all", "why": "gone"}).status_code == 403
    assert client.post(PAGE, {"do": "ask", "scope": "all", "person": "ann"}).status_code == 403


def test_who_may_do_one_thing_to_them_is_told_who_may_do_the_other(cast, work):
    Desk.objects.filter(pk=cast.desk.pk).update(checkers_mark=True)
    refused = of(cast.ann).post(PAGE, {"do": "ask", "scope": "all", "person": "ben"})
    assert refused.status_code == 403
    assert "You may not assign checks at this desk. Who may: Editor, Manager. Ask Mia." in text(
        refused
    )
    refused = of(cast.ola).post(PAGE, {"do": "aside:look", "scope": "all", "why": "gone"})
    assert "Who may: Checker, Editor, Manager. Ask Mia." in text(refused)


def test_a_checker_finds_nothing_by_what_blindness_hides(cast):
    _article, claim = cast.checking()
    assert shown(of(cast.ann).get(PAGE, {"q": "assignee:ben"})) == []
    assert shown(of(cast.ann).get(PAGE, {"q": "assignee:me"})) == [str(claim.uuid)]


def test_the_list_costs_the_same_for_many(cast, work):
    client = of(cast.eda)
    client.get(PAGE)  # the session keeps which desk is looked at
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as found:
            client.get(PAGE, {"q": "state:spotted"})
        counts.append(len(found))
        article = c.import_text(cast.desk, cast.eda, f"Number {number}\n\nIt is {number}.")
        c.mark(article, f"It is {number}", cast.eda)
    assert counts[0] == counts[1]


def test_what_would_be_done_and_refused_is_shown_first_and_nothing_is_done(cast, work):
    workflow.set_aside(work[1], "opinion", actor=cast.eda)
    lines = Transition.objects.count()
    answer = of(cast.eda).post(PAGE, {"do": "aside:look", "scope": "all", "why": "gone"})
    page = text(answer)
    assert answer.status_code == 200
    assert "Nothing is done yet" in page
    assert "It would be done for 2 claims." in page
    assert "It would be refused for one claim" in page
    assert "is at the stage “Set aside”" in page
    assert Claim.objects.filter(status=ClaimStatus.SET_ASIDE).count() == 1
    assert Transition.objects.count() == lines
    assert '<details class="act" open>' in page, "what was chosen and typed is still there"


def test_looking_first_says_what_is_missing_as_doing_would(cast, work):
    answer = of(cast.eda).post(PAGE, {"do": "aside:look", "why": "gone"})
    assert answer.status_code == 422
    assert "Choose at least one claim." in text(answer)


def test_what_readers_have_is_shown_and_no_other_verdict(cast):
    """Nobody is shown fifty decisions by reading a list, and so counted as having seen them."""
    cast.published()
    other = c.import_text(cast.desk, cast.eda, "Another\n\nThe pier is old.")
    decided = c.mark(other, "The pier is old", cast.eda)
    c.triage_all(other, cast.eda)
    workflow.open_checking(other, [cast.ann, cast.ben], actor=cast.eda)
    for person in (cast.ann, cast.ben):
        c.annotate(decided, person)
    c.decide(decided, cast.eda)
    page = text(of(cast.mia).get(PAGE))
    assert page.count('class="badge') == 1
    assert page.count("Not shown in this list") == 1
    assert "A verdict that readers do not have yet is not shown in this list" in page
    assert "Not shown in this list" not in text(of(cast.mia).get(PAGE, {"q": "ferry"}))
    assert not Sighting.objects.filter(person=cast.mia).exists()


def test_the_list_is_a_table_with_verdict_claimant_people_due_and_age(cast):
    _article, claim = cast.published()
    body = text(of(cast.eda).get(PAGE))
    heads = re.findall(r'<th scope="col"[^>]*>\s*(?:<a[^>]*>)?([^<]*?)(?:</a>)?\s*</th>', body)
    assert heads == [
        "Claim", "Verdict", "Claimant", "Stage", "Waits for", "Due", "Added",
    ]  # fmt: skip
    (row,) = re.findall(r"(?s)<tbody>.*?<tr[^>]*>(.*?)</tr>", body)
    assert '<th scope="row">' in row
    assert 'class="badge' in row
    assert f'datetime="{claim.created_at:%Y}' in row
    assert row.count('type="checkbox"') == 1
    plain = text(of(cast.ola).get(PAGE))
    assert 'type="checkbox"' not in plain.partition("<table")[2].partition("</table>")[0]
