"""Who is asked to check a claim."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from annotations.forms.fields import AskedUntilField
from annotations.models import Desk, User
from annotations.vocabulary import Task


class AskForm(forms.Form):
    """Who is asked for what on a claim, by when."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Who"),
        queryset=User.objects.none(),
        to_field_name="username",
        empty_label=gettext_lazy("Choose somebody"),
    )
    task = forms.ChoiceField(label=gettext_lazy("What for"), choices=Task.choices)
    due_at = AskedUntilField()

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)
        person.queryset = desk.members.filter(is_active=True).order_by("first_name", "username")
