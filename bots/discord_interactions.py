"""Interactions: slash commands and taps on buttons.

Discord waits 3 s for an answer, the desk may take longer: every interaction is deferred at once, beside the
lanes. A command's answer is a message that only its author sees; a tap is acknowledged silently and a notice,
if any, follows in the same way. A button's custom_id is our action, so buttons of any age work after a restart.

The token of an interaction serves 15 minutes; the platform never repeats one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bots.discord_commands import ON_MESSAGE, THIS_SOLVED_IT
from bots.discord_formatting import LIMIT, clean, outbound
from bots.discord_intake import Intake
from bots.discord_lanes import Lanes
from bots.discord_places import CHANNEL
from bots.discord_reading import author_of, interaction_locale, pointed_at
from bots.discord_rest import DiscordRest, Refused
from desk.conversation import Surface
from desk.errors import DeliveryError, DeskError
from desk.inbound import ButtonTapped, CommandGiven
from desk.people import Author
from desk.phrases import marked as _
from desk.ports import Phrases, ReceiveEvent

PING, COMMAND, COMPONENT = 1, 2, 3
THINK, DEFER_UPDATE = 5, 6
BUTTON = 2
ONLY_FOR_AUTHOR = 1 << 6
NOT_TAKEN = _("Sorry, this did not work. Nothing has changed.")
ALREADY_ACKNOWLEDGED = 40060
LONGEST_ACTION = 100
NO_NOTICE = "✓"

Json = Mapping[str, Any]
log = logging.getLogger(__name__)


class Interactions:
    """One listening's commands and taps."""

    def __init__(
        self, receive: ReceiveEvent, lanes: Lanes, intake: Intake, rest: DiscordRest, phrases: Phrases
    ) -> None:
        self._receive = receive
        self._lanes = lanes
        self._intake = intake
        self._rest = rest
        self._phrases = phrases

    def arrived(self, data: Json) -> None:
        """INTERACTION_CREATE. Raises KeyError, TypeError, ValueError on nonsense."""
        kind = int(data["type"])
        tapped = kind == COMPONENT and int(data["data"].get("component_type") or BUTTON) == BUTTON
        if kind != COMMAND and not tapped:
            log.info("an interaction of type %d is not ours", kind)
            return
        _author(data)
        channel = str(int(data["channel_id"]))
        path = f"/interactions/{int(data['id'])}/{data['token']}/callback"
        deferred: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._lanes.alongside(self._defer(path, kind, deferred))

        async def handled() -> None:
            shown = await deferred
            await (self._command(data, shown) if kind == COMMAND else self._tap(data))

        self._lanes.put(channel, handled)

    async def _defer(self, path: str, kind: int, deferred: asyncio.Future[bool]) -> None:
        try:
            deferred.set_result(await self._promise(path, kind))
        finally:
            if not deferred.done():
                deferred.set_result(False)

    async def _promise(self, path: str, kind: int) -> bool:
        """Promises an answer, twice if need be: when only the first answer was lost, the second one says so."""
        promise: dict[str, object] = {"type": DEFER_UPDATE}
        if kind == COMMAND:
            promise = {"type": THINK, "data": {"flags": ONLY_FOR_AUTHOR}}
        for _attempt in range(2):
            try:
                await self._rest.call("POST", path, body=promise)
                return True
            except Refused as refused:
                log.info("an interaction could not be acknowledged: %d", refused.code)
                return refused.code == ALREADY_ACKNOWLEDGED
            except DeliveryError as fault:
                log.warning("an interaction could not be acknowledged: %s", type(fault).__name__)
        return False

    async def _command(self, data: Json, promised: bool) -> None:
        """Where the promise came too late, the desk itself answers, but only where nobody else reads it."""
        place = await self._intake.place_of(data)
        options = data["data"].get("options") or ()
        event = CommandGiven(
            channel=CHANNEL,
            external_id=f"ix:{int(data['id'])}",
            address=place.address,
            surface=place.surface,
            author=_author(data),
            name=_name(data["data"]),
            argument=clean(str(options[0].get("value") or "")).strip() if options else "",
            sent_at=datetime.now(UTC),
            shows_notice=promised or place.surface is Surface.PUBLIC,
            about=pointed_at(data["data"], self._intake.bot_id, place),
        )
        notice = await self._outcome(event, data) or NO_NOTICE
        if promised:
            await self._show("PATCH", f"{self._hook(data)}/messages/@original", {"content": _shown(notice)})

    async def _tap(self, data: Json) -> None:
        place = await self._intake.place_of(data)
        message = (data.get("message") or {}).get("id")
        event = ButtonTapped(
            channel=CHANNEL,
            external_id=f"ix:{int(data['id'])}",
            address=place.address,
            surface=place.surface,
            author=_author(data),
            action=clean(str(data["data"]["custom_id"]))[:LONGEST_ACTION],
            message_external_id=str(message) if message else None,
        )
        if notice := await self._outcome(event, data):
            await self._show("POST", self._hook(data), {"content": _shown(notice), "flags": ONLY_FOR_AUTHOR})

    async def _outcome(self, event: CommandGiven | ButtonTapped, data: Json) -> str | None:
        """The notice to show, after the commit."""
        outcome = await self._lanes.hand_over(self._receive, event)
        if isinstance(outcome, DeskError):
            return self._phrases.say(interaction_locale(data), NOT_TAKEN)
        return outcome.notice

    async def _show(self, method: str, path: str, body: dict[str, object]) -> None:
        for pause in (0.5, 2.0, 0.0):
            try:
                await self._rest.call(method, path, body={**body, "allowed_mentions": {"parse": []}})
                return
            except Refused as refused:
                log.warning("a notice was refused: %s", refused)
                return
            except DeliveryError as fault:
                log.warning("a notice could not be shown: %s", type(fault).__name__)
                await asyncio.sleep(min(fault.retry_after or pause, 5.0))

    def _hook(self, data: Json) -> str:
        return f"/webhooks/{int(data['application_id'])}/{data['token']}"


def _name(chosen: Json) -> str:
    """The command's name; that of the menu on a message is /solved."""
    on_message = int(chosen.get("type") or 1) == ON_MESSAGE and chosen["name"] == THIS_SOLVED_IT
    return "solved" if on_message else str(chosen["name"]).lower()


def _author(data: Json) -> Author:
    member = data.get("member") or {}
    user = member.get("user") or data["user"]
    return author_of(user, member, str(data.get("locale") or ""))


def _shown(notice: str) -> str:
    return outbound(notice)[:LIMIT]
