-- Messages, their versions, files and readings.

-- part: message
m.id, m.conversation_id, m.ticket_id, m.direction, m.author, m.responder_id, m.body, m.masked, m.created_at,
    m.channel, m.external_id, m.version, m.edited_at, m.deleted_at, m.buttons,
    (
        select jsonb_agg(to_jsonb(a) order by a.id) from attachment a where a.message_id = m.id
    ) as files

-- name: add
-- A message; no row when its channel brought it before.
insert into message (
    conversation_id, ticket_id, direction, author, body, channel, created_at, responder_id, external_id, masked,
    buttons, to_read
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict (channel, external_id) where external_id is not null do nothing
returning id;

-- name: add_inbound
-- A contact's message; to be read unless as many as $13 came since $14. No row when its channel brought it before.
insert into message (
    conversation_id, ticket_id, direction, author, body, channel, created_at, responder_id, external_id, masked,
    buttons, to_read
)
select
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
    $12 and not coalesce(
        (
            select m.created_at > $14 from message m
            where m.conversation_id = $1 and m.direction = 'inbound'
            order by m.id desc offset $13 - 1 limit 1
        ),
        false
    )
on conflict (channel, external_id) where external_id is not null do nothing
returning id, to_read;

-- name: add_files
-- The files of a message, to be fetched, in the order given.
insert into attachment (message_id, channel, kind, name, media_type, size, source, state)
select $1, $2, f.kind, f.name, f.media_type, f.size, f.source, 'pending'
from unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[]) with ordinality
    as f (kind, name, media_type, size, source, place)
order by f.place
returning id;

-- name: add_stored_file
-- A file that is in our own storage already.
insert into attachment (message_id, channel, kind, name, media_type, size, source, state, storage_key)
values ($1, $2, $3, $4, $5, $6, $7, 'stored', $8)
returning id;

-- name: attachment
-- One file.
select to_jsonb(a) as file from attachment a where a.id = $1;

-- name: by_id
-- One message.
select {message} from message m where m.id = $1;

-- name: by_external_id
-- The message that a channel knows by this id.
select {message} from message m where m.channel = $1 and m.external_id = $2;

-- name: edit
-- A new body; the old one is kept as a version.
with old as (
    select id, version, body from message where id = $1 for update
),
kept as (
    insert into message_version (message_id, version, body, replaced_at)
    select id, version, body, $4 from old
)
update message m set body = $2, masked = $3, version = m.version + 1, edited_at = $4
from old
where m.id = old.id
returning m.version;

-- name: delete
-- Empties a message wherever its words are kept; the rows stay.
with versions as (
    update message_version set body = '' where message_id = $1
),
readings as (
    update reading set details = '{}' where message_id = $1
),
delivered as (
    update outbox set text = '' where message_id = $1 and state = 'sent'
),
corrections as (
    update correction set text = '', state = 'rejected', reviewed_at = coalesce(reviewed_at, $2) where message_id = $1
)
update message
set body = '', masked = case when masked is null then null else '' end, deleted_at = coalesce(deleted_at, $2)
where id = $1;

-- name: of_ticket
-- All messages of a ticket, oldest first.
select {message} from message m where m.ticket_id = $1 order by m.id;

-- name: of_conversation
-- What contact and brand said to each other, oldest first.
select {message} from message m
where m.conversation_id = $1 and m.direction <> 'note' and m.id > $2
order by m.id
limit $3;

-- name: last_inbound
-- The contact's newest message in a ticket.
select {message} from message m where m.ticket_id = $1 and m.direction = 'inbound' order by m.id desc limit 1;

-- name: reading
-- The reading of a message whose words stand.
select r.engine, r.model, r.language, r.intent, r.confidence, r.sentiment, r.urgency, r.wants_human, r.out_of_scope,
    r.details, m.masked
from reading r
join message m on m.id = r.message_id
where r.message_id = $1 and m.deleted_at is null;

-- name: also_asked
-- The further requests in a ticket's messages, in the order they were made; deleted words have none.
select a.intent
from message m
join reading r on r.message_id = m.id
cross join lateral jsonb_array_elements_text(r.details -> 'also') with ordinality as a (intent, place)
where m.ticket_id = $1
order by m.id, a.place;

-- name: save_reading
-- The reading of a message; ends its claim. True when it is the first. Words deleted meanwhile stay deleted, and a
-- masked text that came with an edit stays. Whoever writes can be reached again.
with fresh as (
    insert into reading (
        message_id, engine, model, language, intent, confidence, sentiment, urgency, wants_human, out_of_scope,
        details, made_at
    )
    select
        id, $3, $4, $5, $6, $7, $8, $9, $10, $11,
        case when deleted_at is null then $12::jsonb else '{}' end, $13
    from message where id = $1
    on conflict (message_id) do nothing
    returning message_id
),
reached as (
    update identity i set reachability = 'reachable'
    from message m
    join conversation c on c.id = m.conversation_id
    where m.id = $1 and i.contact_id = c.contact_id and i.channel = c.channel and i.reachability <> 'reachable'
),
ended as (
    update message
    set to_read = false,
        claimed_until = null,
        masked = case
            when deleted_at is not null or not exists (select from fresh) then masked
            when edited_at is null then $2
            else coalesce(masked, $2)
        end
    where id = $1
)
select exists (select from fresh);
