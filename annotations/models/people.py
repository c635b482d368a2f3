"""People on their way in: who is invited to a desk, and what somebody typed while signed out."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.listing import labelled
from annotations.rights import Right
from annotations.vocabulary import Role

from .base import Keyed, KeyedQuerySet, one_of
from .desk import Desk, desks_of
from .user import User


def account_of(address: str, *, but: User | None = None) -> User | None:
    """The account, but this one, that has the e-mail address, or confirmed it.

    Capitals are not told apart. One confirmed address is one account (rule 6): an index of the
    database holds it to that (migration 0166).
    """
    confirmed = Q(emailaddress__email__iexact=address, emailaddress__verified=True)
    has = User.objects.filter(Q(email__iexact=address) | confirmed)
    others = has if but is None or but.pk is None else has.exclude(pk=but.pk)
    return others.order_by("pk").first()


class InvitationQuerySet(KeyedQuerySet["Invitation"]):
    def visible_to(self, user: User) -> InvitationQuerySet:
        return self.filter(desk__in=desks_of(user, Right.MANAGE))

    def open(self) -> InvitationQuerySet:
        """Those that still lead in."""
        return self.filter(
            accepted_at__isnull=True, taken_back_at__isnull=True, expires_at__gt=timezone.now()
        )


class Invitation(Keyed):
    """Somebody asked to a desk by e-mail. The link that leads in is signed, and names this row."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(max_length=20, choices=Role)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "pk"]
        constraints = [
            one_of("invitation_role_is_known", "role", Role),
            models.UniqueConstraint(
                Lower("email"),
                "desk",
                name="invitation_once",
                condition=Q(accepted_at__isnull=True, taken_back_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return labelled(self.email, self.get_role_display())

    @property
    def is_open(self) -> bool:
        is_answered = self.accepted_at is not None or self.taken_back_at is not None
        return not is_answered and self.expires_at > timezone.now()


class HeldFormQuerySet(KeyedQuerySet["HeldForm"]):
    def current(self, at: dt.datetime | None = None) -> HeldFormQuerySet:
        """Those that have not lapsed at this moment (UTC)."""
        return self.filter(expires_at__gt=at or timezone.now())


class HeldForm(Keyed):
    """A form that was sent while signed out, until its sender is back. It lapses within a day.

    Only the browser whose session names it is shown it: nobody is known to have written it.
    """

    to = models.TextField()
    fields = models.JSONField()
    files = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    objects = HeldFormQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Form for {self.to}"
