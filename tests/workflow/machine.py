"""A desk that is played: any person tries any move at any time, and after each the rules are asked.

Hypothesis draws who does what; `promises` has what must hold whatever was drawn.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import Any, ClassVar
from unittest import mock

from django.db import connection, transaction
from django.utils import timezone
from hypothesis import Phase, settings, target
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from annotations import exchange, models, workflow
from annotations.formats import plain
from annotations.models import (
    Annotation,
    Article,
    Assignment,
    Citation,
    Claim,
    Comment,
    DraftVersion,
    Edition,
    Mark,
    Membership,
    Orphan,
    RemovedMark,
    ReplyRequest,
    Report,
    Source,
    User,
)
from annotations.vocabulary import CorrectionKind, Dealing, Hold, Role, SetAside, Task, Triage
from annotations.workflow import discussion, reports
from tests import cast as c
from tests.queries.turns import wrong_turns

from .more_moves import MoreMoves
from .moves import (
    ANY,
    AT,
    CHECKER,
    KIND,
    MOVES,
    NEXT,
    OWN,
    RATING,
    SAME,
    STALE,
    TASK,
    WHO,
    WHY,
    Call,
    calls_of,
    has,
    move,
)  # fmt: skip
from .promises import (
    BROKEN,
    CHANGES,
    HOLDING,
    OUTSIDER,
    OWING,
    PEOPLE,
    REASONS,
    REFUSALS,
    ROOT,
    SEEN,
    STANDS,
    Promise,
    Row,
    State,
    Tally,
    closed_to,
    difference,
    everything,
    round_of,
    shown,
    since,
    unearned,
    visible,
)

# --- the game ---

ANOTHER = [
    c.TEXT,
    c.TEXT.replace("sailing,” the mayor said.", "sailing,” she said."),
    c.TEXT.replace("to stop sailing", "not to stop sailing"),
    c.TEXT.replace(" The line carried 4,000 people last year.", "") + " We never sailed.",
    c.TEXT + " It was paid for last year.",
    "Another story\n\nNothing of it is left here.",
]
TEXTS = st.sampled_from(range(len(ANOTHER)))
WORDS = [c.MARKED, c.SECOND, "the town paid for a new pier", "It is a fine pier", "pier"]
MOST_CLAIMS, MOST_ARTICLES = 4, 3
RULES = [
    {"preset": "two", "annotations_needed": 1},
    {"preset": "three", "annotations_needed": 2},
    {"preset": "four", "annotations_needed": 2},
    {"preset": "four", "annotations_needed": 3},
    {"decider_may_approve": True},
    {"decider_may_approve": False},
    {"decider_may_approve": None},
    {"checkers_mark": True},
    {"checkers_mark": False},
    {"lapse_days": 7},
    {"lapse_days": None},
    {"people_shown": "roles"},
    {"demand_sources": "warn"},
    {"demand_reply": "block"},
    {"demand_reply": "off"},
]
SIZES = [
    (6, "four", 2),
    (5, "four", 2),
    (4, "four", 2),
    (3, "three", 2),
    (2, "two", 1),
    (6, "four", 3),
    (4, "three", 2),
    (3, "two", 1),
]
"""People, preset and annotations of a desk as it begins."""


@contextmanager
def _rolled_back() -> Iterator[None]:
    """An example's own savepoint: lines of the log cannot be deleted, but taken back.

    Identifiers are drawn from a seed meanwhile, so that an example played again is the same.
    """
    seeded = SimpleNamespace(urandom=random.Random(0).randbytes)
    with mock.patch.object(uuid, "os", seeded), transaction.atomic():
        yield
        transaction.set_rollback(True)


def _stage_of(line: Row, kind: str) -> int | None:
    """The key of the row of this kind whose status the line is about."""
    about = "Article"
    if line["assignment_id"] is not None:
        about = "Assignment"
    elif line["sentence_id"] is not None or not line["target"]:
        return None
    elif line["claim_id"] is not None:
        about = "Claim"
    key = line[f"{kind.lower()}_id"]
    return key if about == kind else None


def _short(row: Row) -> str:
    """A row in few words, for the message of a failure."""
    names = ("move", "status", "source", "target", "actor_id", "person_id", "claim_id", "finding")
    return ", ".join(f"{name}={row[name]}" for name in ("id", *names) if row.get(name))


def _blindness(check: Row, status: str) -> Promise:
    """Which promise the holder of the check is given, at the claim's stage."""
    if check["status"] in OWING:
        return Promise.OWING_IS_BLIND
    return Promise.ASIDE_IS_BLIND if status == "set_aside" else Promise.HOLDING_IS_BLIND


class Desk(MoreMoves, RuleBasedStateMachine):
    """One desk of two to six people, and everything that anybody may try there."""

    off: ClassVar[frozenset[Promise]] = BROKEN
    tally: ClassVar[Tally] = Tally()
    people: ClassVar[list[User]] = []

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.has_read: set[tuple[int, int]] = set()
        self.texts: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
        self.last_lines: dict[tuple[str, int], int] = {}
        self.now: State = {}
        self.example = _rolled_back()
        self.example.__enter__()

    def teardown(self) -> None:
        corrected = self.now.get("Correction", {})
        reached = {
            "published": any(row["slug"] for row in self.now.get("Claim", {}).values()),
            "corrected": any(row["kind"] != "retraction" for row in corrected.values()),
            "taken back": any(row["kind"] == "retraction" for row in corrected.values()),
        }
        if self.now.get("Desk"):
            # At the end alone: it asks more than all other promises together.
            wrong = wrong_turns(self.desk, self.people[:OUTSIDER])
            self.promise(Promise.QUEUE_IS_TRUE, not wrong, wrong)
        self.tally.examples += 1
        self.tally.reached.update(name for name, is_reached in reached.items() if is_reached)
        self.example.__exit__(None, None, None)
        target(float(sum(reached.values())), label="how far it came")

    # --- asking and being asked ---

    def promise(self, promise: Promise, is_kept: bool, told: object = "") -> None:
        if promise not in self.off:
            assert is_kept, f"{promise}: {told}"

    def attempt(
        self, move: str, act: Callable[[], object], line: str | None = "", *, may_rest: bool = False
    ) -> bool:
        """Try a move, and look at what became of the database. Returns whether it was accepted.

        `line` is what the log has to say of it: by default the move's name, None for nothing.
        `may_rest`: an accepted move may find that there is nothing to do.
        """
        before = self.now
        try:
            act()
        except REFUSALS as why:
            self.tally.refused[move] += 1
            self.tally.reasons[f"{move}: {why}"[:90]] += 1
            self.now = everything()
            told = f"{move} was refused ({why})"
            if self.now != before:
                told += difference(before, self.now)
            self.promise(Promise.REFUSED_IS_NOTHING, self.now == before, told)
            return False
        connection.check_constraints()  # those that are asked at COMMIT, which never comes here
        self.now = everything()
        if may_rest and self.now == before:
            return False
        self.tally.accepted[move] += 1
        lines = since(before["Transition"], self.now["Transition"])
        self._ask_log(move, move.replace("_", " ") if line == "" else line, before, lines)
        self._ask_what_stands(before)
        self.tally.lines.update(row["move"] for row in lines)
        self._ask_blindness()
        if move in ("end_membership", "enrol"):
            self._ask_strangers()
        self._ask_hands_of_blind(before, lines)
        self._ask_readers(before, lines)
        self._ask_approvals(lines)
        self._ask_editions(before, move)
        return True

    # --- what is asked after an accepted move ---

    def _ask_log(self, move: str, line: str | None, before: State, lines: list[Row]) -> None:
        names = [row["move"] for row in lines]
        if line is None:
            self.promise(Promise.LOG_IS_COMPLETE, not lines, f"{move} wrote {names}")
        elif line != ANY:
            self.promise(Promise.LOG_IS_COMPLETE, line in names, f"{move} wrote {names}")
        for kind in ("Claim", "Article", "Assignment"):
            by_row: defaultdict[int, list[Row]] = defaultdict(list)
            for row in lines:
                if (key := _stage_of(row, kind)) is not None:
                    by_row[key].append(row)
            for key, row in self.now[kind].items():
                old = before[kind].get(key)
                self._ask_chain(move, kind, row, old["status"] if old else "", by_row[key])

    def _ask_chain(self, move: str, kind: str, row: Row, stands: str, lines: list[Row]) -> None:
        """The lines lead from the status before to the status now."""
        told = f"{move}: {kind} {stands} > {row['status']}, {[_short(each) for each in lines]}"
        for each in lines:
            follows = each["source"] in (stands, "")
            self.promise(Promise.LOG_IS_COMPLETE, follows, told)
            stands = each["target"]
        self.promise(Promise.LOG_IS_COMPLETE, stands == row["status"], told)

    def _ask_what_stands(self, before: State) -> None:
        for name in STANDS:
            kept = all(self.now[name].get(key) == row for key, row in before[name].items())
            self.promise(Promise.LOG_STANDS, kept, name)
        for name in ("Claim", "Article", "Annotation", "Assignment", "Comment", "Source"):
            self.promise(Promise.LOG_STANDS, before[name].keys() <= self.now[name].keys(), name)
        for mark in self.now["Mark"].values():
            words = self.now["Revision"][mark["revision_id"]]["text"][mark["start"] : mark["end"]]
            self.promise(Promise.MARKS_FIT, words == mark["exact"], mark)
        kept_texts: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
        for row in self.now["Annotation"].values():
            kept_texts[row["id"]].add((row["finding"], row["justification"]))
        for row in self.now["DraftVersion"].values():
            kept_texts[row["annotation_id"]].add((row["finding"], row["justification"]))
        for key, texts in self.texts.items():
            lost = texts - kept_texts[key]
            self.promise(Promise.TEXT_IS_KEPT, not lost, lost)

    def _closed(self) -> Iterator[tuple[Row, tuple[str, int], Promise]]:
        """Each check whose holder is blind: with how the claim stands, and what is promised."""
        rounds = {key: round_of(self.now, row) for key, row in self.now["Claim"].items()}
        for check in self.now["Assignment"].values():
            begun = rounds[check["claim_id"]]
            if begun is None or check["task"] != "check" or check["status"] not in HOLDING:
                continue
            yield check, begun, _blindness(check, begun[0])

    def closed_claims(self, person: int) -> dict[int, Promise]:
        """The claims that the person with this key checks blind."""
        return {
            check["claim_id"]: promise
            for check, _begun, promise in self._closed()
            if check["person_id"] == person
        }

    def _ask_blindness(self) -> None:
        """What each holder of a check sees, of claims whose annotations are not disclosed."""
        seen: dict[int, dict[str, set[int]]] = {}
        for check, begun, promise in self._closed():
            if promise in self.off:
                continue
            me = check["person_id"]
            if me not in seen:
                seen[me] = visible(self.person_of(me))
                lent = unearned(self.now, me, seen[me])
                self.promise(Promise.OWING_IS_BLIND, not lent, lent)
            for name, keys in closed_to(self.now, check["claim_id"], check, begun[1]).items():
                leaked = [_short(self.now[name][key]) for key in keys & seen[me][name]]
                self.promise(promise, not leaked, f"{check['status']} sees {name} {leaked}")

    def _ask_strangers(self) -> None:
        """Who belongs to the desk no more, or never did, sees nothing of it."""
        members = {member["user_id"] for member in self.members()}
        for person in self.people:
            if person.pk not in members:
                seen = {name: keys for name, keys in visible(person).items() if keys}
                self.promise(Promise.STRANGERS_SEE_NOTHING, not seen, f"{person}: {seen}")

    def _ask_hands_of_blind(self, before: State, lines: list[Row]) -> None:
        """Nobody brings back what they check blind, and nobody confirms what they took back."""
        for line in lines:
            if line["move"] == "bring back":
                checks = [
                    check
                    for check in before["Assignment"].values()
                    if check["claim_id"] == line["claim_id"]
                    and check["person_id"] == line["actor_id"]
                    and check["task"] == "check"
                    and check["status"] in HOLDING
                ]
                begun = round_of(before, before["Claim"][line["claim_id"]])
                is_free = not checks or begun is None
                self.promise(Promise.ASIDE_IS_BLIND, is_free, _short(line))
            if line["move"] == "confirm taking back":
                about = {name: line[name] for name in ("article_id", "claim_id")}
                taken = [
                    row
                    for row in before["Transition"].values()
                    if row["move"] in ("withdraw", "retract")
                    and {name: row[name] for name in about} == about
                ]
                is_other = taken[-1]["actor_id"] != line["actor_id"]
                self.promise(Promise.CONFIRMED_BY_ANOTHER, is_other, _short(line))

    def _ask_readers(self, before: State, lines: list[Row]) -> None:
        # Whoever signs a verdict, or sends it back, has seen it, whatever page they did it from.
        self.has_read |= {
            (line["actor_id"], line["claim_id"])
            for line in lines
            if line["move"] in ("decide", "adopt", "approve", "send back")
            and line["claim_id"]
            and line["actor_id"]
        }
        for line in lines:
            check = self.now["Assignment"].get(line["assignment_id"] or 0)
            if check is None or check["task"] != "check":
                continue
            if (check["person_id"], check["claim_id"]) not in self.has_read:
                continue
            if line["move"] == "assign":
                self.promise(Promise.READER_IS_NOT_BLIND, False, "a reader was asked to check")
            if line["move"] == "submit":
                is_told = self.annotation_of(check["id"])["revised_in_view"]
                self.promise(Promise.READER_IS_NOT_BLIND, is_told, "a reader handed in as blind")
        self._ask_sightings()

    def look_anew(self) -> None:
        """Look at the database after somebody has read, and whether it was noted."""
        self.now = everything()
        self._ask_sightings()

    def _ask_sightings(self) -> None:
        noted = {(row["person_id"], row["claim_id"]) for row in self.now["Sighting"].values()}
        self.promise(Promise.READING_IS_NOTED, self.has_read <= noted, self.has_read - noted)

    def _ask_approvals(self, lines: list[Row]) -> None:
        for line in lines:
            if line["move"] != "approve" or line["claim_id"] is None:
                continue
            claim, actor = line["claim_id"], line["actor_id"]
            handed_in = {
                self.now["Assignment"][row["assignment_id"]]["person_id"]
                for row in self.now["Transition"].values()
                if row["move"] == "submit" and row["claim_id"] == claim and row["id"] < line["id"]
            }
            self.promise(Promise.ANNOTATOR_NEVER_APPROVES, actor not in handed_in, _short(line))
            verdicts = [row for row in self.now["Verdict"].values() if row["claim_id"] == claim]
            adopted = {self.author(row["adopted_id"]) for row in verdicts}
            self.promise(Promise.ADOPTED_NEVER_APPROVES, actor not in adopted, _short(line))
            decider = max(verdicts, key=lambda row: int(row["number"]))["decided_by_id"]
            may = actor != decider or line["policy"]["decider_approves"]
            self.promise(Promise.DECIDER_APPROVES_BY_POLICY, may, _short(line))

    def _ask_editions(self, before: State, move: str) -> None:
        """That two people stand behind each edition that was made by publishing."""
        made = since(before["Edition"], self.now["Edition"])
        for edition in made:
            kind = "Article" if edition["article_id"] else "Claim"
            row = edition["article_id"] or edition["claim_id"]
            if move == "publish" and self._differs(edition):
                self._ask_hands(edition, self._hands(kind, row))
        # What was taken back is a change that the next edition answers for, with whoever made it.
        lines = before if move in ("withdraw", "retract") else self.now
        last = max(lines["Transition"])
        for edition in made:
            kind = "Article" if edition["article_id"] else "Claim"
            self.last_lines[kind, edition["article_id"] or edition["claim_id"]] = last

    def _differs(self, edition: Row) -> bool:
        earlier = [
            row["content"]
            for row in self.now["Edition"].values()
            if row["id"] < edition["id"]
            and (row["article_id"], row["claim_id"]) == (edition["article_id"], edition["claim_id"])
        ]
        return not earlier or shown(earlier[-1]) != shown(edition["content"])

    def _ask_hands(self, edition: Row, lines: list[Row]) -> None:
        publisher = edition["published_by_id"]
        hands = {publisher}.union(*(self._people_of(line) for line in lines))
        told = [_short(line) for line in lines]
        self.promise(Promise.NOT_ALONE, len(hands) > 1, told)
        changes = [line["id"] for line in lines if line["move"] in CHANGES]
        if changes:
            after = [line for line in lines if line["id"] >= max(changes)]
            eyes = {publisher}.union(*(self._people_of(line) for line in after))
            self.promise(Promise.OTHER_EYES, len(eyes) > 1, told)

    def _hands(self, kind: str, row: int) -> list[Row]:
        """The lines of changes and approvals that lie behind a row's new edition, in order."""
        if kind == "Claim":
            return self._lines_of("claim_id", row, self.last_lines.get((kind, row), 0))
        last = self.last_lines.get((kind, row), 0)
        found = {
            line["id"]: line
            for line in self._lines_of("article_id", row, last)
            if line["move"] in CHANGES or line["claim_id"] is None
        }
        for claim in self.claims_of(row):
            # What readers have of a claim already was seen when they got it.
            seen = max(last, self.last_lines.get(("Claim", claim), 0))
            found |= {line["id"]: line for line in self._lines_of("claim_id", claim, seen)}
        return [line for _key, line in sorted(found.items())]

    def _lines_of(self, column: str, row: int, last: int) -> list[Row]:
        wanted = CHANGES | {"approve"}
        return [
            line
            for key, line in self.now["Transition"].items()
            if key > last and line[column] == row and line["move"] in wanted
        ]

    def _people_of(self, line: Row) -> set[int]:
        """Who made the line's move; of a verdict by policy, whose annotation it is."""
        if line["actor_id"] is not None:
            return {line["actor_id"]}
        verdicts = [
            row
            for row in self.now["Verdict"].values()
            if row["claim_id"] == line["claim_id"] and row["decided_by_id"] is None
        ]
        authors = {self.author(row["adopted_id"]) for row in verdicts}
        return {author for author in authors if author is not None}

    # --- finding things ---

    def someone(self, who: int) -> User:
        """The person of that number; or who has most rights, or else next to most, or who handed
        in an annotation last, or who made the last move: chance alone seldom lets the same do two
        things that nobody may do both of."""
        if who < PEOPLE:
            return self.people[who]
        lines = [row for row in self.rows("Transition") if row["actor_id"] is not None]
        if who == CHECKER:
            lines = [row for row in lines if row["move"] == "submit"]
        if who in (CHECKER, SAME) and lines:
            return self.person_of(lines[-1]["actor_id"])
        return self.people[self.by_rank(0)[who == NEXT]]

    def person_of(self, key: int) -> User:
        return next(person for person in self.people if person.pk == key)

    def author(self, annotation: int | None) -> int | None:
        if annotation is None:
            return None
        check = self.now["Annotation"][annotation]["assignment_id"]
        return int(self.now["Assignment"][check]["person_id"])

    def annotation_of(self, check: int) -> Row:
        rows = self.now["Annotation"].values()
        return next((row for row in rows if row["assignment_id"] == check), {})

    def claims_of(self, article: int) -> list[int]:
        """The keys of the claims that any text of the article makes."""
        texts = {key for key, row in self.now["Revision"].items() if row["article_id"] == article}
        return sorted(
            {row["claim_id"] for row in self.now["Mark"].values() if row["revision_id"] in texts}
        )

    def rows(self, kind: str, /, **having: Any) -> list[Row]:
        """The rows that have these values, in the order of their keys."""
        found = [row for _key, row in sorted(self.now[kind].items())]
        return [row for row in found if all(row[name] == want for name, want in having.items())]

    def pick(self, kind: type[Any], at: int, rows: Sequence[Row] | None = None) -> Any:
        """One of the rows as the database has it now, or None where there is none."""
        found = self.rows(kind.__name__) if rows is None else rows
        return kind.objects.get(pk=found[at % len(found)]["id"]) if found else None

    def number(self) -> int:
        """One more, so that no two texts are the same."""
        self.count += 1
        return self.count

    @property
    def desk(self) -> models.Desk:
        return models.Desk.objects.get(slug="played")

    # --- how it begins and goes on ---

    @rule(call=st.runner().flatmap(lambda desk: desk.calls()))
    def do(self, call: Call) -> None:
        MOVES[call.move].made(self, **call.of)

    def calls(self) -> st.SearchStrategy[Call]:
        """A move that there is anything for, as often as its weight says, and of whom and what."""
        ripe = tuple(name for name, played in MOVES.items() if played.ripe(self))
        return calls_of(ripe, tuple(name for name, played in MOVES.items() if played.when(self)))

    @initialize(
        size=st.sampled_from(SIZES),
        roles=st.lists(st.sampled_from(["editor", "manager", "checker"]), min_size=5, max_size=5),
        claims=st.integers(1, 2),
    )
    def begin(self, size: tuple[int, str, int], roles: list[str], claims: int) -> None:
        people, preset, needed = size
        desk = c.make_desk("played", preset, needed)
        # A desk that can publish at all: a manager, an editor, and whoever else there is.
        given = ["manager", "editor", *roles[1:]] if people > 2 else ["manager", "editor"]
        members = zip(self.people[:people], given, strict=False)
        Membership.objects.bulk_create(
            Membership(desk=desk, user=person, role=role) for person, role in members
        )
        article = c.import_text(desk, self.people[0])
        for words in WORDS[:claims]:
            c.mark(article, words, self.people[1])
        self.now = everything()

    # --- text and marks ---

    @move(writes="import", who=WHO, text=TEXTS, language=st.sampled_from(["en", "en", "de"]))
    def import_(self, who: int, text: int, language: str) -> None:
        if len(self.now["Article"]) < MOST_ARTICLES:
            self.attempt(
                "import",
                partial(
                    exchange.import_text,
                    self.desk,
                    ANOTHER[text],
                    actor=self.someone(who),
                    language=language,
                ),
                may_rest=True,
            )

    @move(writes="mark", who=WHO, article=AT, words=AT, same_as=st.none() | AT, step=st.booleans())
    def mark(self, who: int, article: int, words: int, same_as: int | None, step: bool) -> None:
        place = self.pick(Article, article)
        start, end, exact = self.span(place, words)
        claim = wording = None
        if same_as is not None or len(self.now["Claim"]) >= MOST_CLAIMS:
            claim = self.pick(Claim, same_as or 0)
        else:
            wording = workflow.ClaimDraft(f"It is so, says {self.number()}.")
        me = self.someone(who)

        def act() -> object:
            if step:
                return workflow.mark_step(
                    place, [(start, end)], actor=me, exact=exact, wording=wording, claim=claim
                )
            return workflow.mark(place, start, end, actor=me, wording=wording, claim=claim)

        self.attempt("mark", act)

    @move(writes="unmark", weight=1, when=has("Mark"), who=WHO, at=AT, step=st.booleans())
    def unmark(self, who: int, at: int, step: bool) -> None:
        if mark := self.pick(Mark, at):
            take = workflow.unmark_step if step else workflow.unmark
            article, me = mark.revision.article, self.someone(who)
            self.attempt("unmark", partial(take, article, mark, actor=me))

    @move(writes="mark", when=has("RemovedMark"), who=WHO, at=AT)
    def put_back(self, who: int, at: int) -> None:
        if removed := self.pick(RemovedMark, at):
            article, me = removed.revision.article, self.someone(who)
            self.attempt("put_back", partial(workflow.put_back, article, removed, actor=me), "mark")

    @move(writes="mark, unmark, triage", when=has("Step"), who=WHO, article=AT, again=st.booleans())
    def undo(self, who: int, article: int, again: bool) -> None:
        steps = self.rows("Step", is_undone=again)
        if steps:
            if who >= PEOPLE:
                who = self.index(steps[article % len(steps)]["person_id"])
            place = Article.objects.get(pk=steps[article % len(steps)]["article_id"])
            move = workflow.redo if again else workflow.undo
            lines = self.attempt_logged(
                "redo" if again else "undo", partial(move, place, actor=self.someone(who))
            )
            assert lines <= {"mark", "unmark", "triage"}, lines

    @move(
        writes="triage",
        who=WHO,
        article=AT,
        numbers=st.sets(st.integers(1, 5)),
        value=st.sampled_from(Triage),
    )
    def triage(self, who: int, article: int, numbers: set[int], value: Triage) -> None:
        place = self.pick(Article, article)
        self.attempt(
            "triage",
            partial(workflow.triage_step, place, numbers, value, actor=self.someone(who)),
            may_rest=True,
        )

    @move(writes="revise, orphan", who=WHO, article=AT, text=TEXTS, is_stale=STALE)
    def revise(self, who: int, article: int, text: int, is_stale: bool) -> None:
        place = self.pick(Article, article)
        number = 0 if is_stale else place.revision.number
        document = plain.read(ANOTHER[text], place.language)
        self.attempt(
            "revise",
            partial(
                exchange.revise,
                place,
                document,
                actor=self.someone(who),
                based_on=number,
                reason="A new print.",
            ),
        )

    @move(when=has("Orphan"), ripe=has("Orphan", outcome=""), who=WHO, at=AT, words=AT)
    def attach(self, who: int, at: int, words: int) -> None:
        orphan = self.pick(Orphan, at)
        start, end, _exact = self.span(orphan.revision.article, words)
        me = self.someone(who)
        self.attempt("attach", partial(workflow.attach, orphan, start, end, actor=me))

    @move(
        writes="let go, set aside",
        when=has("Orphan"),
        ripe=has("Orphan", outcome=""),
        who=WHO,
        at=AT,
        why=st.sampled_from(SetAside),
    )
    def let_go(self, who: int, at: int, why: SetAside) -> None:
        orphan = self.pick(Orphan, at)
        me = self.someone(who)
        lines = self.attempt_logged("let_go", partial(workflow.let_go, orphan, why, actor=me))
        assert lines <= {"let go", "set aside"}, lines

    @move(when=has("Mark", came_by="context"), who=WHO, at=AT)
    def confirm(self, who: int, at: int) -> None:
        mark = self.pick(Mark, at, self.rows("Mark", came_by="context"))
        article, me = mark.revision.article, self.someone(who)
        self.attempt("confirm", partial(workflow.confirm, article, [str(mark.uuid)], actor=me))

    @move(when=has("Revision", number=2), ripe=lambda desk: desk.lost(), who=WHO, article=AT)
    def look_again(self, who: int, article: int) -> None:
        place, me = self.pick(Article, article), self.someone(who)
        self.attempt("look_again", partial(workflow.look_again, place, actor=me), may_rest=True)

    @move(
        ripe=has("Edition"),
        who=WHO,
        article=AT,
        title=st.sampled_from(["A title", "Another title"]),
    )
    def describe(self, who: int, article: int, title: str) -> None:
        place, me = self.pick(Article, article), self.someone(who)
        values, base = {"title": title}, {"title": place.title}
        self.attempt("describe", partial(workflow.describe, place, values, actor=me, base=base))

    @move(
        writes="translate, also in",
        ripe=has("Article", language="de"),
        who=WHO,
        kind=KIND,
        at=AT,
        of=AT,
    )
    def translate(self, who: int, kind: type[Any], at: int, of: int) -> None:
        first = self.rows(kind.__name__, language="en")
        later = self.rows(kind.__name__, language="de") or first
        me, row, original = (
            self.someone(who),
            self.pick(kind, at, later),
            self.pick(kind, of, first),
        )
        self.attempt("translate", partial(workflow.translate, row, original, actor=me))

    @move(writes="untie, also in", when=lambda desk: desk.tied(), who=WHO, at=AT)
    def untie(self, who: int, at: int) -> None:
        tied = self.tied()
        row = tied[at % len(tied)]
        found = self.pick(Article if "outlet" in row else Claim, 0, [row])
        self.attempt("untie", partial(workflow.untie, found, actor=self.someone(who)))

    # --- wording ---

    @move(ripe=has("Claim", status="spotted"), who=WHO, claim=AT, is_stale=STALE)
    def word(self, who: int, claim: int, is_stale: bool) -> None:
        row, me = self.at("spotted", claim), self.someone(who)
        wording = workflow.ClaimDraft(f"It is so, says {self.number()}.")
        version = row.version - is_stale
        self.attempt(
            "word", partial(workflow.save_wording, row, wording, person=me, based_on=version)
        )

    @move(writes="reword, return", who=WHO, claim=AT, why=WHY)
    def reword(self, who: int, claim: int, why: str) -> None:
        row, me = self.pick(Claim, claim), self.someone(who)
        wording = workflow.ClaimDraft(f"It is so, says {self.number()}.")
        self.attempt("reword", partial(workflow.reword, row, wording, actor=me, reason=why))

    @move(
        writes="set aside, expire",
        weight=1,
        ripe=has("Claim", status="spotted"),
        who=WHO,
        claim=AT,
        why=st.sampled_from(SetAside),
        other=AT,
    )
    def set_aside(self, who: int, claim: int, why: SetAside, other: int) -> None:
        row, me = self.pick(Claim, claim), self.someone(who)
        twin = self.pick(Claim, other) if why == SetAside.DUPLICATE else None
        self.attempt(
            "set_aside",
            partial(workflow.set_aside, row, why, actor=me, note="Look.", duplicate_of=twin),
        )

    @move(ripe=has("Claim", status="set_aside"), who=WHO, claim=AT, why=WHY)
    def bring_back(self, who: int, claim: int, why: str) -> None:
        row, me = self.at("set_aside", claim), self.someone(who)
        self.attempt("bring_back", partial(workflow.bring_back, row, actor=me, reason=why))

    # --- checks ---

    @move(
        writes="open, assign",
        who=WHO,
        article=AT,
        asked=st.lists(st.integers(0, PEOPLE - 1), unique=True, max_size=4),
        way=st.sampled_from([Dealing.ALL, *Dealing]),
    )
    def open_checking(self, who: int, article: int, asked: list[int], way: Dealing) -> None:
        self.open(self.pick(Article, article), [self.people[n] for n in asked], who, way)

    @move(
        writes="assign, extend",
        ripe=has("Claim", status="checking"),
        who=WHO,
        claim=AT,
        whom=WHO,
        task=TASK,
        due=st.booleans(),
    )
    def assign(self, who: int, claim: int, whom: int, task: Task, due: bool) -> None:
        row, me = self.pick(Claim, claim), self.someone(who)
        asked = self.free(row, whom)
        by = timezone.now() + dt.timedelta(days=self.number()) if due else None
        lines = self.attempt_logged(
            "assign", partial(workflow.assign, row, asked, actor=me, task=task, due_at=by)
        )
        assert lines <= {"assign", "extend"}, lines

    @move(
        writes="ask again, assign",
        ripe=has("Claim", status="deciding"),
        who=WHO,
        claim=AT,
        whom=WHO,
    )
    def ask_again(self, who: int, claim: int, whom: int) -> None:
        row, me = self.at("deciding", claim), self.someone(who)
        asked = self.free(row, whom)
        self.attempt("ask_again", partial(workflow.ask_again, row, asked, actor=me))

    @move(when=has("Assignment"), at=AT, own=OWN, who=WHO)
    def start(self, at: int, own: bool, who: int) -> None:
        if check := self.check(at):
            me = check.person if own else self.someone(who)
            self.attempt("start", partial(workflow.start, check, actor=me), may_rest=True)

    @move(
        writes="",
        when=has("Assignment"),
        at=AT,
        own=OWN,
        who=WHO,
        slug=RATING,
        is_stale=st.sampled_from([False] * 5 + [True]),
    )
    def save(self, at: int, own: bool, who: int, slug: str, is_stale: bool) -> None:
        if check := self.check(at):
            self.write_answer(check, check.person if own else self.someone(who), slug, is_stale)

    @move(writes="", when=has("Assignment"), at=AT, own=OWN, who=WHO, change=st.booleans())
    def cite(self, at: int, own: bool, who: int, change: bool) -> None:
        if check := self.check(at):
            me = check.person if own else self.someone(who)
            mine = self.citations_of(check)
            old = self.pick(Citation, at, mine) if change and mine else None
            n = self.number()
            source = workflow.SourceDraft(f"Register {n}", url=f"https://register{n}.example/")
            self.attempt(
                "cite",
                partial(
                    workflow.save_citation,
                    check,
                    source,
                    person=me,
                    stance="contradicts",
                    passage="No.",
                    citation=old,
                ),
                None,
            )

    @move(writes="", when=has("Citation"), at=AT, own=OWN, who=WHO)
    def uncite(self, at: int, own: bool, who: int) -> None:
        cited = [row for row in self.rows("Citation") if row["annotation_id"]]
        if cited:
            citation = self.pick(Citation, at, cited)
            assert citation.annotation is not None
            check = citation.annotation.assignment
            me = check.person if own else self.someone(who)
            self.attempt(
                "uncite", partial(workflow.remove_citation, check, citation, person=me), None
            )

    @move(writes="", when=has("Citation"), at=AT, place=st.integers(0, 3), own=OWN, who=WHO)
    def place(self, at: int, place: int, own: bool, who: int) -> None:
        cited = [row for row in self.rows("Citation") if row["annotation_id"]]
        if cited:
            citation = self.pick(Citation, at, cited)
            assert citation.annotation is not None
            check = citation.annotation.assignment
            me = check.person if own else self.someone(who)
            put = partial(workflow.place_citation, check, citation, place, person=me)
            self.attempt("place", put, None, may_rest=True)

    @move(writes="", when=has("DraftVersion"), at=AT, own=OWN, who=WHO, whole=st.booleans())
    def restore(self, at: int, own: bool, who: int, whole: bool) -> None:
        version = self.pick(DraftVersion, at)
        if version is None:
            return
        check = version.annotation.assignment
        me = check.person if own else self.someone(who)
        if whole:
            based_on = version.annotation.version
            self.attempt(
                "restore_version",
                partial(workflow.restore_version, check, version, person=me, based_on=based_on),
                None,
            )
        elif version.citations:
            key = uuid.UUID(version.citations[0]["uuid"])
            self.attempt(
                "restore_citation",
                partial(workflow.restore_citation, check, version, key, person=me),
                None,
                may_rest=True,
            )

    @move(
        writes="submit, disclose, adopt, fulfil, expire",
        when=has("Assignment"),
        at=AT,
        own=OWN,
        who=WHO,
    )
    def submit(self, at: int, own: bool, who: int) -> None:
        if check := self.check(at):
            self.hand_in(check, check.person if own else self.someone(who))

    @move(
        writes="decline, disclose, adopt, fulfil, expire",
        when=has("Assignment"),
        ripe=lambda desk: desk.owing(),
        at=AT,
        own=OWN,
        who=WHO,
        why=WHY,
    )
    def decline(self, at: int, own: bool, who: int, why: str) -> None:
        if check := self.owed(at):
            me = check.person if own else self.someone(who)
            self.attempt("decline", partial(workflow.decline, check, actor=me, reason=why))

    @move(
        writes="take back, disclose, adopt, fulfil, expire",
        when=has("Assignment"),
        ripe=lambda desk: desk.owing(),
        who=WHO,
        at=AT,
        why=WHY,
    )
    def take_back(self, who: int, at: int, why: str) -> None:
        if check := self.owed(at):
            me = self.someone(who)
            self.attempt("take_back", partial(workflow.take_back, check, actor=me, reason=why))

    @move(
        writes="expire, disclose, adopt, fulfil",
        when=has("Assignment"),
        ripe=lambda desk: desk.owing(),
        at=AT,
        days=st.sampled_from([1, 10]),
    )
    def lapse(self, at: int, days: int) -> None:
        if check := self.owed(at):
            day = timezone.now() + dt.timedelta(days=days)
            self.attempt("lapse", partial(workflow.lapse, check, at=day), "expire", may_rest=True)

    @move(
        writes="return",
        when=has("Assignment", status="submitted"),
        ripe=has("Claim", status="deciding"),
        who=WHO,
        at=AT,
        why=WHY,
    )
    def give_back(self, who: int, at: int, why: str) -> None:
        handed_in = self.rows("Assignment", task="check", status="submitted")
        open_ones = {row["id"] for row in self.rows("Claim", status="deciding")}
        handed_in.sort(key=lambda row: row["claim_id"] not in open_ones)
        if check := self.pick(Assignment, at, handed_in):
            me = self.someone(who)
            self.attempt(
                "give_back", partial(workflow.give_back, check, actor=me, reason=why), "return"
            )

    # --- verdicts ---

    @move(writes="decide, fulfil, expire", who=WHO, claim=AT, slug=RATING, adopts=st.none() | AT)
    def decide(self, who: int, claim: int, slug: str, adopts: int | None) -> None:
        self.settle(self.pick(Claim, claim), who, slug, adopts)

    @move(
        writes="adopt, fulfil, expire",
        ripe=has("Claim", status="deciding"),
        who=WHO,
        article=AT,
        whose=WHO,
    )
    def adopt_agreed(self, who: int, article: int, whose: int) -> None:
        place, me, key = self.pick(Article, article), self.someone(who), self.someone(whose).pk
        self.attempt(
            "adopt_agreed", partial(workflow.adopt_agreed, place, actor=me, whose=key), "adopt"
        )

    @move(writes="approve, fulfil, expire", who=WHO, claim=AT)
    def approve(self, who: int, claim: int) -> None:
        row, me = self.at("decided", claim), self.someone(who)
        self.attempt("approve", partial(workflow.approve, row, actor=me))

    @move(writes="approve", when=has("Edition"), who=WHO, article=AT)
    def approve_article(self, who: int, article: int) -> None:
        place, me = self.pick(Article, article), self.someone(who)
        act = partial(workflow.approve_article, place, actor=me)
        self.attempt("approve_article", act, "approve")

    @move(
        writes="send back, assign",
        ripe=has("Claim", status="decided"),
        who=WHO,
        claim=AT,
        why=WHY,
        to=st.none() | WHO,
    )
    def send_back(self, who: int, claim: int, why: str, to: int | None) -> None:
        row, me = self.at("decided", claim), self.someone(who)
        person = None if to is None else self.someone(to)
        self.attempt("send_back", partial(workflow.send_back, row, actor=me, reason=why, to=person))

    @move(
        writes="",
        when=has("Verdict"),
        who=WHO,
        claim=AT,
        parent=st.none() | AT,
        holds=st.sampled_from(Hold),
    )
    def comment(self, who: int, claim: int, parent: int | None, holds: Hold) -> None:
        row, me = self.pick(Claim, claim), self.someone(who)
        above = None if parent is None else self.pick(Comment, parent)
        body = f"Look at {self.number()}, @person1."
        asks = discussion.Asked(holds=holds) if above is None else None
        say = partial(discussion.add, row, body, person=me, parent=above, asks=asks)
        self.attempt("comment", say, None)

    @move(writes="", when=has("Comment"), who=WHO, at=AT, again=st.booleans())
    def resolve(self, who: int, at: int, again: bool) -> None:
        comment, me = self.pick(Comment, at), self.someone(who)
        move = discussion.reopen if again else discussion.resolve
        self.attempt("resolve", partial(move, comment, person=me), None, may_rest=True)

    # --- readers ---

    @move(writes="publish, also in", ripe=has("Edition"), who=WHO, article=AT, noted=OWN)
    def publish(self, who: int, article: int, noted: bool) -> None:
        self.give_readers(self.pick(Article, article), who, noted)

    @move(who=WHO, claim=AT, why=WHY, report=st.none() | AT)
    def reopen(self, who: int, claim: int, why: str, report: int | None) -> None:
        row, me = self.at("published", claim), self.someone(who)
        told = None if report is None else self.pick(Report, report)
        self.attempt("reopen", partial(workflow.reopen, row, actor=me, reason=why, report=told))

    @move(
        writes="retract, withdraw, also in",
        weight=1,
        when=has("Edition"),
        ripe=has("Claim", status="published"),
        who=WHO,
        claim=AT,
        why=WHY,
    )
    def retract(self, who: int, claim: int, why: str) -> None:
        row, me = self.at("published", claim), self.someone(who)
        self.attempt("retract", partial(workflow.retract, row, actor=me, why=why))

    @move(
        writes="withdraw, retract, also in",
        weight=1,
        when=has("Edition"),
        ripe=has("Article", status="published"),
        who=WHO,
        article=AT,
        why=WHY,
        whole=st.booleans(),
    )
    def withdraw(self, who: int, article: int, why: str, whole: bool) -> None:
        place, me = self.pick(Article, article), self.someone(who)
        going = self.claims_of(place.pk) if whole else []
        self.attempt("withdraw", partial(workflow.withdraw, place, actor=me, why=why, going=going))

    @move(when=has("Edition"), ripe=lambda desk: desk.taken_back(), who=WHO, at=AT)
    def confirm_taking_back(self, who: int, at: int) -> None:
        gone = self.taken_back() or self.rows("Article") + self.rows("Claim")
        found, me = gone[at % len(gone)], self.someone(who)
        row = self.pick(Article if "outlet" in found else Claim, 0, [found])
        self.attempt("confirm_taking_back", partial(workflow.confirm_taking_back, row, actor=me))

    @move(
        writes="", when=has("Edition"), at=AT, address=st.sampled_from(["192.0.2.1", "192.0.2.2"])
    )
    def report(self, at: int, address: str) -> None:
        edition = self.pick(Edition, at)
        draft = reports.ReportDraft("It is wrong.", email="reader@mail.example")
        self.attempt("report", partial(reports.receive, edition, draft, address=address), None)

    @move(
        writes="",
        when=has("Report"),
        who=WHO,
        at=AT,
        outcome=st.sampled_from(["correct", "stands", "spam"]),
    )
    def answer_report(self, who: int, at: int, outcome: str) -> None:
        found, me = self.pick(Report, at), self.someone(who)
        url = "https://desk.example/"
        self.attempt(
            "answer_report",
            partial(reports.answer, found, outcome, "We looked.", actor=me, url=url),
            None,
        )

    @move(writes="ask reply, reply not needed", who=WHO, claim=AT, why=WHY, is_asked=st.booleans())
    def ask_reply(self, who: int, claim: int, why: str, is_asked: bool) -> None:
        row, me = self.pick(Claim, claim), self.someone(who)
        if is_asked:
            self.attempt(
                "ask_reply",
                partial(workflow.ask_reply, [row], "The mayor", channel="email", actor=me),
            )
        else:
            self.attempt(
                "reply_not_needed", partial(workflow.no_reply_needed, [row], why, actor=me)
            )

    @move(
        writes="reply",
        when=has("ReplyRequest"),
        ripe=has("ReplyRequest", answer="", not_needed=""),
        who=WHO,
        at=AT,
        answer=WHY,
    )
    def keep_reply(self, who: int, at: int, answer: str) -> None:
        waiting = self.rows("ReplyRequest", answer="", not_needed="")
        asked, me = self.pick(ReplyRequest, at, waiting or None), self.someone(who)
        self.attempt("keep_reply", partial(workflow.keep_reply, asked, answer, actor=me), "reply")

    # --- people and rules ---

    @move(
        writes="enrol, own, expire, disclose, adopt", who=WHO, whom=WHO, role=st.sampled_from(Role)
    )
    def enrol(self, who: int, whom: int, role: Role) -> None:
        me, person, desk = self.someone(who), self.someone(whom), self.desk
        self.attempt("enrol", partial(workflow.enrol, desk, person, role, actor=me), may_rest=True)

    @move(
        writes="end membership, own, take back, expire, disclose, adopt, fulfil",
        weight=1,
        who=WHO,
        at=AT,
    )
    def end_membership(self, who: int, at: int) -> None:
        members = self.rows("Membership", desk_id=self.desk.pk)
        member, me = self.pick(Membership, at, members), self.someone(who)
        self.attempt("end_membership", partial(workflow.end_membership, member, actor=me))

    @move(who=WHO, rules=st.sampled_from(RULES), why=WHY)
    def change_rules(self, who: int, rules: dict[str, Any], why: str) -> None:
        me, desk = self.someone(who), self.desk
        self.attempt(
            "change_rules", partial(workflow.change_rules, desk, rules, actor=me, reason=why)
        )

    @move(
        writes="write guidelines, write statement",
        ripe=has("Membership"),
        who=WHO,
        is_stale=STALE,
        kind=st.booleans(),
    )
    def write(self, who: int, is_stale: bool, kind: bool) -> None:
        """Write what the desk tells its own people, or its readers."""
        me, desk, text = self.someone(who), self.desk, f"Look twice, says {self.number()}."
        if kind:
            based_on = len(self.now["Guidelines"]) + is_stale
            self.attempt(
                "write_guidelines",
                partial(workflow.write_guidelines, desk, text, actor=me, based_on=based_on),
            )
        else:
            based_on = len(self.now["Statement"]) + is_stale
            self.attempt(
                "write_statement",
                partial(
                    workflow.write_statement, desk, "methodology", text, actor=me, based_on=based_on
                ),
            )

    # --- reading ---

    @move(writes="", weight=4, ripe=has("Claim", status="deciding"), who=WHO)
    def person_reads(self, who: int) -> None:
        """Somebody looks at all they may see; whose work of others that is, is remembered."""
        me = self.someone(who)
        seen = {model.__name__: {row.pk for row in model.objects.visible_to(me)} for model in SEEN}
        assert seen == visible(me), "pages get other rows than the rules were asked of"
        self.now = everything()
        public = {row["verdict_id"] for row in self.now["Edition"].values()}
        authors = {key: self.author(key) for key in seen["Annotation"]}
        checks = {key: self.now["Annotation"][key]["assignment_id"] for key in seen["Annotation"]}
        claims = [
            self.now["Assignment"][checks[key]]["claim_id"]
            for key, author in authors.items()
            if author != me.pk
        ]
        for key in seen["Verdict"] - public:
            verdict = self.now["Verdict"][key]
            if me.pk not in (verdict["decided_by_id"], self.author(verdict["adopted_id"])):
                claims.append(verdict["claim_id"])
        for key in seen["Comment"]:
            comment = self.now["Comment"][key]
            if comment["author_id"] != me.pk:
                claims.append(comment["claim_id"])
        for key in seen["SourceNote"]:
            annotation = self.now["SourceNote"][key]["annotation_id"]
            if self.author(annotation) != me.pk:
                check = self.now["Annotation"][annotation]["assignment_id"]
                claims.append(self.now["Assignment"][check]["claim_id"])
        for key in seen["Transition"]:
            line = self.now["Transition"][key]
            is_told = line["move"] in REASONS and line["reason"].strip()
            if is_told and line["claim_id"] and line["actor_id"] not in (None, me.pk):
                claims.append(line["claim_id"])
        self.has_read |= {(me.pk, claim) for claim in claims}
        self.tally.accepted["(reads)"] += 1
        self._ask_sightings()

    @move(writes="", when=has("Source"), who=WHO, at=AT)
    def keep_copy(self, who: int, at: int) -> None:
        if source := self.pick(Source, at):
            me = self.someone(who)
            data = b"A page, as it was."
            self.attempt(
                "keep_copy",
                partial(workflow.keep_copy, source, data, person=me),
                None,
                may_rest=True,
            )

    # --- going on ---

    @move(writes="", weight=130, claim=AT, who=WHO, slug=RATING)
    def go_on(self, claim: int, who: int, slug: str) -> None:
        """The next move that the claim waits for, by the first who may: so that desks get far."""
        row = self.waiting(claim)
        if row.status == "checking":
            owed = self.rows("Assignment", claim_id=row.pk, task="check")
            owed = [check for check in owed if check["status"] in OWING]
            if check := self.pick(Assignment, who, owed):
                if self.annotation_of(check.pk).get("rating_id"):
                    self.hand_in(check, check.person)
                else:
                    self.write_answer(check, check.person, slug)
            return
        for n in self.by_rank(who)[:3]:
            if self._go_on(row, n, who, slug):
                return

    def _go_on(self, row: Claim, n: int, first: int, slug: str) -> bool:
        """The move of a claim that nobody is checking, tried by one person."""
        me = self.people[n]
        status = row.status
        if status == "spotted":
            return self._go_on_to_checking(row, n, first)
        if status == "deciding":
            return self.settle(row, n, slug, None)
        if status == "decided":
            return self.attempt("approve", partial(workflow.approve, row, actor=me))
        if status == "approved":
            return self._go_on_to_readers(row, n)
        if status in ("published", "retracted"):
            act = partial(workflow.reopen, row, actor=me, reason="A letter came.")
            return self.attempt("reopen", act)
        act = partial(workflow.bring_back, row, actor=me, reason="It is one.")
        return self.attempt("bring_back", act)

    def _go_on_to_checking(self, row: Claim, n: int, first: int) -> bool:
        place = self.article_of(row)
        if not self.rows("Mark", claim_id=row.pk):
            start, end, _exact = self.span(place, first)
            me = self.people[n]
            return self.attempt(
                "mark", partial(workflow.mark, place, start, end, actor=me, claim=row)
            )
        needed = place.desk.annotations_needed
        ranked = [self.people[k] for k in reversed(self.by_rank(first)) if k != n]
        able = {member["user_id"] for member in self.members() if member["role"] != "observer"}
        return self.open(place, [each for each in ranked if each.pk in able][:needed], n)

    def _go_on_to_readers(self, row: Claim, n: int) -> bool:
        """Publish the article, or do first what is in the way."""
        place, me = self.article_of(row), self.people[n]
        text = place.revision
        orphans = self.rows("Orphan", revision_id=text.pk, outcome="")
        waiting = self.rows("Mark", revision_id=text.pk, came_by="context", confirmed_by_id=None)
        if orphan := self.pick(Orphan, 0, orphans):
            gone = SetAside.GONE
            return bool(
                self.attempt_logged("let_go", partial(workflow.let_go, orphan, gone, actor=me))
            )
        if mark := self.pick(Mark, 0, waiting):
            return self.attempt(
                "confirm", partial(workflow.confirm, place, [str(mark.uuid)], actor=me)
            )
        loose = [
            sentence["number"]
            for sentence in self.rows("Sentence", revision_id=text.pk, kind="body")
            if sentence["triage"] in ("", "checkworthy") and not self.is_marked(sentence)
        ]
        if loose:
            return self.attempt(
                "triage", partial(workflow.triage, place, loose, "unimportant", actor=me)
            )
        return self.give_readers(place, n, noted=True)

    # --- moves that several rules make ---

    def attempt_logged(self, move: str, act: Callable[[], object]) -> set[str]:
        """As `attempt`, of a move that has several names in the log; returns those it wrote."""
        before = self.now["Transition"]
        self.attempt(move, act, ANY, may_rest=True)
        return {row["move"] for row in since(before, self.now["Transition"])}

    def open(
        self, article: Article, asked: list[User], who: int, way: Dealing = Dealing.ALL
    ) -> bool:
        act = partial(workflow.open_checking, article, asked, actor=self.someone(who), way=way)
        return self.attempt("open_checking", act, "open")

    def write_answer(self, check: Assignment, me: User, slug: str, is_stale: bool = False) -> None:
        n, key = self.number(), check.pk
        rating = check.claim.desk.scale.ratings.get(slug=slug)
        words = " ".join([f"reason{n}"] * 4)
        answer = workflow.Answer(rating, f"Finding {n}.", f"Because of {words}.", "high")
        version = self.annotation_of(key).get("version", 0) + is_stale
        if self.attempt(
            "save",
            partial(workflow.save_annotation, check, answer, person=me, based_on=version),
            None,
        ):
            text = (answer.finding, answer.justification)
            self.texts[self.annotation_of(key)["id"]].add(text)

    def hand_in(self, check: Assignment, me: User) -> bool:
        return self.attempt("submit", partial(workflow.submit, check, actor=me))

    def settle(self, row: Claim, who: int, slug: str, adopts: int | None) -> bool:
        """Decide, in words of one's own or in those of an annotation."""
        me, n = self.someone(who), self.number()
        checks = {check["id"] for check in self.rows("Assignment", claim_id=row.pk)}
        theirs = [
            annotation
            for annotation in self.rows("Annotation")
            if annotation["assignment_id"] in checks and annotation["submitted_at"]
        ]
        source = Source.objects.order_by("pk").first()
        draft = workflow.VerdictDraft(
            row.desk.scale.ratings.get(slug=slug),
            f"Verdict {n}.",
            "We looked.",
            [workflow.CitationDraft(source, "contradicts")] if source else [],
            cause="error",
            reason="The register is newer.",
        )
        if adopts is not None and theirs:
            taken = workflow.as_draft(self.pick(Annotation, adopts, theirs))
            draft = replace(taken, cause=draft.cause, reason=draft.reason)
        return self.attempt("decide", partial(workflow.decide, row, draft, actor=me))

    def give_readers(self, place: Article, who: int, noted: bool) -> bool:
        note = workflow.CorrectionNote(CorrectionKind.CORRECTION, "A letter shows it.")
        notes = {claim.pk: note for claim in workflow.to_correct(place)} if noted else {}
        me = self.someone(who)
        return self.attempt("publish", partial(workflow.publish, place, actor=me, notes=notes))

    # --- more finding ---

    def index(self, key: int) -> int:
        return next(n for n, person in enumerate(self.people) if person.pk == key)

    def span(self, place: Article, words: int) -> tuple[int, int, str]:
        """Words of the article's current text, or three characters where it has them not."""
        text, wanted = place.revision.text, WORDS[words % len(WORDS)]
        start = text.find(wanted)
        start, end = (start, start + len(wanted)) if start >= 0 else (words, words + 3)
        return start, end, text[start:end]

    def check(self, at: int) -> Any:
        """A check: those first that are owed."""
        checks = self.rows("Assignment", task="check")
        checks.sort(key=lambda row: row["status"] not in OWING)
        return self.pick(Assignment, at, checks)

    def owed(self, at: int) -> Any:
        """Anything that somebody is asked for, done or not: those first that are owed."""
        return self.pick(Assignment, at, self.owing() or None)

    def owing(self) -> list[Row]:
        return [row for row in self.rows("Assignment") if row["status"] in OWING]

    def taken_back(self) -> list[Row]:
        """The articles and claims that were taken off their pages."""
        return self.rows("Article", status="withdrawn") + self.rows("Claim", status="retracted")

    def at(self, status: str, at: int) -> Any:
        """A claim of that status, if there is one; else any."""
        return self.pick(Claim, at, self.rows("Claim", status=status) or None)

    def citations_of(self, check: Assignment) -> list[Row]:
        annotation = self.annotation_of(check.pk)
        return self.rows("Citation", annotation_id=annotation["id"]) if annotation else []

    def tied(self) -> list[Row]:
        """The articles and claims that are translations."""
        return [row for row in self.rows("Article") + self.rows("Claim") if row["original_id"]]

    def free(self, row: Claim, whom: int) -> User:
        """The person of that number; for higher ones a member who was not asked yet, if any."""
        known = {check["person_id"] for check in self.rows("Assignment", claim_id=row.pk)}
        able = [member for member in self.members() if member["role"] != "observer"]
        free = [member["user_id"] for member in able if member["user_id"] not in known]
        if whom < PEOPLE or not free:
            return self.people[whom % PEOPLE]
        return self.person_of(free[whom % len(free)])

    def lost(self) -> set[int]:
        """The claims that have no mark in the newest text of their article, nor are set aside."""
        newest = {row["article_id"]: row["id"] for row in self.rows("Revision")}.values()
        placed = {row["claim_id"] for row in self.rows("Mark") if row["revision_id"] in newest}
        marked = {row["claim_id"] for row in self.rows("Mark")}
        aside = {row["id"] for row in self.rows("Claim", status="set_aside")}
        return marked - placed - aside

    def members(self) -> list[Row]:
        return self.rows("Membership", desk_id=self.desk.pk)

    def by_rank(self, first: int) -> list[int]:
        """The people, from `first` on, those with most rights before the others."""
        ranks = {"manager": 0, "editor": 0, "checker": 1, "observer": 2}
        roles = {member["user_id"]: ranks[member["role"]] for member in self.members()}
        order = [(first + n) % PEOPLE for n in range(PEOPLE)]
        return sorted(order, key=lambda n: roles.get(self.people[n].pk, 3))

    def waiting(self, at: int) -> Claim:
        """The claim, or one of its article that keeps it from being published."""
        row = self.pick(Claim, at)
        if row.status == "approved":
            made = set(self.claims_of(self.article_of(row).pk))
            behind = [
                each
                for each in self.rows("Claim")
                if each["id"] in made
                and each["status"] in ("spotted", "checking", "deciding", "decided")
            ]
            row = self.pick(Claim, at, behind) or row
        assert isinstance(row, Claim)
        return row

    def article_of(self, row: Claim) -> Article:
        """The first article that makes the claim, or made it before it was unmarked."""
        marks = self.rows("Mark", claim_id=row.pk) or self.rows("Mark")
        texts = self.now["Revision"]
        key = texts[marks[0]["revision_id"]]["article_id"] if marks else min(self.now["Article"])
        return Article.objects.select_related("desk").get(pk=key)

    def is_marked(self, sentence: Row) -> bool:
        return any(
            mark["start"] < sentence["end"] and mark["end"] > sentence["start"]
            for mark in self.rows("Mark", revision_id=sentence["revision_id"])
        )


# --- playing it ---


def make_people() -> list[User]:
    """The people of every example: who is a member of the desk is drawn."""
    people = [
        User.objects.create(username=f"person{n}", first_name=f"Person {n}", is_superuser=n == ROOT)
        for n in range(PEOPLE)
    ]
    elsewhere = c.make_desk("elsewhere")
    c.make_scale("finer")
    Membership.objects.create(desk=elsewhere, user=people[OUTSIDER], role=Role.MANAGER)
    return people


def play(
    people: list[User],
    *,
    examples: int,
    steps: int,
    off: Iterable[Promise] = BROKEN,
    derandomize: bool = True,
    shrinks: bool = True,
) -> Tally:
    """Play so many desks of so many steps; returns what was tried. Raises on a broken promise."""
    members = {"off": frozenset(off), "tally": Tally(), "people": people}
    machine = type("Desk", (Desk,), members)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=derandomize,
            database=None,
            phases=[Phase.generate, *([Phase.shrink] if shrinks else [])],
        ),
    )
    tally = machine.tally  # type: ignore[attr-defined]
    assert isinstance(tally, Tally)
    return tally
