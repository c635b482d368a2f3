"""What a connection keeps is asked by name, answers as ever, and is told anew where it must be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import psycopg2
import pytest
from django.db import connection, connections, transaction
from django.db.utils import NotSupportedError
from django.test.utils import CaptureQueriesContext

from annotations.database import patience
from annotations.database.plans import KeptSQL
from annotations.models import Article
from annotations.prepared import Prepared
from annotations.workflow.core import one_transaction

KEPT = "select name from pg_prepared_statements where name like 'kept_%'"


@pytest.fixture
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """A connection of Django's to the tests' database that nobody has asked anything yet."""
    with django_db_blocker.unblock():
        fresh: Any = connection.copy("fresh")
        fresh.settings_dict["CONN_MAX_AGE"] = None
        connections["fresh"] = fresh
        fresh.connect()
        yield fresh
        fresh.close()
        del connections["fresh"]


def ask(by: Any, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with by.cursor() as cursor:
        cursor.execute(sql, list(values) or None)
        return cursor.fetchall() if cursor.description else []


def names(by: Any) -> list[str]:
    return [name for (name,) in ask(by, KEPT)]


@pytest.fixture
def table(opened: Any) -> Callable[[str], object]:
    """A table of one short word, and what changes it."""
    ask(opened, "create temporary table thing (id int, word varchar(9))")
    ask(opened, "insert into thing values (1, 'a'), (2, 'b%')")
    return lambda change: ask(opened, f"alter table thing {change}")


WORD = KeptSQL("select word from thing where id = %s")


def test_it_is_told_once_and_asked_by_name_from_then_on(opened, table):
    assert [ask(opened, WORD, 1), ask(opened, WORD, 2)] == [[("a",)], [("b%",)]]
    assert names(opened) == [f"kept_{WORD.name}_0"]
    assert ask(opened, "select generic_plans + custom_plans from pg_prepared_statements") == [(2,)]


def test_it_is_planned_once_for_any_keys(opened, table):
    for key in range(3):
        ask(opened, WORD, key)
    counted = "select generic_plans, custom_plans from pg_prepared_statements where name like %s"
    assert ask(opened, counted, "kept_%") == [(3, 0)]


def test_what_is_always_the_same_is_part_of_it(opened, table):
    sql = "select %s, id from thing where word like 'b%%' and id = any(%s) and id > %s"
    two, zero = (KeptSQL(sql, [None, 0, None], [n, [], n - 3]) for n in (2, 3))
    assert two.name != zero.name
    assert ask(opened, two, 2, [1, 2], -1) == [(2, 2)]
    assert ask(opened, zero, 3, [1, 2], 0) == [(3, 2)]
    assert ask(opened, zero, 3, [], 0) == []
    assert len(names(opened)) == 2


def test_a_key_may_be_asked_with_twice_and_there_may_be_none(opened, table):
    twice = KeptSQL("select id from thing where id = %s or id + 1 = %s or word = %s", [0, 0, 1])
    assert ask(opened, twice, 2, 2, "x") == [(1,), (2,)]
    assert ask(opened, KeptSQL("select count(*) from thing where word like 'b%'")) == [(1,)]


def test_a_number_that_no_column_holds_is_one_that_no_row_has(opened, table):
    """As in the text of a statement: an address may have any number in it."""
    among = KeptSQL("select id from thing where id = any(%s)")
    for number in (2**31, 2**63, -(2**64)):
        assert ask(opened, WORD, number) == []
        assert ask(opened, among, [1, number]) == [(1,)]
    assert ask(opened, WORD, 2**31 - 1) == []


def test_a_log_shows_it_in_full(opened, table):
    with opened.cursor() as cursor:
        cursor.execute(WORD, ["1"])
        assert cursor.cursor.query == b"select word from thing where id = '1'"
        cursor.execute("select 1")
        assert cursor.cursor.query == b"select 1"
    with CaptureQueriesContext(opened) as asked:
        ask(opened, WORD, 2)
    assert asked[0]["sql"] == "select word from thing where id = 2"


def test_where_the_table_was_changed_it_is_told_anew(opened, table):
    """As migrating while the site serves does."""
    assert ask(opened, WORD, 1) == [("a",)]
    table("alter word type varchar(20)")
    assert ask(opened, WORD, 1) == [("a",)]
    table("alter word type text")
    assert ask(opened, WORD, 2) == [("b%",)]


def test_in_a_transaction_it_cannot_be_told_anew_but_after_it(opened, table):
    assert ask(opened, WORD, 1) == [("a",)]
    table("alter word type text")
    with pytest.raises(NotSupportedError), transaction.atomic(using="fresh"):
        ask(opened, WORD, 1)
    with transaction.atomic(using="fresh"):
        assert ask(opened, WORD, 1) == [("a",)]


@pytest.mark.django_db(transaction=True)
def test_a_move_is_done_once_more(cast):
    """It is a transaction: nothing of the first try is left."""
    word = KeptSQL("select word from kept_thing where id = %s")
    tries = []

    @one_transaction
    def move() -> list[tuple[Any, ...]]:
        tries.append(ask(connection, "insert into kept_thing values (2, 'b') returning id"))
        return ask(connection, word, 1)

    ask(connection, "create table kept_thing (id int, word varchar(9))")
    try:
        ask(connection, "insert into kept_thing values (1, 'a')")
        assert move() == [("a",)]
        ask(connection, "alter table kept_thing alter word type text")
        assert move() == [("a",)]
        assert len(tries) == 3
        assert ask(connection, "select count(*) from kept_thing") == [(3,)]
    finally:
        ask(connection, "drop table kept_thing")


def test_a_session_that_was_emptied_is_told_anew(opened, table):
    assert ask(opened, WORD, 1) == [("a",)]
    ask(opened, "deallocate all")
    assert ask(opened, WORD, 2) == [("b%",)]


def test_what_it_cannot_do_is_said_and_not_asked_for_ever(opened, table):
    with pytest.raises(NotSupportedError):
        ask(opened, KeptSQL("select distinct id from thing where id = %s for update"), 1)


@pytest.mark.parametrize(
    "settings", [{"CONN_MAX_AGE": 0}, {"DISABLE_SERVER_SIDE_CURSORS": True}], ids=str
)
def test_a_session_that_is_not_ours_for_long_is_told_nothing(opened, table, settings):
    """Behind a pooler it is another's with the next transaction."""
    opened.settings_dict |= settings
    opened.close()
    opened.connect()
    ask(opened, "create temporary table thing as select 1 as id, 'a' as word")
    assert ask(opened, WORD, 1) == [("a",)]
    assert names(opened) == []
    assert ask(opened, "show plan_cache_mode") == [("auto",)]


def test_a_new_connection_begins_with_nothing(opened, table):
    assert ask(opened, WORD, 1) == [("a",)]
    opened.close()
    opened.connect()
    assert names(opened) == []
    ask(opened, "create temporary table thing as select 1 as id, 'c' as word")
    assert ask(opened, WORD, 1) == [("c",)]


def test_pages_that_wait_for_no_database_for_ever_keep_it_too(opened):
    opened.settings_dict["OPTIONS"] |= patience.OPTIONS
    opened.close()
    opened.connect()
    assert ask(opened, KeptSQL("select %s + 1"), 1) == [(2,)]
    assert len(names(opened)) == 1


def test_questions_are_kept_by_the_connection_that_asks(cast):
    question = Prepared(lambda desk: Article.objects.filter(desk=desk).values_list("pk"), 1)
    article, _claim = cast.published()
    assert question(cast.desk.pk) == [(article.pk,)]
    asked = question._written.sql
    assert isinstance(asked, KeptSQL)
    assert f"kept_{asked.name}_0" in names(connection)


def test_another_cursor_than_ours_asks_it_as_any_other(opened):
    given = opened.get_connection_params() | {"connection_factory": None, "cursor_factory": None}
    with closing(psycopg2.connect(**given)) as plain, plain.cursor() as cursor:
        cursor.execute(KeptSQL("select 1 + %s"), [1])
        assert cursor.fetchall() == [(2,)]
    with closing(psycopg2.connect(**opened.get_connection_params())) as unwatched:
        assert not unwatched.keeps
