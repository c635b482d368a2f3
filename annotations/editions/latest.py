"""The edition that readers have, and the number of the one they get next."""

from __future__ import annotations

from annotations.models import Article, Claim, Edition


def latest(row: Article | Claim) -> Edition | None:
    """What readers have of the article or claim, a tombstone perhaps."""
    return Edition.objects.filter(**{kind(row): row}).order_by("-number").first()


def next_number(row: Article | Claim) -> int:
    last = latest(row)
    return last.number + 1 if last else 1


def kind(row: Article | Claim) -> str:
    """The name of the column by which an edition names what it is of."""
    return "article" if isinstance(row, Article) else "claim"
