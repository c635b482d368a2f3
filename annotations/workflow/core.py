"""The floor of all writing: refusals, rights, locks, the log, and saves that happen once.

Whatever is locked, is locked in one order: the receipt (`once`), the desk, articles by key, claims
by key, assignments by key. Rows that many others point at are locked without their keys
(FOR NO KEY UPDATE), so that nobody's line of the log has to wait for them.
"""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations import figures, listing, rights
from annotations.database import plans
from annotations.models import Article, Claim, Desk, Membership, Receipt, Transition, User
from annotations.prepared import PreparedRows
from annotations.rights import Right

from .storing import insert

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row", Article, Claim)
Kept = TypeVar("Kept", Desk, Article, Claim)

_log = logging.getLogger(__name__)

CROSSED = ("40P01", "40001")
"""PostgreSQL's names for a deadlock and for a serialisation failure."""


class Refused(Exception):
    """What was asked is not possible at this moment; the message says why, in words for people."""


class Stale(Refused):
    """It was changed since the person read it; `current` is what stands there now, if known."""

    def __init__(self, why: str = "", *, current: Any = None) -> None:
        super().__init__(why or _("This was changed while you worked on it."))
        self.current = current


class Closed(Refused):
    """The row takes no saves at this stage."""


def one_transaction(act: Callable[P, R]) -> Callable[P, R]:
    """Do all of it in one transaction, or none; once more if it crossed with another move.

    Every function that people, commands and tasks call to change something is made with this, but
    for those that are handed rows which are not saved yet: these cannot be begun again.
    """

    @wraps(act)
    def transacted(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return attempted(*args, **kwargs)
        except (Refused, PermissionDenied) as no:
            # By the name that people call: what is held may stand in a function of its own.
            _tell_refusal(no, act.__name__.lstrip("_"), kwargs.get("actor"))
            raise

    def attempted(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            with transaction.atomic():
                return act(*args, **kwargs)
        try:
            with transaction.atomic():
                return act(*args, **kwargs)
        except DatabaseError as crossed:
            if getattr(crossed.__cause__, "pgcode", None) not in (*CROSSED, *plans.OUTDATED):
                raise
        with transaction.atomic():
            return act(*args, **kwargs)

    return transacted


def _tell_refusal(no: Exception, act: str, actor: Any) -> None:
    """Write it for whoever keeps the server: what kind, never its words, which may quote work."""
    if getattr(no, "is_told", False):
        return  # by an act inside this one
    no.is_told = True  # type: ignore[attr-defined]
    figures.REFUSALS.labels(act).inc()
    fields = {"act": act, "why": type(no).__name__, "user": getattr(actor, "pk", None)}
    _log.info("refused", extra={"fields": fields})


# --- who may ---


def require(actor: User, right: Right, desk: Desk) -> None:
    """Raise PermissionDenied unless the person has the right at the desk."""
    if not Membership.objects.may(actor, right).filter(desk=desk).exists():
        raise PermissionDenied(why_not(right, desk, to=actor))


def require_at(actor: User, right: Right, row: Article | Claim) -> None:
    """As `require`, at the desk of a row that is held; the same statement reads the row's desk.

    So the rules of the desk are those that hold now, whatever stood there before the lock.
    """
    found = Membership.objects.may(actor, right).filter(desk=row.desk_id).select_related("desk")
    membership = found.order_by().first()
    if membership is None:
        raise PermissionDenied(why_not(right, row.desk, to=actor))
    row.desk = membership.desk


def why_not(right: Right, desk: Desk, *, to: User) -> str:
    """What somebody without the right may not do; members are told who may, and whom to ask.

    That is who gives out roles here. A desk whose managers' accounts are all closed has nobody
    who does: whoever keeps the site can open one of them again (`workflow.set_active`).
    """
    said = _("You may not %(right)s at this desk.") % {"right": right.label}
    members = desk.memberships.filter(user__is_active=True).select_related("user")
    if not members.filter(user=to.pk).exists():
        return said
    may = rights.roles_with(right, checkers_mark=desk.checkers_mark)
    managers = members.filter(role__in=rights.roles_with(Right.MANAGE)).order_by("pk")
    ask = [str(each.user) for each in managers[:3]]
    more = _("Who may: %(roles)s. Ask %(people)s.")
    if not ask:
        more = _("Who may: %(roles)s. Nobody manages this desk now: ask whoever keeps this site.")
    told = {"roles": listing.listed(role.label for role in may), "people": listing.listed_or(ask)}
    return f"{said} {more % told}"


def require_reason(reason: str) -> None:
    """Raise Refused unless something is said."""
    if not reason.strip():
        raise Refused(_("Say why: the reason goes into the log."))


# --- locks: a desk that is not locked itself is never joined to what is, but asked for once that is
# held. A statement that waited gives what it does not lock as it was before: rules that hold no
# more. ---


def _held(model: type[Kept]) -> PreparedRows[Kept]:
    """The row of a key as it is now, held until the transaction ends."""
    # In no order: that of claims joins their desk, which would be locked with them.
    locked = model._default_manager.select_for_update(no_key=True).order_by()
    return PreparedRows(lambda pk: locked.filter(pk=pk), 1)


def _with_desk(pk: int) -> QuerySet[Article]:
    # PostgreSQL locks them in this order.
    both = Article.objects.select_for_update(no_key=True, of=("desk", "self"))
    return both.select_related("desk").filter(pk=pk).order_by()


_DESK, _ARTICLE, _CLAIM = _held(Desk), _held(Article), _held(Claim)
_ARTICLE_WITH_DESK: PreparedRows[Article] = PreparedRows(_with_desk, 1)


def lock_desk(desk: Desk) -> Desk:
    """The desk as it is now, held until the transaction ends."""
    return _DESK.get(desk.pk)


def lock_article(article: Article) -> Article:
    """The article as it is now, held until the transaction ends."""
    return _ARTICLE.get(article.pk)


def lock_with_desk(article: Article) -> Article:
    """The article and its desk as they are now, both held until the transaction ends."""
    return _ARTICLE_WITH_DESK.get(article.pk)


def lock_articles(articles: Any) -> list[Article]:
    """The articles of a queryset, locked in the order of their keys."""
    rows = Article.objects.select_for_update(no_key=True)
    return with_desks(rows.filter(pk__in=articles.values("pk")).order_by("pk"))


def lock_claim(claim: Claim) -> Claim:
    """The claim as it is now, held until the transaction ends."""
    return _CLAIM.get(claim.pk)


def lock_claims(claims: Any) -> list[Claim]:
    """The claims of a queryset, locked in the order of their keys so that no two moves cross."""
    rows = Claim.objects.select_for_update(no_key=True)
    return with_desks(rows.filter(pk__in=claims.values("pk")).order_by("pk"))


def with_desks(rows: Iterable[Row]) -> list[Row]:
    """Rows that are held by now, with their desks in one statement."""
    found = list(rows)
    desks = Desk.objects.in_bulk({row.desk_id for row in found})
    for row in found:
        row.desk = desks[row.desk_id]
    return found


# --- the log ---


def log(desk: Desk, move: str, actor: User | None, **what: Any) -> Transition:
    """Write one line of the log, with the policy in force."""
    return log_all(desk, actor, [{"move": move} | what])[0]


def log_all(desk: Desk, actor: User | None, lines: Iterable[dict[str, Any]]) -> list[Transition]:
    """Write a line of the log for each, with the policy in force, in one statement.

    Each line has its `move`, and what it is about.
    """
    policy = desk.policy.as_dict()
    made = [Transition(desk=desk, actor=actor, policy=policy, **what) for what in lines]
    insert(made)
    for line in made:
        transaction.on_commit(partial(_tell_move, line))
    return made


def _tell_move(line: Transition) -> None:
    """Write the move for whoever keeps the server: its name and keys, once it holds."""
    figures.MOVES.labels(line.move).inc()
    fields = {
        "move": line.move,
        "desk": line.desk_id,
        "article": line.article_id,
        "claim": line.claim_id,
        "user": line.actor_id,
    }
    _log.info("move", extra={"fields": fields})


def tally(kind: str, outcome: str) -> None:
    """Count what the worker did, in the transaction that says what became of it; do it last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into annotations_tally (kind, outcome, number) values (%s, %s, 1)"
            " on conflict (kind, outcome) do update set number = annotations_tally.number + 1",
            [kind, outcome],
        )


# --- a repeated save has one effect ---


@one_transaction
def once(person: User, key: uuid.UUID | None, what: str, do: Callable[[], R]) -> R:
    """As `once_within`, in a transaction of its own: for pages, of whatever acts they do."""
    return once_within(person, key, what, do)


def once_within(
    person: User, key: uuid.UUID | None, what: str, do: Callable[[], R], *, known: R | None = None
) -> R:
    """What `do` answers (a number or a string), or answered to this key before.

    For an act, in whose transaction it is done. `what` names the kind of save and the row it is
    about. `known` is what it answers if it is done at all, where that is known before: it is noted
    at once then. Raises Stale for a key that was used for something else: a form that the browser
    has kept, of another row or of another kind.
    """
    if key is None:
        return do()
    done: dict[str, Any] = {"what": what}
    if _is_new(person, key, done if known is None else done | {"answer": known}):
        answer = do()
        if known is None:
            _note_answer(person, key, done | {"answer": answer})
        return answer
    answered = Receipt.objects.get(person=person, key=key).answer
    if answered.get("what") != what:
        raise Stale(_("This form was sent already, for something else. Open it again."))
    return answered["answer"]  # type: ignore[no-any-return]


def answered(person: User, key: uuid.UUID | None, what: str) -> Any:
    """What was answered to this key before; None if it was not used yet, or for something else."""
    receipt = Receipt.objects.filter(person=person, key=key).first() if key else None
    is_same = receipt is not None and receipt.answer.get("what") == what
    return receipt.answer.get("answer") if receipt is not None and is_same else None


_NEW = plans.KeptSQL(
    "insert into annotations_receipt (person_id, key, answer, at)"
    " values (%s, %s, %s, now())"
    " on conflict (person_id, key) do nothing"
)
_ANSWER = plans.KeptSQL(
    "update annotations_receipt set answer = %s where person_id = %s and key = %s"
)


def _is_new(person: User, key: uuid.UUID, done: dict[str, Any]) -> bool:
    """Whether the key was not used before. Of two copies of one request the second waits here."""
    with connection.cursor() as cursor:
        cursor.execute(_NEW, [person.pk, key, json.dumps(done)])
        return bool(cursor.rowcount == 1)


def _note_answer(person: User, key: uuid.UUID, done: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ANSWER, [json.dumps(done), person.pk, key])


def kept(rows: Iterable[R]) -> R:
    """The row that a repeated save has made. Raises Stale where it is gone meanwhile."""
    for row in rows:
        return row
    raise Stale(_("What this form made has been taken out since. Open it again."))
