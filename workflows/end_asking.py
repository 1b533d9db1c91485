"""The end of an asking: its clock stops, and what became of it is kept."""

from __future__ import annotations

from desk.asking import Asking, AskingState, AskingTrigger, after
from desk.store import ClockKind
from desk.ticket import Status, Ticket
from workflows.voice import Voice


async def open_asking(voice: Voice, ticket: Ticket) -> Asking | None:
    """The asking that the contact may still answer. Only who is undecided can have one."""
    if ticket.lane is not None or ticket.status not in (Status.NEW, Status.OPEN):
        return None
    asking = await voice.work.askings.of_ticket(ticket.id)
    return asking if asking is not None and asking.state is AskingState.OPEN else None


async def end_asking(voice: Voice, asking: Asking, trigger: AskingTrigger, *, chosen: str | None = None) -> AskingState:
    """Ends it. Returns what became of it. Raises IllegalTransition when it has ended before."""
    state = after(asking.state, trigger)
    await voice.work.askings.end(asking.ticket_id, state, chosen=chosen, now=voice.now)
    await voice.work.clocks.stop(asking.ticket_id, ClockKind.ASKING_END)
    return state


async def overtake_asking(voice: Voice, ticket: Ticket) -> None:
    """Somebody takes the ticket or settles it: nobody waits for the contact's choice any more."""
    asking = await open_asking(voice, ticket)
    if asking is not None:
        await end_asking(voice, asking, AskingTrigger.OVERTAKE)
