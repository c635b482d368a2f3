"""Pages that readers are sent to, saved by others too: what was asked, and what they answered."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from annotations.vocabulary import ArchiveService, ArchiveState, CaptureState

from .base import Keyed, KeyedQuerySet, one_of
from .disclosure import DisclosedQuerySet
from .evidence import Source, note_uses
from .user import User
from .watch import cited_in_public

OPEN_STATES = (ArchiveState.WAITING, ArchiveState.ASKED)


class ArchiveRequestQuerySet(DisclosedQuerySet["ArchiveRequest"]):
    def visible_to(self, user: User) -> ArchiveRequestQuerySet:
        rows = self.filter(source__in=Source.objects.visible_to(user).values("pk"))
        return rows.select_related("source").read_by(user)

    def note(self, reader: User, rows: list[Any]) -> None:
        theirs = [row for row in rows if row.source.added_by_id != reader.pk]
        note_uses(reader, [row.source_id for row in theirs])

    def open(self) -> ArchiveRequestQuerySet:
        """Those of which nobody knows yet what becomes of them."""
        return self.filter(state__in=OPEN_STATES)


class ArchiveRequest(Keyed):
    """One address for one service: held until `claimed_until` by who sends it, or asks again.

    It is made when the address was published, never before: docs/decisions/0096.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="archive_requests")
    service = models.CharField(max_length=20, choices=ArchiveService)
    address = models.CharField(max_length=2000)
    host = models.CharField(max_length=255, blank=True)
    """Of the service when it was asked last."""
    wanted_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=ArchiveState, default=ArchiveState.WAITING)
    next_try_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    """Since it last went on: since it was wanted, or since it was sent."""
    asked_at = models.DateTimeField(null=True, blank=True)
    job = models.CharField(max_length=500, blank=True)
    """What the service calls its work on it: a name, or an address of its own."""
    problem = models.CharField(max_length=20, blank=True)
    about_problem: Any = models.JSONField(default=dict, blank=True)
    archived_url = models.CharField(max_length=2500, blank=True)
    """Where the service says that its copy is."""
    archived_at = models.DateTimeField(null=True, blank=True)
    """When it was saved, as the service says."""
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ArchiveRequestQuerySet.as_manager()

    class Meta:
        ordering = ["source", "service"]
        constraints = [
            one_of("archive_request_service_is_known", "service", ArchiveService),
            one_of("archive_request_state_is_known", "state", ArchiveState),
            # What was not saved may be asked for once more, beside it.
            models.UniqueConstraint(
                name="archive_request_once",
                fields=["source", "service"],
                condition=~Q(state="failed"),
            ),
            models.CheckConstraint(
                name="archive_request_is_finished_or_open",
                condition=Q(state__in=OPEN_STATES, finished_at__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(finished_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="archive_request_has_what_was_answered",
                condition=Q(state="answered") | Q(archived_url="", archived_at__isnull=True),
            ),
        ]
        indexes = [
            # The next one, and whether its service was asked just now: workflow.archiving.claim.
            models.Index(
                name="archive_request_to_do",
                fields=["next_try_at"],
                condition=Q(finished_at__isnull=True),
            ),
            models.Index(name="archive_request_by_host", fields=["host", "tried_at"]),
        ]

    def __str__(self) -> str:
        return f"Archive request {self.uuid.hex[:8]}"


def to_be_archived(service: str) -> models.QuerySet[Source]:
    """Sources whose document the service was not told of yet, where their desk wants it.

    Readers are sent to them, and this site could save them: so their servers let anybody read
    them, and machines keep them. A confidential source has no address. Of samples there are none.
    """
    told = ArchiveRequest.objects.filter(
        service=service,
        source__desk=OuterRef("desk"),
        source__document=OuterRef("document"),
    )
    rows = cited_in_public().filter(
        WANTED[ArchiveService(service)], captures__state=CaptureState.SAVED
    )
    return rows.exclude(document="").exclude(Exists(told))


WANTED = {
    ArchiveService.INTERNET_ARCHIVE: Q(desk__to_internet_archive=True),
    ArchiveService.OWN: ~Q(desk__archiver=""),
}
"""By service, whether the desk of a source has turned it on."""


class ArchiveAnswer(Keyed):
    """What a service answered, as it said it; none of it is believed to be more than that."""

    request = models.ForeignKey(ArchiveRequest, models.PROTECT, related_name="answers")
    at = models.DateTimeField(default=timezone.now)
    status = models.PositiveIntegerField()
    """Of HTTP."""
    said: Any = models.JSONField(default=dict)
    """The words, numbers and truths of its JSON, shortened; `text`, where it was no JSON."""

    objects = KeyedQuerySet.as_manager()

    class Meta:
        ordering = ["request", "at", "pk"]

    def __str__(self) -> str:
        return f"Archive answer {self.uuid.hex[:8]}"
