"""The decider's page: citations to take, sources to add, and nothing typed that is lost."""

from __future__ import annotations

import re
import uuid

import pytest
from django.urls import reverse

from annotations import workflow
from annotations.editions import reading
from annotations.models import Citation, Claim, Correction, Rating, Source
from tests import cast as c

ADDED = {
    "add-TOTAL_FORMS": "1",
    "add-INITIAL_FORMS": "0",
    "add-0-url": "https://archive.example/register",
    "add-0-title": "The register itself",
    "add-0-stance": "contradicts",
    "add-0-passage": "It lists no such order.",
    "add-0-locator": "p. 17",
}
NONE_ADDED = {"add-TOTAL_FORMS": "1", "add-INITIAL_FORMS": "0"}


@pytest.fixture
def page(cast, client):
    cast.at, cast.claim = cast.deciding()
    client.force_login(cast.eda)
    return reverse("decide_claim", args=[cast.at.pk, cast.claim.pk])


def sent(client, page, **typed):
    """The form as the page has it, with what a person types."""
    form = client.get(page).context["form"]
    return {
        "key": str(uuid.uuid4()),
        "based_on": form["based_on"].value(),
        "rating": str(Rating.objects.get(slug="false").pk),
        "finding": "It is not so.",
        "justification": "The register has no such order.",
        "evidence_as_of": "2026-11-24",
        "cause": "source",
        "reason": "Neither looked into the register.",
        "cite": form["cite"].value(),
    } | typed


def cited(claim):
    verdict = Claim.objects.get(pk=claim.pk).verdict
    assert verdict is not None
    rows = verdict.citations.all()
    return list(rows.values_list("source__title", "passage", "locator"))


@pytest.mark.parametrize("who", ["eda", "mia"])
def test_why_the_ratings_differed_is_said_once_whoever_decides_again(cast, client, who):
    article, claim = cast.published()
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    client.force_login(getattr(cast, who))
    form = client.get(reverse("decide_claim", args=[article.pk, claim.pk])).context["form"]
    assert form["cause"].value() == "error"
    assert form["reason"].value() == "The second register is newer."


def test_a_decider_adds_a_source_of_their_own(cast, client, page):
    assert client.post(page, sent(client, page, **ADDED)).status_code == 302
    assert sorted(cited(cast.claim)) == [
        ("Register of Ann", "Passage of Ann", ""),
        ("Register of Ben", "Passage of Ben", ""),
        ("The register itself", "It lists no such order.", "p. 17"),
    ]
    source = Source.objects.get(url="https://archive.example/register")
    assert source.added_by == cast.eda


def test_an_empty_row_adds_nothing_and_half_a_row_is_said_where_it_is(cast, client, page):
    half = ADDED | {"add-0-title": "", "add-0-url": "", "add-0-stance": ""}
    answer = client.post(page, sent(client, page, **half))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "A source that you add is not complete yet." in body
    assert "Give its address or its title." in body
    assert "This field is required." in body
    assert "It lists no such order." in body, "what was typed is still there"
    two = ADDED | {"add-0-passage": "", "add-0-url": "https://a.example/ https://b.example/"}
    answer = client.post(page, sent(client, page, **two))
    assert "Give one address a source" in answer.content.decode()
    assert not Source.objects.filter(url="https://archive.example/register").exists()
    assert client.post(page, sent(client, page, **NONE_ADDED)).status_code == 302
    assert len(cited(cast.claim)) == 2


def test_a_stance_alone_is_no_source(cast, client, page):
    """No press takes back what was chosen of it."""
    alone = NONE_ADDED | {"add-0-stance": "supports"}
    assert client.post(page, sent(client, page, **alone)).status_code == 302
    assert len(cited(cast.claim)) == 2


def test_sent_twice_it_adds_one_source(cast, client, page):
    form = sent(client, page, **ADDED)
    answers = [client.post(page, form) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {reverse("decide", args=[cast.at.pk])}
    assert Source.objects.filter(added_by=cast.eda).count() == 1


def test_one_more_row_keeps_what_was_typed_and_saves_nothing(cast, client, page):
    answer = client.post(page, sent(client, page, do="more", finding="Half a", **ADDED))
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "Half a" in body
    assert "The register itself" in body
    assert len(re.findall(r'name="add-\d-url"', body)) == 2
    assert Claim.objects.get(pk=cast.claim.pk).verdict is None
    assert not Source.objects.filter(added_by=cast.eda).exists()


def test_adopting_takes_over_the_words_and_keeps_what_was_typed(cast, client, page):
    typed = sent(client, page, do="adopt A", finding="My own words.", cause="guidelines", **ADDED)
    kept = typed["cite"][:1]
    answer = client.post(page, typed | {"cite": kept})
    form = answer.context["form"]
    adopted = answer.context["annotations"][0]
    assert form["finding"].value() == adopted["finding"]
    assert form["justification"].value() == adopted["justification"]
    assert form["rating"].value() == adopted["rating"].pk
    assert form["cite"].value() == kept
    assert form["cause"].value() == "guidelines"
    assert form.before == {
        "Finding": "My own words.",
        "Justification": "The register has no such order.",
    }
    body = answer.content.decode()
    assert "The register itself" in body
    # Adopting the other next: A's words are no loss, they stand above.
    again = client.post(page, typed | {"do": "adopt B", "finding": adopted["finding"]})
    assert "Finding" not in again.context["form"].before
    assert Claim.objects.get(pk=cast.claim.pk).verdict is None


def test_a_correction_begins_with_what_the_last_verdict_stands_on(cast, client, page):
    first = sent(client, page, **ADDED)
    first["cite"] = first["cite"][:1]
    (left,) = Citation.objects.filter(uuid__in=first["cite"])
    client.post(page, first)
    workflow.approve(cast.claim, actor=cast.eli)
    workflow.publish(cast.at, actor=cast.eli)
    workflow.reopen(cast.claim, actor=cast.eli, reason="A letter came.")
    form = client.get(page).context["form"]
    taken = Citation.objects.filter(uuid__in=form["cite"].value())
    assert {row.source.title for row in taken} == {left.source.title, "The register itself"}
    body = client.get(page).content.decode()
    assert "in the last verdict" in body
    assert "cited by A, and in the last verdict" in body or "cited by B, and in" in body
    client.post(page, sent(client, page, finding="Still not so.", **NONE_ADDED))
    assert ("The register itself", "It lists no such order.", "p. 17") in cited(cast.claim)
    assert len(cited(cast.claim)) == 2, "what was left out then stays out"


def test_two_passages_of_one_document_both_reach_the_verdict(cast, client):
    article, claim = cast.checking()
    for page_number in ("3", "17"):
        workflow.save_citation(
            c.check_of(claim, cast.ann),
            workflow.SourceDraft("Annual report", url="https://report.example/2025"),
            person=cast.ann,
            stance="context",
            passage=f"Passage on page {page_number}",
            locator=f"p. {page_number}",
        )
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    client.force_login(cast.eda)
    page = reverse("decide_claim", args=[article.pk, claim.pk])
    client.post(page, sent(client, page, **NONE_ADDED))
    assert {locator for _title, _passage, locator in cited(claim)} >= {"p. 3", "p. 17"}


# --- the order of the citations, which is what readers get ---


def titles(answer) -> list[str]:
    return [source["title"] for source in answer.context["sources"]]


def keys(answer) -> list[str]:
    return [each["key"] for source in answer.context["sources"] for each in source["passages"]]


def test_without_scripts_a_source_is_put_later_and_nothing_typed_is_lost(cast, client, page):
    before = client.get(page)
    first, second = keys(before)
    typed = sent(client, page, do=f"later-source {first}", finding="Half a", **ADDED)
    answer = client.post(page, typed | {"cite": [first]})
    assert titles(answer) == titles(before)[::-1]
    assert answer.context["form"]["finding"].value() == "Half a"
    assert answer.context["form"]["cite"].value() == [first]
    order = answer.context["form"]["order"].value()
    assert order.split() == [second, first]
    assert client.post(page, sent(client, page, order=order, **NONE_ADDED)).status_code == 302
    assert [title for title, *_rest in cited(cast.claim)] == titles(before)[::-1]


def test_a_source_that_the_decider_adds_stands_first_if_they_say_so(cast, client, page):
    more = ADDED | {"add-0-comes_first": "on"}
    again = client.post(page, sent(client, page, do="more", **more))
    assert again.context["form"].added[0]["comes_first"].value()
    assert client.post(page, sent(client, page, **more)).status_code == 302
    assert cited(cast.claim)[0] == ("The register itself", "It lists no such order.", "p. 17")
    assert len(cited(cast.claim)) == 3


def test_adopting_an_annotation_takes_its_order_until_somebody_chose_one(cast, client, page):
    a, b = keys(client.get(page))
    adopted = client.post(page, sent(client, page, do="adopt B", **NONE_ADDED))
    assert keys(adopted) == [b, a]
    order = adopted.context["form"]["order"].value()
    again = client.post(page, sent(client, page, do="adopt A", order=order, **NONE_ADDED))
    assert keys(again) == [a, b]
    typed = f"{a} nonsense"
    kept = client.post(page, sent(client, page, do="adopt B", order=typed, **NONE_ADDED))
    assert keys(kept) == [a, b]


@pytest.mark.parametrize("do", ["earlier nonsense", "later-source ", "earlier-source x y"])
def test_a_made_up_move_moves_nothing(cast, client, page, do):
    before = keys(client.get(page))
    answer = client.post(page, sent(client, page, do=do, **NONE_ADDED))
    assert (answer.status_code, keys(answer)) == (200, before)


def test_a_correction_that_only_reorders_says_so_and_begins_where_the_last_one_ended(cast, client):
    article, claim = cast.deciding()
    rows = Citation.objects.filter(annotation__assignment__claim=claim).order_by("pk")
    both = [workflow.CitationDraft(row.source, row.stance, row.passage) for row in rows]
    c.decide(claim, cast.eda, citations=both)
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    client.force_login(cast.eda)
    workflow.reopen(claim, actor=cast.eli, reason="The order.")
    page = reverse("decide_claim", args=[article.pk, claim.pk])
    first = client.get(page)
    order = " ".join(keys(first)[::-1])
    last = Claim.objects.get(pk=claim.pk).verdict
    assert last is not None
    words = {"finding": last.finding, "justification": last.justification}
    words |= {"evidence_as_of": str(last.evidence_as_of), "rating": str(last.rating_id)}
    assert (
        client.post(page, sent(client, page, order=order, **words, **NONE_ADDED)).status_code == 302
    )
    workflow.send_back(claim, actor=cast.eli, reason="Look again.")
    assert [t for t, *_ in cited(claim)] == titles(first)[::-1]
    again = client.get(page)
    assert titles(again) == titles(first)[::-1]
    form = sent(client, page, order="", **words, **NONE_ADDED)
    assert client.post(page, form).status_code == 302
    workflow.approve(claim, actor=cast.eli)
    note = workflow.CorrectionNote("correction", "The register comes first.")
    workflow.publish(article, actor=cast.eli, notes={claim.pk: note})
    edition = reading.read_claim(claim.editions.latest("number").content)
    assert [each.title for each in edition.citations] == titles(again)
    told = [change["field"] for change in Correction.objects.get().changes]
    assert "source_order" in told
    assert not {"evidence", "source_details"} & set(told)
