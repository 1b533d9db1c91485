"""A volunteer leaves: nobody waits for them, they get all that is kept of them, and it is erased.

Steps, each a transaction of its own that may be repeated:
1. they are not active any more: nobody offers them anything;
2. what they hold and have not answered goes back, one ticket at a time, to the next wave or to staff;
3. their open offers end;
4. what is kept of them is written down for seven days under a one-time token, then accounts, wishes, tests, sign-ins
   and private letters are erased. The row stays, without a name, so that numbers, answers and the audit log stay true.

A process that is killed on the way leaves them inactive with everything in place; whoever leaves again goes on.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from datetime import timedelta

from desk.application import CODE_LASTS
from desk.conversation import Address, conversation_key
from desk.errors import DeskError, InvitationInvalid, NotAllowed
from desk.inbound import ButtonTapped, Receipt
from desk.outbound import OutboxEntry
from desk.people import Responder, ResponderId, Role
from desk.phrases import marked as _
from workflows.accept_offer import owing
from workflows.care_desk import CareDesk
from workflows.change_team import let_go
from workflows.drop_out import end_offers_of
from workflows.people_come import token_hash
from workflows.refusals import refusal
from workflows.spoken import hearers_locale
from workflows.voice import speaking

KEPT_FOR = timedelta(days=7)
LEAVE_NOW = "leave.now:"


async def tap_leave(desk: CareDesk, event: ButtonTapped) -> Receipt:
    """The button of `/leave`. Its number must be the tapper's own: an old button does not send a new volunteer away."""
    locale = event.author.locale
    try:
        async with speaking(desk) as voice:
            key = conversation_key(event.address, event.surface, event.author.external_id)
            where = await voice.work.conversations.whereabouts(event.author, event.address, key)
            locale = hearers_locale(desk, where, locale)
            if not await voice.work.events.first_time(event.channel, event.external_id, now=voice.now):
                return Receipt(duplicate=True)
            responder = where.responder
            if responder is None or event.action != f"{LEAVE_NOW}{responder.id}":
                raise NotAllowed("not their button")
        await leave(desk, responder, event.address)
    except DeskError as error:
        return Receipt(notice=refusal(desk.phrases, locale, error), alert=True)
    return Receipt(notice=desk.phrases.say(locale, _("Thank you for everything!")))


async def leave(desk: CareDesk, responder: Responder, farewell: Address | None = None) -> str:
    """Does all steps. Returns the link to what they take along; it is sent to `farewell`, too. Raises NotAllowed."""
    if responder.role is not Role.VOLUNTEER:
        raise NotAllowed("staff do not leave by themselves")
    async with desk.store.begin() as work:
        await work.people.update_responder(replace(await work.people.responder(responder.id), active=False))
        held = await work.tickets.held_by(responder.id)
    for ticket in owing(held):
        await let_go(desk, responder, ticket.id)
    await end_offers_of(desk, responder.id)
    return await _erase(desk, responder, farewell)


async def _erase(desk: CareDesk, responder: Responder, farewell: Address | None) -> str:
    token = secrets.token_urlsafe(24)
    link = f"{desk.public_url}/volunteer/data/{token}"
    async with speaking(desk) as voice:
        volunteers = voice.work.volunteers
        honours = voice.work.honours
        musters = voice.work.musters
        kept = {
            **await volunteers.take_along(responder.id),
            **await honours.take_along(responder.id),
            **await musters.take_along(responder.id),
        }
        content = json.dumps(kept, ensure_ascii=False, indent=1)
        pictures = await honours.forget(responder.id)
        await voice.work.answers.forget(responder.id)
        await musters.forget(responder.id, now=voice.now)
        await volunteers.forget(responder.id, name=former_name(desk, responder.id))
        await volunteers.add_departure(token_hash(token), content, expires_at=voice.now + KEPT_FOR)
        await voice.work.events.add("Left", now=voice.now, responder_id=responder.id)
        if farewell is not None:
            text = _(
                "You have left, and your data is erased. Thank you for everyone you helped! What was kept of you is"
                " here for 7 days: {link}"
            )
            stream = f"chat:{farewell.channel}:{farewell.key}"
            said = voice.say(responder.locale, text, link=link)
            await voice.put([OutboxEntry(stream, farewell, text=said, responder_id=responder.id)])
    for key in pictures:
        await desk.files.forget(key)
    return link


def former_name(desk: CareDesk, responder_id: ResponderId) -> str:
    """What somebody who left is called from then on."""
    return desk.phrases.say(desk.locale, _("Former volunteer {number}"), number=responder_id)


async def taken_along(desk: CareDesk, token: str) -> str:
    """The JSON text of a leaver's data. Raises InvitationInvalid."""
    async with desk.store.begin() as work:
        content = await work.volunteers.departure(token_hash(token), now=desk.clock.now())
    if content is None:
        raise InvitationInvalid("unknown or too old")
    return content


async def forget_what_is_over(desk: CareDesk) -> None:
    """What leavers did not fetch in time, and applications that came to nothing, are erased."""
    now = desk.clock.now()
    async with desk.store.begin() as work:
        await work.volunteers.purge_departures(now=now)
        await work.applications.purge(before=now - CODE_LASTS)


async def own_data(desk: CareDesk, responder: Responder) -> str:
    """The same of somebody who stays, as JSON text."""
    async with desk.store.begin() as work:
        kept = {**await work.volunteers.take_along(responder.id), **await work.musters.take_along(responder.id)}
        return json.dumps(kept, ensure_ascii=False, indent=1)
