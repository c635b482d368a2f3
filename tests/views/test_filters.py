"""What is looked for on the desk goes along into the workbench, and tells nothing it should not."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations import exchange, workflow
from annotations.formats import plain
from annotations.models import Article, Assignment, Comment, Orphan
from annotations.queries import filters, finding, workbench
from annotations.queries.access import desks_for
from annotations.queries.queue import queue
from tests import cast as c
from tests.cast import Cast

TEXT = "The pier\n\nIn 1901 the pier burned. In 1902 it was built again, they say."


def as_(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def found(person: Any, query: str) -> str:
    return str(as_(person).get(reverse("articles", args=["desk"]), {"q": query}).content.decode())


@pytest.fixture
def pier(cast: Cast) -> Article:
    """An article with one claim in checking and one set aside, beside the cast's own article."""
    cast.marked()
    article = c.import_text(cast.desk, cast.eda, TEXT)
    first = c.mark(article, "In 1901 the pier burned", cast.eda)
    second = c.mark(article, "In 1902 it was built again", cast.eda)
    c.triage_all(article, cast.eda)
    workflow.set_aside(second, "opinion", actor=cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    assert first.pk
    return article


def test_the_workbench_opens_with_the_filter_that_the_article_was_found_by(cast, pier):
    page = found(cast.eda, "pier state:checking")
    link = f"{reverse('workbench', args=[pier.pk])}?q=state%3Achecking"
    assert f'href="{link}"' in page
    assert "Ferry" not in page
    bench = as_(cast.eda).get(link).content.decode()
    assert "1 of 2 claims" in bench
    assert "Show all" in bench
    assert 'data-claim="1"' in bench
    assert 'data-claim="2"' not in bench


@pytest.mark.parametrize(
    ("who", "query", "is_there"),
    [
        ("eda", "state:set_aside", True),
        ("eda", "state:deciding", False),
        ("ann", "is:mine", True),
        ("ola", "is:mine", False),
        ("eda", "is:orphan", False),
        ("ann", "is:mine state:checking", True),
        ("ann", "is:mine state:set_aside", False),  # of two claims one is mine, one set aside
        ("eda", "burned", True),
        ("eda", "PIER 1902", True),
        ("eda", "pier ferry", False),
        ("eda", "50%", False),
    ],
)
def test_articles_are_found_by_what_they_say_and_where_they_are(cast, pier, who, query, is_there):
    link = reverse("workbench", args=[pier.pk])
    assert (f'href="{link}' in found(getattr(cast, who), query)) is is_there


def test_claims_are_those_of_the_current_text_and_of_marks_without_a_place(cast, pier):
    changed = TEXT.replace("the pier burned", "the pier sank")
    exchange.revise(pier, plain.read(changed, "en"), actor=cast.eda, based_on=1)
    link = f'href="{reverse("workbench", args=[pier.pk])}'
    for query in ("is:orphan", "burned", "state:checking"):
        assert link in found(cast.eda, query), query
    assert link not in found(cast.eda, "is:orphan is:mine")
    assert link in found(cast.ann, "is:orphan is:mine")
    workflow.let_go(Orphan.objects.get(), "gone", actor=cast.eda)
    for query in ("is:orphan", "burned", "state:checking"):
        assert link not in found(cast.eda, query), query


def test_a_term_that_means_nothing_is_named_and_what_could_be_meant(cast, pier):
    page = found(cast.eda, "state:nowhere pier")
    assert "We do not know the filter “state:nowhere”." in page
    assert "state:checking" in page
    assert f'href="{reverse("workbench", args=[pier.pk])}"' in page, "the other terms still count"


def test_a_checker_learns_nothing_from_a_filter_while_others_answer(cast, pier):
    claim = pier.revision.marks.order_by("start")[0].claim
    queries = ["state:checking", "state:deciding", "is:mine", "is:orphan", "pier"]

    def lists() -> list[str]:
        # A page's token is another each time, its clock another each minute; the rest tells.
        changing = re.compile(r'value="\w{64}"|\d\d:\d\d')
        return [changing.sub("", found(cast.ann, query)) for query in queries]

    before = lists()
    c.annotate(claim, cast.ben, "true")
    assert lists() == before


@pytest.mark.parametrize(
    ("who", "query", "is_there"),
    [
        ("ann", "assignee:me", True),
        ("eda", "assignee:me", False),
        ("eda", "assignee:BEN", True),
        ("eda", "assignee:nobody", False),
        ("eda", "assignee:none", True),  # the claim that was set aside
        ("eda", "assignee:none state:checking", False),
        ("eda", "due:none", False),
        ("eda", "due:<2026-12-01", False),
        ("eda", "due:2026-12-01", True),
        ("eda", "due:>2026-11-30 assignee:ann", True),
        ("eda", "due:today", False),
        ("eda", "has:comment", False),
    ],
)
def test_claims_are_found_by_who_is_asked_until_when_and_what_was_said(
    cast, pier, time_machine, who, query, is_there
):
    time_machine.move_to("2026-11-25T10:00:00Z", tick=False)
    Assignment.objects.update(due_at="2026-12-01T12:00:00Z")
    link = reverse("workbench", args=[pier.pk])
    assert (f'href="{link}' in found(getattr(cast, who), query)) is is_there
    bench = as_(getattr(cast, who)).get(link, {"q": query}).content.decode()
    assert ("No claim fits." in bench) is not is_there


def test_what_others_do_is_no_answer_to_who_is_blind(cast, pier):
    """Ann owes a check: whether Ben is asked, until when, and who spoke, changes nothing."""
    link = f'href="{reverse("workbench", args=[pier.pk])}'
    asked = ("assignee:ben", "due:<2030-01-01", "has:comment", "assignee:none state:checking")
    claim = pier.revision.marks.order_by("start")[0].claim
    before = [link in found(cast.ann, query) for query in asked]
    Assignment.objects.filter(person=cast.ben).update(due_at="2027-01-01T12:00:00Z")
    c.annotate(claim, cast.ben, "false")
    Comment.objects.create(claim=claim, author=cast.eda, body="So it is.")
    assert [link in found(cast.ann, query) for query in asked] == before == [False] * 4
    assert link in found(cast.eda, "has:comment")


@pytest.mark.parametrize("term", ["due:tomorrow", "due:2026-02-31", "has:cake", "assignee:"])
def test_a_relation_that_cannot_be_read_is_named(cast, pier, term):
    page = unescape(found(cast.eda, term))
    assert f"We do not know the filter “{term}”." in page
    assert "assignee:me" in page


def test_the_queue_is_filtered_and_shows_what_else_fits(cast):
    """What needs the person comes first; the same search leads to all articles and to claims."""
    article, _claim = cast.checking()
    other = c.import_text(cast.desk, cast.eda, "The ferry again\n\nIt sank.")
    c.import_text(cast.desk, cast.eda, "The bridge\n\nIt stands.")
    answer = as_(cast.ann).get(reverse("queue", args=["desk"]), {"q": "ferry state:checking"})
    groups = {group["title"]: group["rows"] for group in answer.context["groups"]}
    assert {name: [row["title"] for row in rows] for name, rows in groups.items()} == {
        "Now": [article.title]
    }
    assert groups["Now"][0]["verb_url"].endswith("?q=state%3Achecking")
    page = answer.content.decode()
    assert f"{reverse('claims', args=['desk'])}?q=ferry+state%3Achecking" in page
    answer = as_(cast.ann).get(reverse("queue", args=["desk"]), {"q": "ferry"})
    titles = [row["title"] for group in answer.context["groups"] for row in group["rows"]]
    assert titles == [article.title, other.title]
    assert (
        "Nothing was found"
        in as_(cast.ann).get(reverse("queue", args=["desk"]), {"q": "zeppelin"}).content.decode()
    )


def claims_found(person: Any, query: str) -> bool:
    page = as_(person).get(reverse("claims", args=["desk"]), {"q": query}).content.decode()
    return c.MARKED in page


@pytest.mark.parametrize("who", ["ann", "ben", "eda", "ola"])
def test_rated_means_the_same_on_every_list(cast, who):
    """One's own rating before disclosure, the verdict that one may see afterwards."""
    article, claim = cast.checking()
    person = getattr(cast, who)
    bench = reverse("workbench", args=[article.pk])

    def everywhere(query: str) -> set[bool]:
        rail = finding.matching(workbench.workbench(article, person, query), query)
        link = f"{bench}?q={query.replace(':', '%3A')}"
        return {bool(rail), link in found(person, query), claims_found(person, query)}

    c.annotate(claim, cast.ann)
    assert everywhere("is:rated") == {who == "ann"}
    assert everywhere("is:unrated") == {who != "ann"}
    c.annotate(claim, cast.ben)
    assert everywhere("is:rated") == {who in ("ann", "ben")}
    c.decide(claim, cast.eda)
    assert everywhere("is:rated") == {True}
    assert everywhere("is:unrated") == {False}


def test_the_stage_that_an_article_waits_for_finds_those_that_the_queue_counts(cast, pier):
    c.import_text(cast.desk, cast.eda, "Empty\n\nNobody marked anything here.")
    for year, stage in ((1701, "deciding"), (1702, "decided"), (1703, "published")):
        words = f"In {year} the pier was new"
        article = c.import_text(cast.desk, cast.eda, f"Pier of {year}\n\n{words}, they say.")
        claim = c.mark(article, words, cast.eda)
        c.triage_all(article, cast.eda)
        workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
        c.annotate(claim, cast.ann)
        c.annotate(claim, cast.ben)
        if stage != "deciding":
            c.decide(claim, cast.eda)
        if stage == "published":
            workflow.approve(claim, actor=cast.eli)
            workflow.publish(article, actor=cast.eli)
    mixed = c.import_text(cast.desk, cast.eda, "Two\n\nIn 1801 it burned. In 1802 it stood again.")
    late = c.mark(mixed, "In 1801 it burned", cast.eda)
    early = c.mark(mixed, "In 1802 it stood again", cast.eda)
    c.triage_all(mixed, cast.eda)
    workflow.open_checking(mixed, [cast.ann, cast.ben], actor=cast.eda)
    c.annotate(late, cast.ann)
    c.annotate(late, cast.ben)
    assert early.pk
    desk = desks_for(cast.eda)[0]
    stages = queue(desk, cast.eda).stages
    assert {stage for stage, _count in stages} == {"spotted", "checking", "deciding", "decided"}
    for stage, count in stages:
        wanted = filters.parse(f"stage:{stage}")
        assert not wanted.unknown
        fitting = filters.matching(Article.objects.filter(desk=desk), wanted, cast.eda)
        assert fitting.count() == count, stage
    assert mixed.title in found(cast.eda, "stage:checking")
    assert mixed.title not in found(cast.eda, "stage:deciding")
    assert filters.parse("stage:nowhere").unknown == ("stage:nowhere",)
