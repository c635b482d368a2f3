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
from .describing import DESCRIBED, Overtaken, describe
from .desk import (
    RULES,
    change_rules,
    end_membership,
    enrol,
    rule_changes,
    rules_in_words,
    write_guidelines,
)
from .importing import NewText, import_articles
from .marking import (
    ClaimDraft,
    bring_back,
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
from .revising import (
    Foreseen,
    Foresight,
    Outdated,
    attach,
    confirm,
    foresee,
    let_go,
    look_again,
    revise,
)
from .translating import translate, translation_group, untie
from .undoing import last_steps, mark_step, redo, triage_step, undo, unmark_step
from .unmarking import put_back, unmark
from .withdrawing import confirm_taking_back, retract, withdraw

__all__ = [
    "APPROVE",
    "ASK_AGAIN",
    "BRING_BACK",
    "DECIDE",
    "DESCRIBED",
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
    "Foreseen",
    "Foresight",
    "Move",
    "NewText",
    "Outdated",
    "Overtaken",
    "Refused",
    "VerdictDraft",
    "adopt_agreed",
    "approve",
    "as_draft",
    "ask_again",
    "ask_reply",
    "assign",
    "attach",
    "bring_back",
    "change_rules",
    "confirm",
    "confirm_taking_back",
    "decide",
    "decline",
    "describe",
    "end_membership",
    "enrol",
    "foresee",
    "give_back",
    "import_articles",
    "keep_reply",
    "lapse",
    "lapses_at",
    "last_steps",
    "let_go",
    "look_again",
    "mark",
    "mark_step",
    "no_reply_needed",
    "open_checking",
    "publish",
    "publishing_objections",
    "put_back",
    "redo",
    "reopen",
    "retract",
    "revise",
    "reword",
    "rule_changes",
    "rules_in_words",
    "send_back",
    "set_aside",
    "start",
    "submit",
    "take_back",
    "to_correct",
    "translate",
    "translation_group",
    "triage",
    "triage_step",
    "undo",
    "unmark",
    "unmark_step",
    "untie",
    "withdraw",
    "write_guidelines",
]
