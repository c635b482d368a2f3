"""Whether what became of a cited page matters."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from annotations.forms.reason import ReasonForm


class ChangeForm(ReasonForm):
    """A choice, and the reason for the log."""

    matters = forms.ChoiceField(
        label=gettext_lazy("Does it matter for what was published?"),
        choices=[
            ("yes", gettext_lazy("Yes: it is to be corrected")),
            ("no", gettext_lazy("No: what was published stands")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether it matters.")},
    )
    field_order = ("matters", "reason")
