"""Which known incident a question may be about: worked out before its transaction begins, as its reading is.

Each process keeps portraits of the confirmed incidents and renews one when its examples change (one small query a batch
of messages says so). The sense of texts comes through a port, off the event loop. When it fails nothing is foreseen,
and questions are routed as if there were no incident: nobody waits for it.
"""

from __future__ import annotations

import logging
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desk.conversation import MessageId
from desk.incident import IncidentId
from desk.reading import Reading
from desk.store import KnownIncident, Store
from routing.incident_match import Likeness, Portrait, Verdict, most_alike

Encode = Callable[[Sequence[str]], Awaitable[NDArray[np.float32]]]
"""The sense of each text as a vector of length one, in the same order."""

MOST_EXAMPLES = 40
MOST_FORESEEN = 2000
MASK = re.compile(r"\[[^\[\]]{1,30}\]")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Examples:
    """What a portrait is to be made of."""

    incident: KnownIncident
    texts: Sequence[str]


class KnownIncidents:
    """The portraits of one process, and what they say of the messages that are being read."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._portraits: dict[IncidentId, tuple[str, Portrait]] = {}
        self._foreseen: OrderedDict[MessageId, Likeness] = OrderedDict()

    async def foresee(self, store: Store, read: Sequence[tuple[MessageId, Reading]]) -> None:
        """Holds messages to the confirmed incidents. Raises StorageUnavailable."""
        async with store.begin() as work:
            known = await work.followers.known()
            new = [one for one in known if self._version(one.id) != one.version]
            examples = [_Examples(one, await work.followers.examples(one.id, limit=MOST_EXAMPLES)) for one in new]
        self._portraits = {one.id: self._portraits[one.id] for one in known if one.id in self._portraits}
        if not known:
            return
        try:
            for one in examples:
                await self._draw(one)
            await self._hold(read)
        except Exception:
            log.exception("questions cannot be held to the known incidents")

    def likeness_of(self, message_id: MessageId) -> Likeness | None:
        """What was foreseen of it: the incident it says the same as, or may. None: nothing."""
        return self._foreseen.get(message_id)

    def _version(self, incident_id: IncidentId) -> str | None:
        kept = self._portraits.get(incident_id)
        return kept[0] if kept else None

    async def _draw(self, examples: _Examples) -> None:
        incident = examples.incident
        vectors = await self._encode([said(text) for text in (incident.title, *examples.texts)])
        self._portraits[incident.id] = (incident.version, Portrait(incident.id, incident.topic, vectors))

    async def _hold(self, read: Sequence[tuple[MessageId, Reading]]) -> None:
        texts = {message_id: said(reading.masked) for message_id, reading in read if reading.was_read}
        wanted = [(message_id, reading) for message_id, reading in read if texts.get(message_id)]
        if not wanted:
            return
        vectors = await self._encode([texts[message_id] for message_id, _reading in wanted])
        portraits = [portrait for _version, portrait in self._portraits.values()]
        for (message_id, reading), vector in zip(wanted, vectors, strict=True):
            intents = (reading.intent, *reading.also)
            found = most_alike(vector, portraits, intents=intents, certain=reading.certain)
            if found is not None and found.verdict is not Verdict.OTHER:
                self._foreseen[message_id] = found
        while len(self._foreseen) > MOST_FORESEEN:
            self._foreseen.popitem(last=False)


def said(masked: str) -> str:
    """A text without the marks that stand for personal data."""
    return MASK.sub(" ", masked).strip()
