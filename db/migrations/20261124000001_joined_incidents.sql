-- Which incidents went on in another one, and which broadcasts are under way, found at once.
-- Why: a correction reaches whoever got a statement of an incident that was joined with this one; broadcasts are measured.
-- Locks: `incident` and `broadcast` against writing while the indexes are made; they have a few rows for each storm.
-- Undo: drop index incident_joined_into, broadcast_live

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

-- Not built concurrently: each migration is one transaction, and these tables are small.
-- squawk-ignore require-concurrent-index-creation
create index incident_joined_into on incident (joined_into) where joined_into is not null;
-- squawk-ignore require-concurrent-index-creation
create index broadcast_live on broadcast (id) where state in ('running', 'paused');

-- migrate:down
-- Forward only: see the header for how to undo by hand.
