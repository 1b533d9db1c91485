"""Applying and settings in a chat: `/volunteer`, its buttons, and what may be written after it. For private chats."""

from __future__ import annotations

from dataclasses import replace

from desk.application import ApplicationState
from desk.conversation import Surface
from desk.errors import InputRejected, NotAllowed
from desk.hours_text import parse_hours, parse_quiet
from desk.inbound import ButtonTapped
from desk.outbound import Operation, OutboxEntry
from desk.people import Locale, Responder
from desk.phrases import marked as _
from desk.store import Whereabouts
from desk.volunteering import Wishes, zone_of
from workflows.apply_to_volunteer import come_with_code
from workflows.buttons import Action
from workflows.entrance_cards import leave_card
from workflows.spoken import Spoken
from workflows.voice import Voice
from workflows.volunteer_choice_pages import MAIN, Card
from workflows.volunteer_filler import Filler, filler_of
from workflows.volunteer_taps import BEING_LOOKED_AT, VERBS, WELCOME

UNCLEAR = _(
    "I cannot read that. Write your hours as in `/volunteer {hours}`, your time zone as in `/volunteer {zone}`, or a"
    " quiet time as in `/volunteer {quiet}`."
)


async def open_form(spoken: Spoken) -> str | None:
    """`/volunteer`: the form; with words after it hours, a time zone or, after `quiet`, a quiet time. Raises
    NotAllowed in public, for staff, and for whoever was declined a short time ago."""
    event = spoken.event
    if event.surface is not Surface.PRIVATE:
        return spoken.say(_("Please write /volunteer to me in a private chat."))
    filler = await filler_of(spoken.voice, event.author, event.address, spoken.where, spoken.locale)
    if filler.application is not None and filler.application.state is ApplicationState.WAITING:
        return spoken.say(BEING_LOOKED_AT)
    if event.argument.strip():
        try:
            await filler.keep(_said(event.argument.strip(), (await filler.filled()).wishes))
        except InputRejected:
            return spoken.say(UNCLEAR, hours="Mo-Fr 18-22", zone="Europe/Rome", quiet="quiet 22-7")
    card = filler.pages.page(MAIN, await filler.filled())
    await spoken.voice.to_address(event.address, card.text, buttons=card.buttons)
    return spoken.say(_("Here is your form.")) if event.shows_notice else None


async def ask_whether_to_leave(spoken: Spoken, responder: Responder) -> str | None:
    """`/leave`: says what happens, with a button that does it."""
    if spoken.event.surface is not Surface.PRIVATE or responder.role.is_staff:
        raise NotAllowed("volunteers leave, in private")
    card = leave_card(spoken.voice, spoken.locale, responder)
    await spoken.voice.to_address(spoken.event.address, card.text, buttons=card.buttons)
    return spoken.say(_("Please say whether you are sure.")) if spoken.event.shows_notice else None


def _said(words: str, wishes: Wishes) -> Wishes:
    """The wishes with what somebody wrote after the command. Raises InputRejected."""
    at = wishes.availability
    first, _blank, rest = words.partition(" ")
    if first.lower().strip(":") in ("quiet", "ruhe", "ruhezeit"):
        return replace(wishes, availability=replace(at, quiet=parse_quiet(rest)))
    if "/" in words and not any(sign.isdigit() for sign in words):
        return replace(wishes, availability=replace(at, zone=zone_of(words)))
    return replace(wishes, availability=replace(at, hours=parse_hours(words)))


async def tap_form(voice: Voice, event: ButtonTapped, action: Action, where: Whereabouts, locale: Locale | None) -> str:
    """Does what a button of the form says, and shows the form as it is then. Raises InputRejected, NotAllowed."""
    if event.surface is not Surface.PRIVATE or action.verb not in VERBS:
        raise NotAllowed("no such button here")
    filler = await filler_of(voice, event.author, event.address, where, locale)
    if filler.application is not None and filler.application.state is not ApplicationState.FILLING:
        return BEING_LOOKED_AT
    notice, card = await VERBS[action.verb](filler, action)
    if card is not None:
        await _show(filler, event, card)
    return notice


async def _show(filler: Filler, event: ButtonTapped, card: Card) -> None:
    """In the message that was tapped; as a new one where that cannot be found."""
    row = None
    if event.message_external_id is not None:
        row = await filler.voice.work.outbox.by_external_id(event.channel, event.message_external_id)
    if row is None or row.entry.address != filler.address:
        await filler.voice.to_address(filler.address, card.text, buttons=card.buttons)
        return
    stream, address = row.entry.stream, row.entry.address
    await filler.voice.put(
        [OutboxEntry(stream, address, Operation.EDIT, text=card.text, buttons=card.buttons, target_id=row.id)]
    )


async def come_by_application(spoken: Spoken) -> str | None:
    """`/start CODE` or `/join CODE` with the code that the web page gave. None: it is no such code. Raises
    InvitationInvalid."""
    event = spoken.event
    if event.surface is not Surface.PRIVATE:
        return None
    came = await come_with_code(spoken.voice, event.author, event.address.chat, event.argument)
    if came is None:
        return None
    if not isinstance(came, Responder):
        return spoken.say(BEING_LOOKED_AT)
    spoken.where = replace(spoken.where, responder=came)
    spoken.locale = came.locale
    return spoken.say(WELCOME)
