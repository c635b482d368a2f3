"""What a desk's pages look like: its logo and its colour."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import workflow
from annotations.formats.logo import MOST_BYTES, Drawn, Problem, Unfit, drawn
from annotations.formats.look import is_colour
from annotations.words.look import why_no_logo


class LookForm(forms.Form):
    """The logo and the colour, and why they change. A logo that there is stays unless it goes."""

    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        help_text=gettext_lazy(
            "PNG, JPEG or WebP, at most 1 MB. It is drawn again: of the file only what can be seen"
            " is kept. Best about 600 pixels wide and 100 high."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    without_logo = forms.BooleanField(label=gettext_lazy("Take the logo away"), required=False)
    colour = forms.CharField(
        label=gettext_lazy("Colour"),
        required=False,
        max_length=7,
        help_text=gettext_lazy(
            "Such as #0b4a9e. Each theme makes it darker or lighter until it can be read."
            " Leave it empty for none."
        ),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why does the look change?"),
        help_text=gettext_lazy("For the log."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    based_on = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_logo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_logo:
            del self.fields["without_logo"]

    def clean_logo(self) -> Drawn | None:
        upload = self.cleaned_data["logo"]
        if upload is None:
            return None
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(why_no_logo(Problem.TOO_LARGE))
        try:
            return drawn(upload.read())
        except Unfit as unfit:
            raise forms.ValidationError(why_no_logo(unfit.problem)) from None

    def clean_colour(self) -> str:
        colour = str(self.cleaned_data["colour"]).lower()
        if colour and not is_colour(colour):
            raise forms.ValidationError(
                _("Write the colour as # and six signs from 0 to 9 and a to f, such as #0b4a9e.")
            )
        return colour

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        if sent.get("logo") and sent.get("without_logo"):
            self.add_error("without_logo", _("Choose a new logo, or take it away: not both."))
        return sent

    def look(self) -> workflow.NewLook:
        """What was asked for, of a valid form."""
        return workflow.NewLook(
            colour=self.cleaned_data["colour"],
            logo=self.cleaned_data["logo"],
            without_logo=bool(self.cleaned_data.get("without_logo")),
        )
