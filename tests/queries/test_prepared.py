"""A question that is written once asks what it would ask if it were written each time."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
import uuid
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import F, JSONField, QuerySet, Value
from django.db.models.functions import JSONArray
from django.db.transaction import TransactionManagementError
from django.forms import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

import annotations as package
from annotations.database.plans import KeptSQL
from annotations.models import (
    Assignment,
    Claim,
    Desk,
    Membership,
    Sighting,
    User,
    Verdict,
    disclosure,
)
from annotations.models.disclosure import DisclosedQuerySet
from annotations.prepared import Prepared, PreparedRows, with_bounds
from annotations.queries.asked import asked_about, owed_of
from tests import cast as c
from tests.cast import make_person


def _in(value: object) -> list[Prepared]:
    if isinstance(value, tuple):
        return [each for one in value for each in _in(one)]
    return [value] if isinstance(value, Prepared) else []


def _all() -> list[tuple[str, Prepared]]:
    found = {}
    for module in pkgutil.walk_packages(package.__path__, "annotations."):
        if ".migrations" in module.name or module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for at, each in enumerate(_in(value)):
                found[id(each)] = (f"{module.name}.{name}.{at}", each)
    for model in apps.get_models():
        if isinstance(rows := model._default_manager.all(), DisclosedQuerySet):
            question = disclosure.among(model) if _tells(rows) else None
            found |= {id(question): (model.__name__, question)} if question else {}
    return list(found.values())


def _tells(rows: Any) -> bool:
    return "tells" in rows.visible_to(User(pk=1)).query.annotations


ALL = _all()
TYPES = "select parameter_types::text[] from pg_prepared_statements where name = %s"
KINDS: dict[str, Callable[[int], Any]] = {
    "integer": int,
    "bigint": int,
    "bigint[]": lambda number: [1, number],
    "integer[]": lambda number: [1, number],
    "text": str,
    "text[]": lambda number: [str(number)],
    "uuid": lambda number: uuid.UUID(int=abs(number)),
    "date": lambda number: dt.date(2020, 1, 1),
}
"""What is asked with, by the type that PostgreSQL takes it for. A smaller one of numbers would be
an error where a number is too large for it."""
TAKEN = JSONArray("slug", Value({"a": None}, JSONField()))


def test_there_are_some():
    assert len(ALL) > 10


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "question"), ALL, ids=[name for name, _each in ALL])
def test_it_is_the_same_for_whoever_asks_about_whatever(name, question):
    _is_as_written(question)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "question"), ALL, ids=[name for name, _each in ALL])
def test_it_is_the_same_at_another_time_in_another_place_and_language(name, question, time_machine):
    """A moment that is in it would be that of whoever asked first."""
    _is_as_written(question)
    _is_as_written_elsewhere(question, time_machine)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "question"), ALL, ids=[name for name, _each in ALL])
def test_a_connection_keeps_it_and_any_number_may_be_asked_with(name, question):
    """Of a smaller column than these a number that is too large would be an error. How many rows
    there are at most is no number of an address."""
    written = question._written
    pieces = written.sql.split("%s")
    bounds = {number for place, number in written.blanks if pieces[place].endswith(" LIMIT ")}
    told = KeptSQL(written.sql, [dict(written.blanks).get(n) for n in range(len(written.params))])
    with connection.cursor() as cursor:
        name = cursor.cursor.name_of(told, written.params)
        cursor.execute(TYPES, [name])
        [(types,)] = cursor.fetchall()
    assert len(types) == len(question._blanks)
    assert set(types) <= KINDS.keys()
    for number in (1, 2**31 - 1, 2**31, 2**63, -1):
        given = [1 if at in bounds else KINDS[kind](number) for at, kind in enumerate(types)]
        question._filled(tuple(given)).execute_sql()


@pytest.mark.django_db
def test_one_that_holds_a_moment_is_found(time_machine):
    old = Prepared(lambda: Claim.objects.filter(created_at__lt=timezone.now()).values_list("pk"), 0)
    assert old() == []
    with pytest.raises(AssertionError):
        _is_as_written_elsewhere(old, time_machine)


def _is_as_written_elsewhere(question: Prepared, time_machine: Any) -> None:
    time_machine.move_to("2027-12-24T23:30:00Z", tick=False)
    with translation.override("ar"), timezone.override("Asia/Tokyo"):
        _is_as_written(question)


def _is_as_written(question: Prepared) -> None:
    written = question._written
    for start in (1_000, 1_007, 11_000):
        given = [_like(blank, start + at) for at, blank in enumerate(question._blanks)]
        sql, asked = with_bounds(*question.rows(*given).query.sql_with_params(), given)
        assert sql == written.sql
        expected = [str(each) for each in written.params]
        for place, number in written.blanks:
            expected[place] = str(given[number])
        assert [str(each) for each in asked] == expected


def _like(blank: Any, number: int) -> Any:
    """A key, an UUID or a day, as the blank is one."""
    if isinstance(blank, uuid.UUID):
        return uuid.UUID(int=number)
    return dt.date(2020, 1, 1) + dt.timedelta(number) if isinstance(blank, dt.date) else number


@pytest.mark.django_db
def test_what_it_is_asked_with_has_to_matter():
    unused = Prepared(lambda desk, _other: Claim.objects.filter(desk=desk).values_list("pk"), 2)
    with pytest.raises(TypeError, match="has to depend on it"):
        unused(1, 2)
    with pytest.raises(TypeError, match="asked with 2 keys"):
        unused(1)


@pytest.mark.django_db
def test_how_many_there_are_at_most_may_be_asked_with(cast):
    cast.checking()
    cast.checking()
    mine = Prepared(lambda desk, most: Claim.objects.filter(desk=desk).values_list("pk")[:most], 2)
    assert [len(mine(cast.desk.pk, most)) for most in (0, 1, 2, 3)] == [0, 1, 2, 2]


@pytest.mark.django_db
def test_a_list_of_keys_is_asked_about_as_one_whatever_its_length():
    question = Prepared(lambda keys: Claim.objects.filter(pk__any_of=keys).values_list("pk"), 1)
    assert question([]) == question([1, 2, 3]) == []


def _checks(person: int, key: uuid.UUID) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(person=person, uuid=key).select_related("claim__desk")
    return rows.annotate(scale=F("claim__desk__scale"))  # type: ignore[no-redef]


def test_rows_come_with_what_is_selected_and_annotated_beside_them(cast):
    _article, claim = cast.checking()
    check = c.check_of(claim, cast.ann)
    asked = (cast.ann.pk, check.uuid)
    question: PreparedRows[Any] = PreparedRows(_checks, 1, uuids=1)
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            row = question.get(*asked)
            assert (row.claim.desk, row.scale) == (cast.desk, cast.desk.scale_id)
        assert len(queries) == 1
        ordinary = _checks(*asked).get()
        assert model_to_dict(row) == model_to_dict(ordinary)
        assert row.claim.created_at == ordinary.claim.created_at
    assert question.one(cast.ben.pk, check.uuid) is None
    with pytest.raises(Assignment.DoesNotExist):
        question.get(cast.ben.pk, check.uuid)


def test_a_word_and_a_column_of_json_are_asked_and_told_as_ever(cast):
    question = Prepared(lambda slug: Desk.objects.filter(slug=slug).values_list("pk", TAKEN), 1)
    assert question("desk") == [(cast.desk.pk, ["desk", {"a": None}])]
    assert question("' or true --") == []


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_in_a_transaction_or_it_is_said(cast):
    locked = Claim.objects.select_for_update()
    question: PreparedRows[Claim] = PreparedRows(lambda pk: locked.filter(pk=pk), 1)
    with transaction.atomic():
        assert question(0) == []
    with pytest.raises(TransactionManagementError, match="in a transaction only"):
        question(0)


@pytest.mark.django_db
def test_what_tells_of_others_work_is_not_read_by_such_a_question():
    rows = Verdict.objects.visible_to(User(pk=1))
    by_rule: PreparedRows[Verdict] = PreparedRows(lambda pk: rows.filter(pk=pk), 1)
    with pytest.raises(TypeError, match="through `shown_to`"):
        by_rule(1)


def _read(ask: Callable[[], Iterable[Verdict]]) -> tuple[list[Verdict], set[tuple[int, int]]]:
    """The rows, and whom reading them notes to have seen which claim; which is taken back."""
    with transaction.atomic():
        before = set(Sighting.objects.values_list("claim", "person"))
        found = list(ask())
        noted = set(Sighting.objects.values_list("claim", "person")) - before
        transaction.set_rollback(True)
    return found, noted


def test_rows_asked_for_by_their_keys_are_those_of_the_rule_and_reading_them_is_noted(cast):
    _article, claim = cast.decided()
    keys = list(Verdict.objects.values_list("pk", flat=True))
    answers = []
    for person in (cast.eda, cast.eli, cast.ola, make_person("out")):
        by_rule = _read(partial(Verdict.objects.visible_to(person).filter, pk__in=keys))
        assert _read(partial(Verdict.objects.shown_to, person, keys)) == by_rule
        assert _read(partial(Verdict.objects.rated_shown_to, person, keys)) == by_rule
        answers.append(by_rule)
        with pytest.raises(TypeError, match="a look is noted"):
            list(Verdict.objects.shown_to(person, keys).values_list("finding"))
    assert answers[1][1] == {(claim.pk, cast.eli.pk)}
    assert answers[3] == ([], set())
    assert not Verdict.objects.shown_to(cast.eli, [])
    assert not Verdict.objects.rated_shown_to(cast.eli, [])


def test_each_sees_of_what_is_asked_what_the_rule_lets_them_see(cast):
    _article, first = cast.checking()
    _other, second = cast.checking()
    people = [member.user for member in Membership.objects.select_related("user")]
    claims = [first.pk, second.pk]
    seen = set()
    for person in people:
        rule = Assignment.objects.visible_to(person).filter(claim__in=claims)
        assert set(asked_about(claims, person)) == {row.pk for row in rule}
        assert set(owed_of(claims, person)) == {row for row in rule if row.status != "submitted"}
        seen.add(len(rule))
    assert len(seen) > 1, "somebody has to see less than another"
    assert not asked_about([], people[0])
