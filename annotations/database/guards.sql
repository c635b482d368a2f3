-- What the database refuses, whoever asks: a move, the admin, a command or a hand at psql.
--
-- The current text; it may be run any number of times, and a migration runs it after each change
-- (see __init__.py). Tables are those of the schema `public`. Every function sets its search path,
-- because a restore, ANALYZE and REINDEX run with an empty one.
--
-- What holds for a restore: a guard that looks at other rows comes after the statement, so that a
-- COPY may bring the rows of a table in any order, and one that looks at another table lets pass
-- what is not there yet. A row that comes in as it was is no change.

create or replace function annotations_refuse_change() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

-- A person's name may be taken out of what was published and logged, by the one act that the law
-- asks for (workflow.erasing): in the transaction that also writes its line into the log, and
-- nothing else of the row may change. Names stand in lists under "checked", "decided", "approved",
-- and under "left".
create or replace function annotations_without_names(held jsonb) returns jsonb
language plpgsql immutable set search_path = pg_catalog, public as $$
begin
    if jsonb_typeof(held) = 'object' then
        return (
            select coalesce(jsonb_object_agg(key, case
                when key in ('checked', 'decided', 'approved') and jsonb_typeof(value) = 'array'
                    then to_jsonb(jsonb_array_length(value))
                when key = 'left' and jsonb_typeof(value) = 'string' then 'null'::jsonb
                else annotations_without_names(value)
            end), '{}')
            from jsonb_each(held)
        );
    elsif jsonb_typeof(held) = 'array' then
        return (
            select coalesce(jsonb_agg(annotations_without_names(value) order by place), '[]')
            from jsonb_array_elements(held) with ordinality as parts(value, place)
        );
    end if;
    return held;
end $$;

create or replace function annotations_refuse_change_but_of_names() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
    if annotations_without_names(to_jsonb(old)) = annotations_without_names(to_jsonb(new))
        and exists (
            select from annotations_transition
            where move = 'erase' and detail->>'transaction' = pg_current_xact_id()::text
        )
    then
        return new;
    end if;
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

do $$
declare
    -- A changing UPDATE, DELETE and TRUNCATE are refused. Saving a row as it is passes.
    append_only text[] := array[
        'revision', 'original', 'verdict', 'edition', 'correction', 'transition', 'sighting',
        'guidelines', 'statement', 'removedmark', 'draftversion', 'lettertemplate',
        'dailyroot', 'rootleaf', 'identitynote', 'link', 'picture', 'archiveanswer'
    ];
    -- Some of their columns may change, as the guards below say.
    never_deleted text[] := array[
        'snapshot', 'capture', 'sentence', 'orphan', 'annotation', 'comment', 'report',
        'replyrequest', 'replypoint', 'sourcechange', 'stamp', 'sourcenote', 'archiverequest'
    ];
    deleted_row_by_row text[] := array['citation', 'source', 'receipt', 'letter', 'criticism'];
    model text;
begin
    foreach model in array append_only loop
        execute format(
            'create or replace trigger %1$s_no_update before update on annotations_%1$s'
            ' for each row when (old is distinct from new)'
            ' execute function annotations_refuse_change%2$s()', model,
            case when model in ('edition', 'correction', 'transition') then '_but_of_names' end);
    end loop;
    foreach model in array append_only || never_deleted loop
        execute format(
            'create or replace trigger %1$s_no_delete before delete on annotations_%1$s'
            ' for each row execute function annotations_refuse_change()', model);
    end loop;
    foreach model in array append_only || never_deleted || deleted_row_by_row loop
        execute format(
            'create or replace trigger %1$s_no_truncate before truncate on annotations_%1$s'
            ' for each statement execute function annotations_refuse_change()', model);
    end loop;
end $$;


-- Time stamps: what an authority has answered stays, and no other root comes under it.

create or replace trigger stamp_no_update before update on annotations_stamp
    for each row when (
        (old.uuid, old.root_id, old.authority) is distinct from
        (new.uuid, new.root_id, new.authority)
        or (old.token is not null and old is distinct from new)
    ) execute function annotations_refuse_change();


-- Sentences: their triage may change, and nothing else.

create or replace trigger sentence_no_update before update on annotations_sentence
    for each row when (
        (old.uuid, old.revision_id, old.position, old.number, old.paragraph, old.kind,
         old.block, old.locator, old.start, old."end")
        is distinct from
        (new.uuid, new.revision_id, new.position, new.number, new.paragraph, new.kind,
         new.block, new.locator, new.start, new."end")
    ) execute function annotations_refuse_change();

-- Text by text: asked for several at once, PostgreSQL may walk the sentences of all articles, in
-- the order of the index, where it believes that there are few texts. And by the index: a session
-- keeps the plan that it made when the table was nearly empty.
create or replace function annotations_sentences_fit() returns trigger
language plpgsql set search_path = pg_catalog, public set enable_seqscan = off as $$
begin
    if exists (
        select 1
        from (select distinct revision_id from added) as texts
        cross join lateral (
            select "end", lead(start) over (order by position) as next
            from annotations_sentence
            where revision_id = texts.revision_id
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
        where revision.id = any (array(select distinct revision_id from added))
            and spans.last > char_length(revision.text)
    ) then
        raise exception 'a sentence ends after its text'
            using errcode = 'check_violation', constraint = 'sentence_is_in_its_text';
    end if;
    return null;
end $$;
create or replace trigger sentence_fits after insert on annotations_sentence
    referencing new table as added
    for each statement execute function annotations_sentences_fit();


-- Links: each leads from words of its text, and no two from the same.

create or replace function annotations_links_fit() returns trigger
language plpgsql set search_path = pg_catalog, public set enable_seqscan = off as $$
begin
    if exists (
        select 1
        from (select distinct revision_id from added) as texts
        cross join lateral (
            select "end", lead(start) over (order by start) as next
            from annotations_link
            where revision_id = texts.revision_id
        ) as spans
        where next < "end"
    ) then
        raise exception 'links overlap'
            using errcode = 'check_violation', constraint = 'links_do_not_overlap';
    end if;
    if exists (
        select 1
        from (select revision_id, max("end") as last from added group by revision_id) as spans
        join annotations_revision as revision on revision.id = spans.revision_id
        where revision.id = any (array(select distinct revision_id from added))
            and spans.last > char_length(revision.text)
    ) then
        raise exception 'a link ends after its text'
            using errcode = 'check_violation', constraint = 'link_is_in_its_text';
    end if;
    return null;
end $$;
create or replace trigger link_fits after insert on annotations_link
    referencing new table as added
    for each statement execute function annotations_links_fit();

-- A picture stands with a place of its text.
create or replace function annotations_pictures_fit() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
    if exists (
        select 1
        from (select revision_id, max(at) as last from new_rows group by revision_id) as placed
        join annotations_revision as revision on revision.id = placed.revision_id
        where placed.last >= char_length(revision.text)
    ) then
        raise exception 'a picture stands after its text'
            using errcode = 'check_violation', constraint = 'picture_is_in_its_text';
    end if;
    return null;
end $$;
create or replace trigger picture_fits after insert on annotations_picture
    referencing new table as new_rows
    for each statement execute function annotations_pictures_fit();


-- Marks. Rule 1: `text[start:end] == exact` is checked on the way in. PostgreSQL counts code
-- points too.

create or replace function annotations_mark_fits() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare
    its_text text;
begin
    select text into its_text from annotations_revision where id = new.revision_id;
    if not found then return null; end if;
    -- The length is compared too: substr stops at the end of the text without a word.
    if new."end" - new.start <> char_length(new.exact)
        or new.exact <> substr(its_text, new.start + 1, greatest(new."end" - new.start, 0))
    then
        raise exception 'the words at % to % are not the words of the mark', new.start, new."end"
            using errcode = 'check_violation', constraint = 'mark_exact_is_in_its_text';
    end if;
    return null;
end $$;
create or replace trigger mark_fits after insert or update on annotations_mark
    for each row execute function annotations_mark_fits();

-- Words without what may be printed otherwise: quotation marks, dashes, spaces, ellipses, ligatures.
create or replace function annotations_bare(words text) returns text
language sql immutable parallel safe set search_path = pg_catalog, public as $$
    select regexp_replace(
        replace(replace(replace(replace(replace(replace(replace(
            words, 'ﬀ', 'ff'), 'ﬁ', 'fi'), 'ﬂ', 'fl'), 'ﬃ', 'ffi'), 'ﬄ', 'ffl'), 'ﬅ', 'st'), 'ﬆ', 'st'),
        '[\s"''`“”„‟‘’‚‛«»‹›「」『』‐‑‒–—―−…-]|\.\.\.', '', 'g'
    )
$$;

-- Rule 2: what came by itself came from an earlier revision of the same article, is of the same
-- claim, and has the same words. Where only the way they are printed changed, a person confirms it.
create or replace function annotations_mark_comes_from_its_like() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
    if not exists (
        select 1
        from annotations_mark as source
        where source.id = new.came_from_id
            and source.claim_id = new.claim_id
            and (
                new.came_by = 'attached'
                or source.exact = new.exact
                or (
                    new.came_by = 'context'
                    and annotations_bare(source.exact) = annotations_bare(new.exact)
                )
            )
    ) or exists (
        select 1
        from annotations_mark as source
        join annotations_revision as earlier on earlier.id = source.revision_id
        join annotations_revision as later on later.id = new.revision_id
        where source.id = new.came_from_id
            and (earlier.article_id <> later.article_id or earlier.number >= later.number)
    ) then
        raise exception 'a mark never lands on other words by itself'
            using errcode = 'check_violation', constraint = 'mark_comes_from_its_like';
    end if;
    return null;
end $$;
create or replace trigger mark_comes_from_its_like after insert or update on annotations_mark
    for each row when (new.came_from_id is not null)
    execute function annotations_mark_comes_from_its_like();

create or replace function annotations_orphan_fits() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
    if exists (
        select 1
        from annotations_mark as mark
        join annotations_revision as earlier on earlier.id = mark.revision_id
        join annotations_revision as later on later.id = new.revision_id
        where mark.id = new.mark_id
            and (earlier.article_id <> later.article_id or earlier.number >= later.number)
    ) or exists (
        select 1
        from annotations_mark as mark
        join annotations_mark as placed on placed.id = new.placed_id
        where mark.id = new.mark_id
            and (placed.claim_id <> mark.claim_id or placed.revision_id <> new.revision_id)
    ) then
        raise exception 'an orphan is a mark of an earlier revision of the same article'
            using errcode = 'check_violation', constraint = 'orphan_fits';
    end if;
    return null;
end $$;
create or replace trigger orphan_fits after insert or update on annotations_orphan
    for each row execute function annotations_orphan_fits();
create or replace trigger orphan_no_update before update on annotations_orphan
    for each row when (
        (old.uuid, old.mark_id, old.revision_id, old.proposals, old.created_at)
        is distinct from
        (new.uuid, new.mark_id, new.revision_id, new.proposals, new.created_at)
    ) execute function annotations_refuse_change();

-- A restore of rows alone may bring the marks before the texts they are in, by the letters of the
-- tables' names. They are let in then, for the foreign keys ask for their texts at the end, and
-- are looked at when the text comes: a change that changes nothing calls their guards.
create or replace function annotations_revision_fits_what_is_there() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare
    marks bigint[] := array(select id from annotations_mark where revision_id = new.id);
begin
    if exists (
        select 1 from annotations_sentence
        where revision_id = new.id and "end" > char_length(new.text)
    ) then
        raise exception 'a sentence ends after its text'
            using errcode = 'check_violation', constraint = 'sentence_is_in_its_text';
    end if;
    if exists (
        select 1 from annotations_picture
        where revision_id = new.id and at >= char_length(new.text)
    ) then
        raise exception 'a picture stands after its text'
            using errcode = 'check_violation', constraint = 'picture_is_in_its_text';
    end if;
    update annotations_mark set start = start where revision_id = new.id;
    update annotations_orphan set outcome = outcome where revision_id = new.id;
    if cardinality(marks) > 0 then
        update annotations_mark set start = start where came_from_id = any (marks);
        update annotations_orphan set outcome = outcome where mark_id = any (marks);
    end if;
    return null;
end $$;
create or replace trigger revision_fits_what_is_there after insert on annotations_revision
    for each row execute function annotations_revision_fits_what_is_there();

-- A text is kept as its normaliser left it, and its hash is its own: whoever quotes from it counts
-- in it. Asked of new rows: what stands cannot change.
create or replace function annotations_revision_is_canonical() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
    if new.sha256 <> encode(sha256(convert_to(new.text, 'UTF8')), 'hex') then
        raise exception 'the sha256 of a text is not its own'
            using errcode = 'check_violation', constraint = 'revision_sha256_is_its_own';
    end if;
    if new.text is not nfc normalized or new.text ~ E'[\\r\\t\\u00a0\\u00ad\\ufeff]' then
        raise exception 'a text is not normalised: line feeds, NFC and plain spaces are expected'
            using errcode = 'check_violation', constraint = 'revision_text_is_canonical';
    end if;
    return null;
end $$;
create or replace trigger revision_is_canonical after insert on annotations_revision
    for each row execute function annotations_revision_is_canonical();

create or replace function annotations_original_is_its_hash() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
    raise exception 'the sha256 of an original is not its own'
        using errcode = 'check_violation', constraint = 'original_sha256_is_its_own';
end $$;
create or replace trigger original_is_its_hash after insert on annotations_original
    for each row when (new.sha256 <> encode(sha256(new.data), 'hex'))
    execute function annotations_original_is_its_hash();


-- Desks and scales.

create or replace trigger desk_is_sample_is_fixed before update on annotations_desk
    for each row when (old.is_sample is distinct from new.is_sample)
    execute function annotations_refuse_change();

-- Its name in addresses: pages of others, feeds and editions hold them.
create or replace function annotations_desk_keeps_its_address() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
    if exists (select from annotations_edition where desk_id = old.id) then
        raise exception 'readers have addresses of the desk'
            using errcode = 'check_violation', constraint = 'desk_keeps_its_address';
    end if;
    return new;
end $$;
create or replace trigger desk_keeps_its_address before update on annotations_desk
    for each row when (old.slug is distinct from new.slug)
    execute function annotations_desk_keeps_its_address();

create or replace function annotations_refuse_scale_in_use() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
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
create or replace trigger rating_of_used_scale_no_update before update on annotations_rating
    for each row when (old is distinct from new)
    execute function annotations_refuse_scale_in_use();
create or replace trigger rating_of_used_scale_no_delete before delete on annotations_rating
    for each row execute function annotations_refuse_scale_in_use();


-- Work handed in. A verdict's citations are part of the verdict, a submitted annotation's of the
-- annotation: both stand as they were, and so do the sources they name. Adding is left open, for a
-- fixture loads the citing row first.

create or replace trigger annotation_submitted_no_update before update on annotations_annotation
    for each row when (
        old.submitted_at is not null and new.submitted_at is not null
        and (old.rating_id, old.finding, old.justification, old.confidence)
        is distinct from (new.rating_id, new.finding, new.justification, new.confidence)
    ) execute function annotations_refuse_change();

create or replace trigger citation_of_verdict_no_update before update on annotations_citation
    for each row when (old.verdict_id is not null and old is distinct from new)
    execute function annotations_refuse_change();
create or replace trigger citation_of_verdict_no_delete before delete on annotations_citation
    for each row when (old.verdict_id is not null)
    execute function annotations_refuse_change();

create or replace function annotations_citation_is_open() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
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
create or replace trigger citation_of_submitted_no_update before update on annotations_citation
    for each row when (old is distinct from new) execute function annotations_citation_is_open();
create or replace trigger citation_of_submitted_no_delete before delete on annotations_citation
    for each row execute function annotations_citation_is_open();

create or replace function annotations_source_is_open() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
    if exists (
        select 1
        from annotations_citation as citation
        left join annotations_annotation as annotation on annotation.id = citation.annotation_id
        where citation.source_id = old.id
            and (citation.verdict_id is not null or annotation.submitted_at is not null)
    ) then
        raise exception 'work that is handed in stands on this source: describe a new one'
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
-- What document it is follows from the rest, and may be found better by later rules; where its
-- address leads is found when its page is saved, before or after.
create or replace trigger source_of_submitted_no_update before update on annotations_source
    for each row when (
        to_jsonb(old) - '{document,leads_to}'::text[]
        is distinct from to_jsonb(new) - '{document,leads_to}'::text[]
    )
    execute function annotations_source_is_open();


-- A saved copy stands. Its bytes may leave the row for the storage that keeps them by their hash.
create or replace trigger snapshot_no_update before update on annotations_snapshot
    for each row when (
        (old.uuid, old.source_id, old.name, old.media_type, old.sha256, old.taken_by_id,
         old.taken_at)
        is distinct from
        (new.uuid, new.source_id, new.name, new.media_type, new.sha256, new.taken_by_id,
         new.taken_at)
        or (new.data is not null and old.data is distinct from new.data)
        or (old.size is distinct from new.size and old.data is null)
    ) execute function annotations_refuse_change();


-- What became of a page that was to be saved is said once.
create or replace trigger capture_settled_no_update before update on annotations_capture
    for each row when (old.state <> 'waiting' and old is distinct from new)
    execute function annotations_refuse_change();

-- So is what became of an address that another service was to save; what was sent stays as it was.
create or replace trigger archiverequest_no_update before update on annotations_archiverequest
    for each row when (
        (old.uuid, old.source_id, old.service, old.address, old.wanted_at)
        is distinct from
        (new.uuid, new.source_id, new.service, new.address, new.wanted_at)
        or (old.state in ('answered', 'failed') and old is distinct from new)
    ) execute function annotations_refuse_change();


-- What people said to each other, and what readers said: moves settle it, nobody rewrites it.

create or replace trigger comment_no_update before update on annotations_comment
    for each row when (
        (old.uuid, old.claim_id, old.author_id, old.parent_id, old.body, old.at)
        is distinct from
        (new.uuid, new.claim_id, new.author_id, new.parent_id, new.body, new.at)
    ) execute function annotations_refuse_change();

-- What is still to be confirmed of a source stays as it was noted, and is settled once.
create or replace trigger sourcenote_no_update before update on annotations_sourcenote
    for each row when (
        (old.uuid, old.annotation_id, old.source_id, old.body, old.at)
        is distinct from
        (new.uuid, new.annotation_id, new.source_id, new.body, new.at)
        or (old.settled_at is not null and old is distinct from new)
    ) execute function annotations_refuse_change();

-- A reader's address, and the hash of where a report came from, may be emptied, not replaced.
create or replace trigger report_no_update before update on annotations_report
    for each row when (
        (old.uuid, old.edition_id, old.words, old.evidence, old.language, old.is_suspect, old.at)
        is distinct from
        (new.uuid, new.edition_id, new.words, new.evidence, new.language, new.is_suspect, new.at)
        or new.email not in (old.email, '')
        or new.sender not in (old.sender, '')
    ) execute function annotations_refuse_change();
create or replace trigger report_answer_stands before update on annotations_report
    for each row when (
        old.outcome <> ''
        and (old.outcome, old.answer, old.answered_by_id, old.answered_at)
        is distinct from (new.outcome, new.answer, new.answered_by_id, new.answered_at)
    ) execute function annotations_refuse_change();

-- What a letter says stands. Its address is emptied where somebody is forgotten. A secret in it is blanked once it is sent or given up, and only then.
create or replace trigger letter_no_update before update on annotations_letter
    for each row when (
        (old.uuid, old.report_id, old.person_id, old.kind, old.subject, old.language,
         old.is_secret, old.key, old.made_at)
        is distinct from
        (new.uuid, new.report_id, new.person_id, new.kind, new.subject, new.language,
         new.is_secret, new.key, new.made_at)
        or (old."to" is distinct from new."to" and not (
            new."to" = '' and (new.sent_at is not null or new.failed_at is not null)))
        or (old.body is distinct from new.body and not (
            old.is_secret and new.body = '' and (
                new.sent_at is not null or new.failed_at is not null)))
        or (old.sent_at is not null and old.sent_at is distinct from new.sent_at)
    ) execute function annotations_refuse_change();
-- An answer to a reader is kept for good, any other letter until it is settled; but one that has
-- nothing to tell any more, having no words of its own, is not sent.
create or replace trigger letter_no_delete before delete on annotations_letter
    for each row when (
        old.report_id is not null
        or (old.sent_at is null and old.failed_at is null
            and old.kind not in ('notices', 'digest'))
    ) execute function annotations_refuse_change();

-- What was asked stands, and so does that it was withdrawn. An address may be emptied, where
-- somebody is forgotten, not replaced.
create or replace trigger replyrequest_no_update before update on annotations_replyrequest
    for each row when (
        (old.uuid, old.desk_id, old.addressee, old.channel, old.until, old.subject, old.body,
         old.link_until, old.reminds, old.not_needed, old.asked_by_id, old.asked_at)
        is distinct from
        (new.uuid, new.desk_id, new.addressee, new.channel, new.until, new.subject, new.body,
         new.link_until, new.reminds, new.not_needed, new.asked_by_id, new.asked_at)
        or new.email not in (old.email, '')
        or (old.withdrawn_at is not null and old.withdrawn_at is distinct from new.withdrawn_at)
    ) execute function annotations_refuse_change();
create or replace trigger replyrequest_answer_stands before update on annotations_replyrequest
    for each row when (
        old.answered_at is not null
        and (old.answer, old.answered_at, old.came, old.kept_by_id, old.attachment,
             old.attachment_name, old.withdrawn_at)
        is distinct from
            (new.answer, new.answered_at, new.came, new.kept_by_id, new.attachment,
             new.attachment_name, new.withdrawn_at)
    ) execute function annotations_refuse_change();

-- What was put to them stands, and what they answered to it.
create or replace trigger replypoint_no_update before update on annotations_replypoint
    for each row when (
        (old.uuid, old.request_id, old.claim_id, old.number, old.words, old.quote, old.place)
        is distinct from
        (new.uuid, new.request_id, new.claim_id, new.number, new.words, new.quote, new.place)
        or (old.answer <> '' and old.answer is distinct from new.answer)
    ) execute function annotations_refuse_change();

-- What was found of a page stands, and what a person said of it.
create or replace trigger sourcechange_no_update before update on annotations_sourcechange
    for each row when (
        (old.uuid, old.source_id, old.claim_id, old.kind, old.about, old.found_at)
        is distinct from
        (new.uuid, new.source_id, new.claim_id, new.kind, new.about, new.found_at)
        or (old.settled_at is not null and old is distinct from new)
    ) execute function annotations_refuse_change();

-- A receipt is what makes a form that is sent twice have one effect; after a day nobody sends it.
-- It is put down before the act, so that a second copy waits, and gets its answer once, after it.
create or replace trigger receipt_no_update before update on annotations_receipt
    for each row when (
        (old.answer ? 'answer' or (old.person_id, old.key, old.at, old.answer -> 'what')
            is distinct from (new.person_id, new.key, new.at, new.answer -> 'what'))
        and old is distinct from new
    ) execute function annotations_refuse_change();
create or replace trigger receipt_is_kept_a_day before delete on annotations_receipt
    for each row when (old.at > now() - interval '1 day')
    execute function annotations_refuse_change();


-- Dates that people know in part: empty, YYYY, YYYY-MM or YYYY-MM-DD, and a day that there is.
-- `text.dates.is_partial_date` is the same rule.

create or replace function annotations_is_partial_date(words text) returns boolean
language sql immutable strict parallel safe set search_path = pg_catalog as $$
    select case
        when words !~ '^[0-9]{4}(-[0-9]{2}){0,2}$' then words = ''
        when left(words, 4) = '0000' then false
        when length(words) = 4 then true
        when substr(words, 6, 2) not between '01' and '12' then false
        when length(words) = 7 then true
        else substr(words, 9, 2)::integer between 1 and extract(day from
            make_date(left(words, 4)::integer, substr(words, 6, 2)::integer, 1)
            + interval '1 month' - interval '1 day')
    end
$$;

-- A trigger beside the constraint on the shape, and no constraint on the calendar: rows from before
-- the calendar was asked may hold a 30 February, and a constraint, NOT VALID too, would refuse every
-- later change of such a row, be it the move that withdraws the article. The arguments: the column,
-- and the constraint to name.
create or replace function annotations_date_is_real() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
declare
    given text := to_jsonb(new) ->> tg_argv[0];
begin
    if annotations_is_partial_date(given) then return null; end if;
    -- An old mark's date goes where the mark goes: to the next text, out of it and back into it.
    if tg_argv[0] = 'said_on' then
        if exists (
            select 1
            from (
                select 'annotations_mark' as place, id, claim_id, said_on
                from annotations_mark
                union all
                select 'annotations_removedmark', id, claim_id, said_on
                from annotations_removedmark
            ) as before
            where claim_id = new.claim_id and said_on = given
                and (place, id) <> (tg_table_name, new.id)
        ) then
            return null;
        end if;
    end if;
    raise exception '% is no date', quote_literal(given)
        using errcode = 'check_violation', constraint = tg_argv[1],
            hint = 'Give it as 2026, 2026-11 or 2026-11-24, or leave it empty.';
end $$;
do $$
declare
    dates record;
begin
    for dates in
        select * from (values
            ('article', 'published_on', 'article_published_on_is_a_date', true),
            ('source', 'published_on', 'source_published_on_is_a_date', true),
            ('mark', 'said_on', 'mark_said_on_is_a_date', true),
            ('removedmark', 'said_on', 'removed_mark_said_on_is_a_date', false)
        ) as listed (model, field, rule, may_change)
    loop
        execute format(
            'create or replace trigger %1$s_date_is_real_at_first after insert'
            ' on annotations_%1$s for each row when (not annotations_is_partial_date(new.%2$s))'
            ' execute function annotations_date_is_real(%2$L, %3$L)',
            dates.model, dates.field, dates.rule);
        if dates.may_change then
            execute format(
                'create or replace trigger %1$s_date_is_real after update'
                ' on annotations_%1$s for each row when (old.%2$s is distinct from new.%2$s'
                ' and not annotations_is_partial_date(new.%2$s))'
                ' execute function annotations_date_is_real(%2$L, %3$L)',
                dates.model, dates.field, dates.rule);
        end if;
    end loop;
end $$;
