"""The filter language of the desk's lists, `?q=`: a person shares it, and takes it along.

`state:` and a claim's status, `stage:` and the one that an article waits for, `is:mine`,
`is:orphan`, `is:rated`, `is:unrated`, `is:short` (of checkers), `is:late`, `is:away`, `is:held`,
`assignee:`, `article:`, `owner:`, `lang:`, `has:comment` and `due:` name a property; any other word
stands in an article's title, in one of its claims or in any name of who makes it, whatever its
accents. The properties go along into the workbench, whose claims they filter too
(queries.finding).

None tells a checker what blindness hides: of who is asked, by when, and of comments only what the
person may see is looked at, so that a filter answers as if there were nothing else (rule 4).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from annotations import workflow
from annotations.models import (
    OPEN,
    Annotation,
    Article,
    Assignment,
    Claim,
    Claimant,
    Comment,
    Desk,
    Mark,
    Membership,
    Orphan,
    Revision,
    SavedFilter,
    User,
    checks_blind,
    desks_of,
    looked_up,
)
from annotations.prepared import PreparedRows
from annotations.rights import Right
from annotations.vocabulary import IN_WORK, ArticleStatus, ClaimStatus, Task

FLAGS = ("mine", "orphan", "rated", "unrated")
RELATIONS = (
    "assignee:me",
    "assignee:none",
    "has:comment",
    "due:today",
    "due:<today",
    "due:<2026-12-01",
    "due:none",
    "is:short",
    "is:late",
    "is:away",
    "stage:checking",
    "owner:me",
    "owner:none",
    "lang:fr",
    "is:held",
    "article:12",
)
"""Examples, for people, of the properties that lie in other rows than the claim's."""

FEW = 1000
"""Articles or claims with a word that are named by key; with more, the word is common."""

_RELATION = re.compile(
    r"assignee:[\w.@+-]+|has:comment|due:(none|[<>]?(today|\d{4}-\d\d-\d\d))"
    r"|is:(short|late|away|held)|article:[0-9]{1,9}|owner:[\w.@+-]+"
    rf"|stage:({'|'.join(IN_WORK)})"
    r"|lang:[a-z]{2,3}(-[a-z]+)?",
)

_NAMES = ("assignee", "has", "due", "article", "owner", "lang", "stage")
"""What stands before the colon of a relation."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A query taken apart."""

    states: tuple[str, ...]
    flags: tuple[str, ...]
    relations: tuple[str, ...]
    """Whole terms, such as "assignee:me"; see RELATIONS."""
    words: tuple[str, ...]
    unknown: tuple[str, ...]
    """Terms such as `state:nowhere`: they look like a property and name none."""

    @property
    def kept(self) -> str:
        """What goes along into the workbench of an article that was found."""
        terms = [f"state:{state}" for state in self.states] + [f"is:{flag}" for flag in self.flags]
        return " ".join([*terms, *self.relations])


def parse(query: str) -> Filter:
    """The query's terms, each where it belongs; case does not matter to names."""
    found: dict[str, list[str]] = {
        name: [] for name in ("state", "is", "relations", "words", "unknown")
    }
    known = {"state": ClaimStatus.values, "is": FLAGS}
    for term in query.split():
        name, colon, value = term.casefold().partition(":")
        if value in known.get(name, ()):
            found[name].append(value)
        elif is_relation(term):
            found["relations"].append(term.casefold())
        elif colon and name in (
            *known,
            "assignee",
            "has",
            "due",
            "article",
            "owner",
            "lang",
            "stage",
        ):
            found["unknown"].append(term)
        else:
            found["words"].append(term)
    return Filter(*(tuple(row) for row in found.values()))


def terms() -> list[str]:
    """Every property there is to look by, for people."""
    states = [f"state:{state}" for state in ClaimStatus.values]
    return [*states, *(f"is:{flag}" for flag in FLAGS), *RELATIONS]


def is_relation(term: str) -> bool:
    """Whether the term names a property that lies in other rows, in a form that can be read."""
    term = term.casefold()
    return bool(_RELATION.fullmatch(term)) and (
        not term.startswith("due:") or term == "due:none" or _day(term) is not None
    )


def _day(term: str) -> dt.date | None:
    """The day of a term such as "due:<today" in the desk's time; None where there is no such."""
    day = term.removeprefix("due:").lstrip("<>")
    if day == "today":
        return timezone.localdate()
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        return None


def saved(desk: Desk, user: User) -> list[SavedFilter]:
    """The filters kept by a name that the person may use at the desk."""
    return _SAVED(user.pk, desk.pk)


def _saved(reader: int, desk: int) -> QuerySet[SavedFilter]:
    return SavedFilter.objects.visible_to(User(pk=reader)).filter(desk=desk)


_SAVED: PreparedRows[SavedFilter] = PreparedRows(_saved, 2)


def matching(articles: QuerySet[Article], wanted: Filter, user: User) -> QuerySet[Article]:
    """The articles that the filter fits: the list's one statement, and two more for each word.

    One claim of the current text has all the properties, as in the workbench; each word stands in
    the title or in any claim.
    """
    newer = Revision.objects.filter(
        article=OuterRef("revision__article"), number__gt=OuterRef("revision__number")
    )
    placed_now = Mark.objects.filter(~Exists(newer))
    lost_now = Orphan.objects.open().filter(~Exists(newer))
    here = placed_now.filter(revision__article=OuterRef("pk"))
    lost = lost_now.filter(revision__article=OuterRef("pk"))
    for term in filter(is_of_article, wanted.relations):
        articles = articles.filter(_of_article(term, user))
    of_claims = replace(
        wanted, relations=tuple(term for term in wanted.relations if not is_of_article(term))
    )
    if of_claims.states or of_claims.flags or of_claims.relations:
        placed = here.unconfirmed() if "orphan" in wanted.flags else here
        articles = articles.filter(
            Exists(placed.filter(_properties(of_claims, user, "claim")))
            | Exists(lost.filter(_properties(of_claims, user, "mark__claim")))
        )
    for word in wanted.words:
        titled, worded = _titled(word), _worded(word)
        if titled is None or worded is None:
            articles = articles.filter(
                Q(title__holds=word)
                | looked_up(here.filter(_says(word, "claim__")))
                | looked_up(lost.filter(_says(word, "mark__claim__")))
            )
        else:
            made = placed_now.filter(claim__in=worded)
            left = lost_now.filter(mark__claim__in=worded)
            named = Article.objects.filter(pk__in=titled).order_by().values("pk")
            articles = articles.filter(pk__in=named.union(_articles_of(made), _articles_of(left)))
    return articles


def _articles_of(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """The articles in which marks or orphans are: in one list with others, found by an index."""
    return rows.order_by().values("revision__article")


def _titled(word: str) -> list[int] | None:
    """The keys of the articles with the word in their title; None where there are many."""
    return few(Article.objects.filter(title__holds=word))


def _worded(word: str) -> list[int] | None:
    """The keys of the claims with the word, or by whom it names; None where there are many."""
    named = few(_called(word))
    worded = few(Claim.objects.filter(claim_reviewed__holds=word))
    if named is None or worded is None:
        return None
    said = few(Claim.objects.filter(claimant__in=named)) if named else []
    return None if said is None else [*worded, *said]


def _called(word: str) -> QuerySet[Claimant]:
    """Every name of those of whom one name holds the word."""
    return Claimant.objects.filter(name__holds=word).alike()


def _says(word: str, claim: str = "") -> Q:
    """That a claim holds the word, or a name of its claimant; `claim` leads to the claim."""
    return Q(**{f"{claim}claim_reviewed__holds": word}) | Q(
        **{f"{claim}claimant__in": _called(word).values("pk")}
    )


def few(rows: QuerySet[Any], key: str = "pk") -> list[int] | None:
    """The keys of the rows, unless there are more than FEW.

    A word that few have is found by an index of words; of a common one the newest rows are soon
    found by looking at one after the other. PostgreSQL cannot tell which it will be.
    """
    keys = list(rows.order_by().values_list(key, flat=True)[: FEW + 1])
    return keys if len(keys) <= FEW else None


def fitting(claims: QuerySet[Claim], wanted: Filter, user: User) -> QuerySet[Claim]:
    """The claims that the filter fits; each word stands in the claim or in an article's title."""
    placed = Mark.objects.current().filter(claim=OuterRef("pk"))
    for state in wanted.states:
        claims = claims.filter(status=state)
    claims = claims.filter(_flagged(wanted.flags, user, "pk"))
    if "orphan" in wanted.flags:
        lost = Orphan.objects.open().filter(mark__claim=OuterRef("pk"))
        claims = claims.filter(Exists(placed.unconfirmed()) | Exists(lost))
    for word in wanted.words:
        titled, worded = _titled(word), _worded(word)
        if titled is None or worded is None:
            made = placed.filter(revision__article__title__holds=word)
            claims = claims.filter(_says(word) | looked_up(made))
        else:
            here = Mark.objects.current().filter(revision__article__in=titled).order_by()
            named = Claim.objects.filter(pk__in=worded).order_by().values("pk")
            claims = claims.filter(pk__in=named.union(here.values("claim")))
    return claims.filter(related(wanted.relations, user))


def _own(user: User) -> QuerySet[Assignment, Any]:
    """The claims that the person owes a check of."""
    return Assignment.objects.filter(
        person=user.pk, task=Task.CHECK, status__in=OPEN, claim__status=ClaimStatus.CHECKING
    ).values("claim")


def _properties(wanted: Filter, user: User, claim: str) -> Q:
    """What a row's claim must be; `claim` is the lookup that leads to it."""
    asked = related(wanted.relations, user, claim)
    for state in wanted.states:
        asked &= Q(**{f"{claim}__status": state})
    return asked & _flagged(wanted.flags, user, claim)


def _flagged(flags: Iterable[str], user: User, claim: str) -> Q:
    """What `is:` says of the claim, as the workbench means it; but for lost places."""
    asked = Q()
    if "mine" in flags:
        asked &= Q(**{f"{claim}__in": _own(user)})
    if "rated" in flags:
        asked &= _rated(user, claim)
    if "unrated" in flags:
        asked &= ~_rated(user, claim)
    return asked


def _rated(user: User, claim: str) -> Q:
    """That the person knows of a rating: a verdict they may see, or one of their own."""
    verdict = "verdict" if claim == "pk" else f"{claim}__verdict"
    seen = Q(**{f"{verdict}__isnull": False}) & ~Q(checks_blind(user, claim))
    own = Annotation.objects.filter(assignment__person=user.pk, rating__isnull=False)
    return seen | Q(**{f"{claim}__in": own.values("assignment__claim")})


def related(relations: Iterable[str], user: User, claim: str = "pk") -> Q:
    """What other rows that the person may see must say; `claim` is the lookup to the claim."""
    asked = Q()
    for term in relations:
        asked &= _related(term, user, claim)
    return asked


def is_of_article(term: str) -> bool:
    """Whether the relation is a property of the article itself, not of its claims."""
    return term == "is:held" or term.startswith(("article:", "owner:", "lang:", "stage:"))


def _of_article(term: str, user: User) -> Q:
    """What an article must be."""
    name, _colon, value = term.partition(":")
    if name == "article":
        return Q(pk=int(value))
    if name == "lang":
        return Q(language=value)
    if name == "stage":
        return _waits_at(ClaimStatus(value))
    if name == "is":
        return ~Q(on_hold="")
    if value == "none":
        return Q(owner__isnull=True)
    return Q(owner=user.pk) if value == "me" else Q(owner__username__iexact=value)


def _waits_at(stage: ClaimStatus) -> Q:
    """That the earliest stage of an article's claims in work is this one; a draft without any is
    being marked."""

    def has(statuses: Iterable[ClaimStatus]) -> Exists:
        here = Mark.objects.filter(revision__article=OuterRef("pk"))
        return Exists(here.filter(claim__status__in=list(statuses)))

    if stage == ClaimStatus.SPOTTED:
        return Q(has([stage])) | (Q(status=ArticleStatus.DRAFT) & ~Q(has(IN_WORK)))
    return Q(has([stage])) & ~Q(has(IN_WORK[: IN_WORK.index(stage)]))


def _short(user: User) -> QuerySet[Claim]:
    """The claims that lack a checker, to those who may ask one and check none of them blind."""
    claims = Claim.objects.filter(desk__in=desks_of(user, Right.ASSIGN))
    return workflow.short(claims).exclude(Q(checks_blind(user, "pk")))


def _related(term: str, user: User, claim: str) -> Q:
    name, _colon, value = term.partition(":")
    if name == "has":
        return Q(**{f"{claim}__in": Comment.objects.visible_to(user).values("claim")})
    if is_of_article(term):
        found = Article.objects.filter(_of_article(term, user), desk__in=desks_of(user))
        made = Mark.objects.current().filter(revision__article__in=found.order_by().values("pk"))
        return Q(**{f"{claim}__in": made.order_by().values("claim")})
    if term == "is:short":
        return Q(**{f"{claim}__in": _short(user).values("pk")})
    checks = Assignment.objects.visible_to(user).filter(status__in=OPEN)
    if term == "is:late":
        late = checks.filter(due_at__lt=timezone.now())
        return Q(**{f"{claim}__in": late.values("claim")})
    if term == "is:away":
        today = timezone.localdate()
        at_desk = Membership.objects.filter(desk=OuterRef("claim__desk"), user=OuterRef("person"))
        gone = Q(person__is_active=False) | ~Q(Exists(at_desk))
        away = checks.filter(gone | Q(person__away_from__lte=today, person__away_until__gte=today))
        return Q(**{f"{claim}__in": away.values("claim")})
    if term == "assignee:none":
        return ~Q(**{f"{claim}__in": checks.values("claim")})
    if name == "assignee":
        checks = checks.filter(person__username__iexact=user.username if value == "me" else value)
    elif value == "none":
        checks = checks.filter(due_at__isnull=True)
    else:
        order = {"<": "lt", ">": "gt"}.get(value[0], "exact")
        checks = checks.filter(**{f"due_at__date__{order}": _day(term)})
    return Q(**{f"{claim}__in": checks.values("claim")})
