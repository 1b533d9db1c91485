"""What goes out to Discord: the body of a message, its buttons, its file.

Every message forbids mentions (nobody is pinged by what somebody else wrote) but of those who asked to be pinged, shows
no link previews, and carries the outbox's key as its nonce: Discord answers a second attempt with the message that is
already there.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator

import aiohttp

from bots.discord_formatting import LIMIT, outbound
from desk.conversation import Attachment, Button, ButtonRows
from desk.errors import DeliveryError, MessageRefused, NotFound
from desk.outbound import ChannelLimits, OutboundMessage

LIMITS = ChannelLimits(
    characters=LIMIT,
    caption=LIMIT,
    per_second=45.0,
    per_chat_second=1.0,
    file_bytes=10 * 1024 * 1024,
    room_per_second=5.0,
    buttons_per_row=5,
)
MOST_ROWS = 5
LONGEST_LABEL = 80
LONGEST_NONCE = 25
ROW, BUTTON = 1, 2
PRIMARY, SECONDARY, LINK = 1, 2, 5
NO_PREVIEWS = 1 << 2
NOBODY = {"parse": [], "replied_user": False}

OpenFile = Callable[[str], AsyncIterator[bytes]]


def new_body(message: OutboundMessage) -> dict[str, object]:
    """The body of a new message. Raises MessageRefused when it is too long or empty."""
    body = changed_body(message)
    if pinged := [one.account for one in message.pings if one.account.isdecimal()]:
        body["content"] = f"{' '.join(f'<@{account}>' for account in pinged)} {body['content']}"
        body["allowed_mentions"] = {**NOBODY, "users": pinged}
    if not message.text.strip() and message.attachment is None:
        raise MessageRefused("an empty message")
    body["flags"] = NO_PREVIEWS
    if message.idempotency_key:
        body |= {"nonce": message.idempotency_key[:LONGEST_NONCE], "enforce_nonce": True}
    if message.reply_to and message.reply_to.isdecimal():
        body["message_reference"] = {"message_id": message.reply_to, "fail_if_not_exists": False}
    return body


def changed_body(message: OutboundMessage) -> dict[str, object]:
    """The body of an edit. Raises MessageRefused when it is too long."""
    if len(message.text) > LIMIT:
        raise MessageRefused(f"{len(message.text)} characters, Discord takes {LIMIT}")
    rows = list(_rows(message.buttons))
    if len(rows) > MOST_ROWS:
        raise MessageRefused(f"{len(rows)} rows of buttons, Discord takes {MOST_ROWS}")
    return {"content": outbound(message.text), "components": rows, "allowed_mentions": NOBODY}


async def form(body: dict[str, object], attachment: Attachment, open_file: OpenFile) -> aiohttp.FormData:
    """A message with its file. The file is read whole, because Discord wants to know its length beforehand."""
    if attachment.storage_key is None:
        raise MessageRefused("the file is not in our storage")
    data = await _read(attachment.storage_key, open_file)
    name = _file_name(attachment.name)
    told = {**body, "attachments": [{"id": "0", "filename": name}]}
    parts = aiohttp.FormData(quote_fields=False)
    parts.add_field("payload_json", json.dumps(told), content_type="application/json")
    parts.add_field("files[0]", data, filename=name, content_type="application/octet-stream")
    return parts


async def _read(key: str, open_file: OpenFile) -> bytes:
    data = bytearray()
    try:
        async for chunk in open_file(key):
            data += chunk
            if len(data) > LIMITS.file_bytes:
                raise MessageRefused(f"the file is larger than {LIMITS.file_bytes} bytes")
    except NotFound:
        raise MessageRefused("the file is not in our storage") from None
    except OSError as fault:
        raise DeliveryError(f"our storage of files cannot be read ({type(fault).__name__})") from fault
    return bytes(data)


def _rows(buttons: ButtonRows) -> Iterator[dict[str, object]]:
    for row in buttons:
        for start in range(0, len(row), LIMITS.buttons_per_row):
            group = row[start : start + LIMITS.buttons_per_row]
            yield {
                "type": ROW,
                "components": [_button(button, start + place) for place, button in enumerate(group)],
            }


def _button(button: Button, place: int) -> dict[str, object]:
    shown: dict[str, object] = {"type": BUTTON, "label": button.label[:LONGEST_LABEL] or "…"}
    if button.url is not None:
        return shown | {"style": LINK, "url": button.url}
    return shown | {"style": SECONDARY if place else PRIMARY, "custom_id": button.action}


def _file_name(name: str) -> str:
    """The name without what would break out of a header."""
    return "".join("_" if sign in '"\\/' or ord(sign) < 32 else sign for sign in name)[:200] or "file"
