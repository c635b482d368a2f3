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
from annotations.editions import aside_label
from annotations.models import Edition
from annotations.queries import publication
from annotations.queries.publication import State
from annotations.text.layout import Piece, Span, pieces
from annotations.views.http import AnyRequest
from annotations.vocabulary import CorrectionKind, SetAside, Tone
from annotations.words.people import how_checked, people

from .common import (
    as_json,
    changes_in_words,
    corrected_in_words,
    day_of,
    embed_code,
    gone,
    is_gone,
    moment_of,
    report_address,
    when,
    where_from,
    with_translations,
)
from .serving import in_languages, public


def _is_preview_link(preview: bool, claim: dict[str, Any], desk: str) -> str:
    """A claim's own page; none in a preview, where it may not exist yet."""
    if preview or not claim["slug"]:
        return ""
    return reverse("public_claim", args=[desk, claim["number"], claim["slug"]])


@public(publication.article_states)
def article(request: AnyRequest, desk: str, slug: str) -> HttpResponse:
    edition = publication.article_edition(desk, slug)
    if is_gone(edition):
        return gone(request, edition)
    return render_article(
        request,
        edition.content,
        state=request.state,
        versions=publication.article_editions(edition),
    )


@public(publication.article_states)
def article_json(request: AnyRequest, desk: str, slug: str) -> HttpResponse:
    """The newest edition as data; a sample says so first."""
    return as_json(request, publication.article_edition(desk, slug))


def render_article(
    request: AnyRequest,
    content: dict[str, Any],
    *,
    preview: bool = False,
    state: State | None = None,
    versions: Sequence[Edition] = (),
    superseded_by: Edition | None = None,
) -> HttpResponse:
    """The page of an article's edition, or of a preview of it, from its content alone."""
    about, desk = content["article"], content["desk"]
    tally = publication.tally(content)
    context = {
        "desk": desk,
        "is_sample": desk["is_sample"],
        "indexable": not desk["is_sample"] and state is not None,
        "preview": preview,
        "edition": {
            "title": about["title"],
            "number": content["number"],
            "published_at": moment_of(content["at"]),
            "dek": article_dek(content, tally),
            "outlet": about["outlet"],
            "original_url": about["url"],
            "published_on": when(about["published_on"]),
            "language": about["language"],
            "public_text": about["public_text"],
            "permission": _sentence(about["permission"]),
            "why_selected": about["why_selected"],
        },
        "corrected": corrected_in_words(state, content["corrections"][:1]),
        "superseded_by": superseded_by,
        "being_reviewed": _reviewed(state.reviewed if state else 0),
        "people": _people(content["how"]),
        "tally": tally,
        "rows": _rows(content, preview),
        "unrated": _unrated(content),
        "how_checked": _how(content["how"]),
        "sources": _sources(content),
        "corrections": [_correction(row) for row in content["corrections"]],
        "versions": [
            {
                "number": row.number,
                "at": row.published_at,
                "url": reverse("public_edition", args=[desk["slug"], about["slug"], row.number]),
            }
            for row in versions
        ],
    }
    if not preview:
        context |= _links(request, content)
    response = render(request, "public/article.html", context)
    if desk["is_sample"]:
        response["X-Robots-Tag"] = "noindex"
    return response


def _links(request: AnyRequest, content: dict[str, Any]) -> dict[str, Any]:
    """The page's own address in each language, and its other outputs."""
    path = addresses.of_article(content)
    desk, slug = content["desk"]["slug"], content["article"]["slug"]
    links = in_languages(request, path, request.state.language)
    return with_translations(request, links, "public_article", content["article"]["language"]) | {
        "article_url": path,
        "report_url": report_address(content),
        "method_url": reverse("public_about", args=[desk]),
        "annotations_url": ""
        if content["desk"]["is_sample"]
        else addresses.of_article(content, "web_annotations"),
        "card_url": ""
        if content["desk"]["is_sample"]
        else request.build_absolute_uri(addresses.of_article(content, "article_card")),
        "embed": embed_code(request, addresses.of_article(content, "embed_article")),
        "json_url": addresses.of_article(content, "public_article_json"),
        "compare_url": reverse("public_versions", args=[desk, slug])
        if content["number"] > 1
        else "",
    }


def _unrated(content: dict[str, Any]) -> list[str]:
    """Why some marks carry no judgement, said once for each reason there is on the page."""
    tones = {
        claim["verdict"]["rating"]["tone"] for claim in content["claims"] if "verdict" in claim
    }
    aside = {claim["set_aside"]["why"] for claim in content["claims"] if "set_aside" in claim}
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


def article_dek(content: dict[str, Any], tally: list[dict[str, Any]]) -> str:
    """What was done, in two sentences, from the numbers."""
    checked = sum(part["count"] for part in tally if part["tone"] != "aside")
    aside = sum(part["count"] for part in tally if part["tone"] == "aside")
    told = ngettext(
        "We checked one statement in this report.",
        "We checked %(count)d statements in this report.",
        checked,
    ) % {"count": checked}
    if aside:
        told += " " + ngettext(
            "One was set aside, with the reason.",
            "%(count)d were set aside, with the reasons.",
            aside,
        ) % {"count": aside}
    return told


def _people(how: dict[str, Any]) -> list[dict[str, str]]:
    did = (
        ("checked", _("Checked by")),
        ("decided", _("Decided by")),
        ("approved", _("Approved by")),
    )
    return [{"did": label, "names": people(how, key)} for key, label in did if how[key]]


def _how(how: dict[str, Any]) -> str:
    told = how_checked(how)
    day = day_of(how["evidence_as_of"])
    if day is not None:
        told += " " + _("Evidence is as of %(day)s.") % {"day": date_format(day)}
    return told


def _correction(row: dict[str, Any]) -> dict[str, Any]:
    place = _("Claim %(number)d: ") % {"number": row["claim"]} if row["claim"] else ""
    return {
        "kind": CorrectionKind(row["kind"]).label,
        "at": moment_of(row["at"]),
        "place": place,
        "why": row["why"],
        "changes": changes_in_words(row),
    }


def _sources(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Each source once, in the order of the claims, with the numbers of those that cite it."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for claim in content["claims"]:
        # Editions from before 2026-11-25 say how many, and not which.
        for source in claim.get("sources", ()):
            row = found.setdefault(
                tuple(source.values()),
                {
                    "title": source["title"],
                    "url": source["url"],
                    "meta": where_from(source),
                    "claims": [],
                },
            )
            if claim["position"] not in row["claims"]:
                row["claims"].append(claim["position"])
    return list(found.values())


def _rows(content: dict[str, Any], preview: bool) -> list[dict[str, Any]]:
    """Paragraph by paragraph: its pieces, and the notes of the claims that end in it."""
    claims = {claim["position"]: claim for claim in content["claims"]}
    spans = [Span(mark["start"], mark["end"], mark["claim"]) for mark in content["marks"]]
    desk = content["desk"]["slug"]
    begun: set[int] = set()
    noted: set[int] = set()
    rows = []
    for paragraph in _without_title(content):
        row: dict[str, Any] = {
            "kind": paragraph["kind"],
            "gap": paragraph["sentences"][0]["gap"],
            "pieces": [],
            "notes": [],
        }
        for index, sentence in enumerate(paragraph["sentences"]):
            if index:
                row["pieces"].append(_plain(" […] " if sentence["gap"] else " "))
            for piece in pieces(sentence["text"], sentence["start"], spans):
                row["pieces"].append(
                    _piece(piece, claims, begun, noted, row["notes"], desk, preview)
                )
        rows.append(row)
    return rows


def _without_title(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The paragraphs, without a first heading that only repeats the title above it."""
    paragraphs: list[dict[str, Any]] = content["paragraphs"]
    if not paragraphs or paragraphs[0]["kind"] != "heading":
        return paragraphs
    first = paragraphs[0]["sentences"][0]
    end = first["start"] + len(first["text"])
    marked = any(mark["start"] < end for mark in content["marks"])
    same = first["text"] == content["article"]["title"] and len(paragraphs[0]["sentences"]) == 1
    return paragraphs[1:] if same and not marked else paragraphs


def _plain(text: str) -> dict[str, Any]:
    return {"text": text, "marks": [], "refs": []}


def _tone(claim: dict[str, Any]) -> tuple[str, str]:
    if "verdict" in claim:
        rating = claim["verdict"]["rating"]
        return rating["tone"], rating["label"]
    return "aside", aside_label(claim)


def _piece(
    piece: Piece,
    claims: dict[int, Any],
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


def _note(claim: dict[str, Any], desk: str, preview: bool) -> dict[str, Any]:
    tone, label = _tone(claim)
    checked = "verdict" in claim
    return {
        "number": claim["position"],
        "tone": tone,
        "label": label,
        "finding": claim["verdict"]["finding"]
        if checked
        else claim["set_aside"]["note"] or _("We do not rate this."),
        "sources": claim["citations"] if checked else 0,
        "url": _is_preview_link(preview, claim, desk) if checked else "",
    }
