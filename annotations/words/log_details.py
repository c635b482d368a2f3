"""What a line of the log holds beside its move, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.demands import TO_CONFIRM
from annotations.listing import labelled, listed, quoted
from annotations.models import Article, Claim, Claimant, Desk, Transition
from annotations.text.reanchor import Fate
from annotations.vocabulary import (
    MoveName,
    SetAside,
    StatementKind,
)

from .languages import language_name
from .rules import choice, label, shown


def in_quotes(value: Any) -> str:
    return quoted(value or "–")


def _fields(changed: dict[str, list[Any]], line: Transition) -> Iterable[str]:
    if line.move == MoveName.CHANGE_RULES:
        for name, (before, after) in changed.items():
            yield labelled(label(Desk, name), f"{shown(name, before)} → {shown(name, after)}")
    else:
        model = _OF.get(line.move, Claim)
        for name, (before, after) in changed.items():
            if model is Claimant and name == "name":
                continue  # what was done says both names already
            was, now = (in_quotes(_value(model, name, value)) for value in (before, after))
            called = _CALLED[name] if model is Claimant else capfirst(label(model, name))
            yield labelled(called, f"{was} → {now}")


_CALLED = {
    "name": gettext_lazy("Name"),
    "kind": gettext_lazy("Kind"),
    "description": gettext_lazy("Description"),
}
"""The fields of a claimant."""


_OF: dict[str, type[Article | Claim | Claimant]] = {
    MoveName.DESCRIBE: Article,
    MoveName.PLAN: Article,
    MoveName.CHANGE_CLAIMANT: Claimant,
}
"""Whose fields a move changes, where it is not the claim's."""


def _value(model: type[Article | Claim | Claimant], name: str, value: Any) -> Any:
    """A value of a field for people: a moment in the time zone that is at work."""
    if name == "due_at" and value:
        return date_format(
            timezone.localtime(dt.datetime.fromisoformat(value)), "SHORT_DATETIME_FORMAT"
        )
    return choice(model, name, value)


def _marks(counts: dict[str, int], line: Transition) -> Iterable[str]:
    words = {
        Fate.SAME: _("%(n)d in place"),
        Fate.MOVED: _("%(n)d moved"),
        Fate.CONTEXT: _("%(n)d to confirm"),
        Fate.PROPOSAL: _("%(n)d to place"),
        Fate.ORPHAN: _("%(n)d without a place"),
    }
    told = [words[fate] % {"n": counts[fate]} for fate in words if counts.get(fate)]
    if told:
        yield _("Marks: %(list)s.") % {"list": listed(told)}


def _exact(words: str | list[str], line: Transition) -> Iterable[str]:
    yield " → ".join(map(in_quotes, [words] if isinstance(words, str) else words))


def _why(why: str, line: Transition) -> Iterable[str]:
    yield f"{SetAside(why).label}."


def _duplicate_of(claim: str, line: Transition) -> Iterable[str]:
    yield in_quotes(claim)


def _days(days: int, line: Transition) -> Iterable[str]:
    yield (
        ngettext(
            "Not handed in within the desk’s %(days)d day.",
            "Not handed in within the desk’s %(days)d days.",
            days,
        )
        % {"days": days}
    )


def _done_by(person: str | None, line: Transition) -> Iterable[str]:
    yield _("%(person)s did it.") % {"person": person or _("The desk’s policy")}


def _left(person: str, line: Transition) -> Iterable[str]:
    yield _("%(person)s left the desk.") % {"person": person}


def _revised_in_view(is_so: bool, line: Transition) -> Iterable[str]:
    yield _("Revised after disclosure.")


def _lacks(lacks: list[dict[str, str]], line: Transition) -> Iterable[str]:
    yield _("Published all the same:")
    for lack in lacks:
        about = listed(in_quotes(lack[name]) for name in ("claim", "source") if lack[name])
        if lack["demand"] == TO_CONFIRM:
            yield _("%(about)s has something that was still to be confirmed") % {"about": about}
            continue
        yield _("%(about)s lacks %(demand)s") % {
            "about": about,
            "demand": label(Desk, lack["demand"]),
        }


def _original(name: str, line: Transition) -> Iterable[str]:
    yield name


def _language(code: str, line: Transition) -> Iterable[str]:
    yield language_name(code)


def _kind(kind: str, line: Transition) -> Iterable[str]:
    yield str(StatementKind(kind).label)


def _report(key: str, line: Transition) -> Iterable[str]:
    yield _("A reader reported it.")


def _number(number: int, line: Transition) -> Iterable[str]:
    yield _("Revision %(number)d.") % {"number": number}


def _its_names(names_too: list[str], line: Transition) -> Iterable[str]:
    yield _("With its other names: %(names)s.") % {"names": listed(map(in_quotes, names_too))}


def _claims_reworded(count: int, line: Transition) -> Iterable[str]:
    if count:
        yield (
            ngettext(
                "%(count)d claim whose wording is open names the main one now.",
                "%(count)d claims whose wording is open name the main one now.",
                count,
            )
            % {"count": count}
        )


DETAILS: dict[str, Callable[[Any, Transition], Iterable[str]]] = {
    "fields": _fields,
    "report": _report,
    "number": _number,
    "marks": _marks,
    "exact": _exact,
    "why": _why,
    "duplicate_of": _duplicate_of,
    "days": _days,
    "done_by": _done_by,
    "left": _left,
    "revised_in_view": _revised_in_view,
    "lacks": _lacks,
    "original": _original,
    "language": _language,
    "addressee": _original,
    "kind": _kind,
    "its_names": _its_names,
    "claims_reworded": _claims_reworded,
}
