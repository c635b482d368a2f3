"""The annotated article. It reads an edition, never work in progress."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations import addresses
from annotations.editions.content import (
    ArticleEdition,
    ClaimInArticle,
    Correction,
    How,
    Paragraph,
)
from annotations.editions.reading import read_article
from annotations.models import Edition
from annotations.queries import publication
from annotations.queries.publication import State
from annotations.text.layout import Piece, Span, pieces
from annotations.views.http import AnyRequest
from annotations.vocabulary import CorrectionKind, SetAside, Tone
from annotations.words.changed import changes_in_words
from annotations.words.dates import when
from annotations.words.people import how_checked, people

from . import evidence
from .common import (
    as_json,
    corrected_in_words,
    embed_code,
    gone,
    is_gone,
    report_address,
    with_translations,
)
from .serving import in_languages, public


def _is_preview_link(preview: bool, claim: ClaimInArticle, desk: str) -> str:
    """A claim's own page; none in a preview, where it may not exist yet."""
    if preview or not claim.slug:
        return ""
    return reverse("public_claim", args=[desk, claim.number, claim.slug])


@public(publication.article_states)
def article(request: AnyRequest, desk: str, slug: str) -> HttpResponse:
    row = publication.article_edition(desk, slug)
    if is_gone(row):
        return gone(request, row)
    return render_article(
        request,
        read_article(row.content),
        state=request.state,
        versions=publication.article_editions(row),
    )


@public(publication.article_states)
def article_json(request: AnyRequest, desk: str, slug: str) -> HttpResponse:
    """The newest edition as data; a sample says so first."""
    row = publication.article_edition(desk, slug)
    first = publication.article_editions(row)[-1]
    return as_json(request, row, first.published_at)


def render_article(
    request: AnyRequest,
    edition: ArticleEdition,
    *,
    preview: bool = False,
    state: State | None = None,
    versions: Sequence[Edition] = (),
    superseded_by: Edition | None = None,
) -> HttpResponse:
    """The page of an article's edition, or of a preview of it, from the edition alone."""
    about, desk = edition.article, edition.desk
    tally = publication.tally(edition)
    context = {
        "desk": desk,
        "is_sample": desk.is_sample,
        "indexable": not desk.is_sample and state is not None,
        "preview": preview,
        "edition": {
            "title": about.title,
            "number": edition.number,
            "published_at": edition.at,
            "dek": article_dek(tally),
            "outlet": about.outlet,
            "original_url": about.url,
            "published_on": when(about.published_on),
            "language": about.language,
            "public_text": about.public_text,
            "permission": _sentence(about.permission),
            "why_selected": about.why_selected,
        },
        "corrected": corrected_in_words(state, edition.corrections[:1]),
        "superseded_by": superseded_by,
        "being_reviewed": _reviewed(state.reviewed if state else 0),
        "people": _people(edition.how),
        "tally": tally,
        "rows": _rows(edition, preview),
        "unrated": _unrated(edition),
        "how_checked": _how(edition.how),
        "sources": evidence.of_claims(edition.claims),
        "corrections": [_correction(row) for row in edition.corrections],
        "versions": [
            {
                "number": row.number,
                "at": row.published_at,
                "url": reverse("public_edition", args=[desk.slug, about.slug, row.number]),
            }
            for row in versions
        ],
        "proof_url": ""
        if desk.is_sample or superseded_by or not versions
        else reverse("edition_proof", args=[versions[0].uuid]),
    }
    if not preview:
        context |= _links(request, edition)
    response = render(request, "public/article.html", context)
    if desk.is_sample:
        response["X-Robots-Tag"] = "noindex"
    return response


def _links(request: AnyRequest, edition: ArticleEdition) -> dict[str, Any]:
    """The page's own address in each language, and its other outputs."""
    path = addresses.of_article(edition)
    desk, slug = edition.desk.slug, edition.article.slug
    links = in_languages(request, path, request.state.language)
    return with_translations(request, links, "public_article", edition.article.language) | {
        "article_url": path,
        "report_url": report_address(edition),
        "method_url": reverse("public_about", args=[desk]),
        "annotations_url": ""
        if edition.desk.is_sample
        else addresses.of_article(edition, "web_annotations"),
        "card_url": ""
        if edition.desk.is_sample
        else request.build_absolute_uri(addresses.of_article(edition, "article_card")),
        "embed": embed_code(request, addresses.of_article(edition, "embed_article")),
        "json_url": addresses.of_article(edition, "public_article_json"),
        "compare_url": reverse("public_versions", args=[desk, slug]) if edition.number > 1 else "",
    }


def _unrated(edition: ArticleEdition) -> list[str]:
    """Why some marks carry no judgement, said once for each reason there is on the page."""
    tones = {claim.verdict.rating.tone for claim in edition.claims if claim.verdict}
    aside = {claim.set_aside.why for claim in edition.claims if claim.set_aside}
    told = []
    if Tone.UNCHECKABLE in tones or SetAside.NOT_CHECKABLE in aside:
        told.append(
            _(
                "Not checkable: nobody could show whether it is so. No record exists,"
                " or none that can be seen."
            )
        )
    if Tone.UNPROVEN in tones:
        told.append(
            _("Unproven: it could be checked, but the evidence found so far does not settle it.")
        )
    if SetAside.OPINION in aside:
        told.append(
            _("Opinion or prediction: a judgement or a look ahead cannot be true or false yet.")
        )
    return told


def _sentence(words: str) -> str:
    return words if not words or words.endswith((".", "!", "?")) else f"{words}."


def _reviewed(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "One claim of this edition is being looked at again. You read what was published.",
        "%(count)d claims of this edition are being looked at again. You read what was published.",
        count,
    ) % {"count": count}


def article_dek(tally: list[dict[str, Any]]) -> str:
    """What was done, in a few sentences, from the numbers."""
    checked = sum(part["count"] for part in tally if part["tone"] != "aside")
    retracted = sum(part["count"] for part in tally if part["is_retracted"])
    aside = sum(part["count"] for part in tally) - checked - retracted
    told = ngettext(
        "We checked one statement in this report.",
        "We checked %(count)d statements in this report.",
        checked,
    ) % {"count": checked}
    if retracted:
        told += " " + ngettext("One was retracted.", "%(count)d were retracted.", retracted) % {
            "count": retracted
        }
    if aside:
        told += " " + ngettext(
            "One was set aside, with the reason.",
            "%(count)d were set aside, with the reasons.",
            aside,
        ) % {"count": aside}
    return told


def _people(how: How) -> list[dict[str, str]]:
    did = (
        ("checked", _("Checked by")),
        ("decided", _("Decided by")),
        ("approved", _("Approved by")),
    )
    return [{"did": label, "names": people(how, key)} for key, label in did if getattr(how, key)]


def _how(how: How) -> str:
    told = how_checked(how)
    if how.evidence_as_of is not None:
        told += " " + _("Evidence is as of %(day)s.") % {"day": date_format(how.evidence_as_of)}
    return told


def _correction(row: Correction) -> dict[str, Any]:
    place = _("Claim %(number)d: ") % {"number": row.claim} if row.claim else ""
    return {
        "kind": CorrectionKind(row.kind).label,
        "at": row.at,
        "place": place,
        "why": row.why,
        "changes": changes_in_words(row.changes),
    }


def _rows(edition: ArticleEdition, preview: bool) -> list[dict[str, Any]]:
    """Paragraph by paragraph: its pieces, and the notes of the claims that end in it."""
    claims = {claim.position: claim for claim in edition.claims}
    spans = [Span(mark.start, mark.end, mark.claim) for mark in edition.marks]
    desk = edition.desk.slug
    begun: set[int] = set()
    noted: set[int] = set()
    rows = []
    for paragraph in _without_title(edition):
        row: dict[str, Any] = {
            "kind": paragraph.kind,
            "gap": paragraph.sentences[0].gap,
            "pieces": [],
            "notes": [],
        }
        for index, sentence in enumerate(paragraph.sentences):
            if index:
                row["pieces"].append(_plain(" […] " if sentence.gap else " "))
            for piece in pieces(sentence.text, sentence.start, spans):
                row["pieces"].append(
                    _piece(piece, claims, begun, noted, row["notes"], desk, preview)
                )
        rows.append(row)
    return rows


def _without_title(edition: ArticleEdition) -> tuple[Paragraph, ...]:
    """The paragraphs, without a first heading that only repeats the title above it."""
    paragraphs = edition.paragraphs
    if not paragraphs or paragraphs[0].kind != "heading":
        return paragraphs
    first = paragraphs[0].sentences[0]
    end = first.start + len(first.text)
    marked = any(mark.start < end for mark in edition.marks)
    same = first.text == edition.article.title and len(paragraphs[0].sentences) == 1
    return paragraphs[1:] if same and not marked else paragraphs


def _plain(text: str) -> dict[str, Any]:
    return {"text": text, "marks": [], "refs": []}


def _tone(claim: ClaimInArticle) -> tuple[str, str]:
    if claim.verdict is not None:
        return claim.verdict.rating.tone, claim.verdict.rating.label
    return "aside", publication.aside_label(claim.set_aside)


def _piece(
    piece: Piece,
    claims: dict[int, ClaimInArticle],
    begun: set[int],
    noted: set[int],
    notes: list[dict[str, Any]],
    desk: str,
    preview: bool,
) -> dict[str, Any]:
    numbers = list(dict.fromkeys(piece.claims))
    fresh = [number for number in numbers if number not in begun]
    begun.update(numbers)
    refs = []
    for number in dict.fromkeys(piece.ends):
        tone, label = _tone(claims[number])
        refs.append({"number": number, "tone": tone, "label": label, "again": number in noted})
        if number not in noted:
            notes.append(_note(claims[number], desk, preview))
        noted.add(number)
    return {
        "text": piece.text,
        "marks": numbers,
        "tone": _tone(claims[numbers[-1]])[0] if numbers else "",
        "first": fresh[0] if fresh else None,
        "refs": refs,
    }


def _note(claim: ClaimInArticle, desk: str, preview: bool) -> dict[str, Any]:
    tone, label = _tone(claim)
    note = claim.set_aside.note if claim.set_aside else ""
    return {
        "number": claim.position,
        "tone": tone,
        "label": label,
        "finding": claim.verdict.finding if claim.verdict else note or _("We do not rate this."),
        "sources": claim.citations if claim.verdict else 0,
        "url": _is_preview_link(preview, claim, desk) if claim.verdict else "",
    }
