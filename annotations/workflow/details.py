"""What is said of an article, beside its text: title, outlet, permission and the like."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from annotations.models import Article, User
from annotations.rights import Right
from annotations.vocabulary import MoveName

from .core import Refused, Stale, lock_article, log, one_transaction, require
from .outdating import note_change


@one_transaction
def describe(
    article: Article, values: Mapping[str, str], *, actor: User, base: Mapping[str, str]
) -> dict[str, list[str]]:
    """Change what is said of an article; returns what was changed, by field: from, to.

    `values` maps names of DESCRIBED to what they shall be, `base` to what the person was shown.
    Readers get it with the next edition. Raises PermissionDenied, Refused, Stale.
    """
    article = lock_article(article)
    require(actor, Right.IMPORT, article.desk)
    # Articles from before 2026-11-25 may hold the line ends that browsers send.
    now = {name: getattr(article, name).replace("\r\n", "\n") for name in values}
    changed = {name: new for name, new in values.items() if now[name] != new}
    if any(base.get(name, "") != now[name] for name in changed):
        raise Stale(_("Somebody changed this meanwhile. Look again."), current=article)
    if not changed:
        raise Refused(_("Nothing is different."))
    for name, new in changed.items():
        setattr(article, name, new)
    article.save(update_fields=list(changed))
    differences = {name: [now[name], new] for name, new in changed.items()}
    log(article.desk, MoveName.DESCRIBE, actor, article=article, detail={"fields": differences})
    note_change(article, actor)
    return differences
