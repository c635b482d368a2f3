"""Taking back what readers have, and confirming it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.forms.reason import ReasonForm
from annotations.models import Source

STAYS, GOES = "stays", "goes"


Named = Callable[[str], Sequence[Source]]
"""The confidential sources that the person knows, and whose name stands in the words."""


class TakeBackForm(ReasonForm):
    """Why something is taken off its page: in public, and, if there is more to say, for the log.

    Readers have the words at once, so whoever writes the name of a confidential source is asked.
    """

    why = forms.CharField(
        label=gettext_lazy("Why, in public"),
        help_text=gettext_lazy("Readers find this where the page was."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    is_meant = forms.BooleanField(
        label=gettext_lazy("Readers are to have it all the same"), required=False
    )
    field_order = ["why", "is_meant", "reason"]

    def __init__(self, *args: Any, named: Named, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = named(self.data.get("why", "")) if self.is_bound else ()
        if not self.named:
            del self.fields["is_meant"]
        self.fields["reason"].required = False
        self.fields["reason"].label = _("What only the desk should know")

    def clean(self) -> dict[str, Any]:
        """Without whether it is meant, which is asked once and kept nowhere."""
        data = super().clean() or self.cleaned_data
        if self.named and not data.pop("is_meant"):
            said = _("The name of “%(source)s”, which is confidential, stands in it.")
            self.add_error("why", [said % {"source": each.title} for each in self.named])
        return data


class WithdrawForm(TakeBackForm):
    """Why an article is withdrawn, and for each of its claims whether its page goes as well.

    `pages` are (key of the claim, its wording, what its page says, whether another article makes
    it): what no other article makes has no answer given beforehand.
    """

    def __init__(self, *args: Any, pages: Sequence[tuple[int, str, str, bool]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.keys = [key for key, *_rest in pages]
        for key, wording, said, is_made_elsewhere in pages:
            self.fields[f"claim-{key}"] = forms.ChoiceField(
                label=wording,
                help_text=said,
                choices=[
                    (STAYS, _("Its page stays, with nothing of this article on it")),
                    (GOES, _("Its page is withdrawn too")),
                ],
                initial=STAYS if is_made_elsewhere else None,
                widget=forms.RadioSelect,
                error_messages={"required": _("Say what becomes of its page.")},
            )

    def going(self) -> list[int]:
        """The keys of the claims whose pages go too; of a valid form."""
        return [key for key in self.keys if self.cleaned_data[f"claim-{key}"] == GOES]


class ConfirmForm(forms.Form):
    """Which of what somebody took back alone one stands behind: all, unless some are left out."""

    rows = forms.MultipleChoiceField(
        label=gettext_lazy("What was taken back"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose what you confirm."),
            "invalid_choice": gettext_lazy("Something of this is confirmed already. Look again."),
        },
    )

    def __init__(self, *args: Any, rows: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        kwargs["initial"] = {"rows": [key for key, _said in rows]}
        super().__init__(*args, **kwargs)
        choices = self.fields["rows"]
        assert isinstance(choices, forms.MultipleChoiceField)
        choices.choices = list(rows)
