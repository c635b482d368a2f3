"""Lines of the log: what was done, in a sentence, and what code had to say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations import addresses
from annotations.listing import labelled, listed_and
from annotations.models import Article, Desk, Sentence, Transition
from annotations.vocabulary import (
    AnswerWay,
    ArchiveService,
    ArticleStatus,
    AssignmentStatus,
    ClaimStatus,
    MoveName,
    PageChange,
    Preset,
    Role,
    Safeguard,
    Stands,
    Task,
    Triage,
)

from .asking import ASKED, ASKED_NO_LONGER, DECLINED, DECLINED_ONESELF, GIVEN_TIME
from .log_details import DETAILS

Say = Callable[[Transition], str]

LABELS: dict[str, Any] = {
    value: label
    for words in (Triage, AssignmentStatus, ArticleStatus, ClaimStatus, Role)
    for value, label in words.choices
    if value
}


# --- what was done ---


def _plain(words: Any) -> Say:
    return lambda line: str(words)


def _replied(line: Transition) -> str:
    if _is_addressees_own(line):
        return _("Answered, by the link that was sent to them")
    return _("Kept the reply")


def _criticised(words: Any) -> Say:
    """Words that name whom the claim criticises."""
    return lambda line: str(words) % {"who": line.detail.get("of", "")}


def _of_names(words: Any) -> Say:
    """Words that name two claimants: a name, and the main one that it is another name of."""
    return lambda line: str(words) % {name: line.detail.get(name, "") for name in ("name", "main")}


def _changed_claimant(line: Transition) -> str:
    fields = line.detail.get("fields", {})
    told = _("Changed what is said of the claimant “%(name)s”") % {"name": line.detail["name"]}
    if new := fields.get("name"):
        told = _("Changed the name of the claimant “%(before)s” to “%(after)s”") % {
            "before": new[0],
            "after": new[1],
        }
    return told


def _looked_for(line: Transition) -> str:
    words = {
        Stands.YES: _("The answer of %(who)s stands in the article"),
        Stands.NO: _("The answer of %(who)s does not stand in the article"),
        Stands.OPEN: _("Whether the answer of %(who)s stands in the article is open again"),
    }
    # Until 30 November 2026 it stood where other lines have a stage.
    stands = Stands(line.detail.get("stands", line.target))
    return words[stands] % {"who": line.detail.get("of", "")}


def _source_changed(line: Transition) -> str:
    """What the clock found of a page on which the verdict stands."""
    return str(PageChange(line.detail["change"]).label)


def _judged(line: Transition) -> str:
    what = {"change": PageChange(line.detail["change"]).label}
    if line.detail.get("matters"):
        return _("Said that it matters: %(change)s") % what
    return _("Said that it does not matter: %(change)s") % what


def _archived_again(line: Transition) -> str:
    what = {
        "service": ArchiveService(line.detail["service"]).label,
        "address": line.detail["address"],
    }
    return _("Had it sent to an archive once more: %(service)s, %(address)s") % what


def _is_addressees_own(line: Transition) -> bool:
    return bool(line.detail.get("came") == AnswerWay.LINK)


def _of_somebody(words: Any) -> Say:
    """Words that name the person the line is about."""

    def say(line: Transition) -> str:
        person = line.assignment.person if line.assignment else line.person
        return str(words) % {"person": person or _("somebody")}

    return say


def _of_task(sentences: dict[Task, Any]) -> Say:
    """A sentence for each task: put together from parts it would be right in English only."""

    def say(line: Transition) -> str:
        assert line.assignment is not None
        words = str(sentences[Task(line.assignment.task)])
        return words % {"person": line.assignment.person}

    return say


def _returned(line: Transition) -> str:
    """Of a check it says to whom it went back; of the claim, that an annotation went back."""
    if line.assignment is None:
        return _("Returned an annotation")
    return _("Returned to %(person)s") % {"person": line.assignment.person}


def _owned(line: Transition) -> str:
    if line.detail.get("nobody"):
        return _("Nobody looks after the article any more")
    return _("%(person)s looks after the article") % {"person": line.person}


def _brought_in(line: Transition) -> str:
    counts = {name: line.detail.get(name, 0) for name in ("new", "changed")}
    return _("Brought in earlier checks by others: %(new)d new, %(changed)d changed") % counts


SAID: dict[MoveName, Say] = {
    MoveName.IMPORT: _plain(gettext_lazy("Added the article")),
    MoveName.IMPORT_CHECKS: _brought_in,
    MoveName.DESCRIBE: _plain(gettext_lazy("Changed what is said of the article")),
    MoveName.PLAN: _plain(gettext_lazy("Planned the article")),
    MoveName.OWN: _owned,
    MoveName.REVISE: _plain(gettext_lazy("Saved a new text")),
    MoveName.TRANSLATE: _plain(gettext_lazy("Linked to its original")),
    MoveName.UNTIE: _plain(gettext_lazy("Said that this is not a translation")),
    MoveName.ALSO_IN: _plain(gettext_lazy("Language links on its page changed")),
    MoveName.TRIAGE: _plain(gettext_lazy("Triaged")),
    MoveName.MARK: _plain(gettext_lazy("Marked a claim")),
    MoveName.UNMARK: _plain(gettext_lazy("Took a mark out")),
    MoveName.ORPHAN: _plain(gettext_lazy("A mark lost its place")),
    MoveName.CONFIRM: _plain(gettext_lazy("Confirmed a mark")),
    MoveName.ATTACH: _plain(gettext_lazy("Placed a mark again")),
    MoveName.LET_GO: _plain(gettext_lazy("Gave up a mark")),
    MoveName.LOOK_AGAIN: _plain(gettext_lazy("Looked again for lost marks")),
    MoveName.WORD: _plain(gettext_lazy("Wrote the wording")),
    MoveName.REWORD: _plain(gettext_lazy("Changed the wording")),
    MoveName.MERGE_CLAIMANTS: _of_names(
        gettext_lazy("Said that “%(name)s” is another name of the claimant “%(main)s”")
    ),
    MoveName.PART_CLAIMANTS: _of_names(
        gettext_lazy("Said that “%(name)s” is not another name of the claimant “%(main)s”")
    ),
    MoveName.CHANGE_CLAIMANT: _changed_claimant,
    MoveName.SET_ASIDE: _plain(gettext_lazy("Set the claim aside")),
    MoveName.BRING_BACK: _plain(gettext_lazy("Brought back")),
    MoveName.OPEN: _plain(gettext_lazy("Opened checking")),
    MoveName.ASSIGN: _of_task(ASKED),
    MoveName.EXTEND: _of_task(GIVEN_TIME),
    MoveName.START: _of_somebody(gettext_lazy("%(person)s started to check")),
    MoveName.SUBMIT: _of_somebody(gettext_lazy("%(person)s submitted an annotation")),
    MoveName.RESUME: _of_somebody(gettext_lazy("%(person)s took an annotation back")),
    MoveName.DECLINE: _of_task(DECLINED),
    MoveName.TAKE_BACK: _of_task(ASKED_NO_LONGER),
    MoveName.EXPIRE: _of_somebody(gettext_lazy("The request to %(person)s lapsed")),
    MoveName.FULFIL: _of_somebody(gettext_lazy("%(person)s did what was asked")),
    MoveName.RETURN: _returned,
    MoveName.ASK_AGAIN: _plain(gettext_lazy("Asked for another annotation")),
    MoveName.DISCLOSE: _plain(gettext_lazy("Every required annotation is in: they are disclosed")),
    MoveName.ADOPT: _plain(gettext_lazy("Adopted what all agreed on")),
    MoveName.DECIDE: _plain(gettext_lazy("Decided")),
    MoveName.APPROVE: lambda line: _("Approved the article") if line.article else _("Approved"),
    MoveName.SEND_BACK: _plain(gettext_lazy("Sent back")),
    MoveName.ASK_REPLY: _plain(gettext_lazy("Asked for a reply")),
    MoveName.REPLY: _replied,
    MoveName.REPLY_NOT_NEEDED: _plain(gettext_lazy("No reply needs to be asked for")),
    MoveName.REMIND_REPLY: _plain(gettext_lazy("Reminded of the reply that was asked for")),
    MoveName.WITHDRAW_REPLY: _plain(gettext_lazy("Withdrew the request for a reply")),
    MoveName.NOTE_CRITICISM: _criticised(gettext_lazy("Noted that it criticises %(who)s")),
    MoveName.DROP_CRITICISM: _criticised(gettext_lazy("Took back that it criticises %(who)s")),
    MoveName.LOOK_FOR_ANSWER: _looked_for,
    MoveName.SOURCE_CHANGED: _source_changed,
    MoveName.JUDGE_CHANGE: _judged,
    MoveName.ARCHIVE_AGAIN: _archived_again,
    MoveName.WRITE_LETTER: _plain(gettext_lazy("Wrote the letter that asks for a reply")),
    MoveName.PUBLISH: _plain(gettext_lazy("Published")),
    MoveName.REOPEN: _plain(gettext_lazy("Opened again to correct")),
    MoveName.PLAN_REVIEW: _plain(gettext_lazy("Said when to look again")),
    MoveName.RETRACT: _plain(gettext_lazy("Retracted the verdict")),
    MoveName.WITHDRAW: _plain(gettext_lazy("Withdrew the article")),
    MoveName.CONFIRM_TAKING_BACK: _plain(gettext_lazy("Confirmed, as the second person")),
    MoveName.CHANGE_RULES: _plain(gettext_lazy("Changed the desk’s rules")),
    MoveName.WRITE_GUIDELINES: _plain(gettext_lazy("Wrote the guidelines")),
    MoveName.WRITE_STATEMENT: _plain(gettext_lazy("Wrote what readers are told of the desk")),
    MoveName.ERASE: _plain(gettext_lazy("Erased a person’s name and address, as the law asks")),
    MoveName.INVITE: _plain(gettext_lazy("Invited somebody to the desk")),
    MoveName.UNINVITE: _plain(gettext_lazy("Took back an invitation to the desk")),
    MoveName.ENROL: _of_somebody(gettext_lazy("Made %(person)s a member, or changed their role")),
    MoveName.END_MEMBERSHIP: _of_somebody(gettext_lazy("Ended the membership of %(person)s")),
    MoveName.DEACTIVATE: _of_somebody(gettext_lazy("Deactivated the account of %(person)s")),
    MoveName.ACTIVATE: _of_somebody(gettext_lazy("Made the account of %(person)s active again")),
}


SAID_BESIDE: dict[MoveName, Any] = {
    MoveName.START: gettext_lazy("Started to check"),
    MoveName.SUBMIT: gettext_lazy("Submitted an annotation"),
    MoveName.RESUME: gettext_lazy("Took an annotation back"),
    MoveName.FULFIL: gettext_lazy("Did what was asked"),
    MoveName.OWN: gettext_lazy("Looks after the article"),
}
"""What somebody did of their own, where their name stands beside it already."""


OF_PEOPLE = (
    MoveName.INVITE,
    MoveName.ENROL,
    MoveName.END_MEMBERSHIP,
    MoveName.DEACTIVATE,
    MoveName.ACTIVATE,
    MoveName.ERASE,
)
"""Moves that no policy makes: where nobody is named, it was a command."""


def what(line: Transition) -> str:
    """What was done, and to which sentence."""
    words = SAID[MoveName(line.move)](line)
    if line.sentence is not None:
        words = labelled(words, _which(line.sentence))
    return words


def beside(line: Transition) -> str:
    """What was done, beside whoever did it: a name that stands there is not said again."""
    person = line.assignment.person if line.assignment else line.person
    if line.actor is None or person != line.actor or line.detail.get("nobody"):
        return what(line)
    if line.move == MoveName.DECLINE and line.assignment:
        return str(DECLINED_ONESELF[Task(line.assignment.task)])
    words = SAID_BESIDE.get(MoveName(line.move))
    return what(line) if words is None else str(words)


def _which(sentence: Sentence) -> str:
    if sentence.number is None:
        return str(sentence.get_kind_display()).lower()
    return _("sentence %(number)s") % {"number": sentence.number}


# --- what code had to say of it ---


def said(line: Transition) -> str:
    """What the person said, then what code had to say: a line each."""
    told = [line.reason] if line.reason else []
    for name, say in DETAILS.items():
        if name in line.detail:
            told += say(line.detail[name], line)
    return "\n".join(told)


# --- lines for pages ---


def actor(line: Transition) -> Any:
    """Who did it: a person, an addressee by their link, a command, or the desk's policy."""
    if _is_addressees_own(line):
        return line.detail.get("by", "")
    if line.actor is None and line.move in OF_PEOPLE:
        return _("Who keeps this site")
    return line.actor or _("The desk’s policy")


def moves_in_words(
    lines: Iterable[Transition], article: Article, numbers: dict[int, int]
) -> list[dict[str, Any]]:
    """Lines of the log for people; `numbers` counts the claims in reading order."""
    return [
        {
            "when": line.at,
            "actor": actor(line),
            "what": beside(line),
            "claim_number": numbers.get(line.claim_id) if line.claim_id else None,
            "claim_url": addresses.workbench(article.pk, claim=line.claim_id) if line.claim else "",
            "source": LABELS.get(line.source, line.source),
            "target": LABELS.get(line.target, line.target),
            "reason": said(line),
        }
        for line in lines
    ]


def desk_lines(lines: Iterable[Transition], desk: Desk) -> list[dict[str, Any]]:
    """Lines of a desk's log for people: what each is about, and its rules if they were others."""
    now = desk.policy.as_dict()
    return [
        {
            "when": line.at,
            "actor": actor(line),
            "what": beside(line),
            "about": line.claim or line.article or "",
            "url": addresses.workbench(line.article_id) if line.article_id else "",
            "source": LABELS.get(line.source, line.source),
            "target": LABELS.get(line.target, line.target),
            "reason": said(line),
            "rules": _rules(line.policy) if line.policy != now else "",
        }
        for line in lines
    ]


def _rules(policy: dict[str, Any]) -> str:
    """The rules a line was made under, in a sentence or two."""
    if not policy:
        return ""
    told = ngettext(
        "%(count)d annotation a claim.", "%(count)d annotations a claim.", policy["annotations"]
    ) % {"count": policy["annotations"]}
    left_out = [str(Safeguard(each).label) for each in policy.get("leaves_out", ())]
    if left_out:
        told += " " + _("Without %(safeguards)s.") % {"safeguards": listed_and(left_out)}
    return f"{Preset(policy['preset']).label}. {told}"
