"""The wording of a claim and the place where it is made."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import workflow
from annotations.formats.claimreview import LONG_WORDING
from annotations.forms.fields import PartialDateField, WithoutAsking
from annotations.models import Claim, Claimant, Desk, Mark
from annotations.vocabulary import ClaimantKind, SetAside


def long_wording(words: str) -> str:
    """A caution where a claim's wording is longer than others take over whole; else empty."""
    if len(words) <= LONG_WORDING:
        return ""
    return _(
        "The wording has %(length)d characters. Sites that take over our checks may cut it"
        " after %(most)d."
    ) % {"length": len(words), "most": LONG_WORDING}


class ClaimForm(WithoutAsking):
    """A claim in plain words. Claimants are named; one the desk does not know yet is added."""

    claimant_name = forms.CharField(
        label=gettext_lazy("Claimant"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Who says so. For the article’s own voice: the outlet."),
        widget=forms.TextInput(attrs={"list": "claimants", "autocomplete": "off"}),
    )
    claimant_kind = forms.ChoiceField(
        label=gettext_lazy("Person or organisation?"),
        choices=ClaimantKind,
        required=False,
        help_text=gettext_lazy("For a name that is new here. A known name stays as it is."),
    )
    reports_name = forms.CharField(
        label=gettext_lazy("Whose words they pass on"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For reported speech only."),
        widget=forms.TextInput(attrs={"list": "claimants", "autocomplete": "off"}),
    )
    reports_kind = forms.ChoiceField(
        label=gettext_lazy("The one they quote: person or organisation?"),
        choices=ClaimantKind,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    OFFERED = 500
    WORDING: tuple[str, ...] = (
        "claim_reviewed",
        "interpretation",
        "claimant_name",
        "reports_name",
        "type",
    )

    class Meta:
        model = Claim
        fields = ["claim_reviewed", "interpretation", "type"]
        widgets = {
            "claim_reviewed": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "interpretation": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        }

    field_order = [
        "claim_reviewed",
        "interpretation",
        "claimant_name",
        "claimant_kind",
        "reports_name",
        "reports_kind",
        "type",
    ]

    def __init__(self, *args: Any, outlet: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outlet = outlet
        self.desk: Desk = self.instance.desk
        if caution := long_wording(self.instance.claim_reviewed):
            self.fields["claim_reviewed"].help_text = caution
        for name in ("claimant", "reports"):
            if claimant := getattr(self.instance, name):
                self.initial[f"{name}_name"] = claimant.name
                self.initial[f"{name}_kind"] = claimant.kind

    def claimants(self) -> list[tuple[str, str]]:
        """Names to offer while typing, each with its kind: the outlet, and who spoke lately.

        The main ones: whoever types another name means the main entry.
        """
        rows = Claimant.objects.filter(desk=self.desk, same_as__isnull=True).order_by("-pk")[
            : self.OFFERED
        ]
        kinds = {self.outlet: str(ClaimantKind.OUTLET)} if self.outlet else {}
        return sorted((kinds | {row.name: row.kind for row in rows}).items())

    def wording(self) -> dict[str, Any]:
        """The fields of the claim; claimants are as they were typed."""
        data = self.cleaned_data
        return {
            "claim_reviewed": data["claim_reviewed"],
            "interpretation": data["interpretation"],
            "type": data["type"],
            "claimant": self._claimant("claimant"),
            "reports": self._claimant("reports"),
        }

    def _claimant(self, which: str) -> Claimant | None:
        name, kind = self.cleaned_data[f"{which}_name"], self.cleaned_data[f"{which}_kind"]
        return workflow.claimant_typed(self.desk, name, kind=kind, outlet=self.outlet)


class RewordForm(ClaimForm):
    """New words for a claim that is being checked, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("For the log. Everybody whose annotation goes back reads it."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    WORDING = (*ClaimForm.WORDING, "reason")


class Span(NamedTuple):
    """A stretch of the text, in code points."""

    start: int
    end: int


class SpansField(forms.Field):
    """Any number of spans, each posted as "start-end" under the field's name."""

    widget = forms.MultipleHiddenInput
    _SHAPE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
    MOST = 200

    def to_python(self, value: Any) -> list[Span]:
        found = [self._SHAPE.fullmatch(str(each)) for each in (value or [])[: self.MOST + 1]]
        spans = [Span(int(each[1]), int(each[2])) for each in found if each is not None]
        if len(spans) < len(found):
            raise forms.ValidationError(_("Those words are not in the text. Select them again."))
        if len(spans) > self.MOST:
            raise forms.ValidationError(
                _("At most %(most)d places can be added at once.") % {"most": self.MOST}
            )
        return spans


class AddMarkForm(WithoutAsking):
    """A place where a claim is made: its span, its words as the page showed them, and when said.

    `repeats` are further places where the same words stand.
    """

    start = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    end = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    exact = forms.CharField(widget=forms.HiddenInput, strip=False)
    repeats = SpansField(required=False)

    class Meta:
        model = Mark
        fields = ["start", "end", "said_on"]
        field_classes = {"said_on": PartialDateField}

    def clean_exact(self) -> str:
        """The words with line feeds: a form sends each as two characters."""
        return str(self.cleaned_data["exact"]).replace("\r\n", "\n")

    def spans(self) -> list[Span]:
        """The place itself, then its repeats."""
        data = self.cleaned_data
        return [Span(data["start"], data["end"]), *data["repeats"]]


class RepeatsForm(forms.Form):
    """More places where the words of a mark stand."""

    exact = forms.CharField(widget=forms.HiddenInput, strip=False)
    repeats = SpansField(
        error_messages={"required": gettext_lazy("Choose at least one of the places.")}
    )

    clean_exact = AddMarkForm.clean_exact


class SetAsideForm(forms.Form):
    """Why a claim is not checked."""

    why = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[choice for choice in SetAside.choices if choice[0] != SetAside.DUPLICATE],
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        help_text=gettext_lazy("Readers see it with an opinion, and with what cannot be checked."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("why") == SetAside.NOT_CHECKABLE and not data.get("note"):
            self.add_error("note", _("Say why it cannot be checked."))
        return data


class DuplicateForm(forms.Form):
    """Which claim another one repeats."""

    duplicate_of = forms.ModelChoiceField(
        label=gettext_lazy("The claim it repeats"),
        queryset=Claim.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose the claim that this one repeats.")},
    )

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        duplicate_of = self.fields["duplicate_of"]
        assert isinstance(duplicate_of, forms.ModelChoiceField)
        duplicate_of.queryset = others
