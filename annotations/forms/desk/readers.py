"""What a desk answers to readers, and what it says of itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Statement
from annotations.vocabulary import ReportOutcome


class AnswerForm(forms.Form):
    """What a desk made of a report; a prefix tells several forms on a page apart."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it"), choices=ReportOutcome.choices
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer to the reader"),
        required=False,
        max_length=5000,
        help_text=gettext_lazy("Sent if they left an address. For the record in any case."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") in (ReportOutcome.CORRECT, ReportOutcome.STANDS) and not data.get(
            "answer"
        ):
            self.add_error("answer", _("Say what came of it."))
        return data


class StatementForm(forms.ModelForm):
    """A new version of what a desk says of itself, with the version it was based on."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)

    class Meta:
        model = Statement
        fields = ("body",)
        widgets = {"body": forms.Textarea(attrs={"rows": 14, "dir": "auto"})}
        help_texts = {
            "body": gettext_lazy(
                "A blank line parts paragraphs. # makes a heading, - a list, *words* stress, and"
                " [words](https://…) a link."
            )
        }
