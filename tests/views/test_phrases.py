"""Words that a desk uses again: kept by editors, found by whoever writes, lost by nobody."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Phrase, User
from annotations.workflow.phrases import MOST

LIST = reverse("phrases", args=["desk"])
OFFERED = reverse("offered_phrases", args=["desk"])
WORDS = {"name": "Out of date", "body": "The figure is of 2019; a newer one is *4,100*."}


def of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def add(person: User, **sent: str) -> Any:
    return of(person).post(LIST, WORDS | {"key": str(uuid.uuid4())} | sent)


@pytest.fixture
def phrase(cast) -> Phrase:
    return workflow.keep_phrase(cast.desk, WORDS["name"], WORDS["body"], actor=cast.eda)


def test_an_editor_keeps_words_and_whoever_writes_is_offered_them(cast):
    answer = add(cast.eda)
    assert answer["Location"] == LIST
    page = of(cast.ann).get(LIST).content.decode()
    assert WORDS["body"] in page
    assert "Add words" not in page, "a checker uses them, and writes none"
    offered = of(cast.ann).get(OFFERED).content.decode()
    assert f'data-phrase="{WORDS["body"]}"' in offered


@pytest.mark.parametrize("missing", ["name", "body"])
def test_what_says_nothing_comes_back_as_it_was_typed(cast, missing):
    answer = add(cast.eda, **{missing: ""})
    assert answer.status_code == 422
    (kept,) = [words for name, words in WORDS.items() if name != missing]
    assert kept in answer.content.decode()
    assert not Phrase.objects.exists()


def test_sent_twice_they_are_kept_once(cast):
    key = str(uuid.uuid4())
    for _again in range(2):
        assert add(cast.eda, key=key)["Location"] == LIST
    assert Phrase.objects.count() == 1


def test_a_name_is_given_once_at_a_desk(cast, phrase):
    answer = add(cast.eda, body="Other words.")
    assert answer.status_code == 409
    assert "by the name “Out of date” already" in answer.content.decode()
    assert "Other words." in answer.content.decode()


def test_words_that_somebody_changed_meanwhile_are_shown_beside_ones_own(cast, phrase):
    url = reverse("edit_phrase", args=["desk", phrase.uuid])
    workflow.keep_phrase(
        cast.desk, "Old figure", "Theirs.", actor=cast.eli, phrase=phrase, based_on=1
    )
    sent = {"name": "Stale", "body": "Mine.", "based_on": "1"}
    answer = of(cast.eda).post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs." in page
    assert "Mine." in page
    assert 'name="based_on" value="2"' in page
    assert of(cast.eda).post(url, sent | {"based_on": "2"})["Location"] == LIST
    phrase.refresh_from_db()
    assert (phrase.name, phrase.body, phrase.written_by) == ("Stale", "Mine.", cast.eda)


def test_words_that_were_removed_meanwhile_are_not_written_again(cast, phrase):
    workflow.remove_phrase(phrase, actor=cast.eli)
    with pytest.raises(workflow.Stale, match="removed meanwhile"):
        workflow.keep_phrase(
            cast.desk, "x", "y", actor=cast.eda, phrase=phrase, based_on=phrase.version
        )


def test_they_are_removed_and_there_is_an_end_to_them(cast, phrase):
    url = reverse("remove_phrase", args=["desk", phrase.uuid])
    assert of(cast.eda).post(url)["Location"] == LIST
    for number in range(MOST):
        workflow.keep_phrase(cast.desk, f"N{number}", "x", actor=cast.eda)
    with pytest.raises(workflow.Refused, match="Remove one first"):
        workflow.keep_phrase(cast.desk, "One more", "x", actor=cast.eda)


def test_only_who_decides_writes_them_and_no_other_desk_sees_them(cast, phrase):
    assert add(cast.ann).status_code == 403
    edit = reverse("edit_phrase", args=["desk", phrase.uuid])
    assert of(cast.ann).get(edit).status_code == 403
    for url in (LIST, OFFERED, edit):
        assert of(cast.stranger).get(url).status_code == 404
    with pytest.raises(PermissionDenied):
        workflow.keep_phrase(cast.desk, "x", "y", actor=cast.ann)
    with pytest.raises(PermissionDenied):
        workflow.remove_phrase(phrase, actor=cast.ann)
    elsewhere = reverse("edit_phrase", args=["elsewhere", phrase.uuid])
    assert of(cast.stranger).get(elsewhere).status_code == 404
