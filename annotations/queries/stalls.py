"""What has come to a halt at a desk: who can do something about it sees it in their queue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations import moments
from annotations.models import GIVEN_UP, OPEN, Article, Assignment, Desk, Membership, Report, User
from annotations.prepared import Prepared, PreparedRows
from annotations.queries.asked import asked_about
from annotations.queries.needs import InWork, Need, all_of
from annotations.queries.workbench import stage_in_words
from annotations.rights import allows
from annotations.vocabulary import ArticleStatus, AssignmentStatus, ClaimStatus, Task
from annotations.workflow.assignments import RIGHTS

STAGE_OF = {
    Task.CHECK: ClaimStatus.CHECKING,
    Task.DECIDE: ClaimStatus.DECIDING,
    Task.APPROVE: ClaimStatus.DECIDED,
}
"""When what was asked for is waited for."""


def stalls(desk: Desk, user: User, own: Mapping[int, Assignment], claims: InWork) -> list[Need]:
    """Claims that lack a checker, or wait for somebody who is late or away, in one statement.

    Of those that the person checks blind, nothing: how far others are is not theirs to know
    (rule 4). `own` are the person's checks by the key of their claim.
    """
    blind = {claim for claim, check in own.items() if check.status not in GIVEN_UP}
    told = {
        row.claim: row.status
        for _article, rows in claims
        for row in rows
        if row.status in STAGE_OF.values()
        and not (row.claim in blind and row.status == ClaimStatus.CHECKING)
    }
    asked = _asked(user, told)
    needs: list[Need] = []
    for article, rows in claims:
        needs += _not_in_time(article, user)
        here = [row.claim for row in rows if row.claim in told]
        needs += _short(article, desk, [c for c in here if told[c] == ClaimStatus.CHECKING], asked)
        needs += _late(article, here, asked, user)
        needs += _away(article, here, asked, user)
        needs += _gone(article, here, asked, user)
        needs += _no_longer_able(article, here, asked, user)
    return needs


def _not_in_time(article: Article, user: User) -> Iterable[Need]:
    """An article past its day, to who looks after it; where nobody does today, to all who could."""
    is_late = article.due_at is not None and article.due_at < timezone.now()
    if not is_late or article.status != ArticleStatus.DRAFT:
        return
    if article.owner_is_away and article.owner_id != user.pk:
        yield owner_is_away(article)
        return
    if article.looked_after_by not in (None, user.pk):
        return
    why = _("It is not published yet.")
    stage = ArticleStatus.DRAFT.label
    need = Need(article, why, _("Open"), "workbench", "i-clock", str(stage), due_at=article.due_at)
    if article.looked_after_by is None:
        need.why = _("It is not published yet, and nobody looks after it.")
    yield need


def owner_is_away(article: Article) -> Need:
    """An article whose owner is not there: whoever plans it hands it over, or lets it wait."""
    assert article.owner is not None
    assert article.owner.away_until is not None
    why = _("%(person)s looks after it and is away until %(day)s.") % {
        "person": article.owner,
        "day": moments.short(article.owner.away_until),
    }
    stage = str(ArticleStatus.DRAFT.label)
    return Need(article, why, _("Hand over"), "plan", "i-clock", stage, due_at=article.due_at)


Asked = Mapping[int, list[Assignment]]
"""Who was asked for what is at stake now, by the key of the claim."""


def _asked(user: User, told: Mapping[int, str]) -> Asked:
    """Each row has the `role` of the person at the desk now, None without one."""
    found: dict[int, list[Assignment]] = defaultdict(list)
    keys = asked_about(told, user)
    for row in _WITH_PEOPLE(keys) if keys else []:
        if STAGE_OF[Task(row.task)] == told[row.claim_id]:
            found[row.claim_id].append(row)
    return found


def _with_people(keys: list[int]) -> QuerySet[Assignment]:
    roles = Membership.objects.filter(desk=OuterRef("claim__desk"), user=OuterRef("person"))
    rows = Assignment.objects.filter(pk__any_of=keys).select_related("person").order_by("pk")
    return rows.annotate(role=Subquery(roles.order_by().values("role")[:1]))


_WITH_PEOPLE: PreparedRows[Assignment] = PreparedRows(_with_people, 1)


def _short(article: Article, desk: Desk, claims: list[int], asked: Asked) -> Iterable[Need]:
    needed = desk.policy.annotations
    short = [
        claim
        for claim in claims
        if sum(row.status not in GIVEN_UP for row in asked.get(claim, ())) < needed
    ]
    if not short:
        return
    left = [row for claim in short for row in asked.get(claim, ()) if row.status in GIVEN_UP]
    why = ngettext(
        "%(count)d claim lacks a checker.", "%(count)d claims lack a checker.", len(short)
    ) % {"count": len(short)}
    yield _of(article, short, f"{why} {_why_short(left)}", _("Ask somebody"), "is:short", "i-plus")


def _why_short(left: Iterable[Assignment]) -> str:
    """Why so few check: who declined, and whose time was over."""
    declined = [row.person for row in left if row.status == AssignmentStatus.DECLINED]
    lapsed = [row.person for row in left if row.status == AssignmentStatus.EXPIRED]
    said = []
    if declined:
        said.append(_("%(people)s declined.") % {"people": all_of(declined)})
    if lapsed:
        said.append(_("No longer asked: %(people)s.") % {"people": all_of(lapsed)})
    return " ".join(said) or _("Nobody else was asked.")


def _late(article: Article, claims: list[int], asked: Asked, user: User) -> Iterable[Need]:
    now = timezone.now()
    late = [
        row for row in _open(claims, asked, user) if row.due_at is not None and row.due_at < now
    ]
    if not late:
        return
    why = ngettext(
        "%(count)d thing asked of %(people)s is late.",
        "%(count)d things asked of %(people)s are late.",
        len(late),
    ) % {"count": len(late), "people": all_of(row.person for row in late)}
    keys = sorted({row.claim_id for row in late})
    need = _of(article, keys, why, _("Ask somebody"), "is:late", "i-clock")
    need.due_at = min(row.due_at for row in late if row.due_at)
    yield need


def _away(article: Article, claims: list[int], asked: Asked, user: User) -> Iterable[Need]:
    today = timezone.localdate()
    owed = _open(claims, asked, user)
    away = [row for row in owed if row.person.is_active and row.person.is_away(today)]
    if not away:
        return
    back = max(row.person.away_until for row in away if row.person.away_until)
    why = ngettext(
        "Away until %(day)s: %(people)s. %(count)d thing waits for them.",
        "Away until %(day)s: %(people)s. %(count)d things wait for them.",
        len(away),
    ) % {
        "count": len(away),
        "people": all_of(row.person for row in away),
        "day": moments.short(back),
    }
    keys = sorted({row.claim_id for row in away})
    yield _of(article, keys, why, _("Ask somebody"), "is:away", "i-clock")


def _gone(article: Article, claims: list[int], asked: Asked, user: User) -> Iterable[Need]:
    """What waits for people whose accounts were closed: nobody else would notice."""
    gone = [row for row in _open(claims, asked, user) if not row.person.is_active]
    if not gone:
        return
    why = ngettext(
        "%(people)s can no longer sign in. %(count)d thing waits for them.",
        "%(people)s can no longer sign in. %(count)d things wait for them.",
        len(gone),
    ) % {"count": len(gone), "people": all_of(row.person for row in gone)}
    keys = sorted({row.claim_id for row in gone})
    yield _of(article, keys, why, _("Ask somebody"), "is:away", "i-alert")


def _no_longer_able(
    article: Article, claims: list[int], asked: Asked, user: User
) -> Iterable[Need]:
    """What waits for people who left the desk, or have another role: nobody else would notice."""
    left = [
        row
        for row in _open(claims, asked, user)
        if row.person.is_active and not allows(row.role, RIGHTS[Task(row.task)])  # type: ignore[attr-defined]
    ]
    if not left:
        return
    why = ngettext(
        "No longer able to do it: %(people)s. %(count)d thing waits for them.",
        "No longer able to do it: %(people)s. %(count)d things wait for them.",
        len(left),
    ) % {"count": len(left), "people": all_of(row.person for row in left)}
    keys = sorted({row.claim_id for row in left})
    yield _of(article, keys, why, _("Ask somebody"), "is:away", "i-alert")


def _open(claims: list[int], asked: Asked, user: User) -> list[Assignment]:
    """What others still owe of these claims."""
    return [
        row
        for claim in claims
        for row in asked.get(claim, ())
        if row.status in OPEN and row.person_id != user.pk
    ]


def _of(article: Article, claims: list[int], why: str, verb: str, flag: str, icon: str) -> Need:
    """The verb leads to the one claim, or to the list of them, where one asks for several."""
    stage = stage_in_words(ClaimStatus.CHECKING)
    if len(claims) == 1:
        return Need(article, why, verb, "asked", icon, stage, claim=claims[0])
    query = f"?q={flag}+article:{article.pk}"
    return Need(article, why, verb, "claims", icon, stage, query=query)


def _reports(desk: int) -> Any:
    waiting = Report.objects.filter(edition__desk=desk, outcome="", is_suspect=False)
    each = waiting.order_by().values("edition__desk")
    return each.annotate(count=Count("pk"), oldest=Min("at")).values_list("count", "oldest")


_REPORTS = Prepared(_reports, 1)


def waiting_reports(desk: Desk) -> list[Need]:
    """Readers' reports that wait for an answer: one row, counted; none that looks like spam."""
    counted = _REPORTS.one(desk.pk)
    if counted is None:
        return []
    count, oldest = counted
    since = moments.day(oldest)
    why = ngettext(
        "%(count)d reader waits for an answer since %(day)s.",
        "%(count)d readers wait for an answer, the first since %(day)s.",
        count,
    ) % {"count": count, "day": since}
    need = Need(None, why, _("Answer"), "reports", "i-comment", "")
    need.title = _("Readers’ reports")
    return [need]
