"""What each move holds before it judges: rule 3, in one order for everyone.

A race shows a missing lock only when two people meet in the same millisecond.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations import workflow
from annotations.models import Article, Claim
from tests.test_rights import ACTS, Everyone, stage

HELD = {
    "mark": "desk article",  # a claim of its own gets the desk's next number
    "mark step": "desk article",
    "mark new": "desk article",
    "triage": "article",
    "triage step": "article",
    "undo": "article",
    "redo": "article",
    "describe": "article",
    "translate": "article",
    "confirm": "article",
    "look again": "article",
    "confirm taking back": "article",
    "unmark": "article claim",
    "unmark step": "article claim",
    "revise": "article claim",
    "attach": "article claim",
    "let go": "article claim",
    "open checking": "article claim",
    "publish": "article claim",
    "withdraw": "article claim",
    "retract": "article claim",
    "adopt agreed": "article claim assignment",
    "save wording": "claim",
    "set aside": "claim",
    "assign": "claim",
    "ask to decide": "claim",
    "ask again": "claim",
    "send back": "claim",
    "reopen": "claim",
    "ask reply": "claim",
    "no reply needed": "claim",
    "bring back": "claim assignment",
    "reword": "claim assignment",
    "start": "claim assignment",
    "save": "claim assignment",
    "cite": "claim assignment",
    "submit": "claim assignment",
    "decline": "claim assignment",
    "take back": "claim assignment",
    "return": "claim assignment",
    "decide": "claim assignment",
    "approve": "claim assignment",
    "enrol": "desk article",
    "write guidelines": "desk",
    "write statement": "desk",
    "change rules": "desk claim",
    "merge claimants": "desk claim",
    "part claimants": "desk",
    "change claimant": "desk claim",
    "change look": "desk",
    "change scale": "desk claim",
    "write letter": "desk",
    "keep phrase": "desk",
    "remove phrase": "desk",
    "archive again": "desk",
    "invite": "desk invitation",
    "uninvite": "desk invitation",
    "stop file import": "fileimport",
    "approve article": "article",
    "plan": "article",
    "hand over": "article",
    "look after": "article",
    "untie": "article",
    "put back": "article claim",
    "plan review": "claim",
    "take": "claim",
    "note criticism": "claim",
    "drop criticism": "claim criticism",
    "look for answer": "claim criticism",
    "keep reply": "claim replyrequest",
    "withdraw reply": "claim replyrequest",
    "settle change": "claim sourcechange",
    "end membership": "desk membership article claim assignment",
    "set active": "desk user",
}

LOCK = re.compile(r"\bFOR (?:NO KEY )?UPDATE\b")
OF = re.compile(r'UPDATE OF ("annotations_[^()]*)')
TABLE = re.compile(r'"annotations_(\w+)"')
INNERMOST = re.compile(r"\([^()]*\)")
FROM = re.compile(r'FROM "annotations_(\w+)"')


def joins(sql: str) -> bool:
    """Whether the statement itself joins tables; what is asked inside it is not locked."""
    while (outer := INNERMOST.sub("", sql)) != sql:
        sql = outer
    return " JOIN " in sql


def locked(queries: CaptureQueriesContext) -> list[str]:
    """The tables whose rows were locked, in the order in which that first happened."""
    found = []
    for sql in (query["sql"] for query in queries):
        if LOCK.search(sql):
            of, table = OF.search(sql), FROM.search(sql)
            assert of or not joins(sql), f"what is joined is locked as well: {sql}"
            assert table, sql
            found += TABLE.findall(of[1]) if of else [table[1]]
    return list(dict.fromkeys(found))


@pytest.mark.heart
@pytest.mark.django_db
@pytest.mark.parametrize("move", HELD)
def test_a_move_locks_the_rows_it_judges_by_in_the_one_order(move):
    everyone = Everyone()
    at, act = ACTS[move]
    found = stage(everyone, at)
    article, claim = Article.objects.get(pk=found[0].pk), Claim.objects.get(pk=found[1].pk)
    _olga, _carl, _ed, manager, *_others, root, _left = everyone.people()
    with CaptureQueriesContext(connection) as queries:
        act(everyone, article, claim, root if move == "set active" else manager)
    assert locked(queries) == HELD[move].split()


@pytest.mark.django_db
def test_a_lock_lets_the_log_point_at_the_row():
    """FOR UPDATE would make every line of the log about the row wait: it names it by its key."""
    everyone = Everyone()
    article, _claim = everyone.marked()
    with CaptureQueriesContext(connection) as queries:
        ACTS["open checking"][1](everyone, article, _claim, everyone.eda)
    taken = [query["sql"] for query in queries if LOCK.search(query["sql"])]
    assert taken
    assert all("FOR NO KEY UPDATE" in sql for sql in taken)


WORKFLOW = sorted(Path(workflow.__file__).parent.glob("*.py"))


def _is_soft(call: ast.Call) -> bool:
    """Whether a lock lets other rows point at the row, by its key."""
    return any(
        word.arg == "no_key" and isinstance(word.value, ast.Constant) and word.value.value is True
        for word in call.keywords
    )


def test_no_lock_anywhere_keeps_others_from_pointing_at_the_row():
    """The kind, of every move there is and will be: also of those that no story here comes to."""
    locks = [
        (f"{path.name}:{node.lineno}", _is_soft(node))
        for path in WORKFLOW
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "select_for_update"
    ]
    assert len(locks) > 20
    assert [where for where, is_soft in locks if not is_soft] == []
