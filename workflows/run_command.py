"""Somebody gives a command. One table: name -> what it does; who may, is checked by each.

A contact's command is stored like a message (its row stops a redelivery), everybody else's update id is noted.
Answers go where the command was given, or become the notice of a slash command.
"""

from __future__ import annotations

from desk.commands import BY_NAME, Audience
from desk.conversation import conversation_key
from desk.errors import DeskError, NotAllowed
from desk.inbound import CommandGiven, InboundMessage, Receipt
from desk.phrases import marked as _
from workflows.care_desk import CareDesk
from workflows.commands_of_contacts import CONTACT_COMMANDS
from workflows.commands_of_everyone import EVERYONE_COMMANDS
from workflows.commands_of_responders import STAFF_COMMANDS, VOLUNTEER_COMMANDS
from workflows.commands_of_storms import COORDINATOR_COMMANDS
from workflows.contact_writes import contact_writes
from workflows.refusals import refusal
from workflows.spoken import Spoken, hearers_locale
from workflows.voice import Voice, speaking

RESPONDER_COMMANDS = VOLUNTEER_COMMANDS | COORDINATOR_COMMANDS


async def run_command(desk: CareDesk, event: CommandGiven) -> Receipt:
    """Obeys, or says why not; all that was begun before a refusal is undone."""
    try:
        return await _attempt(desk, event)
    except DeskError as error:
        async with speaking(desk) as voice:
            spoken = await _spoken(voice, event)
            return await _answer_once(spoken, refusal(desk.phrases, spoken.locale, error))


async def _attempt(desk: CareDesk, event: CommandGiven) -> Receipt:
    async with speaking(desk) as voice:
        spoken = await _spoken(voice, event)
        if _is_question(spoken):
            receipt = await contact_writes(voice, _as_message(event), spoken.key, spoken.where.conversation)
            if event.shows_notice and not receipt.duplicate:
                receipt = Receipt(notice=spoken.thanks_for_asking(), message_id=receipt.message_id)
        elif not await voice.work.events.first_time(event.channel, event.external_id, now=voice.now):
            return Receipt(duplicate=True)
        else:
            receipt = await _answer(spoken, await _dispatch(spoken))
    return receipt


async def _spoken(voice: Voice, event: CommandGiven) -> Spoken:
    key = conversation_key(event.address, event.surface, event.author.external_id)
    where = await voice.work.conversations.whereabouts(event.author, event.address, key)
    return Spoken(voice, event, where, key, hearers_locale(voice.desk, where, event.author.locale))


def _is_question(spoken: Spoken) -> bool:
    """`/ask` with its question, and what a contact wrote that only looks like a command: nothing is dropped."""
    event = spoken.event
    if spoken.voice.desk.in_staff_room(event.address):
        return False
    return (event.name == "ask" and bool(event.argument)) or (
        event.name not in BY_NAME and spoken.where.responder is None
    )


async def _answer_once(spoken: Spoken, text: str) -> Receipt:
    event = spoken.event
    if not await spoken.voice.work.events.first_time(event.channel, event.external_id, now=spoken.voice.now):
        return Receipt(duplicate=True)
    return await _answer(spoken, text)


async def _answer(spoken: Spoken, text: str | None) -> Receipt:
    if text is None:
        return Receipt(message_id=spoken.message_id)
    if spoken.event.shows_notice:
        return Receipt(notice=text, message_id=spoken.message_id)
    await spoken.reply(text)
    return Receipt(message_id=spoken.message_id)


async def _dispatch(spoken: Spoken) -> str | None:
    name = spoken.event.name
    if name not in BY_NAME:
        return _unknown(spoken)
    match BY_NAME[name].audience:
        case Audience.EVERYONE:
            return await EVERYONE_COMMANDS[name](spoken)
        case Audience.CONTACT:
            if spoken.where.conversation is not None and spoken.where.conversation.blocked:
                return None
            return await CONTACT_COMMANDS[name](spoken)
        case Audience.VOLUNTEER | Audience.COORDINATOR:
            if spoken.where.responder is None:
                raise NotAllowed("not a responder")
            return await RESPONDER_COMMANDS[name](spoken, spoken.where.responder)
        case Audience.STAFF:
            if spoken.where.responder is None or spoken.where.staff_ticket_id is None:
                raise NotAllowed("only in a ticket's staff thread")
            return await STAFF_COMMANDS[name](spoken, spoken.where.responder, spoken.where.staff_ticket_id)


def _unknown(spoken: Spoken) -> str | None:
    """What is typed in a staff room outside a ticket's thread may be meant for another bot."""
    if spoken.voice.desk.in_staff_room(spoken.event.address) and spoken.where.staff_ticket_id is None:
        return None
    return spoken.say(_("I do not know this command; /help lists mine."))


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
