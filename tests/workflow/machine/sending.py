"""Forms of a desk that is played, sent once more: a second click, or a page that was kept."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from annotations import workflow
from annotations.models import Assignment, User

from .asking import Asking
from .moves import AT, move
from .promises import REFUSALS, Promise, difference, everything


@dataclass(frozen=True)
class Sent:
    """A form that was accepted, by whom, with which key. `saves` is the check whose answer it is,
    if it is one."""

    person: User
    act: Callable[..., object]
    key: uuid.UUID
    saves: int | None


class Sending(Asking):
    """A save has a key: sent again it has no further effect, and no other form has that key."""

    sent: list[Sent]

    def send(
        self,
        move: str,
        me: User,
        act: Callable[..., object],
        *,
        saves: int | None = None,
        may_rest: bool = False,
    ) -> bool:
        """Try a save that has no line of the log, and remember it if it was accepted."""
        key = uuid.uuid4()
        is_saved = self.attempt(move, partial(act, key=key), None, may_rest=may_rest)
        if is_saved:
            self.sent.append(Sent(me, act, key, saves))
        return is_saved

    @move(writes="", weight=1, when=lambda desk: desk.sent, at=AT)
    def send_again(self, at: int) -> None:
        """The same form again, whatever became of the claim since."""
        form = self.sent[-1 - at % len(self.sent)]
        self._changes_nothing("(sends again)", partial(form.act, key=form.key))

    @move(writes="", weight=1, when=lambda desk: desk.sent, at=AT, other=AT)
    def spend_key_again(self, at: int, other: int) -> None:
        """An answer to a check bears the key of another form of that person."""
        form = self.sent[-1 - at % len(self.sent)]
        mine = self.rows("Assignment", task="check", person_id=form.person.pk)
        check = self.pick(Assignment, other, [row for row in mine if row["id"] != form.saves])
        if check is not None:
            version = self.annotation_of(check.pk).get("version", 0)
            words: dict[str, Any] = {"person": form.person, "based_on": version, "key": form.key}
            answer = workflow.Answer(finding=f"Of another form, {self.number()}.")
            act = partial(workflow.save_annotation, check, answer, **words)
            is_taken = self._changes_nothing("(spends a key again)", act)
            self.promise(Promise.ONCE, not is_taken, "a form was taken for another, and not kept")

    def _changes_nothing(self, what: str, act: Callable[[], object]) -> bool:
        """Whether it was accepted; it may be refused in words, and ends in no error page."""
        before, is_taken = self.now, True
        try:
            act()
        except REFUSALS:
            is_taken = False
        except Exception as error:  # what a person would see as an error page
            self.promise(Promise.ONCE, False, repr(error))
        self.now = everything()
        self.promise(Promise.ONCE, self.now == before, difference(before, self.now))
        self.tally.accepted[what] += 1
        return is_taken
