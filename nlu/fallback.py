"""The first engine that answers: one classifier out of several, tried in order.

Each engine has `timeout` seconds for the batch. When one is down, slow, fails or answers a wrong number of readings,
the next is asked. When none answers, every message gets an `unread` reading: it goes to staff as it is, with its
personal data masked and plain danger still marked urgent. Reading through this class never raises.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence

from desk.classifying import Classifier, ClassifierUnavailable, TextToRead
from desk.people import Locale
from desk.reading import OUT_OF_SCOPE, MessageLanguage, Reading
from nlu.language import LanguageDetector
from nlu.privacy import find_personal_data, mask
from nlu.signals import Signal, danger_in, signals
from nlu.urgency import urgency

Watcher = Callable[[str, str], None]
"""Told the engine's name and what became of a batch: `answered`, `unavailable`, `slow`, `failed`, `malformed`."""


class FirstThatAnswers:
    """Port `Classifier` over several engines. `answered` and `failures` count batches, for metrics."""

    name = "fallback"

    def __init__(
        self,
        engines: Sequence[Classifier],
        *,
        timeout: float = 2.0,
        language: LanguageDetector | None = None,
        watcher: Watcher | None = None,
    ) -> None:
        self.engines = tuple(engines)
        self.timeout = timeout
        self.answered: Counter[str] = Counter()
        self.failures: Counter[tuple[str, str]] = Counter()
        self._language = language or LanguageDetector.learn(())
        self._watcher = watcher

    async def read(self, messages: Sequence[TextToRead]) -> Sequence[Reading]:
        """One reading per message, same order, from the first engine that answers; else `unread` ones."""
        if not messages:
            return []
        for engine in self.engines:
            readings, outcome = await self._ask(engine, messages)
            self._count(engine.name, outcome)
            if readings is not None:
                return readings
        self._count("unread", "answered")
        return await asyncio.to_thread(lambda: [self._unread(message) for message in messages])

    async def close(self) -> None:
        """Lets go of what the engines hold open."""
        for engine in self.engines:
            close = getattr(engine, "close", None)
            if close is not None:
                await close()

    async def _ask(self, engine: Classifier, messages: Sequence[TextToRead]) -> tuple[Sequence[Reading] | None, str]:
        try:
            async with asyncio.timeout(self.timeout):
                readings = await engine.read(messages)
        except ClassifierUnavailable:
            return None, "unavailable"
        except TimeoutError:
            return None, "slow"
        except Exception:  # an engine's fault must not stop a message: the next one is asked, the count tells
            return None, "failed"
        if len(readings) != len(messages):
            return None, "malformed"
        return readings, "answered"

    def _count(self, engine: str, outcome: str) -> None:
        if outcome == "answered":
            self.answered[engine] += 1
        else:
            self.failures[engine, outcome] += 1
        if self._watcher is not None:
            self._watcher(engine, outcome)

    def _unread(self, message: TextToRead) -> Reading:
        try:
            language = self._language.detect(message.text, message.spoken)
            spans = find_personal_data(message.text)
            found = signals(message.text)
            return Reading(
                language=language,
                intent=OUT_OF_SCOPE,
                confidence=0.0,
                urgency=urgency(message.text, OUT_OF_SCOPE, found),
                wants_human=Signal.HUMAN in found,
                personal_data=spans,
                masked=mask(message.text, spans, language),
                danger=danger_in(found, OUT_OF_SCOPE),
            )
        except Exception:  # nothing unmasked may pass, and no message may be stopped
            return Reading(language=_spoken(message.spoken), intent=OUT_OF_SCOPE, confidence=0.0)


def _spoken(spoken: Locale | None) -> MessageLanguage:
    return "other" if spoken is None else spoken.value
