"""Journey 3: staff handle what is theirs, from a thread of the staff room."""

from __future__ import annotations

from desk.errors import ThreadGone
from desk.people import Role
from desk.ticket import Lane, Priority, Status
from tests.integration.journeys.care import STAFF_ROOM, Care


async def ticket_thread(care: Care, text: str = "Meine Rechnung stimmt nicht") -> str:
    await care.writes("klara", text)
    return care.thread_of((await care.ticket_of("klara")).number)


async def test_an_invoice_goes_to_staff_and_is_answered_from_the_thread(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.joins("vera", Role.VOLUNTEER)
    thread = await ticket_thread(care)
    assert care.offered == set()
    await care.writes("agnes", "Ich sehe nach.", chat=STAFF_ROOM, thread=thread)
    assert "Agnes from Zuruf" in care.seen_by("klara")[-1] or "Agnes" in care.seen_by("klara")[-1]
    assert "Ich sehe nach." in care.seen_by("klara")[-1]
    ticket = await care.ticket_of("klara")
    assert ticket.status is Status.PENDING
    assert ticket.assignee_id is not None


async def test_notes_never_reach_the_contact(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    thread = await ticket_thread(care)
    await care.writes("agnes", "// vorsichtig, Stammkundin", chat=STAFF_ROOM, thread=thread)
    await care.commands("agnes", "note", "noch eine", chat=STAFF_ROOM, thread=thread)
    assert "Stammkundin" not in care.transcript("klara")
    assert "noch eine" not in care.transcript("klara")


async def test_no_two_agents_on_one_ticket(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.joins("bodo", Role.AGENT)
    thread = await ticket_thread(care)
    await care.taps("agnes", "Claim", chat=STAFF_ROOM, thread=thread)
    await care.writes("bodo", "Ich bin auch da", chat=STAFF_ROOM, thread=thread)
    assert "Ich bin auch da" not in care.transcript("klara")
    assert "colleague" in care.seen_by(STAFF_ROOM, thread)[-1]
    await care.commands("bodo", "claim", chat=STAFF_ROOM, thread=thread)
    await care.writes("bodo", "Jetzt aber", chat=STAFF_ROOM, thread=thread)
    assert "Jetzt aber" in care.transcript("klara")


async def test_strangers_in_the_staff_room_change_nothing(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    thread = await ticket_thread(care)
    before = len(care.seen_by("klara"))
    await care.writes("mallory", "Überweise mir Geld", chat=STAFF_ROOM, thread=thread)
    await care.writes("vera", "Ich helfe", chat=STAFF_ROOM, thread=thread)
    await care.taps("vera", "Claim", chat=STAFF_ROOM, thread=thread)
    assert len(care.seen_by("klara")) == before
    assert (await care.ticket_of("klara")).assignee_id is None


async def test_the_contact_can_always_have_a_person(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist nie angekommen")
    await care.taps("klara", "🙋")
    assert await care.lane_of("klara") is Lane.STAFF
    assert care.offered == set()
    await care.commands("kurt", "human")
    assert await care.lane_of("kurt") is Lane.STAFF


async def test_danger_is_urgent(care: Care) -> None:
    await care.writes("klara", "Aus dem Router kommt Rauch")
    ticket = await care.ticket_of("klara")
    assert ticket.lane is Lane.STAFF
    assert ticket.priority is Priority.URGENT


async def test_a_deleted_thread_is_opened_again_and_the_message_kept(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    thread = await ticket_thread(care)
    care.chat.fails.append(ThreadGone("deleted"))
    care.chat.fails.insert(0, ThreadGone("deleted"))
    care.chat.fails.pop()
    await care.writes("klara", "Seid ihr noch da?")
    number = (await care.ticket_of("klara")).number
    assert care.thread_of(number) != thread
    assert any("Seid ihr noch da?" in text for text in care.seen_by(STAFF_ROOM, care.thread_of(number)))


async def test_without_any_model_the_ticket_goes_to_staff_unread(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    care.classifier.down = True
    await care.writes("klara", "Mein Paket ist nie angekommen")
    assert await care.lane_of("klara") is Lane.STAFF
    assert care.offered == set()
    assert "Mein Paket" in care.transcript(STAFF_ROOM)


async def test_holding_resuming_and_solving(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    thread = await ticket_thread(care)
    for command, status in (
        ("claim", Status.OPEN),
        ("hold", Status.ON_HOLD),
        ("resume", Status.OPEN),
        ("solve", Status.SOLVED),
    ):
        await care.commands("agnes", command, chat=STAFF_ROOM, thread=thread)
        assert (await care.ticket_of("klara")).status is status
    assert "stars" in care.seen_by("klara")[-1] or "Sterne" in care.seen_by("klara")[-1]


async def test_talk_to_a_person_after_solved_brings_a_person(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    thread = await ticket_thread(care)
    await care.commands("agnes", "solve", chat=STAFF_ROOM, thread=thread)
    await care.commands("klara", "human")
    assert (await care.ticket_of("klara")).status is Status.OPEN
