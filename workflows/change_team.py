"""Coordinators and admins change the team: who may be invited, who is active. Admins alone decide about coordinators
and admins. Whoever is set inactive loses their console at once, and nothing they held is lost: an agent's tickets
return to the queue, a volunteer's to the community.
"""

from __future__ import annotations

from dataclasses import replace

from desk.errors import IllegalTransition, NotAllowed
from desk.people import Invitation, Locale, Responder, ResponderId, Role
from desk.ticket import TicketId, Trigger
from workflows.accept_offer import owing, release_to_peers
from workflows.care_desk import CareDesk
from workflows.change_ticket import BACK_IN_QUEUE
from workflows.drop_out import end_offers_of
from workflows.people_come import invite
from workflows.ticket_moves import move
from workflows.voice import speaking


def may_steer(by: Responder, role: Role) -> bool:
    """Whether `by` may invite or deactivate somebody of this role."""
    if by.role is Role.ADMIN:
        return True
    return by.role is Role.COORDINATOR and role in (Role.VOLUNTEER, Role.AGENT)


async def invite_to_team(desk: CareDesk, by: Responder, invitation: Invitation) -> str:
    """The invitation's code, shown once. Raises NotAllowed."""
    if not may_steer(by, invitation.role):
        raise NotAllowed("not a role they may invite")
    return await invite(desk, invitation, by=by.id)


async def set_active(desk: CareDesk, by: Responder, responder_id: ResponderId, *, active: bool) -> Responder:
    """Lets somebody in or out of the team. Raises NotAllowed, NotFound."""
    async with desk.store.begin() as work:
        responder = await work.people.responder(responder_id)
        if responder.id == by.id or not may_steer(by, responder.role):
            raise NotAllowed("not somebody they may deactivate")
        changed = replace(responder, active=active)
        await work.people.update_responder(changed)
        kind = "Activated" if active else "Deactivated"
        await work.events.add(kind, now=desk.clock.now(), responder_id=by.id, whom=responder.id)
        held = [] if active else await work.tickets.held_by(responder.id)
    # A volunteer's answered question stays with the contact; should they come back to it, others are asked.
    for ticket in held if responder.role.is_staff else owing(held):
        await let_go(desk, responder, ticket.id)
    if not active:
        await end_offers_of(desk, responder.id)
    return changed


async def let_go(desk: CareDesk, responder: Responder, ticket_id: TicketId) -> None:
    """They do not have it any more. One ticket a transaction: locks of several could wait for each other."""
    async with speaking(desk) as voice:
        work = voice.work
        ticket, conversation = await work.tickets.lock(ticket_id)
        if ticket.assignee_id != responder.id:
            return
        try:
            if responder.role.is_staff:
                moved = await move(
                    voice, ticket, Trigger.RELEASED, assignee_id=None, waiting_since=ticket.waiting_since or voice.now
                )
                await voice.to_staff(moved, voice.say(desk.locale, BACK_IN_QUEUE, number=ticket.number))
            else:
                await release_to_peers(voice, ticket, conversation)
        except IllegalTransition:
            return
        await work.events.add("Released", now=voice.now, ticket_id=ticket.id, responder_id=responder.id)


async def change_language(desk: CareDesk, responder: Responder, locale: Locale) -> Responder:
    """The language of their screens and offers."""
    others = tuple(one for one in responder.languages if one is not locale)
    changed = replace(responder, languages=(locale, *others))
    async with desk.store.begin() as work:
        await work.people.update_responder(changed)
    return changed
