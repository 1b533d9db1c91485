"""A volunteer cannot be asked any more: their open offers end, and no question waits for their answer.

Each offer is a transaction of its own under its conversation's lock: locks of several at once could wait for each
other, and whoever accepted meanwhile keeps what they took.
"""

from __future__ import annotations

from desk.offer import OfferId, OfferState, OfferTrigger, after
from desk.people import Reachability, ResponderId
from desk.phrases import marked as _
from workflows.care_desk import CareDesk
from workflows.offer_wave import ask_others_at_once
from workflows.ticket_moves import retire_offer_messages
from workflows.voice import speaking


async def end_offers_of(desk: CareDesk, responder_id: ResponderId) -> None:
    """Withdraws every open offer of the volunteer; where nobody else is asked, the next wave opens."""
    async with desk.store.begin() as work:
        offers = await work.offers.open_of_responder(responder_id)
    for offer in offers:
        await _end_offer(desk, offer.id)


async def end_offers_if_unreachable(desk: CareDesk, responder_id: ResponderId) -> None:
    """The same, unless another account of theirs can be reached."""
    async with desk.store.begin() as work:
        accounts = await work.people.accounts([responder_id])
    if all(account.reachability is not Reachability.REACHABLE for account in accounts):
        await end_offers_of(desk, responder_id)


async def _end_offer(desk: CareDesk, offer_id: OfferId) -> None:
    async with speaking(desk) as voice:
        offers = voice.work.offers
        seen = await offers.by_id(offer_id)
        if seen is None:
            return
        ticket, conversation = await voice.work.tickets.lock(seen.ticket_id)
        offer = await offers.by_id(offer_id)
        if offer is None or offer.state is not OfferState.OPEN:
            return
        await offers.save_state([offer.id], after(offer.state, OfferTrigger.WITHDRAW), now=voice.now)
        await retire_offer_messages(voice, ticket.id, [offer], _("This offer has ended. Thank you!"))
        await ask_others_at_once(voice, ticket, conversation)
