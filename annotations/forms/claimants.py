"""Saying that two names are one claimant, and what is said of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.listing import listed, quoted
from annotations.models import Claimant
from annotations.vocabulary import ClaimantKind


class ClaimantForm(forms.Form):
    """What is said of a claimant. `base` is what the person saw, as a list of the three."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=ClaimantKind.choices, widget=forms.RadioSelect
    )
    description = forms.CharField(
        label=gettext_lazy("Description"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Who that is: “council leader”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    base = forms.JSONField(widget=forms.HiddenInput)

    FIELDS = ("name", "kind", "description")

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_base(self) -> list[str]:
        base: Any = self.cleaned_data["base"]
        is_one = isinstance(base, list) and len(base) == len(self.FIELDS)
        if not is_one or not all(isinstance(each, str) for each in base):
            raise forms.ValidationError(_("Load the page again."))
        return [str(each) for each in base]


class OtherNameForm(forms.Form):
    """Which entry of the desk is another name of this one: its name, or a part that is enough."""

    SHOWN = 5

    name = forms.CharField(
        label=gettext_lazy("Another name of theirs"),
        max_length=200,
        help_text=gettext_lazy("As it stands in the list, or a part that no other name has."),
        widget=forms.TextInput(attrs={"list": "claimants", "autocomplete": "off", "dir": "auto"}),
    )

    def __init__(self, *args: Any, kept: Claimant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept

    def clean_name(self) -> Claimant:
        typed = self.cleaned_data["name"]
        found = Claimant.objects.named(self.kept.desk, typed) or self._holding(typed)
        if found == self.kept:
            raise forms.ValidationError(
                _("“%(typed)s” is a name of this entry already.") % {"typed": typed}
            )
        return found

    def _holding(self, typed: str) -> Claimant:
        """The one other entry of which a name holds the words. Raises ValidationError."""
        held = Claimant.objects.filter(desk=self.kept.desk, name__holds=typed).alike()
        rows = Claimant.objects.filter(pk__in=held.values("pk"), same_as__isnull=True)
        found = list(rows.exclude(pk=self.kept.pk).order_by("name")[: self.SHOWN + 1])
        if not found:
            raise forms.ValidationError(_("Nobody else is called that here."))
        if len(found) > 1:
            names = listed(map(quoted, found[: self.SHOWN]))
            raise forms.ValidationError(
                _("Several have that in their name: %(names)s. Type more.") % {"names": names}
            )
        return found[0]


class MergeForm(forms.Form):
    """Which of two names of one claimant is the main one."""

    main = forms.ChoiceField(
        label=gettext_lazy("The main name"), choices=(), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, pair: list[tuple[Claimant, int]], **kwargs: Any) -> None:
        """`pair` are both entries, each with how many claims would take it over as the main one."""
        super().__init__(*args, **kwargs)
        self.entries = [entry for entry, _count in pair]
        choices = [(str(entry.uuid), _choice(entry, count)) for entry, count in pair]
        main = self.fields["main"]
        assert isinstance(main, forms.ChoiceField)
        main.choices = choices
        self.initial.setdefault("main", choices[0][0])

    def main_and_other(self) -> tuple[Claimant, Claimant]:
        first, second = self.entries
        is_first = self.cleaned_data["main"] == str(first.uuid)
        return (first, second) if is_first else (second, first)


def _choice(entry: Claimant, count: int) -> str:
    said = ngettext(
        "%(name)s (%(count)d claim whose wording is open will name it)",
        "%(name)s (%(count)d claims whose wording is open will name it)",
        count,
    )
    return said % {"name": entry, "count": count}
