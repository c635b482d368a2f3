"""What an edition holds: plain data, typed. Imports nothing of ours, so that any layer may read it.

Nothing here is in the language of the moment: what has a name in every language is kept by its
code, and put into words when it is read. Dates of which a part may be missing ("2026-03") are
strings, as they were typed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

FORMAT = 3
"""The version of the shape that is stored. Raise it when the shape changes, add the step to
`reading`, and keep an edition of the shape before among tests/data/editions."""

RETRACTED = "retracted"
"""Stands as the reason for setting a claim aside where its verdict was taken back."""


@dataclass(frozen=True, slots=True)
class Desk:
    name: str
    slug: str
    organisation: str
    website: str
    is_sample: bool
    language: str
    logo: str
    data_licence: str


@dataclass(frozen=True, slots=True)
class Rating:
    slug: str
    label: str
    tone: str
    value: int | None
    definition: str


@dataclass(frozen=True, slots=True)
class Claimant:
    name: str
    description: str
    kind: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A claim's own words, and whose they are. `reports`: whose words the claimant passes on."""

    uuid: str
    number: int
    slug: str
    language: str
    claim_reviewed: str
    interpretation: str
    type: str
    claimant: Claimant | None
    reports: Claimant | None


@dataclass(frozen=True, slots=True)
class Verdict:
    number: int
    rating: Rating
    finding: str
    justification: str
    evidence_as_of: dt.date | None


@dataclass(frozen=True, slots=True)
class Source:
    title: str
    publisher: str
    url: str
    published_on: str
    is_confidential: bool
    """Somebody who is not named: the title says what readers may know."""
    leads_to: str
    """The address, as it is cited beside this one, of the document to which this one leads;
    empty where none is."""


@dataclass(frozen=True, slots=True)
class SavedCopy:
    at: dt.datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class Citation(Source):
    is_primary: bool
    stance: str
    passage: str
    locator: str
    note: str
    saved_copy: SavedCopy | None
    archived_at: str
    """Where a public archive says that its copy is; empty where none did."""


@dataclass(frozen=True, slots=True)
class Reply:
    addressee: str
    asked_on: dt.date | None
    answer: str


@dataclass(frozen=True, slots=True)
class Work:
    """An article that makes a claim, as the claim's edition names it."""

    title: str
    slug: str
    outlet: str
    topic: str
    url: str
    published_on: str
    language: str


@dataclass(frozen=True, slots=True)
class Appearance:
    """Words of an article that make the claim, when they were said, and where in its file."""

    exact: str
    said_on: str
    locator: str
    article: Work


def located(appearances: Iterable[Appearance]) -> list[str]:
    """Where in their file the words stand, each place once."""
    return list(dict.fromkeys(each.locator for each in appearances if each.locator))


@dataclass(frozen=True, slots=True)
class How:
    """How claims were checked, and through whom, as `provenance` derives it from the log."""

    claims: int
    annotations: int
    blind_annotations: int
    agreed: int
    adopted_by_policy: int
    left_out: tuple[str, ...]
    evidence_as_of: dt.date | None
    people_shown: str
    checked: tuple[str, ...]
    decided: tuple[str, ...]
    approved: tuple[str, ...]


Said = Any
"""What stood in a field: words, a list of [words, code] whose code has a name in every language, a
list of objects whose values stand under their names, or the stored form of a How. All of it JSON.

Until 2026-11-30 there were no such objects: their values stood in words, with English commas and
colons between them, and stand so where they were stored so."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference that readers can see: the field's key (`changes`), before and after.

    `language` is that of the words where it is not the desk's.
    """

    field: str
    before: Said
    after: Said
    language: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of a claim; told in an article, `claim` is the claim's position there."""

    claim: int | None
    edition: int
    kind: str
    why: str
    changes: tuple[Change, ...]
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Aside:
    """Why a claim is not rated: a SetAside or RETRACTED, and the words added to it."""

    why: str
    note: str


@dataclass(frozen=True, slots=True)
class ClaimInArticle(Wording):
    """A claim in an article's edition: rated or set aside.

    `sources` is None where the edition is from before it was kept which they are.
    """

    position: int
    verdict: Verdict | None
    set_aside: Aside | None
    citations: int
    sources: tuple[Source, ...] | None


@dataclass(frozen=True, slots=True)
class About:
    """What an edition says of its article beside the text."""

    uuid: str
    slug: str
    title: str
    outlet: str
    topic: str
    byline: str
    url: str
    published_on: str
    language: str
    why_selected: str
    public_text: str
    permission: str


@dataclass(frozen=True, slots=True)
class Revision:
    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Public words of a sentence; `start` counts code points of the revision's text."""

    number: int | None
    start: int
    text: str
    gap: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the revision makes the claim of this position, in code points."""

    claim: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ArticleEdition:
    number: int
    at: dt.datetime
    desk: Desk
    article: About
    revision: Revision
    paragraphs: tuple[Paragraph, ...]
    marks: tuple[Mark, ...]
    claims: tuple[ClaimInArticle, ...]
    how: How
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class ClaimEdition:
    """`appearances` stand in the order of `first`: those of one article together."""

    number: int
    at: dt.datetime
    desk: Desk
    claim: Wording
    verdict: Verdict
    scale: tuple[Rating, ...]
    citations: tuple[Citation, ...]
    replies: tuple[Reply, ...]
    appearances: tuple[Appearance, ...]
    how: How

    @property
    def works(self) -> list[Work]:
        """The articles that make the claim, each once, the first first."""
        return list({each.article.slug: each.article for each in self.appearances}.values())

    @property
    def first(self) -> Work | None:
        """The article that made the claim first: date, quote and parent page are taken from it."""
        works = self.works
        return works[0] if works else None

    @property
    def in_first(self) -> list[Appearance]:
        """Where the first article makes the claim."""
        first = self.first
        return [each for each in self.appearances if first and each.article.slug == first.slug]

    @property
    def said_on(self) -> str:
        """When the first article says that it was said; empty where it does not."""
        return next((each.said_on for each in self.in_first if each.said_on), "")

    @property
    def locators(self) -> list[str]:
        """Where in its file the first article says so: ["p. 3"], ["00:01:02"], if it is known."""
        return located(self.in_first)

    @property
    def quote(self) -> str:
        """The words of the first article that make the claim; fragments are parted."""
        return " […] ".join(each.exact for each in self.in_first)


@dataclass(frozen=True, slots=True)
class Stone:
    """That something was taken back: "withdrawn" or "retracted", why and when."""

    kind: str
    why: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stands where an edition was taken back. It is of an article or of a claim."""

    number: int
    at: dt.datetime
    desk: Desk
    article: About | None
    claim: Wording | None
    tombstone: Stone


AnyEdition = ArticleEdition | ClaimEdition | Tombstone


def name_of(edition: AnyEdition) -> str:
    """A claim's wording, or an article's title."""
    if isinstance(edition, ClaimEdition):
        return edition.claim.claim_reviewed
    if isinstance(edition, Tombstone) and edition.claim:
        return edition.claim.claim_reviewed
    return edition.article.title if edition.article else ""


def iso(moment: dt.datetime) -> str:
    """A moment for machines: ISO 8601, UTC, to the second, the same in every output."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def stored(edition: AnyEdition) -> dict[str, Any]:
    """The edition as JSON has it; what does not apply to a claim or a tombstone is left out.

    So is where the address of a source leads, if to none that is cited: nearly always.
    """
    found: dict[str, Any] = {"format": FORMAT} | _plain(asdict(edition))
    for source in _sources_in(found):
        if not source["leads_to"]:
            del source["leads_to"]
    if isinstance(edition, ArticleEdition):
        found["claims"] = [_without_none(claim) for claim in found["claims"]]
    return _without_none(found) if isinstance(edition, Tombstone) else found


def _sources_in(row: dict[str, Any]) -> Iterable[dict[str, Any]]:
    yield from row.get("citations", ())
    for claim in row.get("claims", ()):
        yield from claim["sources"] or ()


def stored_how(how: How) -> dict[str, Any]:
    plain: dict[str, Any] = _plain(asdict(how))
    return plain


def stored_change(change: Change) -> dict[str, Any]:
    plain: dict[str, Any] = _plain(asdict(change))
    return plain


def _without_none(row: dict[str, Any]) -> dict[str, Any]:
    optional = ("verdict", "set_aside", "sources", "article", "claim")
    kept = {k: v for k, v in row.items() if v is not None or k not in optional}
    if "position" in kept and "verdict" not in kept:
        kept.pop("citations")
    return kept


def _plain(value: Any) -> Any:
    """What JSON can hold: lists for tuples, ISO 8601 for dates and moments."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, dt.datetime):
        return iso(value)
    return value.isoformat() if isinstance(value, dt.date) else value
