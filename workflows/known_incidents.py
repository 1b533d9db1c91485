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
from desk.incident import IncidentId, JoinedHow
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
class _Kept:
    """A portrait and what it was made of. `by_topic`: of what is on the topic only, since nothing else was there."""

    version: str
    portrait: Portrait
    by_topic: bool


class KnownIncidents:
    """The portraits of one process, and what they say of the messages that are being read."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._kept: dict[IncidentId, _Kept] = {}
        self._foreseen: OrderedDict[MessageId, Likeness] = OrderedDict()

    async def foresee(self, store: Store, read: Sequence[tuple[MessageId, Reading]]) -> None:
        """Holds messages to the confirmed incidents. Raises StorageUnavailable."""
        known, new = await self._look(store)
        self._kept = {one.id: self._kept[one.id] for one in known if one.id in self._kept}
        if not known:
            return
        try:
            await self._draw(new)
            await self._hold(read)
        except Exception:
            log.exception("questions cannot be held to the known incidents")

    def likeness_of(self, message_id: MessageId) -> Likeness | None:
        """What was foreseen of it: the incident it says the same as, or may. None: nothing."""
        return self._foreseen.get(message_id)

    async def is_unlike(self, store: Store, incident_id: IncidentId, reading: Reading) -> bool:
        """Whether a question that is on an incident's topic does not say the same as its examples; False when there is
        nothing to hold it to. Raises StorageUnavailable."""
        _known, new = await self._look(store)
        try:
            await self._draw(new)
            kept, words = self._kept.get(incident_id), said(reading.masked)
            if kept is None or kept.by_topic or not words:
                return False
            [vector] = await self._encode([words])
        except Exception:
            log.exception("a question cannot be held to its incident")
            return False
        found = most_alike(vector, [kept.portrait], intents=(reading.intent, *reading.also), certain=reading.certain)
        return found is not None and found.verdict is Verdict.OTHER

    async def _look(
        self, store: Store
    ) -> tuple[Sequence[KnownIncident], Sequence[tuple[KnownIncident, Sequence[tuple[str, JoinedHow]]]]]:
        """The confirmed incidents, and the examples of those whose portraits are not as they are now."""
        async with store.begin() as work:
            known = await work.followers.known()
            changed = [one for one in known if one.id not in self._kept or self._kept[one.id].version != one.version]
            return known, [(one, await work.followers.examples(one.id, limit=MOST_EXAMPLES)) for one in changed]

    async def _draw(self, new: Sequence[tuple[KnownIncident, Sequence[tuple[str, JoinedHow]]]]) -> None:
        """What is on the topic only counts where nothing says the same for certain."""
        for incident, examples in new:
            surely = [text for text, how in examples if how is not JoinedHow.TOPIC]
            texts = surely or [text for text, _how in examples]
            vectors = await self._encode([said(text) for text in (incident.title, *texts)])
            portrait = Portrait(incident.id, incident.topic, vectors)
            self._kept[incident.id] = _Kept(incident.version, portrait, by_topic=not surely)

    async def _hold(self, read: Sequence[tuple[MessageId, Reading]]) -> None:
        texts = {message_id: said(reading.masked) for message_id, reading in read if reading.was_read}
        wanted = [(message_id, reading) for message_id, reading in read if texts.get(message_id)]
        if not wanted:
            return
        vectors = await self._encode([texts[message_id] for message_id, _reading in wanted])
        portraits = [kept.portrait for kept in self._kept.values()]
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
