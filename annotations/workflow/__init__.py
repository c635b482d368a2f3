"""The moves: the only code that writes a status. Pages, admin and commands all call these.

Every move is one transaction: lock (article, then claims by key, then assignments), check the
right, check the moment, write, log. A refused move changes nothing at all.
"""

from .checking import ask_again, assign, give_back, open_checking, start, submit
from .deciding import (
    CitationDraft,
    VerdictDraft,
    adopt_agreed,
    approve,
    as_draft,
    decide,
    send_back,
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
    REWORD,
    SEND_BACK,
    SET_ASIDE,
    Move,
    Refused,
)
from .publishing import CorrectionNote, publish, publishing_objections, reopen, to_correct
from .undoing import last_steps, mark_step, redo, triage_step, undo, unmark_step
from .unmarking import put_back, unmark

__all__ = [
    "APPROVE",
    "ASK_AGAIN",
    "BRING_BACK",
    "DECIDE",
    "GIVE_BACK",
    "OPEN_CHECKING",
    "PUBLISH",
    "REOPEN",
    "REWORD",
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
    "assign",
    "bring_back",
    "decide",
    "give_back",
    "import_revision",
    "last_steps",
    "mark",
    "mark_step",
    "open_checking",
    "publish",
    "publishing_objections",
    "put_back",
    "redo",
    "reopen",
    "reword",
    "send_back",
    "set_aside",
    "start",
    "submit",
    "to_correct",
    "triage",
    "triage_step",
    "undo",
    "unmark",
    "unmark_step",
]
