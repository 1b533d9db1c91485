"""The acknowledgement: what a contact hears first, in their language and in both while nobody knows theirs."""

from __future__ import annotations

from desk.asking import AskingState
from desk.conversation import Conversation, Surface
from desk.intents import asked_as
from desk.people import Locale
from desk.phrases import marked as _
from desk.public_answer import to_hide
from desk.reading import HUMAN_PLEASE, Danger, Reading
from desk.ticket import Lane, Priority, Ticket
from routing.policy import STAFF_ONLY_INTENTS
from workflows.tell_wait import wait_added
from workflows.ticket_moves import TAKING_OVER
from workflows.voice import Voice

_GRAVE = STAFF_ONLY_INTENTS | {HUMAN_PLEASE}

UNREAD = _("Thank you, your message is with our team as {number}.")
BEYOND_US = _("Thank you, your message is with our team as {number}. We answer in English and German.")
PERSONAL_IN_PUBLIC = _("🔒 Everybody can read along here. Please delete personal data and write to me in private.")


async def acknowledge(
    voice: Voice, ticket: Ticket, conversation: Conversation, reading: Reading, answer: AskingState | None = None
) -> None:
    """Within a second the contact knows that it arrived, its number, who will answer, and how to reach a person.
    `answer`: what became of asking them what it is about; they know the number then."""
    if not reading.was_read or reading.language == "other":
        words = BEYOND_US if reading.was_read else UNREAD
        text = "\n".join(voice.say(locale, words, number=ticket.number) for locale in _both(voice))
    else:
        text = voice.say(conversation.locale, _words(ticket, reading, answer), number=ticket.number)
        text += _noted(voice, conversation, reading) + _in_a_storm(voice, ticket, conversation, reading)
        text += await wait_added(voice, ticket, conversation, reading)
    if warns_of(conversation, reading) and answer is None:
        text += "\n" + voice.say(conversation.locale, PERSONAL_IN_PUBLIC)
    buttons = voice.buttons(conversation.locale).human(ticket.id) if ticket.lane is Lane.PEER else ()
    await voice.to_contact(conversation, text, ticket=ticket, buttons=buttons)


def warns_of(conversation: Conversation, reading: Reading) -> bool:
    """Whether a hint at the place is enough. What must not stand there is moved: workflows/hide_in_public.py."""
    if conversation.surface is not Surface.PUBLIC or not reading.personal_data:
        return False
    return not to_hide(reading.personal_data)


def _both(voice: Voice) -> list[Locale]:
    """The desk's own language first."""
    return sorted(Locale, key=lambda locale: locale is not voice.desk.locale)


def _words(ticket: Ticket, reading: Reading, answer: AskingState | None) -> str:
    if reading.danger is Danger.SELF_HARM:
        return _("A person from our team is reading your message now and will answer you here ({number}).")
    if ticket.lane is Lane.PEER and answer is not None:
        return _("I am asking our community now. You will get the answer here.")
    if ticket.lane is Lane.PEER:
        return _(
            "Thank you! I have your question ({number}) and am asking our community. You will get the answer here."
        )
    if ticket.priority is Priority.URGENT:
        return _("Thank you, I have passed this on as urgent ({number}). A person will answer you as soon as possible.")
    if answer is not None:
        return TAKING_OVER
    return _("Thank you! I have your question ({number}). A person from our team will answer you here.")


def _in_a_storm(voice: Voice, ticket: Ticket, conversation: Conversation, reading: Reading) -> str:
    """What the playbook says to those who wait. Whoever may be in danger hears nothing of the kind."""
    if reading.danger is not None or ticket.priority is Priority.URGENT:
        return ""
    words = voice.desk.storms.play(reading.intent).waiting.get(conversation.locale or voice.desk.locale)
    return f" {words}" if words else ""


def _noted(voice: Voice, conversation: Conversation, reading: Reading) -> str:
    """Of several requests the contact hears that none is lost, when it is certain what they are. What is grave is
    taken up without being said again."""
    requests = (reading.intent, *reading.also)
    if not reading.also or not (reading.certain and reading.also_certain) or _GRAVE & set(requests):
        return ""
    said = [voice.say(conversation.locale, asked_as(intent)) for intent in requests]
    words = _("I noted both: “{first}” and “{second}”.") if len(said) == 2 else _("I noted it all: {requests}.")
    listed = ", ".join(voice.say(conversation.locale, _("“{request}”"), request=one) for one in said)
    return " " + voice.say(conversation.locale, words, first=said[0], second=said[1], requests=listed)
