"""Links in what a desk writes: on pages, and as plain words where there are none."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Edition, Report
from tests import cast as c

FINDING = "No: see [the register](https://register.example/7)."
REASONS = "It stands in [the *old* list](https://list.example/) and at https://list.example/2."
LINK = '<a href="https://register.example/7" rel="noopener nofollow">the register</a>'
IN_WORDS = "No: see the register (https://register.example/7)."


@pytest.fixture
def published(cast):
    article, claim = cast.deciding()
    c.decide(claim, cast.eda, finding=FINDING, justification=REASONS)
    workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    return cast, article, type(claim).objects.get(pk=claim.pk)


def read(name: str, *args: object, person=None) -> str:
    client = Client()
    if person is not None:
        client.force_login(person)
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_readers_follow_the_links_of_a_finding_and_its_reasons(published):
    _cast, article, claim = published
    page = read("public_claim", "desk", claim.number, claim.slug)
    assert LINK in page
    assert 'href="https://list.example/" rel="noopener nofollow">the <em>old</em> list</a>' in page
    assert 'content="No: see the register."' in page
    assert LINK in read("public_article", "desk", article.slug)


def test_machines_get_plain_words_with_the_address(published):
    _cast, _article, claim = published
    page = read("public_claim", "desk", claim.number, claim.slug)
    review = json.loads(page.split('application/ld+json">')[1].split("</script>")[0])
    assert review["reviewRating"]["ratingExplanation"] == IN_WORDS
    assert "the old list (https://list.example/)" in review["reviewBody"]
    assert IN_WORDS in read("desk_checks_feed", "desk")
    (line,) = read("desk_checks_lines", "desk").splitlines()
    assert json.loads(line)["text"] == IN_WORDS


def test_an_embed_has_the_words_alone(published):
    _cast, _article, claim = published
    page = read("embed_claim", "desk", claim.number, claim.slug)
    assert "No: see the register." in page
    assert "register.example" not in page


def test_what_is_kept_is_what_was_typed(published):
    _cast, _article, claim = published
    edition = Edition.objects.get(claim=claim)
    assert edition.content["verdict"]["finding"] == FINDING
    assert edition.content["verdict"]["justification"] == REASONS


def test_what_a_reader_reports_has_no_links(published):
    cast, _article, claim = published
    edition = Edition.objects.get(claim=claim)
    Report.objects.create(edition=edition, words=FINDING, evidence="https://bad.example/")
    page = read("reports", "desk", person=cast.eda)
    assert "[the register](https://register.example/7)" in page
    assert 'href="https://bad.example' not in page
    assert 'href="https://register.example' not in page


def test_the_desk_follows_them_too(published):
    cast, article, claim = published
    assert LINK in read("outcomes", "desk", person=cast.ann)
    workflow.reopen(claim, actor=cast.eli, reason="A letter.")
    workflow.give_back(c.check_of(claim, cast.ann), actor=cast.eda, reason="Look again.")
    c.annotate(claim, cast.ann, "true", FINDING)
    assert LINK in read("decide", article.pk, person=cast.eda)
