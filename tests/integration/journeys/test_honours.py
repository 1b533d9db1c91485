"""What a volunteer's help is worth: their record in a chat, perks, the leaderboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.errors import InputRejected, NotAllowed, NotFound
from desk.honours import PerkId
from desk.people import Locale, Responder, ResponderId, Role, TrustLevel
from tests.integration.journeys.care import Care
from tests.integration.journeys.test_trust import by_hand, coordinator, fails, solves, vera
from workflows.grant_perks import choose_profile, end_perk, grant_perk
from workflows.voice import speaking
from workflows.volunteer_record import best_by_quality, volunteer_record

__all__ = ["vera"]  # a fixture


async def me(care: Care) -> str:
    await care.commands("vera", "me")
    return care.seen_by("vera")[-1]


async def test_a_new_volunteer_reads_what_is_missing(care: Care, vera: Responder) -> None:
    said = await me(care)
    assert "**Newcomer**" in said
    assert "none of your answers counts yet" in said
    assert "For **Helper** at least 5 answers must count, and surely 50 of 100 must solve it. 5 more" in said
    assert "People helped: 0" in said


async def test_the_record_says_why_and_who_was_helped(care: Care, vera: Responder) -> None:
    await solves(care, *"abcde")
    await fails(care, "f")
    said = await me(care)
    assert "**Helper**" in said
    assert "5 of your last 6 answers that count solved it" in said
    assert "People helped: 5 (Technical fault 5)" in said
    assert not any(name in said for name in ("Max", "telegram"))


async def test_who_is_warned_reads_until_when(care: Care, vera: Responder) -> None:
    await by_hand(care, vera, TrustLevel.HELPER)
    await fails(care, *"abcde")
    assert "in 7 days, you go one level down" in await me(care)
    await care.pass_time(timedelta(days=5, hours=12))
    assert "in 2 days, you go one level down" in await me(care)


async def test_contacts_and_staff_have_no_record(care: Care) -> None:
    await care.commands("max", "me")
    assert "Your level" not in care.transcript("max")
    await care.joins("anna", Role.AGENT)
    await care.commands("anna", "me")
    assert "Your level" not in care.transcript("anna")


async def test_a_perk_for_one_is_told_in_their_language_and_shown(care: Care, vera: Responder) -> None:
    cora = await coordinator(care)
    gerda = await care.joins("gerda", Role.VOLUNTEER, languages=(Locale.GERMAN,))
    async with speaking(care.desk) as voice:
        perk = await grant_perk(voice, cora, gerda.id, german="Ein Buch", english="A book")
    await care.settle()
    assert care.seen_by("gerda")[-1] == "🎁 Für dich: Ein Buch"
    assert "book" not in care.transcript("vera")
    async with speaking(care.desk) as voice:
        await end_perk(voice, cora, perk.id)
        with pytest.raises(NotFound):
            await end_perk(voice, cora, perk.id)
    assert (await volunteer_record(care.desk, gerda)).perks == []


async def test_a_perk_for_a_level_reaches_that_level_and_up(care: Care, vera: Responder) -> None:
    cora = await coordinator(care)
    await care.joins("nina", Role.VOLUNTEER, trust=TrustLevel.NEWCOMER)
    await by_hand(care, vera, TrustLevel.EXPERT)
    async with speaking(care.desk) as voice:
        await grant_perk(
            voice, cora, TrustLevel.HELPER, german="Tee", english="Tea", until=voice.now + timedelta(days=3)
        )
    await care.settle()
    assert "🎁 For you: Tea" in care.seen_by("vera")
    assert "Tea" not in care.transcript("nina")
    assert "🎁 Tea" in await me(care)
    await care.pass_time(timedelta(days=4))
    assert "Tea" not in await me(care)


async def test_perks_of_nonsense_are_refused(care: Care, vera: Responder) -> None:
    cora = await coordinator(care)
    anna = await care.joins("anna", Role.AGENT)
    fine = {"german": "Tee", "english": "Tea"}
    async with speaking(care.desk) as voice:
        for wrong in ({"german": " "}, {"english": "x" * 301}, {"until": voice.now}):
            with pytest.raises(InputRejected):
                await grant_perk(voice, cora, vera.id, **{**fine, **wrong})  # type: ignore[arg-type]
        for nobody in (anna.id, ResponderId(99)):
            with pytest.raises(NotFound):
                await grant_perk(voice, cora, nobody, **fine)
        with pytest.raises(NotAllowed):
            await grant_perk(voice, anna, vera.id, **fine)
        with pytest.raises(NotAllowed):
            await end_perk(voice, vera, PerkId(1))
        with pytest.raises(NotAllowed):
            await choose_profile(voice, anna, named=True, monthly=True)


async def test_the_leaderboard_is_off_until_a_brand_wants_it(care: Care, vera: Responder) -> None:
    await solves(care, *"abc")
    assert await best_by_quality(care.desk) is None
    board = care.policy.peer.leaderboard.model_copy(update={"shown": True, "answers": 3})
    care.policy = care.policy.model_copy(update={"peer": care.policy.peer.model_copy(update={"leaderboard": board})})
    (line,) = await best_by_quality(care.desk) or ()
    assert (line.place, line.name, line.quality.good) == (1, "Vera", 3)
    async with speaking(care.desk) as voice:
        await choose_profile(voice, vera, named=False, monthly=True)
    (line,) = await best_by_quality(care.desk) or ()
    assert (line.name, line.responder_id) == (None, vera.id)
    async with care.desk.store.begin() as work:
        await work.people.update_responder(replace(vera, active=False))
    assert await best_by_quality(care.desk) == []
