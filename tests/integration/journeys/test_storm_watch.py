"""A storm from messages to the coordinator's chat: one alert, called until somebody looks, over when it is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio
from numpy.typing import NDArray

from db.store import PostgresStore
from desk.alert import Alert, StormScene
from desk.incident import Incident, IncidentState
from desk.people import Locale, Responder, Role
from desk.ticket import Priority
from tests.integration.journeys.care import Care, sense_by_words
from tests.integration.journeys.conftest import POLICY
from workflows.call_about_alert import call_about_alerts
from workflows.watch_storm import LEASE, StormWatch

PLAYBOOK = Path(__file__).parents[3] / "routing" / "playbook.yml"
MINUTE = timedelta(minutes=1)


async def sense(texts: Sequence[str]) -> NDArray[np.float32]:
    """As wide as the encoder's."""
    return np.pad(await sense_by_words(texts), ((0, 0), (0, 448)))


class Weather:
    """A desk that is watched, and what is drawn of it."""

    def __init__(self, care: Care) -> None:
        self.care, self.watch = care, StormWatch(care.desk, sense)
        self.drawn: list[StormScene] = []
        self._people = 0

    async def draw(self, scene: StormScene) -> bytes:
        self.drawn.append(scene)
        return b"png"

    async def step(self) -> None:
        await self.watch.step()
        await call_about_alerts(self.care.desk, self.draw)
        await self.care.desk.storms.renew(self.care.desk.store, self.care.clock.now())
        await self.care.settle()

    async def passes(self, length: timedelta) -> None:
        """Time goes by, with a look each minute; people ask this and that, so that it is not silent."""
        for _minute in range(int(length / MINUTE)):
            self.care.clock.time += MINUTE
            if self.care.clock.time.minute % 10 == 0:
                await self.asks("Wo ist mein Paket?")
            await self.step()

    async def asks(self, text: str, *, times: int = 1) -> None:
        """As many people, one after the other."""
        for _time in range(times):
            self._people += 1
            await self.care.writes(f"c{self._people}", text)

    async def breaks(self, text: str = "Der Router ist tot, unverschämt! {n}", *, people: int = 16) -> None:
        for number in range(people):
            await self.asks(text.format(n=number))
            if number % 4 == 0:
                self.care.clock.time += MINUTE
                await self.step()
        await self.step()

    async def alerts(self) -> Sequence[Alert]:
        async with self.care.desk.store.begin() as work:
            return await work.alerts.alerts(self.care.clock.now() - timedelta(days=9), limit=50)

    async def incidents(self) -> Sequence[Incident]:
        async with self.care.desk.store.begin() as work:
            return await work.incidents.incidents(*IncidentState, limit=50)

    def restart(self) -> None:
        self.watch = StormWatch(self.care.desk, sense)
        self.care.clock.time += LEASE


@pytest.fixture
def care(store: PostgresStore) -> Care:
    """The desk under test, with the policy and the playbook that are shipped."""
    return Care(store, POLICY.read_text(encoding="utf-8"), PLAYBOOK.read_text(encoding="utf-8"))


@pytest_asyncio.fixture
async def anna(care: Care) -> Responder:
    """A coordinator who reads German."""
    return await care.joins("anna", Role.COORDINATOR, languages=(Locale.GERMAN,))


@pytest_asyncio.fixture
async def weather(care: Care, anna: Responder) -> Weather:
    """Watched for three hours in which nothing happened."""
    weather = Weather(care)
    await weather.step()
    await weather.passes(timedelta(hours=2, minutes=10))
    return weather


async def test_a_storm_is_one_alert_with_an_incident_and_reaches_the_coordinator(care: Care, weather: Weather) -> None:
    await care.joins("ben", Role.ADMIN, languages=(Locale.ENGLISH,))
    await weather.breaks()
    [alert] = await weather.alerts()
    assert (alert.key, alert.level, alert.acknowledged_at) == ("topic:technical_fault", "storm", None)
    [incident] = await weather.incidents()
    assert (incident.id, incident.state, incident.topic) == (
        alert.incident_id,
        IncidentState.PROPOSED,
        "technical_fault",
    )
    assert incident.tickets >= 12
    german, english = care.seen_by("anna")[-2], care.seen_by("ben")[-2]
    assert care.seen_by("anna")[-1] == care.seen_by("ben")[-1] == "<storm.png>"
    assert german.startswith("⛈ Technischer Fehler: Alarm seit")
    assert english.startswith("⛈ Technical fault: alert since")
    assert "unverschämt" in german
    assert f"http://desk.test/console/storm/{incident.id}" in german
    assert {scene.locale for scene in weather.drawn} == {Locale.GERMAN, Locale.ENGLISH}
    assert max(weather.drawn[-1].negatives) > 3
    await weather.breaks(people=6)
    await weather.passes(4 * MINUTE)
    assert len(await weather.alerts()) == len(await weather.incidents()) == 1
