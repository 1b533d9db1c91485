"""Bearer tokens for programs. A token acts as one member of staff, is shown once and kept as its hash only."""

from __future__ import annotations

import secrets

from desk.errors import InputRejected, NotAllowed
from desk.people import Responder
from workflows.care_desk import CareDesk
from workflows.people_come import token_hash

PREFIX = "zuruf_"
LONGEST_LABEL = 60


async def make_api_token(desk: CareDesk, responder: Responder, *, label: str) -> str:
    """A new token of theirs. Raises NotAllowed for volunteers, InputRejected for a label too long."""
    if not responder.role.is_staff or not responder.active:
        raise NotAllowed("tokens are for staff")
    if len(label) > LONGEST_LABEL:
        raise InputRejected(f"label: at most {LONGEST_LABEL} characters")
    token = PREFIX + secrets.token_urlsafe(32)
    now = desk.clock.now()
    async with desk.store.begin() as work:
        await work.api_tokens.add(token_hash(token), responder.id, label=label, now=now)
        await work.events.add("ApiTokenMade", now=now, responder_id=responder.id, label=label)
    return token


async def end_api_tokens(desk: CareDesk, responder: Responder, *, label: str | None = None) -> int:
    """Ends all of theirs, or those with this label. Returns how many."""
    now = desk.clock.now()
    async with desk.store.begin() as work:
        ended = await work.api_tokens.end_all(responder.id, label=label, now=now)
        await work.events.add("ApiTokensEnded", now=now, responder_id=responder.id, count=ended)
    return ended


async def who_calls(desk: CareDesk, token: str) -> Responder | None:
    """As whom the token acts; None when it is unknown or ended, or they are no active staff any more."""
    async with desk.store.begin() as work:
        responder = await work.api_tokens.holder(token_hash(token), now=desk.clock.now())
    return responder if responder is not None and responder.role.is_staff else None
