"""The moves: the only code that writes a status. Pages, admin and commands all call these.

Every move is one transaction: lock (article, then claims by key, then assignments), check the
right, check the moment, write, log. A refused move changes nothing at all.
"""

from .asking import assign, decline, lapse, take_back
from .assignments import lapses_at
from .checking import ask_again, give_back, open_checking, start, submit
from .deciding import (
    CitationDraft,
    VerdictDraft,
    adopt_agreed,
    approve,
    as_draft,
    decide,
    send_back,
)
from .desk import (
    RULES,
    change_rules,
    end_membership,
    enrol,
    rule_changes,
    rules_in_words,
    write_guidelines,
)
from .marking import (
    ClaimDraft,
    bring_back,
    import_revision,
    mark,
    reword,
    set_aside,
    triage,
)
from .moves import (
    APPROVE,
    ASK_AGAIN,
    BRING_BACK,
    DECIDE,
    GIVE_BACK,
    OPEN_CHECKING,
    PUBLISH,
    REOPEN,
    RETRACT,
    REWORD,
    SEND_BACK,
    SET_ASIDE,
    Move,
    Refused,
)
from .publishing import CorrectionNote, publish, publishing_objections, reopen, to_correct
from .replies import ask_reply, keep_reply, no_reply_needed
from .withdrawing import confirm, retract, withdraw

__all__ = [
    "APPROVE",
    "ASK_AGAIN",
    "BRING_BACK",
    "DECIDE",
    "GIVE_BACK",
    "OPEN_CHECKING",
    "PUBLISH",
    "REOPEN",
    "RETRACT",
    "REWORD",
    "RULES",
    "SEND_BACK",
    "SET_ASIDE",
    "CitationDraft",
    "ClaimDraft",
    "CorrectionNote",
    "Move",
    "Refused",
    "VerdictDraft",
    "adopt_agreed",
    "approve",
    "as_draft",
    "ask_again",
    "ask_reply",
    "assign",
    "bring_back",
    "change_rules",
    "confirm",
    "decide",
    "decline",
    "end_membership",
    "enrol",
    "give_back",
    "import_revision",
    "keep_reply",
    "lapse",
    "lapses_at",
    "mark",
    "no_reply_needed",
    "open_checking",
    "publish",
    "publishing_objections",
    "reopen",
    "retract",
    "reword",
    "rule_changes",
    "rules_in_words",
    "send_back",
    "set_aside",
    "start",
    "submit",
    "take_back",
    "to_correct",
    "triage",
    "withdraw",
    "write_guidelines",
]
