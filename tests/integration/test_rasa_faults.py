"""A Rasa server that hangs, fails, answers nonsense or is of another version is left for the next engine, in time."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from desk.classifying import ClassifierUnavailable, TextToRead
from nlu.circuit import CircuitBreaker, CircuitState
from nlu.embedded import EmbeddedClassifier
from nlu.fallback import FirstThatAnswers
from nlu.rasa import RasaClassifier
from tests.integration.nlu.test_embedded import written
from tests.places import free_port
from tests.standins.rasa import RasaStandIn


@pytest_asyncio.fixture(scope="module")
async def embedded(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedClassifier:
    """The next engine, on a few sentences."""
    folder = tmp_path_factory.mktemp("next")
    return await EmbeddedClassifier.load_or_train(written(folder), folder / "models")


@pytest_asyncio.fixture
async def silent() -> AsyncIterator[str]:
    """A server that takes connections and never answers."""

    async def hold(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)
        writer.close()

    server = await asyncio.start_server(hold, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()


@pytest_asyncio.fixture
async def stand_in() -> AsyncIterator[RasaStandIn]:
    server = RasaStandIn()
    await server.start()
    yield server
    await server.stop()


@pytest_asyncio.fixture
async def client_of(embedded: EmbeddedClassifier) -> AsyncIterator[Callable[..., RasaClassifier]]:
    made: list[RasaClassifier] = []

    def make(url: str, **options: object) -> RasaClassifier:
        made.append(RasaClassifier(url, embedded.rules, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for client in made:
        await client.close()


ClientOf = Callable[..., RasaClassifier]
HALLO = [TextToRead("hallo")]


async def test_a_hanging_server_is_left_after_its_timeout(
    silent: str, client_of: ClientOf, embedded: EmbeddedClassifier
) -> None:
    fallback = FirstThatAnswers([client_of(silent), embedded])
    began = time.monotonic()
    (reading,) = await fallback.read(HALLO)
    assert reading.engine == "embedded"
    assert 0.25 < time.monotonic() - began < 1.5


async def test_after_some_failures_nobody_waits_any_more(
    silent: str, client_of: ClientOf, embedded: EmbeddedClassifier
) -> None:
    client = client_of(silent, timeout=0.1, breaker=CircuitBreaker(opens_after=2, rest_seconds=60))
    fallback = FirstThatAnswers([client, embedded])
    await fallback.read(HALLO)
    await fallback.read(HALLO)
    assert client.breaker.state is CircuitState.OPEN
    with pytest.raises(ClassifierUnavailable, match="too often"):
        await client.read(HALLO)
    assert (await fallback.read(HALLO))[0].engine == "embedded"


async def test_giving_up_on_it_counts_as_its_failure(silent: str, client_of: ClientOf) -> None:
    client = client_of(silent, timeout=30, breaker=CircuitBreaker(opens_after=1))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.read(HALLO), 0.05)
    assert client.breaker.state is CircuitState.OPEN


GARBAGE = [
    b"",
    b"not json",
    b"\xff\xfe",
    b"null",
    b"[]",
    b"[" * 100_000,
    b"x" * 2_000_000,
    {},
    {"intent_ranking": None},
    {"intent_ranking": []},
    {"intent_ranking": [None]},
    {"intent_ranking": [{"name": "invoice"}]},
    {"intent_ranking": [{"name": 7, "confidence": 0.5}]},
    {"intent_ranking": [{"name": "invoice", "confidence": "high"}]},
    {"intent_ranking": [{"name": "invoice", "confidence": 7}]},
    b'{"intent_ranking": [{"name": "invoice", "confidence": NaN}]}',
    {"intent_ranking": [{"name": "out_of_scope", "confidence": 1.0}]},
    {"intent_ranking": [{"name": "invoice", "confidence": 0.9}], "scope": {"abstain": "perhaps"}},
    {"intent_ranking": [{"name": "invoice", "confidence": 0.9}], "entities": "many"},
    {"intent_ranking": [{"name": "invoice", "confidence": 0.9}], "entities": [{"entity": "product", "start": 7}]},
]


@pytest.mark.parametrize("said", GARBAGE, ids=range(len(GARBAGE)))
async def test_garbage_is_refused_and_the_next_engine_asked(
    stand_in: RasaStandIn, client_of: ClientOf, embedded: EmbeddedClassifier, said: object
) -> None:
    stand_in.answers["/model/parse"] = said
    client = client_of(stand_in.url, timeout=2)
    with pytest.raises(ClassifierUnavailable):
        await client.read(HALLO)
    assert (await FirstThatAnswers([client, embedded]).read(HALLO))[0].engine == "embedded"


@pytest.mark.parametrize("version", ["2.8.34", "3.5.17", "4.0.0", None, 36])
async def test_another_version_is_refused(stand_in: RasaStandIn, client_of: ClientOf, version: object) -> None:
    stand_in.answers["/version"] = {"version": version}
    with pytest.raises(ClassifierUnavailable, match=r"Rasa 3\.6\.x is needed"):
        await client_of(stand_in.url, timeout=2).read(HALLO)


async def test_a_server_without_a_model_is_refused(stand_in: RasaStandIn, client_of: ClientOf) -> None:
    stand_in.answers["/status"] = {"model_id": None}
    with pytest.raises(ClassifierUnavailable, match="make rasa"):
        await client_of(stand_in.url, timeout=2).read(HALLO)


async def test_an_error_status_is_refused_and_healing_is_noticed(stand_in: RasaStandIn, client_of: ClientOf) -> None:
    client = client_of(stand_in.url, timeout=2, breaker=CircuitBreaker(opens_after=1, rest_seconds=0.05))
    stand_in.status = 500
    with pytest.raises(ClassifierUnavailable, match="500"):
        await client.read(HALLO)
    assert client.breaker.state is CircuitState.OPEN
    stand_in.status = 200
    stand_in.answers["/status"] = {"model_id": "m2"}
    await asyncio.sleep(0.06)
    (reading,) = await client.read(HALLO)
    assert (reading.engine, reading.model, reading.intent) == ("rasa", "m2", "invoice")
    assert client.breaker.state is CircuitState.CLOSED


async def test_a_restart_in_the_middle_costs_no_message(
    stand_in: RasaStandIn, client_of: ClientOf, embedded: EmbeddedClassifier
) -> None:
    breaker = CircuitBreaker(rest_seconds=0.05)
    fallback = FirstThatAnswers([client_of(stand_in.url, timeout=2, breaker=breaker), embedded])
    assert {r.engine for r in await fallback.read(HALLO)} == {"rasa"}
    stand_in.seconds = 0.2
    reading = asyncio.create_task(fallback.read(HALLO * 20))
    await asyncio.sleep(0.3)
    await stand_in.stop()
    began = time.monotonic()
    assert [r.engine for r in await reading] == ["embedded"] * 20
    assert time.monotonic() - began < 1
    assert {r.engine for r in await fallback.read(HALLO)} == {"embedded"}
    stand_in.answers["/status"] = {"model_id": "trained anew"}
    stand_in.seconds = 0.01
    await stand_in.start()
    await asyncio.sleep(0.1)
    (after,) = await fallback.read(HALLO)
    assert (after.engine, after.model) == ("rasa", "trained anew")


async def test_another_version_after_a_restart_is_noticed(
    stand_in: RasaStandIn, client_of: ClientOf, embedded: EmbeddedClassifier
) -> None:
    client = client_of(stand_in.url, timeout=2)
    await client.read(HALLO)
    await stand_in.stop()
    stand_in.answers["/version"] = {"version": "3.7.0"}
    with pytest.raises(ClassifierUnavailable, match="cannot be reached"):
        await client.read(HALLO)
    await stand_in.start()
    with pytest.raises(ClassifierUnavailable, match=r"Rasa 3\.6\.x is needed"):
        await client.read(HALLO)


async def test_an_answer_that_trickles_is_cut_off(client_of: ClientOf, embedded: EmbeddedClassifier) -> None:
    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n")
        with contextlib.suppress(OSError):
            for _ in range(200):
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.05)

    async with await asyncio.start_server(trickle, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        client = client_of(url)
        began = time.monotonic()
        (reading,) = await FirstThatAnswers([client, embedded]).read(HALLO)
        assert reading.engine == "embedded"
        assert time.monotonic() - began < 1
        await client.close()


async def test_entities_stand_where_they_were_written(stand_in: RasaStandIn, client_of: ClientOf) -> None:
    text = "  /my Plonk is broken"
    stand_in.answers["/model/parse"] = {
        "intent_ranking": [{"name": "invoice", "confidence": 0.9}],
        "entities": [{"entity": "product", "start": 3, "end": 8, "value": "Plonk", "confidence_entity": 0.9}],
    }
    (reading,) = await client_of(stand_in.url, timeout=2).read([TextToRead(text)])
    assert [(e.kind, e.value, text[e.start : e.end]) for e in reading.entities] == [("product", "Plonk", "Plonk")]


async def test_at_most_four_calls_run_at_once(stand_in: RasaStandIn, client_of: ClientOf) -> None:
    client = client_of(stand_in.url, timeout=5)
    await asyncio.gather(*(client.read(HALLO * 10) for _ in range(5)))
    assert stand_in.most_at_once == 4


async def test_nothing_listening_is_unavailable_at_once(client_of: ClientOf) -> None:
    began = time.monotonic()
    with pytest.raises(ClassifierUnavailable, match="cannot be reached"):
        await client_of(f"http://127.0.0.1:{free_port()}").read(HALLO)
    assert time.monotonic() - began < 1
