"""The last look: what readers will get, what is in the way, and the move itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations import addresses, drafts, readiness, workflow
from annotations.editions.reading import read_claim
from annotations.forms import CorrectForm, CorrectionForm, SendBackForm
from annotations.forms.claim import long_wording
from annotations.models import Article, Claim, User
from annotations.queries import workbench as bench_queries
from annotations.queries.access import article_for, may
from annotations.rights import Right
from annotations.views.http import Request, panel_address
from annotations.views.refusals import refusals_in_words
from annotations.vocabulary import ArticleStatus, ClaimStatus


def _claims(article: Article, *statuses: str) -> list[Claim]:
    found = readiness.for_moves(Claim.objects.made_in(article).filter(status__in=statuses))
    return list(found.order_by("number"))


@require_safe
def approve(request: Request, pk: int) -> HttpResponse:
    article = article_for(request.user, pk, Right.APPROVE)
    return _page(request, article)


def _page(
    request: Request,
    article: Article,
    corrections: list[tuple[Claim, CorrectionForm]] | None = None,
    send_back: SendBackForm | None = None,
    status: int = 200,
) -> HttpResponse:
    decided = _claims(article, ClaimStatus.DECIDED)
    approved = _claims(article, ClaimStatus.APPROVED)
    drafts.note_sighting(decided + approved, request.user)
    demanded, warnings = _demands(article)
    blockers = _blockers(article, decided) + demanded
    moves = _moves(article, request.user, decided, approved)
    if corrections is None:
        corrections = [
            (claim, CorrectionForm(prefix=str(claim.pk))) for claim in workflow.to_correct(article)
        ]
    returnable = Claim.objects.filter(pk__in=[claim.pk for claim in decided + approved])
    return render(
        request,
        "article/approve.html",
        {
            "desk": article.desk,
            "is_sample": article.desk.is_sample,
            "article": article,
            "stage": _stage(decided, approved),
            "lead": _lead(article, decided, approved),
            "blockers": blockers,
            "warnings": warnings,
            "cautions": _cautions(article, decided + approved),
            "done": _done(article),
            "corrections": corrections,
            "send_back_form": (send_back or SendBackForm(claims=returnable, desk=article.desk))
            if decided or approved
            else None,
            "send_back_url": reverse("send_back", args=[article.pk]),
            "preview_url": reverse("preview", args=[article.pk]),
        }
        | moves,
        status=status,
    )


def _stage(decided: list[Claim], approved: list[Claim]) -> str:
    """What the page is for now; nothing where no verdict has come this far."""
    if decided:
        return str(ClaimStatus.DECIDED.label)
    return str(ClaimStatus.APPROVED.label) if approved else ""


def _lead(article: Article, decided: list[Claim], approved: list[Claim]) -> str:
    if decided:
        return ngettext(
            "%(count)d verdict waits for approval.",
            "%(count)d verdicts wait for approval.",
            len(decided),
        ) % {"count": len(decided)}
    if approved:
        return _("Every verdict is approved.")
    if article.status == ArticleStatus.PUBLISHED:
        return _("Readers have the newest edition.")
    return _("Nothing waits for approval yet.")


def _blockers(article: Article, decided: list[Claim]) -> list[dict[str, Any]]:
    """What is in the way besides the approval that this page is for."""
    waiting = {claim.pk for claim in decided}
    found = []
    for blocker in readiness.blockers(article):
        if blocker.claim is not None and blocker.claim.pk in waiting and not blocker.page:
            continue
        url = addresses.workbench(article.pk)
        if blocker.page:
            url = reverse(blocker.page, args=[article.pk])
        elif blocker.claim is not None:
            url = addresses.workbench(article.pk, claim=blocker.claim.pk)
        elif blocker.sentence is not None and blocker.sentence.number:
            url = addresses.workbench(article.pk, sentence=blocker.sentence.number)
        found.append({"text": blocker.text, "url": url})
    return found


def _demands(article: Article) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the desk's rules ask for and is not there, with where to mend it: blocking, warning."""
    found: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    for lack in readiness.unmet_demands(article):
        found[lack.only_warns].append({"text": lack.text, "url": _where_to_mend(article, lack)})
    return found[False], found[True]


def _cautions(article: Article, claims: list[Claim]) -> list[dict[str, Any]]:
    """What is in nobody's way and yet worth a second look before readers have it."""
    return [
        {
            "text": claim.claim_reviewed,
            "detail": words,
            "url": addresses.workbench(article.pk, claim=claim.pk),
        }
        for claim in claims
        for words in (long_wording(claim.claim_reviewed), _without_origin(article, claim))
        if words
    ]


def _without_origin(article: Article, claim: Claim) -> str:
    """A caution where others could not tell who made a claim, nor where; else empty."""
    if claim.claimant_id is not None or article.url:
        return ""
    return _(
        "Nobody is named as saying it, and the article has no address. Sites that take over our"
        " checks may refuse this one: name the claimant, or give the article’s address."
    )


def _where_to_mend(article: Article, lack: readiness.Blocker) -> str:
    if lack.source is not None:
        return reverse("source", args=[lack.source.uuid])
    if lack.demand == "demand_reply":
        return reverse("replies", args=[article.pk])
    assert lack.claim is not None
    return addresses.workbench(article.pk, claim=lack.claim.pk)


def _done(article: Article) -> list[dict[str, str]]:
    revision = article.revision
    claims = list(Claim.objects.made_in(article).values_list("status", flat=True))
    done = []
    if not readiness.untriaged(revision).exists():
        count = revision.sentences.filter(number__isnull=False).count()
        text = ngettext(
            "The one body sentence is triaged", "All %(count)d body sentences are triaged", count
        )
        done.append({"text": text % {"count": count}})
    orphans, unconfirmed = readiness.orphans(article, revision), readiness.unconfirmed(revision)
    if not orphans.exists() and not unconfirmed.exists():
        done.append({"text": _("All marks are in place; none is orphaned")})
    settled = sum(status in readiness.PUBLISHABLE for status in claims)
    if claims and settled == len(claims):
        aside = claims.count(ClaimStatus.SET_ASIDE)
        text = ngettext(
            "%(count)d claim has an approved verdict",
            "%(count)d claims have an approved verdict",
            settled - aside,
        ) % {"count": settled - aside}
        if aside:
            text += _(", %(count)d set aside with the reason") % {"count": aside}
        done.append({"text": text})
    return done


def _moves(
    article: Article, user: User, decided: list[Claim], approved: list[Claim]
) -> dict[str, Any]:
    found: dict[str, Any] = {"approve": None, "publish": None}
    if decided:
        objections = [why for claim in decided if (why := workflow.APPROVE.objection(claim, user))]
        found["approve"] = {
            "name": "approve",
            "label": ngettext("Approve the verdict", "Approve all %(count)d verdicts", len(decided))
            % {"count": len(decided)},
            "url": reverse("approve_all", args=[article.pk]),
            "objection": " ".join(objections) if len(objections) == len(decided) else "",
        }
    elif approved and may(article, Right.PUBLISH):
        found["publish"] = {
            "name": "publish",
            "label": _("Publish"),
            "url": reverse("publish", args=[article.pk]),
            "objection": " ".join(workflow.publishing_objections(article, user)),
        }
    return found


@require_POST
@refusals_in_words
def approve_all(request: Request, pk: int) -> HttpResponse:
    """Approve every decided claim of the article, each on its own; what is refused is said."""
    article = article_for(request.user, pk, Right.APPROVE)
    approved, problems = 0, []
    for claim in _claims(article, ClaimStatus.DECIDED):
        try:
            workflow.approve(claim, actor=request.user)
            approved += 1
        except workflow.Refused as why:
            problems.append(str(why))
    if approved:
        messages.success(
            request,
            ngettext("%(count)d verdict is approved.", "%(count)d verdicts are approved.", approved)
            % {"count": approved},
        )
    for problem in problems:
        messages.error(request, problem)
    return redirect("approve", pk)


@require_POST
@refusals_in_words
def publish(request: Request, pk: int) -> HttpResponse:
    """Make the edition; for what readers have already, say what changed and why."""
    article = article_for(request.user, pk, Right.PUBLISH)
    forms = [
        (claim, CorrectionForm(request.POST, prefix=str(claim.pk)))
        for claim in workflow.to_correct(article)
    ]
    if any([not form.is_valid() for _claim, form in forms]):  # noqa: C419 -- each shows its errors
        return _page(request, article, corrections=forms, status=422)
    notes = {
        claim.pk: workflow.CorrectionNote(form.cleaned_data["kind"], form.cleaned_data["why"])
        for claim, form in forms
    }
    edition = workflow.publish(article, actor=request.user, notes=notes)
    messages.success(request, _("Edition %(number)d is published.") % {"number": edition.number})
    return redirect("workbench", pk)


@require_POST
@refusals_in_words
def send_back(request: Request, pk: int) -> HttpResponse:
    """Return a verdict to its decider, with the reason."""
    article = article_for(request.user, pk, Right.APPROVE)
    claims = Claim.objects.made_in(article).filter(
        status__in=[ClaimStatus.DECIDED, ClaimStatus.APPROVED]
    )
    form = SendBackForm(request.POST, claims=claims, desk=article.desk)
    if not form.is_valid():
        return _page(request, article, send_back=form, status=422)
    data = form.cleaned_data
    workflow.send_back(data["claim"], actor=request.user, reason=data["reason"], to=data["to"])
    messages.success(request, _("It is back with the decider."))
    return redirect("approve", pk)


@require_http_methods(["GET", "POST"])
@refusals_in_words
def correct(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Open a published claim again; readers keep the edition they have meanwhile."""
    article = article_for(request.user, pk, Right.PUBLISH)
    claims = Claim.objects.made_in(article).select_related("desk")
    claim = get_object_or_404(claims, pk=claim_pk)
    edition = claim.editions.order_by("-number").first()
    if edition is None:
        raise workflow.Refused(_("Readers do not have this claim yet."))
    form = CorrectForm(request.POST or None)
    if form.is_bound and form.is_valid():
        workflow.reopen(claim, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The claim is open again. Readers see that it is reviewed."))
        return redirect(f"{reverse('decide', args=[pk])}?claim={claim.pk}")
    bench = bench_queries.workbench(article, request.user)
    entry = bench.entry(claim.pk)
    # What was retracted has a verdict in the edition before.
    standing = claim.editions.exclude(content__has_key="tombstone").latest("number")
    verdict = read_claim(standing.content).verdict
    return render(
        request,
        "article/correct.html",
        {
            "desk": article.desk,
            "is_sample": article.desk.is_sample,
            "article": article,
            "claim": {
                "number": entry.number if entry else claim.number,
                "claim_reviewed": claim.claim_reviewed,
            },
            "form": form,
            "action": request.path,
            "now": {
                "rating": verdict.rating,
                "finding": verdict.finding,
                "edition_number": edition.number,
                "published_at": edition.published_at,
                "url": reverse("public_claim", args=[claim.desk.slug, claim.number, claim.slug]),
            },
            "cancel_url": panel_address(request, pk, claim=claim.pk),
        },
        status=422 if form.is_bound else 200,
    )
