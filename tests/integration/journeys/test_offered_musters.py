"""The playbook offers to call the volunteers: one button under the alert, with undo."""

from __future__ import annotations

import pytest
import pytest_asyncio

from db.store import PostgresStore
from desk.incident import IncidentState
from desk.muster import GRACE, MusterState
from desk.people import Locale, Responder, Role
from tests.integration.journeys.care import Care
from tests.integration.journeys.conftest import POLICY
from tests.integration.journeys.stormy import confirmed, later, opts_in
from tests.integration.journeys.weather import PLAYBOOK, Weather, calm
from workflows.change_playbook import save_playbook
from workflows.send_calls import briefing_in
from workflows.voice import speaking

CALL, UNDO = "Confirm and call the volunteers", "Undo: called by mistake"


@pytest.fixture
def care(store: PostgresStore) -> Care:
    """With the policy and the playbook that are shipped."""
    return Care(store, POLICY.read_text(encoding="utf-8"), PLAYBOOK.read_text(encoding="utf-8"))


@pytest_asyncio.fixture
async def ben(care: Care) -> Responder:
    """A coordinator who reads English."""
    return await care.joins("ben", Role.COORDINATOR, languages=(Locale.ENGLISH,))


@pytest_asyncio.fixture
async def weather(care: Care, ben: Responder) -> Weather:
    """A storm has broken, Ben is called about it, and Vera has opted in."""
    weather = await calm(care)
    await weather.breaks()
    await opts_in(care, "vera")
    return weather


def is_called(care: Care, who: str) -> bool:
    return any(text.startswith("📣") for text in care.seen_by(who))


async def test_one_button_confirms_and_calls_and_another_undoes_it(care: Care, weather: Weather) -> None:
    assert not (await care.taps("ben", CALL)).alert
    [incident] = await weather.incidents()
    assert incident.state is IncidentState.CONFIRMED
    assert "volunteers on the list: 1" in care.seen_by("ben")[-1]
    await care.taps("ben", UNDO)
    await later(care, 2 * GRACE)
    assert not is_called(care, "vera")
    assert (await care.taps("ben", UNDO)).alert, "it is undone already"
    await care.taps("ben", CALL)
    await later(care, 2 * GRACE)
    assert is_called(care, "vera")
    async with care.desk.store.begin() as work:
        states = [one.state for one in await work.musters.of_incident(incident.id)]
    assert states == [MusterState.CALLED, MusterState.CALLED_OFF]
    assert (await care.taps("ben", CALL)).alert, "one is called already"
    assert (await care.presses("vera", f"storm.muster:{incident.id}")).alert


async def test_what_the_playbook_does_not_offer_has_no_button(care: Care, ben: Responder) -> None:
    text = PLAYBOOK.read_text(encoding="utf-8").replace("muster: ask", "muster: never")
    await save_playbook(care.desk, ben, text, after=None)
    await (await calm(care)).breaks()
    labels = {button.label for one in care.chat.sent if one.to.chat == "ben" for button in one.buttons}
    assert "Confirm incident" in labels
    assert CALL not in labels


async def test_without_any_briefing_volunteers_read_the_public_name_and_not_staffs_title(
    care: Care, ben: Responder
) -> None:
    vera = await care.joins("verena", Role.VOLUNTEER, languages=(Locale.ENGLISH,))
    incident = await confirmed(care, ben)
    async with speaking(care.desk) as voice:
        assert briefing_in(voice, {}, vera, incident).happened == "Router are down" != incident.title
