"""Checks without somebody to do them: dealt out evenly by load, or taken from the queue.

A claim in checking has as many slots as the desk's policy asks for annotations. One is taken by
whoever owes a check of it or has handed one in; who declined or let it lapse left it open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import (
    GIVEN_UP,
    OPEN,
    Article,
    Assignment,
    Claim,
    Desk,
    Mark,
    Sighting,
    User,
    Verdict,
)
from annotations.rights import Right
from annotations.vocabulary import ClaimStatus, Task

from . import guards
from .assignments import CANNOT, ask
from .core import Refused, one_transaction, require, with_desks

TRIES = 3
"""Looks past what others are taking at the moment, before one waits for them to have done so."""


def short(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Those of the claims in checking that fewer people check than their desk's policy asks for."""
    counted = Q(assignments__task=Task.CHECK) & ~Q(assignments__status__in=GIVEN_UP)
    rows = claims.filter(status=ClaimStatus.CHECKING)
    rows = rows.annotate(checkers=Count("assignments", filter=counted, distinct=True))
    return rows.filter(checkers__lt=F("desk__annotations_needed"))


def to_take(desk: Desk, person: User) -> QuerySet[Claim]:
    """The claims with an open slot that the person may take: not asked before, and still blind."""
    asked = Assignment.objects.filter(person=person.pk, task=Task.CHECK, claim=OuterRef("pk"))
    seen = Sighting.objects.filter(person=person.pk, claim=OuterRef("pk"))
    decided = Verdict.objects.filter(decided_by=person.pk, claim=OuterRef("pk"))
    waits = Mark.objects.current().filter(claim=OuterRef("pk"))
    waits = waits.exclude(revision__article__on_hold="")
    rows = short(Claim.objects.filter(desk=desk))
    return rows.exclude(Exists(asked) | Exists(seen) | Exists(decided) | Exists(waits))


@one_transaction
def take(article: Article, *, actor: User) -> list[Assignment]:
    """Take a check of every claim of the article that still lacks one, as far as one may.

    However many press at once, no slot is taken twice, and who comes while others are taking
    passes over what they hold. Raises PermissionDenied; Refused where nothing is left.
    """
    require(actor, Right.ANNOTATE, article.desk)
    # As it is now, but not held: who takes at the same time must not wait here.
    article = Article.objects.select_related("desk").get(pk=article.pk)
    taken: list[Assignment] = []
    for may_pass in [True] * TRIES + [False]:
        wanted = to_take(article.desk, actor).filter(
            pk__in=Claim.objects.made_in(article).values("pk")
        )
        keys = list(wanted.order_by("pk").values_list("pk", flat=True))
        if not keys:
            break
        # Who holds some waits for no more of them: two who did would wait for each other.
        if taken and not may_pass:
            break
        taken += _take(keys, article, actor, skip_locked=may_pass)
    if not taken:
        raise Refused(_("Nothing is left to take here: others were faster."))
    return taken


def _take(keys: list[int], article: Article, actor: User, *, skip_locked: bool) -> list[Assignment]:
    """Ask the actor themselves for those of the claims whose slot is open once they are held."""
    rows = Claim.objects.select_for_update(no_key=True, skip_locked=skip_locked)
    held = with_desks(rows.filter(pk__in=keys).order_by("pk"))
    # Asked again under the lock: a slot that was taken meanwhile changed no row of the claim.
    open_now = to_take(article.desk, actor).filter(pk__in=[claim.pk for claim in held])
    still = set(open_now.values_list("pk", flat=True))
    due_at = article.due_at if article.due_at and article.due_at > timezone.now() else None
    fit = [claim for claim in held if claim.pk in still and _leaves_an_approver(claim, actor)]
    return [ask(claim, actor, actor, due_at) for claim in fit]


def _leaves_an_approver(claim: Claim, checker: User) -> bool:
    return bool(guards.approvers(claim, decider=None) - {checker.pk})


def deal(claims: Iterable[Claim], people: Iterable[User], desk: Desk) -> dict[int, list[User]]:
    """Who checks which of the locked claims, by its key: as many each as the policy asks for.

    The next goes to whoever owes least. Who is away today, or may not check a claim blind, is
    passed over. Raises Refused where too few are left for a claim.
    """
    here = [person for person in people if not person.is_away(timezone.localdate())]
    load: Counter[int] = Counter(_load(desk, here))
    needed = desk.policy.annotations
    dealt: dict[int, list[User]] = {}
    for claim in claims:
        fit = [person for person in here if not CANNOT[Task.CHECK](claim, person)]
        fit.sort(key=lambda person: (load[person.pk], person.pk))
        if len(fit) < needed:
            raise Refused(
                _("“%(claim)s” needs %(needed)d people who check it; %(left)d of these can.")
                % {"claim": claim, "needed": needed, "left": len(fit)}
            )
        dealt[claim.pk] = fit[:needed]
        load.update(person.pk for person in fit[:needed])
    return dealt


def _load(desk: Desk, people: Iterable[User]) -> dict[int, int]:
    """How many checks each of the people owes at the desk, by their key."""
    owed = Assignment.objects.filter(
        claim__desk=desk, task=Task.CHECK, status__in=OPEN, person__in=list(people)
    )
    counted = owed.order_by().values("person").annotate(n=Count("pk"))
    return dict(counted.values_list(F("person"), "n"))
