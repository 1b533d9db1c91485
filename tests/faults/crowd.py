"""Contacts on Telegram who go on writing while processes die and connections break; what must be true afterwards."""

from __future__ import annotations

import asyncio
from collections import Counter

from tests.faults.databases import connected
from tests.faults.small_desk import Shift
from tests.faults.waiting import until
from tests.standins.telegram import TelegramStandIn

PAUSE_SECONDS = 0.12
NUMBERED = "{number}. Meine Rechnung ist falsch"
WAITING = """
select (select count(*) from message where to_read) + (select count(*) from outbox where state in ('queued', 'sending'))
"""
INBOUND = "select count(*), count(distinct external_id) from message where direction = 'inbound'"
TALK = """
select m.body from message m join conversation c on c.id = m.conversation_id
where c.chat = $1 and m.direction = 'inbound' order by m.id
"""
ONCE_EACH = """
select (select count(*) from ticket) as tickets, (select count(*) from decision) as decisions,
    (select count(*) from event where kind = 'TicketOpened') as opened,
    (select count(*) from event where kind = 'HandedToStaff') as handed,
    (select count(*) from outbox where state <> 'sent') as undelivered
"""
MORE_ATTEMPTS = "select coalesce(sum(attempts - 1), 0) from outbox"
RELAYED_TWICE = """
select count(*) from (
    select from outbox where staff_ticket_id is not null and message_id is not null
    group by message_id having count(*) > 1
) twice
"""


class Crowd:
    """So many contacts, a staff forum, and the shift of processes that serve them."""

    def __init__(self, telegram: TelegramStandIn, database_url: str, *, contacts: int, speed: float) -> None:
        self.telegram = telegram
        gus = telegram.person("Gus")
        self.forum = telegram.forum("Staff", [gus])
        self.contacts = [telegram.person(f"Contact {number}") for number in range(contacts)]
        place = (telegram.token, telegram.url)
        self.shift = Shift(database_url, platform=place, staff_chat=str(self.forum.id), speed=speed)
        self.written = 0
        self.over = asyncio.Event()
        self._silent = asyncio.Event()
        self._silent.set()

    async def writes(self) -> None:
        """Everybody writes now and then, until it is over."""
        self._silent.clear()
        while not self.over.is_set():
            self.written += 1
            for contact in self.contacts:
                contact.writes(NUMBERED.format(number=self.written))
                await asyncio.sleep(PAUSE_SECONDS / len(self.contacts))
        self._silent.set()

    async def rest(self) -> None:
        """Until the last round is written, and everything acknowledged, read and delivered."""
        await self._silent.wait()
        await until(lambda: not self.telegram.pending, "the acknowledgement of every update")
        await until(self._nothing_waits, "the last delivery")

    async def _nothing_waits(self) -> bool:
        async with connected(self.shift.database_url) as connection:
            return await connection.fetchval(WAITING) == 0

    async def check(self) -> int:
        """Nothing is lost, nothing is decided twice. Returns how much Telegram shows twice."""
        people = len(self.contacts)
        async with connected(self.shift.database_url) as connection:
            assert tuple(await connection.fetchrow(INBOUND)) == (people * self.written, people * self.written)
            for contact in self.contacts:
                talk = [row[0] for row in await connection.fetch(TALK, str(contact.id))]
                assert talk == [NUMBERED.format(number=number + 1) for number in range(self.written)]
            once = dict(await connection.fetchrow(ONCE_EACH))
            assert once == dict.fromkeys(["tickets", "decisions", "opened", "handed"], people) | {"undelivered": 0}
            assert await connection.fetchval(RELAYED_TWICE) == 0
            more_attempts = int(await connection.fetchval(MORE_ATTEMPTS))
        doubles = self._doubles()
        assert doubles <= more_attempts, f"{doubles} doubles, but only {more_attempts} rows were sent again"
        return doubles

    def _doubles(self) -> int:
        """Of the answers, the staff's topics, and the lines within them; none is missing, each is in its place."""
        doubles = sum(len(contact.private_chat().texts) - 1 for contact in self.contacts)
        assert all(set(contact.private_chat().texts) for contact in self.contacts), "somebody got no answer"
        topics = Counter(topic.name for topic in self.forum.topics)
        assert len(topics) == len(self.contacts)
        doubles += len(self.forum.topics) - len(self.contacts)
        for name in topics:
            lines = [
                line.text for topic in self.forum.topics if topic.name == name for line in self.forum.messages_in(topic)
            ]
            relayed = list(dict.fromkeys(line.removeprefix("💬 ") for line in lines if line.startswith("💬")))
            card = next(line for line in lines if not line.startswith("💬"))
            told = [number + 1 for number in range(self.written) if f" {NUMBERED.format(number=number + 1)}" in card]
            wanted = [NUMBERED.format(number=number + 1) for number in range(self.written) if number + 1 not in told]
            assert relayed == wanted, f"{name}: the staff see {lines}"
            doubles += len(lines) - len(relayed) - 1
        return doubles
