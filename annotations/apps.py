"""The app's registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class AnnotationsConfig(AppConfig):
    name = "annotations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = gettext_lazy("Fact-checking")

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from annotations import checks, journal  # noqa: F401  (registers the checks)
        from annotations.database import plans

        journal.listen()
        connection_created.connect(plans.watch)
