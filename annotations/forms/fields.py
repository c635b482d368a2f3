"""Fields that several forms share."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Desk, Rating, validate_partial_date
from annotations.prepared import PreparedRows
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


def _is_to_come(moment: dt.datetime) -> None:
    if moment < timezone.now():
        raise forms.ValidationError(_("This time has passed. Type a later one, or none."), "passed")


class AskedUntilField(DueField):
    """Until when somebody is asked: a moment that is still to come, or none."""

    default_validators = [_is_to_come]


class RatingField(forms.ModelChoiceField):
    """A rating of a desk's scale: of which desk, its form says (`of`).

    What was chosen is found by a statement that is written once, since each save asks it.
    """

    _scale: int | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "queryset": None})

    def of(self, desk: Desk) -> None:
        """Offer the ratings of the desk's scale, which are read when the choice is shown."""
        self._scale = desk.scale_id
        self.choices = lambda: [
            ("", self.empty_label or ""),
            *((rating.pk, str(rating)) for rating in desk.ratings),
        ]

    def to_python(self, value: Any) -> Rating | None:
        if value in self.empty_values:
            return None
        try:
            key = int(getattr(value, "pk", value))
            return _RATING.get(key, self._scale)
        except (ValueError, TypeError, Rating.DoesNotExist):
            said, params = self.error_messages["invalid_choice"], {"value": value}
            raise forms.ValidationError(said, "invalid_choice", params) from None


def _rating(pk: int, scale: int) -> QuerySet[Rating]:
    return Rating.objects.filter(pk=pk, scale=scale).order_by()


_RATING: PreparedRows[Rating] = PreparedRows(_rating, 2)


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
