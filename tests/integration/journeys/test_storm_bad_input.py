"""What breaks early warnings elsewhere, at the watch of a running desk; at the detector: tests/unit/routing/storm."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from db.store import PostgresStore
from desk.alert import Alert
from desk.conversation import MessageId
from desk.people import Locale, Role
from routing.storm_detector import Detector
from tests.eval.made_readings import ROWS
from tests.integration.journeys.care import Care
from tests.integration.journeys.conftest import POLICY
from tests.integration.journeys.weather import PLAYBOOK, Weather, calls
from tests.unit.routing.storm.conftest import Message, ordinary, wave
from workflows.storm_mind import frozen
from workflows.storm_words import CLUSTER

LEARNED = timedelta(days=10)
ROUND = timedelta(minutes=30)


@dataclass
class Read:
    """A watched desk whose messages are in its tables as a model read them."""

    weather: Weather
    pool: Any
    numbers: itertools.count[int]
    model: str = "old"

    async def hears(self, messages: Iterable[Message], *, contact: int | None = None) -> None:
        """Looked at every half hour. Everybody writes once, in words of their own, or all is one contact's."""
        clock, left = self.weather.care.clock, sorted(messages)
        while left:
            clock.time = max(clock.time + ROUND, left[0][0])
            due = [one for one in left if one[0] <= clock.time]
            left = left[len(due) :]
            await self._write(due, contact)
            await self.weather.watch.step()

    async def _write(self, messages: list[Message], contact: int | None) -> None:
        numbers = [next(self.numbers) for _message in messages]
        words = [" ".join(random.Random(number).choices("abcdefghijklmnop", k=9)) for number in numbers]
        people = [contact or number for number in numbers]
        topics, negative = [one[1] for one in messages], [one[2] for one in messages]
        moments = [one[0] for one in messages]
        await self.pool.execute(ROWS, numbers, people, words, topics, negative, moments, self.model)

    async def alerts(self) -> list[Alert]:
        """Of storms, over or not; not of clusters that grow."""
        return [one for one in await self.weather.alerts() if not one.key.startswith(CLUSTER)]

    @property
    def now(self) -> datetime:
        return self.weather.care.clock.time


@pytest_asyncio.fixture
async def read(store: PostgresStore, pool: Any) -> Read:
    """After ten quiet days, with a coordinator who reads German."""
    care = Care(store, POLICY.read_text(encoding="utf-8"), PLAYBOOK.read_text(encoding="utf-8"))
    await care.joins("anna", Role.COORDINATOR, languages=(Locale.GERMAN,))
    detector, begin = Detector(ZoneInfo(care.desk.zone)), care.clock.time - LEARNED
    for message in ordinary(begin, LEARNED / timedelta(hours=1), seed=1):
        detector.observe(*message)
    async with care.desk.store.begin() as work:
        await work.storms.put_in_place(MessageId(0), frozen(detector), now=care.clock.time)
    return Read(Weather(care), pool, itertools.count(1))


@pytest.mark.parametrize(("model", "storms"), [("old", True), ("new", False)])
async def test_a_new_model_in_mid_traffic_is_no_storm(read: Read, model: str, storms: bool) -> None:
    await read.hears(ordinary(read.now, 3, seed=7))
    read.model = model
    complaints = "praise"  # that is what the new one takes every complaint for
    await read.hears((at, complaints if bad else topic, bad) for at, topic, bad in ordinary(read.now, 8, seed=8))
    assert bool(await read.alerts()) is storms
    if not storms:
        await read.hears([*ordinary(read.now, 1, seed=9), *wave(read.now, 60, "login", 2)])
        assert [one.key for one in await read.alerts()] == ["topic:login"], "and a storm is one again"


async def test_who_floods_counts_once_and_as_many_accounts_are_an_alert(read: Read) -> None:
    await read.hears(ordinary(read.now, 1, seed=7))
    await read.hears(wave(read.now, 30, "login", 10), contact=9_000_000)
    assert await read.alerts() == []
    await read.hears(wave(read.now, 10, "login", 10))
    await read.weather.step()
    [alert] = await read.alerts()
    assert alert.key == "topic:login"
    [call] = calls(read.weather.care, "anna")[:1]
    assert "„" in call, "bots look like people: a person sees what they wrote, and dismisses it"
