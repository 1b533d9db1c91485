"""Trouble on order (refusals, lost answers, slowness) and the platform's rate budgets.

A fault waits for the next call of its method (and chat) and is used up by it. "Stored" faults let the call
take effect first: the message is in the chat and the bot never learns so.
Budgets follow the platform's published limits: about 30 messages a second in all, one a second per chat,
20 a minute per group; edits and new topics count. They are off until a test switches them on.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from .calls import Call
from .errors import ApiError, too_many_requests

DESCRIPTIONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
COUNTED = ("send", "copy", "forward", "edit", "createForumTopic", "pin")
UNCOUNTED = {"sendChatAction"}


@dataclass(eq=False)
class Fault:
    """`method` "*" fits any call but getUpdates; `code` 0 drops the connection; seconds of `delay`."""

    method: str
    code: int = 0
    description: str = ""
    retry_after: int | None = None
    chat_id: int | None = None
    times: int = 1
    stored: bool = False
    delay: float = 0.0
    body: str | None = None
    do: Callable[[], object] | None = None

    def fits(self, call: Call) -> bool:
        same_method = self.method == call.method or (self.method == "*" and call.method != "getUpdates")
        return same_method and self.chat_id in {None, call.chat_id}

    def error(self) -> ApiError:
        if self.code == 429 and not self.description:
            return too_many_requests(self.retry_after or 1)
        description = self.description or DESCRIPTIONS.get(self.code, "Error")
        parameters = {} if self.retry_after is None else {"retry_after": self.retry_after}
        return ApiError(self.code, description, **parameters)


class Faults(list[Fault]):
    """The faults still waiting, first come first served."""

    def take(self, call: Call) -> Fault | None:
        for fault in self:
            if fault.fits(call):
                fault.times -= 1
                if fault.times <= 0:
                    self.remove(fault)
                return fault
        return None


@dataclass
class Budgets:
    """How many counted calls fit in a window, in all, per chat and per group. Windows in seconds."""

    overall: int = 30
    per_chat: int = 1
    per_group: int = 20
    second: float = 1.0
    minute: float = 60.0
    _spent: dict[object, deque[float]] = field(default_factory=dict)

    def spend(self, call: Call) -> None:
        """Counts the call; ApiError 429 with the seconds to wait when a budget is used up."""
        if not call.method.startswith(COUNTED) or call.method in UNCOUNTED:
            return
        chat = call.chat_id or 0
        windows: list[tuple[object, int, float]] = [
            ("all", self.overall, self.second),
            (("chat", chat), self.per_chat, self.second),
        ]
        if chat < 0:
            windows.append((("group", chat), self.per_group, self.minute))
        now = monotonic()
        waits = [self._wait(key, most, length, now) for key, most, length in windows]
        if max(waits) > 0:
            raise too_many_requests(math.ceil(max(waits)))
        for key, _, _ in windows:
            self._spent[key].append(now)

    def _wait(self, key: object, most: int, length: float, now: float) -> float:
        spent = self._spent.setdefault(key, deque())
        while spent and spent[0] <= now - length:
            spent.popleft()
        return 0.0 if len(spent) < most else spent[0] + length - now
