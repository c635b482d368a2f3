"""Files that the worker takes in, row by row, and how far it is."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from annotations.vocabulary import FileImportState

from .base import Keyed, KeyedQuerySet, one_of
from .desk import Desk, desks_of
from .user import User

FILE_IMPORTS_KEPT = dt.timedelta(days=30)
"""After its end: what it said is read by then, and its rows are on the desk."""


class FileImportQuerySet(KeyedQuerySet["FileImport"]):
    def visible_to(self, user: User) -> FileImportQuerySet:
        """One's own alone, at desks one belongs to."""
        return self.filter(person=user.pk, desk__in=desks_of(user))

    def waiting(self) -> FileImportQuerySet:
        return self.filter(state=FileImportState.WAITING)


class FileImport(Keyed):
    """A long file, or one of many: held until `claimed_until` by the worker that takes it in.

    `done` of `total` rows are on the desk, in the order of the file; they are committed together
    with the number, so a worker that was killed has lost nothing and doubles nothing. Its bytes
    are deleted at its end.
    """

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    holds_checks = models.BooleanField(default=False)
    data = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        max_length=10, choices=FileImportState, default=FileImportState.WAITING
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0, help_text="Since the last row that came in.")
    total = models.PositiveIntegerField(null=True, help_text="Rows; unknown until it was read.")
    done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    odd = models.JSONField(default=list, help_text="[{place, value, code}], the first of them.")
    odd_count = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=30, blank=True, help_text="Why it was refused.")
    about_problem = models.JSONField(default=dict, blank=True)
    wrong = models.JSONField(default=list, help_text="[formats.tables.Wrong], at most 20,000.")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = FileImportQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            one_of("file_import_state_is_known", "state", FileImportState),
            models.CheckConstraint(
                name="file_import_waits_or_has_ended",
                condition=Q(state=FileImportState.WAITING, ended_at__isnull=True)
                | (~Q(state=FileImportState.WAITING) & Q(ended_at__isnull=False, data=b"")),
            ),
            models.CheckConstraint(
                name="file_import_does_no_more_than_all",
                condition=Q(done=0) | Q(total__isnull=False, done__lte=F("total")),
            ),
            models.CheckConstraint(
                name="file_import_is_refused_for_a_reason",
                condition=Q(state=FileImportState.REFUSED) & ~Q(problem="")
                | ~Q(state=FileImportState.REFUSED) & Q(problem=""),
            ),
        ]
        indexes = [
            # The next one: workflow.file_imports.claim.
            models.Index(name="file_import_to_do", fields=["at"], condition=Q(state="waiting")),
            # A person's own at a desk: views.importing.files.
            models.Index(name="file_import_of_person", fields=["person", "desk", "-at"]),
            # Those that have served their time: workflow.cleaning.
            models.Index(
                name="file_import_by_end", fields=["ended_at"], condition=Q(ended_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"File {self.uuid.hex[:8]}"
