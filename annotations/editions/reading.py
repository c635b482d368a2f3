"""Stored editions read into their types, whatever format they were stored in.

Format 1 was the shape's name from the first day until 2026-11-28, while the shape grew: all that
came later is made up for here, and nowhere else. Format 3 (2026-11-29) says of a source whether it
is confidential. tests/data/editions holds one of each shape.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, TypeVar

from annotations.text.dates import day_of, is_day

from . import content as c

T = TypeVar("T")

Row = dict[str, Any]


def read(row: Row) -> c.AnyEdition:
    """The edition that is stored as `row`. Raises KeyError for what was never an edition."""
    if "tombstone" in row:
        return _tombstone(row)
    return _claim_edition(row) if "claim" in row else _article_edition(row)


def read_claim(row: Row) -> c.ClaimEdition:
    """As `read`, where it is known that a claim stands there. Raises TypeError for others."""
    edition = read(row)
    if not isinstance(edition, c.ClaimEdition):
        raise TypeError(f"not a claim's edition: {type(edition).__name__}")
    return edition


def read_article(row: Row) -> c.ArticleEdition:
    """As `read_claim`, for an article."""
    edition = read(row)
    if not isinstance(edition, c.ArticleEdition):
        raise TypeError(f"not an article's edition: {type(edition).__name__}")
    return edition


def changes(rows: Iterable[Row]) -> tuple[c.Change, ...]:
    """The stored changes of a correction. Format 1 kept the field's name in some language."""
    return tuple(
        _fill(c.Change, row, field=KEYS_OF_FORMAT_1.get(row["field"], row["field"])) for row in rows
    )


KEYS_OF_FORMAT_1 = {
    name: key
    for key, names in {
        "rating": ("Rating", "Évaluation", "التقييم"),
        "finding": ("Finding", "Conclusion", "النتيجة"),
        "justification": ("Reasoning", "Raisonnement", "التعليل"),
        "evidence": ("Evidence", "Preuves", "الأدلة"),
        "claim_reviewed": ("Claim", "Affirmation", "الادعاء"),
        "interpretation": ("How we read it", "Comment nous la comprenons", "كيف نفهمه"),
        "claimant": ("Claimant", "Auteur de l’affirmation", "صاحب الادعاء"),
    }.items()
    for name in names
}
"""The names that format 1 gave to fields, in the languages of the public pages, and their keys."""


def _fill(kind: type[T], row: Row, **made: Any) -> T:
    """The dataclass, from what is made and the fields of the same names in the row."""
    names = {field.name for field in fields(kind)} - made.keys()  # type: ignore[arg-type]
    return kind(**made, **{name: row[name] for name in names & row.keys()})


def _moment(value: str) -> dt.datetime:
    """To the second, as every output tells it. Format 1 kept milliseconds."""
    return dt.datetime.fromisoformat(value).replace(microsecond=0)


def _claim_edition(row: Row) -> c.ClaimEdition:
    appearances = [_appearance(each) for each in row["appearances"]]
    return c.ClaimEdition(
        number=row["number"],
        at=_moment(row["at"]),
        desk=_desk(row["desk"]),
        claim=_wording(row["claim"], appearances[0].article.language if appearances else ""),
        verdict=_verdict(row["verdict"]),
        scale=tuple(_fill(c.Rating, each) for each in row["scale"]),
        citations=tuple(_citation(each) for each in row["citations"]),
        # Kept since 2026-11-25.
        replies=tuple(
            _fill(c.Reply, each, asked_on=day_of(each["asked_on"]))
            for each in row.get("replies", ())
        ),
        appearances=tuple(
            appearances if row["format"] >= 2 else in_order(reversed_works(appearances))
        ),
        how=_how(row["how"]),
    )


def _article_edition(row: Row) -> c.ArticleEdition:
    language = row["article"]["language"]
    return c.ArticleEdition(
        number=row["number"],
        at=_moment(row["at"]),
        desk=_desk(row["desk"]),
        article=_about(row["article"]),
        revision=_fill(c.Revision, row["revision"]),
        paragraphs=tuple(
            c.Paragraph(each["kind"], tuple(_fill(c.Sentence, one) for one in each["sentences"]))
            for each in row["paragraphs"]
        ),
        marks=tuple(_fill(c.Mark, each) for each in row["marks"]),
        claims=tuple(_claim_in_article(each, language) for each in row["claims"]),
        how=_how(row["how"]),
        corrections=tuple(
            _fill(c.Correction, each, changes=changes(each["changes"]), at=_moment(each["at"]))
            for each in row["corrections"]
        ),
    )


def _tombstone(row: Row) -> c.Tombstone:
    stone = row["tombstone"]
    return c.Tombstone(
        number=row["number"],
        at=_moment(row["at"]),
        desk=_desk(row["desk"]),
        article=_about(row["article"]) if "article" in row else None,
        claim=_wording(row["claim"], "") if "claim" in row else None,
        tombstone=_fill(c.Stone, stone, at=_moment(stone["at"])),
    )


def _desk(row: Row) -> c.Desk:
    """Language since 2026-11-24; logo and licence since 2026-11-25."""
    return _fill(c.Desk, {"language": "", "logo": "", "data_licence": ""} | row)


def _about(row: Row) -> c.About:
    """The topic since 2026-11-25."""
    return _fill(c.About, {"topic": ""} | row)


def _wording(row: Row, language: str) -> c.Wording:
    """A claim's language since 2026-11-25; before that it was the article's."""
    return _fill(c.Wording, {"language": language} | row, **_people(row))


def _people(row: Row) -> dict[str, c.Claimant | None]:
    return {
        name: _fill(c.Claimant, row[name]) if row[name] else None
        for name in ("claimant", "reports")
    }


def _verdict(row: Row) -> c.Verdict:
    """An article's edition keeps the reasoning since 2026-11-25."""
    return _fill(
        c.Verdict,
        {"justification": ""} | row,
        rating=_fill(c.Rating, row["rating"]),
        evidence_as_of=day_of(row["evidence_as_of"]),
    )


def _citation(row: Row) -> c.Citation:
    """The saved copy since 2026-11-25; where an archive has it since 2026-11-29, and where its
    address leads since 2026-11-30, if to another that is cited."""
    copy = row.get("saved_copy")
    saved = _fill(c.SavedCopy, copy, at=_moment(copy["at"])) if copy else None
    return _fill(c.Citation, OPEN_SOURCE | {"archived_at": ""} | row, saved_copy=saved)


OPEN_SOURCE: Row = {"is_confidential": False, "leads_to": ""}
"""Before format 3 no source was confidential; few lead to another."""


def _source(row: Row) -> c.Source:
    return _fill(c.Source, OPEN_SOURCE | row)


def _appearance(row: Row) -> c.Appearance:
    """Where in its file since 2026-11-29."""
    return _fill(
        c.Appearance, {"locator": ""} | row, article=_fill(c.Work, {"topic": ""} | row["article"])
    )


def _claim_in_article(row: Row, language: str) -> c.ClaimInArticle:
    """Which the sources are since 2026-11-25; before that, how many, also of what was retracted."""
    aside = row.get("set_aside")
    cited: Row = {"citations": 0, "sources": None} | (row if "verdict" in row else {})
    sources = cited["sources"]
    return _fill(
        c.ClaimInArticle,
        {"language": language} | row,
        **_people(row),
        verdict=_verdict(row["verdict"]) if "verdict" in row else None,
        set_aside=_fill(c.Aside, aside) if aside else None,
        citations=cited["citations"],
        sources=None if sources is None else tuple(map(_source, sources)),
    )


def _how(row: Row) -> c.How:
    """The first shape counted blind annotations alone; what was left out came next, then roles."""
    before = {
        "annotations": row["blind_annotations"],
        "left_out": (),
        "people_shown": "names",
    }
    whole = before | row
    lists = {name: tuple(whole[name]) for name in ("left_out", "checked", "decided", "approved")}
    return _fill(c.How, whole, evidence_as_of=day_of(row["evidence_as_of"]), **lists)


def how(row: Row) -> c.How:
    """How claims were checked, from its stored form."""
    return _how(row)


def in_order(appearances: Iterable[c.Appearance]) -> list[c.Appearance]:
    """The appearances, those of the article first that made the claim first.

    `appearances` come in the order in which the desk published the articles. Where every article
    says on what day it was published, the days decide; where one does not, nobody can know.
    """
    found = list(appearances)
    if all(is_day(each.article.published_on) for each in found):
        found.sort(key=lambda each: each.article.published_on)
    return found


def reversed_works(appearances: Iterable[c.Appearance]) -> list[c.Appearance]:
    """Format 1 named the article last that came first; marks of one article in reading order."""
    found = list(appearances)
    slugs = list(dict.fromkeys(each.article.slug for each in found))
    return sorted(found, key=lambda each: -slugs.index(each.article.slug))
