-- Stored due times.

-- name: set
-- The clock of a kind of a ticket.
insert into clock (ticket_id, kind, due_at) values ($1, $2, $3)
on conflict (ticket_id, kind) do update set due_at = excluded.due_at;

-- name: stop
-- Removes clocks of some kinds.
delete from clock where ticket_id = $1 and kind = any ($2);

-- name: take
-- Removes a clock if it stands as it was seen.
delete from clock where id = $1 and due_at = $2 returning true;

-- name: due
-- Clocks whose time has come, longest due first; without those somebody takes just now.
select id, kind, ticket_id, due_at from clock where due_at <= $1 order by due_at, id limit $2
for update skip locked;
