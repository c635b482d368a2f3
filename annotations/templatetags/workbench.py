"""The workbench's text and claims, which a template's loops would take five times as long to write.

Strings of HTML until the last step, which is where they become safe: whatever comes from people
goes through `escape` where it is put, and numbers are numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from annotations.listing import colon
from annotations.models import Article
from annotations.queries.access import may
from annotations.rights import Right
from annotations.text.anchors import CONTEXT, OPENING
from annotations.text.characters import CJK
from annotations.vocabulary import Triage

from .factcheck import icon, tone_class, tone_icon

register = template.Library()

# What a link to a panel does with htmx; without JavaScript it opens the page at the panel.
_TO_PANEL = 'hx-target="#panel" hx-swap="outerHTML" hx-push-url="true"'
_CURRENT = ' aria-current="true"'
_NO_BREAK = "\u2060"
"""A word joiner: a note link's number stays with its word. The page's, never the text's."""


PLACES = (
    ("workbench", gettext_lazy("Text"), Right.READ, ()),
    ("decide", gettext_lazy("Verdicts"), Right.DECIDE, ("decide_claim",)),
    ("approve", gettext_lazy("Publication"), Right.APPROVE, ("publish", "send_back")),
    ("history", gettext_lazy("History"), Right.READ, ()),
)
"""The pages of an article that stand in its head: what each needs, and what else it answers to."""


@register.simple_tag(takes_context=True)
def article_places(context: Mapping[str, Any], article: Article) -> list[dict[str, Any]]:
    """The pages of the article that the person may open, by the role that came with it."""
    here = context["request"].resolver_match.url_name
    return [
        {
            "label": label,
            "url": reverse(name, args=[article.pk]),
            "is_current": here == name or here in also,
        }
        for name, label, right, also in PLACES
        if may(article, right)
    ]


@register.simple_tag
def marked_text(
    paragraphs: Iterable[Mapping[str, Any]], language: str, triage_url: str = ""
) -> SafeString:
    """The text with its marks, from `queries.paragraphs.paragraphs_of`; `language` is the text's.

    With `triage_url`, the buttons that say what the sentence in the panel is stand under it; with
    no such sentence they are there unseen, for static/js/select.js. There is no white space between
    the elements: all of it would be text.
    """
    word = escape(_("Sentence"))
    # Numbers and links are the page's, and stand inside the text.
    here = get_language() or ""
    ours = f' lang="{escape(here)}"' if here != language else ""
    under = partial(_triage_buttons, ours) if triage_url else None
    written = [_paragraph(each, word, ours, under) for each in paragraphs]
    if under and not any(_is_triaged_here(each) for row in paragraphs for each in row["sentences"]):
        written.append(under(None))
    return mark_safe("".join(written))  # noqa: S308


def _is_triaged_here(sentence: Mapping[str, Any]) -> bool:
    """Whether the panel shows it and it is one that needs triage."""
    return bool(sentence["current"] and sentence["number"])


def _triage_buttons(ours: str, sentence: Mapping[str, Any] | None) -> str:
    """Buttons of the form that text.html has, for the mouse and without scripts.

    They lie over what follows: the text stays where it is, whichever sentence is chosen.
    """
    now = sentence["triage"] if sentence else ""
    buttons = "".join(
        f'<button form="triage-now" name="triage" value="{value}" class="btn small ghost"'
        f' aria-pressed="{"true" if value == now else "false"}"><i class="triage-mark {value}"></i>'
        f"{escape(str(label))}</button>"
        for value, label in _TO_CHOOSE
    )
    return (
        f'<span id="triage-buttons" class="triage-buttons" role="group"{ours} dir="auto"'
        f' aria-label="{escape(_("This sentence is"))}" data-not-text'
        f"{'' if sentence else ' hidden'}>{buttons}</span>"
    )


_TO_CHOOSE = [(value, label) for value, label in Triage.choices if value]


@register.simple_tag
def text_rules() -> SafeString:
    """What static/js/select.js and offsets.js must know of the text as the server does.

    Attributes: what a sentence can be, in the order of the keys; how much of either end of a
    selection is compared; and, for words, what stands in a character class.
    """
    rules = {
        "triage": " ".join(value for value, _label in _TO_CHOOSE),
        "shown": CONTEXT,
        "cjk": "".join(each if each == "-" else f"\\u{{{ord(each):x}}}" for each in CJK),
        "opening": OPENING,
    }
    return format_html_join("", ' data-{}="{}"', rules.items())


def _paragraph(
    paragraph: Mapping[str, Any], word: str, ours: str, under: Callable[[Any], str] | None
) -> str:
    sentences = paragraph["sentences"]
    written = " ".join(
        _sentence(each, ours) + (under(each) if under and _is_triaged_here(each) else "")
        for each in sentences
    )
    numbers = "".join(_number(each, word) for each in sentences)
    pictures = "".join(_picture(each, ours) for each in paragraph["pictures"])
    tag, kind = _TAGS.get(paragraph["kind"], ("p", sentences[0]["block"]))
    return (
        f'<div class="para {kind}"><ol class="gutter tabular"{ours} data-not-text>{numbers}</ol>'
        f"<{tag}>{written}</{tag}>{pictures}</div>"
    )


_TAGS = {"heading": ("h2", "heading"), "row": ("p", "row")}


def _picture(picture: Any, ours: str) -> str:
    """A picture that stands with the paragraph: a link, for nothing is fetched from elsewhere."""
    said = escape(picture.alternative) if picture.alternative else ""
    word = escape(_("Picture"))
    if not picture.address:
        return f'<p class="picture-line" data-not-text><span{ours}>{word}{colon()}</span>{said}</p>'
    address = escape(picture.address)
    host = escape(picture.address.split("/", 3)[2])
    return (
        f'<p class="picture-line" data-not-text><a href="{address}" rel="noopener noreferrer"'
        f' title="{address}">{icon("i-link")}<span{ours}>{word}, <bdi>{host}</bdi></span></a>'
        f"{colon() if said else ''}{said}</p>"
    )


def _number(sentence: Mapping[str, Any], word: str) -> str:
    """A sentence's number in the margin, or what else it is, with what it was triaged as.

    The page's own words say nothing of the direction in which the text is read.
    """
    url, number, kind = escape(sentence["url"]), sentence["label"], escape(sentence["kind"])
    shown = (
        f'<span class="visually-hidden" dir="auto">{word} </span>{number}'
        if number
        else f'<span class="visually-hidden" dir="auto">{kind}</span>'
    )
    sign = sentence["triage"] or ("none" if number else "free")
    label = escape(sentence["triage_label"])
    titled = f' title="{kind}"' if kind else ""
    return (
        f'<li><a href="{url}#panel" data-number="{sentence["name"]}" hx-get="{url}" {_TO_PANEL}'
        f"{_CURRENT if sentence['current'] else ''}{titled}>"
        f'{shown}<i class="triage-mark {sign}"></i>'
        f'<span class="visually-hidden" dir="auto" data-label>'
        f"{colon() if label else ''}{label}</span></a></li>"
    )


def _sentence(sentence: Mapping[str, Any], ours: str) -> str:
    classes = "sentence now" if sentence["current"] else "sentence"
    name = f' id="s{sentence["name"]}"'
    where = _locator(sentence["locator"], ours) if sentence["locator"] else ""
    pieces = "".join(_piece(each, ours) for each in sentence["pieces"])
    return f'{where}<span class="{classes}"{name} data-start="{sentence["start"]}">{pieces}</span>'


def _locator(locator: str, ours: str) -> str:
    """Where in its file a sentence stands, before the first one that stands there."""
    return f'<small class="loc tabular" dir="ltr"{ours} data-not-text>{escape(locator)} </small>'


def _piece(piece: Mapping[str, Any], ours: str) -> str:
    written: str = escape(piece["text"])
    if numbers := piece["marks"]:
        classes = tone_class(piece["tone"])
        classes += f" depth-{piece['depth']}" if piece["depth"] > 1 else ""
        classes += " is-current" if piece["current"] else ""
        written = (
            f'<mark class="{classes}" data-claims="{" ".join(map(str, numbers))}"'
            f' aria-details="c{numbers[-1]}">{written}</mark>'
        )
    if piece["linked"]:
        written = f'<span class="linked-words">{written}</span>'
    if piece["picked"]:
        written = f'<span class="selected-words">{written}</span>'
    outward = "".join(_outward(address, ours) for address in piece["links"])
    return written + outward + "".join(_reference(ref, ours) for ref in piece["refs"])


def _outward(address: str, ours: str) -> str:
    """Where the words before it lead, as their author linked them."""
    host = address.split("/", 3)[2]
    heard = escape(_("The article links to %(host)s.") % {"host": host})
    return (
        f'<span class="no-break" data-not-text>{_NO_BREAK}'
        f'<a class="out"{ours} href="{escape(address)}" rel="noopener noreferrer"'
        f' title="{escape(address)}">{icon("i-link")}'
        f'<span class="visually-hidden">{heard}</span></a>'
        f"{_NO_BREAK}</span>"
    )


def _reference(ref: Mapping[str, Any], ours: str) -> str:
    """The link behind a claim's last word. It carries the meaning: few readers announce a mark."""
    url, number = escape(ref["url"]), ref["number"]
    heard = escape(_("Claim %(number)s: %(label)s.") % {"number": number, "label": ref["label"]})
    return (
        f'<span class="no-break" data-not-text>{_NO_BREAK}'
        f'<a class="ref {tone_class(ref["tone"])}"{ours} href="{url}#panel"'
        f' hx-get="{url}" {_TO_PANEL}>{tone_icon(ref["tone"])}'
        f'<span aria-hidden="true">{number}</span>'
        f'<span class="visually-hidden">{heard}</span></a>{_NO_BREAK}</span>'
    )


@register.simple_tag
def claim_links(
    claims: Iterable[Mapping[str, Any]], language: str, current: int | None
) -> SafeString:
    """The rail's claims, from `views.article.workbench`; `current` numbers the one in the panel."""
    written = "".join(_claim(each, language, current) for each in claims)
    return mark_safe(written)  # noqa: S308


def _claim(claim: Mapping[str, Any], language: str, current: int | None) -> str:
    url, number = escape(claim["url"]), claim["number"]
    heard = escape(_("Claim %(number)s, %(label)s.") % {"number": number, "label": claim["label"]})
    return (
        f'<li><a href="{url}#panel" id="c{number}" class="claim-entry {tone_class(claim["tone"])}"'
        f' data-claim="{number}" hx-get="{url}" {_TO_PANEL}'
        f"{_CURRENT if number == current else ''}>"
        f'<span class="claim-icon">{tone_icon(claim["tone"])}</span>'
        f'<span class="claim-words"><span class="visually-hidden">{heard} </span>'
        f'<span class="claim-quote" lang="{escape(language)}" dir="auto">'
        f"{escape(claim['words'])}</span>"
        f"<small>{escape(claim['note'])}</small></span></a></li>"
    )
