"""A desk's rules, guidelines, people, log and figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import workflow
from annotations.capture.recording import LARGEST
from annotations.forms.fields import zones
from annotations.forms.uploads import too_large
from annotations.models import Desk, User
from annotations.vocabulary import Role


class RulesForm(forms.ModelForm):
    """How the desk works, and why that changes."""

    reason = forms.CharField(
        label=gettext_lazy("Why do the rules change?"),
        help_text=gettext_lazy("For the log."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    based_on = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Desk
        fields = [*workflow.RULES]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].widget = forms.Select(choices=zones())

    def rules(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def clean_to_internet_archive(self) -> bool:
        return bool(self._known_here("to_internet_archive", settings.INTERNET_ARCHIVE_KEYS))

    def clean_archiver(self) -> str:
        return str(self._known_here("archiver", settings.ARCHIVER_SECRET))

    def _known_here(self, name: str, secret: str) -> Any:
        """What was chosen; turned on only where this site has what the service needs."""
        value = self.cleaned_data[name]
        if value and not secret and value != self.initial.get(name):
            raise forms.ValidationError(
                _("This site is not set up for it. Ask whoever keeps the server.")
            )
        return value


class GuidelinesForm(forms.Form):
    """The next version of the guidelines; `based_on` is the version it began from."""

    text = forms.CharField(
        label=gettext_lazy("Guidelines"),
        widget=forms.Textarea(attrs={"rows": 18, "dir": "auto"}),
        help_text=gettext_lazy(
            "Checkers read this beside the form. # makes a heading, - a list, *words* stress, and"
            " [words](https://…) a link."
        ),
    )
    why = forms.CharField(
        label=gettext_lazy("What changes, and why"), max_length=300, required=False
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class EnrolForm(forms.Form):
    """Somebody's role at the desk, by the name they sign in with."""

    username = forms.CharField(label=gettext_lazy("Name they sign in with"), max_length=150)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)

    def clean_username(self) -> str:
        name = str(self.cleaned_data["username"]).strip()
        if not User.objects.filter(username=name, is_active=True).exists():
            raise forms.ValidationError(_("Nobody signs in with this name."))
        return name

    def person(self) -> User:
        return User.objects.get(username=self.cleaned_data["username"])


class LogForm(forms.Form):
    """What to look for in the log. Everything may be left empty."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=200)
    person = forms.ModelChoiceField(
        label=gettext_lazy("Person"),
        queryset=User.objects.none(),
        required=False,
        to_field_name="username",
        empty_label=gettext_lazy("Anybody"),
    )
    move = forms.ChoiceField(label=gettext_lazy("What was done"), required=False)
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, desk: Desk, moves: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person, move = self.fields["person"], self.fields["move"]
        assert isinstance(person, forms.ModelChoiceField)
        assert isinstance(move, forms.ChoiceField)
        person.queryset = desk.members.order_by("first_name", "username")
        move.choices = [("", _("Anything")), *moves]

    def clean_q(self) -> str:
        return str(self.cleaned_data["q"]).replace("\0", "").strip()


class PeriodForm(forms.Form):
    """From which day until which, both included; this quarter where nothing is asked."""

    MOST_DAYS = 5 * 366

    since = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, data: Any = None, *, today: dt.date) -> None:
        quarter = today.replace(month=today.month - (today.month - 1) % 3, day=1)
        last = today.year - 1
        self.choices = [
            (_("This month"), today.replace(day=1), today),
            (_("This quarter"), quarter, today),
            (_("This year"), today.replace(month=1, day=1), today),
            (_("Last year"), dt.date(last, 1, 1), dt.date(last, 12, 31)),
        ]
        super().__init__(data, initial={"since": quarter, "until": today})

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        since, until = asked.get("since"), asked.get("until")
        if not since or not until:
            return asked
        if until < since:
            self.add_error("until", _("The last day is before the first."))
        elif (until - since).days > self.MOST_DAYS:
            self.add_error("since", _("Five years at most."))
        elif not 1970 <= since.year <= until.year <= 9000:
            self.add_error("since", _("No desk was at work then."))
        return asked

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first day and the last, of a valid form or of one in which nothing is asked."""
        found = self.cleaned_data if self.is_bound else self.initial
        return found["since"], found["until"]

    @property
    def presets(self) -> list[dict[str, Any]]:
        """Periods to choose: label, the query that asks for it, whether it is asked for."""
        now = self.days if not self.is_bound or self.is_valid() else None
        return [
            {
                "label": label,
                "query": f"since={since}&until={until}",
                "is_current": now == (since, until),
            }
            for label, since, until in self.choices
        ]


MEGABYTES = LARGEST // (1024 * 1024)


def _copies() -> str:
    return _(
        "A saved page, as one file or as a web archive (WACZ, WARC), a PDF, a picture."
        " %(megabytes)d MB at most."
    ) % {"megabytes": MEGABYTES}


COPY_HELP: Any = lazy(_copies, str)()


class CopyForm(forms.Form):
    """A saved copy of a source, as a file."""

    file = forms.FileField(
        label=gettext_lazy("A copy of it"),
        help_text=COPY_HELP,
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(too_large(MEGABYTES))
        return upload
