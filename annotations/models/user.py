"""People with an account."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def validate_zone(name: str) -> None:
    """Refuse what is no time zone of the IANA database (ValidationError)."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(name)s” is no time zone. One is called Europe/Paris or America/New_York."),
            params={"name": name},
        )


class SmallLettersField(models.EmailField):
    """An e-mail address in small letters, whoever wrote it: so it is looked for at the door."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value.lower() if isinstance(value, str) else value

    def deconstruct(self) -> Any:
        """For migrations it is any address: the column is the same."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs


class User(AbstractUser):
    """A person. Deactivated, never deleted: their work and its attribution stay."""

    email = SmallLettersField(AbstractUser._meta.get_field("email").verbose_name, blank=True)
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        default="",
        db_default="",
        help_text=_("For your own pages and mails. If empty, your desk’s."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        default="",
        db_default="",
        validators=[validate_zone],
        help_text=_("For the times that you see and type. If empty, your desk’s."),
    )
    single_keys = models.BooleanField(
        _("keys without Ctrl or Alt"),
        default=True,
        db_default=True,
        help_text=_("Such as M to mark. Turn them off where you speak to your computer."),
    )

    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(
        _("away until"),
        null=True,
        blank=True,
        help_text=_(
            "The last day. Until then you are dealt no checks, and others see that you are away."
        ),
    )

    first_desk: dict[str, str] | None = None
    """The language and time zone of the desk that the person joined first (accounts.Backend)."""
    zone: str = "UTC"
    """The time zone that times are shown in: one's own, or the desk's (accounts.Backend)."""
    spoken: str = ""
    """The language that pages are in: one's own, or the desk's (accounts.Backend)."""
    belongs: bool = False
    """Whether the person is a member of a desk (accounts.Backend)."""
    leads: bool = False
    """Whether the person is an editor or manager of a desk (accounts.Backend)."""
    owes_factor: bool = False
    """Whether a desk asks for a second factor that the person has not set up (accounts.Backend)."""

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined,misc]  # the stubs know none
        constraints = [
            models.CheckConstraint(
                name="user_is_away_from_a_day_until_a_later",
                condition=Q(away_from__isnull=True, away_until__isnull=True)
                # Named one by one: a comparison with nothing is no refusal.
                | Q(
                    away_from__isnull=False,
                    away_until__isnull=False,
                    away_from__lte=F("away_until"),
                ),
                violation_error_message=_("Say from which day until which you are away, or none."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row, but not whether the account is active, unless `update_fields` names it.

        `workflow.set_active` alone writes that: whoever read the row before somebody was
        deactivated, and saves all of it after, would let them in again without a line of the log.
        """
        is_new = self._state.adding or kwargs.get("force_insert")
        if not is_new and kwargs.get("update_fields") is None:
            left = {"id", "is_active", *self.get_deferred_fields()}
            names = [field.attname for field in self._meta.concrete_fields]
            kwargs["update_fields"] = [name for name in names if name not in left]
        super().save(*args, **kwargs)

    def is_away(self, day: dt.date) -> bool:
        """Whether the person has said that they are away on that day."""
        if self.away_from is None or self.away_until is None:
            return False
        return self.away_from <= day <= self.away_until
