"""A desk with a long past, made in seconds: a published article and all its rows, many times.

Rows are copied by the database, whatever columns they have, with their triggers and foreign keys
off: what the moves wrote once is right, and so are its copies. People, ratings and the desk are
shared; keys, numbers and names are moved by as much for each copy.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import DateTimeField, ForeignKey, Model

from annotations import workflow
from annotations.models import Article, Claim, Claimant
from tests import cast as c

STRIDES = {"Edition": 20}
"""Keys from one copy to the next: more than any table has rows of one article. Of editions hardly
more, since the sitemap is in stretches of their keys."""
STRIDE = 1_000
"""The same, of all other tables."""

# The path from each model to its article, through a claim where it has one.
PATHS = {
    "Article": "pk",
    "Revision": "article",
    "Original": "revision__article",
    "Sentence": "revision__article",
    "Link": "revision__article",
    "Picture": "revision__article",
    "Claim": "marks__revision__article",
    "Mark": "revision__article",
    "Assignment": "claim__marks__revision__article",
    "Annotation": "assignment__claim__marks__revision__article",
    "Source": "citations__verdict__claim__marks__revision__article",
    "Citation": "verdict__claim__marks__revision__article",
    "Sighting": "claim__marks__revision__article",
    "Verdict": "claim__marks__revision__article",
    "Transition": "article",
}
# Rows of one table that lead to the article in more than one way.
ALSO = {
    "Transition": [
        "claim__marks__revision__article",
        "assignment__claim__marks__revision__article",
        "sentence__revision__article",
    ],
    "Edition": ["article", "claim__marks__revision__article"],
    "Correction": ["edition__claim__marks__revision__article"],
    "Listing": ["article", "claim__marks__revision__article"],
    "Notice": ["line__article", "line__claim__marks__revision__article"],
    "Citation": ["annotation__assignment__claim__marks__revision__article"],
}

# What a desk of its own has, where each copy gets one; its people are not among it.
OF_A_DESK = {"Desk": "articles", "Claimant": "claims__marks__revision__article"}

SENTENCES = 25
CLAIMS = 5


def text_of(sentences: int = SENTENCES) -> str:
    lines = [
        f"In {1900 + n} unemployment in the town fell to {n + 2} thousand people."
        for n in range(sentences)
    ]
    return "A town and its work\n\n" + "\n\n".join(lines)


def in_work(cast: c.Cast, articles: int) -> None:
    """Articles of which a check is owed, and as many that wait to be decided."""
    for number in range(2 * articles):
        article = c.import_text(cast.desk, cast.eda, f"{text_of()} It is number {number}.")
        claim = c.mark(article, words_of_claim(0), cast.eda)
        c.triage_all(article, cast.eda)
        workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
        if number % 2:
            c.annotate(claim, cast.ann)
            c.annotate(claim, cast.ben, "half")


def words_of_claim(number: int) -> str:
    return f"unemployment in the town fell to {number + 2} thousand people"


def begun(cast: c.Cast) -> None:
    """An article that nobody has marked, and one whose one claim waits to be approved."""
    with connection.cursor() as cursor:
        # In a transaction this keeps autovacuum away until it ends: it sees no row of what is not
        # committed, says that there is none, and of tables of 20,000 rows all is planned for one.
        cursor.execute("analyze")
    c.import_text(cast.desk, cast.eda, f"{text_of()} It is new.")
    article = c.import_text(cast.desk, cast.eda, f"{text_of()} It is decided.")
    claim = c.mark(article, words_of_claim(0), cast.eda)
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    c.annotate(claim, cast.ann)
    c.annotate(claim, cast.ben)
    c.decide(claim, cast.eda)


def published(cast: c.Cast, title: str = "A town and its work") -> Article:
    """A published article of 25 sentences with five claims, one of them corrected."""
    article = c.import_text(
        cast.desk, cast.eda, f"{text_of()} {title}.", title=title, outlet="The Courier"
    )
    mayor, _made = Claimant.objects.get_or_create(desk=cast.desk, name="The mayor")
    claims = [
        c.mark(
            article,
            words_of_claim(number),
            cast.eda,
            claimant=mayor,
            claim_reviewed=f"Unemployment was {number + 2} thousand: {title}",
        )
        for number in range(CLAIMS)
    ]
    c.triage_all(article, cast.eda)
    workflow.open_checking(article, [cast.ann, cast.ben], actor=cast.eda)
    for claim in claims:
        c.annotate(claim, cast.ann)
        c.annotate(claim, cast.ben)
        c.decide(claim, cast.eda)
        workflow.approve(claim, actor=cast.eli)
    workflow.publish(article, actor=cast.eli)
    return article


def grow(article: Article, start: int, stop: int, *, spread: bool = False) -> None:
    """Copies number `start` to `stop` - 1 of a published article, each a minute older.

    With `spread`, each is all that a desk of its own has. `settle` once all are made.
    """
    before = Article.objects.count()
    paths = OF_A_DESK | PATHS if spread else PATHS
    claims = Claim.objects.filter(marks__revision__article=article).distinct().count()
    with connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")  # a busy machine makes it all the same
        cursor.execute("set constraints all immediate")
        cursor.execute("set local session_replication_role = replica")
        moved = dict.fromkeys([*paths, *ALSO])
        for name in moved:
            model = apps.get_model("annotations", name)
            cursor.execute(
                _copies(model, claims, moved),
                {"keys": _keys(model, article, paths), "start": start, "stop": stop - 1},
            )
            _go_on_after(cursor, model._meta.db_table)
        cursor.execute("set local session_replication_role = origin")
        cursor.execute("set constraints all deferred")
    assert Article.objects.count() == before + stop - start


def settle() -> None:
    """Let the database learn of what was made, as it does by itself in time."""
    with connection.cursor() as cursor:
        cursor.execute("analyze")
        # What was written last waits in a list that every search reads.
        cursor.execute(
            "select gin_clean_pending_list(index.oid) from pg_class as index"
            " join pg_am as kind on kind.oid = relam where amname = 'gin'"
        )


def _keys(model: Any, article: Article, paths: Mapping[str, str]) -> list[int]:
    """The keys of the model's rows that belong to the article."""
    name = model.__name__
    ways = [*([paths[name]] if name in paths else []), *ALSO.get(name, [])]
    return sorted(
        {
            key
            for path in ways
            for key in model._base_manager.filter(**{path: article.pk}).values_list("pk", flat=True)
        }
    )


def _copies(model: type[Model], claims: int, moved: Collection[str]) -> str:
    """The statement that copies rows of a table; `moved` names the models that are copied."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.local_concrete_fields]
    values = [_value(field, claims, moved) for field in model._meta.local_concrete_fields]
    quoted = ", ".join(f'"{column}"' for column in columns)
    return (
        f"insert into {table} ({quoted}) select {', '.join(values)} from {table} as old, "
        "generate_series(%(start)s::bigint, %(stop)s::bigint) as k where old.id = any(%(keys)s)"
    )


def _value(field: Any, claims: int, moved: Collection[str]) -> str:
    name = f'old."{field.column}"'
    model: Any = field.related_model
    if field.primary_key:
        return f"{name} + k * {STRIDES.get(field.model.__name__, STRIDE)}"
    if isinstance(field, ForeignKey) and model.__name__ in moved:
        return f"{name} + k * {STRIDES.get(model.__name__, STRIDE)}"
    if field.name == "uuid":
        return "gen_random_uuid()"
    if isinstance(field, DateTimeField):
        return f"{name} - k * interval '1 minute'"
    table = field.model.__name__
    if (table, field.name) in {("Claim", "number"), ("Listing", "number")}:
        return f"{name} + k * {claims}"
    if (table, field.name) in {
        ("Article", "title"), ("Article", "slug"), ("Claim", "claim_reviewed"), ("Claim", "slug"),
        ("Source", "document"), ("Desk", "slug"), ("Listing", "title"), ("Listing", "slug"),
        ("Notice", "event"),
    }:  # fmt: skip
        return f"{name} || '-' || k"
    if (table, field.name) == ("Edition", "content"):
        return _content(name, claims, moved)
    return name


def _content(name: str, claims: int, moved: Collection[str]) -> str:
    """The content of an edition under the names and numbers of the copy."""
    found = name
    words = [("article", "title"), ("article", "slug"), ("claim", "slug")]
    for what, word in words + [("desk", "slug")] * ("Desk" in moved):
        path = f"{what},{word}"
        found = (
            f"case when {name} ? '{what}' then jsonb_set({found}, '{{{path}}}',"
            f" to_jsonb({name} #>> '{{{path}}}' || '-' || k)) else {found} end"
        )
    return (
        f"case when {name} ? 'claim' then jsonb_set({found}, '{{claim,number}}',"
        f" to_jsonb(({name} #>> '{{claim,number}}')::bigint + k * {claims})) else {found} end"
    )


def _go_on_after(cursor: Any, table: str) -> None:
    """Let the next row that is written by a move have a key of its own."""
    cursor.execute(f"select setval(pg_get_serial_sequence('{table}', 'id'), max(id)) from {table}")
