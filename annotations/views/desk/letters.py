"""The letter in which a desk asks for a reply."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import workflow
from annotations.accounts import of_pages
from annotations.forms import LetterForm
from annotations.models import Desk, LetterTemplate
from annotations.rights import Right
from annotations.views.http import Request, refuse, sent, shown_again
from annotations.views.once import key_for, once, repeated
from annotations.words import reply_letters

from .frame import desk_of


@require_http_methods(["GET", "POST"])
def letter(request: Request, desk_slug: str) -> HttpResponse:
    """Write the next version of the letter; nobody's version is overwritten."""
    desk, _others = desk_of(request, desk_slug, Right.MANAGE)
    if request.method == "POST" and (before := repeated(request)):
        return before
    versions = LetterTemplate.objects.filter(desk=desk).select_related("written_by")
    newest = versions.first()
    with translation.override(of_pages(desk.language)):
        subject, body = reply_letters.template_of(desk)
    number = newest.number if newest else 0
    form = LetterForm(sent(request), initial={"subject": subject, "body": body, "based_on": number})
    theirs, status = None, 200
    if form.is_bound and form.is_valid():
        try:
            return once(request, partial(_write, request, desk, form))
        except workflow.Stale as stale:
            theirs, status = stale.current, 409
            if theirs is None:  # its key was another form's
                refuse(form, stale)
            else:
                form = LetterForm(shown_again(request, based_on=theirs.number))
    elif form.is_bound:
        status = 422
    context = {
        "desk": desk,
        "is_sample": desk.is_sample,
        "form": form,
        "key": key_for(request),
        "theirs": theirs,
        "versions": versions,
    }
    return render(request, "desk/letter.html", context, status=status)


def _write(request: Request, desk: Desk, form: LetterForm) -> str:
    data = form.cleaned_data
    workflow.write_letter(
        desk, data["subject"], data["body"], actor=request.user, based_on=data["based_on"]
    )
    messages.success(request, _("The next letter begins with these words."))
    return reverse("letter", args=[desk.slug])
