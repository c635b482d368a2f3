"""What the statements of a page read, as PostgreSQL counts it; and the pages that are looked at."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import Article, Claim
from annotations.queries import catalogue, claims
from tests import cast as c


class Work:
    """What running a page's statements again took."""

    def __init__(self, act: Callable[[], object]) -> None:
        act()  # what a process does once is not the page's cost
        caches["process"].clear()
        with CaptureQueriesContext(connection) as queries:
            act()
        self.parts = [_explained(query["sql"]) for query in queries if _is_read(query["sql"])]

    @property
    def rows(self) -> int:
        return sum(rows for rows, _buffers, _sql in self.parts)

    @property
    def buffers(self) -> int:
        return sum(buffers for _rows, buffers, _sql in self.parts)

    def __str__(self) -> str:
        return "\n".join(f"{rows:7} rows {pages:7} pages  {sql}" for rows, pages, sql in self.parts)


def _is_read(sql: str) -> bool:
    return sql.lstrip(" (\n").lower().startswith(("select", "with")) and "FOR UPDATE" not in sql


def _explained(sql: str) -> tuple[int, int, str]:
    with connection.cursor() as cursor:
        cursor.execute(f"explain (analyze, buffers, timing off, format json) {sql}")
        answer = cursor.fetchone()[0]
    plan = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
    return _rows(plan), plan["Shared Hit Blocks"] + plan["Shared Read Blocks"], sql


def _rows(plan: dict[str, Any]) -> int:
    """Rows that were read from tables and indexes, those that a filter then left out included."""
    here = 0
    if "Scan" in plan["Node Type"]:
        left_out = plan.get("Rows Removed by Filter", 0) + plan.get(
            "Rows Removed by Index Recheck", 0
        )
        here = int((plan["Actual Rows"] + left_out) * plan["Actual Loops"])
    return here + sum(_rows(part) for part in plan.get("Plans", ()))


def pages(cast: c.Cast) -> dict[str, Callable[[], object]]:
    editor, checker, reader = Client(), Client(), Client()
    editor.force_login(cast.eda)
    checker.force_login(cast.ann)
    article = Article.objects.filter(status="published").latest("created_at")
    claim = Claim.objects.filter(marks__revision__article=article).earliest("pk")
    open_article = Article.objects.filter(status="draft").latest("created_at")
    mine = Claim.objects.get(marks__revision__article=open_article)

    def page(client: Client, url: str) -> Callable[[], object]:
        def get() -> None:
            answer = client.get(url)
            assert answer.status_code == 200, (url, answer.status_code)
            getattr(answer, "content", None)

        return get

    workbench = reverse("workbench", args=[article.pk])
    return {
        "queue, editor": page(editor, reverse("queue", args=["desk"])),
        "queue, checker": page(checker, reverse("queue", args=["desk"])),
        "articles": page(editor, reverse("articles", args=["desk"])),
        **{
            f"articles by {sort}": page(editor, f"{reverse('articles', args=['desk'])}?sort={sort}")
            for sort in ("due", "age", "progress", "owner", "outlet")
        },
        "counts": page(editor, reverse("desk_counts", args=["desk"])),
        "claims": page(editor, reverse("claims", args=["desk"])),
        **{
            f"claims by {sort}": page(editor, f"{reverse('claims', args=['desk'])}?sort={sort}")
            for sort in claims.SORTS
            if sort
        },
        "articles by a rare word": page(editor, f"{reverse('articles', args=['desk'])}?q=zebra"),
        "articles by no word": page(editor, f"{reverse('articles', args=['desk'])}?q=zeppelin"),
        "claims by a rare word": page(editor, f"{reverse('claims', args=['desk'])}?q=zebra"),
        "who makes claims": page(editor, reverse("claimants", args=["desk"])),
        "who makes claims, by a name": page(
            editor, f"{reverse('claimants', args=['desk'])}?q=mayor"
        ),
        "workbench": page(editor, workbench),
        "workbench, checker": page(checker, reverse("workbench", args=[open_article.pk])),
        "a panel": page(editor, f"{workbench}?claim={claim.pk}"),
        "history of a claim": page(editor, f"{workbench}?claim={claim.pk}&tab=history"),
        "history": page(editor, reverse("history", args=[article.pk])),
        "log": page(editor, reverse("log", args=["desk"])),
        "log, checker": page(checker, reverse("log", args=["desk"])),
        "notices": page(editor, reverse("notices", args=["desk"])),
        "notices, checker": page(checker, reverse("notices", args=["desk"])),
        "it repeats another": page(editor, reverse("duplicate", args=[open_article.pk, mine.pk])),
        "search choices": lambda: catalogue.choices(),
        "search choices of a desk": lambda: catalogue.choices(cast.desk.slug),
        "search, rare word": page(reader, "/search/?q=zebra"),
        "public index": page(reader, "/"),
        "public index of a desk": page(reader, f"/checks/{cast.desk.slug}/"),
        "checks feed": page(reader, "/feeds/checks.atom"),
        "corrections feed": page(reader, "/feeds/corrections.atom"),
        "checks of a claimant": page(
            reader, f"/feeds/{cast.desk.slug}/claimant.atom?name=The+mayor"
        ),
        "public claim": page(
            reader, reverse("public_claim", args=[cast.desk.slug, claim.number, claim.slug])
        ),
        "public article": page(
            reader, reverse("public_article", args=[cast.desk.slug, article.slug])
        ),
    }
