"""What a draft was before: kept each minute while it is typed, and at once before a loss."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from annotations.models import Annotation, DraftVersion

KEPT_EVERY = timedelta(minutes=1)
"""How often a draft that is being typed is kept as a version."""

MUCH = 20
"""Code points. A save that takes more out of a text is kept from at once."""


def loses_much(annotation: Annotation, **texts: str) -> bool:
    """Whether one of its fields would lose much by becoming this text."""
    return any(_lost(getattr(annotation, name), text) > MUCH for name, text in texts.items())


def _lost(old: str, new: str) -> int:
    """How many code points of the old text are gone, where one place of it was written over."""
    begin = _alike(old, new)
    return len(old) - begin - _alike(old[begin:][::-1], new[begin:][::-1])


def _alike(one: str, other: str) -> int:
    """With how many of the same code points both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def keep_version(annotation: Annotation, *, at_once: bool) -> None:
    """Keep the draft as it stands, before it is changed: each minute, and before a loss."""
    now = timezone.now()
    if not at_once and now - (annotation.kept_at or annotation.saved_at) < KEPT_EVERY:
        return
    DraftVersion.objects.create(
        annotation=annotation,
        number=annotation.version,
        rating_id=annotation.rating_id,
        finding=annotation.finding,
        justification=annotation.justification,
        confidence=annotation.confidence,
        citations=[
            {
                "uuid": str(each.uuid),
                "source": str(each.source.uuid),
                "title": each.source.title,
                "stance": each.stance,
                "passage": each.passage,
                "locator": each.locator,
                "note": each.note,
            }
            for each in annotation.citations.select_related("source")
        ],
        at=now,
    )
