"""The app's registration with Django."""

from django.apps import AppConfig


class AnnotationsConfig(AppConfig):
    name = "annotations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Fact-checking"

    def ready(self) -> None:
        from annotations import checks, journal  # noqa: F401  (registers the checks)

        journal.listen()
