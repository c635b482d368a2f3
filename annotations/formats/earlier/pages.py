"""The ClaimReviews in a saved web page: in its scripts of JSON-LD."""

from __future__ import annotations

from lxml import html

from annotations.formats import strictjson
from annotations.formats.earlier import claimreview
from annotations.formats.earlier.check import Found, Warned
from annotations.text.canonical import BadText, decode

LD = "application/ld+json"
DEEPEST = 2048
"""Elements in each other at which the parser stops."""


def read(data: bytes) -> Found:
    """The checks in the page. A script that is no JSON is noted, and the others are read.

    How large a script may be is said by the limit of the file alone: without `huge_tree` the parser
    stops, without a word, at ten million bytes in one place or 256 elements in each other.
    """
    text = decode(data)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        page = html.fromstring(text.encode(), parser=parser)
    except (ValueError, html.etree.ParserError):
        return Found(claimreview.KIND)
    values, warned = [], []
    if any(error.level == html.etree.ErrorLevels.FATAL for error in parser.error_log):
        warned.append(Warned("", "page_cut", str(DEEPEST)))
    for number, script in enumerate(page.iter("script"), 1):
        kind = (script.get("type") or "").partition(";")[0].strip().lower()
        words = script.text or ""
        if kind != LD or not words.strip():
            continue
        try:
            values.append((f"script {number} ", strictjson.parse(words)))
        except BadText as bad:
            warned.append(Warned(f"script {number}", "no_json", str(bad)))
    found = claimreview.read(values)
    return Found(found.kind, found.checks, (*found.warned, *warned))
