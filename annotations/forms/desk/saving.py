"""Keeping a filter of the desk's lists by a name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from annotations.vocabulary import ListSort


class SaveFilterForm(forms.Form):
    """A filter's name, and whether it is one's own or the desk's."""

    MINE, DESK = "mine", "desk"
    PAGES = ("articles", "claims", "queue")
    """The names of the lists that it may lead back to."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        error_messages={"required": gettext_lazy("Give the filter a name.")},
    )
    query = forms.CharField(
        max_length=200,
        widget=forms.HiddenInput,
        error_messages={"required": gettext_lazy("Filter the list first; then save the filter.")},
    )
    sort = forms.ChoiceField(choices=ListSort, required=False, widget=forms.HiddenInput)
    whose = forms.ChoiceField(
        label=gettext_lazy("For"),
        choices=[(MINE, gettext_lazy("me")), (DESK, gettext_lazy("everybody at the desk"))],
        required=False,
    )

    def __init__(self, *args: Any, for_desk: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "save_%s"} | kwargs)
        if not for_desk:
            del self.fields["whose"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        return {"whose": self.MINE} | data

    def page(self) -> str:
        """The name of the list that it was sent from."""
        asked = self.data.get("page", "")
        return asked if asked in self.PAGES else self.PAGES[0]
