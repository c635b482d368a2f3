"""No page costs a desk's past: four times the past reads no more rows, and hardly more pages.

Rows and buffers are what PostgreSQL itself counts while each statement of a page is run again; a
page of an index that became a level deeper is the only thing that may be added.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

import pytest
from django.db import connection

from annotations.database import plans
from annotations.models import Article
from annotations.queries import catalogue, filters
from tests import cast as c
from tests import desk_of_size as size
from tests.move_costs import Moved, moves
from tests.page_costs import Work, pages

SMALL, LARGE = 200, 800
"""Published articles: 5,000 and 20,000 sentences. Whatever is counted to 1,000 is so in both."""

# At these sizes it can be right to read a table of some hundred pages whole. With those ways shut,
# a plan is what a table a hundred times as large gets, and shows whether an index bounds the work.
AS_IF_LARGE = """
set local jit = off;
set local enable_seqscan = off;
set local enable_hashjoin = off;
set local enable_mergejoin = off;
"""

GROWS = {
    "search of the desk, common word": "looks for the word in the index of all texts",
    "search of the desk, common word, checker": "looks for the word in the index of all texts",
}
"""What is not flat, as docs/performance.md says, and why."""

GROWS_AMONG_SMALL = {
    "claims": "is walked from the newest of all desks, and here all newer ones are of others",
    "sitemap": "has a line for each part, and there are four times as many",
    "search by rating": "is walked from the newest of all desks, until a page of it is found",
}
"""As `GROWS`, of a desk with a long past among many that have one article each."""


@pytest.fixture(autouse=True)
def common_is_what_a_hundred_have(monkeypatch):
    """As what a thousand have, at these sizes: then it is soon found among the newest rows."""
    monkeypatch.setattr(filters, "FEW", 100)
    monkeypatch.setattr(catalogue, "MOST", 100)


@pytest.fixture(params=["for these keys", "for any keys"])
def planned(request, db, monkeypatch) -> None:
    """How PostgreSQL plans: for these keys behind a pooler, else for any, once in a connection.

    What is planned for any keys is explained as it is asked, by its name.
    """
    if request.param == "for any keys":
        monkeypatch.delattr(plans.Cursor, "query")
        with connection.cursor() as cursor:
            cursor.execute("set local plan_cache_mode = force_generic_plan")


def begun(cast: c.Cast) -> Article:
    """What is in work at the desk; and an article that it published, to be copied."""
    size.begun(cast)
    size.in_work(cast, 3)
    size.published(cast, "The zebra")
    article = size.published(cast)
    with connection.cursor() as cursor:
        cursor.execute(AS_IF_LARGE)
    return article


Cost = TypeVar("Cost", Work, Moved)


def grown(
    small: dict[str, Cost], large: dict[str, Cost], also: Mapping[str, str] = MappingProxyType({})
) -> str:
    """What costs more than a fifth more, with the statements of each; empty if all is well."""
    dear = {
        name: f"rows {before.rows} to {after.rows}, pages {before.buffers} to {after.buffers}"
        for name, (before, after) in {name: (small[name], large[name]) for name in small}.items()
        if name not in {**GROWS, **also}
        if after.rows > 1.2 * before.rows + 5 or after.buffers > 1.2 * before.buffers + after.rows
    }
    return "\n".join(
        [f"{name}: {words}" for name, words in dear.items()]
        + [f"--- {name}\n{large[name]}" for name in dear]
    )


def costs(acts: dict[str, Callable[[], object]], cost: type[Cost]) -> dict[str, Cost]:
    size.settle()
    found = {}
    for name, act in acts.items():
        with connection.cursor() as cursor:  # a common word is found by looking at any rows
            cursor.execute(f"set local enable_seqscan = {'on' if 'common' in name else 'off'}")
            # What was planned for any keys before keeps its plan, of tables and ways of then.
            for kept in connection.connection.kept.values():
                cursor.execute(f"deallocate {kept}")
        connection.connection.kept.clear()
        found[name] = cost(act)
    return found


def test_no_page_costs_what_the_desk_has_done(without_dead_rows, planned, cast):
    article = begun(cast)
    size.grow(article, 1, SMALL)
    small = costs(pages(cast), Work)
    size.grow(article, SMALL, LARGE)
    dear = grown(small, costs(pages(cast), Work))
    assert not dear, dear


def test_no_page_costs_what_other_desks_have_done(without_dead_rows, planned, cast):
    """One article a desk, at 200 desks and at 800."""
    article = begun(cast)
    size.grow(article, 1, SMALL, spread=True)
    small = costs(pages(cast), Work)
    size.grow(article, SMALL, LARGE, spread=True)
    dear = grown(small, costs(pages(cast), Work))
    assert not dear, dear


def test_no_page_costs_more_at_a_large_desk_among_small_ones(without_dead_rows, planned, cast):
    """What is planned for any desk is planned for a small one, and asked of the large one too."""
    article = begun(cast)
    size.grow(article, 1, SMALL)
    size.grow(article, LARGE, LARGE + SMALL, spread=True)
    small = costs(pages(cast), Work)
    size.grow(article, SMALL, LARGE)
    size.grow(article, LARGE + SMALL, 2 * LARGE, spread=True)
    dear = grown(small, costs(pages(cast), Work), also=GROWS_AMONG_SMALL)
    assert not dear, dear


def test_no_move_costs_what_the_desk_has_done(without_dead_rows, planned, cast):
    """With all that it sets off, and the page that follows."""
    article = begun(cast)
    size.grow(article, 1, SMALL)
    small = costs(moves(cast), Moved)
    size.grow(article, SMALL, LARGE)
    dear = grown(small, costs(moves(cast), Moved))
    assert not dear, dear
