"""Editions without what was taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from . import content as c


def tombstone(
    last: c.AnyEdition, kind: str, why: str, *, number: int, at: dt.datetime
) -> c.Tombstone:
    """What stands where an edition was taken back: what it was, when and why; none of its content.

    `kind` is "withdrawn" or "retracted".
    """
    return c.Tombstone(
        number=number,
        at=at,
        desk=last.desk,
        article=getattr(last, "article", None),
        claim=getattr(last, "claim", None),
        tombstone=c.Stone(kind, why, at),
    )


def without_verdict(
    last: c.ArticleEdition, claim: str, retraction: c.Correction, *, number: int, at: dt.datetime
) -> c.ArticleEdition:
    """An article's edition as readers have it, but for one verdict that was taken back.

    `claim` is the claim's UUID.
    """
    aside = c.Aside(c.RETRACTED, retraction.why)
    claims = tuple(
        replace(shown, verdict=None, citations=0, sources=None, set_aside=aside)
        if shown.uuid == claim
        else shown
        for shown in last.claims
    )
    position = next((shown.position for shown in claims if shown.uuid == claim), None)
    told = replace(retraction, claim=position)
    return replace(last, number=number, at=at, claims=claims, corrections=(told, *last.corrections))


def without_article(
    last: c.ClaimEdition, slug: str, *, number: int, at: dt.datetime
) -> c.ClaimEdition:
    """A claim's edition as readers have it, with no word of the article of this slug."""
    left = tuple(each for each in last.appearances if each.article.slug != slug)
    return replace(last, number=number, at=at, appearances=left)
