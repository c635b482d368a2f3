"""What was changed between two editions, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.editions import reading
from annotations.editions.changes import NOT_REPEATED
from annotations.editions.content import RETRACTED, Change, How, Said
from annotations.formats.markup import line_in_words, plain
from annotations.listing import labelled, listed, listed_apart
from annotations.text.difference import Part, parts
from annotations.vocabulary import ClaimantKind, PublicText, SetAside, Stance, Tone

from .dates import when
from .languages import language_name
from .people import how_checked, people

FIELDS = {
    "rating": gettext_lazy("Rating"),
    "value": gettext_lazy("Number of the rating"),
    "definition": gettext_lazy("What the rating means"),
    "tone": gettext_lazy("Colour of the rating"),
    "finding": gettext_lazy("Finding"),
    "justification": gettext_lazy("Reasoning"),
    "evidence": gettext_lazy("Evidence"),
    "source_details": gettext_lazy("What is said of the sources"),
    "source_order": gettext_lazy("Order of the sources"),
    "evidence_as_of": gettext_lazy("Evidence as of"),
    "claim_reviewed": gettext_lazy("Claim"),
    "interpretation": gettext_lazy("How we read it"),
    "claimant": gettext_lazy("Claimant"),
    "claimant_description": gettext_lazy("Who the claimant is"),
    "claimant_kind": gettext_lazy("Person or organisation"),
    "reports": gettext_lazy("Whose words are passed on"),
    "said_on": gettext_lazy("When it was said"),
    "quote": gettext_lazy("The words quoted"),
    "appearances": gettext_lazy("Where it was made"),
    "replies": gettext_lazy("Right of reply"),
    "how": gettext_lazy("How it was checked"),
    "scale": gettext_lazy("Our rating scale"),
    "desk": gettext_lazy("Who publishes this"),
    "language": gettext_lazy("Language"),
    "title": gettext_lazy("Title"),
    "outlet": gettext_lazy("Published by"),
    "published_on": gettext_lazy("Date of publication"),
    "original": gettext_lazy("The original"),
    "topic": gettext_lazy("Topic"),
    "why_selected": gettext_lazy("Why this article"),
    "permission": gettext_lazy("Permission to show the text"),
    "public_text": gettext_lazy("How much of the text is shown"),
    "article_language": gettext_lazy("Language"),
    "text": gettext_lazy("Text"),
    "headings": gettext_lazy("Headings"),
    "marks": gettext_lazy("What is marked"),
    "notes": gettext_lazy("Why it is not rated"),
    "citations": gettext_lazy("Number of sources, claim by claim"),
    "sources": gettext_lazy("Sources"),
    "claim": gettext_lazy("Claim"),
}
"""The keys of `editions.changes`. A name in no list is of an edition from before there were keys,
and stands as it was stored."""

CODES: dict[str, Any] = {
    value: label
    for kind in (Stance, SetAside, PublicText, ClaimantKind)
    for value, label in kind.choices
} | {RETRACTED: gettext_lazy("Retracted")}
"""The codes among the values. Languages are the rest."""

TONES = dict(Tone.choices)

DATES = ("said_on", "evidence_as_of", "published_on")

SIGNS: dict[str, Callable[[str], str]] = {
    "finding": line_in_words,
    "claim": line_in_words,
    "justification": plain,
    "interpretation": plain,
}
"""What is written with signs of formatting: they are no words, the address of a link is."""

ONLY_SIGNS = gettext_lazy("Only the formatting was changed.")


OF_THE_RATING = ("value", "definition", "tone")
"""What comes along with another rating, and says no more than its name."""


def changes_in_words(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """What was changed, word by word: [{field, parts, language}].

    What reads the same before and after is left out, such as how a claim was checked where only the
    date of the evidence is another, which is told by itself.
    """
    found = _day_told_once(changes)
    is_rated_anew = any(change.field == "rating" for change in found)
    told = [
        {
            "field": FIELDS.get(change.field, change.field),
            "parts": _parts(change),
            "language": change.language,
        }
        for change in found
        if not (is_rated_anew and change.field in OF_THE_RATING)
    ]
    return [each for each in told if each["parts"]]


def sides_in_words(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """What was changed, as it was and as it is: [{field, sides: [(before, after)], language}].

    Of a text, the paragraphs that are not the same.
    """
    found = []
    for change in _day_told_once(changes):
        before, after = (_in_words(change.field, said) for said in (change.before, change.after))
        field = FIELDS.get(change.field, change.field)
        pairs = sides(before, after)
        if change.field in SIGNS and not pairs:
            pairs = [("", str(ONLY_SIGNS))]
        found.append({"field": field, "sides": pairs, "language": change.language})
    return [each for each in found if each["sides"]]


def _day_told_once(changes: Iterable[Change]) -> list[Change]:
    """The changes, with the day of the evidence where it stands alone: a claim's has its own line,
    an article's is part of how it was checked."""
    found = list(changes)
    if all(change.field != "evidence_as_of" for change in found):
        return found
    return [
        replace(change, before=_without_day(change.before), after=_without_day(change.after))
        if change.field == "how"
        else change
        for change in found
    ]


def _without_day(said: Said) -> Said:
    return said | {"evidence_as_of": None} if isinstance(said, dict) else said


def _how(how: How) -> str:
    """How it was checked, by whom, and of which day the evidence is."""
    told = [how_checked(how)]
    if how.checked:
        told.append(f"{labelled(_('Checked by'), people(how, 'checked'))}.")
    if how.evidence_as_of is not None:
        told.append(_("Evidence is as of %(day)s.") % {"day": date_format(how.evidence_as_of)})
    return "\n".join(told)


def sides(before: str, after: str) -> list[tuple[str, str]]:
    """The paragraphs that are not the same: how each stood, and how it stands."""
    old, new = before.split("\n"), after.split("\n")
    matched = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        ("\n".join(old[a:b]), "\n".join(new[c:d])) for op, a, b, c, d in matched if op != "equal"
    ]


CHANGED = gettext_lazy("Changed. The words are not repeated here.")


def _parts(change: Change) -> list[Part]:
    if change.field in NOT_REPEATED:
        return [Part("same", str(CHANGED))]
    before, after = (_in_words(change.field, said) for said in (change.before, change.after))
    if change.field in SIGNS and before == after:
        return [Part("same", str(ONLY_SIGNS))]
    return parts(before, after)


def _in_words(field: str, said: Said) -> str:
    if isinstance(said, dict):
        return _how(reading.how(said))
    if isinstance(said, str):
        return when(said) if field in DATES else SIGNS.get(field, str)(said)
    if said and isinstance(said[0], dict):
        joined = listed_apart if field in IN_ONE_LINE else "\n".join
        return joined([LINES.get(field, _source)(line) for line in said])
    names = TONES if field == "tone" else CODES
    return listed_apart(_coded(words, code, names) for words, code in said)


def _coded(words: str, code: str, names: dict[str, Any]) -> str:
    name = str(names[code]) if code in names else language_name(code) if code else ""
    return _with(words, name) if words and name else words or name


def _with(words: object, what: object) -> str:
    return _("%(words)s (%(what)s)") % {"words": words, "what": what}


Line = dict[str, Any]

IN_ONE_LINE = ("source_order", "sources", "citations")

SOURCE = (
    "title", "publisher", "published_on", "url", "leads_to", "is_confidential", "passage",
    "locator", "note", "saved_on", "sha256", "archived_at",
)  # fmt: skip
"""What is told of a source, in this order: the database keeps none in an object."""

OF_SOURCE: dict[str, Callable[[Any], object]] = {
    "published_on": when,
    "saved_on": when,
    "is_confidential": lambda _is: _("confidential"),
}


def _source(line: Line) -> str:
    return listed(OF_SOURCE.get(name, str)(line[name]) for name in SOURCE if name in line)


def _several(*names: str) -> Callable[[Line], str]:
    return lambda line: listed(line[name] for name in names if name in line)


def _reply(line: Line) -> str:
    return labelled(_with(line["addressee"], when(line["asked_on"])), line.get("answer", ""))


def _rating(line: Line) -> str:
    label = _with(line["label"], line["value"]) if "value" in line else line["label"]
    return labelled(label, line.get("definition", ""))


def _found(line: Line) -> str:
    return _("%(claim)s – %(rating)s. %(finding)s") % {
        "claim": line["claim_reviewed"],
        "rating": line["rating"],
        "finding": line_in_words(line.get("finding", "")),
    }


LINES: dict[str, Callable[[Line], str]] = {
    "replies": _reply,
    "scale": _rating,
    "reports": _several("name", "description"),
    "desk": _several("name", "website", "logo", "data_licence"),
    "citations": lambda line: labelled(line["claim"], line["citations"]),
    "claim": _found,
}
"""How a line of each field is put into words. The others are lines of sources."""
