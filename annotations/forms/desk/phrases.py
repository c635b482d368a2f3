"""Words that a desk uses again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class PhraseForm(forms.Form):
    """A name to find them by, and the words."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        help_text=gettext_lazy("What they are for: “Figure out of date”."),
        error_messages={"required": gettext_lazy("Give the words a name.")},
    )
    body = forms.CharField(
        label=gettext_lazy("Words"),
        max_length=2000,
        help_text=gettext_lazy(
            "How a finding or a justification begins. In a justification, *words* between"
            " asterisks are stressed and [words](https://…) become a link."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write the words.")},
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Over-long words must arrive to be kept and explained, not be cut by the browser.
        self.fields["body"].widget.attrs.pop("maxlength", None)
