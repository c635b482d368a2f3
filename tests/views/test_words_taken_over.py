"""Who gave their annotation up approves no verdict in its words, by whatever way they gave it up.

The steps of S3 (an outside reading of November 2026), over HTTP: the decider's form begins with
the words of the last verdict, which took the annotation over, and names its origin no more.
"""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations import workflow
from annotations.models import Assignment, Claim, Rating, User
from tests import cast as c
from tests.cast import Cast


def of(person: User) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def decide(claim: Claim, page: str, person: User, **typed: str) -> None:
    """Send the decider's form as it stands on the page."""
    browser = of(person)
    form = browser.get(page).context["form"]
    fields = {name: form[name].value() for name in ("finding", "justification", "cite")}
    fields |= {name: form[name].value() or "" for name in ("based_on", "evidence_as_of")}
    rating = form["rating"].value() or Rating.objects.get(slug="true").pk
    fields |= {"key": str(uuid.uuid4()), "rating": str(rating)}
    fields |= {"cause": "error", "reason": "Theirs is newer."}
    fields |= {"add-TOTAL_FORMS": "0", "add-INITIAL_FORMS": "0"}
    answer = browser.post(page, fields | typed)
    assert answer.status_code == 302, answer.context["form"].errors


def approve(article, person: User) -> str:
    """Press the button that approves everything; how far the claim is then."""
    browser = of(person)
    seen = browser.get(reverse("approve", args=[article.pk])).context["seen"]
    form = {"seen": seen, "key": str(uuid.uuid4())}
    browser.post(reverse("approve_all", args=[article.pk]), form)
    return Claim.objects.made_in(article).get().status


def declined(cast: Cast, check: Assignment) -> None:
    form = {"reason": "No time.", "key": str(uuid.uuid4())}
    page = reverse("decline", args=[check.uuid])
    assert of(cast.eli).post(page, form).status_code == 302


def lapsed(cast: Cast, check: Assignment) -> None:
    assert workflow.lapse(check, at=timezone.now() + dt.timedelta(days=30))


def left_and_came_again(cast: Cast, check: Assignment) -> None:
    workflow.end_membership(cast.eli.memberships.get(), actor=cast.mia, reason="Left.")
    workflow.enrol(cast.desk, cast.eli, "editor", actor=cast.mia)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given_up", "status"),
    [(declined, "declined"), (lapsed, "expired"), (left_and_came_again, "expired")],
)
def test_words_taken_over_are_not_approved_by_who_wrote_them(given_up, status):
    cast = Cast(lapse_days=7)
    article, claim = cast.marked()
    workflow.open_checking(article, [cast.ann, cast.ben, cast.eli], actor=cast.eda)
    for person, rating in ((cast.ann, "true"), (cast.ben, "half"), (cast.eli, "false")):
        c.annotate(claim, person, rating)
    check = c.check_of(claim, cast.eli)
    page = reverse("decide_claim", args=[article.pk, claim.pk])
    taken = {"finding": check.annotation.finding, "justification": check.annotation.justification}
    decide(claim, page, cast.eda, rating=str(check.annotation.rating_id), **taken)
    assert claim.verdicts.get().adopted == check.annotation
    assert approve(article, cast.eli) == "decided"
    workflow.send_back(Claim.objects.get(pk=claim.pk), actor=cast.mia, reason="Look again.")
    workflow.give_back(check, actor=cast.eda, reason="Page 3.")
    given_up(cast, Assignment.objects.get(pk=check.pk))
    assert Assignment.objects.get(pk=check.pk).status == status
    assert of(cast.eda).get(page).context["form"]["finding"].value() == taken["finding"]
    decide(claim, page, cast.eda)
    verdict = Claim.objects.get(pk=claim.pk).verdict
    assert verdict is not None
    assert (verdict.number, verdict.finding, verdict.adopted) == (2, taken["finding"], None)
    assert approve(article, cast.eli) == "decided"
    assert approve(article, cast.mia) == "approved"
