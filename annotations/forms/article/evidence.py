"""A checker's own answer, and the sources it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.forms.fields import PartialDateField, RatingField, WithoutAsking
from annotations.models import Annotation, Citation, Desk, Source
from annotations.text.documents import doi, isbn
from annotations.vocabulary import Confidence, SourceKind, Stance

SOURCE_FIELDS = (
    "title",
    "publisher",
    "url",
    "published_on",
    "is_primary",
    "isbn",
    "authors",
    "language",
    "kind",
    "interests",
    "is_confidential",
)


class AnnotationForm(WithoutAsking):
    """An annotation while it is a draft: nothing is required until it is submitted."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    confidence = forms.ChoiceField(
        label=capfirst(Annotation._meta.get_field("confidence").verbose_name),
        choices=[("", gettext_lazy("Not said")), *Confidence.choices],
        required=False,
    )

    WORDING = ("rating", "finding", "justification", "confidence")

    class Meta:
        model = Annotation
        fields = ["rating", "finding", "justification", "confidence"]
        field_classes = {"rating": RatingField}
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
        assert isinstance(rating, RatingField)
        rating.of(desk)
        # Over-long text must arrive to be kept and explained, not be cut by the browser.
        self.fields["finding"].widget.attrs.pop("maxlength", None)


class PlaceForm(forms.Form):
    """Where among one's citations one of them is put, from 0."""

    place = forms.IntegerField(min_value=0, max_value=9999)
    key = forms.UUIDField(required=False)


class DocumentField(forms.URLField):
    """The address of a document, or its DOI. Several may be pasted at once: `more` are the rest."""

    widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "data-focus": ""})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)
        self.more: list[str] = []

    def clean(self, value: Any) -> str:
        given = _addresses(str(value or ""))
        if len(given) > MOST_ADDRESSES:
            raise forms.ValidationError(
                _("Give %(count)d addresses at most.") % {"count": MOST_ADDRESSES}
            )
        cleaned = [str(super(DocumentField, self).clean(each)) for each in given or [""]]
        self.more = list(dict.fromkeys(each for each in cleaned[1:] if each != cleaned[0]))
        return cleaned[0]


MOST_ADDRESSES = 20


def _addresses(words: str) -> list[str]:
    """The addresses in what was typed; a DOI by the address it resolves at."""
    whole = doi(words)
    given = [words] if whole else words.split()
    return [f"https://doi.org/{found}" if (found := doi(each)) else each for each in given]


class CitationForm(forms.ModelForm):
    """A source and what its passage does to the claim, on one page: its address first.

    `claims` are one's other open checks, by UUID with a name, that it may be cited for as well.
    """

    url = DocumentField(
        label=gettext_lazy("Web address, DOI or ISBN"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy(
            "Paste it, and the rest is looked up. Leave it empty if there is none."
        ),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("If empty, the address stands in its place."),
    )
    publisher = forms.CharField(label=gettext_lazy("Publisher"), max_length=200, required=False)
    authors = forms.CharField(label=gettext_lazy("Authors"), max_length=300, required=False)
    published_on = PartialDateField(
        label=gettext_lazy("Published on"),
        required=False,
        max_length=10,
        help_text=gettext_lazy("Such as 2026-11-24, 2026-11 or 2026."),
    )
    language = forms.CharField(
        label=gettext_lazy("Language"),
        max_length=35,
        required=False,
        help_text=gettext_lazy("Its code, such as en, fr or ar."),
    )
    isbn = forms.CharField(label="ISBN", max_length=40, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=SourceKind, required=False)
    is_primary = forms.BooleanField(
        label=gettext_lazy("Primary source"),
        required=False,
        help_text=gettext_lazy("The document, data or recording itself, not a report of it."),
    )
    interests = forms.CharField(
        label=gettext_lazy("Interests"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy("What the source may gain or lose, as far as it is known."),
    )
    is_confidential = forms.BooleanField(
        label=gettext_lazy("Confidential"),
        required=False,
        help_text=gettext_lazy(
            "Somebody who must not be named. Leave the address empty, and let the title say what"
            " readers may know: “an official of the ministry”. Who it is, is written down on the"
            " page of the source, once this is saved, for those you choose."
        ),
    )
    claims = forms.MultipleChoiceField(
        label=gettext_lazy("Cite it for these too"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Citation
        fields = ["stance", "passage", "locator", "note"]
        widgets = {
            "stance": forms.RadioSelect,
            "passage": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "note": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        }

    field_order = ["url", "stance", "passage", "locator", "note", "title", "publisher"]

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        claims: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(_with_isbn_apart(data), *args, **kwargs)
        if self.instance.pk:
            for name in SOURCE_FIELDS:
                self.initial.setdefault(name, getattr(self.instance.source, name))
            # It is said once, before anything is written down: workflow.save_citation.
            self.fields["is_confidential"].disabled = True
        self._field("stance").choices = Stance.choices
        if claims and not self.instance.pk:
            self._field("claims").choices = claims
        else:
            del self.fields["claims"]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    @property
    def more(self) -> list[str]:
        """The addresses besides the first."""
        more: list[str] = self._field("url").more
        return more

    def clean_isbn(self) -> str:
        given = str(self.cleaned_data["isbn"])
        if given and not isbn(given):
            raise forms.ValidationError(_("This is not an ISBN: its check digit does not fit."))
        return isbn(given)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("title"):
            data["title"] = address_as_title(data.get("url") or "")
            if not data["title"] and "url" not in self.errors:
                self.add_error("title", _("Give its address or its title."))
        if self.more and (self.instance.pk or data.get("passage")):
            self.add_error("url", _("Words stand in one document: give one address with them."))
        described = ("title", "publisher", "url", "published_on", "isbn")
        source = Source(**{name: data.get(name) or "" for name in described})
        source.is_confidential = bool(data.get("is_confidential"))
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


def address_as_title(address: str) -> str:
    """What stands for the title of a page that nobody gave one."""
    return address.partition("://")[2].rstrip("/")[:300]


def _with_isbn_apart(data: Any) -> Any:
    """What was sent, with an ISBN that was typed as the address in the field of its own."""
    found = isbn(data.get("url", "")) if data else ""
    if not found:
        return data
    data = data.copy()
    data["url"], data["isbn"] = "", found
    return data
