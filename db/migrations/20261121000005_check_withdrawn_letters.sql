-- Checks the old rows of the outbox against the states that 20261121000004 allows.
-- Why: in a transaction of its own, so that the table is read while others write.
-- Locks: none that keep anybody out.
-- Undo: nothing to undo.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '600s';

alter table outbox validate constraint outbox_state_check;

-- migrate:down
-- Forward only: see the header for how to undo by hand.
