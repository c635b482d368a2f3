"""Admin forms that save work in progress: a version goes out, and comes back with the save.

A stale save is answered 409 with the same form: what was typed, and what stands there now (rule 9).
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from annotations import workflow

from .base import DeskAdmin
from .typed import AnyModelForm

BASES = ("based_on", "key")


class VersionedForm(AnyModelForm):
    """A form that says which version of the row it began from."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    conflict: ClassVar[Any] = None
    """The row as someone else (or another window) left it, if this save came too late."""
    refusal: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["based_on"] = self.instance.version
        self.initial["key"] = uuid.uuid4()
        if self.conflict is not None and self.is_bound:
            # Whoever has now seen what stands there may save over it.
            data = cast(Any, self.data).copy()
            data["based_on"] = str(self.conflict.version)
            self.data = data

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.refusal:
            self.add_error(None, self.refusal)
        if self.conflict is not None:
            self.add_error(
                None,
                _(
                    "This was changed while you worked on it. What you typed is below. "
                    "Save again to keep yours."
                ),
            )
            for name in self._meta.fields or ():
                if name in self.fields and name not in BASES:
                    theirs = getattr(self.conflict, name)
                    self.add_error(name, _("Now saved: “%s”") % ("–" if theirs is None else theirs))
        return cleaned


class SavesDrafts(DeskAdmin):
    """Shows a late or closed save again, with everything that was typed."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except workflow.Stale as stale:
            late: dict[str, Any] = (
                {"conflict": stale.current} if stale.current else {"refusal": str(stale)}
            )
        except workflow.Refused as refused:
            late = {"refusal": str(refused)}
        request.late = late  # type: ignore[attr-defined]
        response = super().changeform_view(request, object_id, form_url, extra_context)
        response.status_code = 409
        return response

    def late_form(self, request: HttpRequest, form: type[VersionedForm]) -> type[VersionedForm]:
        """The form class, knowing whether the save came late."""
        return type("LateForm", (form,), getattr(request, "late", {}))
