"""Fields that several forms share."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import validate_partial_date
from annotations.text.dates import with_plain_digits


class PartialDateField(forms.CharField):
    """A year, a month or a day: 2026, 2026-11 or 2026-11-24, in the digits of any script.

    The value is a string in plain digits, empty if nothing was typed.
    """

    default_validators = [validate_partial_date]

    def to_python(self, value: Any) -> str:
        return with_plain_digits(super().to_python(value) or "")


def _in_which_zone() -> str:
    return _("In the time zone %(zone)s. If empty, there is no deadline.") % {
        "zone": timezone.get_current_timezone_name()
    }


class DueField(forms.DateTimeField):
    """Until when, in the time zone of whoever types it, which it names. The value is in UTC."""

    def __init__(self, **kwargs: Any) -> None:
        picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        kwargs.setdefault("label", gettext_lazy("Due"))
        kwargs.setdefault("help_text", lazy(_in_which_zone, str)())
        kwargs.setdefault("widget", picker)
        super().__init__(required=False, **kwargs)


def zones() -> list[tuple[str, str]]:
    """Time zones to choose from, those that are called after a place."""
    names = sorted(zoneinfo.available_timezones())
    return [(name, name.replace("_", " ")) for name in names if "/" in name or name == "UTC"]


class WithoutAsking(forms.ModelForm):
    """A form whose fields say in words what the database asks of its row.

    Django would ask the database about each constraint and each key by a statement of its own,
    before the row is written under the same constraints.
    """

    def _get_validation_exclusions(self) -> set[str]:
        return {field.name for field in self.instance._meta.fields}
