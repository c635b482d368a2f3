"""Which admin site the project uses."""

from django.contrib.admin.apps import AdminConfig


class FactcheckAdminConfig(AdminConfig):
    default_site = "factcheck.admin_site.FactcheckAdminSite"
