"""The desk: the queue, the list of articles, adding one, and its log."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from annotations import exchange
from annotations.formats import plain
from annotations.forms import ImportForm
from annotations.models import Article, Desk, Incoming
from annotations.queries import filters
from annotations.queries import log as log_queries
from annotations.queries import queue as queries
from annotations.queries.access import article_for, may
from annotations.queries.needs import Need
from annotations.queries.paging import stretch
from annotations.queries.workbench import claim_numbers, stage_in_words
from annotations.rights import Right

from . import cutting
from .answers import Request, searched, status_of
from .shell import desk_of, frame
from .words import bad_text, changes_in_words, moves_in_words, unfetchable

PAGE = 50
MORE = 20
"""Articles that a filtered queue shows beside what needs the person."""


def _row(need: Need, kept: str = "") -> dict[str, Any]:
    """`kept` is the filter that goes along into the article, as the address's query."""
    query = need.query or (kept if need.page == "workbench" else "")
    url = reverse(need.page, args=[need.article.pk]) + query
    return {
        "icon": "i-clock" if need.is_late else need.icon,
        "title": need.article.title,
        "url": reverse("workbench", args=[need.article.pk]) + kept,
        "why": need.why,
        "done": need.done,
        "total": need.total,
        "stage": need.stage,
        "due": _("Late: %(due)s") % {"due": need.due} if need.is_late else need.due,
        "hot": need.is_late,
        "verb": need.verb,
        "verb_url": url,
        "verb_post": need.page == "confirm_taking_back",
    }


def _article_rows(found: Iterable[Article], kept: str) -> list[dict[str, Any]]:
    return [
        {
            "icon": "i-check" if stage == "published" else "i-edit",
            "title": article.title,
            "url": reverse("workbench", args=[article.pk]) + kept,
            "why": ngettext("%(count)d claim", "%(count)d claims", claims) % {"count": claims},
            "stage": stage_in_words(stage),
            "due": "",
            "verb": _("Open"),
            "verb_url": reverse("workbench", args=[article.pk]) + kept,
        }
        for article, stage, claims in queries.staged(found)
    ]


def kept_in(wanted: filters.Filter) -> str:
    return f"?{urlencode({'q': wanted.kept})}" if wanted.kept else ""


@require_safe
def queue(request: Request) -> HttpResponse:
    """What needs the person; with a filter, what of it fits, and then what else there is."""
    desk, others = desk_of(request)
    words = searched(request)
    wanted = filters.parse(words)
    kept = kept_in(wanted)
    found = queries.queue(desk, request.user, wanted if words else None)
    groups = [
        (_("Overdue"), found.overdue, False),
        (_("Now"), found.now, False),
        (_("Waiting to be marked"), found.unassigned, True),
    ]
    shown = [
        {"title": name, "slim": slim, "rows": [_row(need, kept) for need in needs]}
        for name, needs, slim in groups
        if needs
    ]
    if words:
        more = queries.articles(desk, request.user, wanted)
        more = more.exclude(pk__in=[need.article.pk for need in found.needs])[:MORE]
        if rows := _article_rows(more, kept):
            shown.append({"title": _("Other articles"), "slim": False, "rows": rows})
    title = _("What fits “%(words)s”") % {"words": words} if words else _needs_in_words(found.count)
    return render(
        request,
        "annotations/queue.html",
        frame(desk, others, "queue", title, count=None if words else found.count)
        | {
            "today": timezone.now(),
            "groups": shown,
            "agreement": found.agreement,
            "stages": [{"label": label, "count": count} for label, count in found.stages],
            "most": max((count for _label, count in found.stages), default=1),
            "may_import": may(desk, Right.IMPORT),
        }
        | looked_for(words, wanted, "queue"),
    )


def _needs_in_words(count: int) -> str:
    if not count:
        return _("Nothing needs you right now.")
    return ngettext("One thing needs you", "%(count)d things need you", count) % {"count": count}


def looked_for(words: str, wanted: filters.Filter, page: str) -> dict[str, Any]:
    """What a list says of its filter, and the other lists that the same filter can be put on."""
    query = f"?{urlencode({'q': words})}" if words else ""
    lists = [
        ("queue", _("My queue")),
        ("articles", _("All articles")),
        ("claims", _("Their claims")),
    ]
    return {
        "q": words,
        "problem": unknown_terms(wanted),
        "terms": filters.terms(),
        "list_url": reverse(page),
        "same_filter": [
            {"label": label, "url": reverse(name) + query}
            for name, label in lists
            if words and name != page
        ],
    }


@require_safe
def articles(request: Request) -> HttpResponse:
    desk, others = desk_of(request)
    words = searched(request)
    wanted = filters.parse(words)
    found = queries.articles(desk, request.user, wanted)
    page = stretch(found, ("created_at", "pk"), request.GET, PAGE)
    rows = _article_rows(page, kept_in(wanted))
    title = _("Articles with “%(words)s”") % {"words": words} if words else _("Articles")
    return render(
        request,
        "annotations/queue.html",
        frame(desk, others, "articles", title)
        | {
            "today": timezone.now(),
            "groups": [{"title": _("Newest first"), "slim": False, "rows": rows}] if rows else [],
            "stretch": page,
            "query": f"{urlencode({'q': words})}&" if words else "",
            "may_import": may(desk, Right.IMPORT),
        }
        | looked_for(words, wanted, "articles"),
    )


def unknown_terms(wanted: filters.Filter) -> str:
    """Which terms of a filter name nothing, and which there are; or an empty string."""
    if not wanted.unknown:
        return ""
    return _("%(terms)s is nothing to look by. There is %(known)s.") % {
        "terms": ", ".join(f"“{term}”" for term in wanted.unknown),
        "known": ", ".join(filters.terms()),
    }


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
        "annotations/import.html",
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


def received_before(request: Request, desk: Desk, key: uuid.UUID) -> Incoming:
    """What the person sent on an earlier look, which a browser keeps no copy of. Raises BadText."""
    mine = Incoming.objects.visible_to(request.user).filter(desk=desk, uuid=key)
    found = mine.select_related("desk").first()
    if found is None:
        raise exchange.BadText(
            "gone", "The file is not kept any more. Choose it again, or fetch the page again."
        )
    return found


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


@require_safe
def history(request: Request, pk: int) -> HttpResponse:
    """The log of an article, as far as the person may read it."""
    article = article_for(request.user, pk)
    lines = log_queries.history(article, request.user)
    page = log_queries.page_of(lines, request.GET, PAGE)
    return render(
        request,
        "annotations/history.html",
        {
            "desk": article.desk,
            "is_sample": article.desk.is_sample,
            "article": article,
            "stretch": page,
            "lines": moves_in_words(page, article, claim_numbers(article)),
            "query": "",
        },
    )
