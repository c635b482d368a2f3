"""How claims came to their verdicts, and through whom: derived from the log, never from a template.

What readers are told of it, an edition pins (editions).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from annotations import agreement
from annotations.models import (
    Annotation,
    Claim,
    Desk,
    Membership,
    Sighting,
    Transition,
    User,
    Verdict,
)
from annotations.vocabulary import MoveName, PeopleShown, Role

M = MoveName


def how(desk: Desk, claims: Sequence[Claim], verdicts: dict[int, Verdict]) -> dict[str, Any]:
    """How the claims were checked, derived from the log and from who was shown what when.

    An annotation counts as blind if it was last handed in before its author was shown another's.
    """
    checked = [claim for claim in claims if claim.pk in verdicts]
    lines = (
        Transition.objects.filter(
            claim__in=[claim.pk for claim in checked],
            move__in=[M.SUBMIT, M.EXPIRE, M.ADOPT, M.DECIDE, M.APPROVE],
        )
        .select_related("actor", "assignment")
        .order_by("at", "pk")
    )
    answers: dict[int, dict[int, bool]] = {claim.pk: {} for claim in checked}
    shown = _first_shown(checked)
    did: dict[str, set[User]] = {"checked": set(), "decided": set(), "approved": set()}
    adopted = Counter[str]()
    left_out: set[str] = set()
    for line in lines:
        assert line.claim_id is not None
        if line.move in (M.ADOPT, M.DECIDE, M.APPROVE):
            left_out.update(line.policy.get("leaves_out", ()))
        if line.move == M.SUBMIT and line.actor is not None:
            seen_at = shown.get((line.claim_id, line.actor.pk))
            answers[line.claim_id][line.actor.pk] = seen_at is None or line.at <= seen_at
            did["checked"].add(line.actor)
        elif line.move == M.EXPIRE and line.assignment is not None:
            answers[line.claim_id].pop(line.assignment.person_id, None)
        elif line.move == M.APPROVE and line.actor is not None:
            did["approved"].add(line.actor)
        elif line.actor is not None:
            did["decided"].add(line.actor)
        else:
            adopted["by policy"] += 1
    blind = [sum(people.values()) for people in answers.values()]
    return {
        "claims": len(checked),
        "annotations": min((len(people) for people in answers.values()), default=0),
        "blind_annotations": min(blind, default=0),
        "agreed": _agreed(checked),
        "adopted_by_policy": adopted["by policy"],
        "left_out": sorted(left_out),
        "evidence_as_of": max(
            (verdicts[claim.pk].evidence_as_of for claim in checked), default=None
        ),
    } | _who(desk, did)


def _who(desk: Desk, did: dict[str, set[User]]) -> dict[str, Any]:
    """Who checked, decided and approved, as the desk shows it: a name or a role for each person.

    Where roles are shown, no name is in the edition. Who has left the desk is a checker if they
    checked, else an editor, which is what the move took.
    """
    if desk.people_shown == PeopleShown.NAMES:
        named = {task: sorted(map(str, people)) for task, people in did.items()}
        return {"people_shown": PeopleShown.NAMES.value} | named
    roles = dict(Membership.objects.filter(desk=desk).values_list("user", "role"))
    as_roles = {
        task: sorted(
            roles.get(person.pk, Role.CHECKER if task == "checked" else Role.EDITOR)
            for person in people
        )
        for task, people in did.items()
    }
    return {"people_shown": PeopleShown.ROLES.value} | as_roles


def _first_shown(claims: Sequence[Claim]) -> dict[tuple[int, int], dt.datetime]:
    """When each person was first shown others' annotations, by claim and person."""
    sightings = Sighting.objects.filter(claim__in=claims)
    return {(row.claim_id, row.person_id): row.at for row in sightings}


def _agreed(claims: Sequence[Claim]) -> int:
    """On how many of the claims several blind annotations all have the same rating.

    What was revised in view of others' is left out (rule 4).
    """
    given: dict[int, list[int | None]] = {}
    blind = Annotation.objects.independent().filter(assignment__claim__in=claims)
    for claim, rating in blind.values_list("assignment__claim", "rating"):
        given.setdefault(claim, []).append(rating)
    agreed, _rated_twice = agreement.same(given.values())
    return agreed
