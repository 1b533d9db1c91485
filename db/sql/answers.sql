-- Answers of volunteers, who looks them over, and whose next words are waited for.

-- part: answer
a.id, a.ticket_id, a.author_id, a.kind, a.state, a.body, a.written_at, a.rules, a.to_replace, a.message_id,
    a.submitted_at, a.reviewed_by, a.note, a.endorsed_by, a.recalled_by, a.recall_reason

-- part: responder
r.id, r.role, r.name, r.units, r.topics, r.languages, r.trust, r.paused_until, r.active

-- name: add
-- An empty draft.
insert into answer as a (ticket_id, author_id, state, body, written_at, changed_at)
values ($1, $2, 'draft', '', $3, $3)
returning {answer};

-- name: by_id
-- One answer.
select {answer} from answer a where a.id = $1;

-- name: under_way
-- The answer of a ticket that the contact may still see for the first time.
select {answer} from answer a
where a.ticket_id = $1 and a.state in ('draft', 'refused', 'in_review', 'returned');

-- name: of_ticket
-- All answers of a ticket, oldest first.
select {answer} from answer a where a.ticket_id = $1 order by a.id;

-- name: of_message
-- The answer that a message is.
select {answer} from answer a where a.message_id = $1;

-- name: last_sent_by
-- Somebody's newest answer that stands.
select {answer} from answer a
where a.author_id = $1 and a.state = 'sent' and a.kind = 'answer'
order by a.id desc
limit 1;

-- name: save
-- Everything about an answer that can change.
update answer
set kind = $2, state = $3, body = $4, rules = $5, to_replace = $6, message_id = $7, submitted_at = $8, reviewed_by = $9,
    note = $10, endorsed_by = $11, recalled_by = $12, recall_reason = $13, changed_at = $14
where id = $1;

-- name: parts
-- What an answer is made of, in order.
select answer_id, channel, external_id, body, files from answer_part where answer_id = $1 order by id;

-- name: part
-- The part that a platform's message is.
select answer_id, channel, external_id, body, files from answer_part where channel = $1 and external_id = $2;

-- name: add_part
-- One more part; nothing when it was there before.
insert into answer_part (answer_id, channel, external_id, body, files) values ($1, $2, $3, $4, $5::jsonb)
on conflict (channel, external_id) do nothing
returning id;

-- name: edit_part
-- Other words for a part.
update answer_part set body = $3 where channel = $1 and external_id = $2;

-- name: drop_parts
-- Forgets what an answer was made of, all of it or the part with that id.
delete from answer_part where answer_id = $1 and ($2::text is null or external_id = $2);

-- name: reviewers
-- Volunteers with standing who may look an answer over, those who were asked longest ago first.
select {responder}
from responder r
left join volunteer w on w.responder_id = r.id
left join lateral (select $6::timestamptz at time zone w.zone as clock) here on true
left join lateral (
    select extract(hour from here.clock)::integer * 60 + extract(minute from here.clock)::integer as minute
) today on true
left join lateral (
    select max(v.asked_at) as asked_at from review v where v.responder_id = r.id
) before on true
where r.role = 'volunteer'
    and r.active
    and r.trust = any ($7::text[])
    and r.id <> $3
    and (r.paused_until is null or r.paused_until <= $6)
    and (
        w.responder_id is null
        or w.hours @> (extract(isodow from here.clock)::integer - 1) * 1440 + today.minute
        and not w.quiet @> today.minute
    )
    and (r.topics = '{}' or r.topics && $4::text[])
    and not exists (select from blocked_pair b where b.responder_id = r.id and b.contact_id = $2)
    and $5 = any (r.languages)
    and exists (select from account c where c.responder_id = r.id and c.reachability = 'reachable')
    and not exists (select from answer a where a.ticket_id = $1 and a.author_id = r.id)
    and not exists (select from offer o where o.ticket_id = $1 and o.responder_id = r.id and o.state = 'accepted')
    and not exists (
        select from account c
        join identity i on i.channel = c.channel and i.external_id = c.external_id
        where c.responder_id = r.id and i.contact_id = $2
    )
order by before.asked_at nulls first, r.id
limit $8;

-- name: ask_reviewers
-- They are asked to look it over.
insert into review (answer_id, responder_id, asked_at)
select $1, r.id, $3 from unnest($2::bigint[]) as r (id)
on conflict (answer_id, responder_id) do update set asked_at = excluded.asked_at;

-- name: asked_reviewers
-- Who was asked to look it over.
select responder_id from review where answer_id = $1 order by responder_id;

-- name: to_review
-- What somebody is asked to look over now, oldest first.
select {answer} from review v join answer a on a.id = v.answer_id
where v.responder_id = $1 and a.state = 'in_review'
order by a.id;

-- name: to_endorse
-- Others' newest answers on somebody's topics that nobody endorsed or recalled.
select {answer}
from answer a
join ticket t on t.id = a.ticket_id
where a.state = 'sent' and a.kind = 'answer' and a.endorsed_by is null
    and a.changed_at > $5
    and a.author_id <> $1
    and ($2::text[] = '{}' or t.unit = any ($2) or t.intent = any ($2))
    and t.locale = any ($3)
    and not exists (
        select from account c
        join identity i on i.channel = c.channel and i.external_id = c.external_id
        where c.responder_id = $1 and i.contact_id = t.contact_id
    )
order by a.changed_at desc
limit $4;

-- name: await_words
-- What somebody's next message means.
insert into awaited_words (responder_id, purpose, about, since) values ($1, $2, $3, $4)
on conflict (responder_id) do update
set purpose = excluded.purpose, about = excluded.about, since = excluded.since;

-- name: stop_awaiting
-- Their next message means nothing special.
delete from awaited_words where responder_id = $1;

-- name: forget
-- What somebody wrote and no contact got, and from which messages they made their answers.
with mine as (
    select a.id from answer a where a.author_id = $1
),
unsent as (
    update answer set body = '' where author_id = $1 and message_id is null
),
parts as (
    delete from answer_part where answer_id in (select id from mine)
)
delete from awaited_words where responder_id = $1;

-- name: awaited_words
-- What somebody's next message means.
select purpose, about, since from awaited_words where responder_id = $1;
