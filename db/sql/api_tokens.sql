-- Bearer tokens of the JSON API. Only hashes are kept.

-- part: responder
r.id, r.role, r.name, r.units, r.topics, r.languages, r.trust, r.paused_until, r.active

-- name: add
-- A new token.
insert into api_token (token_hash, responder_id, label, created_at) values ($1, $2, $3, $4);

-- name: holder
-- Whose token it is, while it is good and they are active. When it was used last is noted to the hour.
with used as (
    update api_token set last_used_at = $2
    where token_hash = $1
        and ended_at is null
        and (last_used_at is null or last_used_at < $2::timestamptz - interval '1 hour')
)
select {responder} from api_token t join responder r on r.id = t.responder_id
where t.token_hash = $1 and t.ended_at is null and r.active;

-- name: end_all
-- Ends the tokens of a responder, or those with one label.
update api_token set ended_at = $3
where responder_id = $1 and ended_at is null and ($2::text is null or label = $2)
returning true;
