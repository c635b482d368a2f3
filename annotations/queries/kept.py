"""The saved copies behind an article's claims, as far as a person may see them."""

from __future__ import annotations

from collections.abc import Iterator

from annotations import blobs, saved
from annotations.capture import recording
from annotations.formats.wacz import Copy
from annotations.models import Article, Citation, Claim, Snapshot, Source, User


def copies_of(article: Article, person: User) -> Iterator[Copy]:
    """Each saved copy of what the claims of the article stand on; what is damaged is left out.

    So is what a confidential source gave: these files go to people outside of the desk.
    It is read through what the person may see, and noted as seen.
    """
    claims = Claim.objects.made_in(article).values("pk")
    # Asked one after the other, each by an index: in one condition, all citations would be read.
    answered = Citation.objects.shown_where(person, annotation__assignment__claim__in=claims)
    decided = Citation.objects.shown_where(person, verdict__claim__in=claims)
    keys = {row.source_id for row in (*answered, *decided)}
    sources = Source.objects.shown_where(person, pk__in=keys, is_confidential=False)
    names = {row.pk: row for row in sources}
    copies = Snapshot.objects.shown_where(person, source__in=names).order_by("taken_at", "pk")
    for copy in copies:
        source = names[copy.source_id]
        address = source.url or f"urn:uuid:{copy.uuid}"
        if (warc := _warc_of(copy, address)) is not None:
            yield Copy(source.title, warc)


def _warc_of(copy: Snapshot, address: str) -> bytes | None:
    """The WARC file of its fetching, or one of its bytes; None for damaged ones."""
    warc = saved.warc_of(copy)
    try:
        if warc:
            return blobs.read(warc)
        if not copy.is_whole():
            return None
        data = b"".join(copy.pieces())
    except (blobs.Missing, blobs.Altered):
        return None
    return recording.resource(address, data, copy.media_type, copy.taken_at, copy.uuid)
