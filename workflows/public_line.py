"""The bot's one line under a public question that has answers: which of them solved it?

There is one such line a question, below the first answer; when others answer, it is changed, and nobody is notified. It
names of each author the longest words, on buttons that only the asker can use.
"""

from __future__ import annotations

from dataclasses import replace

from desk.conversation import ButtonRows, Conversation, MessageId
from desk.outbound import Operation
from desk.phrases import marked as _
from desk.public_answer import PublicAnswer, PublicLine, excerpt, shown_answers
from desk.ticket import Ticket
from workflows.voice import Voice

WHICH = _("👥 There are answers here. Did one of them solve it? Whoever asked can tap it, or react to it with {sign}.")
WHICH_BY_REPLY = _(
    "👥 There are answers here. Did one of them solve it? Whoever asked can tap it, or answer it with /solved."
)
SOLVED = _("✅ Solved by an answer here. Thank you!")


async def show_answers(voice: Voice, ticket: Ticket, conversation: Conversation) -> None:
    """Says the line, or changes it when there is more to choose from. The ticket is locked."""
    answers = shown_answers(await voice.work.public_answers.of_ticket(ticket.id))
    shown = tuple(one.message_id for one in answers)
    line = await voice.work.public_answers.line(ticket.id)
    if not shown or (line is not None and line.shown == shown):
        return
    if line is None:
        message_id = await _say(voice, ticket, conversation, answers)
    else:
        message_id = line.message_id
        await _rewrite(voice, conversation, message_id, answers)
    if message_id is not None:
        await voice.work.public_answers.set_line(PublicLine(ticket.id, message_id, shown))


async def close_line(voice: Voice, ticket: Ticket) -> None:
    """The line says that it is solved, and has no buttons any more."""
    line = await voice.work.public_answers.line(ticket.id)
    if line is not None:
        await _change(voice, line.message_id, voice.say(ticket.locale, SOLVED), ())
        await voice.work.public_answers.set_line(replace(line, shown=()))


async def _say(
    voice: Voice, ticket: Ticket, conversation: Conversation, answers: tuple[PublicAnswer, ...]
) -> MessageId | None:
    buttons = voice.buttons(conversation.locale).this_solved(_choices(answers), ticket.id)
    return await voice.to_contact(conversation, _words(voice, conversation), ticket=ticket, buttons=buttons)


async def _rewrite(
    voice: Voice, conversation: Conversation, message_id: MessageId, answers: tuple[PublicAnswer, ...]
) -> None:
    buttons = voice.buttons(conversation.locale).this_solved(_choices(answers), answers[0].ticket_id)
    await _change(voice, message_id, _words(voice, conversation), buttons)


async def _change(voice: Voice, message_id: MessageId, text: str, buttons: ButtonRows) -> None:
    await voice.flush()
    rows = await voice.work.outbox.deliveries(message_id)
    await voice.put(
        [
            replace(row.entry, operation=Operation.EDIT, text=text, buttons=buttons, reply_to=None, target_id=row.id)
            for row in rows[:1]
        ]
    )


def _words(voice: Voice, conversation: Conversation) -> str:
    if conversation.address.channel == "telegram":
        return voice.say(conversation.locale, WHICH_BY_REPLY)
    return voice.say(conversation.locale, WHICH, sign="✅")


def _choices(answers: tuple[PublicAnswer, ...]) -> list[tuple[MessageId, str]]:
    return [(one.message_id, excerpt(one.text)) for one in answers]
