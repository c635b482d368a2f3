"""The filter language of the desk's lists, `?q=`: a person shares it, and takes it along.

`state:` and a claim's status, `is:mine` and `is:orphan` name a property; any other word stands in
an article's title or in one of its claims. The properties go along into the workbench, whose
claims they filter too (queries.finding). None tells a checker what blindness hides.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.models import OPEN, Article, Assignment, Mark, Orphan, Revision, User
from annotations.vocabulary import ClaimStatus, Task

FLAGS = ("mine", "orphan")


@dataclass(frozen=True, slots=True)
class Filter:
    """A query taken apart."""

    states: tuple[str, ...]
    flags: tuple[str, ...]
    words: tuple[str, ...]
    unknown: tuple[str, ...]
    """Terms such as `state:nowhere`: they look like a property and name none."""

    @property
    def kept(self) -> str:
        """What goes along into the workbench of an article that was found."""
        return " ".join([f"state:{s}" for s in self.states] + [f"is:{f}" for f in self.flags])


def parse(query: str) -> Filter:
    """The query's terms, each where it belongs; case does not matter to names."""
    found: dict[str, list[str]] = {"state": [], "is": [], "words": [], "unknown": []}
    known = {"state": ClaimStatus.values, "is": FLAGS}
    for term in query.split():
        name, colon, value = term.casefold().partition(":")
        if not colon or name not in known:
            found["words"].append(term)
        elif value in known[name]:
            found[name].append(value)
        else:
            found["unknown"].append(term)
    return Filter(*(tuple(found[name]) for name in ("state", "is", "words", "unknown")))


def matching(articles: QuerySet[Article], wanted: Filter, user: User) -> QuerySet[Article]:
    """The articles that the filter fits, in the one statement of the list.

    One claim of the current text has all the properties, as in the workbench; each word stands in
    the title or in any claim.
    """
    newer = Revision.objects.filter(
        article=OuterRef("revision__article"), number__gt=OuterRef("revision__number")
    )
    here = Mark.objects.filter(~Exists(newer), revision__article=OuterRef("pk"))
    lost = Orphan.objects.open().filter(~Exists(newer), revision__article=OuterRef("pk"))
    if wanted.states or wanted.flags:
        placed = here.unconfirmed() if "orphan" in wanted.flags else here
        articles = articles.filter(
            Exists(placed.filter(_properties(wanted, user, "claim")))
            | Exists(lost.filter(_properties(wanted, user, "mark__claim")))
        )
    for word in wanted.words:
        articles = articles.filter(
            Q(title__icontains=word)
            | Exists(here.filter(claim__claim_reviewed__icontains=word))
            | Exists(lost.filter(mark__claim__claim_reviewed__icontains=word))
        )
    return articles


def _properties(wanted: Filter, user: User, claim: str) -> Q:
    """What a row's claim must be; `claim` is the lookup that leads to it."""
    asked = Q()
    for state in wanted.states:
        asked &= Q(**{f"{claim}__status": state})
    if "mine" in wanted.flags:
        mine = Assignment.objects.filter(
            person=user.pk, task=Task.CHECK, status__in=OPEN, claim__status=ClaimStatus.CHECKING
        )
        asked &= Q(**{f"{claim}__in": mine.values("claim")})
    return asked
