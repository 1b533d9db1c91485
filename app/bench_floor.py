"""The floor: the rows that the real path wrote, written again by bare asyncpg, one transaction where it had one.

The rows are read from the tables after the real run, so that the floor is the same rows by construction. Every row
keeps its values and gets a new id (the tables are emptied first), each by an INSERT of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Insert = tuple[str, tuple[Any, ...]]

CAPTURE = ("contact", "identity", "conversation", "ticket", "message", "event")
TRIAGE = (*CAPTURE, "reading", "decision", "offer", "outbox", "clock")
OF_CONTACT = {
    "contact": "select id, * from contact",
    "identity": "select contact_id, * from identity",
    "conversation": "select contact_id, * from conversation",
    "ticket": "select contact_id, * from ticket",
    "message": "select c.contact_id, m.* from message m join conversation c on c.id = m.conversation_id",
    "event": "select t.contact_id, e.* from event e join ticket t on t.id = e.ticket_id",
    "reading": """select c.contact_id, r.* from reading r join message m on m.id = r.message_id
                  join conversation c on c.id = m.conversation_id""",
    "decision": "select t.contact_id, d.* from decision d join ticket t on t.id = d.ticket_id",
    "offer": "select t.contact_id, o.* from offer o join ticket t on t.id = o.ticket_id",
    "outbox": "select t.contact_id, o.* from outbox o join ticket t on t.id = o.ticket_id",
    "clock": "select t.contact_id, k.* from clock k join ticket t on t.id = k.ticket_id",
}


@dataclass(frozen=True)
class Floor:
    """A contact's bare transactions, in order; different contacts' may run at once."""

    contacts: Sequence[Sequence[Sequence[Insert]]]


async def read_floor(pool: Any, tables: Sequence[str], *, transactions: int) -> Floor:
    """The rows of `tables`, grouped into as many transactions as the real path had: a contact's rows are
    dealt out over its share of them."""
    by_contact: dict[int, list[Insert]] = defaultdict(list)
    for table in tables:
        for record in await pool.fetch(OF_CONTACT[table]):
            columns = list(record.keys())[1:]
            values = tuple(record.values())[1:]
            by_contact[record[0]].append((_insert(table, columns), values))
    share = max(1, round(transactions / max(1, len(by_contact))))
    return Floor([_dealt(rows, share) for rows in by_contact.values()])


def _dealt(rows: list[Insert], share: int) -> list[Sequence[Insert]]:
    size = -(-len(rows) // share)
    return [rows[start : start + size] for start in range(0, len(rows), size)]


async def empty(pool: Any) -> None:
    """Empties what the real path wrote, keeping responders and accounts."""
    await pool.execute(
        """truncate contact, identity, conversation, ticket, message, message_version, attachment, reading, decision,
           offer, staff_thread, outbox, clock, event, handled_update
           cascade"""
    )


async def write(pool: Any, transactions: Sequence[Sequence[Insert]]) -> None:
    """One bare transaction after the other."""
    for inserts in transactions:
        async with pool.acquire() as connection, connection.transaction():
            for sql, values in inserts:
                await connection.execute(sql, *values)


def _insert(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(columns)
    places = ", ".join(f"${number}" for number in range(1, len(columns) + 1))
    return f"insert into {table} ({names}) overriding system value values ({places})"  # noqa: S608 - names are ours
