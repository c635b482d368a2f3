"""What a move reads, with all that it sets off: triggers, keys that are looked up, the next page.

PostgreSQL counts it for the transaction, so that nothing has to be run again to be explained.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import Article, Assignment, Claim
from tests import cast as c
from tests import desk_of_size as size
from tests.page_costs import signed_in
from tests.views.sending import hidden

BY_TABLE = """
select relname, pg_stat_get_xact_tuples_returned(oid), pg_stat_get_xact_blocks_fetched(oid)
from pg_class where relkind in ('r', 'i', 't') and oid >= 16384
"""

Move = Callable[[], object]


class Moved:
    """What a move took, which is taken back: rows of tables and entries of indexes, and pages."""

    def __init__(self, move: Move) -> None:
        taken_back(move)()  # what a process does once is not the move's cost
        with transaction.atomic():  # of which PostgreSQL counts
            before = _by_table()
            with CaptureQueriesContext(connection) as queries:
                taken_back(move)()
            after = _by_table()
        self.statements = sum("SAVEPOINT" not in query["sql"] for query in queries)
        self.parts = {
            name: (rows - before.get(name, (0, 0))[0], pages - before.get(name, (0, 0))[1])
            for name, (rows, pages) in after.items()
        }

    @property
    def rows(self) -> int:
        return sum(rows for rows, _pages in self.parts.values())

    @property
    def buffers(self) -> int:
        return sum(pages for _rows, pages in self.parts.values())

    def __str__(self) -> str:
        read = [(name, rows, pages) for name, (rows, pages) in self.parts.items() if pages]
        return "\n".join(f"{rows:7} rows {pages:7} pages  {name}" for name, rows, pages in read)


def _by_table() -> dict[str, tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(BY_TABLE)
        return {name: (rows, pages) for name, rows, pages in cursor.fetchall()}


def taken_back(move: Move) -> Move:
    """The move, of which nothing stays."""

    def act() -> None:
        with transaction.atomic():
            move()
            transaction.set_rollback(True)

    return act


def _send(client: Client, url: str, sent: dict[str, Any], *, quiet: bool = False) -> Move:
    """Send a form as its page does, and read the page that follows; `quiet` as a script does."""
    headers = {"X-Autosave": "1"} if quiet else {}

    def post() -> None:
        answer = client.post(url, sent, follow=True, headers=headers)
        assert answer.status_code == 200, (url, answer.status_code, answer.content[:2000])
        assert quiet or answer.redirect_chain, (url, answer.content[:2000])

    return post


def moves(cast: c.Cast) -> dict[str, Move]:
    """What is done all day at a desk that `desk_of_size` has made, by name."""
    return _marking(cast) | _checking(cast) | _deciding(cast) | _approving(cast)


def _marking(cast: c.Cast) -> dict[str, Move]:
    editor = signed_in(cast.eda)
    article = Article.objects.filter(status="draft", revisions__marks=None).latest("created_at")
    words = size.words_of_claim(0)
    start = article.revision.text.index(words)
    claim = {
        "start": start,
        "end": start + len(words),
        "exact": words,
        "claim_reviewed": "Unemployment was two thousand.",
        "type": "numerical",
        "claimant_name": "The mayor",
        "key": str(uuid.uuid4()),
    }
    triage = reverse("triage", args=[article.pk])
    sentence = {"number": 1, "triage": "unimportant"}
    return {
        "mark": _send(editor, reverse("mark", args=[article.pk]), claim),
        "triage": _send(editor, triage, sentence, quiet=True),
    }


def _checking(cast: c.Cast) -> dict[str, Move]:
    checker = signed_in(cast.ann)
    check = Assignment.objects.filter(person=cast.ann, status="assigned").latest("pk")
    url = reverse("annotate", args=[check.uuid])
    draft = {
        "finding": "So it was.",
        "rating": c.rating(check.claim, "true").pk,
        "justification": "The register says so.",
        "version": 0,
        "key": str(uuid.uuid4()),
    }
    source = {"title": "Register", "url": "https://register.example/", "stance": "supports"}
    return {
        "save of a draft": _send(checker, url, draft, quiet=True),
        "save and go to next": _send(checker, url, draft | {"then": "next"}),
        "cite a source": _send(checker, reverse("cite", args=[check.uuid]), source),
    }


def _deciding(cast: c.Cast) -> dict[str, Move]:
    editor = signed_in(cast.eda)
    claim = Claim.objects.filter(status="deciding").latest("pk")
    article = Article.objects.get(revisions__marks__claim=claim)
    url = reverse("decide_claim", args=[article.pk, claim.pk])
    verdict = hidden(editor, url) | {
        "rating": c.rating(claim, "false").pk,
        "finding": "It was three thousand.",
        "justification": "We looked.",
        "evidence_as_of": "2026-11-20",
        "cause": "error",
        "reason": "The second register is newer.",
    }
    return {"decide": _send(editor, url, verdict)}


def _approving(cast: c.Cast) -> dict[str, Move]:
    approver = signed_in(cast.eli)
    article = Article.objects.filter(revisions__marks__claim__status="decided").latest("created_at")
    page = reverse("approve", args=[article.pk])
    approve = _send(approver, reverse("approve_all", args=[article.pk]), hidden(approver, page))

    def publish() -> None:
        approve()
        url = reverse("publish", args=[article.pk])
        sent = hidden(approver, page)
        assert approver.post(url, sent).status_code == 200, "it asks once"
        _send(approver, url, sent | {"sure": sent["seen"]})()

    return {"approve": approve, "approve and publish": publish}
