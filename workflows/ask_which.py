"""A reading that is not certain: the contact is asked once which of a few things they mean, and taps a button.

Until then the ticket is undecided (it has no lane); staff see it in the inbox, marked. What ends the asking:

    a tap on an intent     that is what it is about, by the contact's own word
    "something else"       staff
    more words             read together with the first ones and decided, without asking again
    no answer in time      staff; volunteers when the policy leaves it to them and all that was offered is theirs
    a person is wanted, an agent takes it, it is solved     nothing more is asked

A choice is a sign of how the message should have been read: it is kept as the event `ContactChose` and put on the
review list (workflows/review_corrections.py).
"""

from __future__ import annotations

from dataclasses import replace

from desk.asking import Asking, AskingState, AskingTrigger
from desk.conversation import Conversation, Message
from desk.errors import InputRejected, TicketClosed
from desk.learning import CorrectionSource
from desk.phrases import marked as _
from desk.reading import OUT_OF_SCOPE, Reading
from desk.store import ClockKind
from desk.ticket import Lane, Status, Ticket
from routing.asking import intents_to_offer
from workflows.acknowledge import PERSONAL_IN_PUBLIC, warns_of
from workflows.correct_reading import note_correction
from workflows.end_asking import end_asking, open_asking
from workflows.file_ticket import decided, facts_of, file_ticket
from workflows.ticket_moves import hand_to_staff
from workflows.voice import Voice

SOMETHING_ELSE = 0
"""The button's value; the intents count from 1."""


async def ask_if_it_helps(
    voice: Voice, ticket: Ticket, conversation: Conversation, message: Message, reading: Reading
) -> bool:
    """Asks the contact which of a few things they mean. False: there is nothing to ask, or it was asked before."""
    if ticket.lane not in (None, Lane.KNOWLEDGE):
        return False
    intents = intents_to_offer(reading, facts_of(ticket), voice.desk.policy())
    if not intents or await voice.work.askings.of_ticket(ticket.id) is not None:
        return False
    decision = decided(voice, ticket, reading, at_hand_count=1)
    unit = voice.desk.policy().route(reading.intent).unit
    undecided = replace(ticket, lane=None, unit=unit, intent=reading.intent, priority=decision.priority)
    await voice.work.tickets.save(undecided)
    await voice.work.askings.add(ticket.id, message.id, intents=intents, now=voice.now)
    patience = voice.desk.policy().asking.patience
    await voice.work.clocks.set(ticket.id, ClockKind.ASKING_END, voice.now + patience)
    await voice.work.events.add(
        "AskedContact", now=voice.now, ticket_id=ticket.id, message_id=message.id, intents=list(intents)
    )
    await _ask(voice, undecided, conversation, reading, intents)
    return True


async def _ask(
    voice: Voice, ticket: Ticket, conversation: Conversation, reading: Reading, intents: tuple[str, ...]
) -> None:
    text = voice.say(
        conversation.locale,
        _("Thank you! I have your question ({number}). What is it about? Tap what fits, or say it in other words."),
        number=ticket.number,
    )
    if warns_of(conversation, reading):
        text += "\n" + voice.say(conversation.locale, PERSONAL_IN_PUBLIC)
    buttons = voice.buttons(conversation.locale).which(ticket.id, intents)
    await voice.to_contact(conversation, text, ticket=ticket, buttons=buttons)


async def choose(voice: Voice, ticket: Ticket, conversation: Conversation, value: int | None) -> str:
    """A button under the question was tapped; the conversation is locked. Returns what the contact is told at once.
    Raises InputRejected, TicketClosed."""
    asked = await voice.work.askings.of_ticket(ticket.id)
    if asked is None or value is None or value > len(asked.intents):
        raise InputRejected("no such choice")
    if not ticket.is_live:
        raise TicketClosed("the ticket is closed")
    asking = await open_asking(voice, ticket)
    if asking is None:
        return _too_late(ticket, asked, value)
    if value == SOMETHING_ELSE:
        await _something_else(voice, ticket, conversation, asking)
    else:
        await _chosen(voice, ticket, conversation, asking, asking.intents[value - 1])
    return _("Thank you!")


def _too_late(ticket: Ticket, asking: Asking, value: int) -> str:
    if ticket.status is Status.SOLVED:
        return _("This question is solved. Just write if something is missing.")
    again = asking.chosen is not None and value and asking.intents[value - 1] == asking.chosen
    if again or (asking.state is AskingState.SOMETHING_ELSE and value == SOMETHING_ELSE):
        return _("Thank you!")
    return _("Thank you, your question is being looked after already. Just write if there is more to say.")


async def _chosen(voice: Voice, ticket: Ticket, conversation: Conversation, asking: Asking, intent: str) -> None:
    state = await end_asking(voice, asking, AskingTrigger.CHOOSE, chosen=intent)
    await voice.work.events.add(
        "ContactChose",
        now=voice.now,
        ticket_id=ticket.id,
        message_id=asking.message_id,
        intents=list(asking.intents),
        chosen=intent,
    )
    message, reading = await _asked_about(voice, ticket, asking)
    await note_correction(voice, message, reading, intent, source=CorrectionSource.CONTACT)
    await file_ticket(voice, ticket, conversation, message, as_chosen(reading, intent), facts_of(ticket, state))


async def _something_else(voice: Voice, ticket: Ticket, conversation: Conversation, asking: Asking) -> None:
    state = await end_asking(voice, asking, AskingTrigger.REFUSE)
    await voice.work.events.add(
        "NoneOfThese",
        now=voice.now,
        ticket_id=ticket.id,
        message_id=asking.message_id,
        intents=list(asking.intents),
    )
    message, reading = await _asked_about(voice, ticket, asking)
    strange = replace(reading, intent=OUT_OF_SCOPE, confidence=0.0, out_of_scope=True, runners_up=())
    await file_ticket(voice, ticket, conversation, message, strange, facts_of(ticket, state))


async def nobody_chose(voice: Voice, ticket: Ticket, conversation: Conversation) -> None:
    """The time to answer is over. Nothing, when somebody has it or it is solved."""
    asking = await open_asking(voice, ticket)
    if asking is None:
        return
    state = await end_asking(voice, asking, AskingTrigger.FALL_SILENT)
    if conversation.blocked:
        await hand_to_staff(voice, ticket, conversation, tell=False)
        return
    message, reading = await _asked_about(voice, ticket, asking)
    likeliest = next((one for one in reading.runners_up if one.intent == asking.intents[0]), None)
    if reading.out_of_scope and likeliest is not None:
        reading = replace(reading, intent=likeliest.intent, confidence=likeliest.confidence, out_of_scope=False)
    await file_ticket(voice, ticket, conversation, message, reading, facts_of(ticket, state, asking.intents))


async def _asked_about(voice: Voice, ticket: Ticket, asking: Asking) -> tuple[Message, Reading]:
    """The message with its reading; one whose words were deleted meanwhile is read as nothing."""
    message = await voice.work.messages.by_id(asking.message_id)
    reading = await voice.work.messages.reading(asking.message_id)
    empty = Reading(ticket.locale.value, OUT_OF_SCOPE, 0.0, out_of_scope=True, engine="deleted")
    return message, reading or empty


def as_chosen(reading: Reading, intent: str) -> Reading:
    """The reading as the contact's own choice makes it."""
    also = tuple(one for one in reading.also if one != intent)
    return replace(
        reading, intent=intent, confidence=1.0, runners_up=(), also=also, out_of_scope=False, certain=True
    )  # fmt: skip
