"""Commands of volunteers (/offers, /pause, /leave, /handback, /staff, /me) and of staff in a ticket's thread."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from desk.errors import InputRejected, NotAllowed, NothingHeld
from desk.people import Responder
from desk.phrases import marked as _
from desk.ticket import TicketId
from workflows.accept_offer import hand_back, hand_up, owing
from workflows.answer_call import briefing_for, briefings_open_to
from workflows.awaited_words import LONGEST_REASON
from workflows.block_contact import block_contact
from workflows.change_ticket import claim_ticket, hold_ticket, release_ticket, resume_ticket, solve_ticket
from workflows.pause_offers import pause_offers
from workflows.ping_in_public import ping
from workflows.recall_answer import last_answer, recall_answer
from workflows.show_reviews import show_reviews
from workflows.spoken import Spoken
from workflows.staff_writes import add_note
from workflows.ticket_moves import history, ticket_name
from workflows.voice import Origin
from workflows.volunteer_dialogue import ask_whether_to_leave
from workflows.volunteer_record import record_told


async def offers(spoken: Spoken, responder: Responder) -> str | None:
    """Open offers again, each with its buttons, and what the volunteer holds."""
    voice = spoken.voice
    waiting = await voice.work.offers.open_of_responder(responder.id)
    for offer in waiting:
        messages = await voice.work.messages.of_ticket(offer.ticket_id)
        text = history(messages, voice, responder.locale, masked=True)
        buttons = voice.buttons(responder.locale).offer(offer.id)
        await voice.to_responder(responder, text or "…", ticket_id=offer.ticket_id, buttons=buttons)
    held = owing(await voice.work.tickets.held_by(responder.id))
    if not waiting and not held:
        return spoken.say(_("Nothing is waiting for you, and you have no question."))
    names = ", ".join(ticket_name(ticket.id) for ticket in held) or "–"
    return spoken.say(_("Offers waiting: {count}. You have: {names}."), count=len(waiting), names=names)


async def pause(spoken: Spoken, responder: Responder) -> str | None:
    """No offers for some hours; 0 resumes."""
    try:
        rest = timedelta(hours=float((spoken.event.argument or "24").strip().replace(",", ".")))
        resting = await pause_offers(spoken.voice, responder, rest)
    except (ValueError, OverflowError, InputRejected):
        return spoken.say(_("Please give a number of hours: /pause 8. With /pause 0 you are back."))
    if resting.paused_until is None:
        return spoken.say(_("Welcome back! You get offers again."))
    return spoken.say(_("No offers for {hours} hours. Rest well!"), hours=f"{rest / timedelta(hours=1):g}")


async def handback(spoken: Spoken, responder: Responder) -> str | None:
    """Gives back the one ticket they hold."""
    await hand_back(spoken.voice, responder, await _the_one_held(spoken, responder))
    return spoken.say(_("Handed back. Thank you!"))


async def staff(spoken: Spoken, responder: Responder) -> str | None:
    """Hands the one ticket they hold to staff, with the reason given."""
    ticket_id = await _the_one_held(spoken, responder)
    await hand_up(spoken.voice, responder, ticket_id, spoken.event.argument)
    return spoken.say(_("Staff have it now. Thank you!"))


async def me(spoken: Spoken, responder: Responder) -> str | None:
    """Their level and why, what is missing to the next, people helped."""
    if responder.role.is_staff:
        raise NotAllowed("staff have no record")
    return await record_told(spoken.voice, responder)


async def briefing(spoken: Spoken, responder: Responder) -> str | None:
    """The briefing of every muster they are in; champions read every one."""
    open_to = await briefings_open_to(spoken.voice, responder)
    said = [await briefing_for(spoken.voice, responder, muster) for muster in open_to]
    return "\n\n".join(one for one in said if one) or spoken.say(_("There is no briefing for you at the moment."))


async def recall(spoken: Spoken, responder: Responder) -> str | None:
    """Takes the last answer back as wrong; the contact is told, the question is theirs again."""
    reason = spoken.event.argument.strip()
    if not reason:
        return spoken.say(_("Please say what was wrong: /recall it was the other button."))
    answer = await last_answer(spoken.voice, responder)
    await recall_answer(spoken.voice, responder, answer.id, reason[:LONGEST_REASON])
    return spoken.say(_("The answer is recalled, and the contact knows. Write a better one if you still can."))


async def reviews(spoken: Spoken, responder: Responder) -> str | None:
    """What waits for a look, and for experts what they may endorse, each with its buttons."""
    count = await show_reviews(spoken.voice, responder)
    return None if count else spoken.say(_("Nothing to look over at the moment."))


async def _the_one_held(spoken: Spoken, responder: Responder) -> TicketId:
    held = await spoken.voice.work.tickets.held_by(responder.id)
    meant = owing(held) or held
    if not meant:
        raise NothingHeld("nothing held")
    return meant[-1].id


async def claim(spoken: Spoken, responder: Responder, ticket_id: TicketId) -> str | None:
    """Takes the thread's ticket, also from a colleague."""
    await claim_ticket(spoken.voice, responder, ticket_id)
    return None


async def release(spoken: Spoken, responder: Responder, ticket_id: TicketId) -> str | None:
    """Puts it back."""
    await release_ticket(spoken.voice, responder, ticket_id)
    return None


async def note(spoken: Spoken, responder: Responder, ticket_id: TicketId) -> str | None:
    """Keeps a note."""
    origin = Origin(spoken.event.channel, spoken.event.external_id)
    await add_note(spoken.voice, responder, ticket_id, spoken.event.argument, origin=origin)
    return spoken.say(_("Noted."))


async def hold(spoken: Spoken, responder: Responder, ticket_id: TicketId) -> str | None:
    """Waits for a third party."""
    await hold_ticket(spoken.voice, responder, ticket_id)
    return None


async def resume(spoken: Spoken, responder: Responder, ticket_id: TicketId) -> str | None:
    """Takes it up again."""
    await resume_ticket(spoken.voice, responder, ticket_id)
    return None


async def solve(spoken: Spoken, responder: Responder, ticket_id: TicketId) -> str | None:
    """Marks it as solved."""
    await solve_ticket(spoken.voice, responder, ticket_id)
    return None


async def block(spoken: Spoken, responder: Responder, ticket_id: TicketId) -> str | None:
    """Puts the contact on the block list."""
    await block_contact(spoken.voice, responder, ticket_id, blocked=True)
    return None


async def unblock(spoken: Spoken, responder: Responder, ticket_id: TicketId) -> str | None:
    """Takes the contact off the block list."""
    await block_contact(spoken.voice, responder, ticket_id, blocked=False)
    return None


VOLUNTEER_COMMANDS: dict[str, Callable[[Spoken, Responder], Awaitable[str | None]]] = {
    "offers": offers,
    "pause": pause,
    "leave": ask_whether_to_leave,
    "handback": handback,
    "staff": staff,
    "ping": ping,
    "recall": recall,
    "reviews": reviews,
    "me": me,
    "briefing": briefing,
}

STAFF_COMMANDS: dict[str, Callable[[Spoken, Responder, TicketId], Awaitable[str | None]]] = {
    "claim": claim,
    "release": release,
    "note": note,
    "hold": hold,
    "resume": resume,
    "solve": solve,
    "block": block,
    "unblock": unblock,
}
