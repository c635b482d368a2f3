"""The dossier of an article: all that readers were told of it and of its claims, in one document.

Where a claim's own edition is newer than the article's, the claim's is told, and that it is newer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from annotations import addresses
from annotations.editions import making
from annotations.editions.content import (
    RETRACTED,
    AnyEdition,
    ArticleEdition,
    Aside,
    Citation,
    ClaimEdition,
    ClaimInArticle,
    Tombstone,
    located,
)
from annotations.editions.reading import read, read_article
from annotations.formats.attached import Attached, sums
from annotations.formats.proof import edition_bytes
from annotations.listing import listed
from annotations.models import Edition
from annotations.queries import public_lists, publication
from annotations.queries.dossier import Published
from annotations.vocabulary import CorrectionKind

from . import evidence, telling
from .dates import when


@dataclass(frozen=True, slots=True)
class ClaimTold:
    """A claim as its newest edition tells it: `shown` in the article, `edition` of its own.

    Without an edition (opinions, what was retracted) the article's is all there is.
    """

    shown: ClaimInArticle
    edition: ClaimEdition | None
    article: str
    """The slug of the article that the dossier is of."""
    is_newer: bool
    """Whether its verdict came after the article's edition."""

    @property
    def tone(self) -> str:
        return telling.tone_of(self.shown)[0]

    @property
    def label(self) -> str:
        return telling.tone_of(self.shown)[1]

    @property
    def unrated(self) -> str:
        return telling.unrated(self.tone)

    @property
    def here(self) -> list[Any]:
        """Where this article makes it."""
        found = self.edition.appearances if self.edition else ()
        return [each for each in found if each.article.slug == self.article]

    @property
    def locator(self) -> str:
        return listed(located(self.here))

    @property
    def quote(self) -> str:
        return " […] ".join(each.exact for each in self.here)

    @property
    def said_on(self) -> str:
        return when(next((each.said_on for each in self.here if each.said_on), ""))

    @property
    def citations(self) -> list[dict[str, Any]]:
        return evidence.of_citations(self.edition.citations) if self.edition else []

    @property
    def replies(self) -> list[tuple[str, str, str]]:
        return [telling.reply(each) for each in self.edition.replies] if self.edition else []

    @property
    def how_checked(self) -> str:
        return telling.how_told(self.edition.how) if self.edition else ""

    @property
    def path(self) -> str:
        return addresses.of_claim(self.edition) if self.edition else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the record: what came out, when."""

    at: dt.datetime
    claim: int | None
    number: int
    words: str
    why: str


def dossier(published: Published, site: str) -> dict[str, Any]:
    """All that the document says, in the language of the moment. `site` begins its addresses."""
    stands = read_article(published.article.content)
    own = {key: read(row.content) for key, row in published.claims.items()}
    claims = [_told(shown, own.get(shown.uuid), stands) for shown in stands.claims]
    edition = replace(stands, claims=tuple(each.shown for each in claims))
    tally = publication.tally(edition)
    files = list(_files(published, claims))
    return {
        "desk": edition.desk,
        "about": edition.article,
        "permission": telling.sentence(edition.article.permission),
        "published_on": when(edition.article.published_on),
        "edition": edition,
        "address": f"{site}{addresses.of_article(edition)}",
        "site": site,
        "dek": telling.article_dek(tally),
        "tally": tally,
        "people": telling.people_named(edition.how),
        "how_checked": telling.how_told(edition.how),
        "reviewed": telling.reviewed(published.reviewed),
        "unrated": telling.unrated_reasons(edition),
        "rows": telling.rows(edition, preview=True),
        "claims": claims,
        "scale": next((each.edition.scale for each in claims if each.edition), ()),
        "corrections": _corrections(published, edition),
        "record": list(_record(published, edition)),
        "files": files,
        "sums": sums(files),
        "copies": _copies(claims),
    }


def _told(shown: ClaimInArticle, own: AnyEdition | None, within: ArticleEdition) -> ClaimTold:
    slug = within.article.slug
    if shown.verdict is None or own is None:
        return ClaimTold(shown, None, slug, is_newer=False)
    if isinstance(own, Tombstone):
        aside = Aside(RETRACTED, own.tombstone.why)
        gone = replace(shown, verdict=None, set_aside=aside, citations=0, sources=None)
        return ClaimTold(gone, None, slug, is_newer=False)
    assert isinstance(own, ClaimEdition)
    is_newer = own.verdict.number > shown.verdict.number
    newest = replace(
        shown,
        slug=own.claim.slug,
        claim_reviewed=own.claim.claim_reviewed,
        interpretation=own.claim.interpretation,
        claimant=own.claim.claimant,
        reports=own.claim.reports,
        verdict=own.verdict,
        citations=len(own.citations),
        sources=own.citations,
    )
    return ClaimTold(newest, own, slug, is_newer)


def _positions(edition: ArticleEdition) -> dict[str, int]:
    return {claim.uuid: claim.position for claim in edition.claims}


def _corrections(published: Published, edition: ArticleEdition) -> list[dict[str, Any]]:
    """Those that the article tells, and before them those that came since; newest first."""
    positions = _positions(edition)
    since = [
        making.correction(record, positions[str(row.claim.uuid)])
        for row in reversed(published.record)
        if row.claim and (record := public_lists.correction_of(row)) and record.at > edition.at
    ]
    # An edition keeps seconds, a row more: what the article tells is not told twice.
    told = {(each.claim, each.edition) for each in edition.corrections}
    fresh = [each for each in since if (each.claim, each.edition) not in told]
    return [telling.correction(each) for each in (*fresh, *edition.corrections)]


def _record(published: Published, edition: ArticleEdition) -> Iterator[Line]:
    positions = _positions(edition)
    for row in published.record:
        claim = positions[str(row.claim.uuid)] if row.claim else None
        words, why = _what(row)
        yield Line(row.published_at, claim, row.number, words, why)


def _what(row: Edition) -> tuple[str, str]:
    """What the edition was to readers, and why, where they were told."""
    if (record := public_lists.correction_of(row)) is not None:
        return str(CorrectionKind(record.kind).label), record.why
    if getattr(row, "is_stone", False):
        return _("Retracted"), ""
    return (_("First published.") if row.number == 1 else _("Published again.")), ""


def _files(published: Published, claims: list[ClaimTold]) -> Iterator[Attached]:
    """The editions that the dossier tells, each as the bytes that its proof of time is of."""
    row = published.article
    yield Attached(f"article-edition-{row.number}.json", edition_bytes(row.content))
    for claim in claims:
        if claim.edition:
            row = published.claims[claim.shown.uuid]
            name = f"claim-{claim.shown.position}-edition-{row.number}.json"
            yield Attached(name, edition_bytes(row.content))


def _copies(claims: list[ClaimTold]) -> list[Citation]:
    """The citations of which a copy was saved, each copy once."""
    cited = [citation for claim in claims if claim.edition for citation in claim.edition.citations]
    return list({each.saved_copy.sha256: each for each in cited if each.saved_copy}.values())
