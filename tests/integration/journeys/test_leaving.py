"""Whoever leaves is missed by no contact, takes everything along, and leaves only numbers behind."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from db.store import PostgresStore
from desk.people import Responder, Role
from desk.ticket import Lane, Status
from tests.integration.journeys.care import Care
from workflows.leave import forget_what_is_over, leave, taken_along

PARCEL = "Mein Paket fehlt"


async def leaves(care: Care, who: str) -> dict[str, Any]:
    """By the button. What they took along."""
    await care.commands(who, "leave")
    await care.taps(who, "Yes, leave and erase my data")
    link = care.seen_by(who)[-1].split("/volunteer/data/")[1].split()[0]
    found: dict[str, Any] = json.loads(await taken_along(care.desk, link))
    return found


async def rows(pool: Any, sql: str, *values: object) -> list[Any]:
    return list(await pool.fetch(sql, *values))


async def test_what_they_hold_goes_to_the_next_at_once(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", PARCEL)
    await care.taps("vera", "Take it")
    await care.joins("viktor", Role.VOLUNTEER)
    await leaves(care, "vera")
    assert care.offered == {"viktor"}
    ticket = await care.ticket_of("klara")
    assert (ticket.lane, ticket.assignee_id) == (Lane.PEER, None)


async def test_with_nobody_left_staff_get_it_at_once(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", PARCEL)
    await care.taps("vera", "Take it")
    await care.writes("kurt", PARCEL)
    await leaves(care, "vera")
    for who in ("klara", "kurt"):
        assert await care.lane_of(who) is Lane.STAFF


async def test_open_offers_end(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", PARCEL)
    offer = next(button.action for button in care.chat.sent[-1].buttons if button.label == "Take it")
    await leaves(care, "vera")
    assert care.offered == set()
    assert (await care.presses("vera", offer)).alert
    assert await care.lane_of("klara") is Lane.STAFF


async def test_they_take_along_what_was_kept(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER, topics=("logistics",))
    await care.commands("vera", "volunteer", "Mo-Fr 8-22")
    await care.writes("klara", PARCEL)
    await care.taps("vera", "Take it")
    taken = await leaves(care, "vera")
    assert taken["name"] == "Vera"
    assert taken["accounts"][0]["id"] == "vera"
    assert taken["settings"]["zone"] == "Europe/Berlin"
    assert [one["outcome"] for one in taken["offers"]] == ["accepted"]
    assert taken["habits"]
    assert "klara" not in json.dumps(taken).lower()


async def test_nothing_that_says_who_they_were_is_left(care: Care, pool: Any) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER, topics=("logistics",))
    await care.commands("vera", "volunteer", "Mo-Fr 8-22")
    await care.commands("vera", "console")
    await care.writes("klara", PARCEL)
    await care.taps("vera", "Pass")
    await leaves(care, "vera")
    for table in ("account", "volunteer", "topic_opened", "sitting", "application", "sign_in_link", "console_session"):
        assert not await rows(pool, f"select from {table} where responder_id = $1", vera.id), table
    left = (await rows(pool, "select name, active, topics from responder where id = $1", vera.id))[0]
    assert dict(left) == {"name": f"Former volunteer {vera.id}", "active": False, "topics": []}
    letters = await rows(pool, "select text from outbox where chat = 'vera'")
    assert [letter["text"].split(".")[0] for letter in letters] == ["You have left, and your data is erased"]
    assert not await rows(pool, "select from invitation where name is not null and responder_id = $1", vera.id)


async def test_what_was_written_and_never_sent_is_taken_along_and_erased(care: Care, pool: Any) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", PARCEL)
    await care.taps("vera", "Take it")
    await care.writes("vera", "Frag in der Filiale nach.")
    taken = await leaves(care, "vera")
    assert [one["text"] for one in taken["drafts"]] == ["Frag in der Filiale nach."]
    for table, column in (("answer", "author_id"), ("message", "responder_id")):
        left = await rows(pool, f"select body from {table} where {column} = $1", vera.id)
        assert not any("Filiale" in one["body"] for one in left)
    assert not await rows(pool, "select from habit where responder_id = $1", vera.id)
    assert await care.lane_of("klara") is Lane.STAFF


async def test_numbers_stay(care: Care, pool: Any) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", PARCEL)
    await care.taps("vera", "Pass")
    before = await rows(pool, "select kind from event where responder_id = $1", vera.id)
    await leaves(care, "vera")
    after = await rows(pool, "select kind from event where responder_id = $1 order by id", vera.id)
    assert len(after) >= len(before) + 1
    assert after[-1]["kind"] == "Left"
    assert len(await rows(pool, "select from offer where responder_id = $1", vera.id)) == 1


async def test_killed_on_the_way_whoever_leaves_again_goes_on(care: Care, monkeypatch: pytest.MonkeyPatch) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", PARCEL)
    await care.taps("vera", "Take it")

    class Killed(Exception):
        pass

    async def dies(*_: object) -> str:
        raise Killed

    monkeypatch.setattr("workflows.leave._erase", dies)
    with pytest.raises(Killed):
        await leave(care.desk, vera)
    monkeypatch.undo()
    await care.settle()
    assert await care.lane_of("klara") is Lane.STAFF, "the contact waits for nobody"
    await care.writes("kurt", PARCEL)
    assert care.offered == set()
    await leave(care.desk, vera)
    assert (await person(care, vera)).name == f"Former volunteer {vera.id}"


async def person(care: Care, responder: Responder) -> Responder:
    async with care.desk.store.begin() as work:
        return await work.people.responder(responder.id)


async def test_a_second_tap_finds_nobody(care: Care) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    await leaves(care, "vera")
    again = await care.presses("vera", f"leave.now:{vera.id}")
    assert again.alert


async def test_an_old_button_does_not_send_a_new_volunteer_away(care: Care) -> None:
    vera = await care.joins("vera", Role.VOLUNTEER)
    viktor = await care.joins("viktor", Role.VOLUNTEER)
    assert (await care.presses("viktor", f"leave.now:{vera.id}")).alert
    assert (await person(care, viktor)).active
    await leaves(care, "vera")
    again = await care.joins("vera", Role.VOLUNTEER)
    assert (await care.presses("vera", f"leave.now:{vera.id}")).alert
    assert (await person(care, again)).active


async def test_agents_do_not_leave_like_this(care: Care) -> None:
    anna = await care.joins("anna", Role.AGENT)
    assert (await care.presses("anna", f"leave.now:{anna.id}")).alert
    assert (await person(care, anna)).active


async def test_a_contact_who_comes_back_is_answered_by_others(care: Care) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await care.writes("klara", PARCEL)
    await care.taps("vera", "Take it")
    await care.taps("vera", "Hand back")
    await leaves(care, "vera")
    await care.writes("klara", "Noch da?")
    ticket = await care.ticket_of("klara")
    assert ticket.status is not Status.CLOSED
    assert ticket.lane is Lane.STAFF


async def test_what_was_not_fetched_is_erased(care: Care, pool: Any, store: PostgresStore) -> None:
    await care.joins("vera", Role.VOLUNTEER)
    await leaves(care, "vera")
    await care.commands("viktor", "volunteer")
    care.clock.time += timedelta(days=31)
    await forget_what_is_over(care.desk)
    assert not await rows(pool, "select from departure")
    assert not await rows(pool, "select from outbox where chat = 'vera'")
    assert not await rows(pool, "select from application")
