"""People: what a person does in their app, with the app's own limits.

Everything here takes effect at once and is announced to the bot if it is connected; what needs the
bot's answer (`taps`, `chooses`, `slash`, `picks`, `submits`) waits for it and returns a `Reply`.

Raises NotPossible when the app would not let the person do it (a channel they do not see, a
button that is not there, a text too long): then the test or the bot is wrong. Refused when the platform
says no to a person as it would to a bot (a reaction in an archived thread).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from . import announce, drafts, gestures, posting, snowflake, threads
from .interactions import Modal, Reply
from .places import Channel, Guild
from .rules import CONTENT
from .things import (
    FORUM,
    PRIVATE_THREAD,
    PUBLIC_THREAD,
    VOICE,
    Attachment,
    Draft,
    Member,
    Message,
    NotPossible,
    User,
)

if TYPE_CHECKING:
    from .world import World


class Person(User):
    """One account. A `bot` account acts the same way and is marked as one."""

    def __init__(self, world: World, name: str, bot: bool = False, locale: str = "de") -> None:
        super().__init__(world.ids.next(), name, bot)
        self._world = world
        self.locale = locale

    def __repr__(self) -> str:
        return f"<Person {self.name}>"

    def dm(self) -> Channel:
        """The direct chat with the bot."""
        return posting.direct_chat(self._world, self)

    def writes(
        self,
        text: str,
        channel: Channel,
        reply_to: Message | None = None,
        files: Mapping[str, bytes] | None = None,
        sticker: str | None = None,
    ) -> Message:
        """Say something; `files` are named bytes, several make one message with several attachments."""
        attached = [drafts.attachment(self._world, name, data) for name, data in (files or {}).items()]
        stickers = [sticker] if sticker else []
        return self._post(channel, self._draft(text, attached, stickers, reply_to))

    def attaches(self, channel: Channel, filename: str, data: bytes, text: str = "") -> Message:
        return self.writes(text, channel, files={filename: data})

    def speaks(self, channel: Channel, data: bytes, seconds: float) -> Message:
        """A voice message."""
        recording = Attachment(self._world.ids.next(), "voice-message.ogg", data, "audio/ogg", duration_seconds=seconds)
        return self._post(channel, Draft(attachments=[recording], flags=VOICE))

    def posts(self, forum: Channel, title: str, text: str, tags: Iterable[str] = ()) -> Channel:
        """A forum post: the thread, whose `starter` is the text."""
        self._must_see(forum)
        if forum.kind != FORUM:
            raise NotPossible(f"{forum.title} is no forum")
        chosen = [int(tag["id"]) for tag in forum.tags if tag["name"] in set(tags)]
        draft = self._draft(text, [], [], None)
        return threads.forum_post(self._world, forum, title, self, draft, chosen)[0]

    def opens_thread(self, where: Message | Channel, name: str, private: bool = False) -> Channel:
        """A thread below a message, or on its own in a channel."""
        if isinstance(where, Message):
            self._must_see(where.channel)
            return threads.from_message(self._world, where, name, self)
        self._must_see(where)
        kind = PRIVATE_THREAD if private else PUBLIC_THREAD
        return threads.alone(self._world, where, kind, name, self)

    def edits(self, message: Message, text: str) -> Message:
        self._must_own(message)
        draft = self._draft(text, message.attachments, message.stickers, None)
        return posting.edit(self._world, message, draft, {"content", "mentions", "mention_everyone"})

    def deletes(self, *messages: Message) -> None:
        """Their own messages; in a guild anybody's, as a moderator, and several in one go."""
        for message in messages:
            self._must_read(message)
            if message.channel.guild is None:
                self._must_own(message)
        if len(messages) > 1 and messages[0].channel.guild is not None:
            posting.delete_many(self._world, messages[0].channel, list(messages))
            return
        for message in messages:
            posting.delete(self._world, message)

    def reacts(self, message: Message, emoji: str) -> None:
        self._must_read(message)
        posting.react(self._world, message, emoji, self)

    def unreacts(self, message: Message, emoji: str) -> None:
        posting.unreact(self._world, message, emoji, self)

    def types(self, channel: Channel) -> None:
        self._must_see(channel)
        channel.typed.append(self)
        announce.typing(self._world, channel, self)

    def pins(self, message: Message) -> None:
        self._must_read(message)
        posting.pin(self._world, message, self)

    def archives(self, thread: Channel, locked: bool = False) -> None:
        threads.set_state(self._world, thread, True, locked or None)
        announce.thread(self._world, "THREAD_UPDATE", thread)

    def unarchives(self, thread: Channel) -> None:
        threads.set_state(self._world, thread, False, False)
        announce.thread(self._world, "THREAD_UPDATE", thread)

    def removes(self, channel: Channel) -> None:
        """Delete a channel or thread with everything in it."""
        self._must_see(channel)
        threads.remove(self._world, channel)

    def joins(self, place: Guild | Channel) -> None:
        if isinstance(place, Channel):
            self._must_see(place)
            posting.join(self._world, place, self)
        elif self.id not in place.members:
            place.members[self.id] = Member(self, place, snowflake.now())
            announce.member(self._world, "GUILD_MEMBER_ADD", place.members[self.id])

    def leaves(self, place: Guild | Channel) -> None:
        """After the last shared guild the bot cannot write to them any more."""
        if isinstance(place, Channel):
            posting.leave(self._world, place, self)
            return
        announce.member(self._world, "GUILD_MEMBER_REMOVE", place.members.pop(self.id))
        self.left_a_guild = True

    def closes_dms(self) -> None:
        self.dms_closed = True

    def opens_dms(self) -> None:
        self.dms_closed = False

    async def taps(self, message: Message, button: str) -> Reply:
        """Press a button, named by its label, emoji or custom id."""
        self._must_read(message)
        return await gestures.tap(self._world, self, message, button)

    async def chooses(self, message: Message, select: str, *options: str) -> Reply:
        """Choose options by label or value in a select, named by its placeholder or custom id."""
        self._must_read(message)
        return await gestures.choose(self._world, self, message, select, options)

    async def slash(self, command: str, channel: Channel, **options: object) -> Reply:
        """Use a command the bot has registered; a group's as "group command"."""
        self._must_see(channel)
        return await gestures.slash(self._world, self, command, channel, options)

    async def picks(self, message: Message, command: str) -> Reply:
        """Choose a command of the menu *Apps* on a message, by its name or as it is called in their language."""
        self._must_read(message)
        return await gestures.pick(self._world, self, message, command)

    async def submits(self, modal: Modal, fields: Mapping[str, str]) -> Reply:
        """Fill in a form, fields named by label or custom id, and send it."""
        return await gestures.submit(self._world, self, modal, fields)

    def _draft(self, text: str, attached: list[Attachment], stickers: list[str], reply_to: Message | None) -> Draft:
        if len(text) > CONTENT:
            raise NotPossible(f"a text of {len(text)} characters; the app takes {CONTENT}")
        if not (text or attached or stickers):
            raise NotPossible("an empty message")
        mentions, everyone = drafts.mentioned(self._world, text, None)
        if reply_to is not None and reply_to.author not in mentions:
            mentions.append(reply_to.author)
        return Draft(
            content=text,
            attachments=attached,
            stickers=stickers,
            reply_to=reply_to,
            mentions=mentions,
            mention_everyone=everyone,
        )

    def _post(self, channel: Channel, draft: Draft) -> Message:
        self._must_see(channel)
        if channel.kind == FORUM:
            raise NotPossible(f"{channel.title} is a forum: use `posts`")
        if channel.locked:
            raise NotPossible(f"{channel.title} is locked")
        return posting.post(self._world, channel, self, draft)

    def _must_see(self, channel: Channel) -> None:
        if not self._world.sees(self, channel):
            raise NotPossible(f"{self.name} does not see {channel.title}")

    def _must_read(self, message: Message) -> None:
        self._must_see(message.channel)
        if message.deleted or message.only_for not in (None, self):
            raise NotPossible(f"{self.name} does not see {message!r}")

    def _must_own(self, message: Message) -> None:
        self._must_read(message)
        if message.author is not self:
            raise NotPossible(f"{message!r} is not by {self.name}")
