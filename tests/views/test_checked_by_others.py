"""Earlier checks by others on a claim's panel: offered quietly, telling nothing of colleagues."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from annotations import workflow
from annotations.models import EarlierCheck, Sighting
from tests import cast as c
from tests.views.test_access import client_of

SUMMARY = "Others have checked this"


def known(cast: Any, **said: Any) -> EarlierCheck:
    fields = {
        "claim": f"It is so that: {c.MARKED}",
        "publisher": "The Lantern",
        "rating": "Mostly <b>false</b>",
        "url": "https://lantern.example/1",
        "published_on": "2026-03",
        "external_id": "1",
    }
    return EarlierCheck.objects.create(desk=cast.desk, added_by=cast.eda, **fields | said)


def panel(person: Any, article: Any, claim: Any, more: str = "") -> str:
    address = f"{reverse('workbench', args=[article.pk])}?claim={claim.pk}{more}"
    answer = client_of(person).get(address, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("who", ["ann", "ben", "eda", "mia", "ola"])
def test_it_says_who_published_what_where_and_when(cast, who):
    article, claim = cast.checking()
    known(cast)
    shown = panel(getattr(cast, who), article, claim)
    assert SUMMARY in shown
    assert "Mostly &lt;b&gt;false&lt;/b&gt;" in shown
    assert 'href="https://lantern.example/1" rel="noreferrer nofollow"' in shown
    assert "The Lantern" in shown
    assert "March 2026" in shown
    assert '<details class="others">' in shown, "closed, until somebody wants to know"


@pytest.mark.parametrize(("said", "tag"), [("de_DE", "de-DE"), ("English", ""), ("", "")])
def test_what_a_file_calls_its_language_is_a_tag_or_none(cast, said, tag):
    article, claim = cast.checking()
    known(cast, language=said)
    assert f'<div lang="{tag}" dir="auto">' in panel(cast.ann, article, claim)


def test_nothing_is_said_where_nobody_has(cast):
    article, claim = cast.checking()
    known(cast, claim="The pier is safe.")
    assert SUMMARY not in panel(cast.ann, article, claim)


def test_an_address_that_is_none_is_no_link(cast):
    article, claim = cast.checking()
    known(cast, url="", publisher="")
    assert SUMMARY in panel(cast.ann, article, claim)


def test_it_never_becomes_an_answer_of_ours(cast):
    article, claim = cast.checking()
    known(cast, rating="False")
    shown = panel(cast.ann, article, claim)
    form = shown[shown.index("<form") :]
    assert "checked" not in form
    assert "Lantern" not in form


def test_it_is_the_same_for_a_blind_checker_whatever_colleagues_do(cast):
    article, claim = cast.checking()
    known(cast)

    def others() -> str:
        shown = panel(cast.ann, article, claim)
        return shown[shown.index('<details class="others">') :].partition("</details>")[0]

    before = others()
    c.annotate(claim, cast.ben, "half")
    assert others() == before
    assert not Sighting.objects.filter(person=cast.ann).exists(), "there is nothing to have seen"


def test_it_stands_beside_the_claim_and_not_in_its_history_or_discussion(cast):
    article, claim = cast.deciding()
    known(cast)
    assert SUMMARY in panel(cast.eda, article, claim)
    for tab in ("history", "discussion"):
        assert SUMMARY not in panel(cast.eda, article, claim, f"&tab={tab}")


def test_it_is_there_again_where_a_form_comes_back(cast):
    article, claim = cast.checking()
    known(cast)
    check = c.check_of(claim, cast.ann)
    workflow.start(check, actor=cast.ann)
    typed = {"finding": "x" * 200, "version": "0", "then": "submit"}
    answer = client_of(cast.ann).post(reverse("annotate", args=[check.uuid]), typed)
    assert answer.status_code == 422
    assert SUMMARY in answer.content.decode()
    assert article.pk
