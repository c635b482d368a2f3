"""The texts of articles and their sentences in the admin, which are triaged there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, cast

from django.contrib import admin
from django.db.models import F, QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations import workflow
from annotations.models import Revision, Sentence, User
from annotations.rights import Right
from annotations.vocabulary import Triage

from .base import DeskAdmin, link
from .filters import ArticleFilter, DeskFilter
from .moving import AdminMove


@admin.register(Revision)
class RevisionAdmin(DeskAdmin):
    desk_path = "article__desk"
    list_display = ("article", "number", "created_by", "created_at")
    list_filter = (DeskFilter,)
    list_select_related = ("article", "created_by")
    search_fields = ("article__title__holds", "sha256")
    date_hierarchy = "created_at"
    fields = (
        "article", "number", "sha256", "normaliser_version", "splitter_version", "changes",
        "notices", "created_by", "created_at", "text",
    )  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("text")


def _by_article(rows: list[Sentence]) -> Sequence[list[Sentence]]:
    """The chosen sentences, one list for each revision."""
    groups: dict[int, list[Sentence]] = {}
    for row in rows:
        groups.setdefault(row.revision_id, []).append(row)
    return list(groups.values())


def _triage(rows: list[Sentence], actor: User, asked: dict[str, Any], *, value: str) -> str:
    article = rows[0].revision.article
    if rows[0].revision_id != article.revision.pk:
        raise workflow.Refused(_("That is an earlier text of “%s”.") % article)
    changed = workflow.triage(article, [row.name for row in rows], value, actor=actor)
    return ngettext("%d sentence changed.", "%d sentences changed.", changed) % changed


@admin.register(Sentence)
class SentenceAdmin(DeskAdmin):
    desk_path = "revision__article__desk"
    article_path = "revision__article"
    log_path = "sentence"
    list_display = ("number", "words", "kind", "triage", "article")
    list_display_links = ("words",)
    list_filter = (DeskFilter, ArticleFilter, "triage", "kind")
    list_select_related = ("revision__article",)
    list_per_page = 100
    fields = ("article", "number", "paragraph", "kind", "triage", "words", "start", "end")
    readonly_fields = fields
    ordering = ("-revision__article__created_at", "-revision__number", "position")
    moves = tuple(
        AdminMove(
            f"triage_{value.value}",
            value.label,
            Right.MARK,
            partial(_triage, value=value.value),
            items=_by_article,
        )
        for value in Triage
        if value.value
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the words cut out by PostgreSQL: the whole text need not come with each row."""
        rows = super().get_queryset(request).defer("revision__text", "revision__notices")
        words = Substr("revision__text", F("start") + 1, F("end") - F("start"))
        return cast(QuerySet[Any], rows.annotate(its_words=words))

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """The words of one article; across articles, titles."""
        return (
            ("its_words",) if request.GET.get("article") else ("revision__article__title__holds",)
        )

    @admin.display(description=gettext_lazy("words"))
    def words(self, obj: Any) -> str:
        return str(obj.its_words)

    @admin.display(description=gettext_lazy("article"))
    def article(self, obj: Sentence) -> SafeString:
        return link(obj.revision.article)
