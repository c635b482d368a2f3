"""Filters of the admin's lists. Their choices are what the person may see, and nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models import OPEN, Article, Desk, User

from .access import person
from .base import valid_uuids

MOST_PEOPLE = 100


class DeskFilter(SimpleListFilter):
    """One of one's own desks. The page says in `desk_path` how its rows reach the desk."""

    title = _("desk")
    parameter_name = "desk"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.path = model_admin.desk_path
        rows = Desk.objects.visible_to(person(request)).values_list("slug", "name")
        return list(rows)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value():
            return queryset.filter(**{f"{self.path}__slug": self.value()})
        return queryset


class PersonFilter(SimpleListFilter):
    """One of the people at one's desks. The page says in `person_path` whose rows they are."""

    title = _("person")
    parameter_name = "person"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.path = model_admin.person_path
        desks = Desk.objects.visible_to(person(request))
        people = User.objects.filter(memberships__desk__in=desks).distinct().order_by("username")
        return [(row.username, str(row)) for row in people[:MOST_PEOPLE]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value():
            return queryset.filter(**{f"{self.path}__username": self.value()})
        return queryset


class ArticleFilter(SimpleListFilter):
    """One article, chosen by a link from its page: never a list of all of them."""

    title = _("article")
    parameter_name = "article"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.path = model_admin.article_path
        rows = Article.objects.visible_to(person(request))
        wanted = valid_uuids([request.GET.get("article", "")])
        self.chosen = rows.filter(uuid__in=wanted).first()
        return [(str(self.chosen.uuid), self.chosen.title)] if self.chosen else []

    def has_output(self) -> bool:
        return self.chosen is not None

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        if self.chosen is None:
            return queryset.none()
        return queryset.filter(**{self.path: self.chosen}).distinct()


class OverdueFilter(SimpleListFilter):
    title = _("due")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("overdue", _("Overdue")), ("open", _("Not done yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        queryset = queryset.filter(status__in=OPEN)
        if self.value() == "overdue":
            return queryset.filter(due_at__lt=timezone.now())
        return queryset
