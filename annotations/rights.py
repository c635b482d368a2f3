"""The one table of rights: which role may do what at a desk.

Pages, admin, commands and templates all ask here. Whether a move is possible *now*, and whether
this person is too close to the claim (rule 6), is for the guards in `workflow` to say.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from annotations.vocabulary import Role


class Right(TextChoices):
    """Something that a member may be allowed to do; the label completes "You may not ..."."""

    READ = "read", _("read the desk’s work")
    ANNOTATE = "annotate", _("annotate claims")
    IMPORT = "import", _("add articles")
    MARK = "mark", _("mark claims and triage sentences")
    ASSIGN = "assign", _("assign checks")
    OPEN = "open", _("open checking")
    DECIDE = "decide", _("decide verdicts")
    APPROVE = "approve", _("approve verdicts")
    PUBLISH = "publish", _("publish and correct")
    WITHDRAW = "withdraw", _("withdraw what is published, at once")
    MANAGE = "manage", _("manage its rules and people")


_OBSERVER = frozenset({Right.READ})
_CHECKER = _OBSERVER | {Right.ANNOTATE}
_EDITOR = _CHECKER | {
    Right.IMPORT,
    Right.MARK,
    Right.ASSIGN,
    Right.OPEN,
    Right.DECIDE,
    Right.APPROVE,
    Right.PUBLISH,
}
_MANAGER = _EDITOR | {Right.WITHDRAW, Right.MANAGE}

TABLE: dict[Role, frozenset[Right]] = {
    Role.OBSERVER: _OBSERVER,
    Role.CHECKER: _CHECKER,
    Role.EDITOR: _EDITOR,
    Role.MANAGER: _MANAGER,
}


CHECKERS_MARK = {Role.CHECKER: frozenset({Right.MARK})}
"""Extra rights at a desk whose policy lets checkers mark."""


def allows(role: str | None, right: Right, *, checkers_mark: bool = False) -> bool:
    """Whether a role has a right; no role (a stranger) has none.

    `checkers_mark` is the policy of the desk in question.
    """
    if role is None:
        return False
    besides = CHECKERS_MARK.get(Role(role), frozenset()) if checkers_mark else frozenset()
    return right in TABLE[Role(role)] | besides


def roles_with(right: Right, *, checkers_mark: bool = False) -> list[Role]:
    """The roles that have a right at a desk with that policy."""
    return [role for role in TABLE if allows(role, right, checkers_mark=checkers_mark)]
