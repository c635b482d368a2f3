"""Who is invited and how they come in; what people say of themselves; the first desk."""

from __future__ import annotations

import csv
import uuid
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.forms.fields import zones
from annotations.listing import listed
from annotations.models import Desk, RatingScale, User
from annotations.vocabulary import Role

MOST_AT_ONCE = 200
"""People invited by one form."""


@dataclass(frozen=True, slots=True)
class Invited:
    """One person of the form: an address, perhaps a name, and a role."""

    email: str
    name: str
    role: str


class InviteForm(forms.Form):
    """Whom to invite: a line a person, as mails name them or as a table holds them."""

    people = forms.CharField(
        label=gettext_lazy("Whom"),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "A line each: an e-mail address, or Ann Lee <ann@example.org>, or"
            " ann@example.org, Ann Lee, editor. Lines of a CSV file do."
        ),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role of those with none in their line"),
        choices=Role.choices,
        initial=Role.CHECKER,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def clean_people(self) -> str:
        return str(self.cleaned_data["people"]).replace("\0", "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.invited: list[Invited] = []
        lines = [line for line in data.get("people", "").splitlines() if line.strip()]
        if len(lines) > MOST_AT_ONCE:
            most = {"most": MOST_AT_ONCE}
            self.add_error("people", _("At most %(most)s people at once.") % most)
            return data
        seen: set[str] = set()
        for number, line in enumerate(lines, start=1):
            try:
                person = _read(line, data.get("role", Role.CHECKER))
            except ValidationError as wrong:
                said = {"number": number, "line": line.strip()[:80], "why": wrong.messages[0]}
                self.add_error("people", _("Line %(number)s, “%(line)s”: %(why)s") % said)
                continue
            if person is not None and person.email.casefold() not in seen:
                seen.add(person.email.casefold())
                self.invited.append(person)
        return data


def _read(line: str, role: str) -> Invited | None:
    """The person of a line; none for the head of a table. Raises ValidationError."""
    if "<" in line:
        head, closing, rest = line.partition(">")
        name, email = parseaddr(head + closing)
        cells = [rest.lstrip(" ,;\t")]
    else:
        separator = next((each for each in ";\t" if each in line), ",")
        parts = [part.strip() for part in next(csv.reader([line], delimiter=separator))]
        email = next((part for part in parts if "@" in part), "")
        cells = [part for part in parts if part and part != email]
        if not email and {part.casefold() for part in parts} & {"email", "e-mail", "mail"}:
            return None
        name = next((cell for cell in cells if _role(cell) is None), "")
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(_("there is no e-mail address in it.")) from None
    said = [cell for cell in cells if cell and cell != name]
    found = next((found for cell in said if (found := _role(cell))), None)
    if said and found is None:
        roles = listed(Role.labels)
        raise ValidationError(
            _("“%(role)s” is no role. Roles are: %(roles)s.") % {"role": said[0], "roles": roles}
        )
    return Invited(email, name[:150], found or role)


def _role(said: str) -> str | None:
    """The role that a word names, in English or in the language of the page."""
    word = said.strip().casefold()
    for role in Role:
        if word in (role.value.casefold(), str(role.label).casefold()):
            return str(role.value)
    return None


def _with_zones(form: forms.BaseForm, empty: Any = None) -> None:
    first = [] if empty is None else [("", empty)]
    form.fields["time_zone"].widget = forms.Select(choices=[*first, *zones()])


def _with_languages(form: forms.BaseForm, empty: Any = None) -> None:
    first = [] if empty is None else [("", empty)]
    form.fields["language"].widget = forms.Select(choices=[*first, *settings.LANGUAGES])


class SignInForm(LoginForm):
    """allauth's, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs |= {"autocomplete": "username webauthn"}


class AccountForm(forms.ModelForm):
    """What a person says of themselves."""

    class Meta:
        model = User
        fields = [
            "first_name",
            "last_name",
            "language",
            "time_zone",
            "single_keys",
            "away_from",
            "away_until",
        ]
        widgets = {
            "away_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "away_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "language": gettext_lazy("For your own pages and mails."),
            "time_zone": gettext_lazy("For the times that you see and type."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _with_languages(self, _("My desk’s"))
        _with_zones(self, _("My desk’s"))


class ComeInForm(forms.ModelForm):
    """The account of somebody who follows an invitation."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validation.password_validators_help_text_html,
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name", "username"]
        labels = {"username": gettext_lazy("User name")}
        help_texts = {
            "username": gettext_lazy("Colleagues call you by it with @. It cannot be changed."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = True
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "autofocus": False}

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook: the person is known here
        password = self.cleaned_data.get("password")
        if password:
            try:
                password_validation.validate_password(password, self.instance)
            except ValidationError as weak:
                self.add_error("password", weak)


def proposed_username(name: str, email: str) -> str:
    """A user name that nobody has, after the person's name or their address."""
    base = slugify(name).replace("-", ".") or slugify(email.partition("@")[0]) or "person"
    base = base[:120]
    taken = set(
        User.objects.filter(username__startswith=base).values_list("username", flat=True)[:10_000]
    )
    number = 2
    found = base
    while found in taken:
        found, number = f"{base}{number}", number + 1
    return found


class SetUpForm(forms.ModelForm):
    """The first desk: what has to be known, and no more. Everything can be changed later."""

    class Meta:
        model = Desk
        fields = ["name", "slug", "organisation", "language", "time_zone", "preset", "scale"]
        labels = {"slug": gettext_lazy("Name in addresses")}
        help_texts = {
            "slug": gettext_lazy(
                "Lower-case letters and hyphens. If empty, it is made from the name."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        _with_languages(self)
        _with_zones(self)
        scale = self.fields["scale"]
        assert isinstance(scale, forms.ModelChoiceField)
        scale.queryset = RatingScale.objects.order_by("name", "-version")
        scale.empty_label = _("Choose a rating scale")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("slug") and data.get("name"):
            data["slug"] = self.instance.slug = slugify(data["name"])[:50]
            if not data["slug"]:
                self.add_error("slug", _("Write a name in Latin letters for its addresses."))
        # A desk of two has one annotation a claim; a larger one two at least.
        self.instance.annotations_needed = 1 if data.get("preset") == "two" else 2
        return data

    def made(self) -> dict[str, Any]:
        """The fields of the desk, but for its scale; of a valid form."""
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields if name != "scale"}
        return fields | {"annotations_needed": self.instance.annotations_needed}
