"""A question changes hands: whoever had it is told, nothing rests where nobody looks."""

from __future__ import annotations

from datetime import timedelta

from desk.conversation import AttachmentKind, Direction
from desk.inbound import InboundFile
from desk.people import Role
from desk.ticket import Lane, Status
from tests.integration.journeys.care import STAFF_ROOM, Care


async def test_a_volunteer_hears_that_staff_took_over_whatever_the_way(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist nie angekommen")
    await care.taps("vera", "Take it")
    for _time in range(2):
        await care.answers("vera", "Warte noch einen Tag.")
        await care.taps("klara", "❌")
    assert await care.lane_of("klara") is Lane.STAFF
    assert sum("Staff are now taking care of Q1" in text for text in care.seen_by("vera")) == 1


async def test_asking_for_a_person_after_staffs_answer_opens_the_question_again(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    await care.writes("agnes", "Korrigiert.", chat=STAFF_ROOM, thread=thread)
    await care.taps("klara", "🙋")
    ticket = await care.ticket_of("klara")
    assert ticket.status is Status.OPEN
    assert ticket.waiting_since is not None
    assert "asks for a person" in care.seen_by(STAFF_ROOM, thread)[-1]
    await care.pass_time(timedelta(hours=80))
    assert (await care.ticket_of("klara")).status is Status.OPEN, "silence counts for what was answered only"


async def test_a_solved_question_that_opens_again_is_not_solved_any_more(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    await care.commands("agnes", "solve", chat=STAFF_ROOM, thread=thread)
    await care.commands("agnes", "claim", chat=STAFF_ROOM, thread=thread)
    ticket = await care.ticket_of("klara")
    assert (ticket.status, ticket.solved_at) == (Status.OPEN, None)
    await care.pass_time(timedelta(hours=100))
    assert (await care.ticket_of("klara")).status is Status.OPEN


async def test_volunteers_read_that_staff_answered_not_what(care: Care) -> None:
    await care.joins("agnes", Role.AGENT)
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Hallo")
    await care.writes("klara", "Meine Rechnung stimmt nicht")
    thread = care.thread_of((await care.ticket_of("klara")).number)
    await care.writes("agnes", "Frau Sommer, Konto 4711, ist erledigt.", chat=STAFF_ROOM, thread=thread)
    async with care.desk.store.begin() as work:
        from workflows.ticket_moves import history
        from workflows.voice import Voice

        voice = Voice(care.desk, work, care.clock.now())
        ticket = await care.ticket_of("klara")
        told = history(await work.messages.of_ticket(ticket.id), voice, care.desk.locale, masked=True)
    assert "Sommer" not in told
    assert "Staff: (answered" in told


async def test_a_volunteer_reads_that_a_file_came_not_its_name(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist nie angekommen")
    await care.taps("vera", "Take it")
    photo = InboundFile(AttachmentKind.PHOTO, "Klara_Sommer_Ausweis.jpg", "image/jpeg", 100, "file1")
    await care.writes("klara", "Hier das Paket", files=(photo,))
    assert "[photo]" in care.seen_by("vera")[-1]
    assert "Sommer" not in care.transcript("vera")


async def test_why_a_volunteer_hands_it_up_is_kept_for_the_console_too(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", "Mein Paket ist nie angekommen")
    await care.taps("vera", "Take it")
    await care.commands("vera", "staff", "braucht Einsicht ins Konto")
    ticket = await care.ticket_of("klara")
    async with care.desk.store.begin() as work:
        notes = [one for one in await work.messages.of_ticket(ticket.id) if one.direction is Direction.NOTE]
    assert [note.body for note in notes] == ["braucht Einsicht ins Konto"]
    assert "braucht Einsicht" in care.seen_by(STAFF_ROOM, care.thread_of(ticket.number))[-1]
    assert "Einsicht" not in care.transcript("klara")
