-- What contacts and volunteers read an incident called, in each language.
-- Why: the title is staff's, made by the machine in one language; what is public is written by a person, for both.
-- Locks: `incident` for a moment; the columns have no default, so no row is touched.
-- Undo: alter table incident drop column name_de, drop column name_en.

-- migrate:up

set local lock_timeout = '5s';
set local statement_timeout = '60s';

alter table incident
add column name_de text,
add column name_en text;

-- migrate:down
-- Forward only: see the header for how to undo by hand.
