"""The same done to several claims at once: which of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from annotations.models import Claim


class ChosenForm(forms.Form):
    """Which claims of a list: those that were chosen, or all that the filter fits."""

    ALL, CHOSEN = "all", "chosen"

    scope = forms.ChoiceField(
        label=gettext_lazy("Which claims"),
        choices=[
            (CHOSEN, gettext_lazy("those chosen above")),
            (ALL, gettext_lazy("all in this list")),
        ],
        required=False,
    )
    claims = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Claims"),
        queryset=Claim.objects.none(),
        to_field_name="uuid",
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("A claim is not in this list any more. Choose again.")
        },
    )

    def __init__(self, *args: Any, found: QuerySet[Claim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        claims = self.fields["claims"]
        assert isinstance(claims, forms.ModelMultipleChoiceField)
        claims.queryset = found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and data["scope"] != self.ALL and not data["claims"]:
            self.add_error("claims", gettext_lazy("Choose at least one claim."))
        return data
