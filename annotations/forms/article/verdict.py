"""Deciding, sending back, and telling readers what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.forms.article.evidence import CitationForm
from annotations.forms.fields import RatingField
from annotations.forms.reason import ReasonForm
from annotations.models import Claim, Desk, User
from annotations.rights import Right, roles_with
from annotations.vocabulary import Cause, CorrectionKind


class VerdictForm(forms.Form):
    """The desk's answer; where ratings differ, why they did and the decider's reason.

    `cite` names the citations that the verdict stands on, by UUID, of those in `citations`; `order`
    all of them, in the order in which readers get them, where somebody has put them in one.
    """

    added: Any
    """The sources that the decider adds: a formset, sent with it."""
    before: Mapping[str, str] = MappingProxyType({})
    """What the decider had typed before taking over an annotation's words, by field."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    based_on = forms.CharField(widget=forms.HiddenInput)
    rating = RatingField(
        label=gettext_lazy("Rating"),
        error_messages={"required": gettext_lazy("Choose a rating.")},
    )
    finding = forms.CharField(
        label=gettext_lazy("Finding"),
        max_length=140,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    justification = forms.CharField(
        label=gettext_lazy("Justification"),
        help_text=gettext_lazy(
            "Readers see it. *Words* between asterisks are stressed, [words](https://…) become a"
            " link."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    evidence_as_of = forms.DateField(
        label=gettext_lazy("Evidence as of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    cause = forms.ChoiceField(
        label=gettext_lazy("Why did they differ?"), choices=Cause.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Stays on the desk. Those who annotated it will read it."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    cite = forms.MultipleChoiceField(required=False)
    order = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        desk: Desk,
        differ: bool,
        citations: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        cite = self.fields["cite"]
        assert isinstance(cite, forms.MultipleChoiceField)
        cite.choices = [(key, key) for key in citations]
        rating = self.fields["rating"]
        assert isinstance(rating, RatingField)
        rating.of(desk)
        self.fields["finding"].widget.attrs.pop("maxlength", None)
        self.initial.setdefault("evidence_as_of", timezone.localdate())
        if not differ:
            del self.fields["cause"], self.fields["reason"]


class AddedSourceForm(CitationForm):
    """A source that the decider adds to the verdict, if anything is typed; its address first."""

    comes_first = forms.BooleanField(
        label=gettext_lazy("Readers get it first"),
        required=False,
        help_text=gettext_lazy("Otherwise it comes after the citations that are taken."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["key"]
        # The page opens at the annotations, not in this field.
        self.fields["url"].widget.attrs.pop("data-focus", None)

    def has_changed(self) -> bool:
        """Whether anything is typed. A stance alone is no source, and no press takes it back."""
        return bool(set(self.changed_data) - {"stance"})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.more:
            self.add_error("url", _("Give one address a source: each has a row of its own."))
        return data

    def is_given(self) -> bool:
        """Whether anything is typed or chosen: an empty row adds nothing."""
        return any(self.cleaned_data.values())


AddedSources = forms.formset_factory(
    AddedSourceForm, extra=1, max_num=20, absolute_max=20, validate_max=True
)
"""The sources a decider adds: as many as were asked for, and one empty row."""


class SendBackForm(ReasonForm):
    """Which claim goes back to its decider, and why."""

    claim = forms.ModelChoiceField(
        label=gettext_lazy("What"),
        queryset=Claim.objects.none(),
        empty_label=gettext_lazy("Choose a claim"),
    )
    to = forms.ModelChoiceField(
        label=gettext_lazy("To whom"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Whoever decided"),
    )
    field_order = ["claim", "to", "reason"]

    def __init__(self, *args: Any, claims: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        claim, to = self.fields["claim"], self.fields["to"]
        assert isinstance(claim, forms.ModelChoiceField)
        assert isinstance(to, forms.ModelChoiceField)
        claim.queryset = claims
        to.queryset = desk.members.filter(
            is_active=True, memberships__desk=desk, memberships__role__in=roles_with(Right.DECIDE)
        ).distinct()


class ReviewForm(forms.Form):
    """By which day somebody looks again, and what was found where that day has come."""

    day = forms.DateField(
        label=gettext_lazy("Look again by"),
        required=False,
        help_text=gettext_lazy("If empty, nobody has to."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=gettext_lazy("What you found"),
        required=False,
        help_text=gettext_lazy(
            "For the log. If it is no longer so, correct it: a day changes nothing for readers."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    based_on = forms.DateField(widget=forms.HiddenInput, required=False)


class CorrectForm(ReasonForm):
    """Why a published claim is opened again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why is it opened again?")
        self.fields["reason"].help_text = _(
            "For the log. What readers are told is asked when the new edition is published."
        )


class CorrectionForm(forms.Form):
    """What readers are told of one change; its prefix is the key of the claim."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of change"), choices=CorrectionKind.choices)
    why = forms.CharField(
        label=gettext_lazy("Why, in public"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "data-next": ""}),
    )


class AskAgainForm(forms.Form):
    """Who writes one more blind annotation."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Who"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Choose somebody"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)
        person.queryset = (
            claim.desk.members.filter(
                is_active=True,
                memberships__desk=claim.desk,
                memberships__role__in=roles_with(Right.ANNOTATE),
            )
            .exclude(assignments__claim=claim)
            .exclude(sightings__claim=claim)
            .distinct()
        )
