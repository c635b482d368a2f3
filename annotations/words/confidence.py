"""What is said of a confidential source whose name stands where readers would have it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from annotations.models import Source, User
from annotations.queries.confidence import knows


def name_before_readers(source: Source, reader: User) -> str:
    """That its name stands there, for who knows it; for others, whom to ask."""
    about = {"source": source.title, "who": source.added_by}
    if knows(source, reader):
        return _("The name of “%(source)s”, which is confidential, stands in it.") % about
    return (
        _(
            "Ask %(who)s to read it before it is published: they know who “%(source)s”, which is"
            " confidential, is."
        )
        % about
    )
