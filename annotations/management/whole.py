"""Whether a site is whole: each part says what is wrong with it, and where. Nothing is changed.

For whoever keeps the server: keys and names of tables, no word that anybody typed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from annotations import database
from annotations.models import Capture, Letter
from annotations.queries.jobs import ASLEEP_AFTER, clock

Found = Iterator[str]


def of_settings() -> Found:
    """What `manage.py check` says, and with DEBUG off what it says of a site that is deployed."""
    deployed = not settings.DEBUG
    for each in checks.run_checks(include_deployment_checks=deployed, databases=["default"]):
        if each.level >= checks.WARNING and not each.is_silenced():
            yield f"{each.id}: {each.msg}" + (f" {each.hint}" if each.hint else "")


def of_migrations() -> Found:
    loader = MigrationLoader(connection)
    for app, name in sorted(loader.graph.nodes.keys() - loader.applied_migrations.keys()):
        yield f"the migration {app}.{name} was not run"


_FUNCTION = re.compile(
    r"create or replace function (annotations_\w+)\(.*?\bas \$\$(.*?)\$\$", re.DOTALL
)
_TRIGGER = re.compile(r"create (?:or replace |constraint )?trigger (\w+)")


def of_rules() -> Found:
    """That the database has its rules: functions, triggers, constraints and indexes."""
    text = "".join(map(database.sql, database.FILES))
    there: dict[str, str] = dict(
        _rows("select proname, prosrc from pg_proc where proname like 'annotations\\_%'")
    )
    for name, body in _FUNCTION.findall(text):
        if name not in there:
            yield f"the function {name} is missing"
        elif there[name].strip() != body.strip():
            yield f"the function {name} is not what this version says"
    triggers: dict[str, bool] = dict(
        _rows("select tgname, bool_and(tgenabled <> 'D') from pg_trigger group by tgname")
    )
    for name in dict.fromkeys(_TRIGGER.findall(text)):
        if not triggers.get(name):
            yield f"the trigger {name} is {'off' if name in triggers else 'missing'}"
    yield from _of_constraints()


def _of_constraints() -> Found:
    there = {name for (name,) in _rows("select conname from pg_constraint")}
    there |= {name for (name,) in _rows("select relname from pg_class where relkind = 'i'")}
    for model in apps.get_app_config("annotations").get_models():
        for each in (*model._meta.constraints, *model._meta.indexes):
            if each.name not in there:
                yield f"{model._meta.db_table}: {each.name} is missing"
    for table, name in _rows(
        "select conrelid::regclass::text, conname from pg_constraint where not convalidated"
        " union all select indrelid::regclass::text, indexrelid::regclass::text from pg_index"
        " where not indisvalid"
    ):
        yield f"{table}: {name} does not hold for all rows"


POINTERS = {
    "claim %s does not point at its last verdict": """
        select c.id from annotations_claim as c where c.verdict_id is distinct from (
            select v.id from annotations_verdict as v where v.claim_id = c.id
            order by v.number desc limit 1)""",
    "claim %s does not point at the edition that stands": """
        select c.id from annotations_claim as c where c.edition_id is distinct from (
            select case when e.content ? 'tombstone' then null else e.id end
            from annotations_edition as e where e.claim_id = c.id order by e.number desc limit 1)
        """,
    "article %s does not point at the edition that stands": """
        select a.id from annotations_article as a
        where a.status <> 'withdrawn' and a.edition_id is distinct from (
            select case when e.content ? 'tombstone' then null else e.id end
            from annotations_edition as e where e.article_id = a.id
            order by e.number desc limit 1)""",
    "edition %s stands, and readers' lists do not have it": """
        select e.id from annotations_edition as e
        where (exists (select from annotations_claim as c where c.edition_id = e.id)
            or exists (select from annotations_article as a where a.edition_id = e.id))
            and not exists (select from annotations_listing as l where l.edition_id = e.id)""",
    "readers' lists have edition %s, which does not stand": """
        select l.edition_id from annotations_listing as l
        where not exists (select from annotations_claim as c where c.edition_id = l.edition_id)
            and not exists (
                select from annotations_article as a where a.edition_id = l.edition_id)""",
}
"""What each question finds is wrong: the rows' keys."""

LOG = {
    "claim %s is not where its last line in the log left it": """
        select c.id from annotations_claim as c join lateral (
            select t.target from annotations_transition as t
            where t.claim_id = c.id and t.assignment_id is null and t.target <> ''
                and t.move <> 'look for answer'
            order by t.id desc limit 1) as last on true
        where last.target <> c.status""",
    "assignment %s is not where its last line in the log left it": """
        select a.id from annotations_assignment as a join lateral (
            select t.target from annotations_transition as t
            where t.assignment_id = a.id and t.target <> '' order by t.id desc limit 1) as last
            on true
        where last.target <> a.status""",
}
"""Until 30 November 2026, lines on answers that stand in an article had "yes" for a stage."""


def of_pointers() -> Found:
    return _asked(POINTERS)


def of_log() -> Found:
    return _asked(LOG)


def _asked(questions: dict[str, str]) -> Found:
    for words, question in questions.items():
        for (key,) in _rows(question):
            yield words % key


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def of_files() -> Found:
    return _of_command("verify_copies")


def of_proofs() -> Found:
    return _of_command("verify_proofs")


def _of_command(name: str) -> Found:
    """What the command says is wrong, line by line."""
    said = io.StringIO()
    try:
        call_command(name, stdout=io.StringIO(), stderr=said)
    except CommandError as why:
        yield from said.getvalue().splitlines() or [str(why)]


def of_worker() -> Found:
    """That somebody does what waits: jobs, letters, pages to be saved."""
    now = clock()
    if now.is_asleep:
        yield "no worker is running: start manage.py worker"
    for job in now.jobs:
        if job.error:
            yield f"the job {job.name} failed: {job.error}"
    late = timezone.now() - ASLEEP_AFTER
    if letters := Letter.objects.open().filter(next_try_at__lt=late).count():
        yield f"{letters} letters are due and were not sent"
    pages = Capture.objects.waiting().filter(next_try_at__lt=late)
    if settings.SAVE_COPIES and not now.is_asleep and (count := pages.count()):
        oldest = pages.order_by("next_try_at").values_list("next_try_at", flat=True)[0]
        yield f"{count} pages wait to be saved, the first since {oldest:%Y-%m-%d %H:%M} UTC"


def of_mail() -> Found:
    """What did not arrive. That none goes out at all is among the settings."""
    # What a server answers may name whom it was for.
    if count := Letter.objects.filter(failed_at__isnull=False).count():
        yield f"{count} letters were given up: manage.py jobs says which, and why"


PARTS: dict[str, Callable[[], Iterable[str]]] = {
    "settings": of_settings,
    "migrations": of_migrations,
    "rules": of_rules,
    "pointers": of_pointers,
    "log": of_log,
    "worker": of_worker,
    "mail": of_mail,
    "files": of_files,
    "proofs": of_proofs,
}
"""In the order in which they are looked at; the last two read every byte that is kept."""
LONG = ("files", "proofs")
