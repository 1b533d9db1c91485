"""The Bot API's methods by name. Names are read without regard to case, as the platform does."""

from collections.abc import Callable
from typing import Any

from . import account, change, groups, send

Method = Callable[..., Any]
METHODS: dict[str, tuple[str, Method]] = {
    name.lower(): (name, method) for part in (account, send, change, groups) for name, method in part.METHODS.items()
}
