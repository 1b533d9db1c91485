"""The first engine that answers, and what happens when none does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

import pytest

from desk.classifying import ClassifierUnavailable, TextToRead
from desk.people import Locale
from desk.reading import Reading, Urgency
from nlu import fallback as fallback_module
from nlu.fallback import FirstThatAnswers


class Answers:
    """An engine that answers at once."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def read(self, messages: Sequence[TextToRead]) -> Sequence[Reading]:
        return [Reading(language="de", intent="greeting", confidence=0.9, engine=self.name) for _ in messages]


class Fails(Answers):
    """An engine that raises what it is given."""

    def __init__(self, error: Exception) -> None:
        super().__init__("broken")
        self.error = error

    async def read(self, messages: Sequence[TextToRead]) -> Sequence[Reading]:
        raise self.error


class Hangs(Answers):
    """An engine that never answers."""

    async def read(self, messages: Sequence[TextToRead]) -> Sequence[Reading]:
        await asyncio.Event().wait()
        raise AssertionError


class LosesOne(Answers):
    """An engine that forgets a message."""

    async def read(self, messages: Sequence[TextToRead]) -> Sequence[Reading]:
        return (await super().read(messages))[1:]


MESSAGES = [TextToRead("hallo"), TextToRead("wo ist mein paket")]


async def test_the_first_engine_answers_alone() -> None:
    fallback = FirstThatAnswers([Answers("first"), Answers("second")])
    assert [r.engine for r in await fallback.read(MESSAGES)] == ["first", "first"]
    assert fallback.answered == {"first": 1}
    assert not fallback.failures


@pytest.mark.parametrize(
    ("engine", "outcome"),
    [
        (Fails(ClassifierUnavailable("down")), "unavailable"),
        (Fails(ZeroDivisionError()), "failed"),
        (Hangs("broken"), "slow"),
        (LosesOne("broken"), "malformed"),
    ],
)
async def test_the_next_engine_answers_in_time(engine: Answers, outcome: str) -> None:
    seen: list[tuple[str, str]] = []
    fallback = FirstThatAnswers([engine, Answers("second")], timeout=0.2, watcher=lambda *what: seen.append(what))
    began = time.monotonic()
    assert [r.engine for r in await fallback.read(MESSAGES)] == ["second", "second"]
    assert time.monotonic() - began < 2
    assert seen == [("broken", outcome), ("second", "answered")]
    assert fallback.failures == {("broken", outcome): 1}


async def test_without_any_engine_messages_are_unread_but_masked_and_watched() -> None:
    fallback = FirstThatAnswers([Hangs("broken")], timeout=0.05)
    phone, fire = await fallback.read(
        [TextToRead("ruf an 0176 1234567", Locale.GERMAN), TextToRead("my charger is on fire")]
    )
    assert not phone.was_read
    assert (phone.engine, phone.intent, phone.confidence) == ("unread", "out_of_scope", 0.0)
    assert phone.masked == "ruf an [Telefon]"
    assert fire.urgency is Urgency.URGENT
    assert fallback.answered == {"unread": 1}


async def test_a_fault_in_masking_shows_nothing_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_text: str) -> object:
        raise RuntimeError

    monkeypatch.setattr(fallback_module, "find_personal_data", broken)
    (reading,) = await FirstThatAnswers([]).read([TextToRead("0176 1234567", Locale.ENGLISH)])
    assert (reading.masked, reading.language, reading.was_read) == ("", "en", False)


async def test_no_messages_ask_nobody() -> None:
    fallback = FirstThatAnswers([Fails(ZeroDivisionError())])
    assert list(await fallback.read([])) == []
    assert not fallback.failures


async def test_cancelling_passes_through() -> None:
    task = asyncio.create_task(FirstThatAnswers([Hangs("h"), Answers("second")], timeout=30).read(MESSAGES))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_closing_closes_the_engines_that_hold_something() -> None:
    class Held(Answers):
        closed = False

        async def close(self) -> None:
            self.closed = True

    held = Held("held")
    await FirstThatAnswers([held, Answers("light")]).close()
    assert held.closed
