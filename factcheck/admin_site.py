"""The admin site: Django's own, behind our door, and without its one door around `visible_to`."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

GROUPS = (
    (gettext_lazy("Work"), ("Article", "Claim", "Mark", "Sentence", "Revision", "Assignment")),
    (
        gettext_lazy("Evidence"),
        (
            *("Annotation", "Verdict", "Citation", "Source", "Snapshot", "ReplyRequest"),
            "EarlierCheck",
        ),
    ),
    (gettext_lazy("Published"), ("Edition", "Correction", "Report", "Letter", "Statement")),
    (
        gettext_lazy("People and rules"),
        ("Desk", "Membership", "User", "Guidelines", "RatingScale", "Claimant", "Transition"),
    ),
)
"""The tables by what they are for. One that is not named stands in the last group."""

DESKS_SHOWN = 3
"""Desks whose figures the first page shows; most people belong to one."""


class FactcheckAdminSite(AdminSite):
    site_title = gettext_lazy("Factcheck")
    site_header = gettext_lazy("Factcheck")
    index_title = gettext_lazy("The desk’s work")

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Without "view on site": it looks a row up by its key and asks no one who may see it."""
        return [
            url
            for url in super().get_urls()
            if not (isinstance(url, URLPattern) and url.name == "view_on_site")
        ]

    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever belongs to a desk; each page then asks for the right that it needs."""
        person = request.user
        return person.is_active and (person.is_staff or getattr(person, "belongs", False))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The tables in groups of our own on the first page, as Django has them elsewhere."""
        found = super().get_app_list(request, app_label)
        if app_label is not None:
            return found
        rows = {model["object_name"]: model for app in found for model in app["models"]}
        grouped: list[dict[str, Any]] = [
            {"name": name, "app_label": f"group-{number}", "models": _taken(rows, models)}
            for number, (name, models) in enumerate(GROUPS)
        ]
        grouped[-1]["models"] += list(rows.values())
        return [group for group in grouped if group["models"]]

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The tables, after how far the articles of one's desks are, what is late and what failed.

        Each figure leads to the list of what it counts.
        """
        # Models can be imported once the apps are there: this module is read before.
        from annotations.queries import board, jobs, queue
        from annotations.queries.access import desks_for

        person: Any = request.user  # signed in: admin_view has asked
        desks = [
            {
                "desk": desk,
                "stages": board.at_stages(desk, queue.queue(desk, person).stages),
                "late": queue.late(desk, person),
            }
            for desk in desks_for(person)[:DESKS_SHOWN]
        ]
        found = {"desks": desks, "failed": jobs.failed() if person.is_superuser else 0}
        return super().index(request, found | (extra_context or {}))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one place to sign in, with its throttle and its second factor."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied(_("You are not a member of a desk yet. Ask a manager."))
        return redirect_to_login(request.GET.get("next", request.get_full_path()))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")


def _taken(rows: dict[str, Any], names: tuple[str, ...]) -> list[Any]:
    """The rows of these models, taken out, in the order of the names."""
    return [rows.pop(name) for name in names if name in rows]
