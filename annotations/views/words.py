"""Words for what the layers below only name: notices, changes, bad texts, lines of the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from annotations import addresses
from annotations.capture.fetch import Unfetchable
from annotations.editions.content import How
from annotations.models import Article, Desk, Transition
from annotations.text.boundaries import BadCut
from annotations.text.canonical import BadText
from annotations.text.reanchor import Fate
from annotations.vocabulary import (
    ArticleStatus,
    AssignmentStatus,
    ClaimStatus,
    PeopleShown,
    Preset,
    Role,
    Safeguard,
    Triage,
)

LABELS: dict[str, Any] = {
    value: label
    for words in (Triage, AssignmentStatus, ArticleStatus, ClaimStatus, Role)
    for value, label in words.choices
    if value
}

MOVES = {
    "import": gettext_lazy("Added the article"),
    "mark": gettext_lazy("Marked a claim"),
    "triage": gettext_lazy("Triaged"),
    "unmark": gettext_lazy("Took a mark out"),
    "assign": gettext_lazy("Asked %(person)s to %(task)s"),
    "extend": gettext_lazy("Gave %(person)s another day to %(task)s"),
    "open": gettext_lazy("Opened checking"),
    "start": gettext_lazy("%(person)s started to check"),
    "submit": gettext_lazy("%(person)s submitted an annotation"),
    "disclose": gettext_lazy("Annotations disclosed"),
    "adopt": gettext_lazy("Adopted what all agreed on"),
    "decide": gettext_lazy("Decided"),
    "approve": gettext_lazy("Approved"),
    "send back": gettext_lazy("Sent back"),
    "return": gettext_lazy("Returned to %(person)s"),
    "ask again": gettext_lazy("Asked for another annotation"),
    "publish": gettext_lazy("Published"),
    "reopen": gettext_lazy("Opened again to correct"),
    "set aside": gettext_lazy("Set aside"),
    "bring back": gettext_lazy("Brought back"),
    "reword": gettext_lazy("Changed the wording"),
    "expire": gettext_lazy("The request to %(person)s lapsed"),
    "decline": gettext_lazy("%(person)s declined to %(task)s"),
    "take back": gettext_lazy("Asked %(person)s no longer to %(task)s"),
    "fulfil": gettext_lazy("%(person)s did what was asked"),
    "withdraw": gettext_lazy("Withdrew the article"),
    "describe": gettext_lazy("Changed what is said of the article"),
    "translate": gettext_lazy("Said of what this is a translation"),
    "untie": gettext_lazy("Said that this is not a translation"),
    "also in": gettext_lazy("Its page names other languages than before"),
    "retract": gettext_lazy("Retracted the verdict"),
    "confirm taking back": gettext_lazy("Confirmed, as the second person"),
    "ask reply": gettext_lazy("Asked for a reply"),
    "reply": gettext_lazy("Kept the reply"),
    "reply not needed": gettext_lazy("No reply needs to be asked for"),
    "change rules": gettext_lazy("Changed the desk’s rules"),
    "write guidelines": gettext_lazy("Wrote the guidelines"),
    "enrol": gettext_lazy("Made %(person)s a member, or changed their role"),
    "end membership": gettext_lazy("Ended the membership of %(person)s"),
    "revise": gettext_lazy("Saved a new text"),
    "orphan": gettext_lazy("A mark lost its place"),
    "confirm": gettext_lazy("Confirmed a mark"),
    "attach": gettext_lazy("Placed a mark again"),
    "let go": gettext_lazy("Let a mark go"),
    "look again": gettext_lazy("Looked again for lost marks"),
}

FATES = {
    Fate.SAME: gettext_lazy("Stays"),
    Fate.MOVED: gettext_lazy("Moved"),
    Fate.CONTEXT: gettext_lazy("To confirm: its sentence changed"),
    Fate.PROPOSAL: gettext_lazy("To place: its words changed"),
    Fate.ORPHAN: gettext_lazy("Without a place"),
}


def moves_in_words(
    lines: Iterable[Transition], article: Article, numbers: dict[int, int]
) -> list[dict[str, Any]]:
    """Lines of the log for people; `numbers` counts the claims in reading order."""
    return [
        {
            "when": line.at,
            "actor": line.actor or _("The desk’s policy"),
            "what": _what(line),
            "claim_number": numbers.get(line.claim_id) if line.claim_id else None,
            "claim_url": addresses.workbench(article.pk, claim=line.claim_id) if line.claim else "",
            "source": LABELS.get(line.source, line.source),
            "target": LABELS.get(line.target, line.target),
            "reason": line.reason,
        }
        for line in lines
    ]


def desk_lines(lines: Iterable[Transition], desk: Desk) -> list[dict[str, Any]]:
    """Lines of a desk's log for people: what each is about, and its rules if they were others."""
    now = desk.policy.as_dict()
    return [
        {
            "when": line.at,
            "actor": line.actor or _("The desk’s policy"),
            "what": _what(line),
            "about": line.claim or line.article or "",
            "url": addresses.workbench(line.article_id) if line.article_id else "",
            "source": LABELS.get(line.source, line.source),
            "target": LABELS.get(line.target, line.target),
            "reason": line.reason,
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
        told += " " + _("Without %(safeguards)s.") % {"safeguards": names(left_out)}
    return f"{Preset(policy['preset']).label}. {told}"


def _what(line: Transition) -> str:
    words = str(MOVES.get(line.move, line.move))
    if line.assignment is not None:
        task = line.assignment.get_task_display().lower()
        words = words.replace("%(person)s", str(line.assignment.person)).replace("%(task)s", task)
    elif line.person is not None:
        words = words.replace("%(person)s", str(line.person))
    if line.sentence is not None:
        words = f"{words}: {_('sentence %(number)s') % {'number': line.sentence.number or 'H'}}"
    return words


def language_name(code: str, name: str = "name_local") -> str:
    """A language's own name for itself, or its code where Django does not know it.

    With "name_translated", its name in the language of the page.
    """
    try:
        return str(get_language_info(code)[name])
    except KeyError:
        return code


NOTICES = {
    "unclosed_quote": gettext_lazy("An opening quote mark is never closed."),
    "starts_with_dash": gettext_lazy("Starts with a dash. It was read as speech that goes on."),
    "very_long": gettext_lazy("Very long: it may be several sentences."),
}

CHANGES: dict[str, Callable[[int], str]] = {
    "left_out": lambda n: (
        ngettext(
            "%(n)d word of the page is not the article’s own, and was left out.",
            "%(n)d words of the page are not the article’s own, and were left out.",
            n,
        )
        % {"n": n}
    ),
    "line_ends": lambda n: (
        ngettext(
            "%(n)d line ending became a line feed.", "%(n)d line endings became line feeds.", n
        )
        % {"n": n}
    ),
    "spaces": lambda n: (
        ngettext(
            "%(n)d tab or unusual space became a space.",
            "%(n)d tabs or unusual spaces became spaces.",
            n,
        )
        % {"n": n}
    ),
    "invisible": lambda n: (
        ngettext(
            "%(n)d invisible character was taken out.",
            "%(n)d invisible characters were taken out.",
            n,
        )
        % {"n": n}
    ),
    "direction": lambda n: (
        ngettext(
            "%(n)d character that disguises the reading order was taken out.",
            "%(n)d characters that disguise the reading order were taken out.",
            n,
        )
        % {"n": n}
    ),
    "composed": lambda n: (
        ngettext(
            "%(n)d word was put into Unicode’s composed form.",
            "%(n)d words were put into Unicode’s composed form.",
            n,
        )
        % {"n": n}
    ),
    "trailing_spaces": lambda n: (
        ngettext(
            "%(n)d space at a line’s end was taken out.",
            "%(n)d spaces at lines’ ends were taken out.",
            n,
        )
        % {"n": n}
    ),
    "blank_lines": lambda n: (
        ngettext("%(n)d blank line was taken out.", "%(n)d blank lines were taken out.", n)
        % {"n": n}
    ),
}


def changes_in_words(changes: Iterable[dict[str, Any]], charset: str = "") -> list[str]:
    """What was changed on the way in, and how the bytes were read."""
    words = [CHANGES[row["kind"]](row["count"]) for row in changes]
    if charset:
        read_as = _("The page says that it is written in %(charset)s, and was read so.")
        words.insert(0, read_as % {"charset": charset})
    return words


_BAD_TEXT = {
    "empty": gettext_lazy("The text is empty."),
    "too_large": gettext_lazy("The file is %(size)s MB; the limit is %(limit)s MB."),
    "binary": gettext_lazy("This looks like a binary file (%(kind)s), not text."),
    "too_many_characters": gettext_lazy(
        "The text has %(characters)s characters; the limit is %(limit)s, reached in line %(line)s."
    ),
    "too_many_lines": gettext_lazy("The text has %(lines)s lines; the limit is %(limit)s."),
    "too_many_sentences": gettext_lazy(
        "The text has %(sentences)s sentences; the limit is %(limit)s, reached in line %(line)s."
    ),
    "unknown_format": gettext_lazy(
        "This is %(kind)s, which cannot be imported as an article."
        " What can be: plain text and saved web pages (%(known)s)."
    ),
    "text_too_hard": gettext_lazy(
        "This text is too large or too tangled to be read within %(seconds)s seconds."
        " Bring it in parts."
    ),
    "invalid_encoding": gettext_lazy(
        "Byte %(byte)s (line %(line)s) is not valid %(encoding)s: 0x%(value)s."
        " Save the file as UTF-8 and try again."
    ),
    "gone": gettext_lazy(
        "The file is not kept any more. Choose it again, or fetch the page again."
    ),
    "no_article": gettext_lazy(
        "No article was found in this page. Copy its text and paste it instead."
    ),
    "page_too_hard": gettext_lazy(
        "This page is too large or too tangled to be read within %(seconds)s seconds."
        " Copy its text and paste it instead."
    ),
    "unknown_charset": gettext_lazy(
        "The page says that it is written in “%(charset)s”, which is unknown."
    ),
    "not_as_declared": gettext_lazy(
        "Byte %(byte)s (line %(line)s) is not valid %(charset)s, which the page says it is:"
        " 0x%(value)s."
    ),
    "bad_character": gettext_lazy(
        "Character %(position)s (line %(line)s) is %(name)s (%(codepoint)s),"
        " which a text cannot hold."
    ),
}


_BAD_CUT = {
    "first": gettext_lazy("The first sentence begins where the text does."),
    "order": gettext_lazy("Sentences begin one after the other."),
    "place": gettext_lazy("No sentence can begin at character %(at)s."),
    "kind": gettext_lazy(
        "A heading is a sentence of its own: one begins or ends at character %(at)s."
    ),
}


def bad_cut(problem: BadCut) -> str:
    """Why a text cannot be cut so, in the reader's language."""
    words = _BAD_CUT.get(problem.code)
    return str(words) % {"at": problem.at} if words else str(problem)


_UNFETCHABLE = {
    "address": gettext_lazy("This is no web address. It begins with https:// or http://."),
    "credentials": gettext_lazy("A web address with a name or password is not fetched."),
    "not_found": gettext_lazy("No server named %(host)s was found."),
    "port": gettext_lazy("Port %(port)s is not fetched from."),
    "not_public": gettext_lazy("%(host)s is not on the public internet, so it is not fetched."),
    "too_slow": gettext_lazy("The page did not arrive within %(seconds)s seconds."),
    "refused": gettext_lazy("%(host)s could not be reached."),
    "certificate": gettext_lazy("%(host)s could not prove who it is."),
    "broken": gettext_lazy("%(host)s did not answer as a web server does."),
    "status": gettext_lazy("The server answered %(status)s, not a page."),
    "type": gettext_lazy("This is %(type)s, not a page of text."),
    "coding": gettext_lazy("The page is packed in a way that cannot be unpacked (%(coding)s)."),
    "too_large": gettext_lazy("The page is larger than %(limit)s MB."),
    "redirects": gettext_lazy("The page leads on more than %(most)s times."),
}


def unfetchable(problem: Unfetchable) -> str:
    """Why a page could not be fetched, in the reader's language."""
    words = _UNFETCHABLE.get(problem.code)
    return str(words) % problem.params if words else str(problem)


def bad_text(problem: BadText) -> str:
    """What is wrong with a text and where, in the reader's language."""
    words = _BAD_TEXT.get(problem.code)
    return str(words) % problem.params if words else str(problem)


def how_checked(how: How) -> str:
    """How the claims of an edition were checked, in sentences, from what the log showed."""
    claims = how.claims
    if not claims:
        return _("No claim was checked.")
    told = [_annotated(how)]
    if how.annotations > 1:
        told.append(
            ngettext(
                "Their ratings were the same.",
                "Their ratings were the same on %(agreed)d of %(claims)d claims.",
                claims,
            )
            % {"agreed": how.agreed, "claims": claims}
            if claims > 1 or how.agreed
            else _("Their ratings differed.")
        )
    if how.adopted_by_policy:
        told.append(
            _("What they agreed on became the verdict.")
            if how.annotations > 1
            else _("The annotation became the proposed verdict.")
        )
    if how.decided:
        told.append(_by(_("%(names)s decided."), how, "decided"))
    if how.approved:
        told.append(_by(_("%(names)s approved."), how, "approved"))
    if how.left_out:
        safeguards = [str(Safeguard(each).label) for each in how.left_out]
        told.append(
            _("The desk’s rules did not ask for %(safeguards)s.")
            % {"safeguards": names(safeguards)}
        )
    return " ".join(told)


def _annotated(how: How) -> str:
    if how.blind_annotations > 1:
        return ngettext(
            "%(people)d people annotated the claim before any was shown another’s work.",
            "At least %(people)d people annotated each claim before any was shown another’s work.",
            how.claims,
        ) % {"people": how.blind_annotations}
    if how.annotations > 1:
        return _("At least %(people)d people annotated, not all before they saw others’ work.") % {
            "people": how.annotations
        }
    return ngettext(
        "One person annotated the claim.", "One person annotated each claim.", how.claims
    )


def _by(sentence: str, how: How, task: str) -> str:
    """The sentence with who did it. A role may begin it with a capital, a name is left as it is."""
    told = sentence % {"names": people(how, task)}
    return capfirst(told) if how.people_shown == PeopleShown.ROLES else told


def people(how: How, task: str) -> str:
    """Who did it, as the desk showed its people when the edition was made: names, or roles.

    `task` is "checked", "decided" or "approved".
    """
    done = getattr(how, task)
    if how.people_shown != PeopleShown.ROLES:
        return names(done)
    counts = Counter(done)
    return names([_role(role, counts[role]) for role in Role if counts[role]])


def _role(role: Role, count: int) -> str:
    words = {
        Role.OBSERVER: ngettext("an observer", "%(count)d observers", count),
        Role.CHECKER: ngettext("a checker", "%(count)d checkers", count),
        Role.EDITOR: ngettext("an editor", "%(count)d editors", count),
        Role.MANAGER: ngettext("a manager", "%(count)d managers", count),
    }
    return words[role] % {"count": count}


def names(people: Sequence[str]) -> str:
    """A, B and C."""
    if len(people) < 2:
        return "".join(people)
    return _("%(most)s and %(last)s") % {"most": _(", ").join(people[:-1]), "last": people[-1]}
