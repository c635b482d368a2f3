"""What verdicts stand on, as editions hold it: sources, their copies, and where they lead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotations import models
from annotations.models import ArchiveRequest, Snapshot, Verdict
from annotations.text.archives import place_of
from annotations.text.documents import document_of

from . import content as c


def citations_of(verdict: Verdict) -> tuple[c.Citation, ...]:
    """All that the verdict cites, in its order."""
    cited = list(verdict.citations.select_related("source"))
    copies, archived, leads = _copies(verdict), _archived(verdict), leads_of(cited)
    return tuple(
        _citation(
            each,
            copies.get(each.source_id),
            archived.get(each.source.document, ""),
            leads[each.source_id],
        )
        for each in cited
    )


def leads_of(citations: Iterable[models.Citation]) -> dict[int, str]:
    """Where the address of each source leads, by its key: to one that is cited here, or nowhere.

    Nobody reads of a document that is not cited, so none is looked for. Several may lead to one
    that is not: they are one if they are called the same. To a wall, or to a page of errors, all
    addresses of a site lead. One may lead on through another, or two to each other: what was saved
    when tells of its own day alone. The last stands for all; in a circle, the first that is cited.
    """
    sources = list({each.source_id: each.source for each in citations}.values())
    first: dict[object, models.Source] = {}
    for each in sources:
        if each.document:
            first.setdefault(each.document, each)
    leads: dict[str, str] = {}
    for each in sources:
        if each.document and each.leads_to:
            called = (each.leads_to, " ".join(each.title.split()).casefold())
            to = first.get(each.leads_to) or first.setdefault(called, each)
            if to.document != each.document:
                leads.setdefault(each.document, to.document)
    order = [*first]
    found = {}
    for each in sources:
        end = _end(each.document, leads, order)
        found[each.pk] = first[end].url if end != each.document else ""
    return found


def _end(document: str, leads: dict[str, str], order: Sequence[object]) -> str:
    """Where one comes to from a document, by what each leads to."""
    passed = [document]
    while (to := leads.get(passed[-1])) is not None:
        if to in passed:
            return min(passed[passed.index(to) :], key=order.index)
        passed.append(to)
    return passed[-1]


def source_of(source: models.Source, leads_to: str) -> c.Source:
    return c.Source(
        source.title,
        source.publisher,
        source.url,
        source.published_on,
        source.is_confidential,
        leads_to,
    )


def _citation(
    citation: models.Citation, copy: Snapshot | None, archived: str, leads_to: str
) -> c.Citation:
    """A citation, with the date and hash of the saved copy: the copy itself stays inside."""
    source = citation.source
    return c.Citation(
        title=source.title,
        publisher=source.publisher,
        url=source.url,
        published_on=source.published_on,
        is_confidential=source.is_confidential,
        leads_to=leads_to,
        is_primary=source.is_primary,
        stance=citation.stance,
        passage=citation.passage,
        locator=citation.locator,
        note=citation.note,
        saved_copy=c.SavedCopy(copy.taken_at, copy.sha256) if copy else None,
        archived_at=archived,
    )


def _copies(verdict: Verdict) -> dict[int, Snapshot]:
    """The newest saved copy of each source the verdict stands on, by the source's key.

    None of what a confidential source gave: whoever has the document, perhaps each copy of it a
    little different, could find from the hash which one was given to us.
    """
    newest = (
        Snapshot.objects.filter(source__citations__verdict=verdict, source__is_confidential=False)
        .order_by("source_id", "-taken_at")
        .distinct("source_id")
        .only("source", "sha256", "taken_at")
    )
    return {copy.source_id: copy for copy in newest}


def _archived(verdict: Verdict) -> dict[str, str]:
    """Where public archives say that they have what the verdict stands on, by the document.

    Of a page that was saved by several, the first. What is no public archive's address of this
    very page is left out, whoever said it.
    """
    cited = list(verdict.citations.values_list("source__document", flat=True))
    rows = ArchiveRequest.objects.filter(
        source__desk=verdict.claim.desk_id, source__document__in=[each for each in cited if each]
    )
    told = rows.exclude(archived_url="").order_by("-finished_at", "-pk")
    found: dict[str, str] = {}
    for document, address in told.values_list("source__document", "archived_url"):
        place = place_of(address)
        if place.archived_at and document_of(place.url) == document:
            found[document] = address
    return found
