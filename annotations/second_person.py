"""Whose work it was, and who else has looked at it: what the log says for rule 6.

Nobody approves their own annotation, and what readers get is published by two: whoever changed it
last, and somebody else. Derived from the log and the rows, never stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from annotations.models import (
    DESCRIBED,
    GIVEN_UP,
    Article,
    Claim,
    Mark,
    Revision,
    Transition,
    User,
)
from annotations.prepared import Prepared
from annotations.vocabulary import ArticleStatus, MoveName, Task

M = MoveName

WRITTEN = F("pk") + 0
"""Which line of the log was written before which: not by their moments, for a clock may have been
set back meanwhile. As an expression: by the key itself, PostgreSQL would walk the whole log to find
the few lines of one article."""
LAST_WRITTEN = WRITTEN.desc()


def taken_back_alone(row: Article | Claim) -> Transition | None:
    """The withdrawal or retraction that a second person has still to confirm."""
    lines = row.transitions.filter(
        move__in=[M.WITHDRAW, M.RETRACT, M.CONFIRM_TAKING_BACK, M.PUBLISH, M.REOPEN]
    )
    last = lines.select_related("actor").order_by(LAST_WRITTEN).first()
    return last if last is not None and last.move in (M.WITHDRAW, M.RETRACT) else None


CHANGES_WHAT_READERS_GET = (
    M.IMPORT, M.DESCRIBE, M.REVISE,
    M.MARK, M.UNMARK, M.ATTACH, M.LET_GO,
    M.WORD, M.REWORD, M.SET_ASIDE, M.BRING_BACK,
    M.ADOPT, M.DECIDE,
    M.WITHDRAW, M.RETRACT,
)  # fmt: skip
"""Moves after which an article's next edition shows text, marks, details or verdicts otherwise."""


TAKES_BACK = (M.WITHDRAW, M.RETRACT)
"""Those that one person makes at once, whatever else waits: they say nothing of it."""


def _changes(article: int, claims: Q) -> QuerySet[Transition]:
    """The changes that readers do not have yet, the last first.

    An edition that was made because a verdict was taken back holds none of the others. That it was
    is in it, so it is no change that readers of a published article wait for. `claims` says of a
    line that it is about one of the article's.
    """
    published = Transition.objects.filter(article=article, move=M.PUBLISH).order_by(LAST_WRITTEN)
    is_public = Exists(Article.objects.filter(pk=article, status=ArticleStatus.PUBLISHED))
    lines = Transition.objects.alias(written=WRITTEN).filter(
        Q(article=article) | (claims & Q(article__isnull=True)),
        written__gt=Coalesce(Subquery(published.values("pk")[:1]), 0),
        move__in=CHANGES_WHAT_READERS_GET,
    )
    return lines.exclude(Q(move=M.RETRACT) & Q(is_public)).order_by(LAST_WRITTEN)


def _last(article: int, claims: int) -> Any:
    return _changes(article, Q(claim__pk__any_of=claims)).values_list("pk")[:1]


_LAST = Prepared(_last, 2)


def last_change(article: Article, claims: Collection[int] | None = None) -> Transition | None:
    """The last change to what readers get of the article, since it was published last (rule 6).

    A mark of one of its claims in another article is none of it. `claims` are the keys of those
    that the article makes, where they are known.
    """
    found = _LAST(article.pk, _made_in(article) if claims is None else list(claims))
    if not found:
        return None
    related = ("claim__verdict__adopted__assignment", "actor")
    return Transition.objects.select_related(*related).get(pk=found[0][0])


def _made_in(article: Article) -> list[int]:
    return list(Claim.objects.made_in(article).values_list("pk", flat=True))


def unseen_change(article: Article, person: User) -> Transition | None:
    """The person's last change to what readers get, unless somebody else changed the article since.

    Whoever takes something back has not looked at the rest; nor has, of this article, whoever
    changed a claim that another one makes as well.
    """
    elsewhere = Mark.objects.exclude(revision__article=article).filter(claim=OuterRef("claim"))
    adopted = Q(actor=None, claim__verdict__adopted__assignment__person=person)
    here = (Q(article=article) | ~Exists(elsewhere)) & ~Q(move__in=TAKES_BACK)
    lines = _changes(article.pk, Q(claim__in=_made_in(article)))
    lines = lines.select_related("claim__verdict__adopted__assignment", "actor")
    last = lines.filter(Q(actor=person) | adopted | here).first()
    return last if last is not None and changed_by(last) == person.pk else None


def changed_by(change: Transition) -> int | None:
    """The key of whoever made the change; of what the policy adopted, whoever wrote it."""
    verdict = change.claim.verdict if change.claim and change.move == M.ADOPT else None
    if change.actor_id is None and verdict is not None and verdict.adopted is not None:
        return verdict.adopted.assignment.person_id
    return change.actor_id


def approved_since(article: Article, change: Transition, *, but: int) -> bool:
    """Whether somebody but the person with this key approved the article, or a claim, since.

    The article itself counts as approved while it is what was looked at (`shown`); of its claims
    those that it alone makes, for any other may have been approved where another text was read.
    """
    elsewhere = Mark.objects.exclude(revision__article=article).filter(claim=OuterRef("pk"))
    own = Claim.objects.made_in(article).exclude(Exists(elsewhere))
    claims = list(own.values_list("pk", flat=True))
    lines = Transition.objects.filter(move=M.APPROVE).exclude(actor=but)
    lines = lines.alias(written=WRITTEN).filter(written__gt=change.pk)
    this = Q(article=article, detail__shown=shown(article))
    return lines.filter(this | Q(claim__in=claims)).exists()


def shown(article: Article) -> str:
    """Names what the article's next edition would show readers.

    Another text, detail, mark, wording, setting aside or verdict gives another name; an approval,
    which readers are not shown as such, does not.
    """
    revision = article.revision
    claims = Claim.objects.made_in(article).order_by("pk").values_list(*_SHOWN_OF_CLAIMS)
    marks = revision.marks.order_by("pk").values_list("claim", "start", "end")
    return _name_of(article, revision.pk, claims, marks)


_SHOWN_OF_CLAIMS = ("pk", "version", "set_aside", "verdict")


def _name_of(
    article: Article, revision: int, claims: Iterable[tuple], marks: Iterable[tuple]
) -> str:
    named = [revision, [getattr(article, name) for name in DESCRIBED], *claims, *marks]
    return sha256(repr(named).encode()).hexdigest()[:16]


def shown_of(articles: Collection[Article]) -> dict[int, str]:
    """What `shown` says of each of the articles, by its key, in three statements."""
    keys = [article.pk for article in articles]
    revisions = Revision.objects.filter(article__in=keys).order_by("number")
    newest = dict(revisions.values_list("article", "pk"))
    claims: dict[int, list[tuple]] = {key: [] for key in keys}
    made = Claim.objects.filter(marks__revision__article__in=keys).order_by("pk").distinct()
    for key, *row in made.values_list("marks__revision__article", *_SHOWN_OF_CLAIMS):
        claims[key].append(tuple(row))
    marks: dict[int, list[tuple]] = {revision: [] for revision in newest.values()}
    placed = Mark.objects.filter(revision__in=marks).order_by("pk")
    for revision, *row in placed.values_list("revision", "claim", "start", "end"):
        marks[revision].append(tuple(row))
    return {
        article.pk: _name_of(article, revision, claims[article.pk], marks[revision])
        for article in articles
        if (revision := newest[article.pk])
    }


def took_part(claim: Claim) -> set[int]:
    """The keys of everyone who has annotated the claim or is still asked to (rule 6).

    Also those who declined, lapsed or left after handing in: a decider may have used their
    words. The log has them, and so do the verdicts.
    """
    asked = {
        check.person_id
        for check in claim.assignments.all()
        if check.task == Task.CHECK and check.status not in GIVEN_UP
    }
    lines = claim.transitions.all()
    handed_in = {line.actor_id for line in lines if line.move == M.SUBMIT and line.actor_id}
    adopted = {
        verdict.adopted.assignment.person_id for verdict in claim.verdicts.all() if verdict.adopted
    }
    return asked | handed_in | adopted


def approved_by(claim: Claim) -> int | None:
    """The key of who approved last: the log knows."""
    lines = [line for line in claim.transitions.all() if line.move == M.APPROVE]
    return max(lines, key=lambda line: line.pk).actor_id if lines else None


REPLIES = (M.ASK_REPLY, M.REPLY, M.WITHDRAW_REPLY)
"""Moves after which a claim's next edition says otherwise who was asked, or what they answered."""


STANDS_BEHIND = (M.DECIDE, M.ADOPT, M.APPROVE, M.PUBLISH)
"""Moves of whoever has the claim before them as readers will get it."""


def replied_unseen(lines: Iterable[Transition]) -> set[int]:
    """The keys of those who noted something of a claim's replies that nobody else has seen yet.

    `lines` are of the claim, from the first to the last. What came by a link is its addressee's.
    """
    found: set[int] = set()
    for line in lines:
        if line.actor_id is None:
            continue
        if line.move in REPLIES:
            found.add(line.actor_id)
        elif line.move in STANDS_BEHIND:
            found &= {line.actor_id}
    return found
