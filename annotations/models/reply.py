"""Right of reply: whom a claim is about is asked before anything is published."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.vocabulary import Channel

from .annotation import checks_blind
from .base import Keyed, KeyedQuerySet
from .claim import Claim
from .desk import Desk, User, desks_of


class ReplyRequestQuerySet(KeyedQuerySet["ReplyRequest"]):
    def visible_to(self, user: User) -> ReplyRequestQuerySet:
        """Members who check no claim it is about: an answer tells of others' work."""
        about = Claim.objects.filter(reply_requests=OuterRef("pk"))
        held = about.filter(checks_blind(user, "pk"))
        return self.filter(Q(desk__in=desks_of(user)) & ~Q(Exists(held)))


class ReplyRequest(Keyed):
    """One addressee asked about any number of claims, and the answer; or why nobody was asked."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="reply_requests")
    claims: models.ManyToManyField[Claim, models.Model] = models.ManyToManyField(
        Claim, related_name="reply_requests"
    )
    addressee = models.CharField(_("who is asked"), max_length=200, blank=True)
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    until = models.DateField(_("asked to answer until"), null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    not_needed = models.TextField(_("nobody is asked, because"), blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReplyRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                name="reply_is_asked_or_not_needed",
                condition=(Q(not_needed="") & ~Q(addressee="") & Q(channel__in=Channel.values))
                | (~Q(not_needed="") & Q(addressee="", channel="", answer="")),
                violation_error_message=_(
                    "Say who is asked and how, or why nobody needs to be asked."
                ),
            ),
            models.CheckConstraint(
                name="reply_answered_has_a_time",
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]
        indexes = [
            # A desk's requests, oldest first: the page of replies.
            models.Index(name="reply_of_desk", fields=["desk", "asked_at"]),
        ]

    def __str__(self) -> str:
        return self.addressee or "Nobody is asked"
