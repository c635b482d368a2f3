"""The database has the rules that annotations/database says, no other, and in a safe form."""

from __future__ import annotations

import re
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import pytest
from django.db import Error, connection

from annotations import database
from annotations.models import Edition, Revision
from tests.cast import Cast

READ = (
    "select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)"
    " from pg_stat_xact_user_tables where relname = 'annotations_sentence'"
)
MIGRATIONS = Path(str(import_module("annotations.migrations").__file__)).parent


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_the_database_has_what_the_files_say_and_nothing_else(db):
    before = database.installed(connection)
    names = [name for name, text in before.items() if "FUNCTION public." in text]
    assert len(names) > 12
    assert len(before) - len(names) > 80
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(
            "select proname || '(' || pg_get_function_identity_arguments(oid) || ')'"
            " from pg_proc where proname like 'annotations\\_%'"
        )
        for (signature,) in cursor.fetchall():
            cursor.execute(f"drop function public.{signature} cascade")
    assert database.installed(connection) == {}
    run(*map(database.sql, database.FILES))
    assert database.installed(connection) == before


def test_the_last_migration_that_runs_the_files_runs_what_they_say_now():
    found = [
        digest
        for path in sorted(MIGRATIONS.glob("0*.py"))
        for digest in re.findall(r"\bRun\(\"(\w+)\"", path.read_text(encoding="utf-8"))
    ]
    assert found[-1] == database.digest(), (
        "The files of annotations/database have changed: write a migration with "
        f'Run("{database.digest()}"), or put that into one that has not been released.'
    )


def test_every_function_sets_its_search_path(db):
    for name, text in database.installed(connection).items():
        if "FUNCTION public." in text:
            assert "SET search_path TO 'pg_catalog'" in text, name


def test_no_function_that_catches_an_exception_is_given_to_parallel_workers(db):
    for name, text in database.installed(connection).items():
        if "\nexception when" in text:
            assert "PARALLEL SAFE" not in text, name


def test_search_answers_under_a_parallel_plan(cast: Cast):
    cast.published()
    forced = "debug_parallel_query" if version() >= 160000 else "force_parallel_mode"
    run(
        "set local min_parallel_table_scan_size = 0",
        "set local parallel_setup_cost = 0",
        "set local parallel_tuple_cost = 0",
        "set local max_parallel_workers_per_gather = 2",
        "set local enable_indexscan = off",
        "set local enable_bitmapscan = off",
        f"set local {forced} = on",
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from annotations_edition"
            " where annotations_edition_words(content) @@ annotations_search_query('the')"
            " or ts_rank(annotations_edition_words(content), 'x') >= 0"
        )
        assert cursor.fetchone() == (Edition.objects.count(),)


def version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("show server_version_num")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize(
    "statement", ["analyze public.annotations_edition", "reindex table public.annotations_listing"]
)
def test_the_database_is_looked_after_with_an_empty_search_path(cast: Cast, statement):
    cast.published()
    run(
        "set local search_path = ''",
        statement,
    )


def test_a_restored_text_is_imported_and_refused_with_an_empty_search_path(cast: Cast):
    """What COPY of a restore does: rows come in while nothing is found by its bare name."""
    cast.published()
    run("set constraints all immediate", "set local search_path = ''")
    with connection.cursor() as cursor:
        cursor.execute(
            'insert into public.annotations_mark (uuid, claim_id, revision_id, start, "end",'
            " exact, prefix, suffix, said_on, created_by_id, created_at, came_by)"
            " select gen_random_uuid(), claim_id, revision_id, 0, 1, left(text, 1), '', '', '',"
            " mark.created_by_id, mark.created_at, 'placed' from public.annotations_mark as mark"
            " join public.annotations_revision as revision on revision.id = revision_id limit 1"
        )
        assert cursor.rowcount == 1
        with pytest.raises(Error, match="append-only"):
            cursor.execute("update public.annotations_revision set text = text || '!'")


def _frozen(text: str) -> dict[str, str]:
    """A text as a revision has it."""
    return {
        "text": text,
        "sha256": sha256(text.encode()).hexdigest(),
        "normaliser_version": "1",
        "splitter_version": "1",
    }


@pytest.mark.parametrize("known", ["nothing", "a few long texts", "an empty table"])
def test_an_import_reads_the_sentences_of_its_own_text_only(cast: Cast, known: str):
    """Rows read, not time, whatever PostgreSQL knows of the table: of few texts, each of them long,
    it walked the whole index, which has them in order, and left out the others. And what it planned
    for a table that was nearly empty, it did as long as the session lived."""
    run("discard plans")
    if known == "an empty table":
        run("set local seq_page_cost = 0", "set local random_page_cost = 1000000")
    cast.published()
    run("set local seq_page_cost to default", "set local random_page_cost to default")
    revision = Revision.objects.first()
    assert revision is not None
    long = Revision.objects.create(
        article=revision.article, number=7, created_by=revision.created_by, **_frozen("a" * 1000)
    )

    def add(of: Revision, position: str) -> int:
        """Add the sentence or sentences; how many rows of the table were read for it."""
        with connection.cursor() as cursor:
            cursor.execute(READ)
            before = int(cursor.fetchone()[0])
            cursor.execute(
                "insert into annotations_sentence (uuid, revision_id, position, number, paragraph,"
                ' kind, start, "end", triage, block)'
                " select gen_random_uuid(), %s, n, n, 0, 'body', n, n + 1, '', ''"
                f" from generate_series({position}) as n",
                [of.pk],
            )
            cursor.execute(READ)
            return int(cursor.fetchone()[0]) - before

    add(long, "1, 500")
    if known == "a few long texts":
        run("analyze annotations_sentence")
    short = Revision.objects.create(
        article=revision.article, number=8, created_by=revision.created_by, **_frozen("a" * 10)
    )
    run(
        "set local enable_nestloop = off",
        "set local enable_hashjoin = off",
        "set local enable_seqscan = off",
    )
    assert add(short, "1, 5") < 100
