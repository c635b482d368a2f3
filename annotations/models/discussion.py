"""What members say to each other about a claim, once its annotations are disclosed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from annotations.vocabulary import ClaimStatus, Hold

from .annotation import checks_blind
from .base import Keyed, one_of
from .claim import Claim
from .desk import desks_of
from .disclosure import DisclosedQuerySet, first_seen
from .evidence import Source
from .user import User


class CommentQuerySet(DisclosedQuerySet["Comment"]):
    def visible_to(self, user: User) -> CommentQuerySet:
        """Of one's desks, and of no claim that the person holds a check of (rule 4).

        Comments are made after disclosure only. A new round hides them again: from those who
        check it, whether they read them before or not, and from everybody while the claim
        is marked anew, for any of them may be asked to check it.
        """
        shown = (
            Q(claim__desk__in=desks_of(user))
            & ~Q(claim__status=ClaimStatus.SPOTTED)
            & ~Q(checks_blind(user, "claim"))
        )
        tells = first_seen(user, "claim", ~Q(author=user.pk))
        return self.filter(shown).read_by(user, tells=tells)

    def holding(self) -> CommentQuerySet:
        """The open ones that warn whoever publishes, or stop them."""
        return self.filter(resolved_at=None).exclude(holds=Hold.NOTHING)


class Comment(Keyed):
    """A remark on a claim, or a reply to one. A remark is resolved with its replies.

    One that `holds` asks for something to be confirmed before the claim is published; `source` is
    what it is about, if that is one of the claim's sources.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="comments")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", editable=False
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="comments", editable=False)
    body = models.TextField()
    mentions = models.ManyToManyField(User, related_name="mentioned_in", editable=False)
    # Mentioned, and not there since: what the queue shows, queries.queue.
    unread_by = models.ManyToManyField(User, related_name="unread_mentions", editable=False)
    holds = models.CharField(
        max_length=10, choices=Hold, blank=True, default="", db_default="", editable=False
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    resolved_at = models.DateTimeField(null=True, editable=False)
    resolved_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    tells: int | None = None
    """The claim of which the reader is shown others' work here, where a query says so."""

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="comment_has_words", condition=~Q(body="")),
            one_of("comment_hold_is_known", "holds", Hold),
            models.CheckConstraint(
                name="comment_reply_holds_nothing",
                condition=Q(parent__isnull=True) | Q(holds="", source__isnull=True),
            ),
            models.CheckConstraint(
                name="comment_resolved_by_someone",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False, parent__isnull=True),
            ),
        ]
        indexes = [
            # A claim's discussion, in order: queries.discussion.
            models.Index(name="comment_in_order", fields=["claim", "at"]),
        ]

    def __str__(self) -> str:
        return f"Comment {self.uuid.hex[:8]}"
