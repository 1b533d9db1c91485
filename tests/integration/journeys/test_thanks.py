"""Thanks: a tap or a few words, passed on without a name, never with personal data or worse."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.people import Responder
from tests.integration.journeys.care import Care
from tests.integration.journeys.test_trust import answers, fails, solves, vera

__all__ = ["vera"]  # a fixture


def told(care: Care) -> list[str]:
    return [said for said in care.seen_by("vera") if "💛" in said]


async def test_a_tap_says_thanks_once_and_words_may_follow_once(care: Care, vera: Responder) -> None:
    await solves(care, "max")
    receipt = await care.taps("max", "💛 Danke sagen")
    assert receipt.notice is not None
    assert "/thanks" in receipt.notice
    assert len(told(care)) == 1
    assert "schon" in str((await care.taps("max", "💛 Danke sagen")).notice)
    await care.commands("max", "thanks", "You saved my evening!")
    await care.commands("max", "thanks", "And my night!")
    assert [said.partition("\n")[2] for said in told(care)] == ["", "“You saved my evening!”"]
    assert "max" not in "".join(told(care)).lower()
    async with care.desk.store.begin() as work:
        helped = await work.honours.help_of(vera.id)
    assert (helped.thanks, helped.words) == (1, ["You saved my evening!"])


async def test_a_closed_question_can_still_be_thanked_for(care: Care, vera: Responder) -> None:
    await solves(care, "max")
    await care.pass_time(timedelta(days=5))
    await care.commands("max", "thanks", "Still works")
    assert told(care)[-1].endswith("“Still works”")


async def test_a_contact_who_signs_stays_unknown(care: Care, vera: Responder) -> None:
    await solves(care, "klaudia")
    await care.commands("klaudia", "thanks", "Liebe Grüße, Klaudia! (KLAUDIA aus Ulm)")
    (said,) = told(care)
    assert "klaudia" not in said.lower()
    assert "[…]" in said


async def test_personal_data_in_thanks_are_left_out(care: Care, vera: Responder) -> None:
    await solves(care, "max")
    await care.commands("max", "thanks", "Vielen Dank sagt Max Muster, 0171 2345678, max@muster.example")
    (said,) = told(care)
    assert "0171" not in said
    assert "muster" not in said
    assert "[…]" in said


@pytest.mark.parametrize(
    "words",
    ["Du Idiot!", "Danke, schau auf https://gewinn.example/klick vorbei", "Schreib mir privat auf WhatsApp", "x" * 301],
)
async def test_what_hurts_lures_or_never_ends_is_not_passed_on(care: Care, vera: Responder, words: str) -> None:
    await solves(care, "max")
    await care.commands("max", "thanks", words)
    assert told(care) == []
    assert any("kann ich nicht weitergeben" in said or "300" in said for said in care.seen_by("max"))


async def test_there_is_nobody_to_thank_before_it_is_solved_or_when_staff_solved_it(
    care: Care, vera: Responder
) -> None:
    await care.commands("lea", "thanks")
    await answers(care, "max")
    await care.commands("max", "thanks", "Danke")
    assert "Dank geht an Freiwillige" in care.seen_by("max")[-1]
    await care.commands("max", "unsolved")
    await care.commands("vera", "staff")
    await fails(care, "kim")
    await care.commands("kim", "thanks", "Danke")
    assert told(care) == []


async def test_only_who_asked_can_say_thanks(care: Care, vera: Responder) -> None:
    await solves(care, "max")
    ticket = await care.ticket_of("max")
    await care.writes("eve", "Mein Router ist aus")
    receipt = await care.presses("eve", f"thank:{ticket.id}")
    assert receipt.alert
    assert told(care) == []


async def test_after_silence_nobody_is_offered_to_say_thanks(care: Care, vera: Responder) -> None:
    await answers(care, "max")
    await care.pass_time(timedelta(hours=73))
    assert "💛 Danke sagen" not in care.transcript("max")
