-- The audit log, and which updates were handled.

-- part: event
e.id, e.at, e.kind, e.ticket_id, e.responder_id, r.name as responder_name, e.data

-- name: add
-- An entry.
insert into event (kind, at, ticket_id, responder_id, data) values ($1, $2, $3, $4, $5);

-- name: of_ticket
-- What happened to a ticket, oldest first.
select {event} from event e left join responder r on r.id = e.responder_id where e.ticket_id = $1 order by e.id;

-- name: recent
-- The newest entries, newest first.
select {event} from event e left join responder r on r.id = e.responder_id order by e.id desc limit $1;

-- name: first_time
-- Notes an update; no row when it is noted already.
insert into handled_update (channel, external_id, at) values ($1, $2, $3)
on conflict (channel, external_id) do nothing
returning true;
