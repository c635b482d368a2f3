"""Fields that several forms share."""

from __future__ import annotations

from typing import Any

from django import forms

from annotations.models import validate_partial_date
from annotations.text.dates import with_plain_digits


class PartialDateField(forms.CharField):
    """A year, a month or a day: 2026, 2026-11 or 2026-11-24, in the digits of any script.

    The value is a string in plain digits, empty if nothing was typed.
    """

    default_validators = [validate_partial_date]

    def to_python(self, value: Any) -> str:
        return with_plain_digits(super().to_python(value) or "")
