"""Who a confidential source is: the only module that writes the name, or reads it.

The name is known to whoever brought the source and to those they confide it to, as long as they
are at the desk; nobody's role opens it. Each act, a look too, is noted for those who know it.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import (
    Annotation,
    Citation,
    Claim,
    Confidant,
    Desk,
    Identity,
    IdentityNote,
    ReplyPoint,
    ReplyRequest,
    Source,
    User,
)
from annotations.rights import Right
from annotations.sealing import Unreadable, seal, unseal
from annotations.text.naming import stands_in
from annotations.vocabulary import IdentityAct

from .core import Refused, once_within, one_transaction, require

PURPOSE = "identities"
MOST_NAMES = 500
"""Names that are looked for in a text."""
BLOCK = 512
"""Code points. Sealed words are filled up to a multiple of it: their length tells no name."""


@dataclass(frozen=True, slots=True)
class Who:
    """A person behind a source: what they are called, and how and why they can be relied on."""

    name: str
    contact: str = ""


@one_transaction
def keep_identity(source: Source, who: Who, *, actor: User, key: uuid.UUID | None = None) -> None:
    """Write down who the source is, in place of what was written before.

    Raises PermissionDenied for whoever may not know it, Refused without a name.
    """
    if not who.name.strip():
        raise Refused(_("Say who it is."))

    def keep() -> str:
        held = _lock_known(source, actor)
        values = {"sealed": _sealed(who), "kept_by": actor, "kept_at": timezone.now()}
        for each in _described(held):
            Identity.objects.update_or_create(source=each, defaults=values)
        return _note(held, IdentityAct.KEEP, actor)

    once_within(actor, key, f"identity {source.uuid}", keep)


@one_transaction
def see_identity(source: Source, *, actor: User) -> Who:
    """Who the source is; that the person looked is noted.

    Raises PermissionDenied for whoever may not know it, Refused where nothing is written down or
    the site's secret has changed.
    """
    held = _lock_known(source, actor)
    identity = Identity.objects.filter(source=held).first()
    if identity is None:
        raise Refused(_("Nobody has written down who it is."))
    try:
        who = Who(**json.loads(unseal(identity.sealed, PURPOSE)))
    except Unreadable as other_secret:
        raise Refused(
            _(
                "The name was written down under another SECRET_KEY. Whoever keeps this site can"
                " name the old one in SECRET_KEY_FALLBACKS."
            )
        ) from other_secret
    _note(held, IdentityAct.SEE, actor)
    return who


@one_transaction
def confide(source: Source, person: User, *, actor: User) -> None:
    """Let a member see who the source is; once is enough.

    Raises PermissionDenied unless the actor may confide it (`may_confide`), Refused for a person
    who is not at the desk.
    """
    held = _lock_known(source, actor)
    _require_confiding(held, actor)
    if not _is_here(person, held.desk):
        raise Refused(_("%(person)s is not at this desk.") % {"person": person})
    if person.pk == held.added_by_id:
        return
    made = [
        Confidant.objects.get_or_create(source=each, person=person, defaults={"given_by": actor})[1]
        for each in _described(held)
    ]
    if any(made):
        _note(held, IdentityAct.CONFIDE, actor, about=person)


@one_transaction
def end_confidence(confidant: Confidant, *, actor: User) -> None:
    """Let a member see it no longer; one may step back oneself. Raises PermissionDenied."""
    held = _lock_known(confidant.source, actor)
    if confidant.person_id != actor.pk:
        _require_confiding(held, actor)
    same = Confidant.objects.filter(source__in=_described(held), person=confidant.person)
    same.delete()
    _note(held, IdentityAct.END, actor, about=confidant.person)


@one_transaction
def forget_identity(source: Source, *, actor: User) -> None:
    """Delete the name for good; that it was there, and who deleted it, stays noted.

    Raises PermissionDenied unless the actor may confide it; Refused where there is none.
    """
    held = _lock_known(source, actor)
    _require_confiding(held, actor)
    deleted, _by_model = Identity.objects.filter(source__in=_described(held)).delete()
    if not deleted:
        raise Refused(_("Nobody has written down who it is."))
    _note(held, IdentityAct.FORGET, actor)


def end_all_confidences(desk: Desk, person: User, actor: User | None) -> None:
    """Part of ending a membership: who comes back is confided to anew."""
    rows = Confidant.objects.filter(source__desk=desk, person=person).select_related("source")
    for row in list(rows):
        _note(row.source, IdentityAct.END, actor or person, about=person)
        row.delete()


# --- a name that stands where others read it ---


def names_in_own(annotations: Iterable[Annotation], person: User) -> dict[int, list[Source]]:
    """The sources that the person knows, and whose name stands in these annotations of theirs.

    By the key of the annotation. Nobody is told anything that they do not know.
    """
    rows = [each for each in annotations if each.assignment.person_id == person.pk]
    if not rows:
        return {}
    desks = {each.assignment.claim.desk_id for each in rows}
    known = Source.objects.known_to(person).filter(is_confidential=True, desk__in=desks)
    named = _named(known)
    if not named:
        return {}
    cited = Citation.objects.filter(annotation__in=rows).select_related("source")
    texts = {each.pk: [each.finding, each.justification] for each in rows}
    for row in cited:
        assert row.annotation_id is not None
        texts[row.annotation_id] += [*_words_beside(row), row.source.publisher]
    return _standing(named, texts)


def names_in_words(words: str, desks: Iterable[Desk], person: User) -> list[Source]:
    """Confidential sources of these desks that the person knows, whose name stands in the words.

    For what leaves a desk at once, as letters do; others are told of nobody by it.
    """
    known = Source.objects.known_to(person).filter(is_confidential=True, desk__in=desks)
    return [source for source, name in _named(known) if stands_in(name, words)]


def names_before_readers(
    claims: Iterable[Claim], beside: Iterable[Claim] = (), said: Mapping[int, str] | None = None
) -> dict[int, list[Source]]:
    """The confidential sources of these claims whose name stands in what readers would get.

    By the key of the claim. `beside` are those of the article that nobody decides on now: their
    verdicts' sources are looked for too, and in what readers are told of those set aside. `said`
    is what a correction would say of a claim. Which words they are is not told: whoever is told
    this may not know.
    """
    rows, others = ({each.pk: each for each in given} for given in (claims, beside))
    # Of a claim that was set aside while it was checked, annotations stay closed.
    uses = Citation.objects.filter(
        Q(verdict__claim__in=[*rows, *others]) | Q(annotation__assignment__claim__in=rows),
        source__is_confidential=True,
    )
    named = _named(Source.objects.filter(pk__in=uses.values("source")))
    if not named:
        return {}
    told = [*rows.values(), *(each for each in others.values() if each.is_shown_aside)]
    texts = {each.pk: [*_words_of(each), (said or {}).get(each.pk, "")] for each in told}
    _add_speakers(texts)
    _add_evidence(texts, [each.verdict_id for each in rows.values() if each.verdict_id])
    _add_replies(texts, rows)
    return _standing(named, texts)


def _words_of(claim: Claim) -> list[str]:
    """What readers are told of a claim in the desk's own words."""
    found = [claim.claim_reviewed, claim.interpretation]
    if claim.is_shown_aside:
        found.append(claim.set_aside_note)
    elif claim.verdict is not None:
        found += [claim.verdict.finding, claim.verdict.justification]
    return found


Texts = dict[int, list[str]]
"""What readers would read, by the key of the claim."""


def _add_speakers(texts: Texts) -> None:
    columns = ("claimant__name", "claimant__description", "reports__name", "reports__description")
    for key, *words in Claim.objects.filter(pk__in=texts).values_list("pk", *columns):
        texts[key] += [each for each in words if each]


def _add_evidence(texts: Texts, verdicts: Iterable[int]) -> None:
    cited = Citation.objects.filter(verdict__in=verdicts)
    for row in cited.select_related("source", "verdict"):
        assert row.verdict is not None
        texts[row.verdict.claim_id] += [*_words_beside(row), row.source.publisher, row.source.url]


def _add_replies(texts: Texts, claims: Iterable[int]) -> None:
    answers = ReplyRequest.objects.standing().filter(claims__in=claims, not_needed="")
    columns = ("claims", "addressee", "answer")
    for key, *said in answers.values_list(*columns):
        texts[key] += said
    for point in ReplyPoint.objects.filter(claim__in=claims, request__in=answers.values("pk")):
        texts[point.claim_id].append(point.answer)


def _words_beside(citation: Citation) -> list[str]:
    source = citation.source
    return [citation.passage, citation.note, citation.locator, source.title]


def _named(sources: QuerySet[Source]) -> list[tuple[Source, str]]:
    """The newest of them whose names are written down and can be read, with their names.

    No look of a person: the name leaves this module no more than that it stands somewhere.
    """
    rows = Identity.objects.filter(source__in=sources.values("pk")).select_related(
        "source__added_by"
    )
    found = []
    for row in rows.order_by("-kept_at", "-pk")[:MOST_NAMES]:
        with suppress(Unreadable):
            found.append((row.source, Who(**json.loads(unseal(row.sealed, PURPOSE))).name))
    return found


def _standing(
    named: list[tuple[Source, str]], texts: Mapping[int, list[str]]
) -> dict[int, list[Source]]:
    found = {
        key: [source for source, name in named if stands_in(name, "\n".join(said))]
        for key, said in texts.items()
    }
    return {key: sources for key, sources in found.items() if sources}


def may_confide(source: Source, person: User) -> bool:
    """Whoever brought the source; once they have left the desk, each who knows it."""
    return person.pk == source.added_by_id or not _is_here(source.added_by, source.desk)


def why_not_known(source: Source) -> str:
    """What somebody is told who may not know who the source is; whom to ask, they can see anyway.

    Those whom it was confided to are named to nobody else, also once whoever brought it has left.
    """
    who = {"who": source.added_by}
    if _is_here(source.added_by, source.desk):
        return _("You may not know who this source is. Ask %(who)s, who brought it.") % who
    return (
        _(
            "You may not know who this source is. %(who)s, who brought it, is no longer at this"
            " desk: only those they confided it to can tell you."
        )
        % who
    )


def carry_identity(old: Source, new: Source) -> None:
    """Described anew by whoever brought it, a source keeps its name and those who may see it."""
    identity = Identity.objects.filter(source=old).first()
    if identity is not None:
        Identity.objects.get_or_create(
            source=new,
            defaults={
                "sealed": identity.sealed,
                "kept_by": identity.kept_by,
                "kept_at": identity.kept_at,
            },
        )
    for each in old.confidants.all():
        Confidant.objects.get_or_create(
            source=new, person=each.person, defaults={"given_by": each.given_by}
        )


def _described(source: Source) -> list[Source]:
    """The source, and the other descriptions of the same person: what is sealed was carried over.

    What is done with the name is done under each, or it would live on under an older one.
    """
    known = Identity.objects.filter(source=source).values("sealed")[:1]
    same = Source.objects.filter(desk=source.desk, added_by=source.added_by)
    same = same.filter(identity__sealed__in=known).exclude(pk=source.pk)
    return [source, *same.order_by("pk")]


def _lock_known(source: Source, actor: User) -> Source:
    """The confidential source, held, for somebody who may know who it is."""
    require(actor, Right.ANNOTATE, source.desk)
    rows = Source.objects.filter(pk=source.pk)
    list(rows.select_for_update(no_key=True).values_list("pk"))
    # Asked once it is held: a confidence that ended while this waited is over.
    held = rows.known_to(actor).select_related("desk", "added_by").first()
    if held is None:
        raise PermissionDenied(why_not_known(source))
    if not held.is_confidential:
        raise Refused(_("This source is not confidential."))
    return held


def _require_confiding(source: Source, actor: User) -> None:
    if not may_confide(source, actor):
        who = {"who": source.added_by}
        raise PermissionDenied(_("Only %(who)s, who brought the source, may do this.") % who)


def _is_here(person: User, desk: Desk) -> bool:
    return person.is_active and desk.memberships.filter(user=person.pk).exists()


def _sealed(who: Who) -> str:
    words = json.dumps(asdict(who))
    return seal(words.ljust(-(-len(words) // BLOCK) * BLOCK), PURPOSE)


def _note(source: Source, act: str, person: User, about: User | None = None) -> str:
    note = IdentityNote.objects.create(source=source, act=act, person=person, about=about)
    return str(note.uuid)
