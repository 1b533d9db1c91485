-- Entrance tests, and the goes at them.

-- part: test
t.unit, t.version, t.pass_percent, t.repeat_hours, t.questions, t.written_by, t.written_at

-- part: sitting
s.id, s.responder_id, s.unit, s.version, s.answers, s.began_at, s.ended_at, s.passed

-- name: newest
-- The newest version of each unit.
select distinct on (t.unit) {test} from entrance_test t order by t.unit, t.version desc;

-- name: version
-- One version.
select {test} from entrance_test t where t.unit = $1 and t.version = $2;

-- name: add
-- A new version; no row when somebody wrote it just now.
insert into entrance_test (unit, version, pass_percent, repeat_hours, questions, written_by, written_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict do nothing
returning version;

-- name: begin
-- A new go; no row when one is under way.
insert into sitting as s (responder_id, unit, version, began_at) values ($1, $2, $3, $4)
on conflict (responder_id, unit) where ended_at is null do nothing
returning {sitting};

-- name: sitting
-- One go, locked.
select {sitting} from sitting s where s.id = $1 for update;

-- name: latest_sitting
-- The newest go of a volunteer at a unit's test.
select {sitting} from sitting s where s.responder_id = $1 and s.unit = $2 order by s.id desc limit 1;

-- name: save_sitting
-- How far it has come, and how it ended.
update sitting set answers = $2, ended_at = $3, passed = $4 where id = $1;
