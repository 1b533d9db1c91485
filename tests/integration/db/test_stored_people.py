"""Responders, accounts, invitations, sessions."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from db.store import PostgresStore
from desk.errors import NotFound
from desk.people import Account, ContactId, Invitation, Locale, Reachability, ResponderId, Role
from tests.integration.db.desk_life import NOW, SOON, conversation, volunteer

HASH = b"\x00\xffhash"


async def test_a_responder_comes_back_as_changed(store: PostgresStore) -> None:
    invited = Invitation(Role.AGENT, None, units=("billing",), topics=("refund",), languages=(Locale.ENGLISH,))
    async with store.begin() as work:
        olga = await work.people.add_responder(invited, name="Olga", now=NOW)
        changed = replace(
            olga,
            role=Role.COORDINATOR,
            name="Olga Ö.",
            units=(),
            topics=("a", "b"),
            languages=(Locale.GERMAN, Locale.ENGLISH),
            paused_until=SOON,
            active=False,
        )
        await work.people.update_responder(changed)
        assert await work.people.responder(olga.id) == changed
        assert await work.people.responder_named("oLGA ö.") == changed
        assert await work.people.responder_named("Nobody") is None
        assert await work.people.responders() == [changed]
        assert await work.people.responders_by_id([olga.id, ResponderId(99)]) == {olga.id: changed}
        with pytest.raises(NotFound):
            await work.people.responder(ResponderId(99))
        with pytest.raises(NotFound):
            await work.people.contact(ContactId(99))
    assert (olga.role, olga.units, olga.topics, olga.languages) == (
        Role.AGENT, ("billing",), ("refund",), (Locale.ENGLISH,),
    )  # fmt: skip


async def test_a_taken_name_gets_a_number_in_a_race_too(store: PostgresStore) -> None:
    invited = Invitation(Role.VOLUNTEER, None)

    async def joins(name: str) -> str:
        async with store.begin() as work:
            return (await work.people.add_responder(invited, name=name, now=NOW)).name

    assert await joins("Vera") == "Vera"
    assert await joins("vera") == "vera 2"
    assert sorted(await asyncio.gather(*(joins("Vera") for _ in range(5)))) == [f"Vera {n}" for n in range(3, 8)]


async def test_an_account_moves_to_who_joined_last(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera, viktor = await volunteer(work, "Vera"), await volunteer(work, "Viktor")
        await work.people.add_account(Account(viktor.id, "telegram", "vera", "55"), now=NOW)
        assert await work.people.responder_of_account("telegram", "vera") == viktor
        assert await work.people.responder_of_account("discord", "vera") is None
        assert await work.people.accounts([vera.id]) == []
        assert [account.chat for account in await work.people.accounts([viktor.id])] == ["55", "viktor"]


async def test_reachability_is_of_identity_and_account(store: PostgresStore) -> None:
    async with store.begin() as work:
        place = await conversation(work)
        vera = await volunteer(work, "Ada")
        assert await work.people.reachability(place.id) is Reachability.REACHABLE
        await work.people.set_reachability("telegram", "ada", Reachability.BLOCKED)
        assert await work.people.reachability(place.id) is Reachability.BLOCKED
        assert [each.reachability for each in await work.people.accounts([vera.id])] == [Reachability.BLOCKED]
        await work.people.set_conversation_reachability(place.id, Reachability.LEFT)
        await work.people.set_account_reachability(vera.id, "telegram", Reachability.REACHABLE)
        await work.people.set_account_reachability(vera.id, "discord", Reachability.CLOSED)
        assert await work.people.reachability(place.id) is Reachability.LEFT
        assert [each.reachability for each in await work.people.accounts([vera.id])] == [Reachability.REACHABLE]


async def test_the_language_is_of_conversation_and_contact(store: PostgresStore) -> None:
    async with store.begin() as work:
        place = await conversation(work)
        await work.people.set_locale(place.id, Locale.ENGLISH)
        assert (await work.conversations.by_id(place.id)).locale is Locale.ENGLISH
        assert (await work.people.contact(place.contact_id)).locale is Locale.ENGLISH


async def test_an_invitation_is_used_once_even_by_two_at_once(store: PostgresStore) -> None:
    invited = Invitation(Role.ADMIN, "Root", units=("hr",), topics=("x",), languages=(Locale.ENGLISH,))
    async with store.begin() as work:
        await work.people.add_invitation(HASH, invited, now=NOW, expires_at=SOON)

    async def joins() -> bool:
        async with store.begin() as work:
            found = await work.people.take_invitation(HASH, now=NOW)
            if found is None:
                return False
            assert found == invited
            joined = await work.people.add_responder(found, name="Root", now=NOW)
            await work.people.use_invitation(HASH, joined.id, now=NOW)
            return True

    async with store.begin() as work:
        assert await work.people.take_invitation(HASH, now=SOON) is None
        assert await work.people.take_invitation(b"other", now=NOW) is None
    assert sum(await asyncio.gather(*(joins() for _ in range(5)))) == 1


async def test_a_sign_in_link_works_once_and_in_time(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        await work.people.add_sign_in_link(HASH, vera.id, expires_at=SOON)
        assert await work.people.use_sign_in_link(HASH, now=SOON) is None
        assert await work.people.use_sign_in_link(HASH, now=NOW) == vera
        assert await work.people.use_sign_in_link(HASH, now=NOW) is None


async def test_a_session_ends_by_time_by_sign_out_and_with_the_responder(store: PostgresStore) -> None:
    async with store.begin() as work:
        vera = await volunteer(work, "Vera")
        await work.people.add_session(HASH, vera.id, now=NOW, expires_at=SOON)
        assert await work.people.session(HASH, now=NOW) == vera
        assert await work.people.session(HASH, now=SOON) is None
        await work.people.update_responder(replace(vera, active=False))
        assert await work.people.session(HASH, now=NOW) is None
        await work.people.update_responder(vera)
        await work.people.end_session(HASH)
        assert await work.people.session(HASH, now=NOW) is None
