"""What a first visit loads: few files, from this host only, within the budgets."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Response

from annotations import workflow
from tests import cast as c
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

REQUESTS = {"public": 7, "workbench": 12, "check": 12, "both": 13}
KILOBYTES = {"public": 120, "workbench": 200, "check": 200, "both": 200}


@pytest.mark.heart
@pytest.mark.parametrize("which", REQUESTS)
def test_a_first_visit_loads_little(transactional_db, new_page, which):
    cast = Cast()
    if which == "check":
        article, claim = cast.checking()
    elif which == "both":  # an editor who also owes a check, of an article still open for marking
        article, claim = cast.checking()
        c.mark(article, c.SECOND, cast.eda)
        c.make_editor(cast.ann, cast.desk)
    else:
        article, claim = cast.approved()
        workflow.publish(article, actor=cast.eli)
    address = {
        "public": f"/checks/desk/{article.slug}/",
        "workbench": f"/articles/{article.pk}/",
        "check": f"/articles/{article.pk}/",
        "both": f"/articles/{article.pk}/?claim={claim.pk}",
    }[which]
    page = new_page({"public": None, "workbench": cast.eda}.get(which, cast.ann))
    loaded: dict[str, Response] = {}
    page.on("response", lambda response: loaded.setdefault(response.url.split("#")[0], response))
    page.goto(address, wait_until="networkidle")
    assert len(loaded) <= REQUESTS[which], sorted(loaded)
    sizes = {url: len(response.body()) for url, response in list(loaded.items())}
    assert weight(loaded) <= KILOBYTES[which] * 1000, sizes


def weight(loaded: dict[str, Response]) -> int:
    """Bytes on the way. Fonts are compressed already; the rest leaves a server compressed."""
    bodies = {url: response.body() for url, response in list(loaded.items())}
    return sum(
        len(body) if url.endswith(".woff2") else len(gzip.compress(body))
        for url, body in bodies.items()
    )
