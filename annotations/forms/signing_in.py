"""Signing in again with a form in hand: what was typed, carried by the page and kept nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

PREFIX = "sign-in"
"""Before the names of our own fields, so that what is carried keeps its names."""

_BY_MACHINES = re.compile(r"\s*|\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_BESIDE = re.compile(r"(initial|theirs|choice)-|q$")
"""Names of what stands beside the fields a person fills in."""


@dataclass(frozen=True, slots=True)
class Held:
    """A form that was sent while signed out: where to, its fields, and the files it had."""

    to: str
    """A path on this host, with its query."""
    fields: list[tuple[str, str]]
    files: list[tuple[str, str]]
    """The name of each field that had a file, and the file's own name."""

    def __bool__(self) -> bool:
        return bool(self.fields or self.files)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What a person can tell again as theirs: each field's name in words, and its text."""
        return [
            (_in_words(name), value)
            for name, value in self.fields
            if not _BY_MACHINES.fullmatch(value) and not _BESIDE.match(name)
        ]


def _in_words(name: str) -> str:
    """What a field is called on its form; its name for machines where no form of ours has it."""
    return str(_labels().get(name) or re.sub(r"[-_]", " ", name).capitalize())


@cache
def _labels() -> dict[str, Any]:
    """The label of each field of our forms by its name, where they all call it the same."""
    kinds: list[Any] = [forms.BaseForm]
    found: dict[str, list[Any]] = {}
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.__module__.startswith(f"{__package__}."):
            for name, field in kind.base_fields.items():
                found.setdefault(name, []).append(field.label)
    return {name: labels[0] for name, labels in found.items() if len({*map(str, labels)}) == 1}


def held(request: HttpRequest, to: str) -> Held:
    """What the request sent, to be sent again; never a password, nor a token of the session."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if _is_carried(name)
        for value in values
    ]
    files = [
        (name, str(file.name)) for name, row in request.FILES.lists() for file in row if file.name
    ]
    # On the way through the sign-in a file is only a name.
    for line in request.POST.getlist(f"{PREFIX}-file"):
        name, colon, file_name = line.partition(":")
        if colon and _is_carried(name):
            files.append((name, file_name))
    return Held(to, fields, files)


def _is_carried(name: str) -> bool:
    return (
        name != "csrfmiddlewaretoken"
        and "password" not in name.casefold()
        and not name.startswith(f"{PREFIX}-")
    )


class SignInAgainForm(AuthenticationForm):
    """The sign-in form, and the address that what is held goes to afterwards."""

    prefix = PREFIX
    to = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.pop("autofocus", None)

    def clean_to(self) -> str:
        return own_address(self.cleaned_data["to"])


def own_address(to: str) -> str:
    """The address, if it is a path on this host. Raises ValidationError."""
    if not to.startswith("/") or not url_has_allowed_host_and_scheme(to, None):
        raise ValidationError(_("What you typed can be sent to this site only."))
    return to
