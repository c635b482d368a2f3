"""What public pages share: tombstones, dates, corrections in words, links between languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import addresses
from annotations.models import Edition
from annotations.queries.publication import State
from annotations.text.difference import parts
from annotations.views.http import AnyRequest
from annotations.vocabulary import ArticleStatus, CorrectionKind
from annotations.words.languages import language_name

from .serving import in_languages

SAMPLE = "Sample: people, ratings and findings only show how the system works."


def when(partial: str) -> str:
    """A date that may lack day or month, for people: "24 November 2026", "November 2026"."""
    day = parse_date(partial) if len(partial) == 10 else None
    if day is not None:
        return date_format(day)
    if len(partial) == 7 and (month := parse_date(f"{partial}-01")):
        return date_format(month, "F Y")
    return partial


def where_from(source: dict[str, Any]) -> list[str]:
    """Who published a source, and when: ["Publisher", "3 June 2026"], as far as is known."""
    return [part for part in (source["publisher"], when(source["published_on"])) if part]


def as_json(request: AnyRequest, edition: Edition) -> HttpResponse:
    if is_gone(edition):
        return gone(request, edition)
    label = {"sample": SAMPLE} if edition.content["desk"]["is_sample"] else {}
    response = JsonResponse(label | edition.content)
    if label:
        response["X-Robots-Tag"] = "noindex"
    return response


def is_gone(edition: Edition) -> bool:
    """Whether readers get a tombstone: it was taken back, or its article withdrawn."""
    return "tombstone" in edition.content or (
        edition.article is not None and edition.article.status == ArticleStatus.WITHDRAWN
    )


def gone(
    request: AnyRequest, edition: Edition, template: str = "public/tombstone.html"
) -> HttpResponse:
    """The tombstone: that something stood here, since when it does not, and why. 410."""
    content = edition.content
    stone = content.get("tombstone") or {"kind": "withdrawn", "why": "", "at": None}
    desk = content["desk"]
    withdrawn = stone["kind"] == "withdrawn"
    response = render(
        request,
        template,
        {
            "desk": desk,
            "is_sample": desk["is_sample"],
            "indexable": False,
            "is_claim": "claim" in content,
            "withdrawn": withdrawn,
            # A withdrawal may be a matter of law: then the words themselves are not repeated.
            "name": "" if withdrawn else content.get("claim", {}).get("claim_reviewed", ""),
            "why": stone["why"],
            "at": stone["at"] and moment_of(stone["at"]),
        }
        | in_languages(request, addresses.of_edition(content), request.state.language),
        status=410,
    )
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    response["X-Robots-Tag"] = "noindex"
    return response


def with_translations(
    request: AnyRequest, links: dict[str, Any], page: str, language: str
) -> dict[str, Any]:
    """The links of `reading.in_languages`, or, where a text has translations, those to them.

    `page` is the name of the URL, `language` the text's. A search engine is told of one kind
    alone: whoever looks for French is sent to the French check, and not to the English one with
    French around it.
    """
    also_in = [
        {"code": str(code), "name": language_name(str(code)), "url": reverse(page, args=args)}
        for code, *args in request.state.also_in
    ]
    if not also_in:
        return links
    others = [
        {"code": each["code"], "url": request.build_absolute_uri(each["url"])} for each in also_in
    ]
    own = {"code": language, "url": links["default_url"]}
    return links | {
        "also_in": also_in,
        "canonical": links["default_url"],
        "alternates": sorted([own, *others], key=itemgetter("code")),
    }


def report_address(content: dict[str, Any]) -> str:
    """Where readers report an error in an edition; a page of its own, with a cookie of its own."""
    base = reverse("report", args=[content["desk"]["slug"]])
    if "claim" in content:
        return f"{base}?{urlencode({'claim': content['claim']['number']})}"
    return f"{base}?{urlencode({'article': content['article']['slug']})}"


def embed_code(request: AnyRequest, path: str) -> dict[str, str]:
    """The address to frame and the module that sizes the frame, for the code readers may copy."""
    return {
        "url": request.build_absolute_uri(path),
        "script": request.build_absolute_uri(f"{settings.STATIC_URL}js/resize.js"),
    }


CORRECTED = {
    CorrectionKind.CORRECTION: gettext_lazy("Corrected"),
    CorrectionKind.CLARIFICATION: gettext_lazy("Clarified"),
    CorrectionKind.UPDATE: gettext_lazy("Updated"),
    CorrectionKind.RETRACTION: gettext_lazy("Retracted"),
}


def corrected_in_words(state: State | None, newest: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What a page says at its top after a correction, as long as the desk's policy wants it."""
    if state is None or not state.corrected or not newest:
        return {}
    row = newest[0]
    return {
        "word": CORRECTED.get(row["kind"], CORRECTED[CorrectionKind.CORRECTION]),
        "at": moment_of(row["at"]),
        "why": row["why"],
        "claim": row["claim"],
    }


def moment_of(value: Any) -> dt.datetime:
    """A moment as an edition stores it (ISO 8601) or as a preview has it."""
    if isinstance(value, dt.datetime):
        return value
    moment = parse_datetime(value)
    assert moment is not None, value
    return moment


def day_of(value: Any) -> dt.date | None:
    return value if isinstance(value, dt.date) or value is None else parse_date(value)


def changes_in_words(row: dict[str, Any]) -> list[dict[str, Any]]:
    """What was changed, word by word. The names of fields are among the words of `editions`."""
    return [
        {
            "field": _(change["field"]),
            "parts": parts(change["before"], change["after"]),
            "language": change.get("language", ""),
        }
        for change in row["changes"]
    ]
