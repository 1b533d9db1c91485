"""Pings in public places: only of volunteers who asked for them, and once a question.

A volunteer who wants it is named where the question was asked when they are offered it; so they need not look at two
places. Nobody else is ever notified by what the bot says there (see `OutboundMessage.pings`).
"""

from __future__ import annotations

from collections.abc import Iterable

from desk.conversation import Conversation, Surface
from desk.outbound import OutboxEntry, Ping
from desk.people import Responder
from desk.phrases import marked as _
from desk.ticket import Ticket
from workflows.spoken import Spoken
from workflows.voice import Voice


async def ping_in_public(voice: Voice, ticket: Ticket, conversation: Conversation, asked: Iterable[Responder]) -> None:
    """Names those of a wave who want it, in answer to the question. The ticket is locked."""
    if conversation.surface is not Surface.PUBLIC:
        return
    by_id = {one.id: one for one in asked}
    wanted = await voice.work.public_answers.wants_ping(list(by_id))
    if not wanted:
        return
    accounts = await voice.work.people.accounts(sorted(wanted))
    here = [one for one in accounts if one.channel == conversation.address.channel]
    if not here or not await voice.work.events.first_time("desk", f"ping:{ticket.id}", now=voice.now):
        return
    await voice.put(
        [
            OutboxEntry(
                stream=f"conversation:{conversation.id}",
                address=conversation.address,
                text=voice.say(conversation.locale, _("🙋 Perhaps you know this?")),
                reply_to=conversation.last_external_id,
                pings=tuple(Ping(one.external_id, by_id[one.responder_id].name) for one in here),
            )
        ]
    )


async def ping(spoken: Spoken, responder: Responder) -> str | None:
    """/ping on, /ping off; without a word, how it is."""
    work, word = spoken.voice.work, spoken.event.argument.strip().lower()
    if word in ("on", "an", "ein"):
        await work.public_answers.set_ping(responder.id, True, now=spoken.voice.now)
        return spoken.say(
            _("I ping you in public places when you are asked about a question there. /ping off ends that.")
        )
    if word in ("off", "aus"):
        await work.public_answers.set_ping(responder.id, False, now=spoken.voice.now)
        return spoken.say(_("I do not ping you in public places."))
    if await work.public_answers.wants_ping([responder.id]):
        return spoken.say(_("I ping you in public places. /ping off ends that."))
    return spoken.say(_("I do not ping you in public places. /ping on changes that."))
