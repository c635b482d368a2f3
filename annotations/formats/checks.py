"""Published checks, for systems that gather and match them: one check a line of JSON Lines.

A check is its page's ClaimReview (`claimreview`), with what such systems ask for beside it under
names of their own: an identifier, headline, summary and keywords as Meedan Check's Fetch has them;
the words as they were said, the party who said them, the evidence, topics and archived copies as
sets for crises have them. What was taken back has a line too, with no word of it, so that whoever
has the check can take it out. Made of editions alone. Knows no model.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotations.editions.content import (
    Citation,
    Claimant,
    ClaimEdition,
    Correction,
    Tombstone,
    Work,
    iso,
)
from annotations.formats.cited import shown
from annotations.formats.claimreview import author, copies_in, known, review_of
from annotations.formats.markup import line_in_words, plain
from annotations.text.archives import Copies
from annotations.text.dates import for_machines

FORMAT = "factcheck-check-1"
"""Stands in each line. Another name where a field that was there means something else."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an edition does not say of itself: addresses, and what came before it.

    `corrections` are the claim's, the newest first; `logo` and `image` may be empty.
    """

    url: str
    first_published: dt.datetime
    corrections: Sequence[Correction] = ()
    logo: str = ""
    image: str = ""


def check(edition: ClaimEdition | Tombstone, told: Told) -> dict[str, Any]:
    """The edition as a line of the format; `SCHEMA` says what stands under which name."""
    return _standing(edition, told) if isinstance(edition, ClaimEdition) else _gone(edition, told)


def _standing(edition: ClaimEdition, told: Told) -> dict[str, Any]:
    review = review_of(edition, url=told.url, first_published=told.first_published, logo=told.logo)
    # It is no JSON-LD: what stands beside the review has no meaning in schema.org.
    del review["@context"]
    cited, copies = edition.citations, copies_in(edition)
    topics = list(dict.fromkeys(w.topic for w in edition.works))
    topics = [topic for topic in topics if topic]
    return review | known(
        {
            "format": FORMAT,
            "identifier": edition.claim.uuid,
            "status": "corrected" if told.corrections else "published",
            "isSample": edition.desk.is_sample or None,
            "edition": edition.number,
            "headline": review["name"],
            "text": line_in_words(edition.verdict.finding),
            "image": told.image,
            "keywords": ", ".join(topics),
            "topics": topics,
            "claimLanguage": edition.claim.language,
            "interpretation": plain(edition.claim.interpretation),
            "nativeWording": _native(edition),
            "party": _party(edition.claim.claimant),
            "reportedParty": _party(edition.claim.reports),
            "claimedOn": for_machines(edition.said_on),
            "archivedAt": _archived(edition.works, copies),
            "evidences": [
                _evidence(each, of, copies) for each, of in zip(cited, shown(cited), strict=True)
            ],
            "evidenceAsOf": _day(edition.verdict.evidence_as_of),
            "corrections": [_correction(each) for each in told.corrections],
        }
    )


def _gone(edition: Tombstone, told: Told) -> dict[str, Any]:
    """That a check was taken back, why and when. It is no ClaimReview any more."""
    assert edition.claim is not None, "an article's tombstone is no check"
    stone = edition.tombstone
    return known(
        {
            "format": FORMAT,
            "identifier": edition.claim.uuid,
            "status": stone.kind,
            "isSample": edition.desk.is_sample or None,
            "edition": edition.number,
            "url": told.url,
            "author": author(edition.desk, edition.desk.logo or told.logo),
            "inLanguage": edition.desk.language,
            "datePublished": iso(told.first_published),
            "dateModified": iso(edition.at),
            "takenBack": known({"why": stone.why, "at": iso(stone.at)}),
        }
    )


def _native(edition: ClaimEdition) -> dict[str, Any]:
    """The words as the first article has them, in its language; nothing where none has them."""
    first = edition.first
    if first is None or not edition.quote:
        return {}
    return known({"text": edition.quote, "inLanguage": first.language})


def _party(claimant: Claimant | None) -> dict[str, Any]:
    if claimant is None:
        return {}
    named = {"name": claimant.name, "kind": claimant.kind, "description": claimant.description}
    return known(named)


def _archived(works: Sequence[Work], copies: Copies) -> str:
    """Where everybody can open a copy of the first article of which there is one."""
    return next(filter(None, (copies.place(work.url).archived_at for work in works)), "")


def _evidence(citation: Citation, of: Citation, copies: Copies) -> dict[str, Any]:
    """A use of a document, of which `of` is what readers are shown."""
    place, copy = copies.place(of.url), citation.saved_copy
    return known(
        {
            "title": of.title,
            "publisher": of.publisher,
            "url": place.url,
            "archivedAt": place.archived_at,
            "datePublished": for_machines(of.published_on),
            "stance": citation.stance,
            "passage": citation.passage,
            "locator": citation.locator,
            "note": citation.note,
            "isPrimary": citation.is_primary,
            "isConfidential": citation.is_confidential,
            "savedAt": iso(copy.at) if copy else "",
            "savedSha256": copy.sha256 if copy else "",
        }
    )


def _correction(correction: Correction) -> dict[str, Any]:
    told = {"kind": correction.kind, "why": correction.why, "edition": correction.edition}
    return known(told | {"at": iso(correction.at)})


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


# --- the schema ---


def _words(description: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "description": description, **more}


def _things(description: str, of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": of, "description": description}


def _thing(description: str, required: Sequence[str], /, **fields: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "properties": fields,
        "required": list(required),
        "additionalProperties": False,
    }


def _of_schema_org(description: str) -> dict[str, Any]:
    return {"type": "object", "description": f"{description}, as schema.org has it."}


_ADDRESS: dict[str, Any] = {"format": "uri", "pattern": "^https?://"}
_MOMENT: dict[str, Any] = {"format": "date-time"}
_PARTIAL: dict[str, Any] = {"pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
_TAKEN_BACK = ("retracted", "withdrawn")

_PARTY = {
    "name": _words("Its name."),
    "kind": {"enum": ["person", "organisation", "outlet"]},
    "description": _words("Who that is: an office, a role."),
}

_EVIDENCE = _thing(
    "One use of a source. Of a confidential one stands here what readers may know, and no address.",
    ("title", "stance", "isPrimary", "isConfidential"),
    title=_words("What it is called."),
    publisher=_words("Who published it."),
    url=_words("Its web address.", **_ADDRESS),
    archivedAt=_words("Where everybody can open an archived copy of it.", **_ADDRESS),
    datePublished=_words("When it was published; a part of the date perhaps.", **_PARTIAL),
    stance={
        "enum": ["supports", "contradicts", "context"],
        "description": "How it stands to the claim.",
    },
    passage=_words("The words relied on, as they stand in it."),
    locator=_words("Page, paragraph or time."),
    note=_words("What the desk says of it."),
    isPrimary={"type": "boolean", "description": "The document, data or recording itself."},
    isConfidential={"type": "boolean", "description": "Somebody who is not named."},
    savedAt=_words("When the desk saved a copy, which stays at the desk.", **_MOMENT),
    savedSha256=_words("The SHA-256 of that copy.", pattern="^[0-9a-f]{64}$"),
)

_CORRECTION = _thing(
    "A public correction.",
    ("kind", "why", "edition", "at"),
    kind={"enum": ["correction", "clarification", "update", "retraction"]},
    why=_words("What readers were told."),
    edition={"type": "integer", "minimum": 1, "description": "The edition it brought about."},
    at=_words("When.", **_MOMENT),
)

PROPERTIES: dict[str, dict[str, Any]] = {
    "format": {"const": FORMAT, "description": "The name and version of the format."},
    "@type": {"const": "ClaimReview", "description": "Missing where the check was taken back."},
    "identifier": _words("The claim's own, which never changes.", format="uuid"),
    "status": {
        "enum": ["published", "corrected", *_TAKEN_BACK],
        "description": "Whether it stands, stands corrected, or was taken back.",
    },
    "isSample": {"const": True, "description": "It only shows how the system works: no finding."},
    "edition": {"type": "integer", "minimum": 1, "description": "The number of the edition."},
    "url": _words("The check's own page.", **_ADDRESS),
    "name": _words("Rating and claim."),
    "headline": _words("The title: the same as `name`."),
    "text": _words("The summary: the finding."),
    "claimReviewed": _words("The claim in the desk's words."),
    "claimLanguage": _words("The language of the claim."),
    "interpretation": _words("How the desk reads the claim."),
    "inLanguage": _words("The language of the check."),
    "image": _words("A picture to share.", **_ADDRESS),
    "keywords": _words("The topics, parted by commas."),
    "topics": _things("The topics of the articles that make the claim.", {"type": "string"}),
    "author": _of_schema_org("The organisation that checked"),
    "datePublished": _words("When the first edition came out.", **_MOMENT),
    "dateModified": _words("When this edition came out.", **_MOMENT),
    "reviewRating": _of_schema_org(
        "The rating: its label (`alternateName`), what was found (`ratingExplanation`), and where"
        " it has one its number with the best and the worst"
    ),
    "reviewBody": _words("The reasoning, in plain words."),
    "itemReviewed": _of_schema_org("The claim: who makes it, when, and where it appears"),
    "isBasedOn": _things("The sources, each once.", _of_schema_org("A source")),
    "sdLicense": _words("Under which licence these data are."),
    "nativeWording": _thing(
        "The words of the first article, in their own language; where they are fragments, they are"
        " parted by […].",
        ("text",),
        text=_words("The words."),
        inLanguage=_words("Their language."),
    ),
    "party": _thing("Who makes the claim.", ("name",), **_PARTY),
    "reportedParty": _thing("Whose words the party passes on.", ("name",), **_PARTY),
    "claimedOn": _words("When it was said; a part of the date perhaps.", **_PARTIAL),
    "archivedAt": _words(
        "Where everybody can open an archived copy of an article that makes the claim.", **_ADDRESS
    ),
    "evidences": _things("What the verdict stands on, in the order of the page.", _EVIDENCE),
    "evidenceAsOf": _words("The day up to which evidence was looked for.", format="date"),
    "corrections": _things("The claim's corrections, the newest first.", _CORRECTION),
    "takenBack": _thing(
        "Why and when the check was taken back.",
        ("at",),
        why=_words("What readers are told."),
        at=_words("When.", **_MOMENT),
    ),
}
"""Each field of a line. What is empty or not known is left out."""

_ALWAYS = ["format", "identifier", "status", "edition", "url", "author", "datePublished"]
_ALWAYS += ["dateModified"]
_OF_STANDING = ["@type", "name", "headline", "claimReviewed", "reviewRating", "itemReviewed"]
_OF_GONE = [*_ALWAYS, "isSample", "inLanguage", "takenBack"]


def schema(address: str = "") -> dict[str, Any]:
    """The JSON Schema of a line; `address` is where it is published."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"$id": address} if address else {}),
        "title": f"A line of {FORMAT}",
        "description": "JSON Lines, UTF-8: one published check a line.",
        "type": "object",
        "properties": PROPERTIES,
        "required": _ALWAYS,
        "additionalProperties": False,
        "if": {"properties": {"status": {"enum": list(_TAKEN_BACK)}}},
        "then": {"propertyNames": {"enum": _OF_GONE}, "required": ["takenBack"]},
        "else": {"required": _OF_STANDING, "not": {"required": ["takenBack"]}},
    }
