"""Chooses a ticket's next wave so that no cap is exceeded, however many waves are chosen at once.

What candidates carry was read before they were chosen, and another wave may be offered to them at this very moment. So
those who were chosen are held and counted again; whoever cannot be held, or has enough by now, makes room for the next
best. Nobody waits for anybody here: two waves that want the same people never stand in each other's way for long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from desk.errors import DeskError
from desk.people import ResponderId
from desk.store import Candidate, Carried
from desk.ticket import Ticket
from routing.waves import NoVolunteerLeft, Wave, at_hand, next_wave, peer_policy
from workflows.voice import Voice

TRIES = 4


class AskedElsewhere(DeskError):
    """Those who are left are being asked about something else at this moment: try again in a moment."""


async def choose_wave(voice: Voice, ticket: Ticket, able: Sequence[Candidate]) -> Wave:
    """The next wave; those in it are held until the transaction ends. Raises NoVolunteerLeft, AskedElsewhere."""
    policy = peer_policy(voice.desk.policy(), able)
    left, taken = list(able), False
    for _ in range(TRIES):
        try:
            wave = next_wave(ticket, left, policy, voice.now)
        except NoVolunteerLeft:
            if taken:
                raise AskedElsewhere("all who are left are asked by another wave") from None
            raise
        wanted = [pick.candidate.responder.id for pick in wave.picks]
        held = await voice.work.offers.hold(wanted, now=voice.now)
        sure = at_hand(
            [_with(pick.candidate, held) for pick in wave.picks if _is_in(pick.candidate, held)], policy, voice.now
        )
        if len(sure) == len(wanted):
            return wave
        taken = taken or len(held) < len(wanted)
        left = [_with(one, held) for one in left if one.responder.id not in wanted or _is_in(one, held)]
    raise AskedElsewhere("other waves were faster, again and again")


def _is_in(candidate: Candidate, held: Mapping[ResponderId, Carried]) -> bool:
    return candidate.responder.id in held


def _with(candidate: Candidate, held: Mapping[ResponderId, Carried]) -> Candidate:
    """The candidate with what they carry by now."""
    now = held.get(candidate.responder.id)
    if now is None:
        return candidate
    return replace(candidate, load=now.load, open_offers=now.open_offers, offers_today=now.offers_today)
