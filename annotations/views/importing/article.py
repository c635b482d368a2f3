"""A text comes to the desk: paste, file or web address, a look at its sentences, and the save."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations import exchange, workflow
from annotations.formats import plain
from annotations.formats.readers import is_read
from annotations.forms import ImportForm
from annotations.forms.uploads import too_large
from annotations.models import Article, Desk, Incoming
from annotations.queries.access import may
from annotations.rights import Right
from annotations.text.limits import MAX_BYTES
from annotations.views.desk.frame import desk_of
from annotations.views.http import Request, acknowledged, refuse, status_of
from annotations.views.importing import sentences
from annotations.views.importing.sending import key_of
from annotations.words.imports import changes_in_words, unfetchable
from annotations.words.unreadable import bad_text


def _preview(
    desk: Desk, document: plain.Document, incoming: Incoming | None, cut: dict[str, Any]
) -> dict[str, Any]:
    """The sentences as they will be frozen, and what was changed on the way in."""
    existing = exchange.duplicate_of(desk, document)
    return cut | {
        "changes": changes_in_words(exchange.changes(document), document.charset),
        "incoming": incoming,
        "attached": [
            {"number": number, "name": name, "is_read": is_read(name)}
            for number, name in enumerate(document.attached)
        ],
        "duplicate": existing
        and {
            "title": existing.title,
            "url": reverse("workbench", args=[existing.pk]),
            "words": _("Saving it adds nothing:"),
        },
    }


@require_http_methods(["GET", "POST"])
def add_article(request: Request, desk_slug: str) -> HttpResponse:
    """Paste or upload, look at the sentences, save: the text is frozen then."""
    desk, _others = desk_of(request, desk_slug, Right.IMPORT)
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        instance=Article(desk=desk, language=desk.language),
    )
    preview = None
    if form.is_bound and form.is_valid():
        try:
            reading = _reading(request, desk, form)
            document, cut = sentences.cut(request, reading.document, may_leave_out=True)
            refused = None
            if request.POST.get("do") == "save" and not cut["problem"]:
                try:
                    return _save(request, desk, form, replace(reading, document=document))
                except workflow.Refused as why:
                    refused = why
            preview = _preview(desk, document, reading.incoming, cut)
            form = _next_form(request, desk, reading)
            if refused:
                refuse(form, refused)
        except exchange.BadText as problem:
            form.add_error(_field(form), bad_text(problem))
        except exchange.Unfetchable as problem:
            form.add_error(_field(form), unfetchable(problem))
    return render(
        request,
        "importing/article.html",
        {
            "desk": desk,
            "paste_url": reverse("copied", args=[desk.slug]),
            "is_sample": desk.is_sample,
            "form": form,
            "preview": preview,
            "language": form["language"].value() or desk.language,
        },
        status=status_of(form),
    )


def _field(form: ImportForm) -> str:
    """The field that the text comes from: what is pasted or chosen now, else what was before."""
    given = form.cleaned_data
    if given["text"].strip():
        return "text"
    return "file" if given.get("file") or given["incoming"] else "url"


def _reading(request: Request, desk: Desk, form: ImportForm) -> exchange.Reading:
    """The document that was pasted, chosen, fetched, or received on an earlier look.

    Raises BadText, Unfetchable.
    """
    asked, field = form.cleaned_data, _field(form)
    upload, key, language = asked.get("file"), asked["incoming"], asked["language"]
    act, _dash, number = request.POST.get("do", "").partition("-")
    if field == "text":
        copied = exchange.copied_before(desk, request.user, asked["copied"])
        given = exchange.Given(asked["text"], earlier=_earlier(request, desk, key), copied=copied)
    elif upload:
        given = exchange.Given(data=upload.read(), name=upload.name)
    elif key and act == "attached" and number.isdecimal() and len(number) < 4:
        mail = exchange.received_before(desk, request.user, key)
        given, key = exchange.attachment_of(mail, int(number)), None
    elif key:
        given = exchange.Given(earlier=exchange.received_before(desk, request.user, key))
    else:
        given = exchange.Given(page=exchange.fetched(asked["url"]))
    # On the first look a page says itself in which language it is, unless a person did.
    if not key and field != "text" and language == desk.language:
        language = ""
    return exchange.read(given, desk, language=language, keep_for=request.user)


def _earlier(request: Request, desk: Desk, key: uuid.UUID | None) -> Incoming | None:
    """What was received before, if it is kept: pasted characters can do without."""
    with suppress(exchange.BadText):
        return exchange.received_before(desk, request.user, key) if key else None
    return None


def _next_form(request: Request, desk: Desk, reading: exchange.Reading) -> ImportForm:
    """The form for the next step: it names what was received, for a browser keeps no file.

    What the page says of itself stands in fields that were left empty.
    """
    document, incoming = reading.document, reading.incoming
    data, about = request.POST.copy(), document.about
    is_first = incoming is not None and data.get("incoming") != str(incoming.uuid)
    data["incoming"] = str(incoming.uuid) if incoming else ""
    data.setdefault("key", str(uuid.uuid4()))
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
    request: Request, desk: Desk, form: ImportForm, reading: exchange.Reading
) -> HttpResponse:
    document, key = reading.document, form.cleaned_data["key"]

    def save() -> int:
        imported = exchange.import_document(
            desk,
            document,
            actor=request.user,
            name=reading.name,
            **{field: form.cleaned_data[field] for field in form.Meta.fields},
        )
        if imported.is_new:
            _plan(request, desk, imported.article, form)
            messages.success(request, _("The article is on the desk. Its text is frozen."))
        else:
            messages.info(request, _("This text is already on the desk. Here it is."))
        return imported.article.pk

    article = workflow.once(request.user, key_of(key, document), request.path, save)
    return acknowledged(request, redirect("workbench", article))


def _plan(request: Request, desk: Desk, article: Article, form: ImportForm) -> None:
    """Who looks after it and by when it is due, as the form says of a new article."""
    if form.cleaned_data["is_mine"]:
        workflow.look_after(article, actor=request.user)
    if form.cleaned_data["due_at"] and may(desk, Right.ASSIGN):
        due = {"due_at": form.cleaned_data["due_at"]}
        workflow.plan(article, due, actor=request.user, base={"due_at": None})


@require_POST
def copied(request: Request, desk_slug: str) -> HttpResponse:
    """Asked by the page's own script: what was copied as HTML, as text, and its key.

    Answers 422 with `error` where it cannot be read.
    """
    desk, _others = desk_of(request, desk_slug, Right.IMPORT)
    sent = request.FILES.get("html")
    if sent is None or (sent.size or 0) > MAX_BYTES:
        return JsonResponse({"error": too_large()}, status=422)
    try:
        reading = exchange.copied_in(desk, request.user, sent.read())
    except exchange.BadText as problem:
        return JsonResponse({"error": bad_text(problem)}, status=422)
    assert reading.incoming is not None
    return JsonResponse({"key": str(reading.incoming.uuid), "text": reading.document.text})
