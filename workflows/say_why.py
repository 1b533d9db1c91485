"""A volunteer hands a question to staff and says why: one tap for the usual reasons, words for any other.

The reason stands in the ticket, in the desk's language, for whoever takes it up.
"""

from __future__ import annotations

from desk.errors import InputRejected
from desk.people import Responder
from desk.phrases import marked as _
from desk.store import Awaited, AwaitedWords
from desk.ticket import TicketId
from workflows.accept_offer import hand_up, held_by
from workflows.voice import Voice

WHY: tuple[str, ...] = (
    _("It needs a look into the account"),
    _("It is about law or money"),
    _("Somebody is angry"),
    _("I do not know"),
)
IN_WORDS = 0
"""The button's value for a reason of one's own; the others count from 1."""


async def ask_why(voice: Voice, responder: Responder, ticket_id: TicketId) -> str:
    """Shows the reasons as buttons. Raises NotAllowed, NotFound."""
    await held_by(voice, responder, ticket_id)
    text = voice.say(responder.locale, _("Why should staff have it? One tap hands it over."))
    buttons = voice.buttons(responder.locale).why(ticket_id, WHY)
    await voice.to_responder(responder, text, ticket_id=ticket_id, buttons=buttons)
    return _("Why?")


async def hand_up_because(voice: Voice, responder: Responder, ticket_id: TicketId, value: int | None) -> str:
    """Staff have it, and know why. Raises NotAllowed, NotFound, InputRejected."""
    if value is None or value > len(WHY):
        raise InputRejected("no such reason")
    if value == IN_WORDS:
        await held_by(voice, responder, ticket_id)
        await voice.work.answers.await_words(responder.id, AwaitedWords(Awaited.STAFF_REASON, ticket_id, voice.now))
        return _("Write the reason as your next message.")
    reason = voice.say(voice.desk.locale, WHY[value - 1])
    await hand_up(voice, responder, ticket_id, reason)
    return _("Staff have it now. Thank you!")
