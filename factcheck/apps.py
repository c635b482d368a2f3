"""Which admin site the project uses, and what stands in it."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig


class FactcheckAdminConfig(AdminConfig):
    default_site = "factcheck.admin_site.FactcheckAdminSite"

    def ready(self) -> None:
        """Without the tables of the door: what opens somebody's account is their own affair."""
        super().ready()
        for model in [*admin.site._registry]:
            if model._meta.app_label != "annotations":
                admin.site.unregister(model)
