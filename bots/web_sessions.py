"""Who holds a web chat: a random chat id, signed, so that nothing needs to be stored before the first word.

A token is `<chat id>.<signature>`, the signature an HMAC-SHA256 with the desk's secret key. Whoever holds the token
holds the conversation; a chat id alone (it stands in the database and in logs of ours) opens nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

from bots.web_bot import CHAT_ID

PURPOSE = b"zuruf web chat session:"


class Sessions:
    """Signs and proves tokens."""

    def __init__(self, secret_key: bytes) -> None:
        self._key = secret_key

    def new(self) -> tuple[str, str]:
        """A chat id that nobody had before, and its token."""
        chat = secrets.token_urlsafe(16)
        return chat, self.token(chat)

    def token(self, chat: str) -> str:
        """The token of a chat."""
        return f"{chat}.{self._signature(chat)}"

    def chat_of(self, token: str) -> str | None:
        """The chat that `token` opens, None for what we never signed. Takes the same time for every wrong one."""
        chat, _, signature = token.partition(".")
        if not CHAT_ID.fullmatch(chat) or not signature.isascii():
            return None
        return chat if hmac.compare_digest(signature, self._signature(chat)) else None

    def _signature(self, chat: str) -> str:
        digest = hmac.new(self._key, PURPOSE + chat.encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(digest).rstrip(b"=").decode()
