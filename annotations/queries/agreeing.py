"""How far a desk's people agreed on claims that readers have: by scale, and by pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from django.utils.translation import gettext as _

from annotations import agreement
from annotations.agreement import Measure, Undefined
from annotations.models import Annotation, Desk, Rating, RatingScale, User
from annotations.queries.access import may
from annotations.rights import Right

from .period import LEAST, Cell, Confusion, Figure, Row

MOST_PAIRS = 50
"""Pairs that the table shows: those with most claims in common."""

Given = dict[int, list[tuple[int, int]]]
"""Who answered what, as keys of person and rating, by the key of the claim."""


def too_few() -> str:
    """Why there is no figure: one of few claims would tell of single annotations."""
    return _("Shown from %(least)d claims on: fewer would tell of single annotations.") % {
        "least": LEAST
    }


def figures(desk: Desk, user: User, settled: list[int]) -> list[Figure]:
    """Agreement on these claims, by their keys, for each scale; pairs for those who assign.

    What was revised in view of others' answers does not count, nor what the person checks blind.
    """
    given = _given(user, settled)
    if not given:
        return [_figure(_("Agreement"), [])]
    found: list[Figure] = []
    for scale, answers in given.items():
        ratings = list(scale.ratings.all())
        found.append(_of_scale(scale, ratings, answers))
        if may(desk, Right.ASSIGN):
            found.append(_of_pairs(scale, answers))
    return found


def _given(user: User, settled: list[int]) -> dict[RatingScale, Given]:
    blind = Annotation.objects.visible_to(user).independent().unread()
    rows = blind.filter(assignment__claim__in=settled, disclosed_at__isnull=False).order_by()
    by_scale: dict[int, Given] = defaultdict(lambda: defaultdict(list))
    for claim, person, rating, scale in rows.values_list(
        "assignment__claim", "assignment__person", "rating", "rating__scale"
    ):
        by_scale[scale][claim].append((person, rating))
    scales = RatingScale.objects.prefetch_related("ratings").in_bulk(list(by_scale))
    return {scales[key]: by_scale[key] for key in sorted(by_scale)}


def _of_scale(scale: RatingScale, ratings: list[Rating], answers: Given) -> Figure:
    units = [[rating for _person, rating in rows] for rows in answers.values() if len(rows) > 1]
    title = _("Agreement: %(scale)s") % {"scale": scale}
    if len(units) < LEAST:
        return _figure(title, [])
    numbered = sorted((r for r in ratings if r.value is not None), key=lambda r: r.value or 0)
    order = [rating.pk for rating in numbered]
    rows = [_row(_("Every rating (nominal)"), agreement.measure(units))]
    if len(order) > 1:
        ordered = [[value for value in unit if value in order] for unit in units]
        found = agreement.measure(ordered, order)
        if found.units >= LEAST:
            rows.append(_row(_("Ratings with a number (ordinal)"), found))
    figure = _figure(title, rows)
    met = agreement.confusion(units)
    figure.confusion = Confusion(
        [rating.label for rating in ratings],
        [[met[one.pk, other.pk] for other in ratings] for one in ratings],
    )
    return figure


def _of_pairs(scale: RatingScale, answers: Given) -> Figure:
    pairs: dict[tuple[int, int], list[list[int]]] = defaultdict(list)
    for given in answers.values():
        for (one, first), (other, second) in combinations(sorted(given), 2):
            pairs[one, other].append([first, second])
    often = sorted((p for p in pairs if len(pairs[p]) >= LEAST), key=lambda p: -len(pairs[p]))
    people = User.objects.in_bulk({key for pair in often[:MOST_PAIRS] for key in pair})
    rows = [
        _row(" – ".join(str(people[key]) for key in pair), agreement.measure(pairs[pair]))
        for pair in often[:MOST_PAIRS]
    ]
    figure = _figure(_("Agreement by pair: %(scale)s") % {"scale": scale}, rows)
    figure.key = "agreement by pair"
    return figure


def _figure(title: str, rows: list[Row]) -> Figure:
    return Figure(
        "agreement",
        title,
        [
            _("Ratings compared"),
            _("Claims"),
            _("Answers"),
            _("Same rating, %"),
            _("Krippendorff’s alpha"),
        ],
        rows,
        note=_("Before people saw each other’s work. 1 is perfect, 0 is what chance would give."),
        empty=too_few(),
        whole=100,
    )


def _row(name: str, found: Measure) -> Row:
    cells: Iterable[Cell] = (found.units, found.values, found.percent, _alpha(found))
    return Row(name, list(cells), size=found.percent)


def _alpha(found: Measure) -> float | str:
    if found.alpha is not None:
        return round(found.alpha, 2)
    if found.why == Undefined.ONE_VALUE_ONLY:
        return _("Undefined, because only one rating occurs")
    return _("Undefined, because nothing was rated by two people")
