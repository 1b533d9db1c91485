-- What volunteers are good at, by topic and language: the outcomes of their answers, summed up.
-- Why: the choice of a wave reads it for a hundred volunteers at once, so it is counted when an outcome changes, by the
--   database itself: outcomes change by verdicts, stars, recalls and by being left out, and every way must count.
--   Outcomes that the desk knows from before there were any (solved by the contact, held by a volunteer) count too.
-- Locks: `create trigger` locks `answer_outcome` for writing, for the moment of this migration; solved tickets are read
--   once.
-- Undo: drop trigger outcome_counted on answer_outcome; drop function count_outcome, worth_of_outcome;
--   drop table expertise.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table expertise (
    responder_id bigint not null references responder (id) on delete cascade,
    topic text not null,
    language text not null check (language in ('de', 'en')),
    rated integer not null check (rated >= 0),
    solved integer not null check (solved between 0 and rated),
    worth double precision not null,
    strength double precision not null generated always as ((worth + 1) / (rated + 3)) stored,
    primary key (responder_id, topic, language)
);
create index expertise_strength on expertise (topic, language, strength desc, responder_id);

-- The same as `worth` in desk/expertise.py.
create function worth_of_outcome(verdict text, csat integer) returns double precision language sql immutable as $$
    select case when verdict <> 'solved' then 0 when csat is null then 1 else 0.5 + 0.125 * (csat - 1) end
$$;

create function count_outcome() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        update expertise
        set rated = rated - 1,
            solved = solved - (old.verdict = 'solved')::integer,
            worth = worth - worth_of_outcome(old.verdict, old.csat)
        where old.excluded is null and old.verdict <> 'silent'
            and responder_id = old.responder_id and topic = coalesce(old.topic, '') and language = old.locale;
    end if;
    if tg_op <> 'DELETE' then
        insert into expertise as e (responder_id, topic, language, rated, solved, worth)
        select
            new.responder_id, coalesce(new.topic, ''), new.locale, 1, (new.verdict = 'solved')::integer,
            worth_of_outcome(new.verdict, new.csat)
        where new.excluded is null and new.verdict <> 'silent'
        on conflict (responder_id, topic, language) do update
        set rated = e.rated + 1, solved = e.solved + excluded.solved, worth = e.worth + excluded.worth;
    end if;
    return null;
end
$$;
create trigger outcome_counted after insert or update or delete on answer_outcome
for each row execute function count_outcome();

insert into expertise (responder_id, topic, language, rated, solved, worth)
select
    responder_id, coalesce(topic, ''), locale, count(*), count(*) filter (where verdict = 'solved'),
    sum(worth_of_outcome(verdict, csat))
from answer_outcome
where excluded is null and verdict <> 'silent'
group by responder_id, coalesce(topic, ''), locale;

insert into answer_outcome (ticket_id, responder_id, topic, locale, verdict, csat, at)
select t.id, t.assignee_id, coalesce(t.intent, t.unit), t.locale, 'solved', t.csat, t.solved_at
from ticket t
join responder r on r.id = t.assignee_id and r.role = 'volunteer'
where t.status in ('solved', 'closed')
    and exists (select from event e where e.ticket_id = t.id and e.kind = 'SolvedByContact' and e.at = t.solved_at)
on conflict do nothing;

-- migrate:down
-- Forward only: see the header for how to undo by hand.
