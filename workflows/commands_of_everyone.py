"""Commands that everybody may give: /start, /join, /help, /language, /undo, /console, /avoid."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from desk.commands import COMMANDS, Audience
from desk.conversation import Surface
from desk.errors import NotAllowed
from desk.people import Locale, Responder, Role
from desk.phrases import marked as _
from workflows.keep_apart import NOBODY_TO_AVOID, contact_avoids, volunteer_avoids
from workflows.people_come import redeem_in_chat, sign_in_link
from workflows.spoken import Spoken
from workflows.take_back import take_back_last
from workflows.volunteer_dialogue import come_by_application, open_form

FOR_RESPONDERS = {"start", "join", "console"}
"""Commands that everyone may give and that a contact has no use for."""


async def start(spoken: Spoken) -> str | None:
    """Greets, or joins with a code."""
    if spoken.event.argument:
        return await join(spoken)
    if spoken.where.responder is not None:
        return spoken.say(_("Welcome back, {name}! /help shows what you can do."), name=spoken.where.responder.name)
    return spoken.say(
        _("Hello! I am the assistant of {brand}. Just write your question; /human gets you a person."),
        brand=spoken.voice.desk.brand,
    )


async def join(spoken: Spoken) -> str | None:
    """Redeems an invitation code, or the code of an application."""
    if said := await come_by_application(spoken):
        return said
    responder = await redeem_in_chat(spoken.voice, spoken.event, spoken.event.argument)
    spoken.where = replace(spoken.where, responder=responder)
    return welcome(spoken, responder)


def welcome(spoken: Spoken, responder: Responder) -> str:
    """What a new responder reads first."""
    if responder.role is Role.VOLUNTEER:
        text = _("Welcome, {name}! You will get questions that fit you, with *Take it* and *Pass*. Passing is fine.")
    else:
        text = _("Welcome, {name}! You are on the team now. /console gives you a link to the console.")
    return spoken.voice.say(responder.locale, text, name=responder.name)


async def help_(spoken: Spoken) -> str | None:
    """Lists the commands that fit the asker."""
    responder = spoken.where.responder
    wanted = {Audience.EVERYONE}
    if spoken.where.staff_ticket_id is not None:
        wanted.add(Audience.STAFF)
    elif responder is not None and responder.role is Role.VOLUNTEER:
        wanted.add(Audience.VOLUNTEER)
    elif responder is None:
        wanted.add(Audience.CONTACT)
    elif responder.role in (Role.COORDINATOR, Role.ADMIN):
        wanted.add(Audience.COORDINATOR)
    fitting = [one for one in COMMANDS if one.audience in wanted and (responder or one.name not in FOR_RESPONDERS)]
    lines = [f"/{one.name}: {spoken.say(one.description)}" for one in fitting]
    if responder is None:
        lines.insert(0, spoken.say(_("Just write your question here. You can also use:")))
    return "\n".join(lines)


async def language(spoken: Spoken) -> str | None:
    """Changes the language of the conversation, or of the responder."""
    wanted = spoken.event.argument.strip().lower()[:2]
    if wanted not in set(Locale):
        return spoken.say(_("Please choose: /language de or /language en"))
    locale = Locale(wanted)
    responder = spoken.where.responder
    if responder is not None:
        others = tuple(one for one in responder.languages if one is not locale)
        await spoken.voice.work.people.update_responder(replace(responder, languages=(locale, *others)))
    else:
        conversation = await spoken.conversation()
        await spoken.voice.work.people.set_locale(conversation.id, locale)
    spoken.locale = locale
    return spoken.say(_("From now on in English."))


async def undo(spoken: Spoken) -> str | None:
    """Takes back the giver's last message."""
    done = await take_back_last(spoken)
    return spoken.say(_("Taken back.")) if done else spoken.say(_("There is nothing to take back."))


async def console(spoken: Spoken) -> str | None:
    """A one-time sign-in link; only in private, where nobody else can press it."""
    responder = spoken.where.responder
    if responder is None or spoken.event.surface is not Surface.PRIVATE:
        raise NotAllowed("for responders, in private")
    link = await sign_in_link(spoken.voice.desk, spoken.voice.work, responder)
    return spoken.say(_("Your link; it works once, within 30 minutes: {link}"), link=link)


async def avoid(spoken: Spoken) -> str | None:
    """Not with this person again. Volunteers who ask a question of their own are contacts when they hold none."""
    voice, responder, conversation = spoken.voice, spoken.where.responder, spoken.where.conversation
    asks = conversation is not None and await voice.work.tickets.live(conversation.id) is not None
    if responder is not None and (not asks or await voice.work.tickets.held_by(responder.id)):
        return spoken.say(await volunteer_avoids(voice, responder))
    return spoken.say(NOBODY_TO_AVOID if conversation is None else await contact_avoids(voice, conversation))


EVERYONE_COMMANDS: dict[str, Callable[[Spoken], Awaitable[str | None]]] = {
    "start": start,
    "join": join,
    "volunteer": open_form,
    "help": help_,
    "language": language,
    "undo": undo,
    "console": console,
    "avoid": avoid,
}
