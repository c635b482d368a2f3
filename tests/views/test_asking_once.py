"""What is public or final at once is asked once before, and each button says what it does."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Article, Edition, UnsentForm, User
from tests import cast as c

from .sending import hidden, published


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def corrected(cast):
    """A published claim, corrected and approved, so that readers get it once it is published."""
    article, claim = cast.published()
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half", finding="Half of it is so.")
    workflow.approve(claim, actor=cast.eli)
    return article, claim


def sent_to_publish(client, article: Article, **told: str) -> dict[str, str]:
    return told | hidden(client, reverse("approve", args=[article.pk]))


def test_publishing_asks_once_and_names_what_becomes_public(cast):
    article, _claim = cast.approved()
    eli = as_(cast.eli)
    sent = sent_to_publish(eli, article)
    answer = eli.post(reverse("publish", args=[article.pk]), sent)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert f"Publish “{article.title}”?" in shown
    assert "1 claim becomes public." in shown
    assert len(re.findall(r">\s*Publish [^<]*</button>", shown)) == 1, "one question, one button"
    assert not Edition.objects.exists(), "it only asks"

    sure = sent | {"sure": answer.context["seen"]}
    first = eli.post(reverse("publish", args=[article.pk]), sure)
    again = eli.post(reverse("publish", args=[article.pk]), sure)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first["Location"] == again["Location"]
    assert Edition.objects.filter(article=article).count() == 1


def test_the_question_keeps_what_readers_are_told_and_what_is_unsent(cast, corrected):
    article, claim = corrected
    eli = as_(cast.eli)
    told = {f"{claim.pk}-kind": "correction", f"{claim.pk}-why": "A second letter."}
    form = reverse("publish", args=[article.pk])
    workflow.keep_unsent(article.desk, form, list(told.items()), actor=cast.eli, based_on=0)
    sent = sent_to_publish(eli, article, **told, unsent=f"1 {form}")
    answer = eli.post(form, sent)
    shown = answer.content.decode()
    assert "A second letter." in shown
    assert "1 claim that readers have already changes." in shown
    assert "Publish edition 2" in shown
    assert UnsentForm.objects.exists(), "it is not sent yet"
    assert published(eli, article.pk, **told).status_code == 302
    assert "A second letter." in str(article.editions.latest("number").content)


def test_what_changed_after_the_question_is_not_published_unseen(cast):
    article, _claim = cast.approved()
    eli = as_(cast.eli)
    sent = sent_to_publish(eli, article)
    asked = eli.post(reverse("publish", args=[article.pk]), sent)
    base = {"title": article.title}
    workflow.describe(article, {"title": "Another title"}, actor=cast.eda, base=base)
    sure = sent | {"sure": asked.context["seen"]}
    assert eli.post(reverse("publish", args=[article.pk]), sure).status_code == 409
    # Nor is the answer to another question one to this.
    new = sent_to_publish(eli, article)
    answer = eli.post(reverse("publish", args=[article.pk]), new | {"sure": sent["seen"]})
    assert answer.status_code == 200
    assert "Publish “Another title”?" in answer.content.decode()
    assert not Edition.objects.exists()


def test_what_cannot_be_published_is_refused_before_it_is_asked(cast):
    article, _claim = cast.approved()
    eli = as_(cast.eli)
    c.mark(article, article.revision.text.split()[0], cast.eda)
    answer = eli.post(reverse("publish", args=[article.pk]), sent_to_publish(eli, article))
    assert answer.status_code == 409
    assert 'name="sure"' not in answer.content.decode()


def test_each_button_names_what_it_is_pressed_for(cast):
    article, claim = cast.published()
    workbench = f"{reverse('workbench', args=[article.pk])}?claim={claim.pk}"
    mia = as_(cast.mia)
    assert "Retract claim 1</a>" in mia.get(workbench).content.decode()
    retract = reverse("retract", args=[article.pk, claim.pk])
    assert "Retract claim 1</button>" in mia.get(retract).content.decode()
    workflow.retract(claim, actor=cast.mia, why="It was wrong.", reason="")
    confirm = reverse("confirm_taking_back", args=[article.pk])
    shown = as_(cast.eli).get(confirm).content.decode()
    assert "Confirm the retraction of claim 1</button>" in shown
    workflow.withdraw(article, actor=cast.mia, why="A court asked.", reason="", going=[])
    shown = as_(cast.eli).get(confirm).content.decode()
    assert "Confirm what is chosen</button>" in shown
