"""Desks, members, scales and people: read by members, managed by superusers."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import workflow
from annotations.models import (
    Annotation,
    Claim,
    Desk,
    Guidelines,
    Membership,
    Rating,
    RatingScale,
    User,
    Verdict,
    account_of,
)
from annotations.vocabulary import ClaimStatus, Role

from .access import person, roles, superuser
from .base import ByUuidFormSet, DeskAdmin, StrictLookups
from .filters import DeskFilter
from .typed import AnyTabularInline, AnyUserAdmin

# Roles at desks are the rights; a second source would disagree.
with suppress(NotRegistered):
    admin.site.unregister(Group)


class ManagedAdmin(DeskAdmin):
    """Superusers add and change; Django's own log keeps who did, for there is no move for it."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return superuser(request) or super().has_module_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return superuser(request) or super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return superuser(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return superuser(request)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return admin.ModelAdmin.log_addition(self, request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return admin.ModelAdmin.log_change(self, request, obj, message)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        return admin.ModelAdmin.construct_change_message(self, request, form, formsets, add)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's own log names rows by key."""
        obj = self.get_object(request, object_id)
        key = str(obj.pk) if obj is not None else object_id
        return admin.ModelAdmin.history_view(self, request, key, extra_context)


class ManagedInline(AnyTabularInline):
    formset = ByUuidFormSet
    extra = 0
    view_on_site = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return superuser(request) or bool(roles(request))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return superuser(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return superuser(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return superuser(request)


class MembershipInline(ManagedInline):
    model = Membership
    autocomplete_fields = ("user",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Membership.objects.visible_to(person(request)).select_related("user")


@admin.register(Desk)
class DeskDeskAdmin(ManagedAdmin):
    desk_path = "pk"
    list_display = ("name", "organisation", "language", "preset", "annotations_needed", "is_sample")
    list_filter = ("preset", "is_sample")
    search_fields = ("name", "organisation")
    fields = (
        "name", "slug", "organisation", "website", "language", "is_sample", "scale", "preset",
        *workflow.RULES[1:],
    )  # fmt: skip
    inlines = (MembershipInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ()
        return ("slug", "is_sample") if workflow.is_known_to_readers(obj) else ("is_sample",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """A desk changes by moves, so that the log says who, from what and to what."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        asked = {name: getattr(obj, name) for name in (*workflow.RULES, *workflow.CALLED)}
        scale, before = obj.scale, Desk.objects.get(pk=obj.pk)
        actor, reason = person(request), _("In the administration.")
        try:
            if any(getattr(before, name) != value for name, value in asked.items()):
                workflow.change_rules(obj, asked, actor=actor, reason=reason)
            if scale != before.scale:
                workflow.change_scale(obj, scale, actor=actor, reason=reason)
        except workflow.Refused as why:
            messages.error(request, str(why))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: Any) -> None:
        """Memberships change by moves too."""
        formset.save(commit=False)
        for member in formset.deleted_objects:
            _end(request, member)
        for member in [*formset.new_objects, *(row for row, _fields in formset.changed_objects)]:
            _enrol(request, member)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """Who makes a desk manages it, or nobody could see it; they may leave it later."""
        super().save_related(request, form, formsets, change)
        if not change and not form.instance.memberships.filter(user=person(request)).exists():
            workflow.enrol(form.instance, person(request), Role.MANAGER, actor=person(request))


def _enrol(request: HttpRequest, member: Membership) -> None:
    try:
        workflow.enrol(member.desk, member.user, member.role, actor=person(request))
    except workflow.Refused as why:
        messages.error(request, str(why))


def _end(request: HttpRequest, member: Membership) -> None:
    reason = _("In the administration.")
    try:
        workflow.end_membership(member, actor=person(request), reason=reason)
    except workflow.Refused as why:
        messages.error(request, str(why))


@admin.register(Guidelines)
class GuidelinesAdmin(DeskAdmin):
    """Every version; the next is written on the desk's own page."""

    list_display = ("__str__", "desk", "why", "created_by", "created_at")
    list_filter = (DeskFilter,)
    list_select_related = ("desk", "created_by")
    search_fields = ("text", "why")
    fields = ("desk", "version", "text", "why", "created_by", "created_at")
    readonly_fields = fields


@admin.register(Membership)
class MembershipAdmin(ManagedAdmin):
    list_display = ("user", "desk", "role")
    list_filter = (DeskFilter, "role")
    list_select_related = ("user", "desk")
    search_fields = ("user__username", "user__first_name", "user__last_name")
    autocomplete_fields = ("user",)
    fields = ("desk", "user", "role")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return superuser(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("desk", "user") if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        _enrol(request, obj)
        obj.pk = Membership.objects.get(desk=obj.desk, user=obj.user).pk

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        _end(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for member in queryset:
            _end(request, member)


def scale_is_frozen(scale: RatingScale) -> bool:
    """Whether any desk with this scale has opened a claim.

    The trigger in PostgreSQL waits for the first rating that somebody chose. To wait as long here
    would tell a blind checker that someone has.
    """
    opened = ~Q(status=ClaimStatus.SPOTTED)
    return Claim.objects.filter(opened, desk__scale=scale).exists()


class RatingInline(ManagedInline):
    model = Rating
    verbose_name = gettext_lazy("rating")
    verbose_name_plural = gettext_lazy("ratings")
    fields = ("order", "slug", "label", "short", "definition", "tone", "value")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return superuser(request) and (obj is None or not scale_is_frozen(obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Of a scale that nobody has used: the confirmation would name what uses it."""
        if obj is None or not self.has_add_permission(request, obj):
            return False
        used = (
            Annotation.objects.filter(rating__scale=obj).exists()
            or Verdict.objects.filter(rating__scale=obj).exists()
        )
        return not used and not obj.desks.exists()


@admin.register(RatingScale)
class RatingScaleAdmin(ManagedAdmin):
    list_display = ("name", "slug", "version")
    search_fields = ("name", "slug")
    fields = ("name", "slug", "version", "definition")
    inlines = (RatingInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """All for superusers, who manage them; a member's own desks' otherwise."""
        rows = RatingScale.objects.all()
        if superuser(request):
            return rows
        return rows.filter(desks__in=Desk.objects.visible_to(person(request))).distinct()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return superuser(request) and (
            obj is None or request.method == "POST" or not scale_is_frozen(obj)
        )

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        is_sent = request.method == "POST" and superuser(request)
        scale = self.get_object(request, object_id) if object_id and is_sent else None
        if scale is None or not scale_is_frozen(scale):
            try:
                return super().changeform_view(request, object_id, *args, **kwargs)
            except IntegrityError:
                pass  # somebody chose one of its ratings meanwhile
        messages.error(
            request, _("This scale is in use, so it stands. Make a new version of it instead.")
        )
        return HttpResponseRedirect(request.path)


class PersonForm(UserChangeForm):
    """An account, with an e-mail address that no other has: one person is one account (rule 6)."""

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"])
        if address and (other := account_of(address, but=self.instance)):
            raise forms.ValidationError(
                _("%(person)s has this address. One person has one account.") % {"person": other}
            )
        return address


@admin.register(User)
class PeopleAdmin(StrictLookups, AnyUserAdmin):
    """Accounts. Deactivated, never deleted; when someone was last here is nobody's business."""

    list_display = ("username", "first_name", "last_name", "email", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff", "is_superuser")
    form = PersonForm
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (gettext_lazy("Person"), {"fields": ("first_name", "last_name", "email")}),
        (gettext_lazy("Access"), {"fields": ("is_active", "is_staff", "is_superuser")}),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return superuser(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return superuser(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return superuser(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return superuser(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "is_superuser" and isinstance(field, forms.Field):
            field.help_text = _("Manages people, desks and scales. Sees only their own desks.")
        if db_field.name == "is_active" and isinstance(field, forms.Field):
            field.show_hidden_initial = True  # a form that was open before undoes no deactivation
        return field

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Whether an account is active changes by a move: the desks' logs say who did it."""
        super().save_model(request, obj, form, change)
        if change and "is_active" in form.changed_data:
            workflow.set_active(obj, obj.is_active, actor=person(request))
