"""A flood from one account: nothing lost, one polite notice, nobody else waits; and the block list."""

from __future__ import annotations

from datetime import timedelta

from desk.people import Role
from tests.integration.journeys.care import STAFF_ROOM, Care
from workflows.contact_writes import READ_A_MINUTE


async def test_a_flood_is_kept_whole_and_answered_once(care: Care) -> None:
    for number in range(READ_A_MINUTE + 10):
        await care.writes("mallory", f"Mein Paket {number}")
    ticket = await care.ticket_of("mallory")
    async with care.desk.store.begin() as work:
        kept = [one for one in await work.messages.of_ticket(ticket.id) if one.external_id]
    assert len(kept) == READ_A_MINUTE + 10
    assert sum("sehr viele Nachrichten" in text for text in care.seen_by("mallory")) == 1
    await care.pass_time(timedelta(minutes=2))
    await care.writes("mallory", "Mein Router auch")
    thread = care.thread_of(ticket.number)
    assert any("Router" in text for text in care.seen_by(STAFF_ROOM, thread)), "calm again, read again"


async def test_what_a_blocked_contact_writes_is_kept_and_bothers_nobody(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("mallory", "Meine Rechnung ist Betrug")
    ticket = await care.ticket_of("mallory")
    thread = care.thread_of(ticket.number)
    await care.commands("agnes", "block", chat=STAFF_ROOM, thread=thread)
    told = len(care.seen_by(STAFF_ROOM, thread))
    await care.writes("mallory", "Hört ihr mich")
    await care.writes("mallory", "Antwortet!", chat="group")
    assert len(care.seen_by(STAFF_ROOM, thread)) == told
    assert len(care.chat.threads) == 1
    async with care.desk.store.begin() as work:
        assert "Hört ihr mich" in [one.body for one in await work.messages.of_ticket(ticket.id)]
    await care.commands("agnes", "unblock", chat=STAFF_ROOM, thread=thread)
    await care.writes("mallory", "Und jetzt?")
    assert any("Und jetzt?" in text for text in care.seen_by(STAFF_ROOM, thread))
