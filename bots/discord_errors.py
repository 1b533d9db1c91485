"""What Discord's refusals mean for the outbox: gone for good, gone for this thread, or worth another try."""

from __future__ import annotations

from bots.discord_rest import Refused
from desk.conversation import Address
from desk.errors import ContactUnreachable, DeliveryError, MessageRefused, ThreadGone

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
UNKNOWN_INTERACTION = 10062
MISSING_ACCESS = 50001
CANNOT_MESSAGE_USER = 50007
MISSING_PERMISSIONS = 50013
INVALID_FORM = 50035
THREAD_ARCHIVED = 50083
NO_MUTUAL_GUILD = 50278
PASSING = frozenset({30046, 40062, 130000, 160006})
"""Too many edits of old messages, a busy or overloaded service, too many active threads: 400s that pass."""

WRONG_LOGIN = "ZURUF_DISCORD_TOKEN: Discord does not accept this token; copy it from the developer portal, page Bot"
INTENT_MISSING = (
    "ZURUF_DISCORD_TOKEN: this bot may not read messages; switch on Message Content Intent"
    " in the Discord developer portal, page Bot, Privileged Gateway Intents"
)


def delivery_error(refused: Refused, to: Address, *, in_guild: bool) -> DeliveryError:
    """The desk's error for a refusal at `to`. `in_guild`: a guild's channel, not somebody's direct messages."""
    if refused.status == 401:
        return DeliveryError(WRONG_LOGIN)
    if refused.code in (CANNOT_MESSAGE_USER, NO_MUTUAL_GUILD):
        return ContactUnreachable("does not take direct messages from us")
    if refused.code == UNKNOWN_CHANNEL:
        return ThreadGone("the thread is gone") if to.thread else ContactUnreachable("the channel is gone")
    if refused.code == MISSING_ACCESS and not in_guild and to.thread is None:
        return ContactUnreachable("we cannot reach these direct messages")
    if refused.code == THREAD_ARCHIVED:
        return ThreadGone("the thread is archived and we may not open it")
    if refused.code in (MISSING_ACCESS, MISSING_PERMISSIONS):
        return DeliveryError(f"the bot lacks a permission in this channel ({refused.code}); give it back on the server")
    by_edge = refused.status == 403 and refused.code == 0  # a proxy's block page, not Discord's own answer
    if refused.status in (400, 403, 413) and refused.code not in PASSING and not by_edge:
        return MessageRefused(f"Discord refused the message ({refused.code}: {refused.message})")
    return DeliveryError(f"Discord answered {refused.status} ({refused.code})")
