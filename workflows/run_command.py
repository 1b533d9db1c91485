"""Somebody gives a command. One table: name -> what it does; who may, is checked by each.

A contact's command is stored like a message (its row stops a redelivery), everybody else's update id is noted.
Answers go where the command was given, or become the notice of a slash command.
"""

from __future__ import annotations

from desk.commands import BY_NAME, Audience
from desk.conversation import conversation_key
from desk.errors import DeskError, NotAllowed
from desk.inbound import CommandGiven, InboundMessage, Receipt
from desk.people import Locale
from desk.store import Whereabouts
from workflows.care_desk import CareDesk
from workflows.commands_of_contacts import CONTACT_COMMANDS
from workflows.commands_of_everyone import EVERYONE_COMMANDS
from workflows.commands_of_responders import STAFF_COMMANDS, VOLUNTEER_COMMANDS
from workflows.contact_writes import contact_writes
from workflows.refusals import refusal
from workflows.spoken import Spoken
from workflows.voice import speaking


async def run_command(desk: CareDesk, event: CommandGiven) -> Receipt:
    """Obeys. Unknown commands of contacts are read as messages: nothing is dropped."""
    key = conversation_key(event.address, event.surface, event.author.external_id)
    locale: Locale | None = event.author.locale
    async with speaking(desk) as voice:
        work = voice.work
        where = await work.conversations.whereabouts(event.author, event.address, key)
        locale = _locale(where) or locale
        if event.name not in BY_NAME or (event.name == "ask" and event.argument):
            receipt = await contact_writes(voice, _as_message(event), key, where.conversation)
            voice_said = Spoken(voice, event, where, key, locale)
            if event.shows_notice and not receipt.duplicate:
                receipt = Receipt(notice=voice_said.thanks_for_asking(), message_id=receipt.message_id)
        elif not await work.events.first_time(event.channel, event.external_id, now=voice.now):
            return Receipt(duplicate=True)
        else:
            receipt = await _obey(Spoken(voice, event, where, key, locale))
    return receipt


async def _obey(spoken: Spoken) -> Receipt:
    """Runs it; a refusal undoes nothing that was written before it, since every command checks first."""
    try:
        answer = await _dispatch(spoken)
    except DeskError as error:
        answer = refusal(spoken.voice.desk.phrases, spoken.locale, error)
    if answer is None:
        return Receipt(message_id=spoken.message_id)
    if spoken.event.shows_notice:
        return Receipt(notice=answer, message_id=spoken.message_id)
    await spoken.reply(answer)
    return Receipt(message_id=spoken.message_id)


async def _dispatch(spoken: Spoken) -> str | None:
    name = spoken.event.name
    match BY_NAME[name].audience:
        case Audience.EVERYONE:
            return await EVERYONE_COMMANDS[name](spoken)
        case Audience.CONTACT:
            return await CONTACT_COMMANDS[name](spoken)
        case Audience.VOLUNTEER:
            if spoken.where.responder is None:
                raise NotAllowed("not a responder")
            return await VOLUNTEER_COMMANDS[name](spoken, spoken.where.responder)
        case Audience.STAFF:
            if spoken.where.responder is None or spoken.where.staff_ticket_id is None:
                raise NotAllowed("only in a ticket's staff thread")
            return await STAFF_COMMANDS[name](spoken, spoken.where.responder, spoken.where.staff_ticket_id)


def _locale(where: Whereabouts) -> Locale | None:
    if where.responder is not None:
        return where.responder.locale
    return where.conversation.locale if where.conversation else None


def _as_message(event: CommandGiven) -> InboundMessage:
    """`/ask` with its question, or an unknown command, as what was written."""
    text = event.argument if event.name == "ask" else f"/{event.name} {event.argument}".strip()
    return InboundMessage(
        channel=event.channel,
        external_id=event.external_id,
        address=event.address,
        surface=event.surface,
        author=event.author,
        text=text,
        sent_at=event.sent_at,
    )
