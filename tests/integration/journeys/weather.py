"""A desk that is watched for storms: its messages, its calls, its restarts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desk.alert import Alert, StormScene
from desk.incident import Incident, IncidentState
from tests.integration.journeys.care import Care, sense_by_words
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

    async def passes(self, length: timedelta, step: timedelta = MINUTE) -> None:
        """Time goes by, with a look each `step`."""
        for _step in range(int(length / step)):
            self.care.clock.time += step
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


async def calm(care: Care) -> Weather:
    """Watched for two hours in which not much happened."""
    weather = Weather(care)
    for _time in range(5):
        await weather.asks("Wo ist mein Paket?")
        await weather.passes(timedelta(minutes=26), 26 * MINUTE)
    return weather


def calls(care: Care, who: str) -> list[str]:
    """The calls about alerts that somebody got."""
    return [text for text in care.seen_by(who) if text.startswith("⛈")]
