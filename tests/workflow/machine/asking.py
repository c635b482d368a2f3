"""Trying a move, and what is asked of the whole database after each that was accepted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import ClassVar

from django.db import connection

from .finding import Finding
from .moves import ANY
from .promises import (
    BROKEN,
    CHANGES,
    HOLDING,
    OWING,
    REFUSALS,
    STANDS,
    TAKES_BACK,
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


class Asking(Finding):
    """A desk whose moves are tried, and its promises asked after each (`promises`)."""

    off: ClassVar[frozenset[Promise]] = BROKEN
    tally: ClassVar[Tally] = Tally()
    has_read: set[tuple[int, int]]
    texts: defaultdict[int, set[tuple[str, str]]]
    last_lines: dict[tuple[str, int], int]
    told: defaultdict[int | None, set[int]]

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

    def attempt_logged(self, move: str, act: Callable[[], object]) -> set[str]:
        """As `attempt`, of a move that has several names in the log; returns those it wrote."""
        before = self.now["Transition"]
        self.attempt(move, act, ANY, may_rest=True)
        return {row["move"] for row in since(before, self.now["Transition"])}

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
                places = {each["article_id"] for each in made} - {None}
                lines = self._hands(kind, row, places)
                looks = [line for key in places for line in self._looks_at(key)]
                self._ask_hands(edition, lines, looks)
                self._ask_author(edition, before)
        if move in TAKES_BACK:
            # What else waits for readers is not in these. That a verdict is gone is.
            gone = [row["id"] for row in self._new_lines(before) if row["move"] == "retract"]
            for edition in made:
                self.told[edition["article_id"]].update(gone)
            return
        last = max(self.now["Transition"])
        for edition in made:
            kind = "Article" if edition["article_id"] else "Claim"
            self.last_lines[kind, edition["article_id"] or edition["claim_id"]] = last

    def _new_lines(self, before: State) -> list[Row]:
        return since(before["Transition"], self.now["Transition"])

    def _differs(self, edition: Row) -> bool:
        earlier = [
            row["content"]
            for row in self.now["Edition"].values()
            if row["id"] < edition["id"]
            and (row["article_id"], row["claim_id"]) == (edition["article_id"], edition["claim_id"])
        ]
        return not earlier or shown(earlier[-1]) != shown(edition["content"])

    def _ask_author(self, edition: Row, before: State) -> None:
        """A verdict that comes to readers was not decided, approved and published by one alone."""
        claim = edition["claim_id"]
        new = {line["claim_id"] for line in self._new_lines(before) if line["move"] == "publish"}
        if claim is None or claim not in new:
            return
        approved = [
            line["actor_id"]
            for line in self.now["Transition"].values()
            if line["claim_id"] == claim and line["move"] == "approve"
        ]
        verdict = max(
            (row for row in self.now["Verdict"].values() if row["claim_id"] == claim),
            key=lambda row: row["id"],
        )
        hands = {verdict["decided_by_id"], *approved[-1:], edition["published_by_id"]}
        self.promise(Promise.NOT_ALONE, len(hands) > 1, hands)

    def _ask_hands(self, edition: Row, lines: list[Row], looks: list[Row]) -> None:
        """Two people stand behind it, and somebody has seen what its publisher changed last.

        `looks` are the moves of those who had before them an article that is published with it:
        of a claim that a withdrawal took from readers, they have seen that it is to come again.
        """
        publisher = edition["published_by_id"]
        taken = [line["id"] for line in lines if line["move"] == "withdraw"]
        again = [line for line in looks if taken and line["id"] > max(taken)]
        hands = {publisher}.union(*(self._people_of(line) for line in [*lines, *again]))
        told = [_short(line) for line in lines]
        self.promise(Promise.NOT_ALONE, len(hands) > 1, told)
        own = [
            line["id"]
            for line in lines
            if line["move"] in CHANGES and publisher in self._people_of(line)
        ]
        if own:
            looked = [line for line in lines if self._looks(line, edition["article_id"])]
            looked += looks
            after = [self._people_of(line) for line in looked if line["id"] > max(own)]
            self.promise(Promise.OTHER_EYES, bool(set().union(*after) - {publisher}), told)

    def _looks_at(self, article: int) -> list[Row]:
        """The lines of changes and approvals by people who had the article before them."""
        found = self._lines_of("article_id", article, 0)
        for claim in self.claims_of(article):
            found += self._lines_of("claim_id", claim, 0)
        return [line for line in found if self._looks(line, article)]

    def _looks(self, line: Row, article: int | None) -> bool:
        """Whether whoever made the move has the article before them, if it is one of an article.

        Who takes something back looks at nothing else, and who changes or approves a claim that
        two articles make may look at the other.
        """
        if line["move"] in TAKES_BACK:
            return False
        if article is None or line["article_id"] is not None:
            return True
        others = [key for key in self.now["Article"] if key != article]
        return all(line["claim_id"] not in self.claims_of(key) for key in others)

    def _hands(self, kind: str, row: int, places: set[int]) -> list[Row]:
        """The lines of changes and approvals that lie behind a row's new edition, in order.

        `places` are the articles that are published: a claim that lost one gets it back.
        """
        if kind == "Claim":
            last = self.last_lines.get((kind, row), 0)
            of_places = [line for key in places for line in self._lines_of("article_id", key, last)]
            again = [line for line in of_places if line["move"] in ("withdraw", "approve")]
            lines = [*self._lines_of("claim_id", row, last), *again]
            return sorted(lines, key=lambda line: int(line["id"]))
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
        return [line for key, line in sorted(found.items()) if key not in self.told[row]]

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
