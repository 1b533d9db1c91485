-- Musters: what volunteers wish for storms, calls to them, and how each answered.
-- Why: in a storm those who opted in are called and asked first. `storm_wish` holds who opted in; without a row somebody is
--   never called. `muster_call.duty_until` is set while somebody is in, so that the choice of a wave finds them by a
--   partial index that is empty when there is no muster; `place` spreads the offers among them.
-- Locks: none that matter, all tables are new.
-- Undo: drop table muster_call, muster_briefing, muster, storm_wish.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table storm_wish (
    responder_id bigint primary key references responder (id),
    is_called boolean not null,
    outside_hours boolean not null,
    most_at_once integer check (most_at_once between 1 and 10),
    most_a_day integer check (most_a_day between 1 and 100),
    changed_at timestamptz not null,
    check (is_called or not outside_hours)
);

create table muster (
    id bigint generated always as identity primary key,
    incident_id bigint not null references incident (id),
    state text not null default 'called' check (state in ('called', 'ended', 'called_off')),
    drill boolean not null,
    topics text[] not null,
    languages text[] not null,
    most_at_once integer not null,
    most_a_day integer not null,
    rest_seconds integer not null check (rest_seconds >= 0),
    called_by bigint not null references responder (id),
    called_at timestamptz not null,
    until timestamptz not null,
    alerted_at timestamptz not null,
    first_answer_at timestamptz,
    ended_at timestamptz,
    ended_by bigint references responder (id),
    answers integer,
    people integer,
    solved integer,
    check ((state = 'called') = (ended_at is null))
);
create unique index muster_live on muster (incident_id) where state = 'called';
create index muster_incident on muster (incident_id);

create table muster_briefing (
    muster_id bigint not null references muster (id),
    locale text not null check (locale in ('de', 'en')),
    happened text not null,
    dos text not null,
    donts text not null,
    primary key (muster_id, locale)
);

create table muster_call (
    muster_id bigint not null references muster (id),
    responder_id bigint not null references responder (id),
    reply text not null default 'waiting' check (
        reply in ('waiting', 'told', 'in', 'not_now', 'out', 'spared')
    ),
    call_at timestamptz not null,
    told_at timestamptz,
    replied_at timestamptz,
    in_at timestamptz,
    duty_until timestamptz,
    any_hour boolean not null default false,
    most_at_once integer,
    most_a_day integer,
    place double precision not null default random(),
    rest_until timestamptz,
    thanked_at timestamptz,
    primary key (muster_id, responder_id),
    check ((duty_until is null) = (most_at_once is null))
);
create index muster_call_responder on muster_call (responder_id);
create index muster_call_due on muster_call (call_at) where reply = 'waiting';
create index muster_call_on_duty on muster_call (place, responder_id) where duty_until is not null;
create index muster_call_to_thank on muster_call (muster_id) where thanked_at is null and reply in ('in', 'out');

-- migrate:down
-- Forward only: see the header for how to undo by hand.
