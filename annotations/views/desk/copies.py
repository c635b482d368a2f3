"""A saved copy, to be read: its words alone, with what was quoted of it marked where it stands.

The page is closed twice over: nothing of the file's own but its text is in it, and its policy
lets no script run and nothing be asked for but our style. Pictures, sound and film are shown by
what the browser has for them, at the second that is cited; a page as it looked is made of what
was saved with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.constants import NONCE
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations import blobs
from annotations.capture import stamping
from annotations.formats import proof
from annotations.formats.openable import HEAD, Openable, Shown, openable
from annotations.formats.rendering import Rendered
from annotations.models import Citation, DailyRoot, Snapshot, Source, Stamp
from annotations.queries import archiving, looks, proofs, sources
from annotations.saved import words_of
from annotations.tasks.proofs import certificates
from annotations.text import passages
from annotations.text.documents import document_of, isbn
from annotations.text.locators import page_in, seconds_in
from annotations.text.passages import Match, Place
from annotations.text.tongues import as_tag
from annotations.views.http import Request
from annotations.views.policies import CLOSED
from annotations.views.ranges import ranged
from annotations.words.archiving import in_words
from annotations.words.copies import MATCHES
from annotations.words.imports import not_saved

from .frame import desk_of

SHOWN = csp_replace(
    {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "form-action": ["'none'"],
    }
)
# Without `sandbox`, below which browsers open no PDF.
FILE_POLICY = "default-src 'none'; form-action 'none'; frame-ancestors 'none'"
AS_IT_LOOKED = csp_replace(
    {
        "default-src": ["'none'"],
        # Pictures stand inside of the page itself: it asks nobody for anything, not us either.
        "img-src": ["data:"],
        "style-src": [NONCE],
        "form-action": ["'none'"],
        "sandbox": [""],
    }
)


@require_safe
def read_copy(request: Request, key: str, citation_key: str = "") -> HttpResponse:
    """What a copy says or shows; with a citation of its document, at the place that is cited."""
    copy = get_object_or_404(Snapshot.objects.visible_to(request.user), uuid=key)
    # Asked for by itself: whoever kept a copy of another's source is told of that source here.
    seen = Source.objects.visible_to(request.user).select_related("desk")
    source = get_object_or_404(seen, pk=copy.source_id)
    citation = None
    if citation_key:
        cited = Citation.objects.visible_to(request.user).select_related("source")
        citation = get_object_or_404(cited, uuid=citation_key)
    is_whole = copy.is_whole()
    opened = _openable(copy) if is_whole else None
    leaf = proofs.leaf_of(copy)
    context = {
        "copy": copy,
        "source": source,
        "desk": source.desk,
        "is_sample": source.desk.is_sample,
        "is_whole": is_whole,
        "passage": citation.passage if citation else "",
        "leaf": leaf,
        "stamps": [_stamp(each, leaf.root) for each in leaf.root.stamped] if leaf else [],  # type: ignore[attr-defined]  # queries.proofs.STAMPED
        "has_record": proofs.leaf_of_record(copy) is not None,
        "archived": in_words(archiving.asked_of_document(source, request.user)),
        "recorded": _recorded(copy) if is_whole else None,
        "opened": _opened(copy, opened, citation) if opened else None,
    }
    if opened and opened.shown != Shown.PDF:
        return _shown(request, context)
    return _words(request, context, citation)


def _read(request: Request, context: dict[str, Any], citation: Citation | None) -> HttpResponse:
    """The words of the copy, with the passage marked."""
    passage = context["passage"]
    found = words_of(context["copy"]) if context["is_whole"] else None
    place = passages.find(passage, found.text) if found and passage else None
    named = _named(found, citation.locator, place) if found and citation else (0, 0)
    start, end = (place.start, place.end) if place and place.end else named
    context |= {
        "is_shown": found is not None,
        "is_cut": found is not None and found.is_cut,
        "match": place.match.value if place else "",
        "match_words": MATCHES[place.match] if place else "",
        "opened_at": citation.locator if citation and any(named) else "",
        # Every tag in it is of ours, and every text escaped: formats.rendering.
        "words": mark_safe(found.html(start, end)) if found else "",  # noqa: S308
    }
    return render(request, "desk/copy.html", context)


def _show(request: Request, context: dict[str, Any]) -> HttpResponse:
    """The picture, or a player: of the file nothing is in the page but its address."""
    return render(request, "desk/copy.html", context | {"is_shown": True})


# The decorators' stub knows no arguments.
_words: Callable[..., HttpResponse] = CLOSED(_read)  # type: ignore[arg-type, assignment]
_shown: Callable[..., HttpResponse] = SHOWN(_show)  # type: ignore[arg-type, assignment]


def _openable(copy: Snapshot) -> Openable | None:
    return openable(b"".join(copy.part(0, HEAD)), copy.media_type)


def _opened(copy: Snapshot, found: Openable, citation: Citation | None) -> dict[str, Any]:
    """How the file is opened by itself, and at which second or page the citation names."""
    locator = citation.locator if citation else ""
    second = seconds_in(locator) if found.has_time else None
    page = page_in(locator) if found.shown == Shown.PDF else None
    at = f"#t={second}" if second is not None else f"#page={page}" if page is not None else ""
    return {
        "shown": found.shown.value,
        "url": reverse("copy_file", args=[copy.uuid]) + at,
        "locator": locator if at else "",
        "page": page,
    }


@require_safe
def copy_file(request: Request, key: str) -> HttpResponseBase:
    """The file itself, or a part of it, of the kinds that a browser opens and nothing acts in."""
    copy = get_object_or_404(Snapshot.objects.visible_to(request.user), uuid=key)
    found = _openable(copy) if copy.is_whole() else None
    if found is None:
        raise Http404
    answer = ranged(request, _size(copy), copy.part, found.media_type, copy.sha256)
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = FILE_POLICY
    return answer


def _size(copy: Snapshot) -> int:
    """Bytes; rows from before it was kept say 0."""
    return copy.size or sum(len(piece) for piece in copy.pieces())


def _recorded(copy: Snapshot) -> dict[str, Any] | None:
    """How much of what the page embeds is in its recording, and what is not, with why."""
    found = looks.recorded(copy)
    if found is None:
        return None
    return {
        "saved": found.count,
        "missing": [
            (each.address, not_saved(each.code, each.params)) for each in found.missing[:MOST_TOLD]
        ],
        "count": len(found.missing),
    }


MOST_TOLD = 100
"""Pictures and styles that were not saved of which the address is told."""


@require_safe
@AS_IT_LOOKED  # type: ignore[arg-type]  # its stub knows no arguments
def look_of_copy(request: Request, key: str) -> HttpResponse:
    """A saved page as it looked, made of what was saved with it: nothing of it acts or asks."""
    copy = get_object_or_404(Snapshot.objects.visible_to(request.user), uuid=key)
    recorded = looks.recorded(copy) if copy.is_whole() else None
    look = recorded.look() if recorded else None
    if look is None:
        messages.error(request, _("There is no recording from which it could be shown."))
        return redirect("source", copy.source.uuid)
    context = {
        "title": copy.source.title,
        "look": look,
        "nonce": request.csp_nonce,  # type: ignore[attr-defined]  # of django-csp's middleware
        # Elements and attributes of ours, every text escaped: formats.looks.
        "body": mark_safe(look.html),  # noqa: S308
        "attributes": mark_safe(look.attributes),  # noqa: S308
        "style": mark_safe(look.style),  # noqa: S308
    }
    return render(request, "desk/look_of_copy.html", context)


def _named(found: Rendered, locator: str, place: Place | None) -> tuple[int, int]:
    """Where the citation's page or time begins in the copy, if its words are not there to mark."""
    if place is not None and place.match != Match.MISSING:
        return 0, 0
    return found.where(locator)


MOST_LINES, MOST_WORDS = 20_000, 400_000
"""Lines and code points of a copy in which a passage is picked; of a longer one, as much."""


@require_safe
def copied_words(request: Request, desk_slug: str) -> HttpResponse:
    """What the newest copy says of the document that somebody is citing, as lines of plain text.

    The document is named by its `url`, `title` and `isbn` as they are typed, or by the `source`
    (a UUID) where it is a confidential one. What there is none of, and what the person may not
    see, are the same answer.
    """
    desk, _others = desk_of(request, desk_slug)
    given = {name: request.GET.get(name, "").replace("\0", "").strip() for name in NAMED}
    name = document_of(given["url"], given["title"], isbn(given["isbn"]))
    for copy in sources.copies_named(request.user, desk, name, given["source"]):
        found = words_of(copy) if copy.is_whole() else None
        if found is not None:
            return JsonResponse(_picked_from(copy, found))
    why = _("There is no copy of it that could be read here. The passage can be typed.")
    return JsonResponse({"problem": why, "lines": []})


NAMED = ("url", "title", "isbn", "source")


def _picked_from(copy: Snapshot, found: Rendered) -> dict[str, Any]:
    lines: list[tuple[str, str]] = []
    left, is_cut = MOST_WORDS, found.is_cut
    for line in found.lines():
        if len(lines) == MOST_LINES or left < len(line.words):
            is_cut = True
            break
        left -= len(line.words)
        lines.append((line.place, line.words))
    when = date_format(localtime(copy.taken_at), "SHORT_DATETIME_FORMAT")
    return {
        "problem": _("It is long: only its beginning is shown.") if is_cut else "",
        "title": copy.source.title,
        "saved": _("Saved %(when)s") % {"when": when},
        "url": reverse("read_copy", args=[copy.uuid]),
        "language": as_tag(copy.source.language),
        "lines": lines,
    }


@require_safe
def copy_proof(request: Request, key: str) -> HttpResponse:
    """What shows anybody when the copy was there: its bytes, and the way to the root of its day."""
    copy = get_object_or_404(Snapshot.objects.visible_to(request.user), uuid=key)
    leaf = proofs.leaf_of(copy)
    if leaf is None or not copy.is_whole():
        why = _("There is no proof of this copy yet: it is made when the day is over.")
        messages.error(request, why)
        return redirect("source", copy.source.uuid)
    found = proofs.proof_of(leaf)
    called = f"{copy.name or 'Copy'}, saved {copy.taken_at:%Y-%m-%d %H:%M:%S} UTC"
    roots = request.build_absolute_uri(reverse("roots"))
    return _zipped(proof.archive(found, copy.pieces(), called, roots), copy.sha256)


@require_safe
def record_proof(request: Request, key: str) -> HttpResponse:
    """The same of the WARC file of its fetching: what was asked and answered, word for word."""
    copy = get_object_or_404(Snapshot.objects.visible_to(request.user), uuid=key)
    leaf = proofs.leaf_of_record(copy)
    try:
        record = blobs.read(leaf.digest) if leaf else b""
    except (blobs.Missing, blobs.Altered):
        record = b""
    if leaf is None or leaf.capture is None or not record:
        why = _("There is no proof of its recording: it is made when the day is over.")
        messages.error(request, why)
        return redirect("source", copy.source.uuid)
    called = RECORD.format(
        address=leaf.capture.address, at=f"{leaf.capture.finished_at:%Y-%m-%d %H:%M:%S}",
        sha256=copy.sha256,
    )  # fmt: skip
    roots = request.build_absolute_uri(reverse("roots"))
    return _zipped(proof.archive(proofs.proof_of(leaf), [record], called, roots), leaf.digest)


RECORD = """The WARC file of fetching {address}, saved {at} UTC.

It holds each request and each answer as they were. Check it with warcio, from PyPI:
    warcio check document
    warcio index -f offset,warc-type,http:status,warc-target-uri document
    warcio extract --payload document OFFSET | sha256sum
The page is the answer with status 200 whose SHA-256 is
{sha256}"""


def _zipped(data: bytes, digest: str) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="proof-{digest[:12]}.zip"'
    return answer


def _stamp(stamp: Stamp, root: DailyRoot) -> dict[str, Any]:
    """A stamp as it is now: whether it is one of this root, and signed by whom it should be."""
    try:
        known = certificates()
    except (OSError, ValueError):  # those that the settings name are not there
        known = []
    try:
        found = stamping.verified(bytes(stamp.token or b""), bytes.fromhex(root.root), known)
        holds = found.at == stamp.stamped_at
    except stamping.Unstamped:
        holds = False
    return {
        "authority": stamp.authority,
        "at": stamp.stamped_at,
        "holds": holds,
        "is_signed": holds and bool(known),
    }


@require_safe
def cited_copy(request: Request, key: str) -> HttpResponse:
    """From a citation to the newest copy of its document, at the words."""
    rows = Citation.objects.visible_to(request.user).select_related("source")
    citation = get_object_or_404(rows, uuid=key)
    copies = sources.document(citation.source, request.user).copies
    if not copies:
        messages.error(request, _("There is no copy yet. Add one here."))
        return redirect("source", citation.source.uuid)
    url = reverse("read_passage", args=[_best(copies, citation).uuid, citation.uuid])
    return redirect(f"{url}#passage")


LOOKED_AT = 3
"""Copies of a document that are read for one in which the words stand."""


def _best(copies: list[Snapshot], citation: Citation) -> Snapshot:
    """The newest copy in which the passage stands, else in which the page or time is, else any.

    What was quoted may be gone from the page by now, and a picture of it says no words.
    """
    if len(copies) == 1:
        return copies[0]
    # Of those that are as good, the newest: they come first.
    return max(copies[:LOOKED_AT], key=lambda copy: _worth(copy, citation))


def _worth(copy: Snapshot, citation: Citation) -> int:
    """How much of what the citation says can be shown in the copy: the more, the higher."""
    if not copy.is_whole():
        return 0
    opened = _openable(copy)
    if opened and opened.has_time:
        return 2 if seconds_in(citation.locator) is not None else 0
    found = words_of(copy)
    if found is None:
        return 0
    match = passages.find(citation.passage, found.text).match
    if match == Match.MISSING:
        return 2 if any(found.where(citation.locator)) else 1
    return 4 if match == Match.FOUND else 3
