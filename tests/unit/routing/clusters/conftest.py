"""Messages for clusterers: the sense of a text is made from what it is about, so that no encoder is needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zlib import crc32

import numpy as np
import pytest

from desk.conversation import MessageId
from desk.incident import ClusterId
from routing.cluster import Assignment, Told
from routing.cluster_usual import Floats
from routing.clusters import Clusterer

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
WIDTH = 256


def direction(name: str) -> Floats:
    """Of length one, another for each name."""
    made = np.random.default_rng(crc32(name.encode())).normal(size=WIDTH)
    return np.asarray(made / np.linalg.norm(made), dtype=np.float32)


def sense(about: str, text: str) -> Floats:
    """Mostly what it is about, a little of its own."""
    made = direction(about) + 0.6 * direction(text)
    return np.asarray(made / np.linalg.norm(made), dtype=np.float32)


class Desk:
    """A clusterer and what came of the messages so far."""

    def __init__(self, slots: int = 200) -> None:
        self.clusterer = Clusterer(slots, WIDTH)
        self.assigned: dict[int, Assignment] = {}
        self._into: dict[ClusterId, ClusterId] = {}
        self.now = START

    def writes(
        self, text: str, about: str | None = None, at: datetime | None = None, contact: str | None = None
    ) -> int:
        """A message a minute after the last one, unless `at` says when; returns its id."""
        self.now += timedelta(minutes=1)
        number = len(self.assigned) + 1
        vector = None if about is None else sense(about, f"{text} {number}")
        told = Told(MessageId(number), at or self.now, text, text, vector, contact)
        self.assigned[number] = self.clusterer.add(told)
        for merge in self.assigned[number].merged:
            self._into[merge.cluster_id] = merge.into
        return number

    def all_write(self, texts: Sequence[str], about: str) -> list[int]:
        """Messages about the same, one a minute."""
        return [self.writes(text, about) for text in texts]

    def settles(self) -> None:
        """What turned out alike is merged now."""
        for merge in self.clusterer.settle():
            self._into[merge.cluster_id] = merge.into

    def home(self, number: int) -> ClusterId:
        """The cluster that a message is in after all merges."""
        home = self.assigned[number].cluster_id
        while home in self._into:
            home = self._into[home]
        return home

    def homes(self, numbers: Sequence[int]) -> set[ClusterId]:
        """The clusters of several messages."""
        return {self.home(number) for number in numbers}


@pytest.fixture
def desk() -> Desk:
    """A desk that has heard a few unrelated questions, so that it knows what is usual."""
    made = Desk()
    for number, what in enumerate(_QUESTIONS):
        made.writes(what, about=f"question {number}")
    return made


_QUESTIONS = (
    "where is my parcel", "invoice for march please", "Passwort vergessen", "Rückgabe der Schuhe", "opening hours",
    "Garantie für den Toaster", "change my address", "Kündigung zum Jahresende", "voucher code", "Rechnung als PDF",
    "do you ship to Norway", "Farbe der Hose tauschen", "charger for the tablet", "Termin für den Techniker",
    "great service", "Bewerbung als Fahrerin", "delivery on Saturday", "Ersatzteil für den Mixer", "student discount",
    "Newsletter abbestellen",
)  # fmt: skip
