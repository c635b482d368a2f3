"""One article as long as they come leaves and arrives, in memory that does not grow with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction

from annotations.models import Article
from tests import cast as c
from tests import desk_of_size as made
from tests.exchange.test_moving_article import made_again
from tests.long import long_article

PROGRAM = (
    "import django, sys, time; django.setup();"
    "from django.db import connection;"
    "connection.settings_dict['NAME'] = sys.argv[1];"
    "from django.core.management import call_command;"
    "begun = time.monotonic();"
    "call_command(*sys.argv[2:]);"
    "took = time.monotonic() - begun;"
    # Not getrusage: its figure is at least that of the process which began this one.
    "peak = next(each for each in open('/proc/self/status') if each.startswith('VmHWM'));"
    "print(took, int(peak.split()[1]) // 1024)"
)
SIZES = {"short": (20, 5), "long": (15_000, 3_000)}
BATCH = 400
"""Articles that are made at once."""
MORE = 60
"""Megabytes that the long one may take beyond the short one."""


def run(*arguments: str) -> tuple[float, int]:
    """Seconds, and megabytes at most, of a command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, connection.settings_dict["NAME"], *arguments],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    took, megabytes = done.stdout.split()[-2:]
    return float(took), int(megabytes)


@pytest.mark.django_db(transaction=True)
def test_a_long_article_leaves_and_arrives_in_bounded_memory(tmp_path: Path, capsys):
    spent: dict[str, dict[str, tuple[float, int]]] = {}
    for size, (sentences, claims) in SIZES.items():
        desk = made_again()
        bringer: Any = SimpleNamespace(desk=desk, eda=desk.members.get())
        article = long_article(bringer, sentences, claims)
        path, again = tmp_path / f"{size}.tar", tmp_path / f"{size}-again.tar"
        leaving = run("export_article", "desk", article.slug, str(path))
        made_again()
        coming = run("import_article", str(path), "--desk", "desk", "--same-people")
        spent[size] = {"leaves": leaving, "arrives": coming}
        run("export_article", "desk", Article.objects.get().slug, str(again))
        assert again.read_bytes() == path.read_bytes()
    with capsys.disabled():
        for what in ("leaves", "arrives"):
            (_quick, low), (took, high) = spent["short"][what], spent["long"][what]
            print(f"\nan article of 15,000 sentences {what}: {took:.1f} s, {high} MB (short {low})")
            assert high - low < MORE


@pytest.mark.django_db(transaction=True)
def test_a_desk_of_a_quarter_of_a_million_sentences_leaves_in_bounded_memory(
    tmp_path: Path, capsys
):
    """With its annotations, verdicts, editions and log: about two million rows."""
    cast = c.Cast()
    article = made.published(cast)
    for start in range(1, 10_000, BATCH):
        with transaction.atomic():
            made.grow(article, start, min(start + BATCH, 10_000))
    made.settle()
    path = tmp_path / "desk.tar"
    took, megabytes = run("export_desk", "desk", str(path))
    claims, most = run(
        *("export_articles", "--desk", "desk", "--person", "mia"),
        *("--output", str(tmp_path / "claims.jsonl")),
    )
    with capsys.disabled():
        print(
            f"\na desk of 250,000 sentences ({path.stat().st_size / 1e6:.0f} MB) leaves:"
            f" {took:.0f} s, {megabytes} MB; its claims as JSON Lines: {claims:.0f} s, {most} MB"
        )
    assert max(megabytes, most) < 500
