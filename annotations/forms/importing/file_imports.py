"""Files for the worker to take in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.forms.uploads import ManyFilesField


class FileImportsForm(forms.Form):
    """Several files, or a long one, and what is in them."""

    uploads = ManyFilesField(
        label=gettext_lazy("Files"),
        error_messages={"required": gettext_lazy("Choose a file.")},
        help_text=gettext_lazy(
            "Articles as JSON or JSON Lines; texts, pages and office documents, an article each;"
            " ClaimReviews, sets of claims and of stances. At most 20, and 10 MB together."
        ),
    )
    holds_checks = forms.BooleanField(
        label=gettext_lazy("They hold earlier checks by others"),
        required=False,
        help_text=gettext_lazy(
            "Then saved pages are read for the ClaimReviews in them, tables for their claims; else"
            " these become articles. JSON is known by what is in it."
        ),
    )

    def clean_uploads(self) -> list[Any]:
        found: list[Any] = self.cleaned_data["uploads"]
        if not found:
            raise forms.ValidationError(_("Choose a file."))
        return found
