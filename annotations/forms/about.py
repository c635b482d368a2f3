"""What is said of an article beside its text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.forms.fields import PartialDateField
from annotations.models import DESCRIBED, Article
from annotations.vocabulary import PublicText

WHY_SELECTED = gettext_lazy(
    "Readers see this on the page. Do not put a tip or the name of a source here."
)


class AboutForm(forms.ModelForm):
    """What is said of an article beside its text; the whole text is shown by permission only."""

    class Meta:
        model = Article
        fields = list(DESCRIBED)
        field_classes = {"published_on": PartialDateField}
        help_texts = {"why_selected": WHY_SELECTED}
        widgets = {
            "why_selected": forms.Textarea(attrs={"rows": 2}),
            "public_text": forms.RadioSelect,
        }

    def clean_why_selected(self) -> str:
        """Browsers send every line end of a text area as CRLF."""
        return str(self.cleaned_data["why_selected"]).replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("public_text") == PublicText.FULL and not data.get("permission"):
            self.add_error(
                "permission", _("Say by whose permission or licence the whole text is shown.")
            )
        return data
