"""Telegram for tests: a real HTTP server that speaks the Bot API and keeps the platform's rules.

`TelegramStandIn` is the whole handle; people act on it as they do in the app, and the bot under test
connects to `url` with `token`, in this process or another. All state is the stand-in's.
"""

from .calls import Call, Calls
from .chats import Chat, Topic
from .errors import ApiError
from .faults import Budgets, Fault
from .files import StoredFile, png
from .messages import StoredMessage
from .people import Person
from .standin import TelegramStandIn
from .taps import Answer, Tap
from .updates import Update

__all__ = [
    "Answer",
    "ApiError",
    "Budgets",
    "Call",
    "Calls",
    "Chat",
    "Fault",
    "Person",
    "StoredFile",
    "StoredMessage",
    "Tap",
    "TelegramStandIn",
    "Topic",
    "Update",
    "png",
]
