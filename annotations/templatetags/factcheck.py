"""Small pieces of markup that many templates share: icons, badges, stances, the findings bar."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations import listing, moments
from annotations.formats import claimreview, markup
from annotations.text.difference import Part
from annotations.text.tongues import as_tag
from annotations.vocabulary import Tone
from annotations.words.dates import when
from annotations.words.summary import article_dek

register = template.Library()

# `aside`, `retracted` and the empty tone are the page's: set aside, taken back, not rated yet.
TONES = frozenset([*Tone.values, "aside", "retracted"])
# The bar's gap between parts, as a share of its width.
GAP = 0.4


class Rated(Protocol):
    tone: str
    label: str


def _tone_class(tone: str | None) -> str:
    return tone if tone in TONES else "unrated"


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A sign from the sprite, for the eye only: the words beside it carry the meaning."""
    return _icon(name, extra, get_script_prefix())


@cache
def _icon(name: str, extra: str, _prefix: str) -> SafeString:
    """Made once a process: a page has hundreds. The sprite's address depends on the prefix."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f"icon {extra}".strip(),
        static("icons.svg"),
        name,
    )


class _InlineIcons(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        written = self.nodelist.render(context).replace(f"{static('icons.svg')}#", "#")
        used = sorted(set(re.findall(r'<use href="#([\w-]+)"', written)))
        shapes = "".join(_symbols()[name] for name in used)
        return mark_safe(  # noqa: S308 -- our own sprite, and what the templates escaped
            f'<svg width="0" height="0" aria-hidden="true" class="sprite">{shapes}</svg>{written}'
        )


@cache
def _symbols() -> dict[str, str]:
    """The sprite's shapes by name."""
    path = finders.find("icons.svg") or staticfiles_storage.path("icons.svg")
    sprite = Path(str(path)).read_text(encoding="utf-8")
    return {
        match[1]: match[0]
        for match in re.finditer(r'(?s)<symbol[^>]*? id="([^"]+)".*?</symbol>', sprite)
    }


@register.tag
def inlineicons(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """Icons in the block stand in the page itself: a sandboxed frame may use no other file's."""
    nodelist = parser.parse(("endinlineicons",))
    parser.delete_first_token()
    return _InlineIcons(nodelist)


@register.filter
def tone_class(tone: str | None) -> str:
    """The CSS class of a tone: `unrated` where there is none."""
    return _tone_class(tone)


@register.simple_tag
def tone_icon(tone: str | None) -> SafeString:
    """A verdict's own shape, so that it never speaks by colour alone."""
    return icon(f"v-{tone}" if tone in TONES else "v-none")


def _field(thing: Rated | Mapping[str, str] | None, name: str) -> str:
    if thing is None:
        return ""
    return str(thing.get(name, "") if isinstance(thing, Mapping) else getattr(thing, name))


@register.simple_tag
def new_key() -> str:
    """An idempotency key for one form on a page of several."""
    return str(uuid.uuid4())


@register.filter
def language_tag(written: str | None) -> str:
    """What a page or a file calls its language, as browsers take it; empty where it is none."""
    return as_tag(written or "")


@register.simple_tag
def language_of(code: str | None, tone: str = "") -> str:
    """The language to name for words of the desk, or nothing where it is the page's own.

    A rating's words are the desk's; why a claim is set aside is said in the page's language.
    """
    is_ours = tone in ("aside", "retracted", "unrated")
    return code if code and code != get_language() and not is_ours else ""


@register.simple_tag
def fixed(name: str) -> SafeString:
    """A template that needs no context, and so is rendered once for each language it is seen in."""
    render = _fixed.__wrapped__ if settings.DEBUG else _fixed
    return render(name, get_language() or "", get_script_prefix())


@cache
def _fixed(name: str, _language: str, _prefix: str) -> SafeString:
    return mark_safe(get_template(name).render())  # noqa: S308 -- a template has escaped it


@register.simple_tag
def lang_of(code: str | None, tone: str = "") -> SafeString:
    """`lang` as an attribute, for screen readers and hyphenation (WCAG 3.1.2); see language_of."""
    spoken = language_of(code, tone)
    return format_html(' lang="{}"', spoken) if spoken else mark_safe("")


@register.simple_tag
def comma() -> str:
    """Between two things, as the language writes it."""
    return listing.comma()


@register.simple_tag
def colon() -> str:
    """Between a label and what it is of, with the spaces that the language has around it."""
    return listing.colon()


@register.filter
def percent(number: float) -> str:
    """A share of a hundred with its sign, as the language writes it."""
    return listing.percent(number)


@register.simple_tag
def hits(pieces: Iterable[Mapping[str, Any]]) -> SafeString:
    """Text with what was found in it: pieces of {text, hit}."""
    shapes = {True: '<mark class="hit">{}</mark>', False: "{}"}
    return mark_safe(  # noqa: S308 -- each piece is escaped
        "".join(format_html(shapes[bool(piece["hit"])], piece["text"]) for piece in pieces)
    )


@register.filter
def compared(parts: Iterable[Part]) -> SafeString:
    """Two texts in one: what came as <ins>, what went as <del>; no space comes between parts.

    The space at either end of words stands beside them, or it would be underlined too.
    """
    html = {"ins": "{}<ins>{}</ins>{}", "del": "{}<del>{}</del>{}", "same": "{}{}{}"}
    found = ((html[part.op], _ends(part.text)) for part in parts if part.text)
    return format_html_join("", "{}", ((format_html(shape, *ends),) for shape, ends in found))


def _ends(text: str) -> tuple[str, str, str]:
    """The space before, the words and the space after them; of space alone, all is the words."""
    return text.partition(text.strip() or text)


FEW = 2
"""Pieces that differ of which a reader still sees in one line what became what."""
LONG = 2000
"""Code points of a change that is not told twice over."""


@register.filter
def told(parts: Sequence[Part]) -> SafeString:
    """What was changed, for readers: in one line, or how it was and how it is below each other."""
    changed = [part for part in parts if part.op != "same"]
    if len(changed) <= FEW or sum(len(part.text) for part in parts) > LONG:
        return compared(parts)
    before, after = (
        compared(part for part in parts if part.op in ("same", op)) for op in ("del", "ins")
    )
    line = '<span class="{}"><span class="visually-hidden">{} </span>{}</span>'
    return format_html(line * 2, "was", _("Before:"), before, "is", _("Now:"), after)


@register.filter
def marked_up(words: str, level: int = 3) -> SafeString:
    """What a person wrote with a little Markdown; its headings begin at that level of the page."""
    return mark_safe(markup.rendered(words, level))  # noqa: S308 -- formats.markup cleans it


@register.filter
def linked(line: str) -> SafeString:
    """A line that a person of the desk wrote, with its links."""
    return mark_safe(markup.linked(str(line)))  # noqa: S308 -- formats.markup cleans it


@register.filter
def in_words(line: str) -> str:
    """Such a line without links, where there can be none: in a list, a title, another's link."""
    return markup.line_in_words(str(line), addresses=False)


@register.filter
def spoken_in(words: str, code: str) -> str:
    """The words in a span of their language, for the middle of a sentence in another."""
    return format_html('<span lang="{}">{}</span>', code, words) if code else words


@register.filter
def machine_time(moment: dt.date) -> str:
    """A day or moment for the `datetime` of an element: HTML allows no more than milliseconds."""
    if isinstance(moment, dt.datetime):
        return moment.isoformat(timespec="seconds")
    return moment.isoformat()


@register.filter
def short_moment(moment: dt.datetime, with_what: str = "") -> str:
    """A moment on a page of the desk: its year where that is another; `"seconds"` on demand."""
    return moments.short(moment, seconds=with_what == "seconds")


@register.filter
def short_day(moment: dt.datetime) -> str:
    """The day of a moment, likewise."""
    return moments.day(moment)


@register.filter
def partial_date(typed: str) -> str:
    """A date that may lack day or month, as it was typed and is kept: "2026-11", for people."""
    return when(typed)


@register.filter
def listed(parts: Iterable[str]) -> SafeString:
    """Names and dates beside each other, each kept from pulling the next its own way."""
    return format_html_join(_(", "), "<bdi>{}</bdi>", ((part,) for part in parts if part))


@register.filter
def isolated(words: str) -> SafeString:
    """A name amid a sentence, kept from pulling the digits beside it into its own direction."""
    return format_html("<bdi>{}</bdi>", words)


@register.simple_tag
def badge(rating: Rated | Mapping[str, str] | None, language: str | None = "") -> SafeString:
    """Icon and word in the rating's colour; takes a Rating or a dict of `tone` and `label`.

    `language` is that of the desk, where the page may be in another.
    """
    tone = _field(rating, "tone")
    return format_html(
        '<span class="badge {}"{}>{}{}</span>',
        _tone_class(tone),
        lang_of(language, tone),
        tone_icon(tone),
        _field(rating, "label") or _("No rating yet"),
    )


@register.simple_tag
def stance(value: str, label: str) -> SafeString:
    """What a source does to the claim: a shape and the word."""
    return format_html('<span class="stance {}">{}</span>', value, label)


@register.simple_tag
def findings_bar(tally: Iterable[Mapping[str, Any]]) -> SafeString:
    """One bar of all findings, by count, as SVG with its numbers in words.

    `tally` holds dicts of `tone`, `label` and `count`, in the scale's order.
    """
    parts = [part for part in tally if part["count"]]
    total = sum(part["count"] for part in parts)
    if not total:
        return mark_safe("")
    unit = (100 - GAP * (len(parts) - 1)) / total
    boxes, x = [], 0.0
    for part in parts:
        width = unit * part["count"]
        boxes.append((_tone_class(part["tone"]), f"{x:.2f}", f"{width:.2f}"))
        x += width + GAP
    words = listing.listed(f"{part['count']} {part['label']}" for part in parts)
    return format_html(
        '<svg class="bar" height="12" role="img" aria-label="{}">{}</svg>',
        words,
        format_html_join(
            "", '<rect class="{}" x="{}%" y="1" width="{}%" height="10" rx="2"/>', boxes
        ),
    )


@register.simple_tag
def summary(tally: Iterable[Mapping[str, Any]], language: str) -> SafeString:
    """What an edition found, in a sentence; `language` is that of the desk's ratings."""

    def called(part: Mapping[str, Any]) -> str:
        return format_html("<bdi{}>{}</bdi>", lang_of(language, part["tone"]), part["label"])

    return mark_safe(article_dek(tally, called))  # noqa: S308 -- each label is escaped


@register.simple_tag
def json_ld(data: Mapping[str, Any]) -> SafeString:
    """Structured data for machines. Holds no literal `<`, so no text in it can end the script."""
    return format_html(
        '<script type="{}">{}</script>',
        claimreview.MEDIA_TYPE,
        mark_safe(claimreview.encoded(data)),  # noqa: S308 -- escaped there
    )
