"""Withdrawing an article, retracting a verdict, and being the second person behind either."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import addresses, second_person, workflow
from annotations.editions.reading import read_claim
from annotations.formats.markup import line_in_words
from annotations.forms import ConfirmForm, TakeBackForm, WithdrawForm
from annotations.forms.article.taking_back import Named
from annotations.listing import labelled, listed_apart, quoted
from annotations.models import Article, Claim, Edition, Transition, User
from annotations.queries.access import article_for, claim_of
from annotations.rights import Right
from annotations.views.http import Request, panel_address, sent
from annotations.views.once import repeated
from annotations.views.refusals import refusals_in_words
from annotations.vocabulary import ClaimStatus
from annotations.workflow import confidence

from .checklist import numbers
from .question import ask


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a published article off its page at once, and every word of it off its claims' pages."""
    article = article_for(request.user, pk, Right.WITHDRAW)
    pages = [_page(edition, article) for edition in workflow.pages_that_quote(article)]
    form = WithdrawForm(sent(request), pages=pages, named=_named(request, article))

    def do() -> str:
        workflow.withdraw(
            article,
            actor=request.user,
            why=form.cleaned_data["why"],
            reason=form.cleaned_data["reason"],
            going=form.going(),
        )
        messages.success(
            request, _("The article is withdrawn. Somebody else confirms that within a day.")
        )
        return panel_address(request, pk)

    lead = _(
        "Its page says at once that it was withdrawn, and why. Nothing of it stays there, and none"
        " of its words, its title or its address stays on the pages of its claims. Your own words"
        " stay on those, unless you withdraw them too: read them for what they repeat."
    )
    return ask(
        request,
        article,
        form,
        do,
        title=_("Withdraw the article"),
        lead=lead,
        verb=_("Withdraw this article"),
    )


def _named(request: Request, article: Article) -> Named:
    return partial(confidence.names_in_words, desks=[article.desk], person=request.user)


def _page(edition: Edition, article: Article) -> tuple[int, str, str, bool]:
    """What `WithdrawForm` needs of a claim's page."""
    stands = read_claim(edition.content)
    elsewhere = [work.title for work in stands.works if work.slug != article.slug]
    said = labelled(stands.verdict.rating.label, line_in_words(stands.verdict.finding))
    if elsewhere:
        also = _("Also made in: %(titles)s") % {"titles": listed_apart(elsewhere)}
        said = f"{said} {also}"
    assert edition.claim_id is not None
    return edition.claim_id, stands.claim.claim_reviewed, said, bool(elsewhere)


@require_http_methods(["GET", "POST"])
def retract(request: Request, pk: int, claim_pk: int) -> HttpResponse:
    """Take a published verdict back."""
    article = article_for(request.user, pk, Right.WITHDRAW)
    claim = claim_of(article, claim_pk)
    form = TakeBackForm(sent(request), named=_named(request, article))
    page = panel_address(request, pk, claim=claim.pk)

    def do() -> str:
        workflow.retract(claim, actor=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("“%(claim)s” is retracted. Somebody else confirms that within a day.")
            % {"claim": claim},
        )
        return page

    lead = _("Its page and every article that makes the claim say so at once: “%(claim)s”")
    return ask(
        request,
        article,
        form,
        do,
        title=_("Retract the verdict"),
        lead=lead % {"claim": claim},
        verb=_verb(article, claim),
        cancel_url=page,
    )


def _verb(article: Article, claim: Claim) -> str:
    number = numbers(article).get(claim.pk)
    if number is None:  # its words are gone from the text
        return _("Retract this verdict")
    return _("Retract claim %(number)d") % {"number": number}


@require_http_methods(["GET", "POST"])
@refusals_in_words
def confirm(request: Request, pk: int) -> HttpResponse:
    """Be the second person behind a withdrawal, and behind what was retracted of the article."""
    article = article_for(request.user, pk, Right.APPROVE)
    if request.method == "POST" and (before := repeated(request)):
        return before
    waiting = _taken_back(article, request.user)
    if not waiting:
        raise workflow.Refused(_("Nothing waits to be confirmed."))
    form = ConfirmForm(sent(request), rows=[(str(row.uuid), said) for row, said in waiting])

    def do() -> str:
        for row, _said in waiting:
            if str(row.uuid) in form.cleaned_data["rows"]:
                workflow.confirm_taking_back(row, actor=request.user)
        messages.success(request, _("You stand behind it too. That is in the log."))
        return addresses.workbench(pk)

    return ask(
        request,
        article,
        form,
        do,
        title=_("Confirm what was taken back"),
        lead=_("Readers see already that it was taken back. You say that this was right."),
        verb=_verb_to_confirm(article, [row for row, _said in waiting]),
    )


def _verb_to_confirm(article: Article, rows: list[Article | Claim]) -> str:
    """What the button does: named where there is one thing to confirm."""
    if len(rows) > 1:
        return _("Confirm what is chosen")
    if isinstance(rows[0], Article):
        return _("Confirm the withdrawal of the article")
    number = numbers(article).get(rows[0].pk)
    if number is None or rows[0].status != ClaimStatus.RETRACTED:
        return _("Confirm")
    return _("Confirm the retraction of claim %(number)d") % {"number": number}


def _taken_back(article: Article, user: User) -> list[tuple[Article | Claim, str]]:
    """What of the article one person alone took back, each with who did and why, in words."""
    claims = Claim.objects.made_in(article).filter(editions__content__has_key="tombstone")
    rows: list[Article | Claim] = [article, *claims.distinct().order_by("pk")]
    found: list[tuple[Article | Claim, str]] = []
    for row in rows:
        alone = second_person.taken_back_alone(row)
        if alone is None:
            continue
        # By way of what the person may see: a reason tells of the verdict.
        for line in Transition.objects.visible_to(user).filter(pk=alone.pk):
            what = _("The whole article") if isinstance(row, Article) else quoted(row)
            said = _("%(what)s, taken back by %(person)s: %(reason)s") % {
                "what": what,
                "person": line.actor,
                "reason": line.reason,
            }
            found.append((row, said))
    return found
