"""Commands of contacts: /ask, /human, /solved, /unsolved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from desk.conversation import Conversation
from desk.phrases import marked as _
from desk.ticket import Ticket
from workflows.give_verdict import mark_solved, mark_unsolved
from workflows.spoken import Spoken
from workflows.want_human import want_human


async def ask(spoken: Spoken) -> str | None:
    """/ask without a question (with one, it is a message)."""
    return spoken.say(_("Please write your question after /ask."))


async def human(spoken: Spoken) -> str | None:
    """A person, at once; with nothing asked yet, a ticket that asks for a person."""
    conversation = await spoken.conversation()
    ticket = await spoken.voice.work.tickets.live(conversation.id)
    if ticket is None:
        ticket = await spoken.voice.work.tickets.open(
            conversation,
            locale=conversation.locale or spoken.voice.desk.locale,
            follow_up_of=None,
            now=spoken.voice.now,
        )
    await spoken.keep_in(conversation)
    await want_human(spoken.voice, ticket, conversation)
    return spoken.say(_("A person will answer you.")) if spoken.event.shows_notice else None


async def solved(spoken: Spoken) -> str | None:
    """The contact is content."""
    found = await _question(spoken)
    if found is None:
        return spoken.say(_("You have no open question here."))
    moved = await mark_solved(spoken.voice, *found)
    return spoken.say(_("Thank you!")) if spoken.event.shows_notice or moved is found[0] else None


async def unsolved(spoken: Spoken) -> str | None:
    """It goes on."""
    found = await _question(spoken)
    if found is None:
        return spoken.say(_("You have no open question here."))
    moved = await mark_unsolved(spoken.voice, *found)
    return spoken.say(_("We are still on it.")) if spoken.event.shows_notice or moved is found[0] else None


async def _question(spoken: Spoken) -> tuple[Ticket, Conversation] | None:
    if spoken.where.conversation is None:
        return None
    ticket = await spoken.voice.work.tickets.live(spoken.where.conversation.id)
    if ticket is None:
        return None
    await spoken.keep_in(spoken.where.conversation)
    return ticket, spoken.where.conversation


CONTACT_COMMANDS: dict[str, Callable[[Spoken], Awaitable[str | None]]] = {
    "ask": ask,
    "human": human,
    "solved": solved,
    "unsolved": unsolved,
}
