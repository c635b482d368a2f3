"""What the admin's moves ask: reasons, people, choices. They know no request."""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from typing import Any, cast

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models import Count
from django.http import HttpRequest, QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from annotations.formats.markup import line_in_words, plain
from annotations.forms import DescribeForm, ImportForm, PartialDateField, RewordForm, TakeBackForm
from annotations.forms.fields import AskedUntilField
from annotations.listing import labelled
from annotations.models import DESCRIBED, Annotation, Article, Claim, Rating, User
from annotations.vocabulary import Cause, ClaimantKind, CorrectionKind, Task
from annotations.workflow import ClaimDraft
from annotations.workflow.confidence import names_in_words

from .access import person
from .typed import AnyModelChoiceField, AnyModelForm

AROUND = 40
"""How much of the text around a place is shown where words stand several times. Code points."""
MOST_PLACES = 50


def long_text(label: Any, *, required: bool = True, rows: int = 4, **options: Any) -> Any:
    widget = AdminTextareaWidget({"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, required=required, widget=widget, **options)


def due_field() -> forms.DateTimeField:
    return AskedUntilField(widget=AdminTextInputWidget({"placeholder": "2026-11-24 18:00"}))


def people_form(people: Any) -> type[forms.Form]:
    """Who is to check: any number of these people, by when."""

    class PeopleForm(forms.Form):
        who = forms.ModelMultipleChoiceField(
            label=_("Who checks?"),
            queryset=people,
            to_field_name="username",
            widget=forms.CheckboxSelectMultiple,
        )
        due_at = due_field()

    return PeopleForm


def original_form(originals: Any) -> type[forms.Form]:
    """Which article the chosen one is a translation of."""

    class OriginalForm(forms.Form):
        original = forms.ModelChoiceField(
            label=_("The text that it translates"),
            queryset=originals,
            to_field_name="uuid",
            widget=forms.RadioSelect,
            empty_label=None,
        )

    return OriginalForm


def person_form(people: Any) -> type[forms.Form]:
    """Who else is to check: one of these people, why, by when."""

    class PersonForm(forms.Form):
        who = forms.ModelChoiceField(
            label=_("Who checks as well?"),
            queryset=people,
            to_field_name="username",
            widget=forms.RadioSelect,
            empty_label=None,
        )
        reason = long_text(_("Why?"), required=False)
        due_at = due_field()

    return PersonForm


def ask_form(people: Any) -> type[forms.Form]:
    """Who is asked, what for, by when."""

    class AskForm(forms.Form):
        who = forms.ModelChoiceField(
            label=_("Who?"),
            queryset=people,
            to_field_name="username",
            widget=forms.RadioSelect,
            empty_label=None,
        )
        task = forms.ChoiceField(label=_("What for?"), choices=Task.choices)
        due_at = due_field()

    return AskForm


class NumberForm(forms.Form):
    """Another claim of the same desk, by its number there."""

    same_as = forms.IntegerField(label=_("It repeats the claim of number"), min_value=1)


class OriginalClaimForm(forms.Form):
    """Which claim of the same desk the chosen one is in another language, by its number there."""

    same_as = forms.IntegerField(label=_("It translates the claim of number"), min_value=1)


class AdminRewordForm(RewordForm):
    """New words for a claim whose wording is frozen, and why, as the claim's page asks for them."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return cleaned if self.errors else cleaned | {"draft": ClaimDraft(**self.wording())}

    def show_now(self, claim: Claim) -> None:
        """Say what stands there now; whoever has seen it may save over it."""
        for name in self._meta.fields or ():
            theirs = getattr(claim, name)
            if self.cleaned_data.get(name) != theirs:
                self.add_error(name, gettext("Now saved: “%s”") % (theirs or "–"))
        self.data = cast(QueryDict, self.data).copy()
        self.data["version"] = str(claim.version)


def reword_form(claim: Claim) -> Any:
    """The form of this claim. Its own copy of the row: what is typed goes into no other."""
    fresh = Claim.objects.select_related("desk", "claimant", "reports").get(pk=claim.pk)
    outlets = Article.objects.filter(revisions__marks__claim=claim).order_by("pk")
    outlet = outlets.values_list("outlet", flat=True).first() or ""
    seen = {"version": fresh.version}
    return partial(AdminRewordForm, instance=fresh, outlet=outlet, initial=seen)


class DetailsForm(DescribeForm):
    """What is said of an article beside its text, as its own page asks for it."""

    def shown(self) -> list[tuple[str, str]]:
        """What the person saw before typing, to be sent along: what a conflict is told by."""
        if self.is_bound:
            return [(f"initial-{name}", self.data.get(f"initial-{name}", "")) for name in DESCRIBED]
        return [(f"initial-{name}", getattr(self.instance, name)) for name in DESCRIBED]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return cleaned | {"base": self.base()}

    def show_now(self, article: Article) -> None:
        """Say what stands there now; whoever has seen it may save over it."""
        now = {f"initial-{name}": getattr(article, name) for name in DESCRIBED}
        for name in DESCRIBED:
            theirs = getattr(article, name)
            if self.base()[name] != theirs:
                self.add_error(name, gettext("Now saved: “%s”") % (theirs or "–"))
        self.data = self._with(now)

    def _with(self, values: dict[str, str]) -> Any:
        data = cast(QueryDict, self.data).copy()
        for name, value in values.items():
            data[name] = value
        return data


def take_back_form(request: HttpRequest, rows: list[Any]) -> Any:
    """The page's own form; who knows a confidential name at one of the rows' desks is asked."""
    desks, actor = {row.desk for row in rows}, person(request)
    return partial(TakeBackForm, named=partial(names_in_words, desks=desks, person=actor))


def details_form(article: Article) -> Any:
    """The form of this article. Its own copy of the row: what is typed goes into no other."""
    return partial(DetailsForm, instance=Article.objects.get(pk=article.pk))


class AnnotationChoice(AnyModelChoiceField):
    """Annotations side by side: rating, finding, reasons; never whose, as on the desk's page."""

    def label_from_instance(self, obj: Any) -> str:
        cited = ngettext("%(count)d source", "%(count)d sources", obj.cited) % {"count": obj.cited}
        finding, reasons = line_in_words(obj.finding), plain(obj.justification)
        return labelled(obj.rating, f"{finding} – {reasons} ({cited})")


OWN_WORDS = ("rating", "finding", "justification")
"""What a verdict of one's own takes, all three."""


class DecideForm(forms.Form):
    """For each claim: an annotation to adopt, or a verdict of one's own; see `decide_form`."""

    keys: tuple[str, ...] = ()
    """Of the claims, in the names of their fields."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for key in self.keys:
            written = [name for name in OWN_WORDS if data.get(f"{name}_{key}")]
            if not written and not data.get(f"adopt_{key}"):
                self.add_error(
                    f"adopt_{key}", gettext("Choose one, or write a verdict of your own.")
                )
            for name in OWN_WORDS:
                if written and name not in written and not self.has_error(f"{name}_{key}"):
                    asks = gettext("A verdict of your own has a rating, a finding and reasons.")
                    self.add_error(f"{name}_{key}", asks)
        return data


def decide_form(annotations: dict[Claim, Any]) -> type[forms.Form]:
    """For each claim: which of its annotations is adopted, or the verdict that is written instead.

    Where ratings differ, why they do.
    """
    fields: dict[str, Any] = {"keys": tuple(claim.uuid.hex for claim in annotations)}
    for claim, rows in annotations.items():
        key = claim.uuid.hex
        fields[f"adopt_{key}"] = AnnotationChoice(
            label=str(claim),
            queryset=rows,
            to_field_name="uuid",
            widget=forms.RadioSelect,
            empty_label=None,
            required=False,
        )
        fields[f"rating_{key}"] = forms.ModelChoiceField(
            label=_("Or a verdict of your own: its rating"),
            queryset=Rating.objects.filter(scale=claim.desk.scale_id),
            required=False,
            help_text=_("With it stand the sources of the annotation chosen above, or of all."),
        )
        fields[f"finding_{key}"] = forms.CharField(
            label=_("Its finding"), max_length=140, required=False
        )
        fields[f"justification_{key}"] = long_text(_("Its reasons"), required=False)
        fields[f"cause_{key}"] = forms.ChoiceField(
            label=_("If the ratings differ: why do they?"),
            required=False,
            choices=[("", "–"), *Cause.choices],
        )
        fields[f"reason_{key}"] = long_text(_("Your reason"), required=False)
    return type("DecideForm", (DecideForm,), fields)


def publish_form(corrected: list[Claim]) -> type[forms.Form]:
    """For each claim readers already have: what kind of change this is, and why."""
    fields: dict[str, forms.Field] = {}
    for claim in corrected:
        key = claim.uuid.hex
        fields[f"kind_{key}"] = forms.ChoiceField(
            label=_("What kind of change is this? “%(claim)s”") % {"claim": claim},
            choices=CorrectionKind,
        )
        fields[f"why_{key}"] = long_text(_("Why? Readers see this."))
    return type("PublishForm", (forms.Form,), fields)


class AdminImportForm(ImportForm):
    """An article as the desk's page asks for it, and which desk and title it is to have."""

    class Meta(ImportForm.Meta):
        fields = ["desk", "title", *ImportForm.Meta.fields]

    field_order = ["desk", "title", "text", "file"]

    def __init__(self, *args: Any, desks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"] = forms.ModelChoiceField(desks, label=_("Desk"), to_field_name="slug")
        self.fields["title"].required = False
        self.fields["title"].help_text = _("If empty, the first heading of the text.")
        self.fields["language"].required = False
        del self.fields["copied"]  # asked for by the desk's own page, which reads what is pasted
        self.order_fields(self.field_order)

    def _get_validation_exclusions(self) -> set[str]:
        """An empty title is the text's own heading, once it is read."""
        return {*super()._get_validation_exclusions(), "title"}  # type: ignore[misc]


class MarkForm(AnyModelForm):
    """Which words of the text make a claim, and the claim in plain words.

    Words that stand once need no more; for words that stand several times, a place is chosen.
    """

    words = long_text(_("The exact words, as they stand in the text"))
    place = forms.ChoiceField(
        label=_("Which of them?"), required=False, widget=forms.RadioSelect, choices=()
    )
    said_on = PartialDateField(
        label=_("Said on"),
        required=False,
        help_text=_("Such as 2026-11-24, 2026-11 or 2026. Leave it empty if it is unknown."),
    )
    same_as = forms.IntegerField(
        label=_("or one more place of claim number"), required=False, min_value=1
    )
    claimant_name = forms.CharField(label=_("Who says it?"), required=False, max_length=200)
    claimant_kind = forms.ChoiceField(
        label=_("Person or organisation?"), required=False, choices=ClaimantKind
    )
    reports_name = forms.CharField(
        label=_("reporting the words of"), required=False, max_length=200
    )
    reports_kind = forms.ChoiceField(
        label=_("The one they quote: person or organisation?"), required=False, choices=ClaimantKind
    )

    class Meta:
        model = Claim
        fields = ("claim_reviewed", "interpretation", "type")

    field_order = (
        "words", "place", "claim_reviewed", "interpretation", "claimant_name", "claimant_kind",
        "reports_name", "reports_kind", "type", "said_on", "same_as",
    )  # fmt: skip

    def __init__(self, *args: Any, text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claim_reviewed"].required = False
        asked = self.data.get("words", "").replace("\r\n", "\n").strip()
        self.words = unicodedata.normalize("NFC", asked)
        found = re.finditer(re.escape(self.words), text) if self.words else iter(())
        self.places = [match.start() for match, _n in zip(found, range(MOST_PLACES), strict=False)]
        if len(self.places) > 1:
            self.fields["place"].choices = [  # type: ignore[attr-defined]
                (str(start), self._around(text, start)) for start in self.places
            ]
        else:
            del self.fields["place"]

    def _around(self, text: str, start: int) -> str:
        end = start + len(self.words)
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        return f"… {before}[{Truncator(self.words).chars(80)}]{after} …"

    def _get_validation_exclusions(self) -> set[str]:
        return {*super()._get_validation_exclusions(), "claim_reviewed"}  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.words and not self.places:
            self.add_error("words", _("These words do not stand in the text like this."))
        elif len(self.places) > 1 and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", _("These words stand there several times: choose which."))
        if not cleaned.get("claim_reviewed") and not cleaned.get("same_as"):
            self.add_error("claim_reviewed", _("Put the claim in plain words."))
        return cleaned

    @property
    def span(self) -> tuple[int, int]:
        """Where the words stand, in code points of the text."""
        start = int(self.cleaned_data.get("place") or self.places[0])
        return start, start + len(self.words)


def candidates(claim: Claim, person: User) -> Any:
    """The claim's submitted annotations that the person may see."""
    rows = Annotation.objects.visible_to(person).submitted().filter(assignment__claim=claim)
    return rows.select_related("assignment__person", "rating").annotate(cited=Count("citations"))
