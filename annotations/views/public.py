"""What readers get. Everything here reads editions, never work in progress."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from annotations.models import Desk, Edition
from annotations.queries import publication
from annotations.text.difference import parts
from annotations.text.layout import Piece, Span, pieces

from .answers import AnyRequest, searched
from .words import how_checked, names

PAGE = 30
SAMPLE = "Sample: people, ratings and findings only show how the system works."


def claim_url(desk: str, number: int, slug: str) -> str:
    return reverse("public_claim", args=[desk, number, slug])


def _is_preview_link(preview: bool, claim: dict[str, Any], desk: str) -> str:
    """A claim's own page; none in a preview, where it may not exist yet."""
    if preview or not claim["slug"]:
        return ""
    return claim_url(desk, claim["number"], claim["slug"])


def when(partial: str) -> str:
    """A date that may lack day or month, for people: "24 November 2026", "November 2026"."""
    day = parse_date(partial) if len(partial) == 10 else None
    if day is not None:
        return date_format(day, "j F Y")
    if len(partial) == 7 and (month := parse_date(f"{partial}-01")):
        return date_format(month, "F Y")
    return partial


# --- the annotated article ---


@login_not_required
@require_safe
def article(request: AnyRequest, desk: str, slug: str) -> HttpResponse:
    edition = publication.article_edition(desk, slug)
    reviewed = publication.claims_reviewed_now(edition)
    return render_article(request, edition.content, reviewed=reviewed)


@login_not_required
@require_safe
def article_json(request: AnyRequest, desk: str, slug: str) -> JsonResponse:
    """The newest edition as data; a sample says so first."""
    return as_json(publication.article_edition(desk, slug))


def as_json(edition: Edition) -> JsonResponse:
    label = {"sample": SAMPLE} if edition.content["desk"]["is_sample"] else {}
    response = JsonResponse(label | edition.content)
    if label:
        response["X-Robots-Tag"] = "noindex"
    return response


def render_article(
    request: AnyRequest, content: dict[str, Any], *, preview: bool = False, reviewed: int = 0
) -> HttpResponse:
    """The page of an article's edition, or of a preview of it, from its content alone."""
    about, desk = content["article"], content["desk"]
    tally = publication.tally(content)
    context = {
        "desk": desk,
        "is_sample": desk["is_sample"],
        "indexable": not desk["is_sample"] and not preview,
        "preview": preview,
        "edition": {
            "title": about["title"],
            "number": content["number"],
            "published_at": moment_of(content["at"]),
            "dek": _dek(content, tally),
            "outlet": about["outlet"],
            "original_url": about["url"],
            "published_on": when(about["published_on"]),
            "language": about["language"],
            "public_text": about["public_text"],
            "permission": _sentence(about["permission"]),
        },
        "being_reviewed": _reviewed(reviewed),
        "people": _people(content["how"]),
        "tally": tally,
        "rows": _rows(content, preview),
        "how_checked": _how(content["how"]),
        "corrections": [_correction(row) for row in content["corrections"]],
        "json_url": ""
        if preview
        else reverse("public_article_json", args=[desk["slug"], about["slug"]]),
    }
    response = render(request, "public/article.html", context)
    if desk["is_sample"]:
        response["X-Robots-Tag"] = "noindex"
    return response


def _sentence(words: str) -> str:
    return words if not words or words.endswith((".", "!", "?")) else f"{words}."


def moment_of(value: Any) -> dt.datetime:
    """A moment as an edition stores it (ISO 8601) or as a preview has it."""
    if isinstance(value, dt.datetime):
        return value
    moment = parse_datetime(value)
    assert moment is not None, value
    return moment


def day_of(value: Any) -> dt.date | None:
    return value if isinstance(value, dt.date) or value is None else parse_date(value)


def _reviewed(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "One claim of this edition is being looked at again. You read what was published.",
        "%(count)d claims of this edition are being looked at again. You read what was published.",
        count,
    ) % {"count": count}


def _dek(content: dict[str, Any], tally: list[dict[str, Any]]) -> str:
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
    return [{"did": label, "names": names(how[key])} for key, label in did if how[key]]


def _how(how: dict[str, Any]) -> str:
    told = how_checked(how)
    day = day_of(how["evidence_as_of"])
    if day is not None:
        told += " " + _("Evidence is as of %(day)s.") % {"day": date_format(day, "j F Y")}
    return told


def _correction(row: dict[str, Any]) -> dict[str, Any]:
    place = _("Claim %(number)d: ") % {"number": row["claim"]} if row["claim"] else ""
    return {
        "kind": row["label"],
        "at": moment_of(row["at"]),
        "words": f"{place}{row['why']}",
        "changes": changes_in_words(row),
    }


def changes_in_words(row: dict[str, Any]) -> list[dict[str, Any]]:
    """What was changed, word by word."""
    return [
        {"field": change["field"], "parts": parts(change["before"], change["after"])}
        for change in row["changes"]
    ]


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
    return "aside", claim["set_aside"]["label"]


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


# --- lists ---


@login_not_required
@require_safe
def index(request: AnyRequest) -> HttpResponse:
    """The latest checks of every desk of this site."""
    return _list(request, None)


@login_not_required
@require_safe
def desk_index(request: AnyRequest, desk: str) -> HttpResponse:
    return _list(request, get_object_or_404(Desk, slug=desk))


def _list(request: AnyRequest, desk: Desk | None) -> HttpResponse:
    words = searched(request)
    found = publication.latest(desk.slug if desk else None, words)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [_line(edition) for edition in page]
    is_sample = desk.is_sample if desk else bool(rows) and all(row["is_sample"] for row in rows)
    return render(
        request,
        "public/index.html",
        {
            "desk": desk,
            "is_sample": is_sample,
            "indexable": not is_sample,
            "q": words,
            "page_obj": page,
            "checks": rows,
            "query": f"{urlencode({'q': words})}&" if words else "",
        },
    )


def _line(edition: Edition) -> dict[str, Any]:
    content = edition.content
    tally = publication.tally(content)
    desk, about = content["desk"], content["article"]
    return {
        "title": about["title"],
        "url": reverse("public_article", args=[desk["slug"], about["slug"]]),
        "outlet": about["outlet"],
        "published_at": edition.published_at,
        "number": edition.number,
        "dek": _dek(content, tally),
        "tally": tally,
        "is_sample": desk["is_sample"],
    }
