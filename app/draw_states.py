"""Draws docs/states.md from the transition tables: `python -m app.draw_states` (or `make docs`).

The tables in desk/ are the truth; the page shows them as diagrams. A test fails when the page is stale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, TypeVar

from desk import (
    answer,
    application,
    asking,
    broadcast,
    delivery,
    incident,
    muster,
    muster_call,
    offer,
    statement,
    ticket,
)
from routing import storm

S = TypeVar("S", bound=StrEnum)
T = TypeVar("T", bound=StrEnum)
PAGE = Path(__file__).parent.parent / "docs" / "states.md"


class Machine(NamedTuple):
    """One state machine: where it is written, where it begins, what it may do."""

    file: str
    theory: str
    first: StrEnum
    table: Mapping[tuple[StrEnum, StrEnum], StrEnum]


def machines() -> tuple[Machine, ...]:
    """Every state machine of the desk."""
    return (
        Machine("desk/ticket.py", ticket.__doc__ or "", ticket.Status.NEW, _plain(ticket.TRANSITIONS)),
        Machine("desk/asking.py", asking.__doc__ or "", asking.AskingState.OPEN, _plain(asking.TRANSITIONS)),
        Machine(
            "desk/application.py",
            application.__doc__ or "",
            application.ApplicationState.FILLING,
            _plain(application.TRANSITIONS),
        ),
        Machine("desk/answer.py", answer.__doc__ or "", answer.AnswerState.DRAFT, _plain(answer.TRANSITIONS)),
        Machine("desk/offer.py", offer.__doc__ or "", offer.OfferState.OPEN, _plain(offer.TRANSITIONS)),
        Machine(
            "desk/incident.py", incident.__doc__ or "", incident.IncidentState.PROPOSED, _plain(incident.TRANSITIONS)
        ),
        Machine("desk/muster.py", muster.__doc__ or "", muster.MusterState.CALLED, _plain(muster.TRANSITIONS)),
        Machine(
            "desk/muster_call.py", muster_call.__doc__ or "", muster_call.Reply.WAITING, _plain(muster_call.TRANSITIONS)
        ),
        Machine(
            "desk/statement.py", statement.__doc__ or "", statement.StatementState.DRAFT, _plain(statement.TRANSITIONS)
        ),
        Machine(
            "desk/broadcast.py",
            broadcast.__doc__ or "",
            broadcast.BroadcastState.RUNNING,
            _plain(broadcast.TRANSITIONS),
        ),
        Machine("routing/storm.py", storm.__doc__ or "", storm.StormLevel.CALM, _plain(storm.TRANSITIONS)),
        Machine(
            "desk/delivery.py", delivery.__doc__ or "", delivery.DeliveryState.QUEUED, _plain(delivery.TRANSITIONS)
        ),
    )


def _plain(table: Mapping[tuple[S, T], S]) -> Mapping[tuple[StrEnum, StrEnum], StrEnum]:
    return {(state, trigger): after for (state, trigger), after in table.items()}


def page() -> str:
    """The whole page."""
    head = (
        "# States\n\n"
        "Drawn from the transition tables in the code by `make docs`; what has no arrow here is illegal, raises\n"
        "`IllegalTransition` and changes nothing.\n"
    )
    return head + "".join(f"\n{_section(machine)}" for machine in machines())


def _section(machine: Machine) -> str:
    title, _, rest = machine.theory.partition("\n\n")
    meaning = rest.split("\n\n")[0]
    lines = "\n".join(f"    {line}" for line in _arrows(machine))
    name = title.split(":")[0].removeprefix("The ").capitalize()
    return f"## {name}\n\n{meaning}\n\nSource: `{machine.file}`.\n\n```mermaid\nstateDiagram-v2\n{lines}\n```\n"


def _arrows(machine: Machine) -> Iterator[str]:
    yield f"[*] --> {machine.first}"
    ends = [(state, after, trigger) for (state, trigger), after in machine.table.items()]
    order = {state: number for number, state in enumerate(type(machine.first))}
    ends.sort(key=lambda arrow: (order[arrow[0]], order[arrow[1]]))
    for (state, after), arrows in groupby(ends, key=lambda arrow: arrow[:2]):
        yield f"{state} --> {after}: {', '.join(trigger for _, _, trigger in arrows)}"
    for state in order:
        if not any(state == begin for begin, _, _ in ends):
            yield f"{state} --> [*]"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
