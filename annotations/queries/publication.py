"""What readers get: editions, and the few facts about them that may change after publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONArray
from django.http import Http404
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from annotations.editions.content import RETRACTED, ArticleEdition, Aside
from annotations.formats.look import Look, look_of
from annotations.models import (
    LOOK_FIELDS,
    Article,
    Claim,
    DailyRoot,
    Desk,
    Edition,
    Mark,
    Stamp,
    Transition,
)
from annotations.prepared import Prepared, PreparedRows
from annotations.vocabulary import ArticleStatus, ClaimStatus, MoveName, SetAside, StampState

NAMES = ("name", "organisation")
"""What a desk is called at the head of its lists, whatever its editions say."""
LOOK_OF_DESK = tuple(f"desk__{name}" for name in LOOK_FIELDS)

SETTLED = (ClaimStatus.PUBLISHED, ClaimStatus.RETRACTED)
"""A published claim at any other stage is being looked at again: readers are told."""


@dataclass(frozen=True, slots=True)
class State:
    """All that a public page is made from, so that two equal states are one page.

    Asking for it costs one statement; so does telling a reader that nothing has changed.
    """

    key: tuple[Any, ...]
    modified: dt.datetime | None
    language: str
    zone: str = "UTC"
    """The desk's time zone, which its pages tell times in."""
    reviewed: int = 0
    corrected: str = ""
    """The kind of the newest correction, while the desk's policy wants it said at the top."""
    also_in: tuple[tuple[str | int, ...], ...] = ()
    """The published translations, by language: the language, then what their address holds."""
    look: Look | None = None
    """What the desk's pages look like, where it chose anything."""
    shows_copies: bool = False
    """Whether readers can open the saved copies of what is published (queries.shown_copies)."""

    @property
    def made_from(self) -> tuple[Any, ...]:
        """The key, with the look: one that is no edition's, and changes by itself."""
        return (*self.key, self.look) if self.look else self.key


def article_edition(desk: str, slug: str) -> Edition:
    """The newest edition of a published article, a tombstone perhaps. Raises Http404."""
    found = _NEWEST.one(desk, slug)
    if found is None:
        raise Http404
    return found


def _newest(desk: str, slug: str) -> QuerySet[Edition]:
    found = Edition.objects.filter(desk__slug=desk, article__slug=slug)
    return found.select_related("article", "desk").order_by("-number")[:1]


def article_editions(edition: Edition) -> list[Edition]:
    """The editions of an article up to this one, newest first, without their content."""
    return _UP_TO(edition.article_id, edition.number)


def _up_to(article: int, number: int) -> QuerySet[Edition]:
    found = Edition.objects.filter(article=article, number__lte=number).order_by("-number")
    return found.only("number", "published_at", "article_id", "uuid")


_NEWEST: PreparedRows[Edition] = PreparedRows(_newest, 2)
_UP_TO: PreparedRows[Edition] = PreparedRows(_up_to, 2)


@dataclass(frozen=True, slots=True)
class FirstPublished:
    """When readers first had an article, and each of its claims by the claim's number."""

    article: dt.datetime
    claims: dict[int, dt.datetime]


def first_published(edition: Edition) -> FirstPublished:
    """When what an article's edition holds was first published: one statement."""
    claims = Mark.objects.filter(revision__article=edition.article_id).values("claim")
    first = Edition.objects.filter(number=1).order_by()
    # Two lists, each by an index of its own: in one condition, all editions would be read.
    own, of_claims = first.filter(article=edition.article_id), first.filter(claim__in=claims)
    columns = ("claim__number", "published_at")
    rows = own.values_list(*columns).union(of_claims.values_list(*columns))
    found = {number: at for number, at in rows if number is not None}
    article = next((at for number, at in rows if number is None), edition.published_at)
    return FirstPublished(article, found)


def article_states(desk: str, slug: str) -> State:
    """The state of an article's page. Raises Http404."""
    return _state(_ARTICLE.one(desk, slug))


def _article(desk: str, slug: str) -> QuerySet[Edition, Any]:
    marks = Mark.objects.filter(revision__article=OuterRef(OuterRef("article")))
    again = (
        Claim.objects.filter(pk__in=marks.values("claim"), editions__isnull=False)
        .exclude(status__in=SETTLED)
        .order_by()
        .values("desk")
        .annotate(n=Count("pk", distinct=True))
        .values("n")
    )
    also_in = _others(Article, "article", "language", "desk__slug", "slug").filter(
        status=ArticleStatus.PUBLISHED
    )
    return _told(
        Edition.objects.filter(desk__slug=desk, article__slug=slug),
        again,
        Transition.objects.filter(claim__in=marks.values("claim")),
        told=Transition.objects.filter(article=OuterRef("article")),
        also_in=also_in,
        corrected=("content__corrections__0__kind", "content__corrections__0__at"),
    )


def claim_states(desk: str, number: int, slug: str) -> State:
    """The state of a claim's page. Raises Http404."""
    return _state(_CLAIM.one(desk, number))


def numbered(desk: str, number: int) -> Subquery:
    """The key of a desk's claim: found first, since claims of all desks have that number."""
    found = Claim.objects.filter(desk__slug=desk, number=number)
    return Subquery(found.order_by().values("pk")[:1])


def _claim(desk: str, number: int) -> QuerySet[Edition, Any]:
    again = (
        Claim.objects.filter(pk=OuterRef("claim"))
        .exclude(status__in=SETTLED)
        .order_by()
        .values("desk")
        .annotate(n=Count("pk"))
        .values("n")
    )
    also_in = _others(Claim, "claim", "language", "desk__slug", "number", "slug").filter(
        edition__isnull=False
    )
    moves = Transition.objects.filter(claim=OuterRef("claim"))
    return _told(
        Edition.objects.filter(claim=numbered(desk, number)),
        again,
        moves,
        told=moves,
        also_in=also_in,
        corrected=("correction__kind", "correction__at"),
    )


def _others(kind: type[Article | Claim], name: str, *fields: str) -> QuerySet[Any]:
    """The other members of the group of the edition's article or claim, each as a list of fields.

    The caller leaves those that are published: nothing else is named or counted.
    """
    original = Coalesce(OuterRef(f"{name}__original"), OuterRef(name))
    return (
        kind.objects.filter(Q(pk=original) | Q(original=original))
        .exclude(pk=OuterRef(name))
        .order_by("language")
        .values_list(JSONArray(*fields), flat=True)
    )


def _told(
    rows: QuerySet[Edition],
    again: QuerySet[Any],
    transitions: QuerySet[Transition],
    *,
    told: QuerySet[Transition],
    also_in: QuerySet[Any],
    corrected: tuple[str, str],
) -> QuerySet[Edition, Any]:
    """Of the log, only what readers are told of anyway may count (rule 4): that a claim is looked
    at again, and that a translation was published, tied, or is no more."""
    reopened = transitions.filter(move=MoveName.REOPEN).order_by("-at").values("at")[:1]
    # A name may be gone from an edition since it was made, of whichever desk.
    erased = Transition.objects.filter(move=MoveName.ERASE).order_by("-at")
    told_at = told.filter(move=MoveName.ALSO_IN).order_by("-at").values("at")[:1]
    answered = rows.annotate(
        again=Subquery(again),
        reopened=Subquery(reopened),
        told=Subquery(told_at),
        erased=Subquery(erased.values("at")[:1]),
        also_in=ArraySubquery(also_in),
    )
    return answered.order_by("-number").values_list(
        "pk",
        "published_at",
        "desk__language",
        "desk__time_zone",
        "desk__corrected_days",
        "desk__shows_copies",
        "again",
        "reopened",
        "told",
        "erased",
        "also_in",
        *corrected,
        *LOOK_OF_DESK,
    )[:1]


_ARTICLE, _CLAIM = Prepared(_article, 2), Prepared(_claim, 2)


def _state(row: tuple[Any, ...] | None) -> State:
    """As the database tells it (`_told`). Raises Http404 where there is nothing."""
    if row is None:
        raise Http404
    pk, published, language, zone, days, shows, reviewed, reopened_at, *later = row
    named_at, erased_at, others, kind, at, *chosen = later
    said_until = _said_until(at, days)
    corrected_now = kind if kind and said_until and timezone.now() < said_until else ""
    moments = [published, reopened_at if reviewed else None, named_at, erased_at]
    if said_until and not corrected_now:
        moments.append(said_until)
    return State(
        key=(pk, reviewed or 0, corrected_now, others, erased_at, shows),
        modified=max(moment for moment in moments if moment),
        language=language,
        zone=zone,
        reviewed=reviewed or 0,
        corrected=corrected_now,
        also_in=tuple(tuple(other) for other in others),
        look=look_of(*chosen),
        shows_copies=shows,
    )


def _said_until(at: Any, days: int) -> dt.datetime | None:
    """Until when a page says "Corrected" at its top; no days: for good."""
    moment = parse_datetime(at) if isinstance(at, str) else at
    if moment is None:
        return None
    return moment + dt.timedelta(days=days) if days else dt.datetime.max.replace(tzinfo=dt.UTC)


def site_state(desk: str | None = None) -> State:
    """The state of lists and feeds: of one desk (or Http404), or of all.

    They rest on what was published last, on which names of claimants are one, on whose name is
    gone from a correction, and on what the desk is called.
    """
    if desk is None:
        pk, at, named_at = _SITE.one() or (None,) * 3
        return State(key=(pk, named_at), modified=_latest(at, named_at), language="")
    row = _DESK.one(desk)
    if row is None:
        raise Http404
    *key, at, language, zone = row[: -len(LOOK_FIELDS)]
    look = look_of(*row[-len(LOOK_FIELDS) :])
    return State(tuple(key), _latest(at, row[2]), language, zone, look=look)


def _site() -> QuerySet[Edition, Any]:
    # The last written is the last published: no need to look at all of them.
    named = Subquery(_names_changed().values("at")[:1])
    last = Edition.objects.order_by("-pk").annotate(named=named)
    return last.values_list("pk", "published_at", "named")[:1]


def _desk(slug: str) -> QuerySet[Desk, Any]:
    own = Edition.objects.filter(desk=OuterRef("pk"))
    here = _names_changed().filter(desk=OuterRef("pk"))
    rows = (
        Desk.objects.filter(slug=slug)
        .order_by()
        .annotate(
            last=Subquery(own.order_by("-pk").values("pk")[:1]),
            at=Subquery(own.order_by("-pk").values("published_at")[:1]),
            named=Subquery(here.values("at")[:1]),
        )
    )
    return rows.values_list(
        "pk", "last", "named", *NAMES, "at", "language", "time_zone", *LOOK_FIELDS
    )


_SITE, _DESK = Prepared(_site, 0), Prepared(_desk, 1)


def only_desk() -> str | None:
    """The slug of the one desk of this site; None where there are several, or none."""
    slugs = list(Desk.objects.order_by("pk").values_list("slug", flat=True)[:2])
    return slugs[0] if len(slugs) == 1 else None


def start_state() -> State:
    """The state of the start page, which is the desk's where there is only one.

    One statement where there are several: a page that is kept costs no more.
    """
    row = _START.one()
    if row is None:
        return site_state(only_desk())
    pk, at, named, desks = row
    if len(desks) == 1:
        return site_state(desks[0])
    return State(key=(pk, named), modified=_latest(at, named), language="")


def _names_changed() -> QuerySet[Transition]:
    """When names of claimants were changed, joined or parted, or anybody's was erased, the last
    time first."""
    moves = [
        MoveName.MERGE_CLAIMANTS,
        MoveName.PART_CLAIMANTS,
        MoveName.CHANGE_CLAIMANT,
        MoveName.ERASE,
    ]
    return Transition.objects.filter(move__in=moves).order_by("-at")


def _start() -> QuerySet[Edition, Any]:
    slugs = ArraySubquery(Desk.objects.order_by("pk").values("slug")[:2])
    last = Edition.objects.annotate(slugs=slugs, named=Subquery(_names_changed().values("at")[:1]))
    return last.order_by("-pk").values_list("pk", "published_at", "named", "slugs")[:1]


def _search() -> QuerySet[Edition, Any]:
    told = JSONArray(*NAMES, "language", *LOOK_FIELDS)
    looks = ArraySubquery(Desk.objects.order_by("pk").values_list(told, flat=True))
    named = Subquery(_names_changed().values("at")[:1])
    last = Edition.objects.annotate(looks=looks, named=named).order_by("-pk")
    return last.values_list("pk", "published_at", "named", "looks")[:1]


_START, _SEARCH = Prepared(_start, 0), Prepared(_search, 0)


def _latest(*moments: dt.datetime | None) -> dt.datetime | None:
    return max((moment for moment in moments if moment), default=None)


def search_state() -> State:
    """The state of a search: as of all lists, and of what desks are called and look like, of which
    it may name one."""
    pk, at, named_at, found = _SEARCH.one() or (None,) * 4
    return State(key=(pk, named_at, found), modified=_latest(at, named_at), language="")


def looks_with_logo(desks: Iterable[int]) -> dict[int, Look]:
    """The looks of those of the desks (by their keys) that have a logo."""
    rows = Desk.objects.filter(pk__in=desks).exclude(logo_file="")
    return {row.pk: row.look for row in rows.only(*LOOK_FIELDS) if row.look}


def roots_state() -> State:
    """The state of the list of roots: it grows by one a day, and by the stamps of each."""
    made = DailyRoot.objects.values_list("pk", "made_at").first()
    stamped = Stamp.objects.filter(state=StampState.STAMPED).aggregate(
        Count("pk"), Max("stamped_at")
    )
    moments = [each for each in (made and made[1], stamped["stamped_at__max"]) if each]
    key = (made and made[0], stamped["pk__count"])
    return State(key=key, modified=max(moments, default=None), language="")


def proof_state(key: UUID) -> State:
    """The state of the proof of an edition that stands. Raises Http404 for no such edition."""
    rows = Edition.objects.standing().filter(uuid=key)
    found = rows.values_list("pk", "leaf__root", "article__status").first()
    if found is None:
        raise Http404
    stamps = Stamp.objects.filter(root=found[1], state=StampState.STAMPED).count()
    return State(key=(*found, stamps), modified=None, language="")


def claim_editions(desk: str, number: int) -> list[Edition]:
    """All editions of a published claim, newest first, with their corrections; may be empty."""
    return _OF_CLAIM(desk, number)


def _of_claim(desk: str, number: int) -> QuerySet[Edition]:
    found = Edition.objects.filter(claim=numbered(desk, number))
    return found.select_related("claim", "correction", "desk").order_by("-number")


_OF_CLAIM: PreparedRows[Edition] = PreparedRows(_of_claim, 2)


UNRATED = "unrated"
"""The tone of a claim without a verdict that nobody set aside: only a preview can hold one."""


def aside_tone(aside: Aside | None) -> str:
    return "aside" if aside is not None and aside.why else UNRATED


def aside_label(aside: Aside | None) -> str:
    """Why a claim is not rated, in the reader's language."""
    if aside is None or not aside.why:
        return _("No rating yet")
    return _("Retracted") if aside.why == RETRACTED else str(SetAside(aside.why).label)


def tally(edition: ArticleEdition) -> list[dict[str, Any]]:
    """How many claims got which rating, in the order of the scale's numbers, best first."""
    counted: dict[tuple[str, str], dict[str, Any]] = {}
    for claim in edition.claims:
        if claim.verdict is not None:
            rating = claim.verdict.rating
            tone, label, value = rating.tone, rating.label, rating.value
        else:
            tone, label, value = aside_tone(claim.set_aside), aside_label(claim.set_aside), None
        part = counted.setdefault(
            (tone, label),
            {
                "tone": tone,
                "label": label,
                "value": value,
                "count": 0,
                "first": claim.position,
                "is_retracted": claim.set_aside is not None and claim.set_aside.why == RETRACTED,
            },
        )
        part["count"] += 1
    return sorted(
        counted.values(),
        key=lambda part: (
            part["tone"] in ("aside", UNRATED),
            part["value"] is None,
            -(part["value"] or 0),
        ),
    )
