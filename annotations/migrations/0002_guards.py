"""Invariants that constraints cannot state: what is append-only, and spans that fit their text."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

APPEND_ONLY = [
    "revision",
    "original",
    "verdict",
    "edition",
    "correction",
    "transition",
    "sighting",
]

REFUSE_CHANGE = """
create function annotations_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
"""


def append_only(model: str) -> str:
    """Refuse a changing UPDATE, DELETE and TRUNCATE; saving a fixture twice changes nothing."""
    table = f"annotations_{model}"
    return f"""
create trigger {model}_no_update before update on {table}
    for each row when (old is distinct from new) execute function annotations_refuse_change();
create trigger {model}_no_delete before delete on {table}
    for each row execute function annotations_refuse_change();
create trigger {model}_no_truncate before truncate on {table}
    for each statement execute function annotations_refuse_change();
"""


SENTENCES = """
create trigger sentence_no_update before update on annotations_sentence
    for each row when (
        (old.uuid, old.revision_id, old.position, old.number, old.paragraph, old.kind,
         old.start, old."end")
        is distinct from
        (new.uuid, new.revision_id, new.position, new.number, new.paragraph, new.kind,
         new.start, new."end")
    ) execute function annotations_refuse_change();
create trigger sentence_no_delete before delete on annotations_sentence
    for each row execute function annotations_refuse_change();
create trigger sentence_no_truncate before truncate on annotations_sentence
    for each statement execute function annotations_refuse_change();

create function annotations_sentences_fit() returns trigger language plpgsql as $$
begin
    if exists (
        select 1
        from (
            select "end", lead(start) over (partition by revision_id order by position) as next
            from annotations_sentence
            where revision_id in (select revision_id from added)
        ) as spans
        where next < "end"
    ) then
        raise exception 'sentences overlap or stand out of order'
            using errcode = 'check_violation', constraint = 'sentences_do_not_overlap';
    end if;
    if exists (
        select 1
        from (select revision_id, max("end") as last from added group by revision_id) as spans
        join annotations_revision as revision on revision.id = spans.revision_id
        where spans.last > char_length(revision.text)
    ) then
        raise exception 'a sentence ends after its text'
            using errcode = 'check_violation', constraint = 'sentence_is_in_its_text';
    end if;
    return null;
end $$;
create trigger sentence_fits after insert on annotations_sentence
    referencing new table as added
    for each statement execute function annotations_sentences_fit();
"""

# Rule 1: `text[start:end] == exact` is checked on the way in. PostgreSQL counts code points too.
MARKS = """
create function annotations_mark_fits() returns trigger language plpgsql as $$
begin
    -- The length is compared too: substr stops at the end of the text without a word.
    if new."end" - new.start <> char_length(new.exact) or new.exact is distinct from (
        select substr(text, new.start + 1, greatest(new."end" - new.start, 0))
        from annotations_revision where id = new.revision_id
    ) then
        raise exception 'the words at % to % are not the words of the mark', new.start, new."end"
            using errcode = 'check_violation', constraint = 'mark_exact_is_in_its_text';
    end if;
    return new;
end $$;
create trigger mark_fits before insert or update on annotations_mark
    for each row execute function annotations_mark_fits();
"""

DESKS = """
create trigger desk_is_sample_is_fixed before update on annotations_desk
    for each row when (old.is_sample is distinct from new.is_sample)
    execute function annotations_refuse_change();
"""

SCALES = """
create function annotations_refuse_scale_in_use() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from annotations_rating as rating
        where rating.scale_id = old.scale_id and (
            exists (select 1 from annotations_annotation where rating_id = rating.id)
            or exists (select 1 from annotations_verdict where rating_id = rating.id)
        )
    ) then
        raise exception 'the scale is in use: make a new version of it'
            using errcode = 'restrict_violation';
    end if;
    if tg_op = 'DELETE' then return old; end if;
    return new;
end $$;
create trigger rating_of_used_scale_no_update before update on annotations_rating
    for each row when (old is distinct from new)
    execute function annotations_refuse_scale_in_use();
create trigger rating_of_used_scale_no_delete before delete on annotations_rating
    for each row execute function annotations_refuse_scale_in_use();
"""

# A verdict's citations are part of the verdict, a submitted annotation's of the annotation: both
# stand as they were. Adding is left open, for a fixture loads the citing row first.
WORK_HANDED_IN = """
create trigger citation_of_verdict_no_update before update on annotations_citation
    for each row when (old.verdict_id is not null and old is distinct from new)
    execute function annotations_refuse_change();
create trigger citation_of_verdict_no_delete before delete on annotations_citation
    for each row when (old.verdict_id is not null)
    execute function annotations_refuse_change();

create function annotations_citation_is_open() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from annotations_annotation
        where id = old.annotation_id and submitted_at is not null
    ) then
        raise exception 'the annotation is submitted: its citations stand'
            using errcode = 'restrict_violation';
    end if;
    if tg_op = 'DELETE' then return old; end if;
    return new;
end $$;
create trigger citation_of_submitted_no_update before update on annotations_citation
    for each row when (old is distinct from new) execute function annotations_citation_is_open();
create trigger citation_of_submitted_no_delete before delete on annotations_citation
    for each row execute function annotations_citation_is_open();

create trigger annotation_submitted_no_update before update on annotations_annotation
    for each row when (
        old.submitted_at is not null and new.submitted_at is not null
        and (old.rating_id, old.finding, old.justification, old.confidence)
        is distinct from (new.rating_id, new.finding, new.justification, new.confidence)
    ) execute function annotations_refuse_change();
create trigger annotation_no_delete before delete on annotations_annotation
    for each row execute function annotations_refuse_change();
"""

UNDO = """
drop function annotations_refuse_change() cascade;
drop function annotations_sentences_fit() cascade;
drop function annotations_mark_fits() cascade;
drop function annotations_refuse_scale_in_use() cascade;
drop function annotations_citation_is_open() cascade;
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0001_first_models")]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(
            "".join(
                [
                    REFUSE_CHANGE,
                    *(append_only(model) for model in APPEND_ONLY),
                    SENTENCES,
                    MARKS,
                    DESKS,
                    SCALES,
                    WORK_HANDED_IN,
                ]
            ),
            UNDO,
        ),
    ]
