-- Askings: which of a few things a contact means.

-- name: add
-- The only one of a ticket.
insert into asking (ticket_id, message_id, intents, state, asked_at) values ($1, $2, $3, 'open', $4);

-- name: of_ticket
-- The one of a ticket.
select ticket_id, message_id, intents, state, chosen, asked_at from asking where ticket_id = $1;

-- name: end
-- What became of it.
update asking set state = $2, chosen = $3, ended_at = $4 where ticket_id = $1;
