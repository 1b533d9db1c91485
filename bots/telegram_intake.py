"""One raw update from Telegram, taken in: parsed, read, handed to the desk, its button answered.

`take` returns when the update may be acknowledged: committed, rejected for good, or nothing for us. Malformed and
foreign updates are counted and logged by their kind, never by their content. It raises whatever else `receive`
raised (StorageUnavailable, or a fault of ours): then the update must come again.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace

from aiogram import Bot
from aiogram.enums import ChatMemberStatus
from aiogram.types import Update

from bots import telegram_errors as errors
from bots.telegram_reading import Watch, album_key, read
from bots.telegram_updates import UpdateMalformed, kind_of, parsed
from desk.conversation import Surface
from desk.errors import InputRejected
from desk.inbound import ButtonTapped, CommandGiven, InboundEvent, InboundMessage, Receipt
from desk.phrases import marked as _
from desk.ports import Phrases, ReceiveEvent

log = logging.getLogger(__name__)
NOTICE_CHARACTERS = 200
ANSWER_SECONDS = 10
ALBUMS_FOLLOWED = 500
REFUSAL = _("Sorry, I cannot take this message as it is.")


class Intake:
    """The incoming half of the channel. `counts`: updates by what became of them; `committed` only grows."""

    def __init__(self, bot: Bot, watch: Watch, receive: ReceiveEvent, phrases: Phrases, counts: Counter[str]) -> None:
        self._bot = bot
        self._albums: dict[str, None] = {}
        self._watch = replace(watch, albums=self._albums)
        self._receive = receive
        self._phrases = phrases
        self._counts = counts
        self.committed = 0

    async def take(self, raw: object) -> None:
        """Takes one update in."""
        event = self._event(raw)
        if event is None:
            return
        try:
            receipt = await self._receive(event)
        except InputRejected:
            self._count("rejected", kind_of(raw))
            await self._apologise(event)
            return
        self.committed += 1
        self._counts["duplicate" if receipt.duplicate else "received"] += 1
        if isinstance(event, ButtonTapped):
            await self._answer(event, receipt)

    def _event(self, raw: object) -> InboundEvent | None:
        try:
            update = parsed(raw)
            self._note(update)
            event = read(update, self._watch)
        except UpdateMalformed:
            self._count("malformed", kind_of(raw))
            return None
        except (ValueError, TypeError, OverflowError, RecursionError, AttributeError):
            self._count("unreadable", kind_of(raw))
            return None
        if event is None:
            self._counts["ignored"] += 1
        elif isinstance(event, InboundMessage) and event.album and event.surface is Surface.PUBLIC:
            self._follow(album_key(event.address.chat, event.album))
        return event

    def _follow(self, album: str) -> None:
        """Remembers the album, and no more than the latest ones."""
        self._albums[album] = None
        while len(self._albums) > ALBUMS_FOLLOWED:
            del self._albums[next(iter(self._albums))]

    def _count(self, what: str, kind: str) -> None:
        self._counts[what] += 1
        log.warning("telegram update %s: %s", what, kind)

    def _note(self, update: Update) -> None:
        """What updates tell of the staff chat itself: it moved, or the bot was put out of it."""
        message, change = update.message, update.my_chat_member
        if message and message.migrate_to_chat_id and str(message.chat.id) == self._watch.staff_chat:
            self._watch = replace(self._watch, staff_chat=str(message.migrate_to_chat_id))
            log.warning("the staff chat became a supergroup with a new id: set ZURUF_TELEGRAM_STAFF_CHAT to it")
        gone = {ChatMemberStatus.LEFT, ChatMemberStatus.KICKED}
        if change and str(change.chat.id) == self._watch.staff_chat and change.new_chat_member.status in gone:
            log.error("the bot was removed from the staff chat")

    async def _answer(self, tap: ButtonTapped, receipt: Receipt) -> None:
        """Ends the button's spinner. Too late is nobody's fault, and the tap itself is committed."""
        notice = receipt.notice[:NOTICE_CHARACTERS] if receipt.notice else None
        await self._show(tap, notice, receipt.alert)

    async def _show(self, tap: ButtonTapped, notice: str | None, alert: bool) -> None:
        query = tap.external_id.removeprefix("cb:")
        try:
            await self._bot.answer_callback_query(query, notice, show_alert=alert, request_timeout=ANSWER_SECONDS)
        except Exception as error:
            late = errors.says(error, errors.OLD_QUERY)
            log.log(logging.DEBUG if late else logging.WARNING, "a tap went unanswered: %s", type(error).__name__)

    async def _apologise(self, event: InboundEvent) -> None:
        """Says once, as well as it can, that the desk did not take this; in public only on a tap, which is quiet."""
        if isinstance(event, ButtonTapped):
            await self._show(event, self._phrases.say(event.author.locale, REFUSAL), alert=True)
        elif isinstance(event, InboundMessage | CommandGiven) and event.surface is Surface.PRIVATE:
            words = self._phrases.say(event.author.locale, REFUSAL)
            try:
                await self._bot.send_message(int(event.address.chat), words, request_timeout=ANSWER_SECONDS)
            except Exception as error:
                log.warning("a refusal could not be told: %s", type(error).__name__)
