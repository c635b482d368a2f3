"""What is said of an article, what its sentences are, opening it for checking, translations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import moments
from annotations.forms.about import AboutForm
from annotations.forms.fields import AskedUntilField
from annotations.models import DESCRIBED, Article, Claim, Desk, User
from annotations.rights import Right, roles_with
from annotations.vocabulary import Dealing, Triage


class DescribeForm(AboutForm):
    """What is said of an article that is on the desk already."""

    WORDING = DESCRIBED

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())

    def wording(self) -> dict[str, str]:
        """The values by field, as `workflow.describe` takes them."""
        return {name: self.cleaned_data[name] for name in self.WORDING}

    def base(self) -> dict[str, str]:
        """What the person was shown before typing."""
        return {
            name: str(self.data.get(f"initial-{name}", "")).replace("\r\n", "\n")
            for name in self.WORDING
        }


class TriageForm(forms.Form):
    """What the sentences from `number` to `last` are, or a heading or row, which has a name."""

    number = forms.RegexField(r"^(?:[1-9]\d{0,8}|h\d{1,8})$")
    last = forms.IntegerField(min_value=1, required=False)
    triage = forms.ChoiceField(
        choices=[choice for choice in Triage.choices if choice[0]],
        error_messages={"required": gettext_lazy("Choose what the sentence is.")},
    )

    def names(self) -> list[str]:
        """What is triaged, by `Sentence.name`."""
        name: str = self.cleaned_data["number"]
        if not name.isdecimal():
            return [name]
        first = int(name)
        return [str(n) for n in range(first, max(first, self.cleaned_data["last"] or first) + 1)]

    def clean_last(self) -> int | None:
        last: int | None = self.cleaned_data["last"]
        if last is not None and last > 100_000:
            raise forms.ValidationError(_("There are not that many sentences."))
        return last


class PeopleField(forms.ModelMultipleChoiceField):
    """People to choose from; of who is away, until when."""

    def label_from_instance(self, obj: Any) -> str:
        if not obj.is_away(timezone.localdate()):
            return str(obj)
        return _("%(person)s (away until %(day)s)") % {
            "person": obj,
            "day": moments.short(obj.away_until),
        }


class OpenForm(forms.Form):
    """Who checks the article's claims, and by when."""

    people = PeopleField(
        label=gettext_lazy("Who checks each claim, without seeing the others’ work"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    way = forms.ChoiceField(
        label=gettext_lazy("Which claims they check"),
        choices=Dealing.choices,
        initial=Dealing.ALL,
        required=False,
        widget=forms.RadioSelect,
    )
    due_at = AskedUntilField()

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = desk.members.filter(
            is_active=True, memberships__desk=desk, memberships__role__in=roles_with(Right.ANNOTATE)
        )
        people = self.fields["people"]
        assert isinstance(people, forms.ModelMultipleChoiceField)
        people.queryset = members.distinct().order_by("first_name", "username")
        needed = desk.policy.annotations
        people.help_text = _("The desk’s policy asks for at least %(needed)d.") % {"needed": needed}

    def clean_way(self) -> Dealing:
        return Dealing(self.cleaned_data["way"] or Dealing.ALL)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("way") != Dealing.TAKEN and not data.get("people") and not self.errors:
            self.add_error("people", _("Choose who checks the claims."))
        return data


class OriginalChoice(forms.ModelChoiceField):
    """Articles to choose from, each with its desk's name: a person may belong to several."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} ({obj.desk.name})"


class OriginalForm(forms.Form):
    """Which article another one is a translation of."""

    original = OriginalChoice(
        label=gettext_lazy("The text that it translates"),
        queryset=Article.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose the text that this one translates."),
            "invalid_choice": gettext_lazy("That text cannot be the original. Choose another."),
        },
    )

    def __init__(self, *args: Any, originals: QuerySet[Article], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        original = self.fields["original"]
        assert isinstance(original, forms.ModelChoiceField)
        original.queryset = originals


class TiesForm(forms.Form):
    """Which claim of the original each claim of a translation is: a choice for each, or none."""

    def __init__(
        self, *args: Any, claims: Iterable[Claim], originals: Sequence[Claim], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.claims = {claim.uuid.hex: claim for claim in claims}
        self.originals = {str(each.uuid): each for each in originals}
        for name, claim in self.claims.items():
            now = claim.original
            tied = {str(now.uuid): now} if now else {}
            self.fields[name] = forms.ChoiceField(
                label=claim.claim_reviewed,
                choices=[
                    ("", gettext_lazy("No claim of the original")),
                    *((key, each.claim_reviewed) for key, each in (self.originals | tied).items()),
                ],
                required=False,
                initial=str(now.uuid) if now else "",
                error_messages={"invalid_choice": gettext_lazy("Choose one of these claims.")},
            )

    def changed(self) -> list[tuple[str, Claim, Claim | None]]:
        """The ties that changed: (field, claim, its new original or None)."""
        return [
            (name, self.claims[name], self.originals.get(self.cleaned_data[name]))
            for name in self.changed_data
        ]
