"""An article as long as they come, with its claims, made without a move for each."""

from __future__ import annotations

from annotations.models import Article, Claim, Mark, User
from tests import cast as c


def long_article(cast: c.Cast, sentences: int, claims: int) -> Article:
    """An article of so many sentences, five a paragraph, its claims spread evenly over them."""
    lines = [
        f"In {n} the line carried {n + 2} thousand people over the bay." for n in range(sentences)
    ]
    paragraphs = (" ".join(lines[at : at + 5]) for at in range(0, sentences, 5))
    article = c.import_text(cast.desk, cast.eda, "The line\n\n" + "\n\n".join(paragraphs))
    _mark(article, cast.eda, claims)
    return article


def _mark(article: Article, person: User, claims: int) -> None:
    revision = article.revision
    body = list(revision.sentences.filter(number__isnull=False))
    chosen = body[:: max(1, len(body) // max(1, claims))][:claims]
    made = Claim.objects.bulk_create(
        Claim(
            desk=article.desk,
            number=number,
            claim_reviewed=revision.text[row.start : row.end],
            created_by=person,
            changed_by=person,
        )
        for number, row in enumerate(chosen, article.desk.claims.count() + 1)
    )
    Mark.objects.bulk_create(
        Mark(
            claim=claim,
            revision=revision,
            start=row.start,
            end=row.end - 1,
            exact=revision.text[row.start : row.end - 1],
            created_by=person,
        )
        for claim, row in zip(made, chosen, strict=True)
    )
