"""What an edition tells, in words: the same on its page, in a frame and in its dossier."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.editions.content import (
    ArticleEdition,
    ClaimInArticle,
    Correction,
    How,
    Paragraph,
    Reply,
)
from annotations.queries import publication
from annotations.text.layout import Piece, Span, pieces
from annotations.vocabulary import CorrectionKind, SetAside, Tone

from . import evidence
from .changed import changes_in_words
from .people import how_checked, people


def reviewed(count: int) -> str:
    """That so many claims are being looked at again; empty for none."""
    if not count:
        return ""
    return ngettext(
        "One claim of this edition is being looked at again. You read what was published.",
        "%(count)d claims of this edition are being looked at again. You read what was published.",
        count,
    ) % {"count": count}


def people_named(how: How) -> list[dict[str, str]]:
    """Who checked, decided and approved, as the desk shows its people: [{did, names}]."""
    did = (
        ("checked", _("Checked by")),
        ("decided", _("Decided by")),
        ("approved", _("Approved by")),
    )
    return [{"did": label, "names": people(how, key)} for key, label in did if getattr(how, key)]


def how_told(how: How) -> str:
    """How the claims were checked, and of which day the evidence is."""
    told = how_checked(how)
    if how.evidence_as_of is not None:
        told += " " + _("Evidence is as of %(day)s.") % {"day": date_format(how.evidence_as_of)}
    return told


def unrated_reasons(edition: ArticleEdition) -> list[str]:
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


def correction(row: Correction) -> dict[str, Any]:
    """A correction: {kind, at, place (which claim), why, changes}."""
    place = _("Claim %(number)d: ") % {"number": row.claim} if row.claim else ""
    return {
        "kind": CorrectionKind(row.kind).label,
        "at": row.at,
        "place": place,
        "why": row.why,
        "changes": changes_in_words(row.changes),
    }


def rows(edition: ArticleEdition, preview: bool) -> list[dict[str, Any]]:
    """Paragraph by paragraph: its pieces, and the notes of the claims that end in it.

    In a preview, notes lead nowhere.
    """
    claims = {claim.position: claim for claim in edition.claims}
    spans = [Span(mark.start, mark.end, mark.claim) for mark in edition.marks]
    desk = edition.desk.slug
    begun: set[int] = set()
    noted: set[int] = set()
    found = []
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
        found.append(row)
    return found


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


def tone_of(claim: ClaimInArticle) -> tuple[str, str]:
    """The tone and the words of its rating, or of why it has none."""
    if claim.verdict is not None:
        return claim.verdict.rating.tone, claim.verdict.rating.label
    return publication.aside_tone(claim.set_aside), publication.aside_label(claim.set_aside)


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
        tone, label = tone_of(claims[number])
        refs.append({"number": number, "tone": tone, "label": label, "again": number in noted})
        if number not in noted:
            notes.append(_note(claims[number], desk, preview))
        noted.add(number)
    return {
        "text": piece.text,
        "marks": numbers,
        "tone": tone_of(claims[numbers[-1]])[0] if numbers else "",
        "first": fresh[0] if fresh else None,
        "refs": refs,
    }


def _note(claim: ClaimInArticle, desk: str, preview: bool) -> dict[str, Any]:
    tone, label = tone_of(claim)
    note = claim.set_aside.note if claim.set_aside else ""
    why_none = _("No verdict yet.") if tone == publication.UNRATED else _("We do not rate this.")
    return {
        "number": claim.position,
        "tone": tone,
        "label": label,
        "finding": claim.verdict.finding if claim.verdict else note or why_none,
        "sources": evidence.count_of(claim) if claim.verdict else 0,
        "url": _is_preview_link(preview, claim, desk) if claim.verdict else "",
    }


def _is_preview_link(preview: bool, claim: ClaimInArticle, desk: str) -> str:
    """A claim's own page; none in a preview, where it may not exist yet."""
    if preview or not claim.slug:
        return ""
    return reverse("public_claim", args=[desk, claim.number, claim.slug])


def reply(reply: Reply) -> tuple[str, str, str]:
    """What was asked and answered: the words before the answer, the answer, and those after."""
    day = date_format(reply.asked_on) if reply.asked_on else ""
    words = {"who": reply.addressee, "when": day, "answer": reply.answer}
    if reply.answer:
        told = _("%(who)s was asked on %(when)s and answered: “%(answer)s”") % words
        before, answer, after = told.rpartition(reply.answer)
        return before, answer, after
    told = _("%(who)s was asked on %(when)s and had not answered when this was published.") % words
    return told, "", ""


def unrated(tone: str) -> str:
    """What a rating without a number means, for the two that readers take for a judgement."""
    if tone == Tone.UNCHECKABLE:
        return _(
            "“Not checkable” is no judgement on who said it: research showed that nobody outside"
            " could find out whether it is so."
        )
    if tone == Tone.UNPROVEN:
        return _(
            "“Unproven” does not mean false: it could be checked, but what was found so far does"
            " not settle it."
        )
    return ""


def sentence(words: str) -> str:
    """The words with a full stop, unless they end already."""
    return words if not words or words.endswith((".", "!", "?")) else f"{words}."
