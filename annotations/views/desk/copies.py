"""A saved copy, to be read: its words alone, with what was quoted of it marked where it stands.

The page is closed twice over: nothing of the file's own but its text is in it, and its policy
lets no script run and nothing be asked for but our style.
"""

from __future__ import annotations

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.formats import proof, rendering
from annotations.models import Citation, Snapshot, Source
from annotations.queries import proofs, sources
from annotations.text import passages
from annotations.text.passages import Match
from annotations.views.http import Request

CLOSED = csp_replace(
    {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'none'"],
        "sandbox": [""],
    }
)
WORDS = {
    Match.FOUND: lambda: _("The passage stands in this copy, and is marked."),
    Match.DIFFERS: lambda: _("Not these words: what is most like them is marked."),
    Match.MISSING: lambda: _("The passage was not found in this copy."),
}


@require_safe
@CLOSED  # type: ignore[arg-type]  # its stub knows no arguments
def read_copy(request: Request, key: str, citation_key: str = "") -> HttpResponse:
    """The words of a copy; with a citation of its document, its passage marked."""
    copy = get_object_or_404(Snapshot.objects.visible_to(request.user), uuid=key)
    # Asked for by itself: whoever kept a copy of another's source is told of that source here.
    seen = Source.objects.visible_to(request.user).select_related("desk")
    source = get_object_or_404(seen, pk=copy.source_id)
    citation = None
    if citation_key:
        cited = Citation.objects.visible_to(request.user).select_related("source")
        citation = get_object_or_404(cited, uuid=citation_key)
    is_whole = copy.is_whole()
    data = b"".join(copy.pieces()) if is_whole else b""
    found = rendering.render(data, copy.media_type) if is_whole else None
    passage = citation.passage if citation else ""
    place = passages.find(passage, found.text) if found and passage else None
    context = {
        "copy": copy,
        "source": source,
        "desk": source.desk,
        "is_whole": is_whole,
        "is_shown": found is not None,
        "is_cut": found is not None and found.is_cut,
        "passage": passage,
        "match": place.match.value if place else "",
        "match_words": WORDS[place.match]() if place else "",
        # Every tag in it is of ours, and every text escaped: formats.rendering.
        "words": mark_safe(found.html(place.start, place.end) if place else found.html())  # noqa: S308
        if found
        else "",
        "leaf": proofs.leaf_of(copy),
    }
    return render(request, "desk/copy.html", context)


@require_safe
def copy_proof(request: Request, key: str) -> HttpResponse:
    """What shows anybody when the copy was there: its bytes, and the way to the root of its day."""
    copy = get_object_or_404(Snapshot.objects.visible_to(request.user), uuid=key)
    leaf = proofs.leaf_of(copy)
    if leaf is None or not copy.is_whole():
        why = _("There is no proof of this copy yet: it is made when the day is over.")
        messages.error(request, why)
        return redirect("read_copy", copy.uuid)
    found = proofs.proof_of(leaf)
    called = f"{copy.name or 'Copy'}, saved {copy.taken_at:%Y-%m-%d %H:%M:%S} UTC"
    roots = request.build_absolute_uri(reverse("roots"))
    data = proof.archive(found, copy.pieces(), called, roots)
    answer = HttpResponse(data, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="proof-{copy.sha256[:12]}.zip"'
    return answer


@require_safe
def cited_copy(request: Request, key: str) -> HttpResponse:
    """From a citation to the newest copy of its document, at the words."""
    rows = Citation.objects.visible_to(request.user).select_related("source")
    citation = get_object_or_404(rows, uuid=key)
    copies = sources.document(citation.source, request.user).copies
    if not copies:
        messages.error(request, _("There is no copy yet. Add one here."))
        return redirect("source", citation.source.uuid)
    url = reverse("read_passage", args=[copies[0].uuid, citation.uuid])
    return redirect(f"{url}#passage")
