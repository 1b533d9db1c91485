"""Moves that several verbs share: a ticket changes hands or state, its clocks are set, its history is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from desk.conversation import AuthorKind, Conversation, Direction, Message, Surface
from desk.intents import intent_name
from desk.offer import Offer, OfferState
from desk.outbound import Operation, OutboxEntry
from desk.people import Locale, Reachability, ResponderId
from desk.phrases import marked as _
from desk.store import ClockKind
from desk.ticket import Lane, Status, Ticket, TicketId, Trigger, after
from workflows.end_asking import overtake_asking
from workflows.unsent_answer import drop_unsent
from workflows.voice import Voice

HISTORY_CHARACTERS = 16_000
"""Four of the longest messages of any channel: what somebody has just asked is never cut."""


CLOCK_OF = {Status.PENDING: ClockKind.SILENCE, Status.SOLVED: ClockKind.CLOSE}
"""The clock that runs while a ticket is in a status, and stops when it leaves."""


async def move(voice: Voice, ticket: Ticket, trigger: Trigger, **changes: object) -> Ticket:
    """The ticket after `trigger` and `changes`, saved; the clock of the status it leaves stops. Raises
    IllegalTransition, and then nothing was changed."""
    status = after(ticket.status, trigger)
    moved = replace(ticket, status=status, solved_at=_solved_at(ticket, status, voice), **changes)  # type: ignore[arg-type]
    await voice.work.tickets.save(moved)
    if status is not ticket.status and ticket.status in CLOCK_OF:
        await voice.work.clocks.stop(ticket.id, CLOCK_OF[ticket.status])
    return moved


def _solved_at(ticket: Ticket, status: Status, voice: Voice) -> datetime | None:
    if status in (Status.SOLVED, Status.CLOSED):
        return ticket.solved_at or voice.now
    return None


async def answered(voice: Voice, ticket: Ticket) -> Ticket:
    """The brand has answered: the contact owes the next step, silence will be taken for content."""
    moved = await move(
        voice, ticket, Trigger.ANSWERED,
        waiting_since=None, answered_at=ticket.answered_at or voice.now, lease_expires_at=None,
    )  # fmt: skip
    await voice.work.clocks.stop(ticket.id, ClockKind.LEASE_REMINDER, ClockKind.LEASE_END)
    silence = voice.desk.policy().silence.solve_after
    await voice.work.clocks.set(ticket.id, ClockKind.SILENCE, voice.now + silence)
    return moved


async def asked_back(voice: Voice, ticket: Ticket) -> Ticket:
    """A volunteer needs to know more: the contact owes the next step, and the volunteer's time stands still."""
    moved = await move(voice, ticket, Trigger.ANSWERED, waiting_since=None, lease_expires_at=None)
    await voice.work.clocks.stop(ticket.id, ClockKind.LEASE_REMINDER, ClockKind.LEASE_END)
    silence = voice.desk.policy().silence.solve_after
    await voice.work.clocks.set(ticket.id, ClockKind.SILENCE, voice.now + silence)
    return moved


async def settle_quietly(voice: Voice, ticket: Ticket) -> Ticket:
    """Solved, without a word to the contact: offers and clocks end, it closes in time unless they write again."""
    await overtake_asking(voice, ticket)
    await drop_unsent(voice, ticket)
    moved = await move(voice, ticket, Trigger.RESOLVED, waiting_since=None, lease_expires_at=None)
    await withdraw_offers(voice, ticket, OfferState.WITHDRAWN, _("{number} is solved already. Thank you for looking!"))
    await voice.work.clocks.stop(ticket.id, ClockKind.WAVE_END, ClockKind.LEASE_REMINDER, ClockKind.LEASE_END)
    await voice.work.clocks.set(ticket.id, ClockKind.CLOSE, voice.now + voice.desk.policy().silence.close_after)
    return moved


async def withdraw_offers(voice: Voice, ticket: Ticket, state: OfferState, text: str) -> list[Offer]:
    """Ends the ticket's open offers and tells those who had them, on the offer itself."""
    offers = list(await voice.work.offers.open_of_ticket(ticket.id))
    if offers:
        await voice.work.offers.save_state([offer.id for offer in offers], state, now=voice.now)
        await retire_offer_messages(voice, ticket.id, offers, text)
    return offers


async def retire_offer_messages(voice: Voice, ticket_id: TicketId, offers: Sequence[Offer], text: str) -> None:
    """Replaces the messages of the offers by `text`, without buttons; a few statements for any number of offers."""
    responder_ids = [offer.responder_id for offer in offers]
    responders = await voice.work.people.responders_by_id(responder_ids)
    actions = {f"take:{offer.id}": responders[offer.responder_id] for offer in offers}
    entries = []
    for row in await voice.work.outbox.to_responders(responder_ids, ticket_id):
        responder = actions.get(row.entry.buttons[0][0].action) if row.entry.buttons else None
        if responder is None:
            continue
        said = voice.say(responder.locale, text, number=ticket_name(ticket_id))
        entries.append(
            OutboxEntry(
                stream=row.entry.stream,
                address=row.entry.address,
                operation=Operation.EDIT,
                text=said,
                target_id=row.id,
                ticket_id=ticket_id,
                responder_id=responder.id,
            )
        )
    await voice.put(entries)


def ticket_name(ticket_id: TicketId) -> str:
    """What volunteers call the question: a short name that says nothing about the contact."""
    return f"Q{ticket_id}"


def history(messages: Sequence[Message], voice: Voice, locale: Locale, *, masked: bool) -> str:
    """The talk so far, newest kept when it is too long. Masked for volunteers: of the contact's words those that were
    read, of staff's only that there were some, since they may name what the contact told staff alone."""
    lines = []
    for message in messages:
        body = _for_volunteers(message, voice, locale) if masked else message.body
        if body is None or message.deleted_at or message.direction is Direction.NOTE:
            continue
        if message.author is AuthorKind.BOT:
            continue
        lines.append(f"{speaker(message.author, voice, locale)}: {body}{files_named(message)}")
    text = "\n".join(lines)
    return text if len(text) <= HISTORY_CHARACTERS else "… " + text[-HISTORY_CHARACTERS:]


def _for_volunteers(message: Message, voice: Voice, locale: Locale) -> str | None:
    if message.author is AuthorKind.AGENT:
        return voice.say(locale, _("(answered; only the contact sees it)"))
    return message.masked if message.author is AuthorKind.CONTACT else message.body


def files_named(message: Message) -> str:
    """The kinds of its files: names may hold personal data."""
    return "".join(f" [{attachment.kind.value}]" for attachment in message.attachments)


def speaker(author: AuthorKind, voice: Voice, locale: Locale) -> str:
    """Who speaks, as a role."""
    names = {
        AuthorKind.CONTACT: _("Question"),
        AuthorKind.BOT: _("Bot"),
        AuthorKind.VOLUNTEER: _("Community"),
        AuthorKind.BYSTANDER: _("Somebody else"),
        AuthorKind.AGENT: _("Staff"),
    }
    return voice.say(locale, names[author])


TAKING_OVER = _("A person from our team is taking over and will answer you here.")
CONTACT_UNREACHABLE = _("⚠ The contact cannot be reached here: they blocked the bot or left.")
STAFF_HAVE_IT = _("Thank you! Staff are now taking care of {number}.")


async def thank_volunteers(voice: Voice, ticket: Ticket, *, but: ResponderId | None = None) -> None:
    """Staff take over: offers end, and the volunteer who had it is told, unless they gave it away themselves."""
    await withdraw_offers(voice, ticket, OfferState.WITHDRAWN, STAFF_HAVE_IT)
    await voice.work.clocks.stop(ticket.id, ClockKind.WAVE_END, ClockKind.LEASE_REMINDER, ClockKind.LEASE_END)
    if ticket.assignee_id is None or ticket.assignee_id == but:
        return
    holder = await voice.work.people.responder(ticket.assignee_id)
    if not holder.role.is_staff:
        text = voice.say(holder.locale, STAFF_HAVE_IT, number=ticket_name(ticket.id))
        await voice.to_responder(holder, text, ticket_id=ticket.id)


async def hand_to_staff(
    voice: Voice,
    ticket: Ticket,
    conversation: Conversation,
    *,
    tell: bool = True,
    by: ResponderId | None = None,
    keep_answer: bool = False,
) -> Ticket:
    """The staff lane, with the history. A volunteer's hold ends, the contact is told once. `by`: the volunteer who
    hands it up; `keep_answer`: staff decide about what they wrote. Raises IllegalTransition when it is closed."""
    await overtake_asking(voice, ticket)
    if not keep_answer:
        await drop_unsent(voice, ticket)
    moved = await move(
        voice, ticket, Trigger.RELEASED if ticket.status is not Status.SOLVED else Trigger.RESUMED,
        lane=Lane.STAFF, assignee_id=None, lease_expires_at=None, waiting_since=ticket.waiting_since or voice.now,
    )  # fmt: skip
    await thank_volunteers(voice, ticket, but=by)
    await staff_card(voice, moved)
    await voice.work.events.add("HandedToStaff", now=voice.now, ticket_id=ticket.id)
    if tell:
        text = voice.say(conversation.locale, TAKING_OVER)
        await voice.to_contact(conversation, text, ticket=moved)
    return moved


async def staff_card(voice: Voice, ticket: Ticket) -> None:
    """Opens the ticket's thread in each staff room with all that an agent needs at a glance."""
    locale = voice.desk.locale
    contact = await voice.work.people.contact(ticket.contact_id)
    messages = await voice.work.messages.of_ticket(ticket.id)
    reasons = await voice.work.tickets.reasons(ticket.id)
    also = also_words(voice, await also_asked(voice, ticket), locale)
    unit = voice.desk.policy().unit_name(ticket.unit, locale)
    head = voice.say(
        locale,
        _("🎫 **{number}** · {unit} · {priority}\nFrom {name} ({language}, {channel})"),
        number=ticket.number,
        unit=unit,
        priority=ticket.priority.value,
        name=contact.name,
        language=ticket.locale.value,
        channel=messages[0].channel if messages else "-",
    )
    head += await _cautions(voice, ticket) + (f"\n{also}" if also else "")
    why = voice.say(locale, _("Why here: {reasons}"), reasons="; ".join(reasons) or "-")
    told = [message for message in messages if not _follows(message)]
    text = f"{head}\n{why}\n\n{history(told, voice, locale, masked=False)}"
    files = [attachment.id for message in told for attachment in message.attachments]
    await voice.to_staff(ticket, text, buttons=voice.buttons(locale).staff(ticket.id), attachments=files)


async def also_asked(voice: Voice, ticket: Ticket) -> list[str]:
    """What the contact asks for besides what the ticket is about."""
    return [one for one in await voice.work.messages.also_asked(ticket.id) if one != ticket.intent]


def also_words(voice: Voice, intents: Sequence[str], locale: Locale) -> str:
    """Further requests as a line; empty when there are none."""
    names = ", ".join(voice.say(locale, intent_name(one)) for one in intents)
    return voice.say(locale, _("Also asks: {requests}"), requests=names) if names else ""


async def _cautions(voice: Voice, ticket: Ticket) -> str:
    """What an agent must know before the first word: who else reads it, and whether anybody does."""
    conversation = await voice.work.conversations.by_id(ticket.conversation_id)
    said = []
    if conversation.surface is Surface.PUBLIC:
        said.append(_("👥 In public: everybody there reads your answer."))
    if await voice.work.people.reachability(conversation.id) is not Reachability.REACHABLE:
        said.append(CONTACT_UNREACHABLE)
    return "".join(f"\n{voice.say(voice.desk.locale, one)}" for one in said)


def _follows(message: Message) -> bool:
    """A contact's message that was not read yet: triage brings it into the thread by itself."""
    return message.author is AuthorKind.CONTACT and message.masked is None
