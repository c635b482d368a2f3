-- What is current is pointed at, and the public lists follow the pointers.
--
-- The guards wait for the end of the transaction: a verdict and its pointer are two statements, and
-- fixtures and restored dumps bring claims before what they point at. The lists do not wait, so that
-- what was published is found at once. Only a pointer that moves writes a row: whoever inserts a
-- claim that has an edition already restores a dump, which brings the row too.

-- A property of the articles that make a claim, in their order, each value once; '' is none.
create or replace function annotations_listed(content jsonb, property text) returns text[]
language sql immutable set search_path = pg_catalog, public as $$
    select coalesce(array_agg(value order by first), array[]::text[])
    from (
        select coalesce(each #>> array['article', property], '') as value, min(place) as first
        from jsonb_array_elements(content -> 'appearances') with ordinality as e(each, place)
        group by 1
    ) as values
$$;

-- The row of the public lists for an edition that stands.
create or replace function annotations_list_edition(key bigint) returns void
language sql set search_path = pg_catalog, public as $$
    insert into annotations_listing (
        edition_id, desk_id, article_id, claim_id, number, slug, title, language, claimant,
        claimant_description, outlets, topics, rating, rating_label, published_at, words)
    select id, desk_id, article_id, claim_id,
        (content #>> '{claim,number}')::integer,
        coalesce(content #>> '{claim,slug}', content #>> '{article,slug}', ''),
        coalesce(content #>> '{claim,claim_reviewed}', content #>> '{article,title}', ''),
        coalesce(content #>> '{article,language}', content #>> '{appearances,0,article,language}',
            content #>> '{desk,language}', ''),
        coalesce(content #>> '{claim,claimant,name}', ''),
        coalesce(content #>> '{claim,claimant,description}', ''),
        case when article_id is not null then array[coalesce(content #>> '{article,outlet}', '')]
            else annotations_listed(content, 'outlet') end,
        case when article_id is not null then array[coalesce(content #>> '{article,topic}', '')]
            else annotations_listed(content, 'topic') end,
        coalesce(content #>> '{verdict,rating,slug}', ''),
        coalesce(content #>> '{verdict,rating,label}', ''),
        published_at,
        annotations_edition_words(content)
    from annotations_edition where id = key
    on conflict (edition_id) do nothing
$$;

create or replace function annotations_list_anew() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
    if old.edition_id is not null then
        delete from annotations_listing where edition_id = old.edition_id;
    end if;
    if new.edition_id is not null then
        perform annotations_list_edition(new.edition_id);
    end if;
    return null;
end $$;

drop trigger if exists claim_is_listed on annotations_claim;
create trigger claim_is_listed after update of edition_id on annotations_claim
    for each row when (old.edition_id is distinct from new.edition_id)
    execute function annotations_list_anew();
drop trigger if exists article_is_listed on annotations_article;
create trigger article_is_listed after update of edition_id on annotations_article
    for each row when (old.edition_id is distinct from new.edition_id)
    execute function annotations_list_anew();

create or replace function annotations_claim_is_current(key bigint) returns void
language plpgsql set search_path = pg_catalog, public as $$
declare
    claim annotations_claim%rowtype;
    verdict bigint;
    edition bigint;
begin
    select * into claim from annotations_claim where id = key;
    if not found then return; end if;
    select id into verdict from annotations_verdict
        where claim_id = key order by number desc limit 1;
    if claim.verdict_id is distinct from verdict then
        raise exception 'claim %: the verdict that stands is %, not %',
            key, verdict, claim.verdict_id using errcode = 'integrity_constraint_violation';
    end if;
    select case when content ? 'tombstone' then null else id end into edition
        from annotations_edition where claim_id = key order by number desc limit 1;
    if claim.edition_id is distinct from edition then
        raise exception 'claim %: the edition that stands is %, not %',
            key, edition, claim.edition_id using errcode = 'integrity_constraint_violation';
    end if;
end $$;

create or replace function annotations_article_is_current(key bigint) returns void
language plpgsql set search_path = pg_catalog, public as $$
declare
    article annotations_article%rowtype;
    edition bigint;
begin
    select * into article from annotations_article where id = key;
    if not found then return; end if;
    select case when content ? 'tombstone' then null else id end into edition
        from annotations_edition where article_id = key order by number desc limit 1;
    -- One withdrawn before there were tombstones has none.
    if article.status <> 'withdrawn' and article.edition_id is distinct from edition then
        raise exception 'article %: the edition that stands is %, not %',
            key, edition, article.edition_id using errcode = 'integrity_constraint_violation';
    end if;
end $$;

create or replace function annotations_is_current() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
    case tg_table_name
        when 'annotations_claim' then perform annotations_claim_is_current(new.id);
        when 'annotations_article' then perform annotations_article_is_current(new.id);
        when 'annotations_verdict' then perform annotations_claim_is_current(new.claim_id);
        else
            perform annotations_claim_is_current(new.claim_id);
            perform annotations_article_is_current(new.article_id);
    end case;
    return null;
end $$;

drop trigger if exists claim_is_current on annotations_claim;
create constraint trigger claim_is_current
    after insert or update of verdict_id, edition_id on annotations_claim
    deferrable initially deferred for each row execute function annotations_is_current();
drop trigger if exists article_is_current on annotations_article;
create constraint trigger article_is_current
    after insert or update of edition_id, status on annotations_article
    deferrable initially deferred for each row execute function annotations_is_current();
drop trigger if exists verdict_is_current on annotations_verdict;
create constraint trigger verdict_is_current after insert on annotations_verdict
    deferrable initially deferred for each row execute function annotations_is_current();
drop trigger if exists edition_is_current on annotations_edition;
create constraint trigger edition_is_current after insert on annotations_edition
    deferrable initially deferred for each row execute function annotations_is_current();
