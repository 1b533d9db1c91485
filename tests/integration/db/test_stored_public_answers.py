"""Answers in public in PostgreSQL: kept as they are, found by their ids, without reading old tables."""

from __future__ import annotations

from datetime import timedelta

from db.store import PostgresStore
from desk.conversation import Address, AuthorKind, Direction, MessageId, Surface
from desk.outbound import OutboxEntry, Ping
from desk.people import Author, Locale
from desk.public_answer import HowMarked, PublicAnswer, PublicLine, PublicMark, fingerprint
from desk.store import Followed, NewMessage, Work
from desk.ticket import Ticket
from tests.integration.db.desk_life import ADA, NOW, SOON, volunteer

FANS = Address("telegram", "-100")
BEN = Author("telegram", "ben", "Ben")


async def asked(work: Work, external_id: str = "q1", who: Author = ADA) -> Ticket:
    """A question in a group, with its message."""
    conversation, _new = await work.conversations.open(who, FANS, f"-100#{who.external_id}", Surface.PUBLIC, now=NOW)
    about = await work.tickets.open(conversation, locale=Locale.GERMAN, follow_up_of=None, now=NOW)
    await work.messages.add(
        NewMessage(
            conversation.id, about.id, Direction.INBOUND, AuthorKind.CONTACT, "?", "telegram", NOW,
            external_id=external_id,
        )
    )  # fmt: skip
    return about


async def answered(work: Work, about: Ticket, external_id: str = "a1", *, masked: str = "So [phone]") -> PublicAnswer:
    message_id = await work.messages.add(
        NewMessage(
            about.conversation_id, about.id, Direction.OUTBOUND, AuthorKind.BYSTANDER, masked, "telegram", NOW,
            external_id=external_id, masked=masked,
        )
    )  # fmt: skip
    assert message_id is not None
    answer = PublicAnswer(message_id, about.id, fingerprint("telegram", "ben"), None, True, NOW, masked)
    await work.public_answers.add(answer)
    return answer


async def test_an_answer_comes_back_as_it_was_and_without_words_when_deleted(store: PostgresStore) -> None:
    async with store.begin() as work:
        about = await asked(work)
        answer = await answered(work, about)
        assert await work.public_answers.of_ticket(about.id) == [answer]
        assert await work.public_answers.of_message(answer.message_id) == answer
        assert await work.public_answers.of_message(MessageId(10**9)) is None
        await work.messages.delete(answer.message_id, at=SOON)
        assert [one.text for one in await work.public_answers.of_ticket(about.id)] == [""]


async def test_a_public_message_leads_to_its_live_question(store: PostgresStore) -> None:
    async with store.begin() as work:
        about = await asked(work)
        await answered(work, about)
        said = await work.messages.add(
            NewMessage(about.conversation_id, about.id, Direction.OUTBOUND, AuthorKind.BOT, "!", "telegram", NOW)
        )
        (row,) = await work.outbox.put([OutboxEntry("conversation:1", FANS, text="!", message_id=said)], now=NOW)
    rows = await store.queues.claim_outbox("telegram", limit=5, now=NOW, lease=timedelta(minutes=1))
    assert [one.id for one in rows] == [row]
    await store.queues.confirm(row, "b1", now=NOW)
    async with store.begin() as work:
        find = work.public_answers.ticket_about
        assert await find("telegram", "q1") == await find("telegram", "a1") == Followed(about.id, ours=False)
        assert await find("telegram", "b1") == Followed(about.id, ours=True)
        assert await find("telegram", "nobody") is None
        newest = await work.public_answers.newest_question("telegram", "-100", None, since=NOW)
        assert newest == about.id
        assert await work.public_answers.newest_question("telegram", "-100", None, since=SOON) is None
        assert await work.public_answers.newest_question("telegram", "-100", "7", since=NOW) is None


async def test_marks_lines_pings_and_invitations(store: PostgresStore) -> None:
    async with store.begin() as work:
        kept, about = work.public_answers, await asked(work)
        first, second = await answered(work, about), await answered(work, about, "a2")
        for answer in (first, second):
            mark = PublicMark(about.id, answer.message_id, HowMarked.REACTION, NOW)
            await kept.set_mark(mark)
            assert await kept.mark(about.id) == mark
        await kept.drop_mark(about.id)
        assert await kept.mark(about.id) is None
        line = PublicLine(about.id, first.message_id, (first.message_id, second.message_id))
        await kept.set_line(line)
        assert await kept.line(about.id) == line
        assert [await kept.invite(first.author, now=NOW) for _time in range(2)] == [True, False]
        assert [await kept.note_hidden(first.message_id, now=NOW) for _time in range(2)] == [True, False]
        assert [await kept.is_hidden(one.message_id) for one in (first, second)] == [True, False]
        vera, viktor = await volunteer(work, "Vera"), await volunteer(work, "Viktor")
        await kept.set_ping(vera.id, True, now=NOW)
        await kept.set_ping(vera.id, True, now=NOW)
        assert await kept.wants_ping([vera.id, viktor.id]) == {vera.id}
        await kept.set_ping(vera.id, False, now=NOW)
        assert await kept.wants_ping([vera.id, viktor.id]) == frozenset()
        assert await kept.is_asker(about.contact_id, ADA)
        assert not await kept.is_asker(about.contact_id, BEN)


async def test_pings_of_a_delivery_are_kept(store: PostgresStore) -> None:
    pings = (Ping("17", "Vera von Weit, Weg"), Ping("18", 'V"{}'))
    async with store.begin() as work:
        await work.outbox.put([OutboxEntry("s", FANS, pings=pings), OutboxEntry("t", FANS)], now=NOW)
    rows = await store.queues.claim_outbox("telegram", limit=5, now=NOW, lease=timedelta(minutes=1))
    assert [one.entry.pings for one in rows] == [pings, ()]


async def test_a_ticket_goes_on_in_another_conversation(store: PostgresStore) -> None:
    async with store.begin() as work:
        about = await asked(work)
        private, _new = await work.conversations.open(ADA, Address("telegram", "1"), "1", Surface.PRIVATE, now=NOW)
        await work.tickets.continue_in(about.id, private.id)
        moved, conversation = await work.tickets.lock(about.id)
        assert (moved.conversation_id, conversation.id) == (private.id, private.id)
        assert await work.tickets.live(about.conversation_id) is None
        assert len(await work.messages.of_ticket(about.id)) == 1
