"""When somebody looks whether a published verdict is still so."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import addresses, workflow
from annotations.forms import ReviewForm
from annotations.models import Article, Claim
from annotations.queries.access import article_for, claim_of
from annotations.rights import Right
from annotations.views.http import Request, refuse, refuse_stale, sent, status_of
from annotations.views.once import key_for, once, repeated


@require_http_methods(["GET", "POST"])
def review(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Say by which day to look again; or that one has looked, and what was found."""
    article = article_for(request.user, pk, Right.PUBLISH)
    claim = claim_of(article, claim_pk)
    if before := repeated(request):
        return before
    known = {"day": claim.review_by, "based_on": claim.review_by}
    form = ReviewForm(sent(request), initial=known)
    if form.is_bound and form.is_valid():
        try:
            return once(request, lambda: _plan(request, article, claim, form))
        except workflow.Stale as stale:
            claim = stale.current or claim  # none where its key was another form's
            refuse_stale(form, stale, claim.review_by or "")
        except workflow.Refused as why:
            refuse(form, why)
    context = {
        "desk": article.desk,
        "is_sample": article.desk.is_sample,
        "article": article,
        "claim": claim,
        "is_due": claim.review_by is not None and claim.review_by <= timezone.localdate(),
        "form": form,
        "key": key_for(request),
        "action": request.path,
        "back_url": addresses.workbench(pk, claim=claim.pk),
    }
    return render(request, "article/review.html", context, status=status_of(form))


def _plan(request: Request, article: Article, claim: Claim, form: ReviewForm) -> str:
    data = form.cleaned_data
    workflow.plan_review(
        claim,
        data["day"],
        actor=request.user,
        reason=data["reason"],
        based_on=data["based_on"],
    )
    messages.success(request, _("The day is set.") if data["day"] else _("No day is set."))
    return reverse("workbench", args=[article.pk]) + f"?claim={claim.pk}#panel"
