"""The desk's page of earlier checks by others, and the file that brings more."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.exchange import earlier
from annotations.models import EarlierCheck
from tests.formats.test_earlier import CLAIMS, REVIEW
from tests.views.test_access import client_of
from tests.views.test_revisions import said

LIST = reverse("earlier_checks", args=["desk"])
ADD = reverse("add_earlier_checks", args=["desk"])


def send(person: Any, value: object, **fields: str) -> Any:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    file = SimpleUploadedFile("checks.json", data)
    return client_of(person).post(ADD, {"file": file, "do": "look"} | fields)


def test_a_file_is_looked_at_and_kept_without_being_chosen_again(cast):
    answer = send(cast.eda, [REVIEW, {"@type": "ClaimReview"}])
    assert answer.status_code == 200
    assert "1 would be new, 0 changed, 0 are there already." in said(answer)
    assert "/1/claimReviewed There is no claim in it: left out." in said(answer)
    assert "The pier is safe. False The Lantern 4 March 2026" in said(answer)
    assert not EarlierCheck.objects.exists()
    key = answer.context["form"].initial["incoming"]
    kept = client_of(cast.eda).post(ADD, {"incoming": key, "do": "save"}, follow=True)
    assert kept.redirect_chain == [(LIST, 302)]
    assert "1 new, 0 changed, 0 were there already." in said(kept)
    assert "The pier is safe." in said(kept)
    again = client_of(cast.eda).post(ADD, {"incoming": key, "do": "save"}, follow=True)
    assert "0 new, 0 changed, 1 were there already." in said(again)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The text is empty."),
        (b"An article.", "this is no JSON"),
        (b"[" * 101, "nested deeper than 100"),
        (b'{"a": NaN}', "NaN is no number"),
        (b"{}", "No check by others was found in this file."),
    ],
)
def test_a_file_that_is_none_is_refused_beside_its_field(cast, data, words):
    answer = send(cast.eda, data)
    assert answer.status_code == 422
    assert words in said(answer)


def test_no_file_at_all_is_asked_for(cast):
    answer = client_of(cast.eda).post(ADD, {"do": "look"})
    assert answer.status_code == 422
    assert "Choose a file." in said(answer)


def test_what_another_person_sent_is_not_there(cast):
    key = send(cast.eda, REVIEW).context["form"].initial["incoming"]
    answer = client_of(cast.eli).post(ADD, {"incoming": key, "do": "save"})
    assert answer.status_code == 422
    assert not EarlierCheck.objects.exists()


def keep(cast: Any, *values: Any) -> None:
    found = earlier.read(json.dumps(list(values)).encode())
    earlier.keep(cast.desk, found, actor=cast.eda)


def test_checks_are_found_by_words_of_the_claim_the_rating_and_names(cast):
    keep(
        cast,
        REVIEW,
        REVIEW | {"claimReviewed": "The tram is late.", "author": "The Post", "url": ""},
    )
    for words, found in [
        ("pier", ["The pier is safe."]),
        ("the post", ["The tram is late."]),
        ("mayor false pier", ["The pier is safe."]),
        ("zeppelin", []),
        ("", ["The tram is late.", "The pier is safe."]),
    ]:
        answer = client_of(cast.ola).get(LIST, {"q": words})
        assert [row["check"].claim for row in answer.context["rows"]] == found
    assert "No earlier check holds all of these words." in said(
        client_of(cast.ola).get(LIST, {"q": "zeppelin"})
    )


def test_questions_and_warnings_unfold(cast):
    keep(cast, *CLAIMS[:1])
    words = said(client_of(cast.ola).get(LIST))
    assert "How many did it carry? 400 source its copy" in words


def test_hostile_words_stay_words(cast):
    keep(cast, REVIEW | {"claimReviewed": "<script>alert(1)</script>", "url": "javascript:x()"})
    body = client_of(cast.ola).get(LIST).content.decode()
    assert "&lt;script&gt;alert(1)" in body
    assert "javascript:" not in body


def test_another_desk_sees_none_of_it(cast):
    keep(cast, REVIEW)
    assert client_of(cast.stranger).get(LIST).status_code == 404


def test_ten_more_cost_no_more_statements(cast):
    keep(cast, REVIEW)
    ola = client_of(cast.ola)
    ola.get(LIST)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            ola.get(LIST)
        return len(asked)

    before = cost()
    keep(cast, *(REVIEW | {"claimReviewed": f"Claim {n}"} for n in range(10)))
    assert cost() == before
