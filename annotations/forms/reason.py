"""A reason, for what asks for nothing else."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class ReasonForm(forms.Form):
    """A reason for the log."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
