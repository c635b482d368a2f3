"""What a desk that is played is promised, and what the database says of it.

All is read from the whole database, not from what moves answer.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from annotations import workflow
from annotations.models import (
    Annotation,
    Assignment,
    Citation,
    Comment,
    Snapshot,
    Source,
    SourceNote,
    Transition,
    User,
    Verdict,
)


class Promise(StrEnum):
    """What holds after each move, whoever made it."""

    OWING_IS_BLIND = "who owes a check sees nothing of others on the claim"
    HOLDING_IS_BLIND = "who handed in sees nothing of others' round until all are in"
    ASIDE_IS_BLIND = "a claim set aside out of checking stays closed"
    READING_IS_NOTED = "who has read others' work has a sighting"
    READER_IS_NOT_BLIND = "who has read others' work is not taken for a blind checker"
    ANNOTATOR_NEVER_APPROVES = "whoever handed in an annotation never approves the claim"
    ADOPTED_NEVER_APPROVES = "whose annotation a verdict adopted never approves the claim"
    DECIDER_APPROVES_BY_POLICY = "the decider approves only where the policy lets them"
    NOT_ALONE = "no edition has only one person behind it"
    OTHER_EYES = "whoever changed what readers see last does not publish it unseen"
    LOG_IS_COMPLETE = "each move is in the log, and the log leads to where each row stands"
    LOG_STANDS = "what is written once never changes or goes"
    TEXT_IS_KEPT = "each text of an annotation is there, or one of its versions"
    MARKS_FIT = "a mark's words stand at its place"
    REFUSED_IS_NOTHING = "a refused move changes nothing"
    STRANGERS_SEE_NOTHING = "who belongs to the desk no more sees nothing of it"
    SCALE_STANDS = "what is being rated is rated with one scale"
    CONFIRMED_BY_ANOTHER = "what was taken back is confirmed by somebody else"
    ONCE = "a form that is sent twice has one effect, and no other form its key"
    QUEUE_IS_TRUE = "a queue asks each person for what they can do, and for all of it"


BROKEN: frozenset[Promise] = frozenset()
"""What the code does not keep yet. Take a promise out of here once it does."""

REFUSALS = (workflow.Refused, PermissionDenied, ValidationError)
"""How a move says no. Anything else that comes out of one is a fault."""

# --- the whole database ---

Row = dict[str, Any]
Rows = dict[int, Row]
State = dict[str, Rows]

STANDS = (
    "Transition",
    "Edition",
    "Revision",
    "Verdict",
    "Correction",
    "Guidelines",
    "Statement",
    "Sighting",
    "RemovedMark",
    "DraftVersion",
    "Original",
    "Link",
    "Picture",
)
"""Tables of which no row ever changes or goes."""

FIXED = {"User", "RatingScale", "Rating"}
"""Tables that no move writes to."""

PEOPLE = 8
"""Six who may be members, somebody of another desk, and a superuser who is nobody's member."""
OUTSIDER, ROOT = 6, 7


def _tables() -> list[tuple[str, str]]:
    """The app's tables with a key, by the name of their model."""
    found = apps.get_app_config("annotations").get_models(include_auto_created=True)
    return [
        (model.__name__, model._meta.db_table) for model in found if model.__name__ not in FIXED
    ]


def everything() -> State:
    """All rows of all tables, by model and key: in one statement, for it is asked at each step."""
    tables = _tables()
    parts = [
        f"(select coalesce(json_agg(t order by t.id), '[]') from {table} t)" for _, table in tables
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"select json_build_array({', '.join(parts)})")
        (found,) = cursor.fetchone()
    return {
        name: {row["id"]: row for row in rows}
        for (name, _), rows in zip(tables, found, strict=True)
    }


def difference(before: State, after: State) -> str:
    """Which tables differ, and how: for the message of a failure."""
    told = []
    for name, rows in after.items():
        old = before[name]
        if rows != old:
            new = [row for key, row in rows.items() if old.get(key) != row]
            gone = [row for key, row in old.items() if key not in rows]
            told.append(f"{name}: written {new}, gone {gone}")
    return "; ".join(told)


def since(before: Rows, after: Rows) -> list[Row]:
    """The rows that are new, in the order of their keys."""
    return [row for key, row in sorted(after.items()) if key not in before]


# --- rule 4: who may see what ---

OWING = {"assigned", "started", "returned"}
HOLDING = OWING | {"submitted"}
SEEN = (
    Annotation, Citation, Comment, Verdict, Assignment, Transition, Source, Snapshot, SourceNote,
)  # fmt: skip
TELLING = {"disclose", "adopt", "decide", "approve", "send back"}
"""Lines of a claim that tell what others came to."""

TAKES_BACK = {"withdraw", "retract"}
"""Moves that one person makes at once, and that a second one confirms later."""

REASONS = {"return", "ask again", "decide", "send back"}
"""Lines of a claim whose reasons speak of what others answered."""


def visible(person: User) -> dict[str, set[int]]:
    """The keys of all that the person may see, asked in one statement: nothing is handed out."""
    sql, params = _asking_for_all(person.pk)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: dict[str, set[int]] = {model.__name__: set() for model in SEEN}
        for name, key in cursor.fetchall():
            found[name].add(key)
    return found


@cache
def _asking_for_all(person: int) -> tuple[str, tuple[Any, ...]]:
    """The statement for `visible`, kept: to build it costs more than to ask it.

    `person_reads` looks whether the rows that pages get are the same.
    """
    user = User.objects.get(pk=person)
    parts: list[str] = []
    params: list[Any] = []
    for model in SEEN:
        query = model.objects.visible_to(user).order_by().values("pk").query
        sql, values = query.sql_with_params()
        parts.append(f"select '{model.__name__}', * from ({sql}) rows")
        params += values
    return " union all ".join(parts), tuple(params)


def round_of(state: State, claim: Row) -> tuple[str, int] | None:
    """How the claim stands while its annotations are closed, and the line its round began with.

    None when all are disclosed, or the claim is past that.
    """
    lines = [row for row in state["Transition"].values() if is_of_claim(row, claim["id"])]
    status = claim["status"]
    if status == "set_aside":
        aside = [row for row in lines if row["move"] == "set aside"][-1]
        if aside["source"] not in ("spotted", "checking"):
            return None
        begun = aside["source"]
    elif status in ("spotted", "checking"):
        begun = status
    else:
        return None
    starts = [row["id"] for row in lines if row["target"] == begun and row["source"] != begun]
    starts += [row["id"] for row in lines if row["move"] == "reword"]
    return status, max(starts)


def is_of_claim(line: Row, claim: int) -> bool:
    return bool(line["claim_id"] == claim and line["assignment_id"] is None)


def closed_to(state: State, claim: int, check: Row, begun: int) -> dict[str, set[int]]:
    """What the holder of the check must not see of the claim, by model.

    Who owes an answer: anything of others at all. Who has handed in: what others do in this round;
    what was disclosed to them before, they have seen.
    """
    me, owes = check["person_id"], check["status"] in OWING
    others = {
        key: row
        for key, row in state["Assignment"].items()
        if row["claim_id"] == claim and row["person_id"] != me and (owes or row["task"] == "check")
    }
    lines = {
        key: row
        for key, row in state["Transition"].items()
        if row["assignment_id"] in others and (owes or key > begun)
    }
    handed_in = {row["assignment_id"] for row in lines.values() if row["move"] == "submit"}
    annotations = {
        key
        for key, row in state["Annotation"].items()
        if row["assignment_id"] in others
        and (owes or row["disclosed_at"] is None or row["assignment_id"] in handed_in)
    }
    verdicts: set[int] = set()
    comments: set[int] = set()
    if owes:
        verdicts = _of_others(state["Verdict"], claim, "decided_by_id", me)
        comments = _of_others(state["Comment"], claim, "author_id", me)
        lines |= {
            key: row
            for key, row in state["Transition"].items()
            if is_of_claim(row, claim) and row["move"] in TELLING and row["actor_id"] != me
        }
    return {
        "Assignment": set(others),
        "Annotation": annotations,
        "Verdict": verdicts,
        "Comment": comments,
        "Transition": set(lines),
        "SourceNote": {
            key for key, row in state["SourceNote"].items() if row["annotation_id"] in annotations
        },
        "Citation": {
            key
            for key, row in state["Citation"].items()
            if row["annotation_id"] in annotations or row["verdict_id"] in verdicts
        },
    }


def _of_others(rows: Rows, claim: int, by: str, me: int) -> set[int]:
    return {key for key, row in rows.items() if row["claim_id"] == claim and row[by] != me}


def unearned(state: State, me: int, seen: dict[str, set[int]]) -> list[str]:
    """Others' sources among those seen that nothing visible cites, and their copies."""
    cited = {state["Citation"][key]["source_id"] for key in seen["Citation"]}
    own = {key for key, row in state["Source"].items() if row["added_by_id"] == me}
    earned = cited | own
    copies = [key for key in seen["Snapshot"] if state["Snapshot"][key]["source_id"] not in earned]
    return [f"source {key}" for key in seen["Source"] - earned] + [f"copy {key}" for key in copies]


# --- rule 6: whose hands an edition has gone through ---

CHANGES = {
    "import",
    "revise",
    "describe",
    "mark",
    "unmark",
    "attach",
    "let go",
    "set aside",
    "bring back",
    "word",
    "reword",
    "adopt",
    "decide",
    "withdraw",
    "retract",
}
"""Moves that change what readers see: text, marks, details, wording, verdicts."""


def shown(content: Any) -> Any:
    """What readers see of an edition: all but its number and its day."""
    return {name: value for name, value in content.items() if name not in ("number", "at")}


# --- what has been tried ---


class Tally:
    """How often each move was accepted and refused, and how far the examples came."""

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.reached: Counter[str] = Counter()
        self.lines: Counter[str] = Counter()
        self.examples = 0

    def told_why(self) -> str:
        """The reasons of refusals, with how often each was given."""
        return "\n".join(f"{n:6} {why}" for why, n in sorted(self.reasons.items()))

    def tried(self, move: str) -> int:
        return self.accepted[move] + self.refused[move]

    def never_accepted(self, few: int = 0) -> set[str]:
        """The moves that were tried more than `few` times, and refused each time."""
        return {move for move in self.refused if not self.accepted[move] and self.tried(move) > few}

    def told(self) -> str:
        """A line a move, the rarest first."""
        moves = sorted({*self.accepted, *self.refused}, key=lambda move: self.accepted[move])
        lines = [f"{move:22} {self.accepted[move]:6} {self.refused[move]:6}" for move in moves]
        reached = ", ".join(f"{name} {n}" for name, n in sorted(self.reached.items()))
        head = f"{self.examples} examples: {reached}\n{'':22} {'done':>6} {'refused':>6}"
        return "\n".join([head, *lines])
