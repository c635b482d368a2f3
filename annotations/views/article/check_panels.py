"""The panels of one's own check: the annotation, its sources, and sources found again."""

from __future__ import annotations

import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from annotations import moments
from annotations.forms import AnnotationForm, CitationForm
from annotations.forms.article.evidence import SOURCE_FIELDS
from annotations.listing import listed
from annotations.models import Annotation, Assignment, Citation, Source, Transition
from annotations.queries import earlier, past, sources
from annotations.queries.workbench import Entry, Workbench
from annotations.views.conflicts import bases
from annotations.views.http import Request
from annotations.vocabulary import AssignmentStatus, MoveName
from annotations.words.dates import when
from annotations.words.log import said

from .panels import Panel, Urls, article_links, claim_head, neighbours


def check_panel(
    request: Request, bench: Workbench, entry: Entry, form: AnnotationForm | None = None
) -> Panel:
    """One's own annotation, blind: nobody else's is anywhere near this page."""
    assert entry.check is not None
    check, annotation, desk = entry.check, entry.annotation, bench.article.desk
    url = Urls(bench)
    citations = list(annotation.citations.select_related("source")) if annotation else []
    form = form or blank_annotation_form(annotation, desk)
    to_justify = bool(citations) and not form["justification"].value()
    if to_justify:  # what is to be written once a source is there: docs/decisions/0027
        form.fields["justification"].widget.attrs["data-next"] = ""
    return claim_head(request, bench, entry, "annotation") | {
        "panel": "article/panel_check.html",
        "checked_by_others": earlier.like(entry.claim, request.user),
        "form": form,
        "bases": bases(form),
        "action": reverse("annotate", args=[check.uuid]),
        "draft_name": check.uuid,
        "scale_ratings": desk.ratings,
        "saved_words": _("Draft saved %(when)s") % {"when": moments.short(annotation.saved_at)}
        if annotation
        else "",
        "returned": _why_returned(entry) if check.status == AssignmentStatus.RETURNED else "",
        "others_hidden": desk.policy.annotations > 1,
        "removed_citations": [
            removed_row(check, each)
            for each in past.removed_citations(
                past.versions(annotation, request.user)[:1], {str(row.uuid) for row in citations}
            )
        ]
        if "taken" in request.GET and entry.is_open_to_me
        else [],
        "citations": _own_rows(entry, citations, url),
        "to_justify": to_justify,
        "may_submit": entry.is_open_to_me,
        "decline_url": reverse("decline", args=[check.uuid]),
        "resume_url": _resume_address(entry),
        "resume_key": uuid.uuid4(),
        "frozen": not entry.is_open_to_me and not form.is_bound,
        "annotation": annotation,
    }


def removed_row(check: Assignment, removed: past.Removed) -> dict[str, Any]:
    """A source taken out of one's draft, and where it is brought back."""
    args = [check.uuid, removed.version.uuid, removed.citation["uuid"]]
    return {"title": removed.citation["title"], "url": reverse("cite_back", args=args)}


def blank_annotation_form(annotation: Annotation | None, desk: Any) -> AnnotationForm:
    return AnnotationForm(
        instance=annotation,
        desk=desk,
        initial={"version": annotation.version if annotation else 0, "key": uuid.uuid4()},
    )


def _why_returned(entry: Entry) -> str:
    returned = Transition.objects.filter(assignment=entry.check, move=MoveName.RETURN)
    line = returned.order_by("-at", "-pk").first()
    return said(line) if line else ""


def _own_rows(entry: Entry, citations: list[Citation], url: Urls) -> list[dict[str, Any]]:
    """One's own citations; while they are a draft, each can be changed and put elsewhere."""
    if not entry.is_open_to_me:
        return [citation_row(row) for row in citations]
    assert entry.check is not None
    last = len(citations) - 1
    return [
        citation_row(row, f"{url(claim=entry.claim.pk)}&cite={row.uuid}")
        | {
            "key": row.uuid,
            "place_url": reverse("place_source", args=[entry.check.uuid, row.uuid]),
            "earlier": at - 1,
            "later": at + 1,
            "is_first": at == 0,
            "is_last": at == last,
        }
        for at, row in enumerate(citations)
    ]


def citation_row(citation: Citation, edit_url: str = "") -> dict[str, Any]:
    source = citation.source
    return {
        "title": source.title,
        "url": source.url,
        "meta": listed(
            filter(None, [source.publisher, when(source.published_on), citation.locator])
        ),
        "stance": citation.stance,
        "stance_label": citation.get_stance_display(),
        "passage": citation.passage,
        "edit_url": edit_url,
        "copy_url": reverse("cited_copy", args=[citation.uuid]),
        "who_url": reverse("source", args=[source.uuid]) if source.is_confidential else "",
    }


def citation_panel(
    request: Request, bench: Workbench, entry: Entry, key: str, form: CitationForm | None = None
) -> Panel:
    """One source of one's own annotation; `key` is its UUID, or "new".

    A new one may begin with a source found again: `find` are words to look for, `source` a UUID;
    or with a link of the article's own, `link`, the UUID of one beside the claim's words.
    """
    assert entry.check is not None
    citation = _own_citation(entry, key)
    check = entry.check
    args = [check.uuid, citation.uuid] if citation else [check.uuid]
    desk, find = bench.article.desk, request.GET.get("find", "").replace("\0", "").strip()[:200]
    again = sources.chosen_again(request.user, desk, request.GET.get("source", ""))
    initial = {name: getattr(again, name) for name in SOURCE_FIELDS} if again else {}
    links = [] if citation else article_links(bench, entry.marks)
    asked = request.GET.get("link", "")
    linked = next((each for each in links if str(each["key"]) == asked), None)
    if linked and not again:
        initial["url"] = linked["address"]
    url = Urls(bench)
    return neighbours(bench, entry) | {
        "panel": "article/panel_citation.html",
        "form": form
        or CitationForm(
            instance=citation,
            initial=initial | {"key": uuid.uuid4()},
            claims=other_claims(bench, entry),
        ),
        "again": again.uuid if again else linked["key"] if linked else "",
        "is_linked": linked is not None,
        "links": [
            each | {"url": url(claim=entry.claim.pk, cite="new", link=each["key"])}
            for each in links
        ],
        "bench_url": url.base,
        "sources_url": reverse("find_source", args=[check.uuid]),
        "find": find,
        "found": found_sources(sources.found_again(request.user, desk, find), url, entry.claim.pk),
        "action": reverse("cite_again" if citation else "cite", args=args),
        "citation": citation,
        "back_url": url(claim=entry.claim.pk),
        "delete_url": reverse("uncite", args=args) if citation else "",
        "pick_url": reverse("copied_words", args=[desk.slug]),
        "pick_source": citation.source.uuid if citation else again.uuid if again else "",
    }


def other_claims(bench: Workbench, entry: Entry) -> list[tuple[str, str]]:
    """One's other open checks of the article, by UUID: what a source may be cited for as well."""
    return [
        (str(each.check.uuid), f"{each.number}. {each.claim}")
        for each in bench.entries
        if each.check is not None and each.is_open_to_me and each.claim.pk != entry.claim.pk
    ]


def found_sources(found: list[Source], url: Urls, claim: int) -> list[dict[str, Any]]:
    """Each source found again, with the address of a new citation of it."""
    return [
        {"source": each, "url": url(claim=claim, cite="new", source=each.uuid)} for each in found
    ]


def _own_citation(entry: Entry, key: str) -> Citation | None:
    if entry.annotation is None:
        return None
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return None
    found = entry.annotation.citations.select_related("source").filter(uuid=wanted)
    return found.first()


def _resume_address(entry: Entry) -> str:
    """Where one's own annotation is taken back, as long as it can be; else empty."""
    check, annotation = entry.check, entry.annotation
    if check is None or annotation is None or not entry.checks_blind:
        return ""
    is_in = annotation.submitted_at is not None and annotation.disclosed_at is None
    return reverse("resume", args=[check.uuid]) if is_in else ""
