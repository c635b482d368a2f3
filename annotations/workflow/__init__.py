"""The moves: the only code that writes a row. Pages, admin and commands all call these.

Every move is one transaction: lock (`core` says in which order), check the
right, check the moment, write, log. A refused move changes nothing at all.
"""

from .accounts import set_active
from .answers import Answer, restore_citation, restore_version, save_annotation
from .archiving import archive_again, why_not_again
from .asking import assign, decline, lapse, take_back
from .assignments import lapses_at
from .checks import ask_again, give_back, open_checking, resume, start, submit
from .citing import (
    SourceDraft,
    add_source,
    place_citation,
    remove_citation,
    save_citation,
    save_citations,
)
from .claimants import (
    RIGHT_TO_MERGE,
    ClaimantDraft,
    change_claimant,
    merge_claimants,
    part_claimants,
)
from .confidence import (
    Who,
    confide,
    end_confidence,
    forget_identity,
    keep_identity,
    may_confide,
    see_identity,
    why_not_known,
)
from .copies import keep_copy
from .core import Closed, Refused, Stale, answered, once, why_not
from .criticism import drop_criticism, look_for_answer, note_criticism
from .dealing import short, take, to_take
from .desk import (
    CALLED,
    RULES,
    change_rules,
    change_scale,
    end_membership,
    enrol,
    is_known_to_readers,
    rule_changes,
    rules_basis,
    write_guidelines,
    write_statement,
)
from .details import describe
from .earlier import keep_earlier_checks
from .erasing import erase_person, erase_reader
from .file_imports import Sent, bring
from .file_imports import stop as stop_file_import
from .importing import NewText, import_articles
from .issuing import CorrectionNote
from .look import NewLook, change_look, look_basis
from .marking import mark, put_back, triage, unmark
from .notices import choose as choose_notices
from .notices import note_read
from .noting import add_note, settle_note
from .offers import ACTS, Act, Offer, offers
from .orphans import attach, confirm, let_go, look_again
from .people import (
    HELD_AT_MOST,
    accept,
    change_account,
    come_in,
    hold,
    invitation_of,
    invite,
    pass_for,
    set_up,
    uninvite,
)
from .phrases import keep_phrase, remove_phrase
from .planning import hand_over, look_after, plan
from .presence import note_presence
from .publishing import (
    approve_article,
    is_alone,
    publish,
    publishing_objections,
    reopen,
    to_correct,
)
from .replies import (
    Answered,
    ReplyLetter,
    ask_reply,
    keep_reply,
    no_reply_needed,
    note_reply_read,
    withdraw_reply,
    write_letter,
)
from .reviewing import plan_review
from .saved_filters import remove_filter, save_filter
from .setting_aside import bring_back, set_aside
from .table import (
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
)
from .text import Foreseen, Foresight, foresee, revise
from .translations import translate, translation_group, untie
from .undoing import last_steps, mark_new, mark_step, redo, triage_step, undo, unmark_step
from .unsent import drop_unsent, keep_unsent
from .verdicts import (
    CitationDraft,
    VerdictDraft,
    adopt_agreed,
    approve,
    as_draft,
    decide,
    send_back,
)
from .watching import settle_change
from .withdrawing import confirm_taking_back, pages_that_quote, retract, withdraw
from .wording import ClaimDraft, claimant_typed, reword, save_wording

__all__ = [
    "ACTS",
    "APPROVE",
    "ASK_AGAIN",
    "BRING_BACK",
    "CALLED",
    "DECIDE",
    "GIVE_BACK",
    "HELD_AT_MOST",
    "OPEN_CHECKING",
    "PUBLISH",
    "REOPEN",
    "RETRACT",
    "REWORD",
    "RIGHT_TO_MERGE",
    "RULES",
    "SEND_BACK",
    "SET_ASIDE",
    "Act",
    "Answer",
    "Answered",
    "CitationDraft",
    "ClaimDraft",
    "ClaimantDraft",
    "Closed",
    "CorrectionNote",
    "Foreseen",
    "Foresight",
    "Move",
    "NewLook",
    "NewText",
    "Offer",
    "Refused",
    "ReplyLetter",
    "Sent",
    "SourceDraft",
    "Stale",
    "VerdictDraft",
    "Who",
    "accept",
    "add_note",
    "add_source",
    "adopt_agreed",
    "answered",
    "approve",
    "approve_article",
    "archive_again",
    "as_draft",
    "ask_again",
    "ask_reply",
    "assign",
    "attach",
    "bring",
    "bring_back",
    "change_account",
    "change_claimant",
    "change_look",
    "change_rules",
    "change_scale",
    "choose_notices",
    "claimant_typed",
    "come_in",
    "confide",
    "confirm",
    "confirm_taking_back",
    "decide",
    "decline",
    "describe",
    "drop_criticism",
    "drop_unsent",
    "end_confidence",
    "end_membership",
    "enrol",
    "erase_person",
    "erase_reader",
    "foresee",
    "forget_identity",
    "give_back",
    "hand_over",
    "hold",
    "import_articles",
    "invitation_of",
    "invite",
    "is_alone",
    "is_known_to_readers",
    "keep_copy",
    "keep_earlier_checks",
    "keep_identity",
    "keep_phrase",
    "keep_reply",
    "keep_unsent",
    "lapse",
    "lapses_at",
    "last_steps",
    "let_go",
    "look_after",
    "look_again",
    "look_basis",
    "look_for_answer",
    "mark",
    "mark_new",
    "mark_step",
    "may_confide",
    "merge_claimants",
    "no_reply_needed",
    "note_criticism",
    "note_presence",
    "note_read",
    "note_reply_read",
    "offers",
    "once",
    "open_checking",
    "pages_that_quote",
    "part_claimants",
    "pass_for",
    "place_citation",
    "plan",
    "plan_review",
    "publish",
    "publishing_objections",
    "put_back",
    "redo",
    "remove_citation",
    "remove_filter",
    "remove_phrase",
    "reopen",
    "restore_citation",
    "restore_version",
    "resume",
    "retract",
    "revise",
    "reword",
    "rule_changes",
    "rules_basis",
    "save_annotation",
    "save_citation",
    "save_citations",
    "save_filter",
    "save_wording",
    "see_identity",
    "send_back",
    "set_active",
    "set_aside",
    "set_up",
    "settle_change",
    "settle_note",
    "short",
    "start",
    "stop_file_import",
    "submit",
    "take",
    "take_back",
    "to_correct",
    "to_take",
    "translate",
    "translation_group",
    "triage",
    "triage_step",
    "undo",
    "uninvite",
    "unmark",
    "unmark_step",
    "untie",
    "why_not",
    "why_not_again",
    "why_not_known",
    "withdraw",
    "withdraw_reply",
    "write_guidelines",
    "write_letter",
    "write_statement",
]
