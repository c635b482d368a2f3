"""Something said in a discussion."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from annotations.vocabulary import Hold


class CommentForm(forms.Form):
    """A comment, or a reply to the comment whose UUID is `parent`.

    `source` is the UUID of a source that it is about.
    """

    body = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=5000,
        help_text=gettext_lazy("@ and a user name mentions a member of the desk."),
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "dir": "auto",
                "data-comment": "",
                "data-mention": "",
                "data-next": "",
            }
        ),
        error_messages={"required": gettext_lazy("Write something first.")},
    )
    holds = forms.ChoiceField(
        label=gettext_lazy("To be confirmed before it is published"),
        choices=Hold.choices,
        required=False,
    )
    source = forms.UUIDField(widget=forms.HiddenInput, required=False)
    parent = forms.UUIDField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        # Over-long text must arrive to be kept and explained, not be cut by the browser.
        self.fields["body"].widget.attrs.pop("maxlength", None)
