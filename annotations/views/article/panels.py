"""The workbench's panels: a sentence, words to mark, a claim. One's own work is in check_panels."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from annotations.forms import (
    AddMarkForm,
    ClaimForm,
    RepeatsForm,
    SetAsideForm,
    Span,
)
from annotations.forms.article.claim import long_wording
from annotations.listing import listed
from annotations.models import (
    Article,
    Claim,
)
from annotations.queries import discussion, earlier, finding
from annotations.queries import workbench as workbench_queries
from annotations.queries.access import may
from annotations.queries.speakers import probable_speaker
from annotations.queries.workbench import Entry, Workbench
from annotations.rights import Right
from annotations.text.anchors import BadAnchor, anchor, trim, words
from annotations.views.conflicts import bases
from annotations.views.http import Request
from annotations.views.once import key_for
from annotations.vocabulary import ClaimStatus, Triage
from annotations.workflow import Offer, offers

Panel = dict[str, Any]
"""A panel's template, as `panel`, and its context."""


class Urls:
    """Addresses of the article's panels, built once: `reverse()` is slow in a loop.

    Each keeps the filter the user came with.
    """

    def __init__(self, bench: Workbench | Article, query: str = "") -> None:
        article = bench.article if isinstance(bench, Workbench) else bench
        query = bench.query if isinstance(bench, Workbench) else query
        self.base = reverse("workbench", args=[article.pk])
        self.kept = f"&{urlencode({'q': query})}" if query else ""

    @property
    def plain(self) -> str:
        """The page with nothing chosen."""
        return f"{self.base}?{self.kept[1:]}" if self.kept else self.base

    def __call__(self, **what: Any) -> str:
        asked = "&".join(f"{name}={value}" for name, value in what.items())
        return f"{self.base}?{asked}{self.kept}"


def number_in(text: object) -> int:
    """The number in a part of an address; 0, which names nothing, where there is none."""
    digits = str(text)
    return int(digits) if digits.isdecimal() and len(digits) < 10 else 0


def neighbours(bench: Workbench, entry: Entry) -> Panel:
    """Previous and next claim, and what the head of every claim's panel shows."""
    url, found = Urls(bench), finding.matching(bench, bench.query)
    before = next((each for each in reversed(found) if each.number < entry.number), None)
    after = next((each for each in found if each.number > entry.number), None)
    return {
        "query": bench.query,
        "entry": entry,
        "claim": entry.claim,
        "claim_number": entry.number,
        "place": workbench_queries.place(bench, entry),
        "said_on": next((mark.said_on for mark in entry.marks if mark.said_on), ""),
        "quotes": [mark.exact for mark in entry.marks],
        "language": bench.article.language,
        "previous_url": url(claim=before.claim.pk) if before else "",
        "next_url": url(claim=after.claim.pk) if after else "",
        "add_url": url(add=entry.claim.pk) if may(bench.article, Right.MARK) else "",
    }


def claim_head(request: Request, bench: Workbench, entry: Entry, tab: str) -> Panel:
    """What every panel of a claim shows: as `neighbours`, and the tabs, one of them current."""
    url = f"{Urls(bench)(claim=entry.claim.pk)}"
    mine = entry.is_open_to_me or (
        entry.check is not None and entry.claim.status == ClaimStatus.CHECKING
    )
    tabs = [("annotation", _("Annotation") if mine else _("Claim"), url)]
    if discussion.is_shown(entry, request.user):
        tabs.append(("discussion", _("Discussion"), f"{url}&tab=discussion"))
    tabs.append(("history", _("History"), f"{url}&tab=history"))
    return neighbours(bench, entry) | {
        "tab": tab,
        "tabs": [{"name": name, "label": label, "url": to} for name, label, to in tabs],
    }


def sentence_panel(bench: Workbench, sentence: Any, form: Any = None) -> Panel:
    """Triage of one sentence or several, and marking without a pointer."""
    url, marking = Urls(bench), may(bench.article, Right.MARK)
    text = bench.revision.text
    before = [row for row in bench.body if row.position < sentence.position]
    after = [row for row in bench.body if row.position > sentence.position]
    choosable = [sentence, *(after[:1] if sentence.number else ())]
    return {
        "panel": "article/panel_sentence.html",
        "query": bench.query,
        "sentence": sentence,
        "form": form,
        "quote": bench.text_of(sentence),
        "language": bench.article.language,
        "place": _sentence_place(sentence),
        "links": article_links(bench, [sentence]),
        "triage_choices": [choice for choice in Triage.choices if choice[0]],
        "triage_url": reverse("triage", args=[bench.article.pk]),
        "last_number": len(bench.body),
        "may_triage": marking,
        "mark_url": url.base if marking else "",
        "words": [
            {"number": row.number or "", "start": start, "end": end, "text": text[start:end]}
            for row in choosable
            for start, end in words(text, row.start, row.end)
        ],
        "previous_url": url(sentence=before[-1].name) if before else "",
        "next_url": url(sentence=after[0].name) if after else "",
    }


def _sentence_place(sentence: Any) -> str:
    words_ = str(sentence.get_kind_display())
    if sentence.number:
        words_ = _("Sentence %(number)d") % {"number": sentence.number}
    return listed(filter(None, [words_, sentence.locator]))


def article_links(bench: Workbench, spans: list[Any]) -> list[dict[str, Any]]:
    """The article's links in the sentences that the spans touch, each with its words."""
    text = bench.revision.text
    return [
        {"key": each.uuid, "address": each.address, "words": text[each.start : each.end]}
        for each in bench.links_beside(spans)
    ]


def marking_panel(bench: Workbench, asked: QueryDict) -> Panel:
    """A new claim for the selected words, or one more place of a claim; trimmed, and shown so.

    `start` and `end` are code points; `whole` leaves the words as they were selected; `head` and
    `tail` are the first and the last of them as the page showed them, without white space.
    """
    text = bench.revision.text
    start, end = number_in(asked.get("start")), number_in(asked.get("end"))
    first, last = (start, min(end, len(text))) if "whole" in asked else trim(text, start, end)
    try:
        chosen = anchor(text, first, last)
    except BadAnchor:
        return _nothing_to_mark(bench)
    if not _as_shown(text[start:end], asked.get("head", ""), asked.get("tail", "")):
        return _nothing_to_mark(bench)
    place = AddMarkForm(initial={"start": first, "end": last, "exact": chosen.exact})
    if entry := bench.entry(number_in(asked.get("add"))):
        panel = add_panel(bench, entry, place, chosen.exact)
    else:
        article = bench.article
        form = ClaimForm(
            instance=Claim(desk=article.desk, claim_reviewed=_capitalised(chosen.exact)),
            outlet=article.outlet,
            initial={"key": uuid.uuid4()},
        )
        panel = new_claim_panel(bench, form, place, chosen.exact)
    left_out = (text[start:first], text[last:end])
    if any(part.strip() for part in left_out):
        add = {"add": entry.claim.pk} if entry else {}
        panel["left_out"] = left_out
        panel["whole_url"] = Urls(bench)(start=start, end=end, whole=1, **add)
    return panel


def _as_shown(words_: str, head: str, tail: str) -> bool:
    """Whether the words begin and end as the page showed them. White space is the page's."""
    flat = "".join(words_.split())
    return flat.startswith(head) and flat.endswith(tail)


def _nothing_to_mark(bench: Workbench) -> Panel:
    return {
        "panel": "article/panel_empty.html",
        "mark_url": Urls(bench).plain,
        "problem": _("Those words are not in the text. Select them again."),
    }


def _capitalised(words_: str) -> str:
    flat = " ".join(words_.split())
    return (flat[:1].upper() + flat[1:])[:500]


def new_claim_panel(bench: Workbench, form: ClaimForm, place: AddMarkForm, exact: str) -> Panel:
    span = _span(place)
    where = workbench_queries.sentences_in_words(bench, [span])
    return {
        "panel": "article/panel_mark.html",
        "query": bench.query,
        "picked": span,
        "form": form,
        "mark_form": place,
        "repeats": _repeats(bench, exact, [(span.start, span.end)], place),
        "claimants": form.claimants(),
        "said_by": probable_speaker(bench, span.start, span.end),
        "action": reverse("mark", args=[bench.article.pk]),
        "quote": exact,
        "place": listed([_("New claim"), where]),
        "language": bench.article.language,
        "discard_url": Urls(bench).plain,
    }


def _span(place: AddMarkForm) -> Span:
    """What was chosen; nothing where what was sent is no span."""
    return Span(number_in(place["start"].value()), number_in(place["end"].value()))


def _repeats(
    bench: Workbench, exact: str, taken: list[tuple[int, int]], form: Any = None
) -> list[dict[str, Any]]:
    """Where the same words stand elsewhere, each with whether it is chosen on a form sent back."""
    sent = form is not None and form.is_bound
    chosen = set(form.data.getlist("repeats")) if sent else set()
    return [
        {"repeat": each, "chosen": each.value in chosen}
        for each in finding.repeats(bench, exact, taken)
    ]


def add_panel(bench: Workbench, entry: Entry, form: AddMarkForm, exact: str) -> Panel:
    span = _span(form)
    taken = [(span.start, span.end), *((mark.start, mark.end) for mark in entry.marks)]
    return {
        "panel": "article/panel_mark.html",
        "query": bench.query,
        "picked": span,
        "entry": entry,
        "claim": entry.claim,
        "claim_number": entry.number,
        "repeats": _repeats(bench, exact, taken, form),
        "mark_form": None,
        "is_more": True,
        "form": form,
        "action": reverse("add_mark", args=[bench.article.pk, entry.claim.pk]),
        "quote": exact,
        "place": _("One more place of claim %(number)d") % {"number": entry.number},
        "language": bench.article.language,
        "discard_url": Urls(bench)(claim=entry.claim.pk),
    }


def edit_panel(bench: Workbench, entry: Entry, form: ClaimForm | None = None) -> Panel:
    """Change the wording of a claim that is not being checked yet."""
    claim = entry.claim
    form = form or ClaimForm(
        instance=claim,
        outlet=bench.article.outlet,
        initial={"version": claim.version, "key": uuid.uuid4()},
    )
    return {
        "panel": "article/panel_mark.html",
        "query": bench.query,
        "entry": entry,
        "claim": claim,
        "claim_number": entry.number,
        "form": form,
        "bases": bases(form),
        "claimants": form.claimants(),
        "action": reverse("edit_claim", args=[bench.article.pk, claim.pk]),
        "quote": entry.words,
        "place": workbench_queries.place(bench, entry),
        "language": bench.article.language,
        "discard_url": Urls(bench)(claim=claim.pk),
    }


def claim_panel(
    request: Request, bench: Workbench, entry: Entry, aside: Any = None, repeats: Any = None
) -> Panel:
    """A claim to read, with the moves one has the right to."""
    claim, article = entry.claim, bench.article
    marking = may(article, Right.MARK)
    found = offers(claim, request.user, holds=partial(may, article))
    offered = {offer.act.name: offer for offer in found}
    may_add = marking and claim.status != ClaimStatus.SET_ASIDE and bool(entry.marks)
    taken = [(mark.start, mark.end) for mark in entry.marks]
    # A claim may have no place in the current text, until somebody finds it one.
    words_marked = entry.marks[0].exact if entry.marks else ""
    url = Urls(bench)
    return claim_head(request, bench, entry, "annotation") | {
        "panel": "article/panel_claim.html",
        "checked_by_others": earlier.like(claim, request.user),
        "status": claim.get_status_display(),
        "tone": entry.tone,
        "label": entry.label if entry.rating or claim.status == ClaimStatus.SET_ASIDE else "",
        "finding": entry.verdict.finding if entry.verdict else "",
        "caution": long_wording(claim.claim_reviewed) if marking and not entry.verdict else "",
        "edit_url": f"{url(claim=claim.pk)}&edit=1"
        if marking and not claim.wording_is_frozen
        else "",
        "claim_moves": _claim_moves(article, entry, offered),
        "progress": [
            {"person": check.person, "words": check.get_status_display()}
            for check in workbench_queries.progress(claim, request.user)
        ],
        # One that was sent is shown as it was typed, whatever became of the claim meanwhile.
        "set_aside_form": aside or (SetAsideForm() if "set_aside" in offered else None),
        "set_aside_url": reverse("set_aside", args=[article.pk, claim.pk]),
        "set_aside_key": key_for(request),
        "repeats": _repeats(bench, words_marked, taken, repeats) if may_add else [],
        "places": [
            {
                "exact": mark.exact,
                "unmark_url": reverse("unmark", args=[article.pk, mark.uuid])
                if marking and (claim.status == ClaimStatus.SPOTTED or len(entry.marks) > 1)
                else "",
            }
            for mark in entry.marks
        ],
        "repeats_form": repeats or RepeatsForm(initial={"exact": words_marked}),
        "repeats_url": reverse("add_repeats", args=[article.pk, claim.pk]),
    }


# Of what may be done to a claim, that which has a page or a button of its own on the panel: the
# name of the button, and the address it leads to. The rest is done where the article's claims are
# decided and approved.
_BUTTONS = {
    "correct": ("correct", "correct"),
    "review": ("review", "review"),
    "retract": ("retract", "retract"),
    "asked": ("asked", "asked"),
    "duplicate": ("duplicate", "duplicate"),
    "bring_back": ("bring", "bring_back"),
    "reword": ("reword", "reword"),
}


def _claim_moves(article: Article, entry: Entry, offered: dict[str, Offer]) -> list[dict[str, Any]]:
    """The buttons of the panel, each with what is in its way and, for lists, its claim."""
    claim = entry.claim
    of = _("Claim %(number)d") % {"number": entry.number}
    found: list[dict[str, Any]] = []
    for name, (button, address) in _BUTTONS.items():
        if name in offered:
            link = reverse(address, args=[article.pk, claim.pk])
            found.append(_button(button, offered[name], link) | {"of": of})
            if name == "retract":
                said = _("Retract claim %(number)d") % {"number": entry.number}
                found[-1] |= {"label": said, "of": ""}
    if "decide" in offered:
        link = reverse("decide_claim", args=[article.pk, claim.pk])
        found.append(_button("decide-this", offered["decide"], link) | {"primary": True, "of": of})
    return found


def _button(name: str, offer: Offer, link: str) -> dict[str, Any]:
    label, objection = offer.act.label, offer.objection
    return {"name": name, "label": label, "link": link, "objection": objection}
