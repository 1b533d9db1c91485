"""A Rasa server that hangs, fails, answers nonsense or is of another version is left for the next engine, in time."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from aiohttp import web

from desk.classifying import ClassifierUnavailable, TextToRead
from nlu.circuit import CircuitBreaker, CircuitState
from nlu.embedded import EmbeddedClassifier
from nlu.fallback import FirstThatAnswers
from nlu.rasa import RasaClassifier
from tests.integration.nlu.test_embedded import written


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


class StandIn:
    """A server of our own that answers what a test wants, to show what the client makes of it."""

    def __init__(self) -> None:
        self.answers: dict[str, object] = {
            "/version": {"version": "3.6.21"},
            "/status": {"model_id": "m1"},
            "/model/parse": {"intent_ranking": [{"name": "invoice", "confidence": 0.9}]},
        }
        self.status = 200
        self.url = ""
        self.calls = 0
        self.at_once = self.most_at_once = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.calls += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0.01)
        self.at_once -= 1
        said = self.answers[request.path]
        if isinstance(said, bytes):
            return web.Response(body=said, status=self.status)
        return web.json_response(said, status=self.status)


@pytest_asyncio.fixture
async def stand_in() -> AsyncIterator[StandIn]:
    server = StandIn()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    await runner.cleanup()


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
]


@pytest.mark.parametrize("said", GARBAGE, ids=range(len(GARBAGE)))
async def test_garbage_is_refused_and_the_next_engine_asked(
    stand_in: StandIn, client_of: ClientOf, embedded: EmbeddedClassifier, said: object
) -> None:
    stand_in.answers["/model/parse"] = said
    client = client_of(stand_in.url, timeout=2)
    with pytest.raises(ClassifierUnavailable):
        await client.read(HALLO)
    assert (await FirstThatAnswers([client, embedded]).read(HALLO))[0].engine == "embedded"


@pytest.mark.parametrize("version", ["2.8.34", "3.5.17", "4.0.0", None, 36])
async def test_another_version_is_refused(stand_in: StandIn, client_of: ClientOf, version: object) -> None:
    stand_in.answers["/version"] = {"version": version}
    with pytest.raises(ClassifierUnavailable, match=r"Rasa 3\.6\.x is needed"):
        await client_of(stand_in.url, timeout=2).read(HALLO)


async def test_a_server_without_a_model_is_refused(stand_in: StandIn, client_of: ClientOf) -> None:
    stand_in.answers["/status"] = {"model_id": None}
    with pytest.raises(ClassifierUnavailable, match="make rasa"):
        await client_of(stand_in.url, timeout=2).read(HALLO)


async def test_an_error_status_is_refused_and_healing_is_noticed(stand_in: StandIn, client_of: ClientOf) -> None:
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


async def test_at_most_four_calls_run_at_once(stand_in: StandIn, client_of: ClientOf) -> None:
    client = client_of(stand_in.url, timeout=5)
    await asyncio.gather(*(client.read(HALLO * 10) for _ in range(5)))
    assert stand_in.most_at_once == 4


async def test_nothing_listening_is_unavailable_at_once(client_of: ClientOf, unused_port: int) -> None:
    began = time.monotonic()
    with pytest.raises(ClassifierUnavailable, match="cannot be reached"):
        await client_of(f"http://127.0.0.1:{unused_port}").read(HALLO)
    assert time.monotonic() - began < 1


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
