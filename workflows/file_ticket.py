"""Files a question: it is decided who should answer, the reasons are kept, and the lane takes its first step."""

from __future__ import annotations

from dataclasses import replace

from desk.asking import AskingState
from desk.conversation import Conversation, Message
from desk.phrases import marked as _
from desk.reading import Reading
from desk.store import Candidate
from desk.ticket import Lane, Ticket
from routing.decide import ContactFacts, Decision, Roster, decide
from routing.reasons import Reason
from routing.waves import at_hand
from workflows.acknowledge import acknowledge
from workflows.offer_wave import candidates_for, offer_wave
from workflows.ticket_moves import hand_to_staff
from workflows.voice import Voice


def facts_of(ticket: Ticket, answer: AskingState | None = None, offered: tuple[str, ...] = ()) -> ContactFacts:
    """What the desk knows of the contact's question so far."""
    return ContactFacts(rejections=ticket.rejections, answer=answer, offered=offered)


def decided(voice: Voice, ticket: Ticket, reading: Reading, *, at_hand_count: int) -> Decision:
    """The decision on a reading as it would be with so many volunteers at hand."""
    return _decided(voice, reading, facts_of(ticket), at_hand_count)


def only_for_staff(voice: Voice, ticket: Ticket, reading: Reading) -> bool:
    """Whether no volunteer and no bot may have it."""
    return decided(voice, ticket, reading, at_hand_count=1).lane is Lane.STAFF


async def file_ticket(
    voice: Voice,
    ticket: Ticket,
    conversation: Conversation,
    message: Message,
    reading: Reading,
    facts: ContactFacts | None = None,
) -> None:
    """Decides and carries it out. The ticket is locked, and nobody has it."""
    policy = voice.desk.policy()
    route = policy.route(reading.intent)
    wanted = replace(ticket, unit=route.unit, intent=reading.intent)
    candidates: list[Candidate] = []
    if route.lane is Lane.PEER and ticket.wave < len(policy.peer.waves):
        candidates = at_hand(await candidates_for(voice, wanted), policy.peer, voice.now)
    facts = facts or facts_of(ticket)
    decision = _decided(voice, reading, facts, len(candidates))
    if decision.lane is Lane.KNOWLEDGE:  # whoever only greets or thanks was answered before it came to this
        why = Reason(_("it may be more than that"))
        decision = replace(decision, lane=Lane.STAFF, reasons=(*decision.reasons, why))
    await carry_out(voice, wanted, conversation, message, reading, decision, candidates, facts.answer)


async def carry_out(
    voice: Voice,
    ticket: Ticket,
    conversation: Conversation,
    message: Message,
    reading: Reading,
    decision: Decision,
    candidates: list[Candidate],
    answer: AskingState | None = None,
) -> None:
    """The ticket goes where the decision says, and the contact hears of it."""
    first = ticket.lane is None and answer is not AskingState.SOMETHING_ELSE
    ticket = replace(
        ticket,
        lane=decision.lane,
        unit=decision.unit,
        intent=reading.intent if reading.was_read else ticket.intent,
        priority=max(ticket.priority, decision.priority, key=lambda one: one.rank) if not first else decision.priority,
    )
    await voice.work.tickets.add_decision(
        ticket.id,
        message.id,
        lane=decision.lane.value,
        unit=decision.unit,
        priority=decision.priority,
        reasons=[voice.say(voice.desk.locale, one.text, **one.values) for one in decision.reasons],
        now=voice.now,
    )
    await acknowledge(voice, ticket, conversation, reading, answer)
    if decision.lane is Lane.PEER:
        await offer_wave(voice, ticket, conversation, candidates)
    else:
        await hand_to_staff(voice, ticket, conversation, tell=False)


def _decided(voice: Voice, reading: Reading, facts: ContactFacts, at_hand_count: int) -> Decision:
    storms = voice.desk.storms
    level, least = storms.level(reading.intent), storms.play(reading.intent).priority
    return decide(reading, facts, Roster(at_hand_count), level, voice.desk.policy(), voice.now, least)
