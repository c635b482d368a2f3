"""A rating is one of the desk's scale, whatever a form names."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from annotations.models import Annotation, Rating, RatingScale
from tests import cast as c


def other_scale() -> str:
    scale = RatingScale.objects.create(name="Another", slug="another")
    words = {"label": "Right", "definition": "It is right.", "tone": "true", "order": 1}
    return str(Rating.objects.create(scale=scale, slug="right", **words).pk)


@pytest.mark.parametrize(
    "named",
    ["0", "-1", "x", "1\0", "9" * 30, "9" * 5_000, other_scale],
    ids=["none", "less", "word", "nul", "large", "endless", "other scale"],
)
def test_what_is_no_rating_of_the_scale_is_said_and_the_rest_is_saved(cast, client, named):
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    client.force_login(cast.ann)
    typed = {"rating": named() if callable(named) else named, "finding": "So it is."}
    answer = client.post(
        reverse("annotate", args=[check.uuid]),
        typed | {"version": "0", "key": str(uuid.uuid4())},
        headers={"X-Autosave": "1"},
    )
    assert (answer.status_code, set(answer.json()["errors"])) == (200, {"rating"}), answer.content
    draft = Annotation.objects.get(assignment=check)
    assert (draft.rating, draft.finding) == (None, "So it is.")


def test_one_of_the_scale_is_saved(cast, client):
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    client.force_login(cast.ann)
    typed = {"rating": str(c.rating(claim, "half").pk), "version": "0", "key": str(uuid.uuid4())}
    answer = client.post(reverse("annotate", args=[check.uuid]), typed)
    assert answer.status_code == 302
    draft = Annotation.objects.get(assignment=check)
    assert draft.rating == c.rating(claim, "half")
    page = client.get(answer["location"]).content.decode()
    assert f'value="{draft.rating_id}"' in page.replace("\n", " ")
