"""Readers: what they report, what they are told, what the desk says of itself. All read-only."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from annotations.models import Letter, Report, Statement
from annotations.rights import Right

from .access import may
from .base import DeskAdmin
from .filters import DeskFilter


class _ForEditors(DeskAdmin):
    """Pages that hold readers' addresses: for those who may answer them."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request, Right.PUBLISH)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may(request, Right.PUBLISH)


@admin.register(Report)
class ReportAdmin(_ForEditors):
    desk_path = "edition__desk"
    list_display = ("__str__", "words", "outcome", "is_suspect", "at", "answered_by")
    list_filter = (DeskFilter, "outcome", "is_suspect")
    list_select_related = ("edition", "answered_by")
    search_fields = ("words", "evidence", "answer")
    date_hierarchy = "at"
    fields = (
        "edition",
        "words",
        "evidence",
        "email",
        "language",
        "is_suspect",
        "at",
        "outcome",
        "answer",
        "answered_by",
        "answered_at",
    )
    readonly_fields = fields


@admin.register(Letter)
class LetterAdmin(_ForEditors):
    desk_path = "report__edition__desk"
    list_display = ("__str__", "to", "made_at", "sent_at", "failed_at", "tries", "error")
    list_filter = (DeskFilter,)
    list_select_related = ("report",)
    date_hierarchy = "made_at"
    fields = (
        "report",
        "to",
        "subject",
        "body",
        "made_at",
        "next_try_at",
        "sent_at",
        "failed_at",
        "tries",
        "error",
    )
    readonly_fields = fields


@admin.register(Statement)
class StatementAdmin(DeskAdmin):
    list_display = ("__str__", "desk", "written_by", "written_at")
    list_filter = (DeskFilter, "kind")
    list_select_related = ("desk", "written_by")
    search_fields = ("body",)
    date_hierarchy = "written_at"
    fields = ("desk", "kind", "number", "body", "written_by", "written_at")
    readonly_fields = fields
