"""What differs between two editions, by the key of each field that a reader could see.

All of it is data: the names of the keys, and of the codes among the values, are put into words when
they are read, and so is what stands between several values (docs/decisions/0116).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import content as c

Line = dict[str, Any]
"""One thing among several in a field, by the names of its values; the empty ones are left out."""

NOT_REPEATED = ("quote", "appearances", "marks")
"""Fields that hold an article's own words: that they changed is told, and not from what to what.
A correction stays for good, and the article may have to go."""


def changes(before: c.ClaimEdition, after: c.ClaimEdition) -> list[c.Change]:
    """What readers of a claim's page see another way now."""
    fields = CLAIM_FIELDS
    if _is_put_in_another_order(before, after):
        told = ("evidence", "source_details")
        fields = {key: of for key, of in fields.items() if key not in told}
        fields["source_order"] = _order
    return [
        _change(key, old, new)
        for key, of in fields.items()
        if (old := of(before)) != (new := of(after))
    ]


def _is_put_in_another_order(before: c.ClaimEdition, after: c.ClaimEdition) -> bool:
    """Whether both cite the same, and only the order is another."""
    was, now = (
        list(zip(_sources(edition), _source_details(edition), strict=True))
        for edition in (before, after)
    )
    return was != now and sorted(was, key=str) == sorted(now, key=str)


def _order(edition: c.ClaimEdition) -> list[Line]:
    """The documents and what is quoted of them, in order."""
    return [
        _line(title=each.title, locator=each.locator, passage=each.passage)
        for each in edition.citations
    ]


def _change(key: str, old: c.Said, new: c.Said, language: str = "") -> c.Change:
    return c.Change(key, "", "") if key in NOT_REPEATED else c.Change(key, old, new, language)


def _sources(edition: c.ClaimEdition) -> list[list[str]]:
    return [[each.title, each.stance] for each in edition.citations]


def _source_details(edition: c.ClaimEdition) -> list[Line]:
    return [
        _source_line(each)
        | _line(passage=each.passage, locator=each.locator, note=each.note)
        | _copy_line(each.saved_copy)
        | _line(archived_at=each.archived_at)
        for each in edition.citations
    ]


def _copy_line(copy: c.SavedCopy | None) -> Line:
    return _line(saved_on=f"{copy.at:%Y-%m-%d}", sha256=copy.sha256) if copy else {}


def _source_line(source: c.Source) -> Line:
    return _line(
        title=source.title,
        publisher=source.publisher,
        published_on=source.published_on,
        url=source.url,
        leads_to=source.leads_to,
        is_confidential=source.is_confidential,
    )


def _line(**values: Any) -> Line:
    """Nothing, "" and False are left out; 0 is a number like others."""
    return {
        name: value
        for name, value in values.items()
        if value or (value == 0 and value is not False)
    }


def _replies(edition: c.ClaimEdition) -> list[Line]:
    return [
        _line(addressee=each.addressee, asked_on=str(each.asked_on), answer=each.answer)
        for each in edition.replies
    ]


def _scale(edition: c.ClaimEdition) -> list[Line]:
    return [
        _line(label=each.label, value=each.value, definition=each.definition)
        for each in edition.scale
    ]


def _appearances(edition: c.ClaimEdition) -> list[list[str]]:
    """Everything that a page or its markup says of the articles, in their order."""
    return [
        [
            work.slug, work.title, work.outlet, work.topic, work.url, work.published_on,
            work.language,
        ]
        for work in edition.works
    ]  # fmt: skip


def _speaker(claimant: c.Claimant | None) -> tuple[str, str]:
    return (claimant.name, claimant.description) if claimant else ("", "")


def _reported(edition: c.ClaimEdition) -> list[Line]:
    name, description = _speaker(edition.claim.reports)
    return [_line(name=name, description=description)] if name else []


def _kinds(edition: c.ClaimEdition) -> list[list[str]]:
    people = (edition.claim.claimant, edition.claim.reports)
    return [[each.name, each.kind] for each in people if each]


def _desk(edition: c.ClaimEdition | c.ArticleEdition) -> list[Line]:
    desk = edition.desk
    return [
        _line(
            name=desk.organisation or desk.name,
            website=desk.website,
            logo=desk.logo,
            data_licence=desk.data_licence,
        )
    ]


def _languages(edition: c.ClaimEdition) -> list[list[str]]:
    return [["", code] for code in (edition.claim.language, edition.desk.language) if code]


CLAIM_FIELDS: dict[str, Callable[[c.ClaimEdition], Any]] = {
    "rating": lambda e: e.verdict.rating.label,
    "value": lambda e: "" if e.verdict.rating.value is None else str(e.verdict.rating.value),
    "definition": lambda e: e.verdict.rating.definition,
    "tone": lambda e: [["", e.verdict.rating.tone]],
    "finding": lambda e: e.verdict.finding,
    "justification": lambda e: e.verdict.justification,
    "evidence": _sources,
    "source_details": _source_details,
    "evidence_as_of": lambda e: str(e.verdict.evidence_as_of or ""),
    "claim_reviewed": lambda e: e.claim.claim_reviewed,
    "interpretation": lambda e: e.claim.interpretation,
    "claimant": lambda e: _speaker(e.claim.claimant)[0],
    "claimant_description": lambda e: _speaker(e.claim.claimant)[1],
    "reports": _reported,
    "claimant_kind": _kinds,
    "said_on": lambda e: e.said_on,
    "quote": lambda e: [[each.exact, each.said_on, each.locator] for each in e.appearances],
    "appearances": _appearances,
    "replies": _replies,
    "how": lambda e: c.stored_how(e.how),
    "scale": _scale,
    "desk": _desk,
    "language": _languages,
}
"""The fields of a claim's edition, in the order in which a change of each is told."""


def article_changes(before: c.ArticleEdition, after: c.ArticleEdition) -> list[c.Change]:
    """What readers of an article see another way now.

    With the language of what is the article's own; the other words are the desk's.
    """
    spoken = after.article.language
    found = [
        _change(key, old, new, spoken if key in ("title", "text", "headings") else "")
        for key, of in ARTICLE_FIELDS.items()
        if (old := of(before)) != (new := of(after))
    ]
    if (old := _titles(before)) != (new := _titles(after)) and _sources_kept(before, after):
        is_same = sorted(old, key=str) == sorted(new, key=str)
        found.append(c.Change("source_order" if is_same else "sources", old, new))
    was, now = _findings(before), _findings(after)
    found += [
        c.Change("claim", was.get(key, ""), now.get(key, ""))
        for key in {**now, **was}
        if was.get(key) != now.get(key)
    ]
    return found


def _text(edition: c.ArticleEdition) -> str:
    return "\n".join(
        " ".join(f"[…] {each.text}" if each.gap else each.text for each in paragraph.sentences)
        for paragraph in edition.paragraphs
    )


def _headings(edition: c.ArticleEdition) -> str:
    return "\n".join(
        sentence.text
        for paragraph in edition.paragraphs
        if paragraph.kind == "heading"
        for sentence in paragraph.sentences
    )


def _marked(edition: c.ArticleEdition) -> list[tuple[int, str]]:
    """The marked words that readers see, each with the number of its claim, in reading order."""
    sentences = [each for paragraph in edition.paragraphs for each in paragraph.sentences]
    return [
        (mark.claim, sentence.text[max(0, mark.start - sentence.start) : mark.end - sentence.start])
        for mark in edition.marks
        for sentence in sentences
        if mark.start < sentence.start + len(sentence.text) and mark.end > sentence.start
    ]


def _tones(edition: c.ArticleEdition) -> list[list[str]]:
    rated = [claim.verdict.rating for claim in edition.claims if claim.verdict]
    return [[rating.label, rating.tone] for rating in rated]


def _notes(edition: c.ArticleEdition) -> str:
    return "\n".join(claim.set_aside.note for claim in edition.claims if claim.set_aside)


def _counts(edition: c.ArticleEdition) -> list[Line]:
    """How many sources each rated claim cites, by its position."""
    return [
        {"claim": each.position, "citations": each.citations}
        for each in edition.claims
        if each.verdict
    ]


def _titles(edition: c.ArticleEdition) -> list[Line]:
    """The sources of an article's edition, each once, with who published them and when."""
    lines = [_source_line(source) for claim in edition.claims for source in claim.sources or ()]
    return list({tuple(line.items()): line for line in lines}.values())


def _sources_kept(*editions: c.ArticleEdition) -> bool:
    """Whether both keep which the sources are: what only the next one keeps is no change."""
    return all(
        claim.sources is not None
        for edition in editions
        for claim in edition.claims
        if claim.verdict and claim.citations
    )


def _findings(edition: c.ArticleEdition) -> dict[int, c.Said]:
    """Each claim of the article's edition in one line, by its number at the desk."""
    return {claim.number: _found(claim) for claim in edition.claims}


def _found(claim: c.ClaimInArticle) -> c.Said:
    if claim.verdict is None:
        return [[claim.claim_reviewed, claim.set_aside.why if claim.set_aside else ""]]
    verdict = claim.verdict
    return [
        _line(
            claim_reviewed=claim.claim_reviewed,
            rating=verdict.rating.label,
            finding=verdict.finding,
        )
    ]


def _shown_how(edition: c.ArticleEdition) -> dict[str, Any]:
    return c.stored_how(edition.how)


ARTICLE_FIELDS: dict[str, Callable[[c.ArticleEdition], Any]] = {
    "title": lambda e: e.article.title,
    "outlet": lambda e: e.article.outlet,
    "published_on": lambda e: e.article.published_on,
    "original": lambda e: e.article.url,
    "topic": lambda e: e.article.topic,
    "why_selected": lambda e: e.article.why_selected,
    "permission": lambda e: e.article.permission,
    "public_text": lambda e: [["", e.article.public_text]],
    "article_language": lambda e: [["", e.article.language]],
    "text": _text,
    "headings": _headings,
    "marks": _marked,
    "tone": _tones,
    "notes": _notes,
    "citations": _counts,
    "how": _shown_how,
    "desk": _desk,
}
"""The fields of an article's edition that are compared as they are."""
