"""A desk's claims across its articles, filtered; and the same done to several of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from annotations import addresses, listing, moments, workflow
from annotations.forms import AskForm, ChosenForm, SetAsideForm
from annotations.models import Assignment, Claim, Desk, User
from annotations.queries import filters
from annotations.queries.access import may, require
from annotations.queries.claim_rows import claim_rows
from annotations.queries.claims import SORTS, listed, owed, published_ratings
from annotations.queries.paging import Capped, stretch
from annotations.rights import Right
from annotations.views.http import Request, kept_query
from annotations.vocabulary import ClaimStatus, ListSort
from annotations.words.claim_lines import claim_lines

from .files import MEDIA_TYPES, as_file
from .frame import desk_of, frame
from .orders import Head, Orders
from .queue import looked_for

PAGE = 50
LOOK = ":look"
"""Suffix of an act's name when it is only previewed."""
MOST = 200
"""At most this many claims change per request; for more, repeat it."""
NEEDS = {"ask": Right.ASSIGN, "aside": Right.MARK}
"""Each act, and the right that it asks for."""


@dataclass(slots=True)
class BulkAct:
    """Something to do to each of the chosen claims, and what became of it."""

    name: str
    label: str
    form: forms.Form
    do: Callable[[Claim, dict[str, Any]], object]
    told: Callable[[int, dict[str, Any]], str]
    """What was done to that many, in words."""
    refused: list[tuple[Claim, str]] = field(default_factory=list)

    def try_each(self, claims: Iterable[Claim]) -> int:
        """As `to_each`, of which nothing is kept: what would be done, and what refused."""
        with transaction.atomic():
            done = self.to_each(claims)
            transaction.set_rollback(True)
        return done

    def to_each(self, claims: Iterable[Claim]) -> int:
        """Do it to each by itself, so that one refusal keeps no other back; returns how many."""
        done = 0
        for claim in claims:
            try:
                self.do(claim, self.form.cleaned_data)
                done += 1
            except workflow.Refused as why:
                self.refused.append((claim, str(why)))
        return done


@require_http_methods(["GET", "POST"])
def claims(request: Request, desk_slug: str) -> HttpResponseBase:
    """The claims that a filter fits; asking somebody about several, or setting them aside.

    The newest stand first, or they are in another order (`?sort=due`); what is done to all is done
    to what that order lists. With `?as=` they are a file, with all that the person may see of each.
    """
    desk, others = desk_of(request, desk_slug)
    words = kept_query(request)
    wanted = filters.parse(words)
    orders = Orders.asked(SORTS, words, request.GET.get("sort", ""))
    order = orders.now
    found = order.of(listed(desk, request.user, wanted), request.user)
    found = found.select_related("claimant").order_by(*order.order_by)
    if (kind := request.GET.get("as")) in MEDIA_TYPES:
        rows = claim_rows(found, request.user)
        return as_file(desk, "claims", str(kind), claim_lines(rows, str(kind)))
    sent = request.POST if request.method == "POST" else None
    acts = _acts(desk, request.user, sent)
    chosen = ChosenForm(sent, found=found)
    act = next((act for act in acts if act.form.is_bound), None)
    foreseen: int | None = None
    if sent is not None:
        asked = _asked_for(sent)
        if asked in NEEDS or not acts:
            require(desk, NEEDS.get(asked, Right.MARK), request.user)
        if act is None:
            chosen.add_error(None, _("Choose what to do."))
        elif chosen.is_valid() and act.form.is_valid() and _only_looks(sent):
            foreseen = act.try_each(_chosen(chosen, found))
        elif chosen.is_valid() and act.form.is_valid():
            if done := act.to_each(_chosen(chosen, found)):
                messages.success(request, act.told(done, act.form.cleaned_data))
            if not act.refused:
                return redirect(request.get_full_path())
    page = stretch(found, order.columns, request.GET, PAGE, ascends=order.ascends)
    shown = _rows(page, wanted, request.user)
    title = _("Claims with “%(words)s”") % {"words": words} if words else _("Claims")
    context = frame(request, desk, others, "claims", title) | {
        "rows": shown,
        "hides_verdicts": any(row["hides_verdict"] for row in shown),
        "stretch": page,
        "counted": Capped(found, PAGE),
        "acts": acts,
        "chosen": chosen,
        "wrong": [each for each in (chosen, act and act.form) if each and each.errors],
        "refused": act.refused if act else [],
        "foreseen": foreseen,
        "picked": set(sent.getlist("claims")) if sent else set(),
        "is_all": sent is not None and sent.get("scope") == ChosenForm.ALL,
        "most": MOST,
        **orders.context(_heads(orders)),
    }
    context |= looked_for(desk, request.user, words, wanted, "claims", orders.sort)
    status = 422 if sent is not None and foreseen is None else 200
    return render(request, "desk/claims.html", context, status=status)


def _heads(orders: Orders) -> list[Head]:
    return [
        (_("Claim"), None, ""),
        (_("Verdict"), None, ""),
        (_("Claimant"), ListSort.CLAIMANT, "ascending"),
        (_("Stage"), ListSort.STAGE, "ascending"),
        (_("Waits for"), None, ""),
        (_("Due"), ListSort.DUE, "ascending"),
        orders.added(_("Added")),
    ]


def _only_looks(sent: Any) -> bool:
    """Whether the person asks what would become of it, and nothing is to be done yet."""
    return str(sent.get("do", "")).endswith(LOOK)


def _asked_for(sent: Any) -> str:
    """The name of the act that was sent, whether it is to be done or only looked at."""
    return str(sent.get("do", "")).removesuffix(LOOK) if sent is not None else ""


def _acts(desk: Desk, user: User, sent: Any) -> list[BulkAct]:
    """What the person may do; the form of the one that was sent is bound."""

    def data(name: str) -> Any:
        return sent if _asked_for(sent) == name else None

    def ask(claim: Claim, asked: dict[str, Any]) -> None:
        workflow.assign(claim, actor=user, **asked)

    def set_aside(claim: Claim, asked: dict[str, Any]) -> None:
        workflow.set_aside(claim, asked["why"], actor=user, note=asked["note"])

    found = []
    if may(desk, NEEDS["ask"]):
        form = AskForm(data("ask"), desk=desk)
        found.append(BulkAct("ask", _("Ask somebody"), form, ask, _asked))
    if may(desk, NEEDS["aside"]):
        form_aside = SetAsideForm(data("aside"))
        found.append(
            BulkAct("aside", pgettext("act", "Set aside"), form_aside, set_aside, _set_aside)
        )
    return found


def _chosen(form: ChosenForm, found: QuerySet[Claim]) -> list[Claim]:
    if form.cleaned_data["scope"] == ChosenForm.ALL:
        return list(found[:MOST])
    return list(form.cleaned_data["claims"][:MOST])


def _asked(count: int, asked: dict[str, Any]) -> str:
    return ngettext(
        "%(person)s is asked about one claim.", "%(person)s is asked about %(count)d claims.", count
    ) % {"person": asked["person"], "count": count}


def _set_aside(count: int, _given: dict[str, Any]) -> str:
    return ngettext("One claim is set aside.", "%(count)d claims are set aside.", count) % {
        "count": count
    }


def _rows(page: Iterable[Any], wanted: filters.Filter, user: User) -> list[dict[str, Any]]:
    claims = list(page)
    waits, ratings = owed(claims, user), published_ratings(claims, user)
    return [
        _row(claim, wanted, waits.get(claim.pk, [])) | {"rating": ratings.get(claim.pk)}
        for claim in claims
    ]


def _row(claim: Any, wanted: filters.Filter, waits: list[Assignment]) -> dict[str, Any]:
    dues = [row.due_at for row in waits if row.due_at]
    due = timezone.localtime(min(dues)) if dues else None
    return {
        "key": str(claim.uuid),
        "words": claim.claim_reviewed,
        "url": addresses.workbench(claim.article_pk, wanted.kept, claim=claim.pk),
        "article": claim.article_title,
        "stage": claim.get_status_display(),
        "hides_verdict": claim.status in (ClaimStatus.DECIDED, ClaimStatus.APPROVED),
        "claimant": claim.claimant,
        "people": listing.listed(dict.fromkeys(str(row.person) for row in waits)),
        "due": moments.short(due) if due else "",
        "is_late": due is not None and due < timezone.now(),
        "added": claim.created_at,
    }
