"""“Think we got it wrong?”: a page of its own, so that no other public page needs a cookie."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from annotations import addresses
from annotations.editions.content import Tombstone, name_of
from annotations.editions.reading import read
from annotations.forms import ReportForm
from annotations.models import Desk, Edition
from annotations.queries.publication import State, numbered
from annotations.views.http import AnyRequest, network_address
from annotations.words.languages import language_for
from annotations.workflow import reports

from .common import report_address
from .serving import in_languages


def _edition(request: AnyRequest, desk: str) -> Edition:
    """The newest edition of what the address names. Raises Http404."""
    number = request.GET.get("claim", "")
    found = Edition.objects.standing().filter(desk__slug=desk).select_related("desk")
    if number:
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise Http404
        found = found.filter(claim=numbered(desk, int(number)))
    else:
        slug = request.GET.get("article", "").replace("\0", "")[:80]
        found = found.filter(article__slug=slug)
    edition = found.first()
    if edition is None:
        raise Http404
    return edition


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def report(request: AnyRequest, desk: str) -> HttpResponse:
    """The form, about one claim or article; what was typed is never lost to an error."""
    edition = _edition(request, desk)
    language = language_for(request.GET.get("lang", ""), edition.desk.language)
    request.LANGUAGE_CODE = language
    with translation.override(language):
        return _report(request, edition, language)


def _report(request: AnyRequest, edition: Edition, language: str) -> HttpResponse:
    form = ReportForm(request.POST or None)
    status = 200
    if form.is_bound and form.is_valid():
        draft = reports.ReportDraft(
            words=form.cleaned_data["words"],
            evidence=form.cleaned_data["evidence"],
            email=form.cleaned_data["email"],
            language=language,
            is_suspect=form.is_suspect,
            key=form.cleaned_data["key"],
        )
        try:
            reports.receive(edition, draft, address=network_address(request))
        except reports.TooMany as why:
            form.add_error(None, str(why))
            status = 429
        else:
            lang = f"?lang={language}" if request.GET.get("lang") else ""
            return redirect(reverse("report_thanks", args=[edition.desk.slug]) + lang)
    elif form.is_bound:
        status = 422
    standing = read(edition.content)
    assert not isinstance(standing, Tombstone)
    context = _shell(request, edition.desk, report_address(standing)) | {
        "form": form,
        "about": name_of(standing),
        "about_url": addresses.of_edition(standing),
    }
    return render(request, "public/report.html", context, status=status)


@login_not_required
@never_cache
@require_safe
def thanks(request: AnyRequest, desk: str) -> HttpResponse:
    row = Desk.objects.filter(slug=desk).first()
    if row is None:
        raise Http404
    language = language_for(request.GET.get("lang", ""), row.language)
    request.LANGUAGE_CODE = language
    with translation.override(language):
        path = reverse("report_thanks", args=[desk])
        return render(request, "public/report_thanks.html", _shell(request, row, path))


def _shell(request: AnyRequest, desk: Desk, path: str) -> dict[str, Any]:
    state = State(key=(), modified=None, language=desk.language, look=desk.look)
    links = in_languages(request, path, state)
    return links | {"desk": desk, "is_sample": desk.is_sample, "indexable": False}
