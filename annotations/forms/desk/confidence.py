"""Who a confidential source is, and who may see it.

The names of its fields say `secret`: what is typed there is held in no row for a sender who has
to sign in again, and in no browser (forms.account.signing_in).
"""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from annotations.models import User
from annotations.workflow import Who

UNTOLD = {"autocomplete": "off", "spellcheck": "false", "dir": "auto"}
"""A browser that learns words, or sends them to be spelt, is told not to."""


class IdentityForm(forms.Form):
    """The name, and how and why the source can be relied on."""

    secret_name = forms.CharField(
        label=gettext_lazy("Who it is"),
        max_length=300,
        widget=forms.TextInput(attrs=UNTOLD),
        error_messages={"required": gettext_lazy("Say who it is.")},
    )
    secret_contact = forms.CharField(
        label=gettext_lazy("How to reach them, and why they can be relied on"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs=UNTOLD | {"rows": 4}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def who(self) -> Who:
        data = self.cleaned_data
        return Who(data["secret_name"], data["secret_contact"])


class ConfideForm(forms.Form):
    """To whom it is confided."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Let somebody see it"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Choose somebody"),
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)
        person.queryset = people
