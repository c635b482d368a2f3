"""System checks: what must be so before Factcheck may run."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import Error, Tags, register
from django.db import connections

from annotations.database.shared_cache import wrong_with_counting

OLDEST_POSTGRESQL = 150000
SHORTEST_SECRET = 32
"""Characters of a secret from which keys are made."""


@register(Tags.database)
def check_database(databases: Sequence[str] | None = None, **_: Any) -> list[Error]:
    """PostgreSQL 15 or newer that knows letters beyond a to z, in each database asked about."""
    problems = []
    for alias in databases or ():
        connection = connections[alias]
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('server_version_num')::int")
            (version,) = cursor.fetchone()
            # The extension comes with a migration; until then lower() tells the same.
            cursor.execute("select to_regproc('show_trgm') is not null")
            (trigrams,) = cursor.fetchone()
            cursor.execute(
                "select show_trgm('ж') <> '{}'" if trigrams else "select lower('Ж') = 'ж'"
            )
            (knows_letters,) = cursor.fetchone()
        if version < OLDEST_POSTGRESQL:
            problems.append(
                Error(
                    f"The database “{alias}” runs on PostgreSQL {version // 10000}.",
                    hint="Factcheck needs PostgreSQL 15 or newer.",
                    id="annotations.E001",
                )
            )
        if not knows_letters:
            problems.append(
                Error(
                    f"The database “{alias}” knows no letters but a to z: searches in Cyrillic, "
                    "Greek and other scripts would find nothing.",
                    hint="Create it with a UTF-8 character type: createdb --template=template0 "
                    "--encoding=UTF8 --locale=C --lc-ctype=C.UTF-8 NAME",
                    id="annotations.E002",
                )
            )
    return problems


@register(Tags.database)
def check_counting(databases: Sequence[str] | None = None, **_: Any) -> list[checks.Warning]:
    """That wrong passwords can be counted: without, nobody can sign in. Not before it is set up."""
    if "default" not in (databases or ()):
        return []
    asked = connections["default"]
    with asked.cursor() as cursor:
        cursor.execute("select to_regclass('annotations_user') is not null")
        (is_set_up,) = cursor.fetchone()
    why = wrong_with_counting(asked) if is_set_up else ""
    if not why:
        return []
    return [
        checks.Warning(
            f"Nobody can sign in: attempts cannot be counted, since {why}.",
            hint="manage.py createcachetable makes it where it is missing; one that is damaged may"
            " be dropped first: what it holds is over within an hour.",
            id="annotations.W003",
        )
    ]


@register
def check_archiver_secret(**_: Any) -> list[checks.Warning]:
    """That nobody finds by trying what messages to desks' own archives are signed with."""
    secret = settings.ARCHIVER_SECRET
    if not secret or len(secret) >= SHORTEST_SECRET:
        return []
    return [
        checks.Warning(
            f"ARCHIVER_SECRET has {len(secret)} characters: whoever is sent a message could find it"
            " by trying, and speak to every desk's archive in this site's name.",
            hint=f"Set {SHORTEST_SECRET} random characters or more (`openssl rand -base64 32`), and"
            " give each archive its new key: manage.py archiver_key DESK.",
            id="annotations.W002",
        )
    ]


@register
def check_mail(**_: Any) -> list[checks.Warning]:
    """That letters go out: without a mail server they wait, and are given up after three days."""
    if settings.MAIL_GOES_OUT:
        return []
    return [
        checks.Warning(
            "No mail goes out: readers are not told of answers, nor people of what is asked.",
            hint="Set EMAIL_URL (smtp://user:password@host:587/?tls=1) and MAIL_FROM.",
            id="annotations.W001",
        )
    ]
