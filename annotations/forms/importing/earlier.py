"""A file of earlier checks by others."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.forms.uploads import too_large
from annotations.text.limits import MAX_BYTES


class EarlierChecksForm(forms.Form):
    """The file, or the one of an earlier look, for a browser keeps none."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "ClaimReview in a saved page, as JSON, a DataFeed or JSON Lines; a set of claims or of"
            " stances as JSON, JSON Lines, CSV or TSV. At most 10 MB."
        ),
    )
    incoming = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload and upload.size > MAX_BYTES:
            raise forms.ValidationError(too_large())
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("file") and not data.get("incoming"):
            self.add_error("file", _("Choose a file."))
        return data

    @property
    def key(self) -> uuid.UUID | None:
        """The file of an earlier look, unless another was chosen since."""
        found: uuid.UUID | None = self.cleaned_data["incoming"]
        return None if self.cleaned_data.get("file") else found
