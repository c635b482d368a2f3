"""What actions cost, as ratios to a reference in the same run: `make bench`.

Figures are CPU of this process, medians of several runs; nothing here asserts a time. The
reference is the barest page Django can give on the same machine: one SELECT, no template.
"""

from __future__ import annotations

import io
import statistics
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations import exchange, workflow
from annotations.formats import plain
from annotations.models import Article, Desk
from tests import cast as c

pytestmark = pytest.mark.django_db

SAMPLE = (Path(__file__).resolve().parents[2] / "fixtures" / "lavrov-consulate.txt").read_text(
    encoding="utf-8"
)
RUNS = 40


def cpu_ms(act: Callable[[], object], runs: int = RUNS) -> float:
    """The median CPU time of an act, in milliseconds."""
    act()
    times = []
    for _run in range(runs):
        before = time.process_time()
        act()
        times.append((time.process_time() - before) * 1000)
    return statistics.median(times)


def statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def published(cast: c.Cast) -> Article:
    article = c.import_text(cast.desk, cast.eda, SAMPLE)
    claims = [
        c.mark(article, words, cast.eda)
        for words in ("We have parity declared now", "It was their initiative")
    ]
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for claim in claims:
        c.annotate(claim, cast.ann, "true")
        c.annotate(claim, cast.ben, "true")
    workflow.adopt_agreed(article, actor=cast.eda)
    for claim in claims:
        workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    return article


def test_pages_and_saves(cast, capsys):
    article = published(cast)
    editor, reader, checker = Client(), Client(), Client()
    editor.force_login(cast.eda)
    checker.force_login(cast.ann)
    reference = cpu_ms(lambda: Desk.objects.filter(pk=cast.desk.pk).first())
    open_article, _claim = cast.checking()
    check = c.check_of(_claim, cast.ann)
    workflow.save_annotation(check, workflow.Answer(finding="0"), person=cast.ann, based_on=0)
    version = iter(range(1, 10_000))

    def save() -> None:
        now = next(version)
        answer = workflow.Answer(finding=str(now))
        workflow.save_annotation(check, answer, person=cast.ann, based_on=now)

    public = reverse("public_article", args=[cast.desk.slug, article.slug])
    acts: dict[str, Callable[[], object]] = {
        "workbench, 19 sentences": lambda: editor.get(reverse("workbench", args=[article.pk])),
        "workbench of a checker": lambda: checker.get(reverse("workbench", args=[open_article.pk])),
        "queue": lambda: editor.get(reverse("queue", args=["desk"])),
        "public article": lambda: reader.get(public),
        "save of a draft": save,
    }
    with capsys.disabled():
        print(f"\nreference, one SELECT: {reference:.2f} ms CPU")
        for name, act in acts.items():
            spent, asked = cpu_ms(act), statements(act)
            print(f"{name:28} {spent:7.2f} ms = {spent / reference:5.1f} x, {asked} statements")


def numbered(first: int, sentences: int) -> str:
    return f"Title {first}\n\n" + "\n\n".join(
        f"In {n} the line carried {n + 2} thousand people." for n in range(first, first + sentences)
    )


def seconds(act: Callable[[], object]) -> float:
    before = time.perf_counter()
    act()
    return time.perf_counter() - before


def bare_copy(rows: int) -> float:
    """The seconds that COPY takes for as many rows, of a table without rules."""
    with connection.cursor() as cursor:
        cursor.execute("create temp table bare as select * from annotations_sentence limit 0")
        lines = "".join(
            f"{n}\t{uuid.uuid4()}\t{n}\t{n}\t{n}\tbody\t{n}\t{n + 9}\t\n" for n in range(rows)
        )
        names = 'id, uuid, position, number, paragraph, kind, start, "end", triage'
        statement = f"copy bare ({names}) from stdin"
        spent = seconds(lambda: cursor.copy_expert(statement, io.StringIO(lines)))
        cursor.execute("drop table bare")
    return spent


@pytest.mark.parametrize(("documents", "sentences"), [(1, 10_000), (400, 25)])
def test_import(cast, capsys, documents, sentences):
    texts = [numbered(at * sentences, sentences) for at in range(documents)]
    total = documents * sentences
    splitting = seconds(lambda: [plain.read(text) for text in texts])
    items = [exchange.Item(plain.read(text)) for text in texts]
    copying = bare_copy(total)

    def save() -> None:
        for first in range(0, documents, 100):
            exchange.import_documents(cast.desk, items[first : first + 100], actor=cast.eda)

    saving = seconds(save)
    with capsys.disabled():
        print(
            f"\nimport of {documents} x {sentences} sentences: {total / saving:,.0f} a second"
            f" already split ({saving / copying:.1f} x COPY into a bare table),"
            f" {total / (saving + splitting):,.0f} with splitting"
        )
