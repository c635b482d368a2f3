"""A checker's own answer, and the sources it stands on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from annotations.models import Annotation, Citation, Desk, Source

from .fields import PartialDateField

SOURCE_FIELDS = ("title", "publisher", "url", "published_on", "is_primary")


class AnnotationForm(forms.ModelForm):
    """An annotation while it is a draft: nothing is required until it is submitted."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    WORDING = ("rating", "finding", "justification", "confidence")

    class Meta:
        model = Annotation
        fields = ["rating", "finding", "justification", "confidence"]
        widgets = {
            "finding": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "justification": forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        }
        error_messages = {
            "finding": {
                "max_length": gettext_lazy(
                    "A finding has at most %(limit_value)d characters; this has %(show_value)d."
                )
            }
        }

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rating = self.fields["rating"]
        assert isinstance(rating, forms.ModelChoiceField)
        rating.queryset = desk.ratings
        # Over-long text must arrive to be kept and explained, not be cut by the browser.
        self.fields["finding"].widget.attrs.pop("maxlength", None)


class CitationForm(forms.ModelForm):
    """A source and what its passage does to the claim, on one page."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    publisher = forms.CharField(label=gettext_lazy("Publisher"), max_length=200, required=False)
    url = forms.URLField(
        label=gettext_lazy("Web address"),
        required=False,
        max_length=2000,
        assume_scheme="https",
        help_text=gettext_lazy("Leave it empty for a document without one."),
    )
    published_on = PartialDateField(
        label=gettext_lazy("Published on"),
        required=False,
        max_length=10,
        help_text=gettext_lazy("As 2026-11-24, 2026-11 or 2026."),
    )
    is_primary = forms.BooleanField(
        label=gettext_lazy("Primary source"),
        required=False,
        help_text=gettext_lazy("The document, data or recording itself, not a report of it."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Citation
        fields = ["stance", "passage", "locator", "note"]
        widgets = {
            "passage": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "note": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        }

    field_order = ["title", "publisher", "url", "published_on", "stance", "passage", "locator"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in SOURCE_FIELDS:
                self.initial[name] = getattr(self.instance.source, name)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        source = Source(**{name: data.get(name) or "" for name in SOURCE_FIELDS[:4]})
        try:
            source.validate_constraints(exclude=["title"])
        except forms.ValidationError as problems:
            self.add_error(None, problems)
        return data

    def source(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in SOURCE_FIELDS}

    def use(self) -> dict[str, Any]:
        """What the citation says of the source."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
