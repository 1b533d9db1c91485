"""What the suite needs of a platform's stand-in: Anna, who asks; Gus, who is staff; trouble; and what is seen.

External ids are those of the channel under test; addresses are the desk's. `async with` starts the stand-in.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from types import TracebackType

from desk.conversation import Address
from desk.errors import NotFound
from desk.people import Locale
from desk.ports import Channel


@dataclass(frozen=True)
class Shown:
    """A message of the bot as people see it now. `text` without formatting; `bold`: the words shown bold."""

    external_id: str
    text: str
    bold: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    reply_to: str | None = None
    file: bytes | None = None


class English:
    """Port `Phrases` that says everything in English."""

    def say(self, locale: Locale | None, text: str, /, **values: object) -> str:
        return text.format(**values) if values else text


@dataclass
class Drawer:
    """Own storage for files, in memory."""

    kept: dict[str, bytes] = field(default_factory=dict)

    async def open(self, key: str) -> AsyncIterator[bytes]:
        """Port Files.open."""
        if key not in self.kept:
            raise NotFound(key)
        data = self.kept[key]
        for start in range(0, len(data), 65536):
            yield data[start : start + 65536]


EVERYTHING = frozenset({"hears", "shows", "refuses", "staff_room"})


class ChannelDriver(ABC):
    """A platform with Anna and Gus on it, and the real channel to it.

    `features` says what the channel can do, and so which tests it is held to: `hears` (what people do comes by
    `listen`), `shows` (what is sent appears by `send` alone), `refuses` (a platform stands between that can refuse
    and fail), `staff_room` (it can carry staff's threads). Methods for what is not among them are never called.
    """

    features: frozenset[str] = EVERYTHING

    tells_deletions = True
    """Whether the platform tells bots of deletions."""
    tells_blocking = True
    """Whether the platform tells bots that somebody blocked them, or came back."""
    drops_second_sends = False
    """Whether a send repeated with the same idempotency key shows once."""

    def __init__(self) -> None:
        self.drawer = Drawer()
        self.phrases = English()

    async def __aenter__(self) -> ChannelDriver:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @abstractmethod
    async def start(self) -> None: ...

    @abstractmethod
    async def stop(self) -> None: ...

    @abstractmethod
    def channel(self, *, token: str | None = None) -> Channel:
        """A new channel object, as after a restart. `token`: a wrong one."""

    @abstractmethod
    async def ready(self, channel: Channel) -> None:
        """Returns when the channel listens."""

    @abstractmethod
    async def caught_up(self) -> None:
        """Returns when the channel has nothing left to take in, as far as the platform can tell."""

    # --- what people do; each returns the external id of what came of it ---

    @property
    @abstractmethod
    def private(self) -> Address:
        """Anna's private chat with the bot; she has written there before."""

    @abstractmethod
    def writes(self, text: str, *, reply_to: str | None = None) -> str:
        """Anna writes in her private chat."""

    @abstractmethod
    def other_writes(self, text: str) -> str:
        """Somebody else writes in their own private chat."""

    @abstractmethod
    def edits(self, external_id: str, text: str) -> None: ...

    @abstractmethod
    def deletes(self, external_id: str) -> None: ...

    @abstractmethod
    def sends_photo(self, data: bytes, text: str = "") -> str: ...

    @abstractmethod
    def sends_document(self, name: str, data: bytes, text: str = "") -> str: ...

    @abstractmethod
    async def taps(self, external_id: str, label: str) -> str:
        """Anna taps a button of the bot's message; the notice she sees."""

    @abstractmethod
    def forges_tap(self, external_id: str, action: str) -> None:
        """Anna's tampered app taps a button nobody offered."""

    @abstractmethod
    def blocks_bot(self) -> None:
        """The bot can reach Anna no more."""

    @abstractmethod
    def unblocks_bot(self) -> None: ...

    @abstractmethod
    def deletes_bot_message(self, external_id: str) -> None:
        """Somebody takes the bot's message away."""

    @abstractmethod
    def other_bot_writes(self, text: str) -> None:
        """Another bot writes where ours reads."""

    # --- staff ---

    @property
    @abstractmethod
    def staff_room(self) -> Address: ...

    @abstractmethod
    def staff_writes(self, place: Address, text: str) -> str:
        """Gus writes in the staff room or a thread of it."""

    @abstractmethod
    def thread_title(self, thread: Address) -> str: ...

    @abstractmethod
    def is_open(self, thread: Address) -> bool: ...

    @abstractmethod
    def deletes_thread(self, thread: Address) -> None: ...

    # --- what is seen ---

    @abstractmethod
    def shown(self, place: Address) -> list[Shown]:
        """The bot's standing messages in a place, oldest first."""

    @abstractmethod
    def photo(self) -> bytes:
        """A picture that the platform takes for one."""

    # --- trouble ---

    @abstractmethod
    def next_send(self, *, status: int, retry_after: int | None = None, times: int = 1) -> None:
        """The next sends are refused with this HTTP status."""

    @abstractmethod
    def loses_next_answer(self) -> None:
        """The next send takes effect, but its answer never arrives."""

    @abstractmethod
    def malformed_update(self) -> None:
        """The platform sends what no library understands."""

    @abstractmethod
    async def outage(self) -> None:
        """The platform cannot be reached for a moment, then again."""
