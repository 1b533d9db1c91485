"""A volunteer's hold on a ticket: how long it lasts, when they are reminded, and that it stands still while the contact
owes the reply or somebody looks their answer over.

Units: the policy's lease; the reminder comes after two thirds of it.
"""

from __future__ import annotations

from dataclasses import replace

from desk.store import ClockKind
from desk.ticket import Ticket
from workflows.voice import Voice

REMINDED_AFTER = 2 / 3


async def start_lease(voice: Voice, ticket: Ticket) -> Ticket:
    """The whole time again, from now; saved."""
    lease = voice.desk.policy().peer.lease
    held = replace(ticket, lease_expires_at=voice.now + lease)
    await voice.work.tickets.save(held)
    await voice.work.clocks.set(ticket.id, ClockKind.LEASE_REMINDER, voice.now + lease * REMINDED_AFTER)
    await voice.work.clocks.set(ticket.id, ClockKind.LEASE_END, voice.now + lease)
    return held


async def rest_lease(voice: Voice, ticket: Ticket) -> None:
    """It stands still: whoever holds it has done their part."""
    await voice.work.clocks.stop(ticket.id, ClockKind.LEASE_REMINDER, ClockKind.LEASE_END)
