"""Many questions that follow an incident, made in some statements: what a broadcast needs, and nothing else."""

from __future__ import annotations

from typing import Any

from desk.incident import IncidentId

MADE = """
with people as (
    insert into contact (name, created_at, locale)
    select 'Contact ' || n, $2, case when n % 3 = 0 then 'en' else 'de' end from generate_series(1, $1) n
    returning id, locale
),
known as (
    insert into identity (contact_id, channel, external_id, name, created_at)
    select id, 'telegram', 'c' || id, 'Contact', $2 from people
),
talks as (
    insert into conversation (contact_id, channel, key, chat, surface, locale, opened_at)
    select id, 'telegram', 'c' || id, 'c' || id, 'private', locale, $2 from people
    returning id, contact_id, locale
),
questions as (
    insert into ticket (conversation_id, contact_id, status, locale, opened_at, waiting_since)
    select id, contact_id, 'open', locale, $2, $2 from talks
    returning id
)
insert into incident_ticket (incident_id, ticket_id, how, joined_at) select $3, id, 'topic', $2 from questions
"""


async def follow(pool: Any, incident: IncidentId, count: int, *, now: Any) -> None:
    """So many more questions of as many contacts follow the incident."""
    await pool.execute(MADE, count, now, incident)
