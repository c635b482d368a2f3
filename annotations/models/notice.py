"""What people are told of, one row a person and event; and how each wants to hear of it.

A notice holds keys and no words. These are made when it is shown or sent, of what the person may
see at that moment, so that it tells nobody what they may not know (rule 4).
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone

from annotations.vocabulary import NoticeKind, NoticeWay

from .annotation import OPEN, Assignment
from .base import Keyed, KeyedQuerySet, looked_up, one_of
from .desk import Desk, desks_of
from .disclosure import DisclosedQuerySet
from .discussion import Comment
from .letter import Letter
from .log import Transition
from .readers import Report
from .user import User

USUAL_WAYS = {
    NoticeKind.ASKED: NoticeWay.AT_ONCE,
    NoticeKind.HANDED: NoticeWay.AT_ONCE,
    NoticeKind.RETURNED: NoticeWay.AT_ONCE,
    NoticeKind.MENTIONED: NoticeWay.AT_ONCE,
    NoticeKind.DUE: NoticeWay.DAILY,
    NoticeKind.OVERDUE: NoticeWay.DAILY,
    NoticeKind.GIVEN_UP: NoticeWay.AT_ONCE,
    NoticeKind.ALL_IN: NoticeWay.DAILY,
    NoticeKind.APPROVED: NoticeWay.DAILY,
    NoticeKind.PUBLISHED: NoticeWay.DAILY,
    NoticeKind.CORRECTED: NoticeWay.DAILY,
    NoticeKind.REPORTED: NoticeWay.AT_ONCE,
    NoticeKind.ANSWERED: NoticeWay.AT_ONCE,
}
"""How people hear of each kind who chose nothing: at once where somebody waits for them."""

OF_WHAT_IS_OWED = (
    NoticeKind.ASKED,
    NoticeKind.RETURNED,
    NoticeKind.DUE,
    NoticeKind.OVERDUE,
)
"""Kinds that say nothing any more once it is done, or not asked for any longer."""


def _among(rows: Any, path: str) -> Q:
    """That the row at this path is one of these. Being part of a question shows nobody any."""
    found = rows.unread() if isinstance(rows, DisclosedQuerySet) else rows
    return looked_up(found.filter(pk=OuterRef(path)))


class NoticeQuerySet(KeyedQuerySet["Notice"]):
    def visible_to(self, user: User) -> NoticeQuerySet:
        """One's own, of one's desks, of what one may see now.

        Of lines of the log, comments, checks and reports: what `visible_to` hands out.
        """
        shown = Q(person=user.pk, desk__in=desks_of(user))
        for path, rows in (
            ("line", Transition.objects.visible_to(user)),
            ("comment", Comment.objects.visible_to(user)),
            ("assignment", Assignment.objects.visible_to(user)),
            ("report", Report.objects.visible_to(user)),
        ):
            shown &= Q(**{f"{path}__isnull": True}) | _among(rows, f"{path}_id")
        return self.filter(shown)

    def still_so(self) -> NoticeQuerySet:
        """Without what was asked for, returned or due, and is owed no more."""
        owed = _among(Assignment.objects.filter(status__in=OPEN), "assignment_id")
        owed |= _among(Transition.objects.filter(assignment__status__in=OPEN), "line_id")
        return self.filter(~Q(kind__in=OF_WHAT_IS_OWED) | owed)


class Notice(Keyed):
    """That a person is to be told of one event.

    It names the one row that the event is in: a line of the log, a comment, a check that is owed,
    a reader's report. `way` is how the person wanted to hear of it when it happened, and `letter`
    the mail that tells of it, if one does.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="notices")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=NoticeKind)
    event = models.CharField(max_length=200, help_text="Names it: a person is told once.")
    line = models.ForeignKey(Transition, models.PROTECT, null=True, related_name="+")
    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="+")
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=10, choices=NoticeWay)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            # Also what a person was told of: workflow.notices.
            models.UniqueConstraint(name="notice_once", fields=["person", "event"]),
            one_of("notice_kind_is_known", "kind", NoticeKind),
            models.CheckConstraint(
                name="notice_way_is_known",
                condition=Q(way__in=[NoticeWay.AT_ONCE, NoticeWay.DAILY, NoticeWay.HERE]),
            ),
            models.CheckConstraint(
                name="notice_is_of_one_row",
                condition=Q(line__isnull=False, comment=None, assignment=None, report=None)
                | Q(line=None, comment__isnull=False, assignment=None, report=None)
                | Q(line=None, comment=None, assignment__isnull=False, report=None)
                | Q(line=None, comment=None, assignment=None, report__isnull=False),
            ),
        ]
        indexes = [
            # A person's notices at a desk, newest first: queries.notices.
            models.Index(name="notice_newest", fields=["person", "desk", "-at"]),
            # How many of them are unread, beside each page of the desk: queries.notices.
            models.Index(
                name="notice_unread",
                fields=["person", "desk", "-at"],
                condition=Q(read_at__isnull=True),
            ),
            # Those that no mail tells of yet: workflow.notices.
            models.Index(
                name="notice_to_mail",
                fields=["way", "person"],
                condition=Q(letter__isnull=True, way__in=["at_once", "daily"]),
            ),
            # Old ones, which are deleted: workflow.cleaning.
            models.Index(name="notice_by_age", fields=["at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid.hex[:8]}"


class NoticeChoice(models.Model):
    """How a person wants to hear of one kind of event. Without a row, as USUAL_WAYS says."""

    person = models.ForeignKey(User, models.PROTECT, related_name="notice_choices")
    kind = models.CharField(max_length=10, choices=NoticeKind)
    way = models.CharField(max_length=10, choices=NoticeWay)

    class Meta:
        constraints = [
            # Also the choices of some people: workflow.notices.
            models.UniqueConstraint(name="notice_choice_once", fields=["person", "kind"]),
            one_of("notice_choice_kind_is_known", "kind", NoticeKind),
            one_of("notice_choice_way_is_known", "way", NoticeWay),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.way}"
