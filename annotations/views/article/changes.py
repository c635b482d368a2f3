"""Changed after publishing: what became of cited pages, and whether it matters."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations import workflow
from annotations.forms import ChangeForm
from annotations.listing import labelled
from annotations.models import SourceChange
from annotations.queries import changes as changes_queries
from annotations.queries.access import article_for, may
from annotations.queries.workbench import claim_numbers
from annotations.rights import Right
from annotations.views.http import Request, sent
from annotations.vocabulary import ClaimStatus

from .question import ask


@require_safe
def changes(request: Request, pk: int) -> HttpResponse:
    """What changed of the pages on which the article's published claims stand."""
    article = article_for(request.user, pk, Right.READ)
    context = {
        "desk": article.desk,
        "is_sample": article.desk.is_sample,
        "article": article,
        "may_decide": may(article, Right.DECIDE),
        "rows": changes_queries.of_article(article, claim_numbers(article), request.user),
    }
    return render(request, "article/changes.html", context)


@require_http_methods(["GET", "POST"])
def settle_change(request: Request, pk: int, key: str) -> HttpResponse:
    """Say whether a change matters, and why; where it does, the claim is corrected next."""
    article = article_for(request.user, pk, Right.DECIDE)
    rows = SourceChange.objects.visible_to(request.user).filter(claim__desk=article.desk)
    row = get_object_or_404(rows.select_related("source", "claim__desk"), uuid=key)
    form, page = ChangeForm(sent(request)), reverse("changes", args=[pk])

    def do() -> str:
        matters = form.cleaned_data["matters"] == "yes"
        workflow.settle_change(row, matters, form.cleaned_data["reason"], actor=request.user)
        if matters and row.claim.status == ClaimStatus.PUBLISHED and may(article, Right.PUBLISH):
            messages.success(request, _("It is noted. Say here what is to be corrected."))
            return reverse("correct", args=[pk, row.claim_id])
        messages.success(request, _("It is noted that nothing is to be corrected."))
        return page

    return ask(
        request,
        article,
        form,
        do,
        title=_("Does it matter?"),
        lead=labelled(row.get_kind_display(), row.source),
        verb=_("Save whether it matters"),
        cancel_url=page,
    )
