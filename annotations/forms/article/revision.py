"""A new text of an article, and what people say about marks that lost their place."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.forms.uploads import UPLOAD_HELP, too_large
from annotations.models import Orphan, Revision
from annotations.text.canonical import BadText, canonicalise
from annotations.text.limits import MAX_BYTES
from annotations.vocabulary import SetAside

MOST_PLACES = 5
"""Places of the same words that a person is asked to choose among."""


class ReviseForm(forms.Form):
    """The article's new text, typed or in a file."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        help_text=gettext_lazy("The text as it is now on the desk. Change what has changed."),
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file with the new text"),
        required=False,
        help_text=UPLOAD_HELP,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why is the text changed?"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("For the desk’s log: “The paper added a correction.”"),
    )
    incoming = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # The hash of the text whose difference the person saw: no other is saved.
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    based_on = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Browsers send every line end of a text area as CRLF, whatever was pasted."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        upload, text = data.get("file"), data.get("text")
        if upload and upload.size > MAX_BYTES:
            self.add_error("file", too_large())
        if not upload and not (text and text.strip()) and "file" not in self.errors:
            self.add_error("text", _("The text is empty."))
        return data


class AttachForm(forms.Form):
    """Where an orphan belongs: a proposed place, or words that stand in the text."""

    place = forms.RegexField(r"^\d{1,9}-\d{1,9}$", required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("Or the words themselves"),
        required=False,
        max_length=5000,
        help_text=gettext_lazy("Copy them from the text, letter for letter."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, revision: Revision, orphan: Orphan, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"id_{orphan.uuid.hex[:8]}_%s"  # several stand on one page
        super().__init__(*args, **kwargs)
        self.text = revision.text
        self.places: list[tuple[int, int]] = []
        """Where the words stand, if that is at more than one place."""

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if not words:
            return ""
        try:
            return canonicalise(words).text
        except BadText as problem:
            raise forms.ValidationError(str(problem)) from None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("place") and not self.errors:
            self._find(data.get("words") or "")
        return data

    def _find(self, words: str) -> None:
        if not words:
            self.add_error("words", _("Choose a place, or copy the words from the text."))
            return
        # Between paragraphs a browser copies other white space than the text has.
        wanted = re.compile(r"\s+".join(map(re.escape, words.split())))
        self.places = [found.span() for found in wanted.finditer(self.text)]
        if not self.places:
            self.add_error("words", _("These words do not stand in the current text."))
        elif len(self.places) > 1:
            self.add_error(
                "words",
                ngettext(
                    "These words stand at %(count)d place. Choose it above.",
                    "These words stand at %(count)d places. Choose the right one above.",
                    len(self.places),
                )
                % {"count": len(self.places)},
            )

    def span(self) -> tuple[int, int]:
        """The chosen span, in code points, of a valid form."""
        if place := self.cleaned_data.get("place"):
            start, end = str(place).split("-")
            return int(start), int(end)
        return self.places[0]


class LetGoForm(forms.Form):
    """Why a mark without a place need not have one."""

    why = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[choice for choice in SetAside.choices if choice[0] != SetAside.DUPLICATE],
        initial=SetAside.GONE,
        error_messages={"required": gettext_lazy("Choose the reason.")},
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=500)

    def __init__(self, *args: Any, orphan: Orphan, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"id_{orphan.uuid.hex[:8]}_%s"  # several stand on one page
        super().__init__(*args, **kwargs)
