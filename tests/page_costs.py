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

from annotations.formats import sitemap
from annotations.models import Article, Claim, Source, User
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
    if sql.startswith("EXECUTE"):
        sql = _kept(sql.split()[1])
    is_read = sql.lstrip(" (\n").lower().startswith(("select", "with"))
    return is_read and not {"FOR UPDATE", "FOR NO KEY UPDATE", "insert into"} & _said(sql)


def _said(sql: str) -> set[str]:
    return {words for words in ("FOR UPDATE", "FOR NO KEY UPDATE", "insert into") if words in sql}


def _kept(name: str) -> str:
    """What a statement says that the connection keeps under this name."""
    with connection.cursor() as cursor:
        cursor.execute("select statement from pg_prepared_statements where name = %s", [name])
        (told,) = cursor.fetchone()
    return str(told).partition(" AS ")[2]


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


Page = Callable[[], object]


def pages(cast: c.Cast) -> dict[str, Page]:
    """Every page that is looked at, by name: of a desk that `desk_of_size` has made."""
    return _desk_pages(cast) | _article_pages(cast) | _lists_for_readers(cast) | _published(cast)


def _page(client: Client, name: str, *args: Any, query: str = "") -> Page:
    url = f"{reverse(name, args=args)}{query}"

    def get() -> None:
        answer = client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
        _read(answer)

    return get


def _read(answer: Any) -> None:
    """Take all of an answer, as whoever asked for it does."""
    if answer.streaming:
        for _piece in answer.streaming_content:
            pass


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _desk_pages(cast: c.Cast) -> dict[str, Page]:
    editor, checker, desk = signed_in(cast.eda), signed_in(cast.ann), cast.desk.slug
    waiting = Article.objects.filter(status="draft").latest("created_at")
    mine = Claim.objects.get(marks__revision__article=waiting)
    source = Source.objects.filter(desk=cast.desk, citations__verdict__isnull=False).latest("pk")
    return {
        "queue, editor": _page(editor, "queue", desk),
        "queue, checker": _page(checker, "queue", desk),
        "articles": _page(editor, "articles", desk),
        **{
            f"articles by {sort}": _page(editor, "articles", desk, query=f"?sort={sort}")
            for sort in ("due", "age", "progress", "owner", "outlet")
        },
        "counts": _page(editor, "desk_counts", desk),
        "claims": _page(editor, "claims", desk),
        **{
            f"claims by {sort}": _page(editor, "claims", desk, query=f"?sort={sort}")
            for sort in claims.SORTS
            if sort
        },
        "articles by a rare word": _page(editor, "articles", desk, query="?q=zebra"),
        "articles by no word": _page(editor, "articles", desk, query="?q=zeppelin"),
        "articles by a common word": _page(editor, "articles", desk, query="?q=town"),
        "claims by a rare word": _page(editor, "claims", desk, query="?q=zebra"),
        "claims by a common word": _page(editor, "claims", desk, query="?q=unemployment"),
        "who makes claims": _page(editor, "claimants", desk),
        "who makes claims, by a name": _page(editor, "claimants", desk, query="?q=mayor"),
        "search of the desk, rare word": _page(editor, "desk_search", desk, query="?q=zebra"),
        "search of the desk, no word": _page(editor, "desk_search", desk, query="?q=zeppelin"),
        "search of the desk, common word": _page(
            editor, "desk_search", desk, query="?q=unemployment"
        ),
        "search of the desk, common word, checker": _page(
            checker, "desk_search", desk, query="?q=unemployment"
        ),
        "log": _page(editor, "log", desk),
        "log, checker": _page(checker, "log", desk),
        "notices": _page(editor, "notices", desk),
        "notices, checker": _page(checker, "notices", desk),
        "people": _page(editor, "people", desk),
        "a source": _page(editor, "source", source.uuid),
        "it repeats another": _page(editor, "duplicate", waiting.pk, mine.pk),
    }


def _article_pages(cast: c.Cast) -> dict[str, Page]:
    editor, checker, approver = (signed_in(each) for each in (cast.eda, cast.ann, cast.eli))
    article = Article.objects.filter(status="published").latest("created_at")
    claim = Claim.objects.filter(marks__revision__article=article).earliest("pk")
    waiting = Article.objects.filter(status="draft").latest("created_at")
    to_decide, decided = (
        Article.objects.filter(revisions__marks__claim__status=status).latest("created_at")
        for status in ("deciding", "decided")
    )
    return {
        "workbench": _page(editor, "workbench", article.pk),
        "workbench, checker": _page(checker, "workbench", waiting.pk),
        "a panel": _page(editor, "workbench", article.pk, query=f"?claim={claim.pk}"),
        "history of a claim": _page(
            editor, "workbench", article.pk, query=f"?claim={claim.pk}&tab=history"
        ),
        "history": _page(editor, "history", article.pk),
        "the decision": _page(editor, "decide", to_decide.pk),
        "the approval": _page(approver, "approve", decided.pk),
        "the preview": _page(approver, "preview", decided.pk),
        "the preview of what is published": _page(approver, "preview", article.pk),
        "an article as one page": _page(editor, "dossier", article.pk),
        "an article's evidence": _page(editor, "evidence", article.pk),
    }


def _lists_for_readers(cast: c.Cast) -> dict[str, Page]:
    reader, desk = Client(), cast.desk.slug
    mayor = "?name=The+mayor"
    return {
        "search choices": lambda: catalogue.choices(),
        "search choices of a desk": lambda: catalogue.choices(desk),
        "search, rare word": _page(reader, "public_search", query="?q=zebra"),
        "search, common word": _page(reader, "public_search", query="?q=unemployment"),
        "search, two words": _page(reader, "public_search", query="?q=unemployment+zebra"),
        "search, no word": _page(reader, "public_search", query="?q=zeppelin"),
        "search of a desk, common word": _page(
            reader, "public_search", query=f"?q=unemployment&desk={desk}"
        ),
        "search by rating": _page(reader, "public_search", query="?rating=False"),
        "public index": _page(reader, "public_index"),
        "public index of a desk": _page(reader, "public_desk", desk),
        "corrections": _page(reader, "public_corrections"),
        "corrections of a desk": _page(reader, "public_desk_corrections", desk),
        "claimants": _page(reader, "public_claimants", desk),
        "a claimant": _page(reader, "public_claimants", desk, query=mayor),
        "checks feed": _page(reader, "checks_feed"),
        "checks feed of a desk": _page(reader, "desk_checks_feed", desk),
        "corrections feed": _page(reader, "corrections_feed"),
        "checks of a claimant": _page(reader, "claimant_feed", desk, query=mayor),
        "ClaimReviews": _page(reader, "claim_reviews"),
        "checks as lines": _page(reader, "checks_lines"),
        "checks of a desk as lines": _page(reader, "desk_checks_lines", desk),
        "sitemap": _large_sitemap(_page(reader, "sitemap")),
        "a part of the sitemap": _large_sitemap(_page(reader, "sitemap", query="?from=0")),
    }


def _large_sitemap(page: Page) -> Page:
    """The page of a site with more addresses than one file may hold."""

    def get() -> None:
        limit, sitemap.LIMIT = sitemap.LIMIT, 500
        try:
            page()
        finally:
            sitemap.LIMIT = limit

    return get


def _published(cast: c.Cast) -> dict[str, Page]:
    """One article and one of its claims, as readers and other systems get them."""
    reader = Client()
    article = Article.objects.filter(status="published").latest("created_at")
    claim = Claim.objects.filter(marks__revision__article=article).earliest("pk")
    of_article = (cast.desk.slug, article.slug)
    of_claim = (cast.desk.slug, claim.number, claim.slug)
    return {
        "public claim": _page(reader, "public_claim", *of_claim),
        "public claim as JSON": _page(reader, "public_claim_json", *of_claim),
        "public claim, embedded": _page(reader, "embed_claim", *of_claim),
        "public article": _page(reader, "public_article", *of_article),
        "public article as JSON": _page(reader, "public_article_json", *of_article),
        "public article, embedded": _page(reader, "embed_article", *of_article),
        "versions of an article": _page(reader, "public_versions", *of_article),
        "an edition": _page(reader, "public_edition", *of_article, 1),
        "web annotations": _page(reader, "web_annotations", *of_article),
        "web annotations, a page": _page(reader, "web_annotations", *of_article, query="?page=1"),
    }
