"""The rows of a file, taken in some at a time: what the worker does with a long one.

All of it is read first, and where anything is wrong nothing comes in. Then each step is whole, and
the same file again finds by hash or key what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from annotations.exchange import articles, earlier, fixtures, transcripts
from annotations.exchange.importing import Item, import_documents, with_other_texts
from annotations.exchange.reading import Given, read
from annotations.formats.earlier import Warned
from annotations.models import Desk, User
from annotations.workflow.file_imports import Outcome

AT_ONCE = 2_000
"""Sentences of one step, which holds the desk's imports for about half a second."""
PER_CHECK = 2
"""What an earlier check costs, in sentences."""
PER_MARK = 60
"""What marking a claim at one place costs, in sentences."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What is in a file: what each row costs, in sentences, and the taking of some of them.

    `take` is given the first row and the one after the last, from 0.
    """

    weights: Sequence[int]
    take: Callable[[int, int], Outcome]
    odd: Sequence[Warned] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.weights)

    def end_of_step(self, start: int) -> int:
        """The row before which a step that begins here ends: after one row at least."""
        sums = accumulate(self.weights[start:])
        return start + max(1, sum(1 for _each in _while_below(sums, AT_ONCE)))


def _while_below(sums: Iterable[int], most: int) -> Iterable[int]:
    for each in sums:
        if each > most:
            return
        yield each


def of_articles(data: bytes, name: str, desk: Desk, actor: User) -> Rows:
    """Articles as JSON. Raises BadText."""
    items, unread = articles.items(data, name, desk)
    odd = [Warned("", "unread", key) for key in unread]
    odd += [Warned("", "other_text", each.called) for each in with_other_texts(desk, items)]
    return _of_items([(desk, item) for item in items], actor, odd)


def of_transcripts(data: bytes, name: str, desk: Desk, actor: User) -> Rows:
    """A table with several documents: a row for each of these. Raises BadText."""
    items = transcripts.items(data, name, transcripts.table_of(name), desk)
    return _of_items([(desk, item) for item in items], actor)


def of_article(data: bytes, name: str, desk: Desk, actor: User) -> Rows:
    """A file that is one article: one row, however long. Raises BadText."""
    document = read(Given(data=data, name=name), desk).document
    about = document.about
    fields = {
        "outlet": about.outlet,
        "byline": about.byline,
        "published_on": about.published_on,
        "url": document.address,
    }
    return _of_items([(desk, Item(document, name[:255], fields=fields))], actor)


def of_fixture(data: bytes, name: str, actor: User) -> Rows:
    """Articles as people write them, else whole rows at once. Raises BadText, BadFixture."""
    rows = fixtures.rows_of(data, name)
    if fixtures.are_short(rows):
        items = []
        for text in fixtures.texts(rows, actor):
            fields = dict(text.fields)
            fields.pop("slug", None)  # it is made free at the desk
            items.append((text.desk, Item(text.document, name, fields.pop("title", ""), fields)))
        return _of_items(items, actor)
    whole = fixtures.made_whole(rows)

    def load(_start: int, _end: int) -> Outcome:
        fixtures.load(whole, is_trial=False)
        return Outcome(new=len(whole))

    return Rows([0] * len(whole), load)


def of_checks(data: bytes, name: str, desk: Desk, actor: User) -> Rows:
    """Earlier checks by others. Raises BadText."""
    found = earlier.read(data, name)

    def keep(start: int, end: int) -> Outcome:
        some = replace(found, checks=found.checks[start:end], warned=())
        return earlier.keep(desk, some, actor=actor, file=name)

    odd = [*found.warned, *(each for check in found.checks for each in check.warned)]
    return Rows([PER_CHECK] * len(found.checks), keep, odd)


def _of_items(items: Sequence[tuple[Desk, Item]], actor: User, odd: Sequence[Warned] = ()) -> Rows:
    def take(start: int, end: int) -> Outcome:
        new = 0
        for desk in dict.fromkeys(desk for desk, _item in items[start:end]):
            of_desk = [item for each, item in items[start:end] if each == desk]
            new += sum(each.is_new for each in import_documents(desk, of_desk, actor=actor))
        return Outcome(new=new, same=end - start - new)

    return Rows([weight(item) for _desk, item in items], take, odd)


def weight(item: Item) -> int:
    """What it costs to take the item in, in sentences."""
    marks = sum(len(claim.places) for claim in item.claims)
    return len(item.document.sentences) + PER_MARK * marks
