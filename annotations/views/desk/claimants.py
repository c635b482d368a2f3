"""Who makes a desk's claims, under which names, and which claims."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations import addresses, workflow
from annotations.forms import ClaimantForm, MergeForm, OtherNameForm
from annotations.models import Claimant, Desk
from annotations.queries.access import may
from annotations.queries.claimants import claims_of, counts, entries, keys_of, open_claims
from annotations.queries.paging import Capped, stretch
from annotations.queries.searching import words_of
from annotations.views.http import Request, refuse, searched, sent, status_of
from annotations.views.once import key_for, once
from annotations.views.refusals import refusals_in_words

from .frame import desk_of, frame

PAGE = 50
OFFERED = 500
"""Names that are offered while one is typed: the newest."""


@require_safe
def claimant_list(request: Request, desk_slug: str) -> HttpResponse:
    """The main entries, the newest first, and those of whom a name holds the words."""
    desk, others = desk_of(request, desk_slug)
    typed = searched(request)
    found = entries(desk, request.user, words_of(typed))
    page = stretch(found, ("pk",), request.GET, PAGE)
    counted = counts(page.rows)
    context = frame(request, desk, others, "claimants", _("Who makes claims")) | {
        "q": typed,
        "query": f"{urlencode({'q': typed})}&" if typed else "",
        "rows": [{"entry": row, "counts": counted[row.pk]} for row in page],
        "stretch": page,
        "counted": Capped(found, PAGE),
    }
    return render(request, "desk/claimants.html", context)


@require_safe
def claimant(request: Request, desk_slug: str, key: str) -> HttpResponse:
    """One of them: every name, and the claims that they make or that pass on their words."""
    desk, others = desk_of(request, desk_slug)
    entry = _entry(request, desk, key)
    if entry.same_as is not None:
        return redirect("claimant", desk.slug, entry.same_as.uuid)
    page = stretch(claims_of(entry, request.user), ("pk",), request.GET, PAGE)
    names = keys_of(entry)
    is_editor = may(desk, workflow.RIGHT_TO_MERGE)
    context = frame(request, desk, others, "", str(entry)) | {
        "entry": entry,
        "counts": counts([entry])[entry.pk],
        "rows": [_row(claim, entry, names) for claim in page],
        "stretch": page,
        "query": "",
        "form": OtherNameForm(kept=entry) if is_editor else None,
        "offered": _offered(entry) if is_editor else [],
    }
    return render(request, "desk/claimant.html", context)


@require_http_methods(["GET", "POST"])
def merge(request: Request, desk_slug: str, key: str) -> HttpResponse:
    """Look at what it would mean that two names are one, choose the main one, and say so."""
    desk, _others = desk_of(request, desk_slug, workflow.RIGHT_TO_MERGE)
    entry = _entry(request, desk, key)
    if entry.same_as is not None and request.method != "POST":
        return redirect("claimant", desk.slug, entry.same_as.uuid)
    asked = OtherNameForm(request.GET or None, kept=entry)
    other = _other(request, desk, asked)
    form = MergeForm(sent(request), pair=_pair(entry, other)) if other else None
    if form is not None and form.is_valid():
        try:
            return once(request, lambda: _merge(request, desk, form))
        except workflow.Refused as why:
            refuse(form, why)
    context = {
        "desk": desk,
        "is_sample": desk.is_sample,
        "entry": entry,
        "other": other,
        "asked": asked,
        "form": form,
        "key": key_for(request),
        "offered": _offered(entry),
    }
    status = status_of(form or asked)
    return render(request, "desk/claimant_merge.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: Request, desk_slug: str, key: str) -> HttpResponse:
    """Change the name, kind or description of an entry, for what is said from now on."""
    desk, _others = desk_of(request, desk_slug, workflow.RIGHT_TO_MERGE)
    entry = _entry(request, desk, key)
    if entry.same_as is not None and request.method != "POST":
        return redirect("claimant", desk.slug, entry.same_as.uuid)
    now = list(workflow.ClaimantDraft.of(entry).values().values())
    form = ClaimantForm(sent(request), initial=dict(zip(ClaimantForm.FIELDS, now, strict=True)))
    if form.is_valid():
        try:
            return once(request, lambda: _edit(request, desk, entry, form))
        except workflow.Refused as why:
            refuse(form, why)
    context = {
        "desk": desk,
        "is_sample": desk.is_sample,
        "entry": entry,
        "form": form,
        "fields": [form[name] for name in ClaimantForm.FIELDS],
        "base": json.dumps(now),
        "key": key_for(request),
        "open": open_claims(entry),
    }
    return render(request, "desk/claimant_edit.html", context, status=status_of(form))


def _edit(request: Request, desk: Desk, entry: Claimant, form: ClaimantForm) -> str:
    draft, data = workflow.ClaimantDraft, form.cleaned_data
    said = draft(**{name: data[name] for name in ClaimantForm.FIELDS})
    based_on = draft(**dict(zip(ClaimantForm.FIELDS, data["base"], strict=True)))
    workflow.change_claimant(entry, said, actor=request.user, based_on=based_on)
    messages.success(request, _("The entry is changed. What is published keeps what it says."))
    return reverse("claimant", args=[desk.slug, entry.uuid])


def _other(request: Request, desk: Desk, asked: OtherNameForm) -> Claimant | None:
    """The entry that was confirmed, or is asked about."""
    if request.method == "POST":
        return _entry(request, desk, _uuid(request.POST.get("other", "")))
    return asked.cleaned_data["name"] if asked.is_bound and asked.is_valid() else None


def _pair(entry: Claimant, other: Claimant) -> list[tuple[Claimant, int]]:
    """Both, each with how many claims of the other would name it."""
    return [(entry, open_claims(other)), (other, open_claims(entry))]


def _merge(request: Request, desk: Desk, form: MergeForm) -> str:
    main, other = form.main_and_other()
    moved = workflow.merge_claimants(main, other, actor=request.user)
    told = _("“%(name)s” is another name of “%(main)s” now.") % {"name": other, "main": main}
    if moved:
        told += " " + ngettext(
            "%(count)d claim whose wording is open names the main one.",
            "%(count)d claims whose wording is open name the main one.",
            moved,
        ) % {"count": moved}
    messages.success(request, told)
    return reverse("claimant", args=[desk.slug, main.uuid])


@require_POST
@refusals_in_words
def part(request: Request, desk_slug: str, key: str) -> HttpResponse:
    """Say that a name stands for itself again, and lead back to whose name it was."""
    desk, _others = desk_of(request, desk_slug, workflow.RIGHT_TO_MERGE)
    name = _entry(request, desk, key)
    workflow.part_claimants(name, actor=request.user)
    messages.success(request, _("“%(name)s” stands for itself again.") % {"name": name})
    return redirect("claimant", desk.slug, name.main.uuid)


def _uuid(sent: str) -> uuid.UUID:
    """The key that was sent. Raises Http404 for what is none."""
    try:
        return uuid.UUID(sent)
    except ValueError:
        raise Http404 from None


def _entry(request: Request, desk: Desk, key: object) -> Claimant:
    """The entry of the desk, with its other names. Raises Http404."""
    rows = Claimant.objects.visible_to(request.user).filter(desk=desk)
    rows = rows.select_related("same_as", "desk").prefetch_related("other_names")
    return get_object_or_404(rows, uuid=key)


def _offered(entry: Claimant) -> list[str]:
    """Names of others, to choose from while typing."""
    rows = Claimant.objects.filter(desk=entry.desk_id, same_as__isnull=True)
    newest = rows.exclude(pk=entry.pk).order_by("-pk")[:OFFERED]
    return sorted(newest.values_list("name", flat=True))


def _row(claim: Any, entry: Claimant, names: list[int]) -> dict[str, Any]:
    """A claim as the list of claims shows it to everybody: its words, its place and its stage."""
    is_own = claim.claimant_id in names
    named = claim.claimant if is_own else claim.reports
    return {
        "words": claim.claim_reviewed,
        "language": claim.language,
        "url": addresses.workbench(claim.article_pk, claim=claim.pk),
        "article": claim.article_title,
        "stage": claim.get_status_display(),
        "named": "" if named == entry else str(named),
        "of": str(claim.reports or "") if is_own else "",
        "by": "" if is_own else str(claim.claimant or ""),
        "is_passed_on": not is_own,
    }
