"""Reactions on Telegram that say *this solved it*. Pure: no I/O, no clock.

Telegram lets people choose from a fixed list that has no tick; two of its signs can hardly mean anything else. It tells
bots of reactions only where they are administrators, and never who it was when the person is anonymous.
"""

from __future__ import annotations

from collections.abc import Iterable

from aiogram.enums import ChatType
from aiogram.types import MessageReactionUpdated, ReactionTypeEmoji, User
from aiogram.types.reaction_type_union import ReactionTypeUnion

from bots.telegram_people import NAME, person
from desk.conversation import Address
from desk.inbound import Reacted

SOLVING = frozenset({"🏆", "💯"})


def reaction(change: MessageReactionUpdated) -> Reacted | None:
    """Somebody put such a sign on a message of a group, or took it away; None for everything else."""
    before, after = _solves(change.old_reaction), _solves(change.new_reaction)
    if before is after or change.chat.type == ChatType.PRIVATE or not isinstance(change.user, User):
        return None
    chat = str(change.chat.id)
    return Reacted(NAME, Address(NAME, chat), person(change.user), f"{chat}:{change.message_id}", after)


def _solves(reactions: Iterable[ReactionTypeUnion]) -> bool:
    return any(isinstance(one, ReactionTypeEmoji) and one.emoji in SOLVING for one in reactions)
