"""How claims were checked, and through whom: what an edition pins, in sentences."""

from __future__ import annotations

from collections import Counter

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.editions.content import How
from annotations.listing import listed_and
from annotations.vocabulary import PeopleShown, Role, Safeguard


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
            % {"safeguards": listed_and(safeguards)}
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
        return listed_and(done)
    counts = Counter(done)
    return listed_and([_role(role, counts[role]) for role in Role if counts[role]])


def _role(role: Role, count: int) -> str:
    words = {
        Role.OBSERVER: ngettext("an observer", "%(count)d observers", count),
        Role.CHECKER: ngettext("a checker", "%(count)d checkers", count),
        Role.EDITOR: ngettext("an editor", "%(count)d editors", count),
        Role.MANAGER: ngettext("a manager", "%(count)d managers", count),
    }
    return words[role] % {"count": count}
