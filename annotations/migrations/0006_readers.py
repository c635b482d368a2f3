"""For readers: search in editions, "Corrected", statements, reports and what they are answered."""

import uuid

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

import annotations.models.edition

# The dictionary for a language tag; words of other languages are taken as they stand.
CONFIGS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}

# Immutable, so that an index can hold it. Long texts are cut: a tsvector has a limit of 1 MB, and
# an edition must never fail to be published because of the search. As they stand and by their
# stems: "ferry" finds "ferries", and a name is found as written.
SEARCH = f"""
create function annotations_search_config(language text) returns regconfig
language sql immutable parallel safe as $$
    select case split_part(lower(coalesce(language, '')), '-', 1)
        {" ".join(f"when '{tag}' then '{name}'" for tag, name in CONFIGS.items())}
        else 'simple' end::regconfig
$$;

create function annotations_search_words(config regconfig, words text, weight "char")
returns tsvector language sql immutable parallel safe as $$
    select setweight(
        to_tsvector('pg_catalog.simple'::regconfig, left(coalesce(words, ''), 60000))
        || to_tsvector(config, left(coalesce(words, ''), 60000)), weight)
$$;

create function annotations_edition_words(content jsonb) returns tsvector
language plpgsql immutable parallel safe as $$
declare
    config regconfig := annotations_search_config(coalesce(
        content #>> '{{article,language}}', content #>> '{{appearances,0,article,language}}',
        content #>> '{{desk,language}}'));
    title text := coalesce(content #>> '{{claim,claim_reviewed}}', content #>> '{{article,title}}');
begin
    if content ? 'tombstone' then return ''::tsvector; end if;
    return annotations_search_words(config, title, 'A')
        || annotations_search_words(config, concat_ws(' ', content #>> '{{verdict,finding}}',
            content #>> '{{claim,claimant,name}}', content #>> '{{article,outlet}}'), 'B')
        || annotations_search_words(config, concat_ws(' ',
            content #>> '{{verdict,justification}}', content #>> '{{claim,interpretation}}',
            (select string_agg(each ->> 'exact', ' ')
                from jsonb_array_elements(content -> 'appearances') as each),
            (select string_agg(concat_ws(' ', each ->> 'claim_reviewed',
                each #>> '{{verdict,finding}}', each #>> '{{claimant,name}}'), ' ')
                from jsonb_array_elements(content -> 'claims') as each)), 'C')
        || annotations_search_words(config, concat_ws(' ',
            (select string_agg(sentence ->> 'text', ' ')
                from jsonb_array_elements(content -> 'paragraphs') as paragraph,
                    jsonb_array_elements(paragraph -> 'sentences') as sentence),
            (select string_agg(concat_ws(' ', each ->> 'title', each ->> 'passage'), ' ')
                from jsonb_array_elements(content -> 'citations') as each)), 'D');
exception when program_limit_exceeded then
    return annotations_search_words(config, title, 'A');
end $$;

-- What was typed, by the stems of every language; languages that agree are asked once.
create function annotations_search_query(words text) returns tsquery
language sql immutable parallel safe as $$
    select coalesce(string_agg('(' || each::text || ')', ' | '), '')::tsquery
    from (
        select distinct websearch_to_tsquery(config, words) as each
        from unnest(array['simple', {", ".join(f"'{name}'" for name in CONFIGS.values())}]::regconfig[])
            as config
    ) as queries
    where numnode(each) > 0
$$;

-- Where in its text an edition holds the words, between two control characters.
create function annotations_edition_headline(content jsonb, words text) returns text
language sql immutable parallel safe as $$
    select ts_headline(
        config,
        left(concat_ws(' ', content #>> '{{verdict,finding}}', content #>> '{{verdict,justification}}',
            content #>> '{{claim,interpretation}}',
            (select string_agg(sentence ->> 'text', ' ')
                from jsonb_array_elements(content -> 'paragraphs') as paragraph,
                    jsonb_array_elements(paragraph -> 'sentences') as sentence)), 60000),
        websearch_to_tsquery(config, words),
        'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxFragments=2, MaxWords=30, MinWords=12')
    from annotations_search_config(coalesce(
        content #>> '{{article,language}}', content #>> '{{appearances,0,article,language}}',
        content #>> '{{desk,language}}')) as config
$$;
"""  # noqa: S608 -- of constants

UNDO = """
drop function annotations_edition_headline(jsonb, text);
drop function annotations_search_query(text);
drop function annotations_edition_words(jsonb);
drop function annotations_search_words(regconfig, text, "char");
drop function annotations_search_config(text);
"""


# As in 0002: what a desk said of itself stays as it was; a new version is written.
STATEMENTS = """
create trigger statement_no_update before update on annotations_statement
    for each row when (old is distinct from new) execute function annotations_refuse_change();
create trigger statement_no_delete before delete on annotations_statement
    for each row execute function annotations_refuse_change();
create trigger statement_no_truncate before truncate on annotations_statement
    for each statement execute function annotations_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0005_revisions")]

    operations = [
        migrations.AddField(
            model_name="desk",
            name="corrected_days",
            field=models.PositiveSmallIntegerField(
                default=30,
                help_text="How many days a corrected page says so at its top; 0: for good.",
            ),
        ),
        migrations.RunSQL(SEARCH, UNDO),
        migrations.AddIndex(
            model_name="edition",
            index=django.contrib.postgres.indexes.GinIndex(
                annotations.models.edition.EditionWords(F("content")), name="edition_words"
            ),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["content"], name="edition_content", opclasses=["jsonb_path_ops"]
            ),
        ),
        migrations.CreateModel(
            name="Salt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True)),
                ("value", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("words", models.TextField(verbose_name="what is wrong?")),
                ("evidence", models.TextField(blank=True, verbose_name="what shows it?")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("language", models.CharField(default="en", editable=False, max_length=10)),
                (
                    "sender",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="A hash that tells nothing once the day's salt is gone.",
                        max_length=64,
                    ),
                ),
                (
                    "is_suspect",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="A field that people do not see was filled in.",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("correct", "The reader is right: we correct it"),
                            ("stands", "We looked again, and it stands"),
                            ("other", "Not about what we published"),
                            ("spam", "Spam"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(editable=False, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="annotations.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("to", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("error", models.TextField(blank=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="annotations.report",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("methodology", "How we check"),
                            ("ratings", "Our rating scale"),
                            ("corrections", "Corrections policy"),
                            ("sources", "Sources policy"),
                            ("nonpartisanship", "Non-partisanship"),
                            ("funding", "Funding"),
                            ("staff", "Who we are"),
                        ],
                        max_length=20,
                    ),
                ),
                ("number", models.PositiveIntegerField(default=1)),
                ("body", models.TextField(blank=True, verbose_name="text")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="annotations.desk",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["desk", "kind", "-number"],
            },
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["sender", "at"], name="report_by_sender"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["edition", "outcome"], name="report_of_edition"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="report_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answered_at__isnull", True),
                        ("answered_by__isnull", True),
                        ("outcome", ""),
                    ),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        ("outcome__in", ["correct", "stands", "other", "spam"]),
                    ),
                    _connector="OR",
                ),
                name="report_is_answered_by_someone",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("sent_at__isnull", True)),
                fields=["made_at"],
                name="letter_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                fields=("desk", "kind", "number"), name="statement_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "methodology",
                            "ratings",
                            "corrections",
                            "sources",
                            "nonpartisanship",
                            "funding",
                            "staff",
                        ],
                    )
                ),
                name="statement_kind_is_known",
            ),
        ),
        migrations.RunSQL(STATEMENTS, migrations.RunSQL.noop),
    ]
