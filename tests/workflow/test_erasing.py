"""A person's name goes from all that code wrote, in one act of the log; nothing else can."""

from __future__ import annotations

import io
import json

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.test import Client

from annotations import workflow
from annotations.models import Edition, Membership, Report, Transition, User
from annotations.workflow import erasing
from tests import cast as c
from tests.views.readers import article_page

NAME = "Annabella Unmistakable"


@pytest.fixture
def published(cast):
    """An article that ann checked, corrected once, and another that ann is asked to check."""
    article, claim = cast.deciding()  # what people write may name anybody: it is left alone
    User.objects.filter(pk=cast.ann.pk).update(
        first_name="Annabella", last_name="Unmistakable", email="annabella@example.org"
    )
    cast.ann.refresh_from_db()
    c.decide(claim, cast.eda)
    for notes in ({}, {claim.pk: workflow.CorrectionNote("correction", "A letter shows it.")}):
        workflow.approve(claim, actor=cast.eli)
        workflow.publish(article, actor=cast.eli, notes=notes)
        if not notes:
            workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
            c.decide(claim, cast.eda, "half", finding="Half of it is so.")
    cast.checking()
    return article


def rows_with(words: str) -> list[str]:
    found = []
    for model in apps.get_models():
        text = serializers.serialize("json", model._default_manager.all())
        if words in text:
            found.append(model.__name__)
    return found


def test_the_name_of_somebody_else_who_left_stays(cast, published):
    for person in (cast.ann, cast.ben):
        workflow.end_membership(person.memberships.get(), actor=cast.mia)
    left = Transition.objects.filter(detail__has_key="left").order_by("pk")
    assert set(left.values_list("detail__left", flat=True)) == {NAME, str(cast.ben)}
    workflow.erase_person(cast.ann, reason="Asked for by letter.")
    said = set(left.values_list("detail__left", flat=True))
    assert str(cast.ben) in said
    assert NAME not in said


def test_the_name_and_the_address_stand_in_no_row_any_more_and_the_work_stays(cast, published):
    before = Client().get(article_page(published)).content.decode()
    assert NAME in before
    assert rows_with("annabella@example.org")
    said = cast.ann.assignments.count()
    typed = [("reason", f"{NAME} was here.")]
    workflow.keep_unsent(cast.desk, "/a/form/", typed, actor=cast.ann, based_on=0)
    workflow.erase_person(cast.ann, reason="Asked for by letter.")
    for words in (NAME, "Annabella", "Unmistakable", "annabella@example.org"):
        assert rows_with(words) == [], words
    after = Client().get(article_page(published)).content.decode()
    assert NAME not in after
    assert "[…]" in after
    person = User.objects.get(pk=cast.ann.pk)
    assert person.assignments.count() == said
    assert not person.is_active
    assert not person.has_usable_password()
    assert not Membership.objects.filter(user=person).exists()


@pytest.mark.parametrize(
    "page",
    [
        "/corrections/", "/corrections/desk/", "/feeds/corrections.atom",
        "/feeds/desk/corrections.atom",
    ],
)  # fmt: skip
def test_no_list_that_a_reader_or_a_process_keeps_names_them_any_more(cast, page):
    """What a correction changed may name who checked, and stands in lists."""
    article, claim = cast.published()
    User.objects.filter(pk=cast.ann.pk).update(first_name="Annabella", last_name="Unmistakable")
    cast.ann.refresh_from_db()
    workflow.reopen(claim, actor=cast.eli, reason="A letter came.")
    c.decide(claim, cast.eda, "half", finding="Half of it is so.")
    workflow.approve(claim, actor=cast.mia)
    notes = {claim.pk: workflow.CorrectionNote("correction", "A letter shows it.")}
    workflow.publish(article, actor=cast.mia, notes=notes)
    before = Client().get(page)
    assert NAME in before.content.decode()
    workflow.erase_person(cast.ann, reason="Asked for by letter.")
    kept = Client().get(page, headers={"If-None-Match": before["ETag"]})
    assert kept.status_code == 200
    for answer in (kept, Client().get(page)):
        assert NAME not in answer.content.decode()


def test_the_log_knows_and_says_nothing_else_of_it_changed(cast, published):
    lines = list(Transition.objects.order_by("pk").values("pk", "move", "actor", "reason", "at"))
    workflow.erase_person(cast.ann, reason="Asked for by letter.")
    after = Transition.objects.order_by("pk").values("pk", "move", "actor", "reason", "at")
    assert list(after)[: len(lines)] == lines
    line = Transition.objects.get(move="erase")
    assert (line.desk, line.person, line.actor) == (cast.desk, cast.ann, None)
    assert line.reason == "Asked for by letter."


def test_without_a_reason_nothing_is_erased(cast, published):
    with pytest.raises(workflow.Refused):
        workflow.erase_person(cast.ann, reason=" ")
    assert NAME in str(User.objects.get(pk=cast.ann.pk))


def test_the_last_manager_of_a_desk_is_not_erased(cast):
    with pytest.raises(workflow.Refused):
        workflow.erase_person(cast.mia, reason="Asked for.")
    assert User.objects.get(pk=cast.mia.pk).is_active


def refused(sql: str) -> None:
    refusal = pytest.raises(DatabaseError, match="append-only")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


RENAME = """
update annotations_edition set content = replace(content::text, '%s', 'Somebody')::jsonb
"""


def test_a_name_is_not_changed_without_a_line_of_the_log(published):
    refused(RENAME % NAME)


def test_nor_with_the_line_of_an_earlier_transaction(cast, published, monkeypatch):
    # In a test all is one transaction: the line names another.
    monkeypatch.setattr(erasing, "_transaction", lambda: "1")
    with pytest.raises(DatabaseError, match="append-only"):
        workflow.erase_person(cast.ann, reason="Asked for.")
    assert NAME in str(User.objects.get(pk=cast.ann.pk))


@pytest.mark.parametrize(
    "change",
    [
        "content = jsonb_set(content, '{title}', '\"Another\"')",
        "content = content || '{\"how\": {}}'",
        "content = jsonb_set(content, '{how,checked}', '[]')",
        "number = 99",
    ],
)
def test_nor_is_anything_but_names_changed_in_that_transaction(cast, published, change):
    workflow.erase_person(cast.ben, reason="Asked for.")
    refused(f"update annotations_edition set {change} where article_id is not null")


def test_nor_is_a_line_of_the_log(cast, published):
    workflow.erase_person(cast.ben, reason="Asked for.")
    refused("update annotations_transition set reason = 'Another' where move = 'decide'")
    refused("update annotations_transition set actor_id = null where move = 'decide'")


def test_a_reader_is_forgotten(cast, published):
    edition = Edition.objects.latest("pk")
    Report.objects.create(edition=edition, words="No.", email="r@example.org", sender="0")
    out = io.StringIO()
    call_command("erase", reader="R@example.org", stdout=out)
    assert "1 rows" in out.getvalue()
    assert Report.objects.get().email == ""
    with pytest.raises(CommandError, match="No report"):
        call_command("erase", reader="r@example.org")


def test_the_command_says_what_it_did_and_whom_it_does_not_know(cast, published):
    out = io.StringIO()
    call_command("erase", user="ann", reason="Asked for.", stdout=out)
    assert "name them no longer" in out.getvalue()
    with pytest.raises(CommandError, match="Nobody signs in as ann"):
        call_command("erase", user="ann", reason="Asked for.")
    assert json.dumps(NAME) not in json.dumps(rows_with(NAME))
