"""Criticism and reply, side by side: by person, each claim with what became of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.utils.http import urlencode

from annotations.models import Claim, Claimant, Criticism, Desk, ReplyRequest, User
from annotations.text.looking import plain_name


@dataclass(frozen=True, slots=True)
class Line:
    """A claim that criticises somebody: when it was put to them, and what they answered."""

    row: Criticism
    number: int
    asked: ReplyRequest | None
    """The request that was answered, else the latest; None where they were not asked."""
    answer: str


@dataclass(slots=True)
class Person:
    """Somebody who is criticised, and all claims of the article that do."""

    name: str
    lines: list[Line] = field(default_factory=list)

    @property
    def unasked(self) -> list[int]:
        """The keys of the claims about which they were not asked."""
        return [line.row.claim_id for line in self.lines if line.asked is None]

    @property
    def to_ask(self) -> str:
        """What the form that asks them begins with, as the query of its address."""
        claims = [("claim", key) for key in self.unasked]
        return urlencode([("who", self.name), *claims])


def of_article(
    desk: Desk, claims: Collection[Claim], numbers: Mapping[int, int], user: User
) -> list[Person]:
    """Whom the claims criticise, as far as the person may see it, by name.

    Of somebody with several names (`Claimant.same_as`), the main one stands for all.
    """
    seen = Criticism.objects.visible_to(user).filter(claim__in=claims).select_related("claim")
    rows = sorted(seen, key=lambda row: numbers[row.claim_id])
    requests = _requests(claims, user)
    names = [row.of for row in rows] + [row.addressee for row in requests]
    main = Claimant.objects.main_names(desk, names) if rows else {}
    asked = _by_name(requests, main)
    found: dict[str, Person] = {}
    for row in rows:
        name = _main(row.of, main)
        person = found.setdefault(plain_name(name), Person(name))
        of_claim = asked.get((plain_name(name), row.claim_id), [])
        request = next((each for each in of_claim if each.answered_at), None)
        request = request or (of_claim[-1] if of_claim else None)
        answer = _answer(request, row.claim_id) if request else ""
        person.lines.append(Line(row, numbers[row.claim_id], request, answer))
    return sorted(found.values(), key=lambda person: plain_name(person.name))


def _main(name: str, main: Mapping[str, str]) -> str:
    return main.get(plain_name(name), name)


def _requests(claims: Collection[Claim], user: User) -> list[ReplyRequest]:
    """The standing requests about the claims, oldest first."""
    rows = ReplyRequest.objects.visible_to(user).standing().filter(claims__in=claims, not_needed="")
    found = rows.distinct().prefetch_related("claims", "points").order_by("asked_at", "pk")
    return list(found)


def _by_name(
    requests: Collection[ReplyRequest], main: Mapping[str, str]
) -> dict[tuple[str, int], list[ReplyRequest]]:
    """The requests by the name of whom they ask, and claim."""
    found: dict[tuple[str, int], list[ReplyRequest]] = {}
    for row in requests:
        name = plain_name(_main(row.addressee, main))
        for claim in row.claims.all():
            found.setdefault((name, claim.pk), []).append(row)
    return found


def _answer(request: ReplyRequest, claim: int) -> str:
    """What they said of the claim, else of all together."""
    said = {point.claim_id: point.answer for point in request.points.all()}
    return said.get(claim) or request.answer
