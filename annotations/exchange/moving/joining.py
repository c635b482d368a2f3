"""An article on its way in, to a desk that is here: all of its rows or none.

It stays what it was, with its log, times and editions. What articles of a desk have together may be
here already: claimants, sources with their copies, letters. What is otherwise here than there is
said: its place in addresses, and what the desk has a word of its own for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from annotations import models as m
from annotations.editions import reading
from annotations.exchange.importing import Names, one_import_at_a_time
from annotations.formats.lossless import ARTICLE, ValueKind, require_header
from annotations.vocabulary import MoveName
from annotations.workflow.core import lock_desk, log

from .arriving import Coming, Keep, Line, Lines, Whole, checked
from .leaving import Unfit
from .newcomers import Arrived, Newcomers, Taker
from .scope import Scope, scales
from .tables import Described

_STANDS = ("source", "reply_request")
"""What has to be the same, where it is here already."""
_FOUND_LATER = ("document", "leads_to")
"""What of a source was found out by the site it is at, which may know more or less of it by now."""


def checked_article(lines: Iterable[bytes], desk: m.Desk) -> Counter[str]:
    """Look at every line without writing anything; how many rows of each part. Raises Unfit."""
    return checked(lines, _an_article(desk))


def join(
    lines: Iterable[bytes],
    desk: m.Desk,
    *,
    actor: m.User,
    is_same_people: bool = False,
    is_trial: bool = False,
    keep: Keep,
) -> Arrived:
    """Write the rows of an article, as one of the desk, in one transaction.

    `is_same_people` says that a user name there is that of the same person here. In a trial it is
    all done, and taken back. The desk's log tells who brought it.
    Raises Unfit, in words, with nothing written.
    """
    with transaction.atomic():
        one_import_at_a_time(desk)
        coming = _ComingArticle(desk, is_same_people=is_same_people)
        coming.take_all(Lines(lines, _an_article(desk)))
        article = coming.arrived.article
        assert article is not None, "it was checked"
        # Of the desk, and not of the article: its log stays what it was.
        log(desk, MoveName.IMPORT, actor, detail={"exact": article.title})
        if is_trial:
            transaction.set_rollback(True)
        else:
            keep(coming.kept)
    return coming.arrived


def _an_article(desk: m.Desk) -> Whole:
    """An article for the desk: all that is published of a sample says that it is one."""

    def header(line: bytes) -> dict[str, Any]:
        found = require_header(line, ARTICLE)
        if found["is_sample"] != desk.is_sample:
            this, other = ("a sample", "none") if desk.is_sample else ("no sample", "one")
            raise Unfit(f"The desk “{desk}” is {this}, and the article is of {other}.")
        return found

    return Whole("article", header, Scope(desk, {}).has)


class _Guests(Newcomers):
    """Whom and what an article names, as the desk has it."""

    def __init__(self, arrived: Arrived, desk: m.Desk, *, is_same_people: bool) -> None:
        super().__init__(arrived)
        self.desk = desk
        self.is_same_people = is_same_people
        self.known |= {"desk": {"": desk.pk}, "claimant": {}}
        self.guidelines: dict[str, int | None] = {}
        self.known["guidelines"] = self.guidelines  # type: ignore[assignment]  # none stays none
        used = m.RatingScale.objects.filter(pk__in=scales(Scope(desk)))
        self.scales = set(used.values_list("uuid", flat=True))
        self.by_slug = {rating.slug: rating for rating in desk.scale.ratings.all()}
        self.foreign: dict[str, str] = {}
        """The names of scales that the desk has not, by their UUID."""
        self.claimants = m.Claimant.objects.filter(desk=desk)

    @property
    def takers(self) -> dict[str, Taker]:
        own = {"guidelines": self.take_guidelines, "claimant": self.take_claimant}
        return super().takers | own

    def take_person(self, number: int, values: dict[str, Any]) -> None:
        name = values["username"]
        here = m.User.objects.filter(username=name).first() if self.is_same_people else None
        if here is None:
            super().take_person(number, values)
        else:
            self.known["person"][name] = here.pk

    def take_scale(self, number: int, values: dict[str, Any]) -> None:
        """Another scale than the desk has or had is taken for the desk's, rating by rating."""
        if values["uuid"] in self.scales:
            super().take_scale(number, values)
            return
        uuid, name = str(values["uuid"]), f"{values['name']}, version {values['version']}"
        self.foreign[uuid] = name
        self.known["scale"][uuid] = self.desk.scale_id
        self.arrived.notes.append(f"Ratings of “{name}” are those of “{self.desk.scale}” here.")

    def take_rating(self, number: int, values: dict[str, Any]) -> None:
        scale = self.foreign.get(values["scale"])
        if scale is None:
            super().take_rating(number, values)
            return
        here = self.by_slug.get(values["slug"])
        if here is None:
            raise Unfit(
                f"rows.jsonl, line {number}: the rating “{values['slug']}” of “{scale}” is not on"
                f" the scale of the desk “{self.desk}”, “{self.desk.scale}”, which has"
                f" {', '.join(self.by_slug)}."
            )
        self.known["rating"][str(values["uuid"])] = here.pk

    def take_guidelines(self, _number: int, values: dict[str, Any]) -> None:
        """Guidelines are the desk's: one that has not these is given none by an article."""
        here = m.Guidelines.objects.filter(desk=self.desk, uuid=values["uuid"]).first()
        self.guidelines[str(values["uuid"])] = here.pk if here else None
        if here is None:
            self.arrived.notes.append(
                f"Version {values['version']} of the guidelines is not this desk’s: what was"
                " handed in under it does not say so any more."
            )

    def take_claimant(self, _number: int, values: dict[str, Any]) -> None:
        """A claimant has one entry at a desk, which is as the desk has it."""
        key = str(values["uuid"])
        came = self.known["claimant"].values()
        here = self.claimants.filter(uuid=key).first()
        here = here or m.Claimant.objects.named(self.desk, values["name"], but=came)
        if here is None:
            here = m.Claimant.objects.create(**values | {"desk": self.desk})
        self.known["claimant"][key] = here.pk


class _ComingArticle(Coming):
    """An article that this site does not have."""

    def __init__(self, desk: m.Desk, *, is_same_people: bool) -> None:
        arrived = Arrived(desk=desk)
        guests = _Guests(arrived, desk, is_same_people=is_same_people)
        super().__init__(arrived, guests)
        self.desk = desk
        self.keys: dict[str, set[int]] = {"article": set(), "claim": set(), "source": set()}
        self.scope = Scope(desk, self.keys)
        self.slugs = ("", "")
        """The article's slug there and here."""
        self.numbers = Numbers(desk, arrived.numbers)

    def take_rows(self, each: Described, batch: list[Line]) -> None:
        name = each.part.name
        here = self._here(each, batch)
        new = [line for line in batch if str(line[2]["uuid"]) not in here]
        if name == "claim":
            self.numbers.give(new)
        if new:
            super().take_rows(each, new)
        if name in self.keys:
            uuids = [line[2]["uuid"] for line in batch]
            rows = each.part.model._base_manager.filter(uuid__in=uuids)
            self.keys[name].update(rows.values_list("pk", flat=True))
        if name == "article":
            self.arrived.article = m.Article.objects.get(pk__in=self.keys[name])
        if here:
            self._add_to(each, [line for line in batch if str(line[2]["uuid"]) in here], here)

    def _here(self, each: Described, batch: list[Line]) -> dict[str, int]:
        """The keys of the rows that are here already. Raises Unfit for what nobody shares."""
        part = each.part
        lines = {values["uuid"]: (number, values) for number, _each, values in batch}
        rows: QuerySet[Any] = part.model._base_manager.filter(uuid__in=list(lines))
        found = {}
        for row in rows:
            number, values = lines[row.uuid]
            self._require_shared(each, row, number, values)
            found[str(row.uuid)] = row.pk
        return found

    def _require_shared(
        self, each: Described, row: Any, number: int, values: dict[str, Any]
    ) -> None:
        part = each.part
        is_ours = part.model._base_manager.filter(pk=row.pk, **{part.desk: self.desk.pk}).exists()
        if not (part.is_shared and is_ours):
            where = f", at the desk “{row.desk}”" if part.name in ("article", "claim") else ""
            raise Unfit(
                f"rows.jsonl, line {number}: the {part.name.replace('_', ' ')} “{row}” is here"
                f" already{where}. Nothing is added to it."
            )
        plain = {one.name for one in each.table.fields if not one.of and one.kind != ValueKind.FILE}
        plain.difference_update(_FOUND_LATER)
        if part.name in _STANDS and any(getattr(row, name) != values[name] for name in plain):
            raise Unfit(
                f"rows.jsonl, line {number}: the {part.name.replace('_', ' ')} “{row}” is another"
                " here than there."
            )

    def _add_to(self, each: Described, batch: list[Line], here: dict[str, int]) -> None:
        """What the article adds to rows that are here: a letter is about its claims too."""
        for name in each.part.lists:
            self.add_to_list(each.part, name, batch, here, self.resolve(each, batch, here))

    def readdress(self, name: str, columns: dict[str, Any], line: int) -> None:
        """A slug that is taken becomes another; editions say where their pages are here."""
        if name == "article":
            self.slugs = (columns["slug"], self._free(columns["slug"]))
            columns["slug"] = self.slugs[1]
        elif name == "edition":
            try:
                self._readdress(columns["content"])
                reading.read(columns["content"])
            except (KeyError, TypeError, ValueError, AttributeError) as wrong:
                raise Unfit(
                    f"rows.jsonl, line {line}: /content is no edition that is known here."
                ) from wrong

    def _free(self, slug: str) -> str:
        if not m.Article.objects.filter(desk=self.desk, slug=slug).exists():
            return slug
        return Names(self.desk, [slug]).free(slug)

    def _readdress(self, content: dict[str, Any]) -> None:
        there, here = self.slugs
        content["desk"]["slug"] = self.desk.slug
        for told in (content, *content.get("appearances", ())):
            if "article" in told and told["article"]["slug"] == there:
                told["article"]["slug"] = here
        of_one = [content["claim"]] if "claim" in content else []
        for claim in of_one + content.get("claims", []):
            claim["number"] = self.numbers.of.get(claim["uuid"], claim["number"])


class Numbers:
    """Claims keep their numbers, which stand in addresses, where the desk has not given them."""

    def __init__(self, desk: m.Desk, changed: dict[int, int]) -> None:
        self.desk = desk
        self.changed = changed
        """The numbers that became others."""
        self.of: dict[str, int] = {}
        """Of each claim, by its UUID."""
        self.next = 0

    def give(self, batch: list[Line]) -> None:
        """Let each claim of the batch have a number of its own, its own if that is free."""
        if not self.next:
            last = lock_desk(self.desk).claims.order_by("number").last()
            self.next = last.number + 1 if last else 1
        asked = [values["number"] for _number, _each, values in batch]
        rows = self.desk.claims.filter(number__in=asked)
        taken = set(rows.values_list("number", flat=True)) | set(self.of.values())
        for _number, _each, values in batch:
            number = values["number"]
            if number in taken:
                values["number"] = self.changed[number] = self.next
            taken.add(values["number"])
            self.of[str(values["uuid"])] = values["number"]
            self.next = max(self.next, values["number"] + 1)
