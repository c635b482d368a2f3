"""How quickly texts come in and a desk goes out, beside COPY of the same rows: `make bench`.

Figures are CPU of this process and of its PostgreSQL process together, so that they mean something
on a machine that others use too: a second of CPU is a second of an idle one, at most. Nothing here
asserts a time; memory is asserted in `test_incoming` and `test_moving`.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from django.db import connection, models, transaction

from annotations import exchange
from annotations.exchange import articles
from annotations.exchange.moving import Leaving
from annotations.formats import plain
from annotations.models import Annotation, Claim, Sentence
from annotations.queries.claim_rows import claim_rows
from annotations.words.claim_lines import claim_lines
from annotations.workflow import copying
from tests import cast as c
from tests import desk_of_size as made
from tests.benchmarks.scale import _database_cpu
from tests.benchmarks.test_costs import SAMPLE

pytestmark = pytest.mark.django_db

IN = 10_000
OUT = 25_000
"""Sentences."""
ROUNDS = 3
"""How often texts come in: the best round is the one that the machine disturbed least."""


def cpu(act: Callable[[], object]) -> float:
    """Seconds of CPU, of this process and of its PostgreSQL process."""
    before = time.process_time() + _database_cpu()
    act()
    return time.process_time() + _database_cpu() - before


def prose(total: int) -> list[str]:
    """Texts of about a hundred sentences each: the sample's, each with figures of its own."""
    texts, count, number = [], 0, 0
    per_text = sum(each.kind == "body" for each in plain.read(SAMPLE).sentences)
    while count < total:
        number += 1
        texts.append(
            "\n\n".join(re.sub(r"\bwe\b", f"we {number}-{again}", SAMPLE) for again in range(5))
        )
        count += 5 * per_text
    return texts


def copied(rows: Sequence[models.Model]) -> float:
    """What COPY of the rows costs into a table of the same columns without any rule."""
    table = rows[0]._meta.db_table
    names = [each.column for each in rows[0]._meta.concrete_fields if not each.primary_key]
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"create temp table bare as select {columns} from {table} limit 0")
        lines = copying.lines_of(rows)
        spent = cpu(lambda: cursor.copy_expert(f"copy bare ({columns}) from stdin", lines))
        cursor.execute("drop table bare")
    return spent


def come_in(cast: c.Cast, items: Sequence[exchange.Item]) -> None:
    """With what is asked at the end of the transaction, too."""
    exchange.import_documents(cast.desk, items, actor=cast.eda)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def _undone(act: Callable[[], object]) -> float:
    """The CPU of it; what it did is taken back."""
    with transaction.atomic():
        spent = cpu(act)
        transaction.set_rollback(True)
    return spent


def test_texts_come_in(cast, capsys):
    texts = prose(IN)
    documents: list[plain.Document] = []
    splitting = cpu(lambda: documents.extend(plain.read(text) for text in texts))
    items = [exchange.Item(document) for document in documents]
    saving = min(_undone(lambda: come_in(cast, items)) for _round in range(ROUNDS))
    come_in(cast, items)
    rows = list(Sentence.objects.all())
    bare = copied(rows)
    with capsys.disabled():
        print(f"\n{len(rows):,} sentences: COPY into a bare table {len(rows) / bare:,.0f} a second")
        for name, spent in (("already split", saving), ("with splitting", saving + splitting)):
            print(
                f"in, {name}: {len(rows) / spent:,.0f} a second of CPU, {spent / bare:.1f} x COPY"
            )


def said(claims: int) -> bytes:
    """Articles of JSON, 50 sentences each, cut as they say, with so many claims each."""
    rows = []
    for number in range(IN // 50):
        words = [f"In {number} the line carried {at} people." for at in range(50)]
        text = "\n\n".join(words)
        spans = [{"start": text.index(each), "end": text.index(each) + len(each)} for each in words]
        made = [
            {"claim": each, "claimant": f"Speaker {at}", "marks": [spans[at]]}
            for at, each in enumerate(words[:claims])
        ]
        row = {"id": number, "title": f"Line {number}", "text": text, "sentences": spans}
        rows.append(json.dumps(row | {"claims": made}))
    return "\n".join(rows).encode()


def test_articles_of_json_come_in_with_their_claims(cast, capsys):
    def taken(claims: int, items: list[exchange.Item]) -> tuple[float, float]:
        data = said(claims)
        reading = cpu(lambda: items.extend(articles.items(data, "a.jsonl", cast.desk)[0]))
        return reading, _undone(lambda: come_in(cast, items))

    reading, saving = taken(0, [])
    items: list[exchange.Item] = []
    marking = sum(taken(5, items)) - reading - saving
    come_in(cast, items)
    rows = list(Sentence.objects.all())
    bare = copied(rows)
    with capsys.disabled():
        print(
            f"\nin, {len(rows):,} sentences of JSON as it cuts them:"
            f" {len(rows) / (reading + saving):,.0f} a second of CPU,"
            f" {(reading + saving) / bare:.0f} x COPY"
            f"\nof them {Claim.objects.count():,} claims marked:"
            f" {marking / Claim.objects.count() * 1000:.1f} ms of CPU each"
        )


def test_a_desk_goes_out(cast, capsys):
    article = made.published(cast)
    made.grow(article, 1, OUT // made.SENTENCES)
    made.settle()
    annotations = Annotation.objects.count()
    rows = list(Sentence.objects.all())
    bare = copied(rows)
    found: Counter[str] = Counter()

    def leave() -> None:
        leaving = Leaving(cast.desk)
        with transaction.atomic():
            found["bytes"] = sum(len(line) for line in leaving.lines())
        found["rows"] = sum(leaving.rows.values())

    def as_rows() -> None:
        claims = Claim.objects.visible_to(cast.mia).filter(desk=cast.desk)
        found["claims"] = sum(1 for _line in claim_lines(claim_rows(claims, cast.mia), "jsonl"))

    whole, claims = cpu(leave), cpu(as_rows)
    with capsys.disabled():
        print(
            f"\nout, {len(rows):,} sentences with {annotations:,} annotations, all that there is"
            f" ({found['rows']:,} rows, {found['bytes'] / 1e6:.0f} MB): {whole:.1f} s of CPU,"
            f" {whole / bare:.0f} x COPY of the sentences"
            f"\nout, {found['claims']:,} claims of them with every rating, as JSON Lines:"
            f" {claims:.1f} s of CPU, {claims / bare:.0f} x COPY"
        )
