"""What became of one's own annotations: what the desk decided, and why it differs."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from annotations.models import Annotation, Desk, Mark, User, Verdict
from annotations.vocabulary import ClaimStatus

ORDER = ("submitted_at", "pk")


@dataclass(slots=True)
class Outcome:
    """One annotation of one's own beside the verdict, as far as one may see it."""

    annotation: Annotation
    verdict: Verdict | None
    article: int | None
    """The key of an article that makes the claim."""

    @property
    def stands(self) -> bool:
        """Whether one's own words are the verdict."""
        return self.verdict is not None and self.verdict.adopted_id == self.annotation.pk

    @property
    def is_retracted(self) -> bool:
        """Whether the verdict was taken back, as far as one may see that there was one."""
        claim = self.annotation.assignment.claim
        return self.verdict is not None and claim.status == ClaimStatus.RETRACTED

    @property
    def is_same(self) -> bool:
        return self.verdict is not None and self.verdict.rating_id == self.annotation.rating_id


def own_annotations(desk: Desk, user: User) -> QuerySet[Annotation]:
    """The person's annotations at the desk that are handed in, the last first (ORDER)."""
    return (
        Annotation.objects.submitted()
        .filter(assignment__person=user.pk, assignment__claim__desk=desk)
        .select_related("assignment__claim", "rating", "guidelines")
        .order_by("-submitted_at", "-pk")
    )


def outcomes(annotations: list[Annotation], user: User) -> list[Outcome]:
    """Each annotation with its claim's current verdict, in three statements."""
    claims = [annotation.assignment.claim_id for annotation in annotations]
    standing = [key for row in annotations if (key := row.assignment.claim.verdict_id)]
    newest = Verdict.objects.visible_to(user).with_reasons().filter(pk__in=standing)
    verdicts = {row.claim_id: row for row in newest.select_related("rating", "decided_by")}
    first = Mark.objects.filter(claim=OuterRef("claim")).order_by("pk")
    articles = dict(
        Mark.objects.filter(claim__in=claims, pk=Subquery(first.values("pk")[:1])).values_list(
            "claim_id", "revision__article_id"
        )
    )
    return [
        Outcome(
            annotation,
            verdicts.get(annotation.assignment.claim_id),
            articles.get(annotation.assignment.claim_id),
        )
        for annotation in annotations
    ]
