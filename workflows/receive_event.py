"""Every event of every channel comes in here; what it means is decided by who wrote and where.

Steps: a message in public may be about somebody else's question (workflows/overhear.py). Else a message or command
goes to the staff thread it stands in, else to the responder who wrote it in private, else it is a contact's. Returns
after the commit. Raises StorageUnavailable: nothing was committed, let it come again.
"""

from __future__ import annotations

from typing import assert_never

from desk.conversation import conversation_key
from desk.errors import DeskError
from desk.inbound import (
    ButtonTapped,
    CommandGiven,
    InboundEvent,
    InboundMessage,
    MessageDeleted,
    MessageEdited,
    ReachabilityChanged,
    Reacted,
    Receipt,
)
from desk.people import Locale
from desk.store import Whereabouts
from workflows.care_desk import CareDesk
from workflows.contact_writes import contact_writes
from workflows.mirror_change import mirror_deletion, mirror_edit
from workflows.overhear import NOT_OURS, overhear
from workflows.people_come import note_reachability
from workflows.refusals import refusal
from workflows.responder_writes import responder_writes
from workflows.run_command import run_command
from workflows.solved_in_public import react
from workflows.spoken import hearers_locale
from workflows.staff_writes import staff_writes
from workflows.tap_button import tap_button
from workflows.voice import Voice, speaking


async def receive_event(desk: CareDesk, event: InboundEvent) -> Receipt:
    """Commits what the event means. See the module."""
    match event:
        case InboundMessage():
            return await _receive_message(desk, event)
        case CommandGiven():
            return await run_command(desk, event)
        case ButtonTapped():
            return await tap_button(desk, event)
        case MessageEdited():
            return await mirror_edit(desk, event)
        case MessageDeleted():
            return await mirror_deletion(desk, event)
        case Reacted():
            return await react(desk, event)
        case ReachabilityChanged():
            return await note_reachability(desk, event)
        case _:
            assert_never(event)


async def _receive_message(desk: CareDesk, event: InboundMessage) -> Receipt:
    receipt = await overhear(desk, event)
    if receipt is not None or event.overheard:
        return receipt or NOT_OURS
    key = conversation_key(event.address, event.surface, event.author.external_id)
    locale = event.author.locale
    try:
        async with speaking(desk) as voice:
            work = voice.work
            where = await work.conversations.whereabouts(event.author, event.address, key)
            locale = hearers_locale(desk, where, locale)
            by_responder = where.responder is not None or where.staff_ticket_id is not None
            if by_responder and not await work.events.first_time(event.channel, event.external_id, now=voice.now):
                return Receipt(duplicate=True)
            if where.responder is not None and not where.responder.role.is_staff:
                await work.offers.seen([where.responder.id], now=voice.now)
            receipt = await _pass_on(voice, event, key, where)
    except DeskError as error:
        return await _refuse(desk, event, locale, error)
    return receipt


async def _refuse(desk: CareDesk, event: InboundMessage, locale: Locale | None, error: DeskError) -> Receipt:
    """Says so, once; all that was begun before the refusal is undone."""
    async with speaking(desk) as voice:
        if not await voice.work.events.first_time(event.channel, event.external_id, now=voice.now):
            return Receipt(duplicate=True)
        await voice.to_address(event.address, refusal(desk.phrases, locale, error))
    return Receipt()


async def _pass_on(voice: Voice, event: InboundMessage, key: str, where: Whereabouts) -> Receipt:
    """By place, then by person. Talk in a staff room outside a ticket's thread is none of our business."""
    if where.staff_ticket_id is not None:
        return await staff_writes(voice, event, where.staff_ticket_id, where.responder)
    if voice.desk.in_staff_room(event.address):
        return Receipt()
    if where.responder is not None and await responder_writes(voice, event, where.responder):
        return Receipt()
    return await contact_writes(voice, event, key, where.conversation)
