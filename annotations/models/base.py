"""What every model shares: a UUID that names a row wherever it goes, and two constraint helpers."""

import uuid
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.enums import ChoicesType

M = TypeVar("M", bound=models.Model)


class KeyedQuerySet(models.QuerySet[M]):
    """Rows that fixtures and exports name by UUID."""

    def get_by_natural_key(self, key: str) -> M:
        return self.get(uuid=key)


class Keyed(models.Model):
    """A row with a UUID: its name in fixtures, exports and addresses.

    Numbers that count up would tell who was first (rule 4), so blind work is addressed by UUID.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str]:
        return (str(self.uuid),)


class WebAddressField(models.URLField):
    """A web address; one typed without a scheme means https, as Django 6 will have it."""

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(*args, **{"assume_scheme": "https"} | kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs


def one_of(name: str, field: str, choices: ChoicesType) -> models.CheckConstraint:
    """A constraint that the field holds one of the fixed words."""
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": choices.values}))


def partial_date(name: str, field: str) -> models.CheckConstraint:
    """A constraint that the field is empty, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    shape = r"^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$"
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__regex": shape}),
        violation_error_message="Give a date as 2026, 2026-11 or 2026-11-24, or leave it empty.",
    )
