"""Adding an article."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.forms.about import WHY_SELECTED, AboutForm
from annotations.forms.fields import DueField
from annotations.forms.uploads import UPLOAD_HELP, too_large
from annotations.models import DESCRIBED
from annotations.text.limits import MAX_BYTES


class ImportForm(AboutForm):
    """A pasted text or an uploaded file, with what is known of the article."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        help_text=gettext_lazy(
            "Title on the first line, then a blank line. Put a blank line between paragraphs."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=UPLOAD_HELP,
    )
    is_mine = forms.BooleanField(
        label=gettext_lazy("I look after it"),
        required=False,
        help_text=gettext_lazy("Otherwise it waits in the queue until somebody takes it on."),
    )
    due_at = DueField(label=gettext_lazy("Due"))
    incoming = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # What was pasted into the text with its structure, by keys: static/js/pasting.js.
    copied = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    class Meta(AboutForm.Meta):
        help_texts = {
            "why_selected": WHY_SELECTED,
            "url": gettext_lazy(
                "If you give no text and no file, the page is fetched from this address."
            ),
        }
        # The title is the text's first line.
        fields = [*(name for name in DESCRIBED if name != "title"), "language"]

    field_order = ["url", "text", "file", "outlet", "topic", "byline", "published_on", "language"]

    def clean_text(self) -> str:
        """Browsers send every line end of a text area as CRLF, whatever was pasted."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_copied(self) -> list[uuid.UUID]:
        """The keys; what is none was not put there by our page."""
        key = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
        return [uuid.UUID(each) for each in re.findall(key, self.cleaned_data["copied"])]

    def source(self) -> tuple[str, bytes, str]:
        """What was given: pasted characters, else the bytes of a file and its name."""
        upload = self.cleaned_data.get("file")
        if upload is None:
            return self.cleaned_data["text"], b"", ""
        return "", upload.read(), upload.name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        upload, text = data.get("file"), data.get("text")
        if upload and upload.size > MAX_BYTES:
            self.add_error("file", too_large())
        if upload and text and text.strip():
            self.add_error("file", _("Paste a text or choose a file, not both."))
        given = upload or (text and text.strip()) or data.get("incoming") or data.get("url")
        if not given and not {"file", "url"} & set(self.errors):
            self.add_error(
                "text", _("Paste a text, choose a file that is not empty, or give a web address.")
            )
        return data
