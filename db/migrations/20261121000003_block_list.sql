-- The block list: what a blocked contact writes is kept, but nobody is bothered with it.
-- Why: open/close spam and abuse must cost staff one click, and nothing may be lost all the same.
-- Locks: an instant on `conversation` (a column with a constant default is not written into old rows).
-- Undo: alter table conversation drop column blocked.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

alter table conversation add column blocked boolean not null default false;

-- migrate:down
-- Forward only: see the header for how to undo by hand.
