"""What was decided, what readers got, and the log: to be read, searched and filtered only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import workflow
from annotations.forms import ReplyAnswerForm
from annotations.models import (
    Citation,
    Correction,
    Edition,
    ReplyRequest,
    Transition,
    User,
    Verdict,
    desks_of,
)
from annotations.rights import Right

from .access import person
from .base import DeskAdmin, ReadOnlyInline, finding_in_words, link
from .filters import DeskFilter, PersonFilter
from .moving import AdminMove


class VerdictCitationInline(ReadOnlyInline):
    model = Citation
    fields = ("its_source", "stance", "passage", "locator", "page")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("source")

    @admin.display(description=gettext_lazy("source"))
    def its_source(self, obj: Citation) -> SafeString:
        return link(obj.source)


@admin.register(Verdict)
class VerdictAdmin(DeskAdmin):
    blind = True
    desk_path = "claim__desk"
    person_path = "decided_by"
    list_display = ("__str__", "its_claim", "rating", finding_in_words, "decided_by", "decided_at")
    list_filter = (DeskFilter, PersonFilter, "cause")
    list_select_related = ("claim", "rating", "decided_by")
    search_fields = ("finding__holds", "justification__holds", "claim__claim_reviewed__holds")
    date_hierarchy = "decided_at"
    fields = (
        "its_claim", "number", "rating", "finding", "justification", "evidence_as_of",
        "its_annotation", "decided_by", "decided_at", "cause", "reason",
    )  # fmt: skip
    readonly_fields = fields
    inlines = (VerdictCitationInline,)

    @admin.display(description=gettext_lazy("claim"))
    def its_claim(self, obj: Verdict) -> SafeString:
        return link(obj.claim)

    @admin.display(description=gettext_lazy("adopted annotation"))
    def its_annotation(self, obj: Verdict) -> SafeString | str:
        return link(obj.adopted) if obj.adopted else "–"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).with_reasons()  # type: ignore[attr-defined,no-any-return]

    def log_of(self, obj: Verdict) -> dict[str, Any]:
        return {"claim": obj.claim}


def _keep_reply(row: ReplyRequest, actor: User, asked: dict[str, Any]) -> str:
    workflow.keep_reply(row, asked["answer"], actor=actor)
    return _("The answer of %s is kept.") % row.addressee


@admin.register(ReplyRequest)
class ReplyRequestAdmin(DeskAdmin):
    """Who was asked for a reply, and what they answered."""

    blind = True
    list_display = ("__str__", "channel", "until", "answered_at", "asked_by", "asked_at", "desk")
    list_filter = (DeskFilter, "channel")
    list_select_related = ("asked_by", "desk")
    search_fields = ("addressee", "answer")
    date_hierarchy = "asked_at"
    fields = (
        "addressee", "channel", "until", "its_claims", "answer", "answered_at", "not_needed",
        "asked_by", "asked_at", "desk",
    )  # fmt: skip
    readonly_fields = fields
    moves = (
        AdminMove(
            "keep_reply",
            gettext_lazy("Keep the answer"),
            Right.DECIDE,
            _keep_reply,
            lambda request, rows: ReplyAnswerForm,
        ),
    )

    @admin.display(description=gettext_lazy("claims"))
    def its_claims(self, obj: ReplyRequest) -> SafeString:
        return format_html_join("", "{}<br>", ((link(claim),) for claim in obj.claims.all()))


@admin.register(Edition)
class EditionAdmin(DeskAdmin):
    list_display = ("__str__", "of", "desk", "published_by", "published_at")
    list_filter = (DeskFilter,)
    list_select_related = ("article", "claim", "desk", "published_by")
    search_fields = ("article__title__holds", "claim__claim_reviewed__holds")
    date_hierarchy = "published_at"
    fields = ("number", "of", "desk", "published_by", "published_at", "content")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("content")

    @admin.display(description=gettext_lazy("of"))
    def of(self, obj: Edition) -> SafeString:
        return link(obj.article or obj.claim)


@admin.register(Correction)
class CorrectionAdmin(DeskAdmin):
    desk_path = "edition__desk"
    list_display = ("__str__", "of", "kind", "why", "at")
    list_filter = (DeskFilter, "kind")
    list_select_related = ("edition__claim",)
    search_fields = ("why", "edition__claim__claim_reviewed__holds")
    date_hierarchy = "at"
    fields = ("of", "kind", "why", "changes", "at")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("edition__content")

    @admin.display(description=gettext_lazy("claim"))
    def of(self, obj: Correction) -> SafeString | str:
        return link(obj.edition.claim) if obj.edition.claim else "–"


@admin.register(Transition)
class TransitionAdmin(DeskAdmin):
    """The log. Nobody changes it here, and PostgreSQL refuses it everywhere."""

    blind = True
    person_path = "actor"
    list_display = ("at", "who", "move", "what", "source", "target", "reason", "desk")
    list_filter = (DeskFilter, "move", PersonFilter)
    list_select_related = (
        "desk", "article", "claim", "assignment", "sentence", "actor", "person",
    )  # fmt: skip
    search_fields = ("reason", "claim__claim_reviewed__holds", "article__title__holds")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    fields = ("at", "who", "move", "what", "source", "target", "reason", "detail", "policy", "desk")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Transition]:
        # A list of all desks: that of one's own is looked for by an index, and not line by line.
        rows = super().get_queryset(request)
        return rows.filter(desk__in=desks_of(person(request)))

    @admin.display(description=gettext_lazy("who"), ordering="actor")
    def who(self, obj: Transition) -> str:
        return str(obj.actor) if obj.actor else "–"

    @admin.display(description=gettext_lazy("what"))
    def what(self, obj: Transition) -> SafeString | str:
        row = obj.claim or obj.assignment or obj.sentence or obj.article
        return link(row) if row is not None else str(obj.person or "–")
