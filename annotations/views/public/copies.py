"""A saved copy as readers may open it: its words, with what a published verdict quotes marked.

Only where the desk shows copies, and never what a confidential source gave. Nothing of the file but
its text is in the page, and its policy lets nothing run and nothing be asked for but our style.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

from annotations import addresses
from annotations.editions.content import Citation, ClaimEdition
from annotations.formats.rendering import Rendered
from annotations.queries import shown_copies
from annotations.saved import words_of
from annotations.text import passages
from annotations.views.http import AnyRequest
from annotations.views.policies import CLOSED
from annotations.words.copies import MATCHES
from annotations.words.languages import LANGUAGES

from .serving import public

MOST = 200_000
"""Code points of a copy in one page, which is kept ready: what stands around the passage."""
READ_AT_ONCE = BoundedSemaphore(2)
"""Copies that a process reads for readers at a time: a large file takes a thread for seconds."""
PATIENCE = 1.0
"""Seconds that a reader waits for others' copies, before they are told to come again."""
RETRY = 15
"""Seconds after which a client may try again: as long as reading one copy may take."""


class _Busy(Exception):
    """So many copies are being read that others of the site would wait for this one."""


@contextmanager
def _one_of_few() -> Iterator[None]:
    if not READ_AT_ONCE.acquire(timeout=PATIENCE):
        raise _Busy
    try:
        yield
    finally:
        READ_AT_ONCE.release()


@CLOSED
@public(shown_copies.shown_state, takes=("use",), is_shared=False)
def shown_copy(request: AnyRequest, desk: str, number: int, digest: str) -> HttpResponse:
    """The words of a copy that the claim's newest edition cites; `use` says which citation."""
    edition, copies = shown_copies.shown(desk, number, digest)
    if request.GET.get("lang", "") not in ("", *LANGUAGES):
        raise Http404  # one that there is none of is no page to make and keep
    citation = _cited(edition, digest, request.GET.get("use", ""))
    if citation is None:
        return redirect("shown_copy", desk, number, digest)
    copy = shown_copies.cited_as(citation, copies)
    try:
        with _one_of_few():
            found = words_of(copy) if copy.is_whole() else None
    except _Busy:
        return _come_again()
    place = passages.find(citation.passage, found.text) if found and citation.passage else None
    start, end = (place.start, place.end) if place else (0, 0)
    part = _around(found, start) if found else None
    before = part[1] if part else 0
    context = {
        "edition": edition,
        "is_sample": edition.desk.is_sample,
        "claim_url": addresses.of_claim(edition),
        "citation": citation,
        "copy": citation.saved_copy,
        "passage": citation.passage,
        "is_whole": found is not None or copy.is_whole(),
        "is_shown": found is not None,
        "is_cut": part is not None and part[0].is_cut,
        "match": place.match.value if place else "",
        "match_words": MATCHES[place.match] if place else "",
        # Every tag in it is of ours, and every text escaped: formats.rendering.
        "words": mark_safe(part[0].html(start - before, end - before)) if part else "",  # noqa: S308
    }
    answer = render(request, "public/copy.html", context)
    # What others wrote is found where they wrote it.
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _come_again() -> HttpResponse:
    answer = HttpResponse(render_to_string("503.html", {"lost": "copies"}), status=503)
    answer["Retry-After"] = str(RETRY)
    add_never_cache_headers(answer)
    return answer


def _cited(edition: ClaimEdition, digest: str, use: str) -> Citation | None:
    """The citation of that number, counted from 1, or the first of the copy; None for another."""
    cited = [
        (number, each)
        for number, each in enumerate(edition.citations, 1)
        if each.saved_copy and each.saved_copy.sha256 == digest
    ]
    return next((each for number, each in cited if use in ("", str(number))), None)


def _around(found: Rendered, start: int) -> tuple[Rendered, int]:
    """What is shown of a long copy, and how many code points of it stand before."""
    if len(found.text) <= MOST:
        return found, 0
    first = max(0, start - MOST // 2)
    pieces: list[tuple[str, bool]] = []
    at = 0
    for words, is_tag in found.pieces:
        here, at = at, at if is_tag else at + len(words)
        if is_tag and first <= here <= first + MOST:
            pieces.append((words, True))
        elif not is_tag:
            pieces.append((words[max(0, first - here) : max(0, first + MOST - here)], False))
    return Rendered(tuple(each for each in pieces if each[0]), is_cut=True), first


def address_of(edition: ClaimEdition, digest: str, use: int) -> str:
    """Where readers open a copy at what the citation of that number quotes."""
    path = reverse("shown_copy", args=[edition.desk.slug, edition.claim.number, digest])
    return f"{path}?{urlencode({'use': use})}#passage"
