"""`zuruf bench claim`: simultaneous taps on one ticket's offers. One wins, everybody else is told."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta

from app.bench_capture import bench_desk, enlist
from app.bench_database import scratch_database
from app.bench_load import Measured, message
from app.settings import Settings
from desk.conversation import Address, Surface
from desk.inbound import ButtonTapped, Receipt
from desk.people import Author
from desk.store import TicketFilter
from nlu.fallback import FirstThatAnswers
from workflows.care_desk import CareDesk
from workflows.receive_event import receive_event

CONNECTIONS = 12


@dataclass(frozen=True)
class ClaimFigures:
    """`winners` must be 1; `told` counts rivals who got a polite answer."""

    winners: int
    told: int
    rivals: int
    latency_ms_p50: float
    latency_ms_p99: float


async def bench_claim(settings: Settings, *, rivals: int) -> ClaimFigures:
    """All rivals tap at once; latency is from the tap to its answer."""
    async with scratch_database(settings, connections=CONNECTIONS) as scratch:
        desk = bench_desk(settings, scratch, FirstThatAnswers([]))
        await enlist(desk, rivals)
        offers = await _offer_to_all(desk)
        latencies: list[float] = []

        async def tap(name: str, offer_id: int) -> Receipt:
            began = time.perf_counter()
            receipt = await receive_event(
                desk,
                ButtonTapped(
                    "telegram",
                    f"tap-{name}",
                    Address("telegram", name),
                    Surface.PRIVATE,
                    Author("telegram", name, name),
                    f"take:{offer_id}",
                ),
            )
            latencies.append(time.perf_counter() - began)
            return receipt

        began = time.perf_counter()
        receipts = await asyncio.gather(*(tap(name, offer) for name, offer in offers))
        measured = Measured(time.perf_counter() - began, latencies)
        return ClaimFigures(
            winners=sum(not receipt.alert for receipt in receipts),
            told=sum(receipt.alert and bool(receipt.notice) for receipt in receipts),
            rivals=rivals,
            latency_ms_p50=round(measured.percentile_ms(0.50), 3),
            latency_ms_p99=round(measured.percentile_ms(0.99), 3),
        )


async def _offer_to_all(desk: CareDesk) -> list[tuple[str, int]]:
    """One ticket, offered to every volunteer. Returns their account names with their offers."""
    now = desk.clock.now()
    await receive_event(desk, message("claim", 0, 1))
    async with desk.store.begin() as work:
        ticket = (await work.tickets.list(TicketFilter()))[0].ticket
        people = await work.people.responders()
        made = await work.offers.add(
            ticket.id,
            [person.id for person in people],
            wave=1,
            reasons=[["benchmark"]] * len(people),
            now=now,
            expires_at=now + timedelta(hours=1),
        )
        names = {person.id: person.name.replace("Volunteer ", "volunteer-") for person in people}
        return [(names[offer.responder_id], offer.id) for offer in made]
