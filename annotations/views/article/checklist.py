"""What an approver looks at: what is in the way, what is missing, and what is in order.

Many of one kind are one line that counts them and names their claims, and unfolds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations import addresses, demands, readiness
from annotations.editions import making
from annotations.editions.changes import article_changes
from annotations.editions.latest import latest
from annotations.editions.reading import read_article
from annotations.forms.article.claim import long_wording
from annotations.listing import ranges
from annotations.models import Article, Claim, Mark, User
from annotations.readiness import Blocker
from annotations.vocabulary import ArticleStatus, ClaimStatus
from annotations.words.changed import sides_in_words
from annotations.words.confidence import name_before_readers
from annotations.workflow import confidence

Item = dict[str, Any]
"""{text, url, detail, more}: a line of the list; `more` are the lines that it stands for."""


def in_the_way(article: Article, decided: list[Claim]) -> tuple[list[Item], list[Item]]:
    """What blocks publication besides the approval of what is decided, and what only warns."""
    waiting = {claim.pk for claim in decided}
    found = [
        blocker
        for blocker in readiness.blockers(article)
        if blocker.page or blocker.claim is None or blocker.claim.pk not in waiting
    ]
    found += demands.unmet_demands(article)
    numbered = numbers(article) if len(found) > 1 else {}
    return (
        _grouped(article, [each for each in found if not each.only_warns], numbered),
        _grouped(article, [each for each in found if each.only_warns], numbered),
    )


def numbers(article: Article) -> dict[int, int]:
    """The numbers of the article's claims in reading order, by their key."""
    marks = Mark.objects.filter(revision=article.revision).order_by("start", "end")
    keys = dict.fromkeys(marks.values_list("claim", flat=True))
    return {key: number for number, key in enumerate(keys, start=1)}


def _grouped(article: Article, blockers: list[Blocker], numbers: dict[int, int]) -> list[Item]:
    """A line each, or one for all of a kind, where the first of them stands."""
    kinds: dict[object, list[Blocker]] = {}
    for blocker in blockers:
        kinds.setdefault(blocker.kind or id(blocker), []).append(blocker)
    return [
        _item(article, alike[0]) if len(alike) == 1 else _group(article, alike, numbers)
        for alike in kinds.values()
    ]


def _item(article: Article, blocker: Blocker) -> Item:
    return {"text": blocker.text, "url": _where_to_mend(article, blocker)}


def _group(article: Article, alike: list[Blocker], numbers: dict[int, int]) -> Item:
    """All of a kind in a line: how many, and of which claims."""
    claims = sorted(
        {numbers[row.claim.pk] for row in alike if row.claim and row.claim.pk in numbers}
    )
    text = _counted(alike[0].kind, len(alike))
    if claims:
        text = _("%(what)s: claims %(numbers)s") % {"what": text, "numbers": ranges(claims)}
    return {"text": text, "more": [_item(article, row) for row in alike]}


def _counted(kind: str, count: int) -> str:
    """How many of a kind there are, in words."""
    words = {
        "unfinished": ngettext(
            "%(count)d check-worthy sentence has no claim",
            "%(count)d check-worthy sentences have no claim",
            count,
        ),
        "lost": ngettext(
            "%(count)d claim has no place in the current text",
            "%(count)d claims have no place in the current text",
            count,
        ),
        "moved": ngettext(
            "%(count)d mark stands in a changed sentence, unconfirmed",
            "%(count)d marks stand in changed sentences, unconfirmed",
            count,
        ),
        "unapproved": ngettext(
            "%(count)d claim is not approved", "%(count)d claims are not approved", count
        ),
        "demand_sources": ngettext(
            "%(count)d verdict stands on too few sources",
            "%(count)d verdicts stand on too few sources",
            count,
        ),
        "demand_primary": ngettext(
            "%(count)d verdict stands on no primary source",
            "%(count)d verdicts stand on no primary source",
            count,
        ),
        "demand_copies": ngettext(
            "%(count)d source has no saved copy", "%(count)d sources have no saved copy", count
        ),
        "demand_locator": ngettext(
            "%(count)d citation does not say where it stands in its source",
            "%(count)d citations do not say where they stand in their sources",
            count,
        ),
        "demand_confirmed": ngettext(
            "Something about %(count)d source is still to be confirmed",
            "Something about %(count)d sources is still to be confirmed",
            count,
        ),
        demands.TO_CONFIRM: ngettext(
            "%(count)d thing is still to be confirmed",
            "%(count)d things are still to be confirmed",
            count,
        ),
        "demand_reply": ngettext(
            "The right of reply is open for %(count)d claim",
            "The right of reply is open for %(count)d claims",
            count,
        ),
    }
    return words[kind] % {"count": count}


def _where_to_mend(article: Article, blocker: Blocker) -> str:
    if blocker.source is not None:
        return reverse("source", args=[blocker.source.uuid])
    if blocker.demand == "demand_reply":
        return reverse("replies", args=[article.pk])
    if blocker.kind == demands.TO_CONFIRM and blocker.claim is not None:
        return addresses.workbench(article.pk, claim=blocker.claim.pk, tab="discussion")
    if blocker.page:
        return reverse(blocker.page, args=[article.pk])
    if blocker.claim is not None:
        return addresses.workbench(article.pk, claim=blocker.claim.pk)
    if blocker.sentence is not None:
        return addresses.workbench(article.pk, sentence=blocker.sentence.name)
    return addresses.workbench(article.pk)


def cautions(
    article: Article,
    claims: list[Claim],
    reader: User,
    others: Sequence[Claim] = (),
    said: Mapping[int, str] | None = None,
) -> list[Item]:
    """What is in nobody's way and yet worth a second look before readers have it.

    `claims` are those that wait, `others` the rest of the article's; `said` is what corrections
    would say, by the key of the claim.
    """
    aside = [claim for claim in others if claim.is_shown_aside]
    named = confidence.names_before_readers(claims, others, said)
    return [
        {
            "text": claim.claim_reviewed,
            "detail": words,
            "url": addresses.workbench(article.pk, claim=claim.pk),
        }
        for claim in [*claims, *aside]
        for words in (
            *(_of_wording(article, claim) if claim not in aside else ()),
            *(name_before_readers(source, reader) for source in named.get(claim.pk, ())),
        )
        if words
    ]


def _of_wording(article: Article, claim: Claim) -> tuple[str, ...]:
    return (
        long_wording(claim.claim_reviewed),
        _without_origin(article, claim),
        _of_ourselves(article, claim),
    )


def _without_origin(article: Article, claim: Claim) -> str:
    """A caution where others could not tell who made a claim, nor where; else empty."""
    if claim.claimant_id is not None or article.url:
        return ""
    return _(
        "Nobody is named as saying it, and the article has no address. Sites that take over our"
        " checks may refuse this one: name the claimant, or give the article’s address."
    )


def _of_ourselves(article: Article, claim: Claim) -> str:
    """A caution where the desk checks its own words; else empty."""
    names = {article.desk.organisation.casefold(), article.desk.name.casefold()}
    if claim.claimant is None or claim.claimant.name.casefold() not in names:
        return ""
    return _(
        "The claimant is your own organisation. Sites that take over our checks want them to be"
        " of what others say, and may refuse this one."
    )


def done(article: Article) -> list[dict[str, str]]:
    revision = article.revision
    claims = list(Claim.objects.made_in(article).values_list("status", flat=True))
    done = []
    if not readiness.untriaged(revision).exists():
        count = revision.sentences.filter(number__isnull=False).count()
        text = ngettext(
            "The one body sentence is triaged", "All %(count)d body sentences are triaged", count
        )
        done.append({"text": text % {"count": count}})
    orphans, unconfirmed = readiness.orphans(article, revision), readiness.unconfirmed(revision)
    if not orphans.exists() and not unconfirmed.exists():
        done.append({"text": _("All marks are in place; none is orphaned")})
    settled = sum(status in readiness.PUBLISHABLE for status in claims)
    if claims and settled == len(claims):
        aside = claims.count(ClaimStatus.SET_ASIDE)
        text = ngettext(
            "%(count)d claim has an approved verdict",
            "%(count)d claims have an approved verdict",
            settled - aside,
        ) % {"count": settled - aside}
        if aside:
            text += _(", %(count)d set aside with the reason") % {"count": aside}
        done.append({"text": text})
    return done


COUNTED = {"marks", "tone", "notes", "citations", "value", "how"}
"""What only adds up what the claims say themselves, and is not whole before all are decided."""


def since_last(article: Article, reader: User) -> dict[str, Any] | None:
    """What readers will get otherwise than in the last edition: {number, changes}; None in none.

    A claim that is not decided yet, or that the reader checks blind, is none of it.
    """
    last = latest(article)
    if last is None or article.status != ArticleStatus.PUBLISHED:
        return None
    made = making.of_article(article, number=last.number, at=last.published_at, reader=reader)
    changed = [
        each
        for each in article_changes(read_article(last.content), made)
        if each.field not in COUNTED and (each.field != "claim" or each.after)
    ]
    return {"number": last.number, "changes": sides_in_words(changed)}
