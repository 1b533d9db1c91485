"""The state machines of the nouns. Their tables are the whole truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desk import answer, broadcast, delivery, incident, muster, offer, statement, ticket
from desk.answer import AnswerState, AnswerTrigger
from desk.broadcast import BroadcastState, BroadcastTrigger
from desk.delivery import DeliveryState, DeliveryTrigger
from desk.errors import DeskError, IllegalTransition
from desk.incident import IncidentState, IncidentTrigger
from desk.muster import MusterState, MusterTrigger
from desk.offer import OfferState, OfferTrigger
from desk.statement import StatementState, StatementTrigger
from desk.ticket import Status, Trigger


@dataclass(frozen=True)
class Machine:
    """One state machine as its file declares it."""

    noun: str
    states: type[StrEnum]
    triggers: type[StrEnum]
    table: dict[Any, Any]
    after: Callable[[Any, Any], Any]
    first: StrEnum
    final: frozenset[StrEnum]


MACHINES = (
    Machine("ticket", Status, Trigger, ticket.TRANSITIONS, ticket.after, Status.NEW, frozenset({Status.CLOSED})),
    Machine(
        "answer", AnswerState, AnswerTrigger, answer.TRANSITIONS, answer.after, AnswerState.DRAFT,
        frozenset({AnswerState.RECALLED, AnswerState.DROPPED}),
    ),
    Machine(
        "offer", OfferState, OfferTrigger, offer.TRANSITIONS, offer.after, OfferState.OPEN,
        frozenset({OfferState.ACCEPTED, OfferState.PASSED, OfferState.EXPIRED, OfferState.WITHDRAWN}),
    ),
    Machine(
        "incident", IncidentState, IncidentTrigger, incident.TRANSITIONS, incident.after, IncidentState.PROPOSED,
        frozenset({IncidentState.DISMISSED, IncidentState.JOINED}),
    ),
    Machine(
        "muster", MusterState, MusterTrigger, muster.TRANSITIONS, muster.after, MusterState.CALLED,
        frozenset({MusterState.ENDED, MusterState.CALLED_OFF}),
    ),
    Machine(
        "statement", StatementState, StatementTrigger, statement.TRANSITIONS, statement.after, StatementState.DRAFT,
        frozenset({StatementState.REPLACED, StatementState.WITHDRAWN, StatementState.DROPPED}),
    ),
    Machine(
        "broadcast", BroadcastState, BroadcastTrigger, broadcast.TRANSITIONS, broadcast.after, BroadcastState.RUNNING,
        frozenset({BroadcastState.STOPPED, BroadcastState.FINISHED}),
    ),
    Machine(
        "delivery", DeliveryState, DeliveryTrigger, delivery.TRANSITIONS, delivery.after, DeliveryState.QUEUED,
        frozenset({DeliveryState.SENT, DeliveryState.WITHDRAWN}),
    ),
)  # fmt: skip
every_machine = pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.noun)


def reachable(machine: Machine, start: StrEnum) -> set[StrEnum]:
    """All states that some walk from `start` comes to."""
    found, new = {start}, {start}
    while new:
        new = {then for (state, _), then in machine.table.items() if state in new} - found
        found |= new
    return found


@every_machine
def test_every_state_can_be_reached_from_the_first(machine: Machine) -> None:
    assert reachable(machine, machine.first) == set(machine.states)


@every_machine
def test_every_trigger_does_something_somewhere(machine: Machine) -> None:
    assert {trigger for _, trigger in machine.table} == set(machine.triggers)


@every_machine
def test_only_the_ends_are_final(machine: Machine) -> None:
    left = {state for state, _ in machine.table}
    assert set(machine.states) - left == machine.final


@every_machine
def test_the_end_can_be_reached_from_everywhere(machine: Machine) -> None:
    for state in machine.states:
        assert reachable(machine, state) & machine.final


@every_machine
def test_what_the_table_does_not_hold_is_illegal_and_says_what_was_tried(machine: Machine) -> None:
    for state in machine.states:
        for trigger in machine.triggers:
            if (state, trigger) in machine.table:
                assert machine.after(state, trigger) is machine.table[state, trigger]
                continue
            with pytest.raises(IllegalTransition) as refused:
                machine.after(state, trigger)
            assert isinstance(refused.value, DeskError)
            assert (refused.value.noun, refused.value.state, refused.value.trigger) == (machine.noun, state, trigger)
            assert str(state) in str(refused.value)
            assert str(trigger) in str(refused.value)


@every_machine
@given(data=st.data())
def test_no_walk_however_odd_leaves_the_table(machine: Machine, data: st.DataObject) -> None:
    state = machine.first
    for trigger in data.draw(st.lists(st.sampled_from(list(machine.triggers)), max_size=30)):
        before = state
        try:
            state = machine.after(state, trigger)
        except IllegalTransition:
            assert state is before
            assert (before, trigger) not in machine.table
        assert state in set(machine.states)


class TicketLife(RuleBasedStateMachine):
    """What people may rely on, whoever does what in which order."""

    @initialize()
    def opened(self) -> None:
        self.status = Status.NEW
        self.last: Trigger | None = None

    @rule(trigger=st.sampled_from(list(Trigger)))
    def something_happens(self, trigger: Trigger) -> None:
        try:
            self.status, self.last = ticket.after(self.status, trigger), trigger
        except IllegalTransition:
            return

    @precondition(lambda self: self.status is not Status.CLOSED)
    @rule()
    def the_contact_writes(self) -> None:
        """A contact's message is never refused, and never leaves the ticket waiting for the contact."""
        self.status, self.last = ticket.after(self.status, Trigger.CONTACT_WROTE), Trigger.CONTACT_WROTE
        assert self.status in {Status.NEW, Status.OPEN}

    @precondition(lambda self: self.status is not Status.CLOSED)
    @rule()
    def somebody_answers(self) -> None:
        self.status, self.last = ticket.after(self.status, Trigger.ANSWERED), Trigger.ANSWERED
        assert self.status is Status.PENDING

    @precondition(lambda self: self.status is not Status.CLOSED)
    @rule()
    def it_is_solved(self) -> None:
        self.status, self.last = ticket.after(self.status, Trigger.RESOLVED), Trigger.RESOLVED
        assert self.status is Status.SOLVED

    @precondition(lambda self: self.status is not Status.CLOSED)
    @rule()
    def the_contact_objects(self) -> None:
        """*Not solved* puts the next step to the brand, from any state."""
        self.status, self.last = ticket.after(self.status, Trigger.REJECTED), Trigger.REJECTED
        assert self.status is Status.OPEN

    @invariant()
    def it_is_closed_only_when_a_solved_one_expired(self) -> None:
        if getattr(self, "status", None) is Status.CLOSED:
            assert self.last is Trigger.EXPIRED


TestTicketLife = TicketLife.TestCase
TestTicketLife.settings = settings(max_examples=40, stateful_step_count=25)


def test_closed_is_final() -> None:
    for trigger in Trigger:
        with pytest.raises(IllegalTransition):
            ticket.after(Status.CLOSED, trigger)


def test_only_silence_and_time_move_a_ticket_that_nobody_touches() -> None:
    assert ticket.after(Status.PENDING, Trigger.FELL_SILENT) is Status.SOLVED
    assert ticket.after(Status.SOLVED, Trigger.EXPIRED) is Status.CLOSED
    for status in set(Status) - {Status.PENDING}:
        with pytest.raises(IllegalTransition):
            ticket.after(status, Trigger.FELL_SILENT)
    for status in set(Status) - {Status.SOLVED}:
        with pytest.raises(IllegalTransition):
            ticket.after(status, Trigger.EXPIRED)


@given(st.lists(st.sampled_from(list(OfferTrigger)), min_size=1, max_size=6))
def test_the_first_answer_to_an_offer_is_the_only_one(taps: list[OfferTrigger]) -> None:
    state = offer.after(OfferState.OPEN, taps[0])
    assert state is not OfferState.OPEN
    for tap in taps[1:]:
        with pytest.raises(IllegalTransition):
            offer.after(state, tap)


def test_what_the_contact_has_was_never_refused_and_never_comes_back() -> None:
    """Only a draft that passed the check goes out, and what went out is only taken back or recalled."""
    arrows = {state for (state, _), then in answer.TRANSITIONS.items() if then is AnswerState.SENT}
    assert arrows == {AnswerState.DRAFT, AnswerState.IN_REVIEW}
    after_sent = {then for (state, _), then in answer.TRANSITIONS.items() if state is AnswerState.SENT}
    assert after_sent == {AnswerState.DROPPED, AnswerState.RECALLED}


def test_a_row_is_sent_only_by_the_worker_that_claimed_it() -> None:
    arrows = [state for (state, trigger), then in delivery.TRANSITIONS.items() if then is DeliveryState.SENT]
    assert arrows == [DeliveryState.SENDING]
    back = [trigger for (state, trigger), then in delivery.TRANSITIONS.items() if state == "dead" and then == "queued"]
    assert back == [DeliveryTrigger.RETRY]


def test_a_ticket_is_live_until_it_is_closed(make_ticket: Callable[..., ticket.Ticket]) -> None:
    assert {status for status in Status if make_ticket(status=status).is_live} == set(Status) - {Status.CLOSED}


def test_priorities_are_ordered() -> None:
    assert [one.rank for one in ticket.Priority] == [0, 1, 2, 3]
    assert max(ticket.Priority, key=lambda one: one.rank) is ticket.Priority.URGENT
