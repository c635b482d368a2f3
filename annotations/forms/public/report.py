"""What readers report."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Report

QUICKEST, SLOWEST = 3, 24 * 3600
"""Seconds between opening the form and sending it: people need some, and a day is enough."""


class ReportForm(forms.ModelForm):
    """A reader's report. Two things keep machines out: a field nobody sees, and time."""

    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    class Meta:
        model = Report
        fields = ("words", "evidence", "email")
        labels = {
            "words": gettext_lazy("What is wrong?"),
            "evidence": gettext_lazy("What shows it?"),
            "email": gettext_lazy("Your e-mail address"),
        }
        help_texts = {
            "words": gettext_lazy("Name the words, and say what is so instead."),
            "evidence": gettext_lazy(
                "An address, a document, a place in it. You may leave it empty."
            ),
            "email": gettext_lazy(
                "Only to tell you what came of it. You may leave it empty; nobody else gets it."
            ),
        }
        widgets = {
            "words": forms.Textarea(attrs={"rows": 5, "dir": "auto", "maxlength": 5000}),
            "evidence": forms.Textarea(attrs={"rows": 2, "dir": "auto", "maxlength": 2000}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        error_messages = {"words": {"required": gettext_lazy("Say what is wrong.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].max_length = 5000  # type: ignore[attr-defined]
        self.initial["opened"] = signing.TimestampSigner().sign("report")

    def clean_words(self) -> str:
        return _at_most(self.cleaned_data["words"], 5000)

    def clean_evidence(self) -> str:
        return _at_most(self.cleaned_data["evidence"], 2000)

    def clean_opened(self) -> str:
        signer, sent = signing.TimestampSigner(), self.cleaned_data["opened"]
        try:
            signer.unsign(sent, max_age=SLOWEST)
        except signing.BadSignature:
            self._open_anew()
            raise forms.ValidationError(
                _("The form was open for too long. Your words are still here: send it again.")
            ) from None
        try:
            signer.unsign(sent, max_age=QUICKEST)
        except signing.SignatureExpired:
            return str(sent)
        raise forms.ValidationError(
            _("That was very quick. Your words are still here: wait a moment and send it again.")
        )

    def _open_anew(self) -> None:
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("opened")] = self.initial["opened"]
        self.data = data

    @property
    def is_suspect(self) -> bool:
        return bool(self.cleaned_data["website"])


def _at_most(words: str, length: int) -> str:
    if len(words) > length:
        raise forms.ValidationError(
            _("At most %(length)d characters; this has %(count)d.")
            % {"length": length, "count": len(words)}
        )
    return words
