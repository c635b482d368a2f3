"""What somebody notes of a source, for themselves first."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class NoteForm(forms.Form):
    """What is still to be confirmed of a source, beside one of one's own annotations."""

    annotation = forms.ChoiceField(label=gettext_lazy("For which claim"))
    body = forms.CharField(
        label=gettext_lazy("What is still to be confirmed"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy(
            "Seen by you alone until your annotation is disclosed, and by the desk after that."
        ),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, claims: list[tuple[str, str]], **kwargs: Any) -> None:
        """`claims` are the UUIDs of one's own annotations that cite the source, and claims."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        choice = self.fields["annotation"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = claims
        self.fields["body"].widget.attrs.pop("maxlength", None)
        if len(claims) == 1:
            choice.widget = forms.HiddenInput()
            self.initial["annotation"] = claims[0][0]
