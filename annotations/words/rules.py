"""A desk's rules for people: labels and values."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from annotations.formats.look import short
from annotations.models import Desk
from annotations.workflow import RULES


def label(model: type[Model], name: str) -> str:
    """The name of a field, for people."""
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def choice(model: type[Model], name: str, value: Any) -> Any:
    """The label of a value of a field that has choices; else the value."""
    choices = dict(getattr(model._meta.get_field(name), "choices", None) or ())
    return choices.get(value, value)


def shown(name: str, value: Any) -> str:
    """The value of one of the desk's rules, for people."""
    if name == "lapse_days" and value is None:
        return _("never")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "logo_file" and value:
        return short(value)
    value = choice(Desk, name, value)
    return str(value) if value != "" else _("none")


def rules_in_words(desk: Desk) -> list[tuple[str, str]]:
    """The desk's rules: label and value."""
    return [(label(Desk, name), shown(name, getattr(desk, name))) for name in RULES]
