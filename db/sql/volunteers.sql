-- What volunteers wish, what is open to them, and what they take along when they leave.

-- name: wishes
-- What a volunteer wishes.
select zone, hours, quiet, most_a_day, most_at_once, topics, languages from volunteer where responder_id = $1;

-- name: knows_zone
-- Whether the database knows a time zone.
select exists (select from pg_timezone_names where name = $1);

-- name: save_wishes
-- Puts the wishes of a volunteer in force.
insert into volunteer (responder_id, zone, hours, quiet, most_a_day, most_at_once, topics, languages, changed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (responder_id) do update
set zone = excluded.zone, hours = excluded.hours, quiet = excluded.quiet, most_a_day = excluded.most_a_day,
    most_at_once = excluded.most_at_once, topics = excluded.topics, languages = excluded.languages,
    changed_at = excluded.changed_at;

-- name: opened
-- The units that are open to a volunteer.
select unit, how from topic_opened where responder_id = $1 order by unit;

-- name: open_unit
-- Opens a unit to a volunteer.
insert into topic_opened (responder_id, unit, how, at) values ($1, $2, $3, $4) on conflict do nothing;

-- name: waiting_for
-- Volunteers with one of these topics to whom the unit is not open.
select v.responder_id from volunteer v
where v.topics && $2::text[]
    and not exists (select from topic_opened o where o.responder_id = v.responder_id and o.unit = $1)
order by v.responder_id;

-- name: forget_wishes
-- Erases what a volunteer wished, was tested and opened, their habits, and what they wrote and never sent.
with gone as (delete from volunteer where responder_id = $1),
habits as (delete from habit where responder_id = $1),
words as (delete from awaited_words where responder_id = $1),
drafts as (update answer set body = '' where author_id = $1 and message_id is null),
pinged as (delete from public_ping where responder_id = $1),
tested as (delete from sitting where responder_id = $1),
asked as (delete from application where responder_id = $1)
delete from topic_opened where responder_id = $1;

-- name: forget_ways
-- Erases every way in of a responder, and their accounts.
with links as (delete from sign_in_link where responder_id = $1),
sessions as (delete from console_session where responder_id = $1),
tokens as (delete from api_token where responder_id = $1),
invited as (update invitation set name = null where responder_id = $1)
delete from account where responder_id = $1;

-- name: forget_letters
-- Erases what was written to a responder in private, and where; what did not go out never will, but for what takes
-- old buttons away.
update outbox o
set text = '', buttons = null, chat = '', thread = null, stream = 'gone',
    state = case when o.state in ('queued', 'dead') then 'withdrawn' else o.state end, not_before = null
where o.state <> 'sending'
    and (o.state <> 'queued' or o.operation = 'send')
    and (
        o.responder_id = $1
        or o.stream in (select 'chat:' || a.channel || ':' || a.chat from account a where a.responder_id = $1)
    )
    and not exists (
        select from outbox e
        where e.responder_id = $1 and e.target_id = o.id and e.state in ('queued', 'sending')
    );

-- name: forget_late_letters
-- The same for what went out to leavers after they left: their farewell, and old buttons taken away.
update outbox o
set text = '', buttons = null, chat = '', thread = null, stream = 'gone'
from responder r
where r.id = o.responder_id
    and r.role = 'volunteer'
    and not r.active
    and not exists (select from account a where a.responder_id = r.id)
    and o.chat <> ''
    and o.state not in ('queued', 'sending')
    and not exists (
        select from outbox e
        where e.responder_id = o.responder_id and e.target_id = o.id and e.state in ('queued', 'sending')
    );

-- name: forget_name
-- The row of a responder who left: a number with a name that says nothing.
update responder
set name = $2, active = false, paused_until = null, topics = '{}', units = '{}', languages = '{de,en}'
where id = $1;

-- name: take_along
-- All that is kept of a volunteer.
select jsonb_build_object(
    'name', r.name, 'joined_at', r.created_at, 'languages', r.languages, 'topics', r.topics, 'trust', r.trust,
    'paused_until', r.paused_until,
    'accounts', (
        select coalesce(jsonb_agg(jsonb_build_object('channel', a.channel, 'id', a.external_id, 'since', a.created_at)
            order by a.id), '[]')
        from account a where a.responder_id = r.id
    ),
    'settings', (
        select jsonb_build_object('zone', v.zone, 'hours', v.hours::text, 'quiet', v.quiet::text, 'topics', v.topics,
            'most_a_day', v.most_a_day, 'most_at_once', v.most_at_once, 'changed_at', v.changed_at)
        from volunteer v where v.responder_id = r.id
    ),
    'topics_opened', (
        select coalesce(jsonb_agg(jsonb_build_object('unit', o.unit, 'how', o.how, 'at', o.at) order by o.unit), '[]')
        from topic_opened o where o.responder_id = r.id
    ),
    'tests', (
        select coalesce(jsonb_agg(jsonb_build_object('unit', s.unit, 'version', s.version, 'answers', s.answers,
            'began_at', s.began_at, 'ended_at', s.ended_at, 'passed', s.passed) order by s.id), '[]')
        from sitting s where s.responder_id = r.id
    ),
    'answers', (
        select coalesce(jsonb_agg(jsonb_build_object('question', 'Q' || m.ticket_id, 'at', m.created_at,
            'text', m.body) order by m.id), '[]')
        from message m where m.responder_id = r.id and m.deleted_at is null
    ),
    'drafts', (
        select coalesce(jsonb_agg(jsonb_build_object('question', 'Q' || d.ticket_id, 'at', d.written_at, 'state', d.state,
            'text', d.body) order by d.id), '[]')
        from answer d where d.author_id = r.id and d.message_id is null
    ),
    'habits', (
        select coalesce(jsonb_agg(jsonb_build_object('part_of_day', h.day_part, 'asked', h.asked, 'claimed', h.claimed,
            'passed', h.passed) order by h.day_part), '[]')
        from habit h where h.responder_id = r.id
    ),
    'expertise', (
        select coalesce(jsonb_agg(jsonb_build_object('topic', e.topic, 'language', e.language, 'rated', e.rated,
            'solved', e.solved) order by e.topic, e.language), '[]')
        from expertise e where e.responder_id = r.id
    ),
    'offers', (
        select coalesce(jsonb_agg(jsonb_build_object('question', 'Q' || o.ticket_id, 'at', o.created_at,
            'outcome', o.state, 'reasons', o.reasons) order by o.id), '[]')
        from offer o where o.responder_id = r.id
    ),
    'events', (
        select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'kind', e.kind) order by e.id), '[]')
        from event e where e.responder_id = r.id
    )
)
from responder r where r.id = $1;

-- name: add_departure
-- What somebody takes along, for a while.
insert into departure (token_hash, content, expires_at) values ($1, $2, $3);

-- name: departure
-- What somebody took along.
select content from departure where token_hash = $1 and expires_at > $2;

-- name: purge_departures
-- Erases what nobody fetched in time.
delete from departure where expires_at <= $1;
