"""Earlier checks by others: read-only. A file brings them (Import files), nobody types them."""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from annotations.models import EarlierCheck
from annotations.words.earlier import odd

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
        "publisher_url", "url", "title", "published_on", "language", "evidence", "what_was_odd",
        "external_id", "file", "pointer", "added_by", "added_at",
    )  # fmt: skip
    readonly_fields = fields

    @admin.display(description=gettext_lazy("what was odd"))
    def what_was_odd(self, obj: EarlierCheck) -> SafeString | str:
        lines = [
            (each["pointer"].strip() or "/", each["value"], odd(each["code"]))
            for each in obj.warned
        ]
        return format_html_join("", "<div><code>{}</code> {} {}</div>", lines) or "–"
