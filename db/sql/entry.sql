-- How responders come in: invitations, sign-in links, sessions of the console. Only hashes are kept.

-- part: responder
r.id, r.role, r.name, r.units, r.topics, r.languages, r.trust, r.paused_until, r.active

-- name: add_invitation
-- A new invitation.
insert into invitation (
    code_hash, role, name, units, topics, languages, created_at, expires_at, responder_id, trust
) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: take_invitation
-- A valid invitation, locked until the end of the transaction.
select role, name, units, topics, languages, responder_id, trust from invitation
where code_hash = $1 and used_at is null and expires_at > $2
for update;

-- name: use_invitation
-- Uses it up.
update invitation set used_at = $3, responder_id = $2 where code_hash = $1;

-- name: add_sign_in_link
-- A link that signs a responder in, once.
insert into sign_in_link (token_hash, responder_id, expires_at) values ($1, $2, $3);

-- name: use_sign_in_link
-- Uses a valid link up and returns whose it is.
with used as (
    update sign_in_link set used_at = $2
    where token_hash = $1 and used_at is null and expires_at > $2
    returning responder_id
)
select {responder} from used join responder r on r.id = used.responder_id where r.active;

-- name: add_session
-- A session of the console.
insert into console_session (token_hash, responder_id, created_at, expires_at) values ($1, $2, $3, $4);

-- name: session
-- Whose session it is, while it lasts and they are active.
select {responder} from console_session s join responder r on r.id = s.responder_id
where s.token_hash = $1 and s.expires_at > $2 and r.active;

-- name: end_session
-- Signs out.
delete from console_session where token_hash = $1;
