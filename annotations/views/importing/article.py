"""A text comes to the desk: paste, file or web address, a look at its sentences, and the save."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations import exchange
from annotations.formats import plain
from annotations.forms import ImportForm
from annotations.models import Article, Desk, Incoming
from annotations.queries.access import may
from annotations.rights import Right
from annotations.views.desk.frame import desk_of
from annotations.views.http import Request, status_of
from annotations.views.importing import sentences as cutting
from annotations.views.importing.received import received_before
from annotations.words.imports import bad_text, changes_in_words, unfetchable


def _preview(
    desk: Desk, document: plain.Document, incoming: Incoming | None, cut: dict[str, Any]
) -> dict[str, Any]:
    """The sentences as they will be frozen, and what was changed on the way in."""
    existing = exchange.duplicate_of(desk, document)
    return cut | {
        "changes": changes_in_words(exchange.changes(document), document.charset),
        "incoming": incoming,
        "duplicate": existing
        and {
            "title": existing.title,
            "url": reverse("workbench", args=[existing.pk]),
            "words": _("Saving it adds nothing:"),
        },
    }


@require_http_methods(["GET", "POST"])
def add_article(request: Request) -> HttpResponse:
    """Paste or upload, look at the sentences, save: the text is frozen then."""
    desk, _others = desk_of(request)
    if not may(desk, Right.IMPORT):
        raise PermissionDenied(_("You may not add articles at this desk."))
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        instance=Article(desk=desk, language=desk.language),
    )
    preview = None
    if form.is_bound and form.is_valid():
        field = _given(form)
        try:
            document, incoming = _received(request, desk, form)
            document, cut = cutting.cut(request, document)
            if request.POST.get("do") == "save" and not cut["problem"]:
                return _save(request, desk, form, document, incoming)
            preview = _preview(desk, document, incoming, cut)
            form = _next_form(request, desk, document, incoming)
        except exchange.BadText as problem:
            form.add_error(field, bad_text(problem))
        except exchange.Unfetchable as problem:
            form.add_error(field, unfetchable(problem))
    return render(
        request,
        "importing/article.html",
        {
            "desk": desk,
            "is_sample": desk.is_sample,
            "form": form,
            "preview": preview,
            "language": form["language"].value() or desk.language,
        },
        status=status_of(form),
    )


def _given(form: ImportForm) -> str:
    """The field that the text comes from: what is pasted or chosen now, else what was before."""
    given = form.cleaned_data
    if given["text"].strip():
        return "text"
    return "file" if given.get("file") or given["incoming"] else "url"


def _received(
    request: Request, desk: Desk, form: ImportForm
) -> tuple[plain.Document, Incoming | None]:
    """The document that was pasted, chosen, fetched, or received on an earlier look.

    Raises BadText, Unfetchable.
    """
    given, field = form.cleaned_data, _given(form)
    if field == "text":
        return plain.read(given["text"], given["language"]), None
    if upload := given.get("file"):
        incoming = exchange.receive(desk, request.user, upload.read(), name=upload.name)
    elif given["incoming"]:
        found = received_before(request, desk, given["incoming"])
        return exchange.read(found, given["language"]), found
    else:
        page = exchange.fetched(given["url"])
        incoming = exchange.receive(desk, request.user, page.data, page=page)
    # On the first look a page says itself in which language it is, unless a person did.
    language = given["language"] if given["language"] != desk.language else ""
    return exchange.read(incoming, language), incoming


def _next_form(
    request: Request, desk: Desk, document: plain.Document, incoming: Incoming | None
) -> ImportForm:
    """The form for the next step: it names what was received, for a browser keeps no file.

    What the page says of itself stands in fields that were left empty.
    """
    data, about = request.POST.copy(), document.about
    is_first = incoming is not None and data.get("incoming") != str(incoming.uuid)
    data["incoming"] = str(incoming.uuid) if incoming else ""
    if is_first:
        for field, value in (
            ("outlet", about.outlet),
            ("byline", about.byline),
            ("published_on", about.published_on),
            ("url", document.address),
        ):
            if not data.get(field, "").strip():
                data[field] = value
        if data.get("language") == desk.language and about.language:
            data["language"] = about.language
    return ImportForm(data, instance=Article(desk=desk))


def _save(
    request: Request,
    desk: Desk,
    form: ImportForm,
    document: plain.Document,
    incoming: Incoming | None,
) -> HttpResponse:
    fields = {field: form.cleaned_data[field] for field in form.Meta.fields if field != "language"}
    imported = exchange.import_document(
        desk,
        document,
        actor=request.user,
        name=incoming.name if incoming else "",
        language=form.cleaned_data["language"],
        **fields,
    )
    if not imported.is_new:
        messages.info(request, _("This text is already on the desk. Here it is."))
    else:
        messages.success(request, _("The article is on the desk. Its text is frozen."))
    return redirect("workbench", imported.article.pk)
