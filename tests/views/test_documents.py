"""One document is one: for readers, on its own page, and never before it is disclosed."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Article, Assignment, Claim, Source, User
from tests import cast as c

SPELLINGS = [
    "https://records.example/register?utm_source=mail",
    "http://records.example/register/",
    "https://m.records.example/register#page2",
]


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def answer(claim: Claim, person: User, *uses: tuple[str, str]) -> Assignment:
    """An annotation that cites these addresses, each with its passage; handed in."""
    check = c.check_of(claim, person)
    workflow.start(check, actor=person)
    finding = workflow.Answer(c.rating(claim, "false"), "It is not so.", "We looked.", "high")
    workflow.save_annotation(check, finding, person=person, based_on=0)
    for url, passage in uses:
        source = workflow.SourceDraft("The register", "The archive", url)
        workflow.save_citation(check, source, person=person, stance="contradicts", passage=passage)
    workflow.submit(check, actor=person)
    return check


@pytest.fixture
def published(cast) -> tuple[Article, Claim]:
    article, claim = cast.checking()
    answer(claim, cast.ann, (SPELLINGS[0], "One."), (SPELLINGS[1], "Two."))
    answer(claim, cast.ben, (SPELLINGS[2], "Three."))
    rows = list(Source.objects.order_by("pk"))
    cited = [
        workflow.CitationDraft(row, "contradicts", passage)
        for row, passage in zip(rows, ("One.", "Two.", "Three."), strict=True)
    ]
    c.decide(claim, cast.eda, citations=cited)
    workflow.approve(Claim.objects.get(pk=claim.pk), actor=cast.mia)
    workflow.publish(Article.objects.get(pk=article.pk), actor=cast.mia)
    return Article.objects.get(pk=article.pk), Claim.objects.get(pk=claim.pk)


def test_readers_get_a_document_once_with_each_passage(cast, published, client):
    article, claim = published
    page = client.get(reverse("public_claim", args=["desk", claim.number, claim.slug]))
    text = page.content.decode()
    evidence = text[text.index('id="evidence"') :]
    assert evidence.count("<h3>") == 1
    assert re.search(r'Evidence <span class="tabular">1</span>', text)
    for passage in ("One.", "Two.", "Three."):
        assert passage in evidence
    page = client.get(reverse("public_article", args=["desk", article.slug])).content.decode()
    sources = page[page.index('id="sources"') :]
    assert sources.count("The register") == 1
    assert 'Sources <span class="tabular">1</span>' in sources


def test_two_documents_without_an_address_are_two_unless_all_that_is_said_is_the_same(cast, client):
    article, claim = cast.deciding()
    makers = [("A letter", "The mayor"), ("A letter", "The line"), ("A letter", "The mayor")]
    cited = []
    for number, (title, publisher) in enumerate(makers):
        row = Source.objects.create(
            desk=cast.desk, title=title, publisher=publisher, added_by=cast.eda
        )
        cited.append(workflow.CitationDraft(row, "context", f"Passage {number}."))
    c.decide(claim, cast.eda, citations=cited)
    workflow.approve(Claim.objects.get(pk=claim.pk), actor=cast.mia)
    workflow.publish(Article.objects.get(pk=article.pk), actor=cast.mia)
    claim = Claim.objects.get(pk=claim.pk)
    page = client.get(reverse("public_claim", args=["desk", claim.number, claim.slug]))
    evidence = page.content.decode().partition('id="evidence"')[2]
    assert evidence.count("<h3>") == 2


def page_of(person: User, source: Source) -> str:
    answer = client_of(person).get(reverse("source", args=[source.uuid]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_of_a_source_says_where_it_is_cited_and_knows_no_undisclosed_use(cast):
    _article, claim = cast.checking()
    check = answer(claim, cast.ann, (SPELLINGS[0], "Ann’s passage."))
    mine = Source.objects.get(added_by=cast.ann)
    before = page_of(cast.ann, mine)
    assert "Where it is cited" in before
    assert "Ann’s passage." in before
    theirs = workflow.SourceDraft("BEN’S TITLE", url=SPELLINGS[1])
    other = c.check_of(claim, cast.ben)
    workflow.save_citation(other, theirs, person=cast.ben, stance="supports", passage="SECRET")
    token = re.compile(r'name="(csrfmiddlewaretoken|key)"[^>]*|nonce="[^"]*"')
    assert token.sub("", page_of(cast.ann, mine)) == token.sub("", before), "not a byte more"
    source = Source.objects.get(added_by=cast.ben)
    assert client_of(cast.ann).get(reverse("source", args=[source.uuid])).status_code == 404
    assert source.document == mine.document, "they are one, and nobody is told"
    workflow.remove_citation(other, other.annotation.citations.get(), person=cast.ben)
    answer_of_ben = c.check_of(claim, cast.ben)
    workflow.save_annotation(
        answer_of_ben,
        workflow.Answer(c.rating(claim, "true"), "So.", "It is.", "high"),
        person=cast.ben,
        based_on=answer_of_ben.annotation.version,
    )
    workflow.save_citation(
        answer_of_ben, theirs, person=cast.ben, stance="supports", passage="Ben’s passage."
    )
    workflow.submit(answer_of_ben, actor=cast.ben)
    together = page_of(cast.ann, mine)
    assert "BEN’S TITLE" in together, "disclosed, the two are read as one"
    assert "Ben’s passage." in together
    assert check.annotation.citations.get().source == mine, "and each keeps its history"


def test_copies_of_one_document_are_listed_together_once_disclosed(cast):
    _article, claim = cast.checking()
    answer(claim, cast.ann, (SPELLINGS[0], "One."))
    mine = Source.objects.get(added_by=cast.ann)
    answer(claim, cast.ben, (SPELLINGS[1], "Two."))
    theirs = Source.objects.get(added_by=cast.ben)
    workflow.keep_copy(theirs, b"What stood there.", person=cast.ben, name="bens.html")
    assert "bens.html" in page_of(cast.ann, mine)


def test_a_source_is_found_by_its_authors_and_its_isbn(cast):
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    book = workflow.SourceDraft("Piers", authors="Dr Quay", isbn="9783161484100", kind="research")
    workflow.save_citation(check, book, person=cast.ann, stance="context")
    url = reverse("find_source", args=[check.uuid])
    for words in ("quay", "978-3-16-148410-0", "316148410X"):
        assert "Piers" in client_of(cast.ann).get(url, {"find": words}).content.decode(), words
    for words in ("---", "978"):
        assert "Piers" not in client_of(cast.ann).get(url, {"find": words}).content.decode()
    assert "Research" in page_of(cast.ann, Source.objects.get())


def test_sources_from_before_are_told_which_document_they_are_though_work_stands_on_them(cast):
    _article, claim = cast.checking()
    answer(claim, cast.ann, (SPELLINGS[0], "One."))
    with connection.cursor() as cursor:
        cursor.execute("update annotations_source set document = ''")
    import_module("annotations.migrations.0071_documents").fill(apps, None)
    assert Source.objects.get().document == "https://records.example/register"
