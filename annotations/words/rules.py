"""A desk's rules for people: labels and values."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.formats.look import short
from annotations.models import Desk
from annotations.workflow import RULES

NAMES = {
    "sources_needed": gettext_lazy("minimum number of sources for each verdict"),
    "demand_sources": gettext_lazy("that minimum of sources"),
    "demand_confirmed": gettext_lazy("confirmation of what annotators noted as unconfirmed"),
}
"""Of rules whose own name says too little among the others."""


def label(model: type[Model], name: str) -> str:
    """The name of a field, for people."""
    if model is Desk and name in NAMES:
        return str(NAMES[name])
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def choice(model: type[Model], name: str, value: Any) -> Any:
    """The label of a value of a field that has choices; else the value."""
    choices = dict(getattr(model._meta.get_field(name), "choices", None) or ())
    return choices.get(value, value)


def shown(name: str, value: Any) -> str:
    """The value of one of the desk's rules, for people."""
    if value is None:
        return _("as the preset has it") if name == "decider_may_approve" else _("never")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "logo_file" and value:
        return short(value)
    value = choice(Desk, name, value)
    return str(value) if value != "" else _("none")


def rules_in_words(desk: Desk) -> list[tuple[str, str]]:
    """The desk's rules: label and value."""
    return [(label(Desk, name), shown(name, getattr(desk, name))) for name in RULES]
