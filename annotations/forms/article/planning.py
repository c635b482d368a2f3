"""Planning an article's work."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy

from annotations.forms.fields import DueField
from annotations.models import PLANNED, Article, User
from annotations.rights import Right, roles_with
from annotations.vocabulary import Priority


class PlanForm(forms.Form):
    """Who looks after an article, by when, how soon, and what it waits for.

    It carries what the person was shown, so that what others planned meanwhile is not lost.
    """

    owner = forms.ModelChoiceField(
        label=gettext_lazy("Who looks after it"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody yet"),
    )
    due_at = DueField(label=gettext_lazy("Due"))
    priority = forms.ChoiceField(
        label=gettext_lazy("When to check it"), choices=Priority.choices, required=False
    )
    on_hold = forms.CharField(
        label=gettext_lazy("On hold, because it waits for"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "If empty, it is not on hold. While it is on hold, it is in nobody’s queue."
        ),
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        now = {"owner": article.owner_id} | {name: getattr(article, name) for name in PLANNED}
        kwargs["initial"] = now | {"shown": signing.dumps(_as_data(now), salt=__name__)}
        super().__init__(*args, **kwargs)
        self.was: dict[str, Any] = now
        marking = roles_with(Right.MARK, checkers_mark=article.desk.checkers_mark)
        members = article.desk.members.filter(
            is_active=True, memberships__desk=article.desk, memberships__role__in=marking
        )
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = members.distinct().order_by("first_name", "username")

    def clean_shown(self) -> str:
        """What the person was shown, as the page that they sent says."""
        said = str(self.cleaned_data["shown"])
        try:
            was = signing.loads(said, salt=__name__)
        except signing.BadSignature:
            raise forms.ValidationError(gettext_lazy("Open this page again.")) from None
        self.was = was | {"due_at": parse_datetime(was["due_at"]) if was["due_at"] else None}
        return said

    def clean(self) -> dict[str, Any]:
        """A due time that nobody touched keeps its seconds, which the field does not show."""
        data = super().clean() or self.cleaned_data
        was, now = self.was["due_at"], data.get("due_at")
        if was is not None and now is not None and now == _to_the_minute(was):
            data["due_at"] = was
        return data


def _to_the_minute(moment: Any) -> Any:
    return timezone.localtime(moment).replace(second=0, microsecond=0)


def _as_data(now: dict[str, Any]) -> dict[str, Any]:
    return now | {"due_at": now["due_at"].isoformat() if now["due_at"] else ""}
