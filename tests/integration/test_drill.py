"""The drill: a storm is played against the real paths in a database of its own, and what came of it is told."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest

from app.drill import Played, play
from app.drill_people import STATEMENT, Company
from app.drill_room import Heard
from app.drill_traffic import DrillFileBroken, DrillMessage, DrillTraffic, recorded_drill
from app.settings import Settings
from db.embedded import EmbeddedServer
from desk.people import Locale
from tests.integration.journeys.care import KeywordClassifier
from workflows.deliver import deliver

BEGINS = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STORM_AT = BEGINS + timedelta(minutes=10)
UPSET = "Der Router ist tot, unverschämt! Nummer"


def message(minutes: float, author: str, text: str, *, of_storm: bool = False) -> DrillMessage:
    return DrillMessage(BEGINS + timedelta(minutes=minutes), author, text, of_storm)


def small_storm() -> DrillTraffic:
    """Ten days with a question every 20 minutes; ten minutes of calm, then four upset people a minute."""
    history = [message(-20 * n, f"h{n}", "Wo ist mein Paket?") for n in range(720, 0, -1)]
    calm = [message(4 * n, f"c{n}", "Wo ist mein Paket?") for n in range(3)]
    storm = [message(10 + n / 4, f"s{n}", f"{UPSET} {n}", of_storm=True) for n in range(48)]
    return DrillTraffic(history, [*calm, *storm], STORM_AT)


async def played(server: EmbeddedServer, tmp_path: Path) -> Played:
    settings = Settings(database_url=server.url, data_dir=tmp_path, locale="de")
    return await play(
        settings, KeywordClassifier(), small_storm(), volunteers=6, speed=None, seed=1, progress=lambda said: None
    )


async def nobody_sleeps(seconds: float) -> None:
    """A drill's time is turned by hand."""
    raise AssertionError(f"a drill slept for {seconds} s")


async def test_a_storm_is_drilled_from_the_first_message_to_the_last_word(
    server: EmbeddedServer, template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard, reads = list[Heard](), Company._hear
    monkeypatch.setitem(deliver.__kwdefaults__, "rest", nobody_sleeps)
    monkeypatch.setattr(Company, "_hear", lambda self, one: (heard.append(one), reads(self, one)))
    drill = await played(server, tmp_path)
    alerts = [one.text for one in heard if one.chat == "Cora" and "⛈" in one.text]
    assert alerts
    assert all(text.startswith("🧪") for text in alerts)
    figures, record = drill.figures, drill.record
    assert record is not None
    assert record.incident.drill
    assert figures.false_alarms == 0
    assert figures.detection_seconds is not None
    assert 0 < figures.detection_seconds <= 600
    steps = (figures.detection_seconds, figures.acknowledged_seconds, figures.confirmed_seconds)
    later = (figures.statement_seconds, figures.muster_seconds)
    times = [one for one in (*steps, *later) if one is not None]
    assert len(times) == 5
    assert times == sorted(times)
    assert figures.told > 20
    assert figures.solved_by_statement > 10
    assert figures.called == 6
    assert figures.storm_messages == 48
    seconds = Counter(one.at for one in heard)
    assert max(seconds.values()) <= 36, "not more than the channel takes in a second"
    statements = [one.at for one in heard if STATEMENT[Locale.GERMAN] in one.text and one.chat.startswith("s")]
    assert len(statements) > 20
    assert statements[19] - statements[0] < timedelta(seconds=20), "a slice a second, not a slice a step"
    connection = await asyncpg.connect(server.url)
    try:
        assert await connection.fetchval("select count(*) from pg_database where datname like 'zuruf_bench_%'") == 0
        assert await connection.fetchval("select count(*) from message") == 0
    finally:
        await connection.close()


def test_a_recorded_storm_is_cut_where_the_calm_before_it_begins(tmp_path: Path) -> None:
    file = tmp_path / "storm.jsonl"
    lines = [
        {"at": "2026-03-02T06:00:00+00:00", "text": "früher"},
        {"at": "2026-03-02T08:30:00", "text": "vorher", "author": "ada"},
        {"at": "2026-03-02T09:00:00+00:00", "text": "alles weg", "storm": True},
    ]
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    traffic = recorded_drill(file, calm=timedelta(hours=1))
    assert [one.text for one in traffic.history] == ["früher"]
    assert [one.author for one in traffic.messages] == ["ada", "contact 3"]
    assert traffic.storm_at == traffic.storm_ends_at == BEGINS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no messages"),
        ("{", ":1: expected a JSON object"),
        ('{"at": "2026-03-02", "text": " "}', ":1: expected a JSON object"),
        ('{"at": "some day", "text": "a"}', ":1: at: expected a time"),
        ('{"at": "2026-03-03", "text": "a"}\n{"at": "2026-03-02", "text": "b"}', "time order"),
    ],
)
def test_a_broken_recording_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "storm.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DrillFileBroken, match=said):
        recorded_drill(file, calm=timedelta(hours=1))
