-- What the choice of a wave reads: where volunteers may be looked for, how they answer offers, who is kept apart.
-- Why: a wave must be chosen in a few milliseconds among 100,000 volunteers, whatever the history. `askable` has a row
--   per topic and language of a volunteer, in the order of who was here last and in a random order. `habit` sums up
--   offers by part of the day, forgetting by half in a week. `blocked_pair` keeps two people apart.
-- Locks: `create trigger` and the foreign keys lock `responder` and `contact` for writing, for the moment of this
--   migration; existing rows are read once.
-- Undo: drop trigger askable_kept on responder; drop function keep_askable; drop table askable, habit, blocked_pair.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table askable (
    responder_id bigint not null references responder (id) on delete cascade,
    topic text not null,
    language text not null,
    place double precision not null default random(),
    active_at timestamptz not null default '-infinity',
    primary key (responder_id, topic, language)
);
create index askable_active on askable (topic, language, active_at desc, responder_id);
create index askable_place on askable (topic, language, place, responder_id);

create table habit (
    responder_id bigint not null references responder (id) on delete cascade,
    day_part integer not null check (day_part between 0 and 5),
    asked double precision not null,
    claimed double precision not null,
    passed double precision not null,
    log_seconds double precision not null,
    counted_at timestamptz not null,
    primary key (responder_id, day_part)
);

create table blocked_pair (
    contact_id bigint not null references contact (id) on delete cascade,
    responder_id bigint not null references responder (id) on delete cascade,
    blocked_by text not null check (blocked_by in ('contact', 'responder', 'coordinator')),
    blocked_at timestamptz not null,
    primary key (contact_id, responder_id, blocked_by)
);
create index blocked_pair_responder on blocked_pair (responder_id);

-- Kept by the database: topics and languages change in several places, and a volunteer who is missing here is never asked.
-- A row that stays keeps its place and its last sign of life. No topic at all stands for every topic: ''.
create function keep_askable() returns trigger language plpgsql as $$
begin
    delete from askable a
    where a.responder_id = new.id and (
        new.role <> 'volunteer'
        or not new.active
        or a.topic <> all (case when new.topics = '{}' then '{""}' else new.topics end)
        or a.language <> all (new.languages)
    );
    if new.role = 'volunteer' and new.active then
        insert into askable (responder_id, topic, language, active_at)
        select
            new.id, topic, language,
            coalesce((select max(a.active_at) from askable a where a.responder_id = new.id), new.created_at)
        from unnest(case when new.topics = '{}' then '{""}' else new.topics end) topic, unnest(new.languages) language
        on conflict do nothing;
    end if;
    return null;
end
$$;
create trigger askable_kept after insert or update of role, active, topics, languages on responder
for each row execute function keep_askable();

insert into askable (responder_id, topic, language, active_at)
select
    r.id, topic, language,
    coalesce((
        select max(o.answered_at) from offer o
        where o.responder_id = r.id and o.state in ('accepted', 'passed')
    ), r.created_at)
from responder r, unnest(case when r.topics = '{}' then '{""}' else r.topics end) topic, unnest(r.languages) language
where r.role = 'volunteer' and r.active
on conflict do nothing;

insert into habit (responder_id, day_part, asked, claimed, passed, log_seconds, counted_at)
select
    o.responder_id,
    floor(extract(hour from o.ended_at at time zone 'utc') / 4) as day_part,
    sum(o.weight),
    coalesce(sum(o.weight) filter (where o.state = 'accepted'), 0),
    coalesce(sum(o.weight) filter (where o.state = 'passed'), 0),
    coalesce(sum(o.weight * ln(1 + o.seconds)) filter (where o.state = 'accepted'), 0),
    max(o.newest)
from (
    select
        one.responder_id, one.state, one.ended_at, one.seconds, one.newest,
        power(0.5::double precision, extract(epoch from one.newest - one.ended_at) / 604800) as weight
    from (
        select
            responder_id, state, coalesce(answered_at, expires_at) as ended_at,
            greatest(extract(epoch from answered_at - created_at), 0)::double precision as seconds,
            max(coalesce(answered_at, expires_at)) over (
                partition by
                    responder_id, floor(extract(hour from coalesce(answered_at, expires_at) at time zone 'utc') / 4)
            ) as newest
        from offer
        where state in ('accepted', 'passed', 'expired')
    ) one
    where one.newest - one.ended_at < interval '100 days'
) o
group by o.responder_id, floor(extract(hour from o.ended_at at time zone 'utc') / 4);

-- migrate:down
-- Forward only: see the header for how to undo by hand.
