-- Contacts, responders and their accounts.

-- part: responder
r.id, r.role, r.name, r.units, r.topics, r.languages, r.trust, r.paused_until, r.active

-- name: contact
-- One contact.
select id, name, locale from contact where id = $1;

-- name: identities
-- The accounts of a contact, oldest first.
select channel, external_id, name, reachability from identity where contact_id = $1 order by id;

-- name: set_locale
-- The language of a conversation and of its contact.
with spoken as (
    update conversation set locale = $2 where id = $1 returning contact_id
)
update contact set locale = $2 where id = (select contact_id from spoken);

-- name: set_reachability
-- Whether messages arrive, of the identity and the account with this id.
with asks as (
    update identity set reachability = $3
    where channel = $1 and external_id = $2 and reachability <> $3
)
update account set reachability = $3 where channel = $1 and external_id = $2 and reachability <> $3;

-- name: reachability
-- Whether messages to the contact of a conversation arrive on its channel.
select i.reachability
from conversation c
join identity i on i.contact_id = c.contact_id and i.channel = c.channel
where c.id = $1
order by i.id desc
limit 1;

-- name: set_conversation_reachability
-- Whether messages to the contact of a conversation arrive on its channel.
update identity i set reachability = $2
from conversation c
where c.id = $1 and i.contact_id = c.contact_id and i.channel = c.channel and i.reachability <> $2;

-- name: set_account_reachability
-- Whether messages to a responder arrive on a channel.
update account set reachability = $3 where responder_id = $1 and channel = $2 and reachability <> $3;

-- name: responder
-- One responder.
select {responder} from responder r where r.id = $1;

-- name: responders_by_id
-- Some responders.
select {responder} from responder r where r.id = any($1::bigint[]);

-- name: responder_named
-- The responder of a name, in upper or lower case.
select {responder} from responder r where lower(r.name) = lower($1);

-- name: responder_of_account
-- The responder who joined with an account.
select {responder} from account a join responder r on r.id = a.responder_id
where a.channel = $1 and a.external_id = $2;

-- name: responders
-- Everybody who answers, by name.
select {responder} from responder r order by lower(r.name), r.id;

-- name: accounts
-- The accounts of some responders, oldest first.
select responder_id, channel, external_id, chat, reachability from account
where responder_id = any($1::bigint[]) order by id;

-- name: free_name
-- The name, or the name with the first number that makes it unique.
select free.name
from generate_series(1, (select count(*) + 1 from responder where starts_with(lower(name), lower($1)))) n
cross join lateral (select case n when 1 then $1::text else $1 || ' ' || n end as name) free
where not exists (select from responder where lower(responder.name) = lower(free.name))
order by n
limit 1;

-- name: add_responder
-- A new responder; no row when somebody took the name just now.
insert into responder as r (role, name, units, topics, languages, created_at, trust)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (lower(name)) do nothing
returning {responder};

-- name: update_responder
-- Everything about a responder that can change but their level, which their record changes.
update responder
set role = $2, name = $3, units = $4, topics = $5, languages = $6, paused_until = $7, active = $8
where id = $1;

-- name: add_account
-- An account of a responder, taken from whoever had it.
insert into account (responder_id, channel, external_id, chat, reachability, created_at)
values ($1, $2, $3, $4, $5, $6)
on conflict (channel, external_id) do update
set responder_id = excluded.responder_id, chat = excluded.chat, reachability = excluded.reachability;
