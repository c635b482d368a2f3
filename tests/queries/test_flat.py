"""No page costs a desk's past: four times the past reads no more rows, and hardly more pages.

Rows and buffers are what PostgreSQL itself counts while each statement of a page is run again; a
page of an index that became a level deeper is the only thing that may be added.
"""

from __future__ import annotations

import pytest
from django.db import connection

from tests import desk_of_size as size
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


@pytest.fixture
def sizes(without_dead_rows, cast) -> tuple[dict[str, Work], dict[str, Work]]:
    size.in_work(cast, 3)
    size.published(cast, "The zebra")
    article = size.published(cast)
    with connection.cursor() as cursor:
        cursor.execute(AS_IF_LARGE)
    size.grow(article, 1, SMALL)
    size.settle()
    small = {name: Work(act) for name, act in pages(cast).items()}
    size.grow(article, SMALL, LARGE)
    size.settle()
    large = {name: Work(act) for name, act in pages(cast).items()}
    return small, large


def test_no_page_costs_what_the_desk_has_done(sizes):
    small, large = sizes
    grown = {
        name: f"rows {before.rows} to {after.rows}, pages {before.buffers} to {after.buffers}"
        for name, (before, after) in {name: (small[name], large[name]) for name in small}.items()
        if after.rows > 1.2 * before.rows + 5 or after.buffers > 1.2 * before.buffers + after.rows
    }
    assert not grown, "\n".join(
        [f"{name}: {words}" for name, words in grown.items()]
        + [f"--- {name}\n{large[name]}" for name in grown]
    )
