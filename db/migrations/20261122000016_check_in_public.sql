-- Checks the old rows of messages and outbox against what 20261122000006 allows.
-- Why: in a transaction of its own, so that the tables are read while others write.
-- Locks: none that keep anybody out.
-- Undo: nothing to undo.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '600s';

alter table message validate constraint message_author_check;

alter table outbox validate constraint outbox_operation_check;

-- migrate:down
-- Forward only: see the header for how to undo by hand.
