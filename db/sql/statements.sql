-- Statements on incidents, and who was told which.

-- part: statement
s.id, s.incident_id, s.version, s.state, s.text_de, s.text_en, s.author_id, s.written_at, s.submitted_by,
s.submitted_at, s.approved_by, s.approved_at, s.ended_by, s.ended_at, s.note,
(select count(*) from statement_told d where d.statement_id = s.id)::integer as told

-- name: write
-- A new draft, the next version of its incident's, which is locked.
insert into statement as s (incident_id, version, text_de, text_en, author_id, written_at)
values ($1, (select coalesce(max(o.version), 0) + 1 from statement o where o.incident_id = $1), $2, $3, $4, $5)
returning {statement};

-- name: save
-- All that can change.
update statement
set state = $2, text_de = $3, text_en = $4, author_id = $5, written_at = $6, submitted_by = $7, submitted_at = $8,
    approved_by = $9, approved_at = $10, ended_by = $11, ended_at = $12, note = $13
where id = $1;

-- name: of_incident
-- Every version, newest first.
select {statement} from statement s where s.incident_id = $1 order by s.version desc;

-- name: in_force
-- The approved one; it is not replaced before the transaction ends.
select s.id, s.incident_id, s.version, s.state, s.text_de, s.text_en, s.author_id, s.written_at, s.submitted_by,
    s.submitted_at, s.approved_by, s.approved_at, s.ended_by, s.ended_at, s.note, 0 as told
from statement s
where s.incident_id = $1 and s.state = 'approved'
for share;

-- name: tell
-- A ticket got a statement.
insert into statement_told (ticket_id, statement_id, message_id, broadcast_id, told_at) values ($1, $2, $3, $4, $5)
on conflict do nothing;

-- name: versions_told
-- Which statements of an incident, or of one joined with it, a ticket got, oldest first.
with recursive family as (
    select $2::bigint as id
    union
    select i.id from incident i join family on i.joined_into = family.id
)

select d.statement_id
from statement_told d join statement s on s.id = d.statement_id
where d.ticket_id = $1 and s.incident_id in (select family.id from family)
order by d.told_at, s.id;

-- name: first_in_place
-- A text stands in a public place; no row when it did before.
insert into posted_place (statement_id, broadcast_id, channel, place, locale) values ($1, $2, $3, $4, $5)
on conflict do nothing
returning true;
