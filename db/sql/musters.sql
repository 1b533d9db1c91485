-- Musters: what volunteers wish for storms, calls to them, how each answered, and what was achieved.

-- part: responder
r.id, r.role, r.name, r.units, r.topics, r.languages, r.trust, r.paused_until, r.active

-- part: muster
m.id, m.incident_id, m.state, m.drill, m.topics, m.languages, m.most_at_once, m.most_a_day, m.rest_seconds, m.called_by,
m.called_at, m.until, m.alerted_at, m.first_answer_at, m.ended_at, m.ended_by

-- part: call
c.muster_id, c.responder_id, c.reply, c.call_at, c.told_at, c.replied_at

-- part: answered
-- What volunteers answered about the storm while it lasted. They claim before they answer, so that the claims of the last
-- two hours before it are looked at, too. The planner cannot know how few these are: by "offset 0" each is looked up.
select a.author_id, a.contact_id, a.status, a.created_at
from muster m
cross join lateral (
    select o.ticket_id, o.responder_id from offer o
    where o.state = 'accepted' and o.answered_at >= m.alerted_at - interval '2 hours'
) o
cross join lateral (
    select w.author_id, t.contact_id, t.status, s.created_at
    from ticket t
    join answer w
        on w.ticket_id = t.id and w.author_id = o.responder_id and w.kind = 'answer' and w.state = 'sent'
    join message s on s.id = w.message_id
    where t.id = o.ticket_id
        and s.created_at >= m.alerted_at
        and (m.ended_at is null or s.created_at <= m.ended_at)
        and (
            m.topics = '{}' or t.unit = any (m.topics) or t.intent = any (m.topics)
            or exists (select from incident_ticket f where f.ticket_id = t.id and f.incident_id = m.incident_id)
        )
    offset 0
) a
where m.id = $1

-- name: storm_wishes
-- What a volunteer wishes for storms.
select is_called, outside_hours, most_at_once, most_a_day from storm_wish where responder_id = $1;

-- name: save_storm_wishes
-- Puts the wishes of a volunteer for storms in force.
insert into storm_wish (responder_id, is_called, outside_hours, most_at_once, most_a_day, changed_at)
values ($1, $2, $3, $4, $5, $6)
on conflict (responder_id) do update
set is_called = excluded.is_called, outside_hours = excluded.outside_hours, most_at_once = excluded.most_at_once,
    most_a_day = excluded.most_a_day, changed_at = excluded.changed_at;

-- name: ready
-- Volunteers who opted in, and whom a muster on these topics ($1, {} for all) in these languages ($2) may call: not those
-- who pause, rest or are suspended ($3 now), nor those who cannot be reached, nor those it called ($4, null for none).
select
    {responder}, w.is_called, w.outside_hours, w.most_at_once as storm_at_once, w.most_a_day as storm_a_day,
    v.zone, v.hours, v.quiet, v.most_at_once, v.most_a_day
from storm_wish w
join responder r on r.id = w.responder_id
left join volunteer v on v.responder_id = r.id
where w.is_called
    and r.role = 'volunteer'
    and r.active
    and ($1::text[] = '{}' or r.topics = '{}' or r.topics && $1::text[])
    and r.languages && $2::text[]
    and (r.paused_until is null or r.paused_until <= $3)
    and not exists (select from suspension s where s.responder_id = r.id and s.until > $3)
    and exists (select from account a where a.responder_id = r.id and a.reachability = 'reachable')
    and not exists (select from muster_call c where c.muster_id = $4 and c.responder_id = r.id)
    and ($5::bigint is null or r.id = $5)
order by r.id;

-- name: opted_in
-- How many active volunteers opted in, and of how many.
select count(*) as volunteers, count(*) filter (where w.is_called) as called,
    count(*) filter (where w.outside_hours) as outside_hours
from responder r
left join storm_wish w on w.responder_id = r.id
where r.role = 'volunteer' and r.active;

-- name: call
-- A new muster; no row when the incident has one.
insert into muster (
    incident_id, drill, topics, languages, most_at_once, most_a_day, rest_seconds, called_by, called_at, until,
    alerted_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (incident_id) where state = 'called' do nothing
returning id;

-- name: brief
-- What those who are in read, in one language; instead of any before.
insert into muster_briefing (muster_id, locale, happened, dos, donts) values ($1, $2, $3, $4, $5)
on conflict (muster_id, locale) do update
set happened = excluded.happened, dos = excluded.dos, donts = excluded.donts;

-- name: briefings
-- What those who are in read, in every language.
select locale, happened, dos, donts from muster_briefing where muster_id = $1 order by locale;

-- name: muster
-- One muster, locked.
select {muster} from muster m where m.id = $1 for no key update;

-- name: seen
-- One muster, kept from ending until the transaction is over.
select {muster} from muster m where m.id = $1 for share;

-- name: live
-- Musters that last, oldest first.
select {muster} from muster m where m.state = 'called' order by m.id;

-- name: of_incident
-- An incident's musters, newest first.
select {muster} from muster m where m.incident_id = $1 order by m.id desc;

-- name: move
-- It goes on in the incident that its own was joined into.
update muster set incident_id = $2
where id = $1 and not exists (select from muster o where o.incident_id = $2 and o.state = 'called');

-- name: add_calls
-- Those to be called, each with the time from which a call may reach them.
insert into muster_call (muster_id, responder_id, call_at)
select $1, w.responder_id, w.call_at from unnest($2::bigint[], $3::timestamptz[]) w (responder_id, call_at)
on conflict do nothing;

-- name: take_due
-- Calls whose time has come, locked; other processes skip them.
select {call}
from muster_call c
join muster m on m.id = c.muster_id and m.state = 'called'
where c.reply = 'waiting' and c.call_at <= $1
order by c.call_at, c.place
limit $2
for update of c skip locked;

-- name: put_off
-- A call goes out later; without a time never.
update muster_call
set call_at = coalesce($3, call_at), reply = case when $3::timestamptz is null then 'spared' else reply end
where muster_id = $1 and responder_id = $2;

-- name: told
-- Calls went out.
update muster_call set reply = 'told', told_at = $3 where muster_id = $1 and responder_id = any ($2::bigint[]);

-- name: call_of
-- One volunteer's call, locked.
select {call} from muster_call c where c.muster_id = $1 and c.responder_id = $2 for update;

-- name: calls
-- Every call of a muster, in the order of what needs a look: those who are in first, then by name.
select {call}, {responder}
from muster_call c
join responder r on r.id = c.responder_id
where c.muster_id = $1
order by array_position(array['in', 'told', 'waiting', 'out', 'not_now', 'spared'], c.reply), lower(r.name), r.id;

-- name: reply
-- What they answered.
update muster_call
set reply = $3, replied_at = $4, in_at = case when $3 = 'in' then $4 else in_at end
where muster_id = $1 and responder_id = $2;

-- name: on_duty
-- They are asked first until then, under these caps.
update muster_call set duty_until = $3, any_hour = $4, most_at_once = $5, most_a_day = $6
where muster_id = $1 and responder_id = $2;

-- name: off_duty
-- They are asked like anybody else; of all musters without one named.
update muster_call set duty_until = null, any_hour = false, most_at_once = null, most_a_day = null
where responder_id = $2 and ($1::bigint is null or muster_id = $1) and duty_until is not null;

-- name: replies_of
-- The live musters that called a volunteer, newest first, with what they answered.
select {call}
from muster_call c
join muster m on m.id = c.muster_id and m.state = 'called'
where c.responder_id = $1
order by c.muster_id desc;

-- name: extend
-- It lasts until another time, for those who are in, too.
with longer as (
    update muster_call set duty_until = $2 where muster_id = $1 and duty_until is not null
)
update muster set until = $2 where id = $1;

-- name: end
-- It is over, with what was achieved; whoever was not told is spared, nobody is asked first any more.
with spared as (
    update muster_call
    set reply = case when reply = 'waiting' then 'spared' else reply end,
        duty_until = null, any_hour = false, most_at_once = null, most_a_day = null
    where muster_id = $1 and (reply = 'waiting' or duty_until is not null)
)
update muster
set state = $2, ended_at = $3, ended_by = $4, answers = $5, people = $6, solved = $7
where id = $1;

-- name: without_an_answer
-- Those whom a call reached and who have not answered it.
select {responder} from muster_call c join responder r on r.id = c.responder_id
where c.muster_id = $1 and c.reply = 'told'
order by r.id;

-- name: take_unthanked
-- Those who came to a muster that has ended and were not thanked, locked; other processes skip them.
select {call}
from muster_call c
join muster m on m.id = c.muster_id and m.state = 'ended'
where c.thanked_at is null and c.reply in ('in', 'out')
order by c.muster_id, c.responder_id
limit $1
for update of c skip locked;

-- name: thanked
-- They were thanked, and rest until then.
update muster_call set thanked_at = $3, rest_until = $4 where muster_id = $1 and responder_id = $2;

-- name: figures
-- How a muster goes, and what was achieved by all volunteers together.
with answered as ({answered}),
achieved as (
    select
        count(*)::integer as answers, count(distinct contact_id)::integer as people,
        count(distinct contact_id) filter (where status in ('solved', 'closed'))::integer as solved,
        min(created_at) as first_answer_at
    from answered
),
called as (
    select
        count(*) filter (where c.told_at is not null)::integer as told,
        count(*) filter (where c.reply = 'in')::integer as came,
        count(*) filter (where c.reply = 'not_now')::integer as not_now,
        count(*) filter (where c.reply = 'out')::integer as "out",
        count(*) filter (where c.reply = 'told')::integer as silent,
        count(*) filter (where c.reply = 'waiting')::integer as waiting,
        count(*) filter (
            where c.reply = 'in' and exists (
                select from ticket t
                where t.assignee_id = c.responder_id and t.status not in ('pending', 'solved', 'closed')
            )
        )::integer as answering,
        min(c.in_at) as first_in_at
    from muster_call c
    where c.muster_id = $1
)
select called.*, achieved.* from called cross join achieved;

-- name: kept
-- What was achieved when a muster ended; it does not change any more.
select answers, people, solved from muster where id = $1 and answers is not null;

-- name: first_answer
-- When the first volunteer answered about the storm.
select min(created_at) from ({answered}) a;

-- name: note_first_answer
-- Keeps it.
update muster set first_answer_at = $2 where id = $1 and first_answer_at is null;

-- name: forget
-- Erases what somebody wished for storms; their calls stay as numbers.
with off as (
    update muster_call
    set reply = case reply when 'in' then 'out' when 'waiting' then 'spared' else reply end,
        duty_until = null, any_hour = false, most_at_once = null, most_a_day = null,
        thanked_at = coalesce(thanked_at, $2)
    where responder_id = $1
)
delete from storm_wish where responder_id = $1;

-- name: take_along
-- What is kept of a volunteer about storms.
select jsonb_build_object(
    'storm_settings', (
        select jsonb_build_object('called', w.is_called, 'outside_hours', w.outside_hours, 'most_at_once',
            w.most_at_once, 'most_a_day', w.most_a_day, 'changed_at', w.changed_at)
        from storm_wish w where w.responder_id = $1
    ),
    'musters', (
        select coalesce(jsonb_agg(jsonb_build_object('called_at', c.told_at, 'reply', c.reply, 'replied_at',
            c.replied_at) order by c.muster_id), '[]')
        from muster_call c where c.responder_id = $1 and c.told_at is not null
    )
);
