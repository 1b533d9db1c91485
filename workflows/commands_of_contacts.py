"""Commands of contacts: /ask, /human, /solved, /unsolved, /wait, /thanks, /report."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from desk.conversation import Conversation, Surface
from desk.inbound import InboundMessage
from desk.phrases import marked as _
from desk.public_answer import HowMarked
from desk.ticket import Ticket
from workflows.give_verdict import mark_solved, mark_unsolved
from workflows.overhear import about_message, question_about
from workflows.report_answer import NOTHING_TO_REPORT, report_answer
from workflows.say_thanks import NOBODY_TO_THANK, say_thanks
from workflows.solved_in_public import NOT_YOURS, this_solved_it
from workflows.spoken import Spoken
from workflows.tell_wait import wait_asked
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
    """The contact is content; given on a message, by what that message says."""
    found = await _question(spoken)
    if spoken.event.about is not None and spoken.event.surface is Surface.PUBLIC:
        return await _solved_by(spoken, spoken.event.about, found)
    if found is None:
        return spoken.say(_("You have no open question here."))
    moved = await mark_solved(spoken.voice, *found)
    return spoken.say(_("Thank you!")) if spoken.event.shows_notice or moved is found[0] else None


async def _solved_by(spoken: Spoken, about: InboundMessage, found: tuple[Ticket, Conversation] | None) -> str | None:
    """*This solved it*, said of a message. In a thread of its own the question is found by the message."""
    ticket_id = await question_about(spoken.voice, about, spoken.event.author) or (found[0].id if found else None)
    if ticket_id is None:
        return spoken.say(_("You have no open question here."))
    ticket, conversation = await spoken.voice.work.tickets.lock(ticket_id)
    message_id = await about_message(spoken.voice, about, ticket)
    if message_id is None:
        return spoken.say(NOT_YOURS)
    message = await spoken.voice.work.messages.by_id(message_id)
    await this_solved_it(spoken.voice, ticket, conversation, message, HowMarked.COMMAND)
    return spoken.say(_("Thank you!")) if spoken.event.shows_notice else None


async def unsolved(spoken: Spoken) -> str | None:
    """It goes on."""
    found = await _question(spoken)
    if found is None:
        return spoken.say(_("You have no open question here."))
    moved = await mark_unsolved(spoken.voice, *found)
    return spoken.say(_("We are still on it.")) if spoken.event.shows_notice or moved is found[0] else None


async def thanks(spoken: Spoken) -> str | None:
    """Thanks to the volunteer whose answer solved it, with a few words if they like."""
    conversation = spoken.where.conversation
    if conversation is None:
        return spoken.say(NOBODY_TO_THANK)
    tickets = spoken.voice.work.tickets
    ticket = await tickets.live(conversation.id) or await tickets.latest_closed(conversation.id)
    if ticket is None:
        return spoken.say(NOBODY_TO_THANK)
    return spoken.say(await say_thanks(spoken.voice, ticket, spoken.event.argument))


async def report(spoken: Spoken) -> str | None:
    """A coordinator looks at what a volunteer wrote."""
    conversation = spoken.where.conversation
    if conversation is None:
        return spoken.say(NOTHING_TO_REPORT)
    return spoken.say(await report_answer(spoken.voice, conversation, spoken.event.argument))


async def wait(spoken: Spoken) -> str | None:
    """Their place in the queue, and how long it takes at least."""
    found = await _question(spoken)
    if found is None:
        return spoken.say(_("You have no open question here."))
    return await wait_asked(spoken.voice, found[0], spoken.locale)


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
    "wait": wait,
    "unsolved": unsolved,
    "thanks": thanks,
    "report": report,
}
