"""Right of reply: whom a claim is about is asked before anything is published."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.vocabulary import AnswerWay, Channel, Stands

from .annotation import checks_blind
from .base import Keyed, KeyedQuerySet, one_of
from .claim import Claim
from .desk import Desk, desks_of
from .user import User


class ReplyRequestQuerySet(KeyedQuerySet["ReplyRequest"]):
    def visible_to(self, user: User) -> ReplyRequestQuerySet:
        """Members who check no claim it is about: an answer tells of others' work."""
        about = Claim.objects.filter(reply_requests=OuterRef("pk"))
        held = about.filter(checks_blind(user, "pk"))
        return self.filter(Q(desk__in=desks_of(user)) & ~Q(Exists(held)))

    def standing(self) -> ReplyRequestQuerySet:
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def awaited(self) -> ReplyRequestQuerySet:
        """Somebody was asked, and has not answered yet."""
        return self.standing().filter(not_needed="", answered_at__isnull=True)


class ReplyRequest(Keyed):
    """One addressee asked about any number of claims, and the answer; or why nobody was asked.

    What was put to them of each claim, and what they answered to it, is in its points; `answer` is
    what they said of all together.
    """

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="reply_requests")
    claims: models.ManyToManyField[Claim, models.Model] = models.ManyToManyField(
        Claim, related_name="reply_requests"
    )
    addressee = models.CharField(_("who is asked"), max_length=200, blank=True)
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    until = models.DateField(_("asked to answer until"), null=True, blank=True)
    email = models.EmailField(_("address"), blank=True, db_default="")
    """Where the letter was sent from here; empty where they were asked in another way."""
    subject = models.CharField(max_length=200, blank=True, db_default="")
    body = models.TextField(_("letter"), blank=True, db_default="")
    """The letter as it was sent or read out, with `{link}` where their link stood."""
    link_until = models.DateTimeField(null=True, blank=True)
    """When the link in the letter ends; none where there was no link."""
    reminds = models.BooleanField(default=False, db_default=False)
    """Whether they are reminded by mail on the day before `until`."""
    reminded_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    came = models.CharField(max_length=10, choices=AnswerWay, blank=True, db_default="")
    kept_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    """Who kept the answer; nobody where it came by the link, or before this was noted."""
    read_at = models.DateTimeField(null=True, blank=True)
    """When an editor said that they have read what came by the link."""
    attachment = models.CharField(max_length=64, blank=True, db_default="")
    """The SHA-256 of the file that came with the answer (annotations.blobs)."""
    attachment_name = models.CharField(max_length=255, blank=True, db_default="")
    not_needed = models.TextField(_("why nobody is asked"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReplyRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply request")
        verbose_name_plural = _("reply requests")
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                name="reply_is_asked_or_not_needed",
                condition=(Q(not_needed="") & ~Q(addressee="") & Q(channel__in=Channel.values))
                | (~Q(not_needed="") & Q(addressee="", channel="", answer="", email="", body="")),
                violation_error_message=_(
                    "Say who is asked and how, or why nobody needs to be asked."
                ),
            ),
            models.CheckConstraint(
                name="reply_answered_has_a_time",
                condition=Q(answer="", answered_at__isnull=True, came="", attachment="")
                | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="reply_came_is_known", condition=Q(came__in=["", *AnswerWay.values])
            ),
            models.CheckConstraint(
                name="reply_link_is_sent_by_mail",
                condition=Q(link_until__isnull=True) | ~Q(body=""),
            ),
        ]
        indexes = [
            # A desk's requests, oldest first: the page of replies.
            models.Index(name="reply_of_desk", fields=["desk", "asked_at"]),
            # What is waited for, by its day: queries.replies and the reminders of the clock.
            models.Index(
                name="reply_awaited",
                fields=["desk", "until"],
                condition=Q(not_needed="", answered_at__isnull=True, withdrawn_at__isnull=True),
            ),
            # What came by a link and nobody has read: queries.replies.
            models.Index(
                name="reply_unread",
                fields=["desk"],
                condition=Q(came="link", read_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.addressee or "Nobody is asked"


class ReplyPointQuerySet(KeyedQuerySet["ReplyPoint"]):
    def visible_to(self, user: User) -> ReplyPointQuerySet:
        requests = ReplyRequest.objects.visible_to(user)
        return self.filter(request__in=requests.values("pk"))


class ReplyPoint(Keyed):
    """A claim as it was put to an addressee, and what they answered to it.

    The words are those of then: what they answered was about these, whatever becomes of the claim.
    """

    request = models.ForeignKey(ReplyRequest, models.PROTECT, related_name="points")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="reply_points")
    number = models.PositiveSmallIntegerField()
    words = models.TextField()
    quote = models.TextField(blank=True)
    """What the article says, word for word."""
    place = models.CharField(max_length=500, blank=True)
    """The title of the article."""
    answer = models.TextField(blank=True)

    objects = ReplyPointQuerySet.as_manager()

    class Meta:
        ordering = ["request", "number"]
        constraints = [
            models.UniqueConstraint(name="reply_point_once", fields=["request", "claim"]),
        ]

    def __str__(self) -> str:
        return f"Point {self.number}"


class CriticismQuerySet(KeyedQuerySet["Criticism"]):
    def visible_to(self, user: User) -> CriticismQuerySet:
        """As requests for a reply: members who do not check the claim blind."""
        rows = self.filter(claim__desk__in=desks_of(user))
        return rows.exclude(claim__in=Claim.objects.filter(checks_blind(user, "pk")).values("pk"))


class Criticism(Keyed):
    """Whom a claim criticises, and whether what they answered stands in the article.

    They are asked by a request whose addressee has the same name (text.looking.plain_name).
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="criticisms")
    of = models.CharField(_("whom it criticises"), max_length=200)
    stands = models.CharField(max_length=10, choices=Stands, blank=True)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    noted_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CriticismQuerySet.as_manager()

    class Meta:
        ordering = ["of", "claim"]
        constraints = [
            models.UniqueConstraint(name="criticism_once", fields=["claim", "of"]),
            models.CheckConstraint(name="criticism_has_a_name", condition=~Q(of="")),
            one_of("criticism_stands_is_known", "stands", Stands),
        ]

    def __str__(self) -> str:
        return self.of


class LetterTemplateQuerySet(KeyedQuerySet["LetterTemplate"]):
    def visible_to(self, user: User) -> LetterTemplateQuerySet:
        return self.filter(desk__in=desks_of(user))


class LetterTemplate(Keyed):
    """How a desk asks for a reply: numbered versions, of which the newest is used."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="letter_templates")
    number = models.PositiveIntegerField()
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("letter"))
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["desk", "-number"]
        constraints = [
            models.UniqueConstraint(name="letter_template_once", fields=["desk", "number"]),
        ]

    def __str__(self) -> str:
        return self.subject
