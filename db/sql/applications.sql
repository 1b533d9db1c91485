-- Applications of those who want to be volunteers.

-- part: columns
a.id, a.state, a.name, a.locale, a.channel, a.external_id, a.chat, a.zone, a.hours, a.quiet, a.most_a_day,
    a.most_at_once, a.topics, a.languages, a.conduct_at, a.began_at, a.decided_at, a.decided_by, a.answer, a.responder_id

-- name: begin
-- A new one of a chat account; no row when there is an open one.
insert into application as a (
    state, channel, external_id, chat, name, locale, zone, hours, quiet, most_a_day, most_at_once, topics, languages,
    began_at
)
values ('filling', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
on conflict (channel, external_id) where state in ('filling', 'waiting', 'approved') do nothing
returning {columns};

-- name: begin_on_page
-- A new one of the web page.
insert into application as a (
    state, code_hash, name, locale, zone, hours, quiet, most_a_day, most_at_once, topics, languages, conduct_at, began_at
)
values ('filling', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
returning {columns};

-- name: latest_of
-- The newest one of an account, locked.
select {columns} from application a where a.channel = $1 and a.external_id = $2 order by a.id desc limit 1 for update;

-- name: by_id
-- One, locked.
select {columns} from application a where a.id = $1 for update;

-- name: by_code
-- The one with a code, locked.
select {columns} from application a where a.code_hash = $1 and a.began_at >= $2 for update;

-- name: waiting
-- Those that wait for a coordinator, oldest first.
select {columns} from application a where a.state = 'waiting' order by a.id;

-- name: decided
-- Those a coordinator decided, newest first.
select {columns} from application a where a.decided_by is not null order by a.decided_at desc, a.id desc limit $1;

-- name: clear_way
-- Other open applications of an account end, so that it has one.
delete from application where channel = $2 and external_id = $3 and id <> $1 and state in ('filling', 'waiting', 'approved');

-- name: save
-- Everything that can change.
update application
set state = $2, name = $3, locale = $4, channel = $5, external_id = $6, chat = $7, zone = $8, hours = $9, quiet = $10,
    most_a_day = $11, most_at_once = $12, topics = $13, languages = $14, conduct_at = $15, decided_at = $16,
    decided_by = $17, answer = $18, responder_id = $19
where id = $1;

-- name: drop
-- It never was.
delete from application where id = $1;

-- name: purge
-- Those that came to nothing and were begun before.
delete from application where state <> 'joined' and state <> 'waiting' and began_at < $1;
