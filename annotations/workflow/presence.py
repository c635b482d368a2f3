"""Signs of life: who has an article open."""

from __future__ import annotations

from django.utils import timezone

from annotations.models import Article, Presence, User


def note_presence(person: User, article: Article) -> None:
    """Give a sign of life. No line of the log, and nothing waits for it."""
    Presence.objects.update_or_create(
        article=article, person=person, defaults={"seen_at": timezone.now()}
    )
