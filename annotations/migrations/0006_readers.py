"""What readers get: search in editions, how long a page says "Corrected"."""

import django.contrib.postgres.indexes
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
    ]
