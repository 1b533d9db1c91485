-- What others write under questions in public places.

-- part: answer
a.message_id, a.ticket_id, a.author, a.responder_id, a.is_answer, a.said_at,
    case when m.deleted_at is null then coalesce(m.masked, m.body) else '' end as text

-- name: ticket_about
-- The live ticket of the conversation in which a message of a channel stands, or which the desk's own words are about.
with found as (
    select m.conversation_id, false as ours from message m where m.channel = $1 and m.external_id = $2
    union all
    select m.conversation_id, true from outbox o join message m on m.id = o.message_id
    where o.channel = $1 and o.external_id = $2 and o.operation = 'send' and o.staff_ticket_id is null
        and o.responder_id is null
)
select t.id, f.ours from found f
join conversation c on c.id = f.conversation_id and c.surface = 'public' and not c.blocked
join ticket t on t.conversation_id = c.id and t.status <> 'closed'
limit 1;

-- name: newest_question
-- The newest live ticket of a public place that is not older than $4.
select t.id from conversation c
join ticket t on t.conversation_id = c.id and t.status <> 'closed' and t.opened_at >= $4
where c.channel = $1 and c.chat = $2 and c.thread is not distinct from $3 and c.surface = 'public' and not c.blocked
order by t.id desc
limit 1;

-- name: is_asker
-- Whether an account is one of the contact's.
select exists (select from identity where contact_id = $1 and channel = $2 and external_id = $3);

-- name: add
-- Words of somebody who did not ask.
insert into public_answer (message_id, ticket_id, author, responder_id, is_answer, said_at)
values ($1, $2, $3, $4, $5, $6);

-- name: of_ticket
-- All of a ticket, oldest first.
select {answer} from public_answer a join message m on m.id = a.message_id where a.ticket_id = $1 order by a.message_id;

-- name: of_message
-- The one of a message.
select {answer} from public_answer a join message m on m.id = a.message_id where a.message_id = $1;

-- name: set_mark
-- Which answer solved it.
insert into public_mark as p (ticket_id, message_id, how, marked_at) values ($1, $2, $3, $4)
on conflict (ticket_id) do update
set message_id = excluded.message_id, how = excluded.how, marked_at = excluded.marked_at;

-- name: mark
-- Which answer of a ticket solved it.
select ticket_id, message_id, how, marked_at from public_mark where ticket_id = $1;

-- name: drop_mark
-- None did.
delete from public_mark where ticket_id = $1;

-- name: set_line
-- The line that offers the answers.
insert into public_line as p (ticket_id, message_id, shown) values ($1, $2, $3)
on conflict (ticket_id) do update set message_id = excluded.message_id, shown = excluded.shown;

-- name: line
-- The line of a ticket.
select ticket_id, message_id, shown from public_line where ticket_id = $1;

-- name: note_hidden
-- The desk takes a message out of a public place; no row when it did before.
insert into hidden_message (message_id, hidden_at) values ($1, $2) on conflict do nothing returning true;

-- name: is_hidden
-- Whether it did.
select exists (select from hidden_message where message_id = $1);

-- name: invite
-- Somebody was invited to volunteer; no row when they were before.
insert into bystander_invited (author, invited_at) values ($1, $2) on conflict do nothing returning true;

-- name: want_ping
-- A volunteer wants to be pinged in public places.
insert into public_ping (responder_id, since) values ($1, $2) on conflict do nothing;

-- name: want_no_ping
-- And no more.
delete from public_ping where responder_id = $1;

-- name: wants_ping
-- Of some volunteers those who want to be pinged.
select responder_id from public_ping where responder_id = any ($1::bigint[]);
