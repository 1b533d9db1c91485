"""The Rasa engine: a client of a Rasa 3.6 server's HTTP API. It guesses intents and entities; the rules are shared.

Each call has `timeout` seconds, at most `most_at_once` run together, and a circuit breaker leaves a failing server
in peace. Before the first call, and again after any failure, the server's version is checked. An answer that is not
what Rasa 3.6 gives counts as a failure: nothing of it is used.

Raises: ClassifierUnavailable, always within about `timeout` seconds per group of calls.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import aiohttp

from desk.classifying import ClassifierUnavailable, TextToRead
from desk.reading import IntentGuess, Reading
from nlu.circuit import CircuitBreaker
from nlu.intent_model import IntentScores
from nlu.normalising import HEAD, TAIL, capped
from nlu.rasa_answers import KINDS, GuessedEntities, entities_of, scores_of, with_guessed
from nlu.reading import Rules, texts_to_score

VERSIONS = "3.6."
_KEPT_SECONDS = 3.0
"""Shorter than the server keeps a connection (five): one that it closes while we write to it loses a message to us."""

_LARGEST_ANSWER = 1_000_000
_NOTHING = IntentScores((IntentGuess("greeting", 0.0),), out_of_scope=True, strangeness=1.0)


Guessed = tuple[IntentScores, GuessedEntities]
"""What Rasa says of one text: its intents, and the entities in it with how sure it is of each."""


class RasaClassifier:
    """Port `Classifier` over HTTP. `abstain_below`: of a server without our gate, a best intent less likely than this
    is out of scope."""

    name = "rasa"

    def __init__(
        self,
        url: str,
        rules: Rules,
        *,
        timeout: float = 0.3,
        most_at_once: int = 4,
        abstain_below: float = 0.4,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        self.breaker = breaker or CircuitBreaker()
        self._url = url.rstrip("/")
        self._rules = rules
        self._kinds = KINDS | {kind for kind, _ in rules.entities.lookups}
        self._timeout = timeout
        self._gate = asyncio.Semaphore(most_at_once)
        self._abstain_below = abstain_below
        self._session: aiohttp.ClientSession | None = None
        self._model: str | None = None

    async def read(self, messages: Sequence[TextToRead]) -> Sequence[Reading]:
        """One reading per message, same order. Raises ClassifierUnavailable."""
        if not self.breaker.allows():
            raise ClassifierUnavailable("Rasa failed too often; it is tried again soon")
        try:
            readings = await self._read(messages)
        except BaseException:
            # A caller who gave up waiting counts too, or a hanging server would never open the breaker.
            self._model = None
            self.breaker.failed()
            raise
        self.breaker.succeeded()
        return readings

    async def close(self) -> None:
        """Lets go of the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _read(self, messages: Sequence[TextToRead]) -> list[Reading]:
        model = self._model or await self._check()
        pieces = [texts_to_score(message) for message in messages]
        guessed = iter(await self._guess_all([text for piece in pieces for text in piece]))
        grouped = [[next(guessed) for _ in piece] for piece in pieces]
        return await asyncio.to_thread(
            lambda: [self._reading(*one, model) for one in zip(messages, grouped, strict=True)]
        )

    def _reading(self, message: TextToRead, guessed: Sequence[Guessed], model: str) -> Reading:
        """The rules' reading by the scores of the message and its parts, with what else the whole of it names."""
        scores = [of_text for of_text, _ in guessed]
        reading = self._rules.reading(message, scores[0], scores[1:], engine=self.name, model=model)
        return replace(reading, entities=with_guessed(reading.entities, guessed[0][1], reading.personal_data))

    async def _check(self) -> str:
        """The served model's id. Raises ClassifierUnavailable on a wrong version or when no model is loaded."""
        version = (await self._call("GET", "/version")).get("version")
        if not isinstance(version, str) or not version.startswith(VERSIONS):
            raise ClassifierUnavailable(f"Rasa {VERSIONS}x is needed, the server says {str(version)[:40]!r}")
        model = (await self._call("GET", "/status")).get("model_id")
        if not isinstance(model, str) or not model:
            raise ClassifierUnavailable("Rasa has no model loaded; train one with `make rasa`")
        self._model = model[:64]
        return self._model

    async def _guess_all(self, texts: Sequence[str]) -> list[Guessed]:
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._guess(text)) for text in texts]
        except* ClassifierUnavailable as failures:
            raise ClassifierUnavailable(str(failures.exceptions[0])) from None
        return [task.result() for task in tasks]

    async def _guess(self, text: str) -> Guessed:
        # A leading slash would be taken for an intent named by the sender, past the model.
        whole = capped(text).encode("utf-8", "replace").decode()
        asked = whole.lstrip("/ \t\r\n")
        if not asked.strip():
            return _NOTHING, ()
        answer = await self._call("POST", "/model/parse", {"text": asked})
        found = entities_of(answer, asked, self._kinds)
        return scores_of(answer, self._abstain_below), _moved(found, len(whole) - len(asked), len(text))

    async def _call(self, method: str, path: str, body: dict[str, str] | None = None) -> dict[str, Any]:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=16, keepalive_timeout=_KEPT_SECONDS)
            )
        limit = aiohttp.ClientTimeout(total=self._timeout)
        try:
            async with (
                self._gate,
                self._session.request(
                    method, self._url + path, json=body, timeout=limit, allow_redirects=False
                ) as answer,
            ):
                if answer.status != 200:
                    raise ClassifierUnavailable(f"Rasa answered {answer.status} to {path}")
                content = json.loads(await _content(answer))
        except TimeoutError:
            raise ClassifierUnavailable(f"Rasa did not answer {path} within {self._timeout:g} s") from None
        except (aiohttp.ClientError, AssertionError) as error:
            # The library asserts that a connection it kept is still there when it writes to it.
            raise ClassifierUnavailable(f"Rasa cannot be reached ({type(error).__name__})") from None
        except (ValueError, RecursionError):
            raise ClassifierUnavailable(f"Rasa answered {path} with something that is not JSON") from None
        if not isinstance(content, dict):
            raise ClassifierUnavailable(f"Rasa answered {path} with something unexpected")
        return content


def _moved(found: GuessedEntities, by: int, length: int) -> GuessedEntities:
    """The entities where they stand in the text of that length, of which `by` characters less were asked about.

    Of a text too long to be asked about whole, only those in its beginning have a place in it.
    """
    end = length if length <= HEAD + TAIL else HEAD
    moved = ((replace(one, start=one.start + by, end=one.end + by), sure) for one, sure in found)
    return tuple((one, sure) for one, sure in moved if one.end <= end)


async def _content(answer: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_any():
        content += chunk
        if len(content) > _LARGEST_ANSWER:
            raise ClassifierUnavailable("Rasa answered without end")
    return bytes(content)
