"""How a person wants to hear of what."""

from __future__ import annotations

from typing import Any

from django import forms

from annotations.models import USUAL_WAYS, NoticeChoice, User
from annotations.vocabulary import NoticeKind, NoticeWay


class NoticesForm(forms.Form):
    """One choice for each kind of notice, as the person has it now."""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = dict(NoticeChoice.objects.filter(person=person).values_list("kind", "way"))
        for kind in NoticeKind:
            self.fields[kind] = forms.ChoiceField(
                label=kind.label,
                choices=NoticeWay.choices,
                initial=chosen.get(kind, USUAL_WAYS[kind]),
            )
