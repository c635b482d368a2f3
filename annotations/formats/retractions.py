"""Whether a page says of itself that it was retracted or withdrawn: sure before it is told.

Rather one too few than one too many: a person is called each time. Only what the page says of
itself counts, never that it tells of another's retraction. Sources: the ways in which publishers
mark them (COPE's retraction guidelines: the title says so, and the notice stands with the article),
schema.org (creativeWorkStatus, correction), Highwire's citation tags.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from annotations.formats import charsets
from annotations.text.canonical import BadText

MOST = 5 * 1024 * 1024
"""Bytes of a page that are read."""
NEAR = 2_000
"""Code points below the head of an article in which a notice of it stands."""
LONGEST = 600
"""Code points of a notice that are kept; a longer block is no notice."""

_SHOUTED = re.compile(
    r"^\W{0,3}(?:RETRACTED|WITHDRAWN|REMOVED)(?: (?:ARTICLE|PAPER|CHAPTER|MANUSCRIPT))?\s?[\])]?\s?"
    r"[:\-\u2013\u2014\])]\s*(?P<rest>.+)"
)
_SAID = re.compile(
    r"^\W{0,3}(?:retracted|withdrawn)(?: (?:article|paper|chapter|manuscript))?\s?[\])]?\s?"
    r"[:\])]\s*.+",
    re.IGNORECASE,
)
_WORK = r"(?:article|paper|story|report|preprint|publication|manuscript|post|chapter|version)"
_BY_WHOM = (
    r"(?:(?:editor(?:s|[\u2019']s|s[\u2019'])?|publisher[\u2019']s|retraction)\s+(?:note|notice)"
    r"|retraction|retracted|withdrawn)\s*[:.\u2013\u2014-]\s*"
)
_NOTICE = re.compile(
    rf"^(?:{_BY_WHOM})?(?:"
    rf"this {_WORK} (?:has been|was|is|has now been) (?:formally |fully )?"
    r"(?:retracted|withdrawn)\b"
    r"|(?:cet article|cette étude|ce texte) (?:a été|est) (?:rétractée?|retirée?)\b"
    r"|dieser (?:artikel|beitrag|text) (?:wurde|ist) (?:zurückgezogen|zurückgenommen)\b"
    r"|este artículo (?:ha sido|fue) (?:retractado|retirado)\b"
    r"|تم سحب هذ[اه] (?:المقال|المقالة|الورقة))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(rf".{{1,{LONGEST}}}?[.!?](?=\s|$)")
_STATUSES = frozenset(("retracted", "withdrawn"))
_ARTICLES = frozenset(
    (
        "Article", "NewsArticle", "ScholarlyArticle", "MedicalScholarlyArticle", "Report",
        "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting", "TechArticle",
    )
)  # fmt: skip
_BLOCKS = frozenset(("p", "div", "section", "aside", "header", "h2", "h3", "strong", "em", "span"))
_NOT_ITS_OWN = frozenset(
    ("script", "style", "template", "nav", "footer", "blockquote", "q", "select", "head", "figure")
)


def notice_in(data: bytes, charset: str = "") -> str:
    """The words by which the page says that it was retracted; empty where it does not."""
    try:
        page = charsets.decoded(data[:MOST], charset).text
        tree = etree.fromstring(page.encode(), etree.HTMLParser(encoding="utf-8", no_network=True))
    except (BadText, etree.LxmlError, ValueError):
        return ""
    if tree is None:
        return ""
    return _in_title(tree) or _in_data(tree) or _in_body(tree)


def _plain(words: str) -> str:
    return " ".join(words.split())


# --- the title ---


def _in_title(tree: Any) -> str:
    """By how its title begins. In small letters it may tell of somebody else: then only where the
    page names itself as publishers of research do."""
    meta = {
        str(each.get("name") or each.get("property") or "").lower(): str(each.get("content") or "")
        for each in tree.iter("meta")
    }
    is_research = any(name.startswith(("citation_", "dc.identifier", "prism.")) for name in meta)
    heads = ["".join(each.itertext()) for each in tree.iter("title", "h1")][:4]
    named = [meta.get(name, "") for name in ("citation_title", "dc.title", "og:title")]
    for title in map(_plain, [*named, *heads]):
        shouted = _SHOUTED.match(title)
        if shouted and shouted["rest"] != shouted["rest"].upper():
            return title[:LONGEST]
        if is_research and _SAID.match(title):
            return title[:LONGEST]
    return ""


# --- what it says to machines ---


def _in_data(tree: Any) -> str:
    """By the status of the one article that the page describes itself as."""
    articles = []
    for script in tree.iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json":
            continue
        try:
            articles += list(_articles(json.loads(script.text or ""), 0))
        except (ValueError, RecursionError):
            continue
    if len(articles) != 1:
        return ""
    (article,) = articles
    for status in _list(article.get("creativeWorkStatus")):
        name = status.get("name") if isinstance(status, dict) else status
        if isinstance(name, str) and name.strip().lower() in _STATUSES:
            return f"creativeWorkStatus: {name.strip()}"
    for correction in _list(article.get("correction")):
        said = correction.get("text") if isinstance(correction, dict) else correction
        if isinstance(said, str) and _NOTICE.match(_plain(said)):
            return _plain(said)[:LONGEST]
    return ""


def _articles(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Those at the top, or in a graph: none that an article only names."""
    if depth > 3:
        return
    for each in _list(value):
        if not isinstance(each, dict):
            continue
        if "@graph" in each:
            yield from _articles(each["@graph"], depth + 1)
        if _ARTICLES & {kind for kind in _list(each.get("@type")) if isinstance(kind, str)}:
            yield each


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


# --- what stands near its head ---


def _in_body(tree: Any) -> str:
    """A block that begins with the notice, near the head of the article and not in a quotation."""
    body = tree.find("body")
    if body is None:
        return ""
    passed, skipped, is_below = 0, None, next(body.iter("h1"), None) is None
    for event, element in etree.iterwalk(body, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "end":
            if skipped is element:
                skipped = None
            is_below = is_below or name == "h1"
            continue
        if skipped is not None:
            continue
        if name in _NOT_ITS_OWN:
            skipped = element
            continue
        if name in _BLOCKS and (said := _notice(element)):
            return said
        if is_below:
            passed += len(_plain(element.text or ""))
            if passed > NEAR:
                return ""
    return ""


def _notice(element: Any) -> str:
    """What the element says, if it is a notice and nothing long."""
    begins = _plain(element.text or "")
    if not begins and len(element) == 0:
        return ""
    pieces, length = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > 4 * LONGEST:
            break
    said = _plain("".join(pieces))
    if not _NOTICE.match(said):
        return ""
    sentence = _SENTENCE.match(said)
    return (sentence[0] if sentence else said[:LONGEST]).strip()
