"""Words that the desk uses again: the list, one of them, and what is offered to whoever writes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations import workflow
from annotations.forms import PhraseForm
from annotations.models import Desk, Phrase
from annotations.queries.access import may
from annotations.rights import Right
from annotations.views.http import Request, refuse, sent
from annotations.views.once import key_for, once, repeated
from annotations.views.refusals import refusals_in_words

from .frame import desk_of, frame


@require_http_methods(["GET", "POST"])
def phrase_list(request: Request, desk_slug: str) -> HttpResponse:
    """All of the desk's, and a form for one more."""
    right = Right.DECIDE if request.method == "POST" else Right.READ
    desk, others = desk_of(request, desk_slug, right)
    if before := repeated(request):
        return before
    form = PhraseForm(sent(request))
    found, _theirs, status = _kept(request, desk, form, None)
    if found is not None:
        return found
    context = frame(request, desk, others, "phrases", _("Words we use again")) | {
        "phrases": _of(request, desk).select_related("written_by"),
        "may_write": may(desk, Right.DECIDE),
        "form": form,
        "key": key_for(request),
    }
    return render(request, "desk/phrases.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit_phrase(request: Request, desk_slug: str, key: str) -> HttpResponse:
    """Change one of them; what somebody else made of it meanwhile is shown beside."""
    desk, _others = desk_of(request, desk_slug, Right.DECIDE)
    if before := repeated(request):
        return before
    phrase = get_object_or_404(_of(request, desk), uuid=key)
    known = {"name": phrase.name, "body": phrase.body, "based_on": phrase.version}
    form = PhraseForm(sent(request), initial=known)
    found, theirs, status = _kept(request, desk, form, phrase)
    if found is not None:
        return found
    if theirs is not None:
        again = request.POST.copy()
        again["based_on"] = str(theirs.version)
        form = PhraseForm(again)
    context = {
        "desk": desk,
        "is_sample": desk.is_sample,
        "phrase": phrase,
        "form": form,
        "theirs": theirs,
        "key": key_for(request),
    }
    return render(request, "desk/phrase.html", context, status=status)


def _kept(
    request: Request, desk: Desk, form: PhraseForm, phrase: Phrase | None
) -> tuple[HttpResponse | None, Phrase | None, int]:
    """The answer where the words are kept; else what somebody else wrote, and the status."""
    if not form.is_bound:
        return None, None, 200
    if not form.is_valid():
        return None, None, 422
    try:
        return once(request, lambda: _keep(request, desk, form.cleaned_data, phrase)), None, 302
    except workflow.Stale as stale:
        refuse(form, stale)
        return None, stale.current, 409
    except workflow.Refused as why:
        refuse(form, why)
        return None, None, 409


def _keep(request: Request, desk: Desk, data: dict[str, Any], phrase: Phrase | None) -> str:
    workflow.keep_phrase(
        desk,
        data["name"],
        data["body"],
        actor=request.user,
        phrase=phrase,
        based_on=data["based_on"] or 0,
    )
    messages.success(request, _("The words “%(name)s” are saved.") % data)
    return reverse("phrases", args=[desk.slug])


@require_POST
@refusals_in_words
def remove_phrase(request: Request, desk_slug: str, key: str) -> HttpResponse:
    """Keep it no longer."""
    desk, _others = desk_of(request, desk_slug, Right.DECIDE)
    phrase = get_object_or_404(_of(request, desk), uuid=key)
    workflow.remove_phrase(phrase, actor=request.user)
    messages.success(request, _("The words “%(name)s” are removed.") % {"name": phrase.name})
    return redirect("phrases", desk.slug)


@require_safe
def offered_phrases(request: Request, desk_slug: str) -> HttpResponse:
    """Asked by a page on which somebody writes: a button for each."""
    desk, _others = desk_of(request, desk_slug)
    context = {"desk": desk, "phrases": _of(request, desk)}
    return render(request, "desk/offered_phrases.html", context)


def _of(request: Request, desk: Desk) -> Any:
    return Phrase.objects.visible_to(request.user).filter(desk=desk)
