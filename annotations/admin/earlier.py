"""Earlier checks by others: read-only. A file brings them (Import files), nobody types them."""

from __future__ import annotations

from django.contrib import admin

from annotations.models import EarlierCheck

from .base import DeskAdmin
from .filters import DeskFilter


@admin.register(EarlierCheck)
class EarlierCheckAdmin(DeskAdmin):
    list_display = ("claim", "rating", "publisher", "published_on", "desk", "added_at")
    list_filter = (DeskFilter,)
    list_select_related = ("desk",)
    search_fields = ("claim", "publisher", "claimant", "rating", "url")
    date_hierarchy = "added_at"
    fields = (
        "desk", "claim", "claimant", "said_on", "appearances", "rating", "numbers", "publisher",
        "publisher_url", "url", "title", "published_on", "language", "evidence", "warned",
        "external_id", "file", "pointer", "added_by", "added_at",
    )  # fmt: skip
    readonly_fields = fields
