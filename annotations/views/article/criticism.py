"""Criticism and reply, side by side: whom claims criticise, asked when, answered how."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations import workflow
from annotations.forms import CriticismForm
from annotations.models import Claim, Criticism
from annotations.queries import criticism as criticism_queries
from annotations.queries.access import article_for, may
from annotations.queries.workbench import claim_numbers
from annotations.rights import Right
from annotations.views.http import Request, refuse, sent, status_of
from annotations.views.once import key_for, once, repeated
from annotations.vocabulary import ClaimStatus, Stands


@require_http_methods(["GET", "POST"])
def criticism(request: Request, pk: int) -> HttpResponse:
    """Whom the article's claims criticise, grouped by person; a form notes more."""
    article = article_for(request.user, pk, Right.READ)
    numbers = claim_numbers(article)
    kept = Claim.objects.filter(pk__in=numbers).exclude(status=ClaimStatus.SET_ASIDE)
    claims = sorted(kept, key=lambda claim: numbers[claim.pk])
    choices = [(str(claim.pk), f"{numbers[claim.pk]}. {claim.claim_reviewed}") for claim in claims]
    form = CriticismForm(sent(request), claims=choices)
    if request.method == "POST":
        article = article_for(request.user, pk, Right.DECIDE)
        if before := repeated(request):
            return before
        if form.is_valid():
            chosen = [claim for claim in claims if str(claim.pk) in form.cleaned_data["claims"]]
            try:
                return once(request, lambda: _note(request, pk, form, chosen))
            except workflow.Refused as why:
                refuse(form, why)
    people = criticism_queries.of_article(article.desk, claims, numbers, request.user)
    context = {
        "desk": article.desk,
        "is_sample": article.desk.is_sample,
        "article": article,
        "form": form if may(article, Right.DECIDE) else None,
        "key": key_for(request),
        "people": people,
        "stands": [(value, label) for value, label in Stands.choices if value],
    }
    return render(request, "article/criticism.html", context, status=status_of(form))


def _note(request: Request, pk: int, form: CriticismForm, claims: list[Claim]) -> str:
    made = workflow.note_criticism(claims, form.cleaned_data["of"], actor=request.user)
    said = ngettext("It is noted for %(count)d claim.", "It is noted for %(count)d claims.", made)
    messages.success(request, said % {"count": made})
    return reverse("criticism", args=[pk])


@require_POST
def settle_criticism(request: Request, pk: int, key: str) -> HttpResponse:
    """Say whether the answer stands in the article (`stands`), or take the note back (`drop`)."""
    article = article_for(request.user, pk, Right.DECIDE)
    rows = Criticism.objects.visible_to(request.user).select_related("claim")
    row = get_object_or_404(rows.filter(claim__desk=article.desk), uuid=key)
    stands = request.POST.get("stands", "")
    try:
        if "drop" in request.POST:
            workflow.drop_criticism(row, actor=request.user)
            messages.success(request, _("The note is taken back."))
        elif stands in Stands.values:
            workflow.look_for_answer(row, stands, actor=request.user)
    except workflow.Refused as why:
        messages.error(request, str(why))
    return redirect("criticism", pk)
