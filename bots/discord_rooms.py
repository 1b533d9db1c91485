"""Sending, editing, deleting; opening and closing the staff room's threads.

Raises DeliveryError and its children only. A thread that the platform archived meanwhile is opened again for a
message; for an edit or a deletion only as long as that takes.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from bots.discord_errors import INVALID_FORM, THREAD_ARCHIVED, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, delivery_error
from bots.discord_formatting import LIMIT
from bots.discord_places import CHANNEL, DIRECT, Place, Places
from bots.discord_rest import DiscordRest, Refused
from bots.discord_sending import NOBODY, OpenFile, changed_body, form, new_body
from desk.conversation import Address
from desk.errors import DeliveryError, MessageRefused
from desk.outbound import OutboundMessage

log = logging.getLogger(__name__)
PUBLIC_THREAD = 11
LONGEST_NAME = 100
A_WEEK_MINUTES = 10_080

Attempt = Callable[[], Awaitable[Any]]


class Rooms:
    """Everything the bot does to channels, threads and its own messages."""

    def __init__(self, rest: DiscordRest, places: Places, open_file: OpenFile) -> None:
        self._rest = rest
        self._places = places
        self._open_file = open_file

    async def send(self, to: Address, message: OutboundMessage) -> str:
        """Sends one message. Returns its id."""
        body = new_body(message)
        try:
            data = await self._awake(to, lambda: self._post(to, body, message))
        except Refused as refused:
            raise self._meaning(refused, to) from refused
        return str(data["id"])

    async def edit(self, to: Address, external_id: str, message: OutboundMessage) -> None:
        """Replaces text and buttons. A message that is gone is no error."""
        body = changed_body(message)
        await self._change(to, lambda: self._rest.call("PATCH", _message_path(to, external_id), body=body))

    async def delete(self, to: Address, external_id: str) -> None:
        """Takes a message back. Already gone is no error."""
        await self._change(to, lambda: self._rest.call("DELETE", _message_path(to, external_id)))

    async def private_chat(self, account: str) -> Address | None:
        """The direct chat with somebody, opened when there is none."""
        try:
            data = await self._rest.call("POST", "/users/@me/channels", body={"recipient_id": _id(account)})
        except Refused as refused:
            log.info("a direct chat was refused: %s", refused.code or refused.status)
            return None
        return Address(CHANNEL, str(data["id"]))

    async def hide(self, place: Address, external_id: str) -> bool:
        """Deletes somebody's message. False: the bot may not."""
        path = _message_path(place, external_id)
        try:
            await self._awake(place, lambda: self._rest.call("DELETE", path))
        except Refused as refused:
            if refused.code in (UNKNOWN_MESSAGE, UNKNOWN_CHANNEL):
                return True
            if refused.status != 403:
                raise self._meaning(refused, place) from refused
            return False
        return True

    async def open_thread(self, room: Address, title: str) -> Address:
        """A public thread of a text channel, or a post of a forum."""
        try:
            place = await self._place(room.chat)
            body = _thread_body(place, title)
            data = await self._rest.call("POST", f"/channels/{_id(room.chat)}/threads", body=body)
        except Refused as refused:
            raise self._meaning(refused, room) from refused
        return Address(CHANNEL, room.chat, str(data["id"]))

    async def close_thread(self, thread: Address) -> None:
        """Archives a thread. Already gone or archived is no error."""
        if thread.thread is None:
            return
        try:
            await self._archive(thread.thread, archived=True)
        except Refused as refused:
            if refused.code not in (UNKNOWN_CHANNEL, THREAD_ARCHIVED):
                raise self._meaning(refused, thread) from refused

    async def _post(self, to: Address, body: dict[str, object], message: OutboundMessage) -> Any:
        path = f"/channels/{_where(to)}/messages"
        try:
            return await self._posted(path, body, message)
        except Refused as refused:
            if refused.code != INVALID_FORM or "message_reference" not in body:
                raise
        unreferenced = {key: value for key, value in body.items() if key != "message_reference"}
        return await self._posted(path, unreferenced, message)

    async def _posted(self, path: str, body: dict[str, object], message: OutboundMessage) -> Any:
        if message.attachment is None:
            return await self._rest.call("POST", path, body=body)
        return await self._rest.call("POST", path, form=await form(body, message.attachment, self._open_file))

    async def _change(self, to: Address, attempt: Attempt) -> None:
        """A change of an old message: that it is gone is fine, and an archived thread goes back to sleep."""
        try:
            await attempt()
        except Refused as refused:
            if refused.code == UNKNOWN_MESSAGE:
                return
            if refused.code != THREAD_ARCHIVED or to.thread is None:
                raise self._meaning(refused, to) from refused
            await self._change_in_archive(to, attempt)

    async def _change_in_archive(self, to: Address, attempt: Attempt) -> None:
        try:
            await self._awake(to, attempt)
            await self._archive(to.thread or "", archived=True)
        except Refused as refused:
            if refused.code != UNKNOWN_MESSAGE:
                raise self._meaning(refused, to) from refused

    async def _awake(self, to: Address, attempt: Attempt) -> Any:
        """Tries; when the thread is archived, opens it and tries once more."""
        try:
            return await attempt()
        except Refused as refused:
            if refused.code != THREAD_ARCHIVED or to.thread is None:
                raise
            await self._archive(to.thread, archived=False)
            return await attempt()

    async def _archive(self, thread: str, *, archived: bool) -> None:
        await self._rest.call("PATCH", f"/channels/{_id(thread)}", body={"archived": archived})

    async def _place(self, channel_id: str) -> Place:
        known = self._places.known(channel_id)
        return known or self._places.learn(await self._rest.call("GET", f"/channels/{_id(channel_id)}"))

    def _meaning(self, refused: Refused, to: Address) -> DeliveryError:
        place = self._places.known(to.chat)
        return delivery_error(refused, to, in_guild=place is not None and place.kind != DIRECT)


def _thread_body(place: Place, title: str) -> dict[str, object]:
    name = " ".join(title.split())[:LONGEST_NAME] or "…"
    body: dict[str, object] = {"name": name, "auto_archive_duration": A_WEEK_MINUTES}
    if not place.is_forum:
        return body | {"type": PUBLIC_THREAD}
    body["message"] = {"content": title[:LIMIT] or name, "allowed_mentions": NOBODY}
    if place.requires_tag and place.first_tag:
        body["applied_tags"] = [place.first_tag]
    return body


def _where(to: Address) -> str:
    return _id(to.thread or to.chat)


def _message_path(to: Address, external_id: str) -> str:
    return f"/channels/{_where(to)}/messages/{_id(external_id)}"


def _id(value: str) -> str:
    """A snowflake; anything else would reach other routes."""
    if not (value.isascii() and value.isdecimal()):
        raise MessageRefused("not a place on Discord")
    return value
