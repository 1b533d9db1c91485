-- Conversations, and who writes where.

-- part: conversation
c.id, c.contact_id, c.channel, c.key, c.chat, c.thread, c.surface, c.locale, c.last_external_id, c.blocked

-- name: whereabouts
-- The author as responder while they are active, the ticket of the staff thread, the conversation (locked): always one row.
with held as (
    select {conversation} from conversation c where c.channel = $3 and c.key = $6 for update
)
select
    r.id as r_id, r.role as r_role, r.name as r_name, r.units as r_units, r.topics as r_topics,
    r.languages as r_languages, r.trust as r_trust, r.paused_until as r_paused_until, r.active as r_active,
    s.ticket_id as staff_ticket_id,
    c.id, c.contact_id, c.channel, c.key, c.chat, c.thread, c.surface, c.locale, c.last_external_id, c.blocked
from (values (1)) always
left join account a on a.channel = $1 and a.external_id = $2
left join responder r on r.id = a.responder_id and r.active
left join staff_thread s on s.channel = $3 and s.chat = $4 and s.thread = $5
left join held c on true;

-- name: lock_author
-- Lets first messages of one author pass one after the other, so that they make one contact.
select pg_advisory_xact_lock(hashtextextended($1 || ':' || $2, 20261121));

-- name: open
-- The conversation, locked; made with its identity and contact where they are missing.
with known as (
    select i.contact_id, p.locale from identity i join contact p on p.id = i.contact_id
    where i.channel = $1 and i.external_id = $2
),
made as (
    insert into contact (name, created_at, locale)
    select $3, $8, $10 where not exists (select from known)
    returning id, locale
),
asks as (
    select contact_id, locale from known union all select id, locale from made
),
named as (
    insert into identity (contact_id, channel, external_id, name, created_at)
    select id, $1, $2, $3, $8 from made
)
insert into conversation as c (contact_id, channel, key, chat, thread, surface, locale, opened_at, blocked)
select
    asks.contact_id, $9, $4, $5, $6, $7, asks.locale, $8,
    exists (select from conversation k where k.contact_id = asks.contact_id and k.blocked)
from asks
on conflict (channel, key) do update set chat = excluded.chat, thread = excluded.thread
returning {conversation}, c.xmax = 0 as is_new;

-- name: by_id
-- One conversation.
select {conversation} from conversation c where c.id = $1;

-- name: by_key
-- The conversation of a channel with this key.
select {conversation} from conversation c where c.channel = $1 and c.key = $2;

-- name: private_of
-- Where a contact talks to us alone on a channel and can be reached, the newest one.
select {conversation} from conversation c
where c.contact_id = $1 and c.channel = $2 and c.surface = 'private' and not c.blocked
    and not exists (
        select from identity i
        where i.contact_id = c.contact_id and i.channel = c.channel and i.reachability <> 'reachable'
    )
order by c.id desc
limit 1;

-- name: lock
-- One conversation, locked.
select {conversation} from conversation c where c.id = $1 for update;

-- name: lock_of_ticket
-- The conversation of a ticket, locked.
select {conversation} from conversation c
where c.id = (select t.conversation_id from ticket t where t.id = $1)
for update;

-- name: block
-- Puts all conversations of a contact on the block list, or takes them off.
update conversation set blocked = $2 where contact_id = $1;

-- name: set_last_external_id
-- The message that answers in public refer to.
update conversation set last_external_id = $2 where id = $1;

-- name: move_conversations
-- A chat got a new id: its conversations. One that was begun anew under the new id keeps its key.
with old as (
    select id, $3 || substr(key, length($2) + 1) as new_key from conversation
    where channel = $1 and chat = $2
    order by id
    for update
)
update conversation c
set chat = $3,
    key = case
        when exists (select from conversation n where n.channel = $1 and n.key = old.new_key) then c.key
        else old.new_key
    end
from old
where c.id = old.id;

-- name: move_rest
-- A chat got a new id: accounts, staff threads, outbox and pauses.
with moved_accounts as (
    update account set chat = $3 where channel = $1 and chat = $2
),
moved_threads as (
    update staff_thread s set chat = $3
    where s.channel = $1 and s.chat = $2
        and not exists (
            select from staff_thread n
            where n.channel = $1 and n.chat = $3 and (n.thread = s.thread or n.ticket_id = s.ticket_id)
        )
),
moved_pauses as (
    update channel_pause p set chat = $3
    where p.channel = $1 and p.chat = $2
        and not exists (select from channel_pause n where n.channel = $1 and n.chat = $3)
)
update outbox set chat = $3 where channel = $1 and chat = $2;
