"""A storm from messages to the coordinator's chat: one alert, called until somebody looks, over when it is over."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

import numpy as np
import pytest
import pytest_asyncio
from numpy.typing import NDArray

from db.store import PostgresStore
from desk.errors import InputRejected
from desk.incident import ClusterId, IncidentState
from desk.people import Locale, Responder, Role
from desk.store import ClockKind
from desk.ticket import Priority, Status
from routing.cluster import Cluster, Growing
from routing.cluster_growth import Growth
from routing.clusters import Clusterer
from routing.reasons import Reason
from tests.integration.journeys.care import STAFF_ROOM, Care
from tests.integration.journeys.conftest import POLICY
from tests.integration.journeys.weather import MINUTE, PLAYBOOK, Weather, calls, calm, sense
from workflows.change_playbook import save_playbook
from workflows.freeze_topic import freeze_topic, unfreeze_topic
from workflows.propose_incident import propose_growing
from workflows.relearn_storms import relearn
from workflows.voice import speaking
from workflows.watch_storm import LEASE, StormWatch


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
    """Watched for two hours in which not much happened."""
    return await calm(care)


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
    assert len(weather.drawn[-1].usual) == len(weather.drawn[-1].negatives)
    await weather.breaks(people=6)
    await weather.passes(4 * MINUTE)
    assert len(await weather.alerts()) == len(await weather.incidents()) == 1


async def test_it_is_called_again_and_by_more_people_until_somebody_looks(care: Care, weather: Weather) -> None:
    await care.joins("tina", Role.AGENT, languages=(Locale.ENGLISH,))
    async with care.desk.store.begin() as work:
        tina = await work.people.responder_of_account("telegram", "tina")
        assert tina is not None
        await work.people.update_responder(replace(tina, units=(care.policy.route("technical_fault").unit,)))
    await weather.breaks()
    assert len(calls(care, "anna")) == 1
    await weather.passes(6 * MINUTE)
    assert len(calls(care, "anna")) == 2
    assert "nobody has acknowledged" not in "".join(care.seen_by("tina"))
    await weather.passes(5 * MINUTE)
    assert "for 11 minutes nobody has acknowledged this alert (call 3)" in calls(care, "tina")[-1]
    assert any("⛈" in text for text in care.seen_by("staff"))
    receipt = await care.taps("anna", "Ich sehe es mir an")
    assert receipt.notice == "Du siehst danach. Niemand sonst wird gerufen."
    assert (await care.taps("tina", "I am looking at it")).alert
    called = len(calls(care, "anna"))
    await weather.passes(30 * MINUTE, 10 * MINUTE)
    assert len(calls(care, "anna")) == called


async def test_whoever_was_called_hears_that_it_eases_and_is_over(care: Care, weather: Weather) -> None:
    await weather.breaks()
    await care.taps("anna", "Ich sehe es mir an")
    for _hour in range(5):  # few wrote, so it is watched for longer than an hour; with nobody writing, levels hold
        await weather.asks("Wo ist mein Paket?")
        await weather.passes(timedelta(hours=1), 10 * MINUTE)
    assert [one.level for one in await weather.alerts()] == ["calm"]
    lines = [text for text in care.seen_by("anna") if text[0] in "🌤☀"]
    assert [line[0] for line in lines] == ["🌤", "☀"]
    assert care.desk.storms.levels == {}


async def test_a_restart_in_mid_storm_neither_repeats_nor_loses_the_alert(care: Care, weather: Weather) -> None:
    await weather.breaks(people=10)
    weather.restart()
    await weather.breaks(people=8)
    [alert] = await weather.alerts()
    assert alert.level == "storm"
    for _time in range(3):
        weather.restart()
        await weather.step()
    await weather.breaks(people=4)
    assert [one.id for one in await weather.alerts()] == [alert.id]
    assert len(await weather.incidents()) == len(calls(care, "anna")) == 1


async def test_one_of_two_processes_watches_and_the_other_takes_over(care: Care, weather: Weather) -> None:
    other = StormWatch(care.desk, sense)
    await weather.asks("Der Router ist tot, unverschämt!", times=3)
    assert await other.step() == 0
    assert await weather.watch.step() == 3
    await weather.asks("Der Router ist tot, unverschämt!", times=2)
    care.clock.time += LEASE
    assert await other.step() == 2
    assert await weather.watch.step() == 0
    await asyncio.gather(weather.step(), other.step(), weather.watch.step())
    await weather.asks("Der Router ist tot, unverschämt!")
    assert await weather.watch.step() + await other.step() == 1


async def test_without_the_sense_of_words_a_storm_is_noticed_all_the_same(care: Care, weather: Weather) -> None:
    async def broken(texts: Sequence[str]) -> NDArray[np.float32]:
        raise RuntimeError("the encoder is gone")

    weather.watch._encode = broken
    await weather.breaks()
    [alert] = await weather.alerts()
    assert alert.level == "storm"


async def test_a_failed_round_leaves_nothing_behind_and_is_made_again(
    care: Care, weather: Weather, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> bool:
        raise RuntimeError("at the end of the round")

    await weather.asks("Der Router ist tot, unverschämt!", times=3)
    with monkeypatch.context() as broken:
        broken.setattr("workflows.watch_storm.note_levels", fails)
        with pytest.raises(RuntimeError):
            await weather.watch.step()
    assert await weather.watch.step() == 3


async def test_what_a_coordinator_dismisses_ends_and_is_not_proposed_again(care: Care, weather: Weather) -> None:
    await weather.breaks()
    await care.taps("anna", "Kein Problem")
    await weather.passes(MINUTE)
    [alert] = await weather.alerts()
    assert (alert.level, alert.ended_at) == ("calm", care.clock.time)
    await weather.breaks(people=8)
    await weather.passes(3 * MINUTE)
    assert [one.state for one in await weather.incidents()] == [IncidentState.DISMISSED]
    assert len(await weather.alerts()) == 1


async def test_who_asks_in_a_storm_hears_that_it_takes_longer_and_comes_sooner(care: Care, weather: Weather) -> None:
    await weather.breaks()
    await care.writes("new", "How is it, the Router?")
    assert "it may take longer than usual" in "".join(care.seen_by("new"))
    ticket = await care.ticket_of("new")
    assert ticket.priority is Priority.HIGH
    await care.writes("else", "The invoice is wrong")
    assert "longer than usual" not in "".join(care.seen_by("else"))


async def test_the_playbook_may_freeze_at_once_and_people_undo_it(care: Care, anna: Responder) -> None:
    text = PLAYBOOK.read_text(encoding="utf-8").replace("freeze: ask", "freeze: at_once")
    await save_playbook(care.desk, anna, text, after=None)
    weather = await calm(care)
    await weather.breaks()
    board, now = care.desk.storms, care.clock.now()
    assert board.frozen_until("technical_fault", now) == now + timedelta(hours=4)
    async with speaking(care.desk) as voice:
        assert await unfreeze_topic(voice, anna, "technical_fault")
        with pytest.raises(InputRejected):
            await freeze_topic(voice, anna, "no_such_topic")
    await weather.step()
    assert board.frozen_until("technical_fault", care.clock.now()) is None


async def test_on_a_frozen_topic_silence_is_not_taken_for_content(care: Care, anna: Responder) -> None:
    async with speaking(care.desk) as voice:
        frozen = await freeze_topic(voice, anna, "invoice")
    await care.desk.storms.renew(care.desk.store, care.clock.now())
    await care.writes("kim", "Die Rechnung ist falsch")
    ticket = await care.ticket_of("kim")
    await care.writes("anna", "Look at page two.", chat=STAFF_ROOM, thread=care.thread_of(ticket.number))
    assert (await care.ticket_of("kim")).status is Status.PENDING
    async with care.desk.store.begin() as work:
        await work.clocks.set(ticket.id, ClockKind.SILENCE, care.clock.now() + timedelta(hours=1))
    await care.pass_time(timedelta(hours=2))
    assert (await care.ticket_of("kim")).status is Status.PENDING
    await care.pass_time(frozen.until - care.clock.now() + MINUTE)
    assert (await care.ticket_of("kim")).status is Status.SOLVED


async def test_a_channel_that_goes_quiet_is_called_about_and_is_no_calm(care: Care, weather: Weather) -> None:
    mind = weather.watch._mind
    assert mind is not None
    mind.detector._silent = True  # when that is, tests/unit/routing/storm says
    await weather.step()
    [alert] = await weather.alerts()
    assert (alert.key, alert.level) == ("silence", "watch")
    assert "Es kommen keine Nachrichten an" in calls(care, "anna")[0]
    assert weather.drawn == []
    weather.restart()
    await weather.asks("Wo ist mein Paket?")
    await weather.step()
    assert [one.ended_at is not None for one in await weather.alerts()] == [True]
    assert "☀ Es kommen wieder Nachrichten an." in care.seen_by("anna")


async def test_learning_anew_neither_repeats_nor_ends_a_storm(care: Care, weather: Weather) -> None:
    await weather.breaks()
    [alert] = await weather.alerts()
    await relearn(care.desk, timedelta(weeks=8))
    await weather.asks("Der Router ist tot, unverschämt!", times=3)
    await weather.passes(2 * MINUTE)
    assert [(one.id, one.ended_at) for one in await weather.alerts()] == [(alert.id, None)]
    assert len(calls(care, "anna")) == 1


async def test_only_coordinators_acknowledge(care: Care, weather: Weather) -> None:
    await weather.breaks()
    await care.joins("vera", Role.VOLUNTEER)
    [alert] = await weather.alerts()
    assert (await care.presses("vera", f"storm.ack:{alert.id}")).alert
    assert (await care.presses("c1", f"storm.ack:{alert.id}")).alert
    assert (await weather.alerts())[0].acknowledged_at is None


class Two:
    """Clusters of which each grows fast."""

    def __init__(self, ids: Sequence[ClusterId]) -> None:
        self._ids = ids

    def growing(self, now: datetime) -> list[Growing]:
        return [Growing(self.cluster(one, now), (Reason("so {count}", {"count": 5}),)) for one in self._ids]

    def cluster(self, cluster_id: ClusterId, now: datetime) -> Cluster:
        return Cluster(cluster_id, 5, 5, now - MINUTE, now, Growth(5, 1.0), (), "de", (f"Wort {cluster_id}",))


async def test_one_problem_told_in_two_ways_is_proposed_once(care: Care, weather: Weather) -> None:
    await weather.asks("Der Router ist tot, unverschämt!", times=3)
    await weather.asks("Gerät blinkt rot und kaputt, so ein Mist", times=3)
    await weather.passes(MINUTE)
    since = care.clock.now() - timedelta(hours=1)
    async with speaking(care.desk) as voice:
        grown = list(await voice.work.storms.clusters_on("technical_fault", since))
        assert len(grown) == 2
        assert await propose_growing(voice, cast(Clusterer, Two(grown)))
    [incident] = await weather.incidents()
    assert (incident.topic, incident.tickets) == ("technical_fault", 6)
