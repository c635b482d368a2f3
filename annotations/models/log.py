"""The append-only log, and the receipts that make a repeated save harmless."""

from __future__ import annotations

from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.rights import Right
from annotations.vocabulary import ClaimStatus, MoveName

from .annotation import Assignment, held_blind, undisclosed_looked_up
from .article import Article
from .base import Keyed, looked_up, one_of
from .claim import Claim
from .desk import Desk, desks_of
from .disclosure import DisclosedQuerySet, first_seen
from .text import Sentence
from .user import User

HIDDEN_WHILE_BLIND = (
    MoveName.ASK_REPLY,
    MoveName.REPLY,
    MoveName.REPLY_NOT_NEEDED,
    MoveName.REMIND_REPLY,
    MoveName.WITHDRAW_REPLY,
    MoveName.NOTE_CRITICISM,
    MoveName.DROP_CRITICISM,
    MoveName.LOOK_FOR_ANSWER,
    MoveName.SOURCE_CHANGED,
    MoveName.JUDGE_CHANGE,
    MoveName.ARCHIVE_AGAIN,
)
"""Moves that tell how far others are with a claim."""

AFTER_DISCLOSURE = (
    ClaimStatus.DECIDING,
    ClaimStatus.DECIDED,
    ClaimStatus.APPROVED,
    ClaimStatus.PUBLISHED,
)


TELLS_OF_ANSWERS = (
    MoveName.RETURN,
    MoveName.ASK_AGAIN,
    MoveName.DECIDE,
    MoveName.SEND_BACK,
    MoveName.REOPEN,
    MoveName.RETRACT,
)
"""Moves whose reasons speak of annotations and verdicts."""


class TransitionQuerySet(DisclosedQuerySet["Transition"]):
    def visible_to(self, user: User) -> TransitionQuerySet:
        """The lines of one's desks, without those of assignments hidden from the person.

        Who checks a claim blind sees nothing of how it was decided on before either.
        """
        blind = looked_up(held_blind().filter(person=user.pk, claim=OuterRef("claim")))
        # Looked up line by line: lines are asked for of an article, a claim, a desk, or by keys.
        # Beside these, PostgreSQL would use a list of desks to read all that a large one ever did.
        reader = looked_up(desks_of(user).filter(desk=OuterRef("desk")))
        assigner = looked_up(desks_of(user, Right.ASSIGN).filter(desk=OuterRef("desk")))
        is_own = looked_up(Assignment.objects.filter(person=user.pk, pk=OuterRef("assignment")))
        shown = Q(assignment__isnull=True) | is_own
        shown |= (assigner | ~undisclosed_looked_up("claim")) & ~blind
        decided = (
            Q(source__in=AFTER_DISCLOSURE)
            | Q(target__in=AFTER_DISCLOSURE)
            | Q(move__in=HIDDEN_WHILE_BLIND)
        )
        tells_of_answers = Q(move__in=TELLS_OF_ANSWERS) | Q(
            move=MoveName.REWORD, source=ClaimStatus.DECIDING
        )
        said = tells_of_answers & Q(claim__isnull=False) & ~Q(reason="")
        tells = first_seen(user, "claim", said & ~Q(actor=user.pk))
        return self.filter(reader & shown & ~(Q(claim__isnull=False) & decided & blind)).read_by(
            user, tells=tells
        )


class Transition(Keyed):
    """Who moved what from where to where, when, why, under which policy. Never changed.

    A line that names no article, claim, assignment or sentence is about the desk itself.

    No actor: the desk's policy did it. `at` is given, so that history can be restored. Nothing
    here is in the language of the moment: `reason` is what a person said, `detail` what code has to
    say, as names, numbers and values that `words.log` puts into words. Only lines from before
    2026-11-28 may hold words of code in their reasons.
    """

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="transitions")
    # What these two are looked up by is among the indexes below, with the time.
    article = models.ForeignKey(
        Article,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transitions",
        db_index=False,
    )
    claim = models.ForeignKey(
        Claim,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transitions",
        db_index=False,
    )
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="transitions"
    )
    sentence = models.ForeignKey(
        Sentence, models.PROTECT, null=True, blank=True, related_name="transitions"
    )
    person = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whom a line about the desk's members is about.",
    )
    move = models.CharField(max_length=40, choices=MoveName)
    source = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20, blank=True)
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="transitions"
    )
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict, blank=True)
    policy = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    tells: int | None = None
    """The claim of which the reader is shown others' work here, where a query says so."""

    objects = TransitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        ordering = ["at", "pk"]
        constraints = [one_of("transition_move_is_known", "move", MoveName)]
        indexes = [
            # A desk's log, newest first: queries.log and the admin.
            models.Index(name="transition_newest", fields=["desk", "-at"]),
            # Histories, and what changed since the last edition: second_person.last_change.
            models.Index(name="transition_of_article", fields=["article", "-at"]),
            models.Index(name="transition_of_claim", fields=["claim", "-at"]),
            # Whether a name may be taken out: annotations_refuse_change_but_of_names.
            models.Index(name="transition_erased", fields=["at"], condition=Q(move="erase")),
            # What somebody took back alone: queries.decisions.
            models.Index(
                name="transition_taken_back",
                fields=["desk", "at"],
                condition=Q(move__in=["withdraw", "retract"]),
            ),
            # Since when the public lists tell names as they do: queries.publication.site_state.
            models.Index(
                name="transition_of_names",
                fields=["desk", "-at"],
                condition=Q(
                    move__in=["merge claimants", "part claimants", "change claimant", "erase"]
                ),
            ),
            # The claims disclosed last: queries.queue.
            models.Index(
                name="transition_disclosed", fields=["desk", "-at"], condition=Q(move="disclose")
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_move_display())


class Receipt(models.Model):
    """That a person's save with this idempotency key was done, and what was answered."""

    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.UUIDField()
    answer = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="receipt_once", fields=["person", "key"]),
        ]

    def __str__(self) -> str:
        return str(self.key)
