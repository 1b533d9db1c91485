"""What the bot called, when, and what came of it."""

from collections import Counter
from dataclasses import dataclass, field
from time import monotonic
from typing import Any


@dataclass(eq=False)
class Call:
    """One call; `at` in seconds of the monotonic clock; `code` 200, the refusal's, or 0 while it runs or
    when the connection was dropped."""

    method: str
    values: dict[str, Any]
    at: float = field(default_factory=monotonic)
    code: int = 0
    description: str = ""

    @property
    def chat_id(self) -> int | None:
        value = str(self.values.get("chat_id", ""))
        return int(value) if value.lstrip("-").isdigit() else None


class Calls(list[Call]):
    """All calls in order."""

    @property
    def counts(self) -> Counter[str]:
        return Counter(call.method for call in self)

    def of(self, *methods: str) -> list[Call]:
        return [call for call in self if call.method in methods]

    def refused(self) -> list[Call]:
        return [call for call in self if call.code >= 400]
