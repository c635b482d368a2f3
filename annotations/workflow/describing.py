"""What is said of an article, beside its text: title, outlet, permission and the like."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Article, User
from annotations.rights import Right

from .moves import Refused, lock_article, log, require


class Overtaken(Refused):
    """Somebody changed the same since the person was shown it."""


@transaction.atomic
def describe(
    article: Article, values: Mapping[str, str], *, actor: User, base: Mapping[str, str]
) -> list[str]:
    """Change what is said of an article; returns what was changed, in words, a line a field.

    `values` maps names of DESCRIBED to what they shall be, `base` to what the person was shown.
    Readers get it with the next edition. Raises PermissionDenied, Refused, Overtaken.
    """
    article = lock_article(article)
    require(actor, Right.IMPORT, article.desk)
    # Articles from before 2026-11-25 may hold the line ends that browsers send.
    now = {name: getattr(article, name).replace("\r\n", "\n") for name in values}
    changed = {name: new for name, new in values.items() if now[name] != new}
    if any(base.get(name, "") != now[name] for name in changed):
        raise Overtaken(_("Somebody changed this meanwhile. Look again."))
    if not changed:
        raise Refused(_("Nothing is different."))
    lines = [
        f"{_label(name)}: “{now[name] or '–'}” → “{new or '–'}”" for name, new in changed.items()
    ]
    for name, new in changed.items():
        setattr(article, name, new)
    article.save(update_fields=list(changed))
    log(article.desk, "describe", actor, article=article, reason="\n".join(lines))
    return lines


def _label(name: str) -> str:
    return str(getattr(Article._meta.get_field(name), "verbose_name", name)).capitalize()
