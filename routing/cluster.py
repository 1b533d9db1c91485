"""The cluster: messages that say the same thing within a time window, and what is told to whoever asks for clusters.

Pure. Instants are aware UTC.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime

from desk.conversation import MessageId
from desk.incident import ClusterId
from routing.cluster_growth import Growth
from routing.cluster_usual import Floats
from routing.reasons import Reason

Contact = Hashable


@dataclass(frozen=True, slots=True)
class Told:
    """A message. `text` is compared and not kept; `masked` is what may be shown. `vector`: its sense, of length one.
    `contact`: who wrote it; None is somebody else each time."""

    id: MessageId
    at: datetime
    text: str
    masked: str
    vector: Floats | None
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """All messages of a cluster are another's now. Its id is not given again."""

    cluster_id: ClusterId
    into: ClusterId


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where a message belongs, after the merges it brought about, in order."""

    cluster_id: ClusterId
    is_new: bool
    merged: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Messages that say the same. `contacts`: how many wrote, as far back as is known. `examples`: typical messages, as
    they may be shown, the most typical first; `key_words` and `title` are in the language of most of them."""

    id: ClusterId
    size: int
    contacts: int
    first_at: datetime
    last_at: datetime
    growth: Growth
    examples: tuple[tuple[MessageId, str], ...]
    language: str
    key_words: tuple[str, ...]

    @property
    def title(self) -> str:
        """A name to begin with; a person may find a better one."""
        return ", ".join(self.key_words)


@dataclass(frozen=True, slots=True)
class Growing:
    """A cluster that grows so fast that it may be an incident, and why."""

    cluster: Cluster
    reasons: tuple[Reason, ...]
