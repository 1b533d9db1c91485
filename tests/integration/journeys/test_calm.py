"""A flood loses nothing and ends nowhere; who is blocked bothers nobody, by whatever way they try."""

from __future__ import annotations

from desk.errors import ContactUnreachable
from desk.people import Reachability, Role
from desk.ticket import Lane, Status
from tests.integration.journeys.care import STAFF_ROOM, Care
from workflows.contact_writes import READ_A_MINUTE


async def test_a_flood_takes_the_question_to_staff_even_when_a_volunteer_just_answered(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist weg")
    await care.taps("vera", "Take it")
    for number in range(READ_A_MINUTE - 1):
        await care.writes("klara", f"ja, Paket {number}")
    await care.answers("vera", "Frag die Nachbarn.")
    assert (await care.ticket_of("klara")).status is Status.PENDING
    await care.writes("klara", "und noch eins")
    ticket = await care.ticket_of("klara")
    assert (ticket.status, ticket.lane, ticket.assignee_id) == (Status.OPEN, Lane.STAFF, None)
    assert "und noch eins" not in care.transcript("vera")


async def test_who_is_blocked_cannot_call_staff_by_commands_buttons_or_edits(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Meine Rechnung stimmt nicht", message_id="k1")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    await care.writes("agnes", "Korrigiert.", chat=STAFF_ROOM, thread=thread)
    await care.commands("agnes", "block", chat=STAFF_ROOM, thread=thread)
    heard = len(care.seen_by(STAFF_ROOM, thread))
    await care.commands("klara", "human")
    await care.commands("klara", "unsolved")
    await care.taps("klara", "❌")
    await care.taps("klara", "🙋")
    await care.edits("klara", "k1", "Ihr seid alle doof")
    assert len(care.seen_by(STAFF_ROOM, thread)) == heard
    assert (await care.ticket_of("klara")).status is Status.PENDING


async def test_who_writes_again_can_be_reached_again(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    care.chat.fails.append(ContactUnreachable("blocked"))
    await care.writes("agnes", "Hallo?", chat=STAFF_ROOM, thread=thread)
    ticket = await care.ticket_of("klara")
    async with care.desk.store.begin() as work:
        assert await work.people.reachability(ticket.conversation_id) is Reachability.BLOCKED
    await care.writes("klara", "Ich bin wieder da")
    async with care.desk.store.begin() as work:
        assert await work.people.reachability(ticket.conversation_id) is Reachability.REACHABLE


async def test_personal_data_in_public_is_pointed_out_once_and_not_in_private(care: Care) -> None:
    await care.writes("klara", "Mein Paket fehlt, ruf an: 0171 2345678", chat="fans")
    assert "persönlichen Daten" in care.transcript("fans")
    await care.writes("kurt", "Mein Paket fehlt, ruf an: 0171 2345678")
    assert "persönlichen Daten" not in care.transcript("kurt")
