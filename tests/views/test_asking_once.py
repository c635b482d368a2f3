"""What is public or final at once is asked once before, and each button says what it does."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from annotations import workflow
from annotations.models import Article, Edition, Statement, UnsentForm, User
from annotations.vocabulary import MoveName, StatementKind
from tests import cast as c

from .sending import hidden, published

ONE_QUESTION = {"withdraw", "retract", "confirm_taking_back", "correct", "decline", "take_back"}
ONE_QUESTION |= {"give_back", "end_membership", "withdraw_reply", "look"}
"""Addresses with a page of their own, to which links lead: nothing else sends to them at once."""

BY_A_QUESTION = {"publish", "edit_statement"}
"""Addresses that answer the first press with a question, and act on the second."""

M = MoveName
PUBLIC_OR_FINAL = {
    M.PUBLISH: "publish",
    M.WRITE_STATEMENT: "edit_statement",
    M.REOPEN: "correct",
    M.RETRACT: "retract",
    M.WITHDRAW: "withdraw",
    M.CONFIRM_TAKING_BACK: "confirm_taking_back",
    M.CHANGE_RULES: "look",
    M.DECLINE: "decline",
    M.TAKE_BACK: "take_back",
    M.RETURN: "give_back",
    M.WITHDRAW_REPLY: "withdraw_reply",
    M.END_MEMBERSHIP: "end_membership",
}
"""Moves that readers see, or that cannot be taken back, and the address where each is made."""

INSIDE = {M.IMPORT, M.IMPORT_CHECKS, M.DESCRIBE, M.PLAN, M.OWN, M.REVISE, M.TRIAGE, M.MARK}
INSIDE |= {M.UNMARK, M.ORPHAN, M.CONFIRM, M.ATTACH, M.LET_GO, M.LOOK_AGAIN, M.WORD, M.REWORD}
INSIDE |= {M.SET_ASIDE, M.BRING_BACK, M.OPEN, M.ASSIGN, M.EXTEND, M.START, M.SUBMIT, M.RESUME}
INSIDE |= {M.ASK_AGAIN, M.ADOPT, M.DECIDE, M.APPROVE, M.SEND_BACK, M.REPLY, M.REPLY_NOT_NEEDED}
INSIDE |= {M.NOTE_CRITICISM, M.DROP_CRITICISM, M.LOOK_FOR_ANSWER, M.WRITE_LETTER, M.PLAN_REVIEW}
INSIDE |= {M.WRITE_GUIDELINES, M.ENROL, M.DEACTIVATE, M.ACTIVATE, M.ERASE, M.UNINVITE}
INSIDE |= {M.MERGE_CLAIMANTS, M.PART_CLAIMANTS, M.CHANGE_CLAIMANT, M.JUDGE_CHANGE}
"""Moves of which readers learn with an edition at the earliest, and that another undoes."""

BY_THE_CLOCK = {M.EXPIRE, M.FULFIL, M.DISCLOSE, M.SOURCE_CHANGED, M.REMIND_REPLY, M.ALSO_IN}
"""What nobody presses."""

SENT_OUT = {M.INVITE, M.ASK_REPLY, M.ARCHIVE_AGAIN, M.TRANSLATE, M.UNTIE}
"""What goes out by a form that says so: a letter is looked at before, a tie can be undone."""


def test_each_move_is_known_to_ask_or_to_need_no_question():
    """A new one is one of these: see which."""
    kinds = [set(PUBLIC_OR_FINAL), INSIDE, BY_THE_CLOCK, SENT_OUT]
    assert set().union(*kinds) == set(MoveName)
    assert sum(map(len, kinds)) == len(MoveName), "each is of one kind"
    assert set(PUBLIC_OR_FINAL.values()) <= ONE_QUESTION | BY_A_QUESTION


def test_a_page_about_the_desk_is_asked_about_once_and_named(cast):
    mia, url = as_(cast.mia), reverse("edit_statement", args=["desk", "funding"])
    sent = hidden(mia, url) | {"body": "By *readers*."}
    workflow.keep_unsent(cast.desk, url, [("body", "By")], actor=cast.mia, based_on=0)
    asked = mia.post(url, sent | {"unsent": f"1 {url}"})
    shown = asked.content.decode()
    assert asked.status_code == 200
    assert f"Publish “{StatementKind.FUNDING.label}”?" in shown
    assert "<em>readers</em>" in shown, "as readers will see it"
    assert "Publish version 1</button>" in shown
    assert not Statement.objects.exists(), "it only asks"
    assert UnsentForm.objects.exists(), "it is not sent yet"

    sure = sent | {"sure": asked.context["seen"]}
    other = mia.post(url, sure | {"body": "By the town."})
    assert other.status_code == 200, "other words are asked about again"
    assert not Statement.objects.exists()
    first, again = mia.post(url, sure), mia.post(url, sure)
    assert (first.status_code, again.status_code) == (302, 302)
    assert Statement.objects.get().body == "By *readers*."

    sent = hidden(mia, url) | {"body": " "}
    assert "Readers no longer find this page." in mia.post(url, sent).content.decode()


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
