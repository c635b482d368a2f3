"""Who a confidential source is: sealed words in a table of their own, and who may read them.

Nothing joins these tables to what is listed, searched, exported or published, and the
administration does not know them. Only `workflow.confidence` reads the words, one source at a time,
and notes that it did.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from annotations.vocabulary import IdentityAct

from .base import Keyed, KeyedQuerySet, one_of
from .evidence import Source
from .user import User


class Identity(Keyed):
    """The name of a confidential source, and how to reach them: sealed (annotations.sealing)."""

    source = models.OneToOneField(Source, models.PROTECT, related_name="identity")
    sealed = models.TextField(editable=False)
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(default=timezone.now)

    objects = KeyedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Identity {self.uuid.hex[:8]}"


class Confidant(Keyed):
    """A member who may see who a confidential source is, besides whoever brought it."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="confidants")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    objects = KeyedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="confidant_once", fields=["source", "person"]),
        ]

    def __str__(self) -> str:
        return f"Confidant {self.uuid.hex[:8]}"


class IdentityNote(Keyed):
    """What was done with the name of a confidential source, and by whom: looking is an act too.

    It stands beside the log and not in it, which everybody at the desk reads: that there is a
    source at all may be undisclosed. Those who may see the name read it.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="identity_notes")
    act = models.CharField(max_length=10, choices=IdentityAct)
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    about = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = KeyedQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [one_of("identity_note_act_is_known", "act", IdentityAct)]

    def __str__(self) -> str:
        return f"{self.get_act_display()}, {self.at:%Y-%m-%d}"
