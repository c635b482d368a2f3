"""Who is asked to check a claim, and their own answer on it: the blind part of the system."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.rights import Right
from annotations.vocabulary import AssignmentStatus, ClaimStatus, Confidence, Task

from .base import Keyed, KeyedQuerySet, looked_up, one_of
from .claim import Claim
from .desk import desks_of
from .disclosure import DisclosedQuerySet, first_seen
from .guidelines import Guidelines
from .scale import Rating
from .user import User

OPEN = (AssignmentStatus.ASSIGNED, AssignmentStatus.STARTED, AssignmentStatus.RETURNED)
"""The person still owes an answer."""

GIVEN_UP = (AssignmentStatus.DECLINED, AssignmentStatus.EXPIRED)


def undisclosed(claim: str) -> Q:
    """That answers to the claim at this path are still to come before all are disclosed at once.

    A claim that was set aside out of checking stays as closed as it was.
    """
    return _undisclosed(f"{claim}__status", claim)


def undisclosed_looked_up(claim: str) -> Q:
    """As `undisclosed`, of a claim that is looked up for each row and not joined to it."""
    return looked_up(Claim.objects.filter(_undisclosed("status", "pk"), pk=OuterRef(claim)))


def _undisclosed(status: str, claim: str) -> Q:
    to_come = Assignment.objects.filter(
        Q(status__in=OPEN)
        | Q(status=AssignmentStatus.SUBMITTED, annotation__disclosed_at__isnull=True),
        task=Task.CHECK,
        claim=OuterRef(claim),
    )
    aside = Q(**{status: ClaimStatus.SET_ASIDE}) & Q(Exists(to_come))
    return Q(**{f"{status}__in": [ClaimStatus.SPOTTED, ClaimStatus.CHECKING]}) | aside


def held_blind() -> AssignmentQuerySet:
    """The checks that keep their person from seeing others' work: owed, or not disclosed yet.

    To have handed in is no reason to be told of the others before all are.
    """
    submitted = Q(status=AssignmentStatus.SUBMITTED) & undisclosed("claim")
    return Assignment.objects.filter(Q(status__in=OPEN) | submitted, task=Task.CHECK)


def checks_blind(user: User, claim: str) -> Exists:
    """Whether the person holds such a check of the claim that `claim` (a path) names."""
    return Exists(held_blind().filter(person=user.pk, claim=OuterRef(claim)))


class AssignmentQuerySet(KeyedQuerySet["Assignment"]):
    def visible_to(self, user: User) -> AssignmentQuerySet:
        """One's own; others' only to members who hold no check of the claim.

        Before disclosure that is progress, which only those who may assign see (rule 4).
        """
        member = Q(claim__desk__in=desks_of(user))
        assigner = Q(claim__desk__in=desks_of(user, Right.ASSIGN))
        others = (assigner | (member & ~undisclosed("claim"))) & ~Q(checks_blind(user, "claim"))
        return self.filter(Q(person=user.pk, claim__desk__in=desks_of(user)) | others)


class Assignment(Keyed):
    """One person asked to check, decide or approve a claim, by when."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="assignments")
    person = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    task = models.CharField(max_length=10, choices=Task, default=Task.CHECK)
    status = models.CharField(
        max_length=10,
        choices=AssignmentStatus,
        default=AssignmentStatus.ASSIGNED,
        editable=False,
    )
    due_at = models.DateTimeField(null=True, blank=True)
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    assigned_at = models.DateTimeField(default=timezone.now, editable=False)

    is_blind: bool = False
    """Whether it keeps its person from others' work, where a query says so (held_blind)."""
    is_allowed: bool = False
    """Whether the person who asks may annotate, where a query says so (workflow.checks)."""
    scale: int | None = None
    """The key of its desk's scale, where a query says so (workflow.checks)."""
    kept_at: dt.datetime | None = None
    """When a version of its draft was kept last, where a query says so (workflow.checks)."""

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["uuid"]  # tells nothing about who was first
        constraints = [
            models.UniqueConstraint(
                name="assignment_once_per_person", fields=["claim", "person", "task"]
            ),
            one_of("assignment_status_is_known", "status", AssignmentStatus),
            one_of("assignment_task_is_known", "task", Task),
        ]
        indexes = [
            # What a person owes: queries.queue.
            models.Index(name="assignment_by_person", fields=["person", "status"]),
            # What is due about now, of everybody: workflow.notices.remind.
            models.Index(name="assignment_due", fields=["due_at"], condition=Q(status__in=OPEN)),
        ]

    def __str__(self) -> str:
        return f"{self.get_task_display()} {self.uuid.hex[:8]}"


class AnnotationQuerySet(DisclosedQuerySet["Annotation"]):
    def visible_to(self, user: User) -> AnnotationQuerySet:
        """One's own; others' once disclosed, to members who hold no check of the claim (rule 4)."""
        disclosed = Q(
            disclosed_at__isnull=False,
            submitted_at__isnull=False,
            # A subquery: joined, the OR below would give one's own row once for each member.
            assignment__claim__desk__in=desks_of(user),
        )
        others = disclosed & ~Q(checks_blind(user, "assignment__claim"))
        own = Q(assignment__person=user.pk, assignment__claim__desk__in=desks_of(user))
        tells = first_seen(user, "assignment__claim", ~Q(assignment__person=user.pk))
        return self.filter(own | others).read_by(user, tells=tells)

    def submitted(self) -> AnnotationQuerySet:
        return self.filter(submitted_at__isnull=False)

    def independent(self) -> AnnotationQuerySet:
        """Those that agreement is counted on: handed in blind, and not given up since."""
        kept = self.submitted().filter(revised_in_view=False)
        return kept.exclude(assignment__status__in=GIVEN_UP)


class Annotation(Keyed):
    """One checker's own answer on one claim. A draft, seen by its author only, until submitted."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="annotation")
    rating = models.ForeignKey(
        Rating,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="annotations",
        verbose_name=_("rating"),
    )
    finding = models.CharField(_("proposed finding"), max_length=140, blank=True)
    justification = models.TextField(_("justification"), blank=True)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence, blank=True)
    guidelines = models.ForeignKey(
        Guidelines,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="annotations",
        editable=False,
        help_text=_("The version it was handed in under."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    disclosed_at = models.DateTimeField(null=True, editable=False)
    revised_in_view = models.BooleanField(
        default=False,
        editable=False,
        help_text=_("Handed in again after its author was shown others’: no longer blind."),
    )

    tells: int | None = None
    """The claim of which the reader is shown others' work here, where a query says so."""
    kept_at: dt.datetime | None = None
    """When a version of the draft was kept last, where a query said so (workflow.checks)."""

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("annotation")
        verbose_name_plural = _("annotations")
        ordering = ["uuid"]  # tells nothing about who was first
        constraints = [
            models.CheckConstraint(
                name="annotation_submitted_is_complete",
                condition=Q(submitted_at__isnull=True)
                | (Q(rating__isnull=False) & ~Q(finding="") & ~Q(justification="")),
                violation_error_message=_(
                    "Choose a rating, write a finding and say why before you submit."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Annotation %(key)s") % {"key": self.uuid.hex[:8]})
