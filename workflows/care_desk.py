"""The care desk: all ports that a workflow may call, joined once in app/wiring.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desk.answer_check import FindPersonalData
from desk.classifying import Classifier
from desk.conversation import Address
from desk.outbound import ChannelLimits
from desk.people import Locale
from desk.ports import Clock, Files, Phrases, Poke
from desk.store import Store
from routing.policy import Policy
from workflows.known_incidents import KnownIncidents
from workflows.storm_board import StormBoard


@dataclass(frozen=True)
class CareDesk:
    """What a workflow works with.

    `policy` is asked at every use, since a coordinator may change it. `staff_rooms` are the Telegram forum and the
    Discord channel in which every staff ticket has a thread. `limits` holds one entry a channel in service. `zone`: the
    desk's time zone, by name. `storms`: what this process knows of storms. `drill`: all of it is played, and says so.
    """

    store: Store
    classifier: Classifier
    phrases: Phrases
    policy: Callable[[], Policy]
    clock: Clock
    poke: Poke
    files: Files
    limits: Mapping[str, ChannelLimits]
    staff_rooms: tuple[Address, ...]
    brand: str
    locale: Locale
    public_url: str
    find_personal_data: FindPersonalData
    zone: str = "Europe/Berlin"
    known_incidents: KnownIncidents | None = None
    storms: StormBoard = field(default_factory=StormBoard)
    drill: bool = False

    def is_practice(self, drill: bool) -> bool:
        """Whether what is marked as a drill is to change nothing here. Where all of it is played, all has effects."""
        return drill and not self.drill

    def in_staff_room(self, place: Address) -> bool:
        """Whether the place is a staff room or a thread in one."""
        return any((room.channel, room.chat) == (place.channel, place.chat) for room in self.staff_rooms)


class Topic:
    """What a poke is about: which worker has something to do."""

    UNREAD = "unread"
    OUTBOX = "outbox"
    ATTACHMENTS = "attachments"
    CLOCKS = "clocks"
    CONVERSATION = "conversation"
    CONSOLE = "console"
    MODEL = "model"
    BROADCAST = "broadcast"
