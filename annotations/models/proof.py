"""Proof of time: each day one hash that stands for all that was saved and published until then."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils import timezone

from annotations.formats import merkle
from annotations.vocabulary import StampState

from .base import Keyed, KeyedQuerySet, one_of
from .capture import Capture
from .edition import Edition
from .evidence import Snapshot


class DailyRoot(Keyed):
    """The root of a tree of hashes (formats.merkle), made when a day (UTC) is over.

    Its first leaf is the root before, so that each root stands for all roots before it. `seed`
    makes the leaves that stand for nothing, by which no path tells how much was saved that day.
    """

    day = models.DateField(unique=True, help_text="The last day (UTC) that it covers.")
    root = models.CharField(max_length=64, help_text="SHA-256, in hexadecimal digits.")
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next"
    )
    seed = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    objects = KeyedQuerySet.as_manager()

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.root[:12]}"

    def tree(self, digests: Iterable[str]) -> list[bytes]:
        """All leaves in their order, given what the root stands for (hexadecimal SHA-256)."""
        known = [bytes.fromhex(digest) for digest in digests]
        if self.previous is not None:
            known.append(bytes.fromhex(self.previous.root))
        return merkle.padded(known, bytes.fromhex(self.seed))

    def stored_tree(self) -> list[bytes]:
        """All leaves in their order, as they are stored."""
        return self.tree(self.leaves.order_by().values_list("digest", flat=True))


class RootLeaf(Keyed):
    """What a root stands for: a saved copy, the record of its fetching, or an edition."""

    root = models.ForeignKey(DailyRoot, models.PROTECT, related_name="leaves")
    digest = models.CharField(max_length=64, help_text="SHA-256, in hexadecimal digits.")
    snapshot = models.OneToOneField(
        Snapshot, models.PROTECT, null=True, blank=True, related_name="leaf"
    )
    capture = models.OneToOneField(
        Capture, models.PROTECT, null=True, blank=True, related_name="leaf"
    )
    edition = models.OneToOneField(
        Edition, models.PROTECT, null=True, blank=True, related_name="leaf"
    )

    objects = KeyedQuerySet.as_manager()

    class Meta:
        ordering = ["root", "digest", "pk"]
        constraints = [
            models.CheckConstraint(
                name="root_leaf_is_of_one",
                condition=Q(snapshot__isnull=False, capture__isnull=True, edition__isnull=True)
                | Q(snapshot__isnull=True, capture__isnull=False, edition__isnull=True)
                | Q(snapshot__isnull=True, capture__isnull=True, edition__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:12]


class Stamp(Keyed):
    """What a time-stamping authority (RFC 3161) answers to a root: asked by the worker.

    Held until `claimed_until` by who asks now. `token` is the whole answer, as `openssl ts` reads
    it.
    """

    root = models.ForeignKey(DailyRoot, models.PROTECT, related_name="stamps")
    authority = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=StampState, default=StampState.WAITING)
    token = models.BinaryField(null=True, editable=False)
    stamped_at = models.DateTimeField(null=True, help_text="As the authority says.")
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    objects = KeyedQuerySet.as_manager()

    class Meta:
        ordering = ["root", "authority"]
        constraints = [
            one_of("stamp_state_is_known", "state", StampState),
            models.UniqueConstraint(name="stamp_once", fields=["root", "authority"]),
            models.CheckConstraint(
                name="stamp_has_its_token",
                condition=Q(state="stamped", token__isnull=False, stamped_at__isnull=False)
                | (~Q(state="stamped") & Q(token__isnull=True, stamped_at__isnull=True)),
            ),
        ]
        indexes = [
            # The next one to ask for: workflow.proofs.claim.
            models.Index(name="stamp_to_do", fields=["next_try_at"], condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"Stamp {self.uuid.hex[:8]}"
