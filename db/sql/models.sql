-- Models that read, and which of them is in service.

-- part: model
n.version, n.base, n.corrections, n.made_at, n.figures, n.rolled_back_at

-- name: in_service
-- The newest time in service, with its model.
select s.id as service_id, s.began_at, s.why, {model}
from model_service s
join nlu_model n on n.version = s.version
order by s.id desc
limit 1;

-- name: services
-- Times in service, newest first.
select s.id as service_id, s.began_at, s.why, {model}
from model_service s
join nlu_model n on n.version = s.version
order by s.id desc
limit $1;

-- name: all
-- Models, newest first.
select {model} from nlu_model n order by n.made_at desc, n.version limit $1;

-- name: by_version
-- One model.
select {model} from nlu_model n where n.version = $1;

-- name: keep
-- A model; what is known of it already stays, but for newer figures.
insert into nlu_model (version, base, corrections, made_at, figures) values ($1, $2, $3, $4, $5)
on conflict (version) do update
set figures = case when excluded.figures = '{}' then nlu_model.figures else excluded.figures end;

-- name: take_turn
-- One change of service at a time, until the end of the transaction.
select pg_advisory_xact_lock(hashtextextended('model_service', 0));

-- name: put_in_service
-- A model comes into service, if the newest time in service is still the one that was looked at.
insert into model_service (version, began_at, why)
select $1, $2, $3 where (select max(id) from model_service) is not distinct from $4::bigint
returning id;

-- name: mark_rolled_back
-- It must not come back by itself.
update nlu_model set rolled_back_at = $2 where version = $1;

-- name: changes
-- When readings began to come from another model: neither the reading before nor any of the hour before came from it.
with earlier as (
    select made_at from reading where made_at < $1 order by message_id desc limit 1
),
made as (
    select
        made_at, engine, model,
        lag(made_at) over (partition by engine, model order by made_at, message_id) as own_before,
        lag(engine) over (order by made_at, message_id) as engine_before,
        lag(model) over (order by made_at, message_id) as model_before
    from reading
    where engine <> 'unread' and made_at >= coalesce((select made_at from earlier), $1) - interval '1 hour'
)
select made_at, engine, model
from made
where
    made_at >= $1
    and engine_before is not null
    and (engine, model) is distinct from (engine_before, model_before)
    and (own_before is null or own_before < made_at - interval '1 hour')
order by made_at;
