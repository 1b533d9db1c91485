"""Answers of volunteers, who looks them over, whose words are waited for: kept as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from db.store import PostgresStore
from desk.answer import Answer, AnswerKind, AnswerPart, AnswerState
from desk.conversation import AttachmentKind, AuthorKind, Direction
from desk.inbound import InboundFile
from desk.people import Account, Author, Invitation, Locale, Responder, Role, TrustLevel
from desk.store import Awaited, AwaitedWords, NewMessage, Work
from desk.ticket import Ticket, Trigger, after
from tests.integration.db.desk_life import ADA, NOW, SOON, ticket, volunteer

PHOTO = InboundFile(AttachmentKind.PHOTO, "p.jpg", "image/jpeg", 10, "src")


async def written(work: Work, about: Ticket, author: Responder, body: str = "Zieh den Stecker.") -> Answer:
    """An answer as it stands before it is sent."""
    draft = replace(await work.answers.add(about.id, author.id, now=NOW), body=body)
    await work.answers.save(draft, now=NOW)
    return draft


async def sent(work: Work, about: Ticket, author: Responder) -> Answer:
    """An answer that the contact has."""
    message_id = await work.messages.add(
        NewMessage(
            about.conversation_id, about.id, Direction.OUTBOUND, AuthorKind.VOLUNTEER, "x", "telegram", NOW, author.id
        )
    )
    answer = replace(await written(work, about, author), state=AnswerState.SENT, message_id=message_id)
    await work.answers.save(answer, now=NOW)
    return answer


async def test_an_answer_comes_back_as_it_was_saved(store: PostgresStore) -> None:
    async with store.begin() as work:
        about, vera = await ticket(work), await volunteer(work, "Vera")
        draft = await written(work, about, vera)
        full = replace(
            draft, kind=AnswerKind.QUESTION, state=AnswerState.RETURNED, rules=("link",), to_replace=True,
            submitted_at=SOON, reviewed_by=vera.id, note="mehr", endorsed_by=vera.id,
        )  # fmt: skip
        await work.answers.save(full, now=SOON)
    async with store.begin() as work:
        assert await work.answers.by_id(draft.id) == full
        assert await work.answers.under_way(about.id) == full
        assert await work.answers.of_ticket(about.id) == [full]


async def test_a_ticket_has_one_answer_under_way(store: PostgresStore) -> None:
    async with store.begin() as work:
        about, vera = await ticket(work), await volunteer(work, "Vera")
        await work.answers.save(replace(await written(work, about, vera), state=AnswerState.DROPPED), now=NOW)
        await written(work, about, vera)
    with pytest.raises(asyncpg.UniqueViolationError):
        async with store.begin() as work:
            await written(work, about, vera)


async def test_parts_keep_their_order_their_files_and_come_once(store: PostgresStore) -> None:
    async with store.begin() as work:
        draft = await written(work, await ticket(work), await volunteer(work, "Vera"))
        parts = [AnswerPart(draft.id, "telegram", f"m{n}", f"Teil {n}", (PHOTO,) * n) for n in (2, 1)]
        assert [await work.answers.add_part(part) for part in (*parts, parts[0])] == [True, True, False]
        await work.answers.edit_part("telegram", "m1", "besser")
    async with store.begin() as work:
        assert await work.answers.parts(draft.id) == [parts[0], replace(parts[1], body="besser")]
        assert await work.answers.part("telegram", "m2") == parts[0]
        assert await work.answers.part("discord", "m2") is None
        await work.answers.drop_parts(draft.id, external_id="m2")
        assert [part.external_id for part in await work.answers.parts(draft.id)] == ["m1"]
        await work.answers.drop_parts(draft.id)
        assert not await work.answers.parts(draft.id)


async def helper(work: Work, name: str, trust: TrustLevel = TrustLevel.HELPER) -> Responder:
    """A volunteer with standing and a reachable account."""
    invited = Invitation(Role.VOLUNTEER, None, languages=(Locale.GERMAN,), trust=trust)
    added = await work.people.add_responder(invited, name=name, now=NOW)
    await work.people.add_account(Account(added.id, "telegram", name.lower(), name.lower()), now=NOW)
    return added


async def test_who_looks_over_has_standing_and_no_part_in_it(store: PostgresStore, pool: Any) -> None:
    async with store.begin() as work:
        about, author = await ticket(work), await volunteer(work, "Author")
        hilda, _emil = await helper(work, "Hilda"), await helper(work, "Emil", TrustLevel.EXPERT)
        await helper(work, "Neu", TrustLevel.NEWCOMER)
        await work.people.update_responder(replace(await helper(work, "Weg"), active=False))
        await work.people.update_responder(replace(await helper(work, "Pause"), paused_until=SOON))
        await work.people.add_account(
            Account((await helper(work, "Ada")).id, ADA.channel, ADA.external_id, "9"), now=NOW
        )
        before = await written(work, about, await helper(work, "Hatte"))
        await work.answers.save(replace(before, state=AnswerState.DROPPED), now=NOW)
        kept_apart = await helper(work, "Fern")
        asleep = await helper(work, "Schlaf")
    async with pool.acquire() as connection:
        await connection.execute(
            "insert into blocked_pair (contact_id, responder_id, blocked_by, blocked_at) "
            "values ($1, $2, 'contact', $3)",
            about.contact_id, kept_apart.id, NOW,
        )  # fmt: skip
        await connection.execute(
            "insert into volunteer (responder_id, zone, hours, quiet, most_a_day, most_at_once, topics, languages, "
            "changed_at) values ($1, 'Europe/Berlin', '{[0,60)}', '{}', 5, 3, '{}', '{de}', $2)",
            asleep.id, NOW,
        )  # fmt: skip
    async with store.begin() as work:
        found = await work.answers.reviewers(about, author.id, now=NOW, limit=9)
        assert [one.name for one in found] == ["Hilda", "Emil"]
        other = await written(work, await ticket(work, author=Author("telegram", "kai", "Kai"), chat="2"), author)
        await work.answers.ask_reviewers(other.id, [hilda.id], now=NOW)
        found = await work.answers.reviewers(about, author.id, now=NOW, limit=1)
        assert [one.name for one in found] == ["Emil"], "whoever was asked longest ago comes first"


async def test_what_somebody_has_to_look_over_ends_with_the_review(store: PostgresStore) -> None:
    async with store.begin() as work:
        draft = await written(work, await ticket(work), await volunteer(work, "Vera"))
        hilda = await volunteer(work, "Hilda")
        waiting = replace(draft, state=AnswerState.IN_REVIEW, submitted_at=NOW)
        await work.answers.save(waiting, now=NOW)
        await work.answers.ask_reviewers(draft.id, [hilda.id], now=NOW)
        await work.answers.ask_reviewers(draft.id, [hilda.id], now=SOON)
        assert await work.answers.asked_reviewers(draft.id) == [hilda.id]
        assert await work.answers.to_review(hilda.id) == [waiting]
        await work.answers.save(replace(waiting, state=AnswerState.RETURNED), now=SOON)
        assert not await work.answers.to_review(hilda.id)


async def test_experts_see_new_answers_of_others_on_their_topics(store: PostgresStore) -> None:
    async with store.begin() as work:
        about = await ticket(work)
        about = replace(about, unit="technology", status=after(about.status, Trigger.ANSWERED))
        await work.tickets.save(about)
        vera, emil = await volunteer(work, "Vera"), await volunteer(work, "Emil", topics=("technology",))
        other = await volunteer(work, "Otto", topics=("sales",))
        answer = await sent(work, about, vera)
        assert await work.answers.of_message(answer.message_id or 0) == answer  # type: ignore[arg-type]
        assert await work.answers.last_sent_by(vera.id) == answer
        for reader, seen in ((emil, [answer]), (vera, []), (other, [])):
            assert await work.answers.to_endorse(reader, now=SOON, limit=5) == seen
        assert not await work.answers.to_endorse(emil, now=NOW + timedelta(days=8), limit=5)
        await work.answers.save(replace(answer, endorsed_by=emil.id), now=SOON)
        assert not await work.answers.to_endorse(emil, now=SOON, limit=5)


async def test_the_next_words_mean_what_was_asked_last(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        assert await work.answers.awaited_words(vera.id) is None
        await work.answers.await_words(vera.id, AwaitedWords(Awaited.REVIEW_NOTE, 1, NOW))
        wanted = AwaitedWords(Awaited.STAFF_REASON, 2, SOON)
        await work.answers.await_words(vera.id, wanted)
        assert await work.answers.awaited_words(vera.id) == wanted
        await work.answers.await_words(vera.id, None)
        assert await work.answers.awaited_words(vera.id) is None


async def test_who_leaves_takes_along_what_no_contact_got(store: PostgresStore) -> None:
    async with store.begin() as work:
        about, vera = await ticket(work), await volunteer(work, "Vera")
        told = await sent(work, about, vera)
        draft = replace(await written(work, about, vera, "Ruf mich an"), state=AnswerState.DROPPED)
        await work.answers.save(draft, now=NOW)
        await work.answers.add_part(AnswerPart(draft.id, "telegram", "m1", "Ruf mich an"))
        await work.answers.await_words(vera.id, AwaitedWords(Awaited.REVIEW_NOTE, 1, NOW))
        await work.answers.forget(vera.id)
    async with store.begin() as work:
        assert [one.body for one in await work.answers.of_ticket(about.id)] == [told.body, ""]
        assert await work.answers.part("telegram", "m1") is None
        assert await work.answers.awaited_words(vera.id) is None
