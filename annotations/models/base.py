"""What every model shares: a UUID that names a row wherever it goes, and helpers of questions."""

import uuid
from collections.abc import Collection
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Subquery
from django.db.models.enums import ChoicesType
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from annotations.text.dates import is_partial_date

M = TypeVar("M", bound=models.Model)


class KeyedQuerySet(models.QuerySet[M]):
    """Rows that fixtures and exports name by UUID."""

    def get_by_natural_key(self, key: str) -> M:
        return self.get(uuid=key)


def looked_up(rows: models.QuerySet[Any]) -> Q:
    """That there is such a row: a value that is looked up for each row of the question around it.

    For some rows of a long table. With EXISTS or IN beside another condition PostgreSQL takes it
    for cheaper to make a list of all such rows first, and that list grows for ever.
    """
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), False))


class Keyed(models.Model):
    """A row with a UUID: its name in fixtures, exports and addresses.

    Numbers that count up would tell who was first (rule 4), so blind work is addressed by UUID.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str]:
        return (str(self.uuid),)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """As Django's, which finds out of each constraint anew that none of its fields is asked."""
        asked = {field.name for field in self._meta.fields} - set(exclude or ())
        if asked:
            super().validate_constraints(exclude)


class WebAddressField(models.URLField):
    """A web address; one typed without a scheme means https, as Django 6 will have it."""

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(*args, **{"assume_scheme": "https"} | kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs


def no_credentials(value: str) -> None:
    """Raise ValidationError for an address with a name or password: everybody would read them."""
    if "@" in value:
        raise ValidationError(_("An address with a name or a password cannot be kept here."))


def one_of(name: str, field: str, choices: ChoicesType) -> models.CheckConstraint:
    """A constraint that the field holds one of the fixed words."""
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": choices.values}))


NO_DATE = _("Give a date as 2026, 2026-11 or 2026-11-24, or leave it empty.")


def validate_partial_date(value: str) -> None:
    """Raise ValidationError unless the value is a year, a month or a day that there is."""
    if not is_partial_date(value):
        raise ValidationError(NO_DATE, code="partial_date")


class PartialDateField(models.CharField):
    """A date that may be known in part, in words: empty, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

    Its shape is asked by a constraint (`partial_date`), the calendar by triggers of guards.sql.
    """

    default_validators = [validate_partial_date]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 10, "blank": True} | kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def partial_date(name: str, field: str) -> models.CheckConstraint:
    """A constraint that the field is empty or looks like `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

    The days of each month are asked by triggers, for rows from before that may hold others.
    """
    shape = r"^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$"
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__regex": shape}),
        violation_error_message=NO_DATE,
    )
