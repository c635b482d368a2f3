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

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one place to sign in, with its throttle and its second factor."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied(_("You are not a member of a desk yet. Ask a manager."))
        return redirect_to_login(request.GET.get("next", request.get_full_path()))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")
