"""Who is too close to act, of many claims and articles at once (rule 6).

The same that `readiness` and the guards of `workflow` ask of one, in a number of statements that
does not grow; for pages. A move asks the guards.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from annotations.models import (
    GIVEN_UP,
    Article,
    Assignment,
    Claim,
    Desk,
    Mark,
    Membership,
    Transition,
    User,
    Verdict,
)
from annotations.prepared import Prepared, PreparedRows
from annotations.rights import Right, allows
from annotations.second_person import (
    CHANGES_WHAT_READERS_GET,
    REPLIES,
    STANDS_BEHIND,
    TAKES_BACK,
    changed_by,
    replied_unseen,
    shown_of,
)
from annotations.vocabulary import ArticleStatus, ClaimStatus, MoveName, Task


def took_part(claims: Collection[int]) -> dict[int, set[int]]:
    """`second_person.took_part` for many claims: the people's keys, by claim."""
    found: dict[int, set[int]] = {claim: set() for claim in claims}
    for claim, person in _TOOK_PART(list(found)) if found else []:
        found[claim].add(person)
    return found


def _took_part(claims: list[int]) -> Any:
    asked = Assignment.objects.filter(claim__pk__any_of=claims, task=Task.CHECK)
    asked = asked.exclude(status__in=GIVEN_UP)
    handed_in = Transition.objects.filter(
        claim__pk__any_of=claims, move=MoveName.SUBMIT, actor__isnull=False
    )
    adopted = Verdict.objects.filter(claim__pk__any_of=claims, adopted__isnull=False)
    return (
        asked.order_by()
        .values_list("claim", "person")
        .union(
            handed_in.order_by().values_list("claim", "actor"),
            adopted.order_by().values_list("claim", "adopted__assignment__person"),
        )
    )


_TOOK_PART = Prepared(_took_part, 1)


@dataclass(frozen=True, slots=True)
class Crew:
    """The members of a desk who can sign in, each with their role."""

    people: dict[int, User]
    roles: dict[int, str]

    def with_right(self, right: Right) -> set[int]:
        """The keys of those who have the right."""
        return {key for key, role in self.roles.items() if allows(role, right)}


def crew_of(desk: Desk) -> Crew:
    members = _CREW(desk.pk)
    return Crew(
        {row.user_id: row.user for row in members}, {row.user_id: row.role for row in members}
    )


def _crew(desk: int) -> QuerySet[Membership]:
    rows = Membership.objects.filter(desk=desk, user__is_active=True).select_related("user")
    return rows.order_by("user__first_name", "user__last_name", "user_id")


_CREW: PreparedRows[Membership] = PreparedRows(_crew, 1)


@dataclass(slots=True)
class Hands:
    """Whose hands stand behind the next edition of an article."""

    unseen: set[int] = field(default_factory=set)
    """Those whose last change nobody else has looked at since (`second_person.unseen_change`)."""
    last: int | None = None
    """Who changed last what readers get: anybody else may approve the article as a whole."""
    verdicts: list[set[int | None]] = field(default_factory=list)
    """Of each claim that waits to be published, who decided and who approved."""
    replied: set[int] = field(default_factory=set)
    """Who noted something of the replies to one of these that nobody else has seen."""

    def may_publish(self, person: int) -> bool:
        """Whether nothing that the person would publish has only themselves behind it."""
        if person in self.replied or any(people == {person} for people in self.verdicts):
            return False
        return person not in self.unseen

    def may_let_others_publish(self, person: int, publishers: set[int]) -> set[int]:
        """Who may publish once the person has approved the article as a whole; none, if of no use.

        At a desk of two both may have changed something that nobody else has looked at: whoever
        was not the last approves the article, and the other one publishes it.
        """
        if self.last is None or person == self.last:
            return set()
        seen = replace(self, unseen=self.unseen & {person})
        return {other for other in publishers - {person} if seen.may_publish(other)}


def hands(articles: Collection[Article]) -> dict[int, Hands]:
    """Whose hands each article's next edition has gone through, by the article's key.

    Reads the moves since the one that was published longest ago.
    """
    if not articles:
        return {}
    keys = {article.pk: article for article in articles}
    made_in: dict[int, set[int]] = defaultdict(set)
    marked = Mark.objects.filter(revision__article__in=keys).order_by()
    for key, claim in marked.values_list("revision__article", "claim").distinct():
        made_in[claim].add(key)
    since = _since(keys)
    start = min(since.values()) if len(since) == len(keys) else None
    lines: dict[int, list[Transition]] = {key: [] for key in keys}
    elsewhere = _made_elsewhere(made_in)
    for line in _lines(keys, made_in, start):
        here = {line.article_id} if line.article_id else made_in[line.claim_id or 0]
        for key in here & keys.keys():
            lines[key].append(line)
    waiting = {key: _after(lines[key], since.get(key)) for key in keys}
    stands = _approved_as_a_whole(keys, waiting)
    found = {
        key: Hands(
            _unseen(article, waiting[key], elsewhere, stands.get(key)), _last(article, waiting[key])
        )
        for key, article in keys.items()
    }
    _add_verdicts(found, lines)
    return found


def _made_elsewhere(made_in: Mapping[int, set[int]]) -> set[int]:
    """The keys of those of the claims that more than one article makes."""
    articles = Count("marks__revision__article", distinct=True)
    rows = Claim.objects.filter(pk__in=made_in).annotate(articles=articles)
    return set(rows.filter(articles__gt=1).order_by().values_list("pk", flat=True))


def _since(articles: Collection[int]) -> dict[int, dt.datetime]:
    """When each article was published last."""
    rows = Transition.objects.filter(article=OuterRef("pk"), move=MoveName.PUBLISH)
    newest = Subquery(rows.order_by("-at").values("at")[:1])  # no older line is read
    found = Article.objects.filter(pk__in=articles).order_by().values_list("pk", newest)
    return {key: at for key, at in found if at is not None}


def _lines(
    articles: Collection[int], claims: Collection[int], start: dt.datetime | None
) -> Iterable[Transition]:
    """What changed what readers get, and what was approved: from the first to the last."""
    rows = Transition.objects.filter(
        Q(article__in=articles) | Q(claim__in=claims, article__isnull=True),
        move__in=[*CHANGES_WHAT_READERS_GET, MoveName.APPROVE],
    )
    if start is not None:
        rows = rows.filter(at__gt=start)
    return rows.select_related("claim__verdict__adopted__assignment").order_by("at", "pk")


def _after(lines: Iterable[Transition], since: dt.datetime | None) -> list[Transition]:
    return [line for line in lines if since is None or line.at > since]


def _approved_as_a_whole(
    articles: Mapping[int, Article], lines: Mapping[int, list[Transition]]
) -> dict[int, str]:
    """What names each of the articles that somebody approved, as it is now."""
    keys = [key for key, rows in lines.items() if any(map(_approves_whole, rows))]
    return shown_of([articles[key] for key in keys]) if keys else {}


def _approves_whole(line: Transition) -> bool:
    return line.move == MoveName.APPROVE and line.article_id is not None


def _unseen(
    article: Article, lines: Iterable[Transition], elsewhere: Collection[int], stands: str | None
) -> set[int]:
    """Whose last change nobody else has looked at, by the moves since it was published.

    What was approved or changed of a claim that other articles make, too, may have been read there.
    An article's own approval counts while it is what was looked at (`stands`).
    """
    unseen: set[int] = set()
    for line in lines:
        if not _waits(line, article):
            continue
        who = changed_by(line)
        is_here = line.article_id is not None or line.claim_id not in elsewhere
        if _approves_whole(line):
            is_here = line.detail.get("shown") == stands
        if is_here and line.move not in TAKES_BACK:
            unseen &= {who}
        if line.move != MoveName.APPROVE and who is not None:
            unseen.add(who)
    return unseen


def _waits(line: Transition, article: Article) -> bool:
    """Not what readers have already: a retraction, while the article is published."""
    return line.move != MoveName.RETRACT or article.status != ArticleStatus.PUBLISHED


def _last(article: Article, lines: Iterable[Transition]) -> int | None:
    """Who made the last change, by its key; None where the policy did, or nothing changed."""
    who = None
    for line in lines:
        if line.move != MoveName.APPROVE and _waits(line, article):
            who = changed_by(line)
    return who


def _add_verdicts(found: Mapping[int, Hands], lines: Mapping[int, list[Transition]]) -> None:
    waiting: dict[int, dict[Claim, int | None]] = {
        key: {
            line.claim: line.actor_id
            for line in rows
            if line.move == MoveName.APPROVE
            and line.claim is not None
            and line.claim.status == ClaimStatus.APPROVED
        }
        for key, rows in lines.items()
    }
    replied = _replied({claim.pk for claims in waiting.values() for claim in claims})
    for key, claims in waiting.items():
        found[key].verdicts = [
            {claim.verdict.decided_by_id, approver}
            for claim, approver in claims.items()
            if claim.verdict is not None
        ]
        found[key].replied = {who for claim in claims for who in replied.get(claim.pk, ())}


def _replied(claims: Collection[int]) -> dict[int, set[int]]:
    """Who noted something of the replies to each claim that nobody else has seen, by its key."""
    if not claims:
        return {}
    rows = Transition.objects.filter(claim__in=claims, move__in=[*REPLIES, *STANDS_BEHIND])
    by_claim: dict[int, list[Transition]] = defaultdict(list)
    for line in rows.order_by("at", "pk"):
        by_claim[line.claim_id or 0].append(line)
    return {claim: replied_unseen(each) for claim, each in by_claim.items()}
