-- Indexes for the look at what volunteers did in the last 60 days.
-- Why: four times a day the newest claims and the check's refusals are read; that must not cost more with every year of
--   history. Both indexes are partial and small: one row a claim, one a refusal.
-- Locks: `offer` and `event` for writing while the indexes are built, seconds for a million rows.
-- Undo: drop index offer_accepted, event_refused.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '600s';

-- Not built concurrently: each migration is one transaction, and one pass finds the few rows that the index holds.
-- squawk-ignore require-concurrent-index-creation
create index offer_accepted on offer (answered_at) where state = 'accepted';
-- squawk-ignore require-concurrent-index-creation
create index event_refused on event (at) where kind = 'AnswerRefused';

-- migrate:down
-- Forward only: see the header for how to undo by hand.
