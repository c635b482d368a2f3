-- Search in what readers got.
--
-- The current text, as guards.sql. Every function sets its search path: ANALYZE, REINDEX and a
-- restore run with an empty one.
--
-- Immutable, so that an index can hold the words. Long texts are cut: a tsvector has a limit of
-- 1 MB, and an edition must never fail to be published because of the search. As they stand and by
-- their stems: "ferry" finds "ferries", and a name is found as written. Accents and the kind of quotation
-- mark do not matter.

-- The dictionary for a language tag; words of other languages are taken as they stand.
create or replace function annotations_search_config(language text) returns regconfig
language sql immutable parallel safe set search_path = pg_catalog, public as $$
    select case split_part(lower(coalesce(language, '')), '-', 1)
        when 'ar' then 'arabic' when 'da' then 'danish' when 'de' then 'german'
        when 'en' then 'english' when 'es' then 'spanish' when 'fi' then 'finnish'
        when 'fr' then 'french' when 'hu' then 'hungarian' when 'id' then 'indonesian'
        when 'it' then 'italian' when 'nl' then 'dutch' when 'no' then 'norwegian'
        when 'pt' then 'portuguese' when 'ro' then 'romanian' when 'ru' then 'russian'
        when 'sv' then 'swedish' when 'tr' then 'turkish'
        else 'simple' end::regconfig
$$;

-- Words as people type them: no accents on Latin and Greek letters, one kind of quotation mark,
-- dash and width, small letters. text.looking.folded is the same in Python. In other scripts a mark
-- above a letter makes it another letter, and stays. Indexes hold whole texts folded, so it is made
-- quick: what is normal already is left alone, and many signs are looked for by one expression
-- (translate compares each sign of the text with each of its list).
create or replace function annotations_folded(words text) returns text
language sql immutable strict parallel safe set search_path = pg_catalog, public as $$
    select replace(replace(replace(translate(
        regexp_replace(regexp_replace(regexp_replace(lower(normal),
            '[‘’‚‛‹›ʼ′`´]', '''', 'g'), '[“”„‟«»″]', '"', 'g'), '[‐‑‒–—―−]', '-', 'g'),
        'øłđðıς', 'olddiσ'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe')
    from (select case when words ~ '[^\x01-\x7f‘’“”–—]'
        then normalize(regexp_replace(normalize(words, NFKD),
            '([A-Za-z\u0370-\u03ff])[\u0300-\u036f]+', '\1', 'g'), NFKC)
        else words end as normal) as given
$$;

-- Chinese and Japanese have no spaces between words: each of their signs is a word of its own, and
-- some in a row are looked for as they follow each other.
create or replace function annotations_spaced(words text) returns text
language sql immutable strict parallel safe set search_path = pg_catalog, public as $$
    select regexp_replace(words, '([\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff])', ' \1 ', 'g')
$$;

create or replace function annotations_asked(words text) returns text
language sql immutable strict parallel safe set search_path = pg_catalog, public as $$
    select case when words like '%"%' then annotations_spaced(words)
        else annotations_spaced(regexp_replace(words,
            '([\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+)', '"\1"', 'g')) end
    from annotations_folded(words) as words
$$;

create or replace function annotations_search_words(config regconfig, words text, weight "char")
returns tsvector
language sql immutable parallel safe set search_path = pg_catalog, public as $$
    select setweight(
        to_tsvector('pg_catalog.simple'::regconfig, kept) || to_tsvector(config, kept), weight)
    from annotations_spaced(annotations_folded(left(coalesce(words, ''), 60000))) as kept
$$;

-- Not for parallel workers, who may not catch an exception: a search would end in an error as soon
-- as the editions are many.
create or replace function annotations_edition_words(content jsonb) returns tsvector
language plpgsql immutable parallel unsafe set search_path = pg_catalog, public as $$
declare
    config regconfig := annotations_search_config(coalesce(
        content #>> '{article,language}', content #>> '{appearances,0,article,language}',
        content #>> '{desk,language}'));
    title text := coalesce(content #>> '{claim,claim_reviewed}', content #>> '{article,title}');
begin
    if content ? 'tombstone' then return ''::tsvector; end if;
    return annotations_search_words(config, title, 'A')
        || annotations_search_words(config, concat_ws(' ', content #>> '{verdict,finding}',
            content #>> '{claim,claimant,name}', content #>> '{article,outlet}'), 'B')
        || annotations_search_words(config, concat_ws(' ',
            content #>> '{verdict,justification}', content #>> '{claim,interpretation}',
            (select string_agg(each ->> 'exact', ' ')
                from jsonb_array_elements(content -> 'appearances') as each),
            (select string_agg(concat_ws(' ', each ->> 'claim_reviewed',
                each #>> '{verdict,finding}', each #>> '{claimant,name}'), ' ')
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
create or replace function annotations_search_query(words text) returns tsquery
language sql immutable parallel safe set search_path = pg_catalog, public as $$
    select coalesce(string_agg('(' || each::text || ')', ' | '), '')::tsquery
    from (
        select distinct websearch_to_tsquery(config, annotations_asked(words)) as each
        from unnest(array[
            'simple', 'arabic', 'danish', 'german', 'english', 'spanish', 'finnish',
            'french', 'hungarian', 'indonesian', 'italian', 'dutch', 'norwegian', 'portuguese',
            'romanian', 'russian', 'swedish', 'turkish'
        ]::regconfig[]) as config
    ) as queries
    where numnode(each) > 0
$$;

-- Where in its text an edition holds the words, between two control characters.
create or replace function annotations_edition_headline(content jsonb, words text) returns text
language sql immutable parallel safe set search_path = pg_catalog, public as $$
    select ts_headline(
        config,
        left(concat_ws(' ',
            content #>> '{verdict,finding}', content #>> '{verdict,justification}',
            content #>> '{claim,interpretation}',
            (select string_agg(sentence ->> 'text', ' ')
                from jsonb_array_elements(content -> 'paragraphs') as paragraph,
                    jsonb_array_elements(paragraph -> 'sentences') as sentence)), 60000),
        websearch_to_tsquery(config, words)
            || websearch_to_tsquery(config, annotations_asked(words)),
        'StartSel=' || chr(2) || ', StopSel=' || chr(3)
            || ', MaxFragments=2, MaxWords=30, MinWords=12')
    from annotations_search_config(coalesce(
        content #>> '{article,language}', content #>> '{appearances,0,article,language}',
        content #>> '{desk,language}')) as config
$$;

-- Where a claim stands in the order of its nth weightiest word, and beside which others: those that
-- share the word, and among them those that share the next. Null where it has no such word. Weighty
-- are longer words, which are the rarer ones in every language that has spaces, and figures
-- (text.likeness).
create or replace function annotations_place_of_claim(words text, nth integer) returns text
language plpgsql immutable strict parallel safe set search_path = pg_catalog, public as $$
declare
    weighty text[];
begin
    weighty := array(
        select word collate "C" from (
            select word, length(word) + case when word ~ '[0-9]' then 4 else 0 end as weight
            from regexp_split_to_table(
                -- 4,000 is one word
                regexp_replace(annotations_folded(left(words, 1000)),
                    '(?<=[0-9])[.,''](?=[0-9]{3}(?![0-9]))', '', 'g'),
                '[^[:alnum:]]+') as word
            where length(word) > 3 or word ~ '[0-9]'
            group by word) as found
        order by weight desc, word collate "C"
        limit 12);
    if nth > cardinality(weighty) then return null; end if;
    return left(array_to_string(weighty[nth] || array_remove(weighty, weighty[nth]), ' '), 200);
end $$;
