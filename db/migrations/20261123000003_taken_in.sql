-- Which tickets an incident has taken in.
-- Why: a ticket that follows a confirmed incident is taken in once: nobody else is asked, its contact is told, it waits.
--   The row is written in the same transaction, so that a kill at any point neither forgets nor tells twice.
-- Locks: incident_ticket is new and small; its index is built in a moment.
-- Undo: drop table incident_taken_in; drop index incident_ticket_by_hand.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

create table incident_taken_in (
    incident_id bigint not null references incident (id),
    ticket_id bigint not null references ticket (id),
    at timestamptz not null,
    primary key (incident_id, ticket_id)
);
create index incident_taken_in_ticket on incident_taken_in (ticket_id);

-- squawk-ignore require-concurrent-index-creation -- the table comes with the same release and holds nothing yet
create index incident_ticket_by_hand on incident_ticket (incident_id) where how = 'by_hand' and left_at is null;

-- migrate:down
-- Forward only: see the header for how to undo by hand.
