"""The desk's guidelines, in versions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import workflow
from annotations.forms import GuidelinesForm
from annotations.models import Guidelines
from annotations.queries.access import may, require
from annotations.rights import Right
from annotations.views.http import Request, refuse_stale, status_of
from annotations.views.once import once, repeated

from .frame import desk_of, frame


@require_http_methods(["GET", "POST"])
def guidelines(request: Request, desk_slug: str) -> HttpResponse:
    """The guidelines, any version of them; a manager writes the next."""
    desk, others = desk_of(request, desk_slug)
    if request.htmx:
        shown = Guidelines.objects.current(desk)
        part = "desk/guidelines_text.html"
        return render(request, part, {"desk": desk, "shown": shown})
    versions = list(Guidelines.objects.filter(desk=desk).select_related("created_by"))
    current = versions[0] if versions else None
    asked = request.GET.get("version", "")
    shown = next((row for row in versions if str(row.version) == asked), current)
    form, status = None, 200
    if may(desk, Right.MANAGE) and ("write" in request.GET or request.method == "POST"):
        initial = {
            "text": current.text if current else "",
            "based_on": current.version if current else 0,
        }
        form = GuidelinesForm(request.POST or None, initial=initial)
        status = status_of(form)
    if request.method == "POST":
        require(desk, Right.MANAGE, request.user)
        assert form is not None
        if before := repeated(request):
            return before
        if form.is_valid():
            said = form.cleaned_data

            def do() -> str:
                workflow.write_guidelines(desk, actor=request.user, **said)
                messages.success(request, _("The guidelines have a new version."))
                return reverse("guidelines", args=[desk.slug])

            try:
                return once(request, do)
            except workflow.Refused as why:
                refuse_stale(form, why, current.version if current else 0)
                status = 409
    context = frame(request, desk, others, "guidelines", _("Guidelines")) | {
        "form": form,
        "shown": shown,
        "current": current,
        "versions": versions,
        "may_write": may(desk, Right.MANAGE),
    }
    return render(request, "desk/guidelines.html", context, status=status)
