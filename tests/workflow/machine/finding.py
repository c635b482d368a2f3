"""What there is at a desk that is played, and who: rows and people, by number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from annotations import models
from annotations.models import Article, Assignment, Claim, User
from tests import cast as c

from .moves import CHECKER, NEXT, SAME
from .promises import OWING, PEOPLE, Row, State

WORDS = [c.MARKED, c.SECOND, "the town paid for a new pier", "It is a fine pier", "pier"]


class Finding:
    """The desk as the database has it now, and how its moves find what they are about."""

    people: ClassVar[list[User]] = []
    now: State
    count: int

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
