"""One base for every admin page: rows come through `visible_to`, moves are actions.

Superusers are bound too (rule 4). Rows are addressed by UUID: keys count up, and a blind person
who saw the key of their own row could tell that another's came before it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin import helpers
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.formats.markup import line_in_words
from annotations.models import Transition
from annotations.queries.paging import Capped
from annotations.rights import Right

from .access import may, person, roles
from .moving import AdminMove, as_action
from .typed import AnyInlineFormSet, AnyModelAdmin, AnyTabularInline

PLAIN = {"exact", "isnull", "in", "gte", "gt", "lte", "lt", "year", "month", "day"}
"""How a filter may ask about its own column; everything else could follow a relation."""

PARTS_OF_A_DATE = {"year", "month", "day"}

HISTORY_LENGTH = 200


def _is_part_of_a_date(value: object) -> bool:
    """Whether it is a number that a year, month or day can be; PostgreSQL raises at others."""
    words = str(value)
    return words.isascii() and words.isdigit() and 0 < int(words[:9]) < 10_000


def link(row: Any, text: object = None) -> SafeString:
    """The row as a link to its admin page."""
    address = reverse(f"admin:annotations_{row._meta.model_name}_change", args=[row.uuid])
    return format_html('<a href="{}">{}</a>', address, str(row) if text is None else text)


@admin.display(description=gettext_lazy("Finding"))
def finding_in_words(row: Any) -> str:
    """A column: the finding, a link in it as its words."""
    return line_in_words(row.finding, addresses=False) or "–"


def original_of(row: Any) -> SafeString | str:
    """The original of a translation, as a link; of another desk's no more than whose it is."""
    if row.original is None:
        return "–"
    if row.original.desk_id != row.desk_id:
        return str(row.original.desk)
    return link(row.original)


def valid_uuids(words: Iterable[str]) -> list[uuid.UUID]:
    found = []
    for word in words:
        try:
            found.append(uuid.UUID(word))
        except ValueError:
            continue
    return found


class StrictLookups(AnyModelAdmin):
    """Addresses may filter by declared filters only.

    Django also allows any one relation (`?annotations__isnull=0`): an oracle about hidden rows.
    """

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        if lookup.rpartition("__")[2] in PARTS_OF_A_DATE and not _is_part_of_a_date(value):
            return False
        declared = {self.date_hierarchy} if self.date_hierarchy else set()
        for item in self.get_list_filter(request) if request else self.list_filter:
            if isinstance(item, str):
                declared.add(item)
            elif parameter := getattr(item, "parameter_name", None):
                declared.add(parameter)
        return any(
            lookup == name or (lookup.startswith(f"{name}__") and lookup[len(name) + 2 :] in PLAIN)
            for name in declared
        )


class ByUuid(ChangeList):
    """A list whose links name rows by UUID."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pk_attname = "uuid"


class DeskAdmin(StrictLookups):
    """Read-only pages of what the person may see. A subclass opens what its rights allow."""

    blind = False
    """Keys of these rows would tell of others' work: never take one, never show one."""
    desk_path = "desk"
    """The path from these rows to their desk."""
    log_path = ""
    """The field of the log that names these rows; empty: the log does not name them."""
    moves: tuple[AdminMove, ...] = ()
    view_on_site = False
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    paginator = Capped  # a thousand rows are counted; beyond them, look by a filter

    # What is seen

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = cast(Any, super().get_queryset(request))
        return cast(models.QuerySet[Any], rows.visible_to(person(request)))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """The visible row of this UUID (or key, where keys tell nothing), with its viewer on it."""
        found = valid_uuids([object_id])
        if found:
            row = self.get_queryset(request).filter(uuid=found[0]).first()
        elif self.blind:
            row = None
        else:
            row = super().get_object(request, object_id, from_field)
        if row is not None:
            row.viewer = person(request)
        return row

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """A stranger gets 404 (rule 7)."""
        raise Http404

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ByUuid

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """Pickers and pop-ups answer with keys, so blind rows have none."""
        return not self.blind and super().to_field_allowed(request, to_field)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        rows = db_field.remote_field.model._default_manager
        if request is not None and hasattr(rows, "visible_to"):
            kwargs.setdefault("queryset", rows.visible_to(person(request)))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if isinstance(db_field, models.URLField):
            kwargs.setdefault("assume_scheme", "https")
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    # Who may

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request, Right.READ)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, Right.READ)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # Moves as actions

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        for move in self.moves:
            if may(request, move.right):
                actions[move.name] = (as_action(move), move.name, move.label)
        return actions

    def action_checkbox(self, obj: Any) -> SafeString:
        attributes = {
            "class": "action-select",
            "aria-label": _("Select this for an action: %s") % obj,
        }
        box = forms.CheckboxInput(attributes, lambda value: False)
        return box.render(helpers.ACTION_CHECKBOX_NAME, str(obj.uuid))

    action_checkbox.short_description = mark_safe(  # type: ignore[attr-defined]
        '<input type="checkbox" id="action-toggle">'
    )

    def response_action(
        self, request: HttpRequest, queryset: models.QuerySet[Any]
    ) -> HttpResponse | None:
        """Django looks the chosen rows up by key; the page sent their UUIDs."""
        post = request.POST.copy()
        chosen = valid_uuids(post.getlist(helpers.ACTION_CHECKBOX_NAME))
        rows = queryset.filter(uuid__in=chosen)
        post.setlist(helpers.ACTION_CHECKBOX_NAME, [str(row.pk) for row in rows])
        request.POST = post  # type: ignore[assignment]
        return super().response_action(request, queryset)

    # History: the desk's own log

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing in Django's log: the desk's log has it, and hides what is to be hidden."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """As for additions."""

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[dict[str, Any]]:
        return []

    def log_of(self, obj: Any) -> dict[str, Any]:
        """Which lines of the log are about the row."""
        return {self.log_path: obj} if self.log_path else {}

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        lines = Transition.objects.none()
        if about := self.log_of(obj):
            lines = Transition.objects.visible_to(person(request)).filter(**about)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(obj),
            "object": obj,
            "opts": self.opts,
            "lines": lines.select_related("actor", "claim").order_by("-at", "-pk")[:HISTORY_LENGTH],
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/annotations/history.html", context)


class HiddenUuid(forms.HiddenInput):
    """Carries a row's UUID in place of its key."""

    names: dict[str, str]

    def format_value(self, value: Any) -> str | None:
        return self.names.get(str(value), "")


class ByUuidFormSet(AnyInlineFormSet):
    """Inline rows that carry UUIDs: no key goes out, none is taken in."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        if data:
            keys = {str(row.uuid): str(row.pk) for row in self.get_queryset()}
            known = data.copy()
            for name in data:
                if name.startswith(f"{self.prefix}-") and name.endswith("-id"):
                    known[name] = keys.get(data[name], "")
            self.data = known

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        key = HiddenUuid()
        key.names = {str(row.pk): str(row.uuid) for row in self.get_queryset()}
        form.fields[self.model._meta.pk.name].widget = key
        parent = HiddenUuid()
        parent.names = {}  # which parent it is, the address says
        form.fields[self.fk.name].widget = parent


class ReadOnlyInline(AnyTabularInline):
    """Rows of another model on a page, as far as the person may see them."""

    formset = ByUuidFormSet
    extra = 0
    can_delete = False
    view_on_site = False

    @admin.display(description=gettext_lazy("page"))
    def page(self, obj: Any) -> SafeString:
        return link(obj, _("Open"))

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = cast(Any, super().get_queryset(request))
        return cast(models.QuerySet[Any], rows.visible_to(person(request)))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(roles(request))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
