"""The workbench's panels: a sentence, words to mark, a claim, one's own annotation, a source."""

from __future__ import annotations

import uuid
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations.forms import (
    AddMarkForm,
    AnnotationForm,
    CitationForm,
    ClaimForm,
    SetAsideForm,
)
from annotations.models import Annotation, Article, Citation, Claim, Transition
from annotations.queries import workbench as queries
from annotations.queries.access import may
from annotations.queries.speakers import probable_speaker
from annotations.queries.workbench import Entry, Workbench
from annotations.rights import Right
from annotations.text.anchors import BadAnchor, anchor, trim, words
from annotations.vocabulary import AssignmentStatus, ClaimStatus, Triage

from .answers import Request
from .conflicts import bases

Panel = dict[str, Any]
"""A panel's template, as `panel`, and its context."""


class Urls:
    """Addresses of the article's panels, made once: reversing is dear in a loop."""

    def __init__(self, article: Article) -> None:
        self.base = reverse("workbench", args=[article.pk])

    def __call__(self, **what: Any) -> str:
        return self.base + "".join(f"?{name}={value}" for name, value in what.items())


def panel_for(request: Request, bench: Workbench) -> Panel:
    """What the panel shows: new words to mark, a claim, a sentence, or nothing yet."""
    asked = request.GET
    marking = may(bench.article, Right.MARK)
    if "start" in asked and "end" in asked and marking:
        return marking_panel(bench, asked.get("start", ""), asked.get("end", ""), asked.get("add"))
    if entry := bench.entry(_number(asked.get("claim"))):
        if entry.is_open_to_me or (
            entry.check is not None and entry.claim.status == ClaimStatus.CHECKING
        ):
            if "cite" in asked and entry.is_open_to_me:
                return citation_panel(bench, entry, asked["cite"])
            return check_panel(bench, entry)
        if "edit" in asked and marking and not entry.claim.wording_is_frozen:
            return edit_panel(bench, entry)
        return claim_panel(request, bench, entry)
    if sentence := bench.sentence(_number(asked.get("sentence"))):
        return sentence_panel(bench, sentence)
    first = next((entry for entry in bench.entries if entry.is_open_to_me), None)
    if first is not None:
        return check_panel(bench, first)
    mark_url = Urls(bench.article).base if marking else ""
    return {"panel": "annotations/panel_empty.html", "mark_url": mark_url}


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def _neighbours(bench: Workbench, entry: Entry) -> Panel:
    """Previous and next claim, and what the head of every claim's panel shows."""
    url, at = Urls(bench.article), bench.entries.index(entry)
    before = bench.entries[at - 1] if at else None
    after = bench.entries[at + 1] if at + 1 < len(bench.entries) else None
    return {
        "entry": entry,
        "claim": entry.claim,
        "claim_number": entry.number,
        "place": queries.place(bench, entry),
        "said_on": next((mark.said_on for mark in entry.marks if mark.said_on), ""),
        "quotes": [mark.exact for mark in entry.marks],
        "language": bench.article.language,
        "previous_url": url(claim=before.claim.pk) if before else "",
        "next_url": url(claim=after.claim.pk) if after else "",
    }


def sentence_panel(bench: Workbench, sentence: Any, form: Any = None) -> Panel:
    """Triage of one sentence or several, and marking without a pointer."""
    url, marking = Urls(bench.article), may(bench.article, Right.MARK)
    text, number = bench.revision.text, sentence.number
    following = bench.sentence(number + 1)
    choosable = [row for row in (sentence, following) if row is not None]
    return {
        "panel": "annotations/panel_sentence.html",
        "sentence": sentence,
        "form": form,
        "quote": bench.text_of(sentence),
        "language": bench.article.language,
        "place": _("Sentence %(number)d") % {"number": number},
        "triage_choices": [choice for choice in Triage.choices if choice[0]],
        "triage_url": reverse("triage", args=[bench.article.pk]),
        "last_number": len(bench.body),
        "may_triage": marking,
        "mark_url": url.base if marking else "",
        "words": [
            {"number": row.number, "start": start, "end": end, "text": text[start:end]}
            for row in choosable
            for start, end in words(text, row.start, row.end)
        ],
        "previous_url": url(sentence=number - 1) if number > 1 else "",
        "next_url": url(sentence=number + 1) if following else "",
    }


def marking_panel(bench: Workbench, start: str, end: str, add: str | None) -> Panel:
    """A new claim for the selected words, or one more place of a claim; trimmed, and shown so."""
    text = bench.revision.text
    first, last = trim(text, _number(start), _number(end))
    try:
        chosen = anchor(text, first, last)
    except BadAnchor:
        return {
            "panel": "annotations/panel_empty.html",
            "mark_url": Urls(bench.article).base,
            "problem": _("Those words are not in the text. Select them again."),
        }
    if add and (entry := bench.entry(_number(add))):
        return add_panel(bench, entry, AddMarkForm(initial={"start": first, "end": last}), chosen)
    article = bench.article
    form = ClaimForm(
        instance=Claim(desk=article.desk, claim_reviewed=_capitalised(chosen.exact)),
        outlet=article.outlet,
        initial={"key": uuid.uuid4()},
    )
    return new_claim_panel(
        bench, form, AddMarkForm(initial={"start": first, "end": last}), chosen.exact
    )


def _capitalised(words_: str) -> str:
    flat = " ".join(words_.split())
    return (flat[:1].upper() + flat[1:])[:500]


def new_claim_panel(bench: Workbench, form: ClaimForm, place: AddMarkForm, exact: str) -> Panel:
    start, end = place["start"].value(), place["end"].value()
    where = queries.sentences_in_words(bench, [_Span(int(start), int(end))])
    return {
        "panel": "annotations/panel_mark.html",
        "form": form,
        "mark_form": place,
        "claimants": form.claimants(),
        "said_by": probable_speaker(bench, int(start), int(end)),
        "action": reverse("mark", args=[bench.article.pk]),
        "quote": exact,
        "place": f"{_('New claim')}, {where}",
        "language": bench.article.language,
        "discard_url": Urls(bench.article).base,
    }


class _Span:
    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end


def add_panel(bench: Workbench, entry: Entry, form: AddMarkForm, chosen: Any) -> Panel:
    return {
        "panel": "annotations/panel_mark.html",
        "entry": entry,
        "claim": entry.claim,
        "form": form,
        "action": reverse("add_mark", args=[bench.article.pk, entry.claim.pk]),
        "quote": chosen.exact,
        "place": _("One more place of claim %(number)d") % {"number": entry.number},
        "language": bench.article.language,
        "discard_url": Urls(bench.article)(claim=entry.claim.pk),
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
        "panel": "annotations/panel_mark.html",
        "entry": entry,
        "claim": claim,
        "form": form,
        "bases": bases(form),
        "claimants": form.claimants(),
        "action": reverse("edit_claim", args=[bench.article.pk, claim.pk]),
        "quote": entry.words,
        "place": queries.place(bench, entry),
        "language": bench.article.language,
        "discard_url": Urls(bench.article)(claim=claim.pk),
    }


def claim_panel(request: Request, bench: Workbench, entry: Entry, aside: Any = None) -> Panel:
    """A claim to read, with the moves one has the right to."""
    claim, article = entry.claim, bench.article
    marking = may(article, Right.MARK)
    url = Urls(article)
    return _neighbours(bench, entry) | {
        "panel": "annotations/panel_claim.html",
        "status": claim.get_status_display(),
        "tone": entry.tone,
        "label": entry.label if entry.rating or claim.status == ClaimStatus.SET_ASIDE else "",
        "finding": entry.verdict.finding if entry.verdict else "",
        "edit_url": f"{url(claim=claim.pk)}&edit=1"
        if marking and not claim.wording_is_frozen
        else "",
        "claim_moves": _claim_moves(bench, entry),
        "lines": [],
        "progress": [
            {"person": check.person, "words": check.get_status_display()}
            for check in queries.progress(claim, request.user)
        ],
        "set_aside_form": (aside or SetAsideForm())
        if marking
        and claim.status in (ClaimStatus.SPOTTED, ClaimStatus.CHECKING, ClaimStatus.DECIDING)
        else None,
        "set_aside_url": reverse("set_aside", args=[article.pk, claim.pk]),
    }


def _claim_moves(bench: Workbench, entry: Entry) -> list[dict[str, Any]]:
    claim, article = entry.claim, bench.article
    found: list[dict[str, Any]] = []
    if claim.status == ClaimStatus.PUBLISHED and may(article, Right.PUBLISH):
        url = reverse("correct", args=[article.pk, claim.pk])
        found.append({"name": "correct", "label": _("Correct"), "link": url})
    if claim.status == ClaimStatus.SET_ASIDE and may(article, Right.MARK):
        url = reverse("bring_back", args=[article.pk, claim.pk])
        found.append({"name": "bring", "label": _("Bring back"), "link": url})
    if claim.status == ClaimStatus.DECIDING and may(article, Right.DECIDE):
        url = f"{reverse('decide', args=[article.pk])}?claim={claim.pk}"
        found.append({"name": "decide-this", "label": _("Decide"), "link": url, "primary": True})
    return found


def check_panel(bench: Workbench, entry: Entry, form: AnnotationForm | None = None) -> Panel:
    """One's own annotation, blind: nobody else's is anywhere near this page."""
    assert entry.check is not None
    check, annotation, desk = entry.check, entry.annotation, bench.article.desk
    url = Urls(bench.article)
    citations = list(annotation.citations.select_related("source")) if annotation else []
    form = form or blank_annotation_form(annotation, desk)
    return _neighbours(bench, entry) | {
        "panel": "annotations/panel_check.html",
        "form": form,
        "bases": bases(form),
        "action": reverse("annotate", args=[check.uuid]),
        "scale_ratings": list(desk.ratings),
        "saved_words": _("Draft saved %(when)s")
        % {"when": date_format(annotation.saved_at, "j M, H:i")}
        if annotation
        else "",
        "returned": _why_returned(entry) if check.status == AssignmentStatus.RETURNED else "",
        "others_hidden": desk.policy.annotations > 1,
        "citations": [
            citation_row(
                row, f"{url(claim=entry.claim.pk)}&cite={row.uuid}" if entry.is_open_to_me else ""
            )
            for row in citations
        ],
        "may_submit": entry.is_open_to_me,
        "frozen": not entry.is_open_to_me,
        "annotation": annotation,
    }


def blank_annotation_form(annotation: Annotation | None, desk: Any) -> AnnotationForm:
    return AnnotationForm(
        instance=annotation,
        desk=desk,
        initial={"version": annotation.version if annotation else 0, "key": uuid.uuid4()},
    )


def _why_returned(entry: Entry) -> str:
    lines = Transition.objects.filter(assignment=entry.check, move="return").order_by("-at", "-pk")
    return lines.values_list("reason", flat=True).first() or ""


def citation_row(citation: Citation, edit_url: str = "") -> dict[str, Any]:
    source = citation.source
    return {
        "title": source.title,
        "url": source.url,
        "meta": ", ".join(
            part for part in (source.publisher, source.published_on, citation.locator) if part
        ),
        "stance": citation.stance,
        "stance_label": citation.get_stance_display(),
        "passage": citation.passage,
        "edit_url": edit_url,
    }


def citation_panel(
    bench: Workbench, entry: Entry, key: str, form: CitationForm | None = None
) -> Panel:
    """One source of one's own annotation; `key` is its UUID, or "new"."""
    assert entry.check is not None
    citation = _own_citation(entry, key)
    check = entry.check
    args = [check.uuid, citation.uuid] if citation else [check.uuid]
    return _neighbours(bench, entry) | {
        "panel": "annotations/panel_citation.html",
        "form": form or CitationForm(instance=citation, initial={"key": uuid.uuid4()}),
        "action": reverse("cite_again" if citation else "cite", args=args),
        "citation": citation,
        "back_url": Urls(bench.article)(claim=entry.claim.pk),
        "delete_url": reverse("uncite", args=args) if citation else "",
    }


def _own_citation(entry: Entry, key: str) -> Citation | None:
    if entry.annotation is None:
        return None
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return None
    found = entry.annotation.citations.select_related("source").filter(uuid=wanted)
    return found.first()
