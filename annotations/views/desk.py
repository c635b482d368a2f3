"""The desk: the queue, the list of articles, adding one, and its log."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
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
from annotations.models import Article, Desk
from annotations.queries import queue as queries
from annotations.queries.access import article_for, desks_for, may
from annotations.queries.workbench import claim_numbers, stage_in_words
from annotations.rights import Right

from .answers import Request, searched, status_of
from .words import CHANGES, NOTICES, bad_text, moves_in_words

PAGE = 50


def desk_of(request: Request) -> tuple[Desk, list[Desk]]:
    """The desk the person looks at (asked for, the last, or their first), and their others."""
    desks = {desk.slug: desk for desk in desks_for(request.user)}
    if not desks:
        raise PermissionDenied(_("You are not a member of a desk yet. Ask a manager."))
    asked = request.GET.get("desk") or request.session.get("desk")
    desk = desks.get(asked or "", next(iter(desks.values())))
    if request.session.get("desk") != desk.slug:
        request.session["desk"] = desk.slug
    return desk, [other for other in desks.values() if other != desk]


def _nav(
    desk: Desk, others: list[Desk], current: str, count: int | None = None
) -> list[dict[str, Any]]:
    links: list[dict[str, Any]] = [
        {"label": _("My queue"), "url": reverse("queue"), "count": count, "name": "queue"},
        {"label": _("Articles"), "url": reverse("articles"), "count": None, "name": "articles"},
        {
            "label": _("Published"),
            "url": reverse("public_desk", args=[desk.slug]),
            "count": None,
            "name": "published",
        },
    ]
    pages = (
        ("reports", _("Readers’ reports"), Right.PUBLISH),
        ("statements", _("What we say of ourselves"), Right.READ),
    )
    links += [
        {"label": label, "url": reverse(name), "count": None, "name": name}
        for name, label, right in pages
        if may(desk, right)
    ]
    links += [
        {
            "label": other.name,
            "url": f"{reverse('queue')}?desk={other.slug}",
            "count": None,
            "name": "",
        }
        for other in others
    ]
    return [link | {"current": link["name"] == current} for link in links]


def _row(need: queries.Need) -> dict[str, Any]:
    url = reverse(need.page, args=[need.article.pk])
    return {
        "icon": "i-clock" if need.is_late else need.icon,
        "title": need.article.title,
        "url": reverse("workbench", args=[need.article.pk]),
        "why": need.why,
        "done": need.done,
        "total": need.total,
        "stage": need.stage,
        "due": _("Late: %(due)s") % {"due": need.due} if need.is_late else need.due,
        "hot": need.is_late,
        "verb": need.verb,
        "verb_url": url,
    }


@require_safe
def queue(request: Request) -> HttpResponse:
    desk, others = desk_of(request)
    if words := searched(request):
        return redirect(f"{reverse('articles')}?{urlencode({'q': words})}")
    found = queries.queue(desk, request.user)
    title = (
        ngettext("One thing needs you", "%(count)d things need you", found.count)
        % {"count": found.count}
        if found.count
        else _("Nothing needs you right now.")
    )
    groups = [
        (_("Overdue"), found.overdue, False),
        (_("Now"), found.now, False),
        (_("Waiting to be marked"), found.unassigned, True),
    ]
    return render(
        request,
        "annotations/queue.html",
        {
            "desk": desk,
            "is_sample": desk.is_sample,
            "today": timezone.now(),
            "title": title,
            "groups": [
                {"title": name, "slim": slim, "rows": [_row(need) for need in needs]}
                for name, needs, slim in groups
                if needs
            ],
            "stages": [{"label": label, "count": count} for label, count in found.stages],
            "most": max((count for _label, count in found.stages), default=1),
            "nav": _nav(desk, others, "queue", found.count),
            "may_import": may(desk, Right.IMPORT),
            "q": words,
        },
    )


@require_safe
def articles(request: Request) -> HttpResponse:
    desk, others = desk_of(request)
    words = searched(request)
    page = Paginator(queries.articles(desk, words), PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "icon": "i-check" if stage == "published" else "i-edit",
            "title": article.title,
            "url": reverse("workbench", args=[article.pk]),
            "why": ngettext("%(count)d claim", "%(count)d claims", claims) % {"count": claims},
            "stage": stage_in_words(stage),
            "due": "",
            "verb": _("Open"),
            "verb_url": reverse("workbench", args=[article.pk]),
        }
        for article, stage, claims in queries.staged(page.object_list)
    ]
    title = _("Articles with “%(words)s”") % {"words": words} if words else _("Articles")
    return render(
        request,
        "annotations/queue.html",
        {
            "desk": desk,
            "is_sample": desk.is_sample,
            "today": timezone.now(),
            "title": title,
            "groups": [{"title": _("Newest first"), "slim": False, "rows": rows}] if rows else [],
            "page_obj": page,
            "query": f"{urlencode({'q': words})}&" if words else "",
            "nav": _nav(desk, others, "articles"),
            "may_import": may(desk, Right.IMPORT),
            "q": words,
        },
    )


def _preview(desk: Desk, document: plain.Document) -> dict[str, Any]:
    """The sentences as they will be frozen, numbered, with what is unusual about them."""
    warnings: dict[int, list[str]] = {}
    for notice in document.notices:
        warnings.setdefault(notice.sentence, []).append(str(NOTICES[notice.kind]))
    rows, number, last = [], 0, None
    for index, sentence in enumerate(document.sentences):
        heading = sentence.kind == "heading"
        number += not heading
        rows.append(
            {
                "number": None if heading else number,
                "start": sentence.start,
                "end": sentence.end,
                "text": document.text[sentence.start : sentence.end],
                "heading": heading,
                "opens_paragraph": sentence.paragraph != last,
                "warnings": warnings.get(index, []),
            }
        )
        last = sentence.paragraph
    existing = exchange.duplicate_of(desk, document)
    return {
        "sentences": rows,
        "sentence_count": number,
        "heading_count": len(rows) - number,
        "warning_count": len(document.notices),
        "changes": [CHANGES[change.kind](change.count) for change in document.changes],
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
        data, name = form.source()
        try:
            document = plain.read(data, form.cleaned_data["language"])
            if request.POST.get("do") == "save":
                return _save(request, desk, form, data, name)
            preview = _preview(desk, document)
            form = _with_text(form, desk, document.original, request)
        except exchange.BadText as problem:
            form.add_error("file" if name else "text", bad_text(problem))
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


def _with_text(form: ImportForm, desk: Desk, original: bytes, request: Request) -> ImportForm:
    """The form with an uploaded file's text in its text field: a browser keeps no file."""
    if not request.FILES:
        return form
    data = request.POST.copy()
    data["text"] = original.decode("utf-8", "replace")
    return ImportForm(data, instance=Article(desk=desk))


def _save(
    request: Request, desk: Desk, form: ImportForm, data: bytes | str, name: str
) -> HttpResponse:
    fields = {field: form.cleaned_data[field] for field in form.Meta.fields if field != "language"}
    imported = exchange.import_text(
        desk,
        data,
        actor=request.user,
        name=name,
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
    lines = queries.history(article, request.user)
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "annotations/history.html",
        {
            "desk": article.desk,
            "is_sample": article.desk.is_sample,
            "article": article,
            "page_obj": page,
            "lines": moves_in_words(page, article, claim_numbers(article)),
            "query": "",
        },
    )
