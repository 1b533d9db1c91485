-- Lessons of incidents, each with an owner.
-- Why: what a storm taught is worth something when somebody does it by a day; the report of the incident shows it.
-- Locks: none that matter, the table is new.
-- Undo: drop table storm_lesson.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table storm_lesson (
    id bigint generated always as identity primary key,
    incident_id bigint not null references incident (id),
    text text not null check (text <> ''),
    owner_id bigint not null references responder (id),
    due date not null,
    added_by bigint not null references responder (id),
    added_at timestamptz not null,
    done_by bigint references responder (id),
    done_at timestamptz,
    check ((done_at is null) = (done_by is null))
);
create index storm_lesson_incident on storm_lesson (incident_id, id);

-- migrate:down
-- Forward only: see the header for how to undo by hand.
