-- Corrections of readings, and the readings they correct.

-- part: correction
c.id, c.message_id, c.source, c.text, c.language, c.intent_read, c.confidence, c.engine, c.model, c.intent, c.at,
c.state, c.reviewed_at

-- part: learned
c.id, c.text, c.intent, c.language

-- name: readings_of
-- What a contact's messages of a ticket were read as, and what people said they are.
select
    r.message_id, r.intent, r.confidence, r.details -> 'runners_up' as runners_up,
    (
        select c.intent from correction c
        where c.message_id = r.message_id and c.state <> 'rejected'
        order by c.id desc
        limit 1
    ) as corrected
from message m
join reading r on r.message_id = m.id
where m.ticket_id = $1 and m.direction = 'inbound' and m.deleted_at is null and r.engine <> 'unread';

-- name: propose
-- A correction for the review list, in place of one that waits there; what staff said gives way to staff alone.
insert into correction (
    message_id, source, text, language, intent_read, confidence, engine, model, intent, responder_id, at
) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (message_id) where state = 'pending' do update
set source = excluded.source,
    text = excluded.text,
    language = excluded.language,
    intent_read = excluded.intent_read,
    confidence = excluded.confidence,
    engine = excluded.engine,
    model = excluded.model,
    intent = excluded.intent,
    responder_id = excluded.responder_id,
    at = excluded.at
where excluded.source = 'staff' or correction.source <> 'staff'
returning true;

-- name: withdraw
-- Nobody need review it any more.
delete from correction where message_id = $1 and state = 'pending';

-- name: listed
-- Corrections of one state, oldest first.
select {correction}, r.name as by_name, 'Z-' || t.number as ticket_number
from correction c
join message m on m.id = c.message_id
left join ticket t on t.id = m.ticket_id
left join responder r on r.id = c.responder_id
where c.state = $1
order by c.id
limit $2;

-- name: accept
-- Pending ones become accepted, and replace what was accepted about the same message before.
with done as (
    update correction
    set state = 'accepted', intent = coalesce($2, intent), reviewed_by = $3, reviewed_at = $4
    where id = any($1) and state = 'pending'
    returning id, message_id
),
replaced as (
    update correction c
    set state = 'rejected', text = '', reviewed_by = $3, reviewed_at = $4
    from done d
    where c.message_id = d.message_id and c.id <> d.id and c.state = 'accepted'
)
select id from done order by id;

-- name: reject
-- Nothing is learned from them, and their words go.
update correction
set state = 'rejected', text = '', reviewed_by = $2, reviewed_at = $3
where id = any($1) and state <> 'rejected'
returning id;

-- name: accepted
-- What models may learn from.
select {learned} from correction c where c.state = 'accepted' and c.text <> '' order by c.id;

-- name: texts
-- Some of it; without what was rejected since, or emptied because its message was deleted.
select {learned} from correction c where c.id = any($1) and c.state = 'accepted' and c.text <> '' order by c.id;

-- name: waiting
-- How many wait for review.
select count(*) from correction where state = 'pending';
