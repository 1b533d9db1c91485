"""People come: invitations are made and redeemed, one-time links sign in, accounts become unreachable.

Codes and tokens are random, shown once and stored as SHA-256 only: a leaked database opens nothing. An invitation
works once; the account that redeems it is the responder from then on.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from desk.conversation import Surface
from desk.display_names import looks_like_staff
from desk.errors import InvitationInvalid, NotAllowed
from desk.inbound import CommandGiven, ReachabilityChanged, Receipt
from desk.people import Account, Invitation, Reachability, Responder, ResponderId
from desk.phrases import marked as _
from desk.store import Work
from workflows.care_desk import CareDesk
from workflows.drop_out import end_offers_if_unreachable
from workflows.voice import CONSOLE, Voice

INVITATION_LASTS = timedelta(days=14)
SIGN_IN_LASTS = timedelta(minutes=30)
SESSION_LASTS = timedelta(days=14)


def token_hash(token: str) -> bytes:
    """What is stored of a code or token."""
    return hashlib.sha256(token.encode()).digest()


async def invite(desk: CareDesk, invitation: Invitation, *, by: ResponderId | None = None) -> str:
    """A new invitation, made `by` a responder or from the terminal. Returns its code, which is kept nowhere else."""
    code = secrets.token_urlsafe(15)
    now = desk.clock.now()
    async with desk.store.begin() as work:
        await work.people.add_invitation(token_hash(code), invitation, now=now, expires_at=now + INVITATION_LASTS)
        await work.events.add("Invited", now=now, responder_id=by, role=invitation.role.value)
    return code


async def invite_again(desk: CareDesk, responder: Responder) -> str:
    """A code with which a responder adds another account: an agent on Telegram joins on Discord, too."""
    again = Invitation(responder.role, responder.name, languages=responder.languages, existing=responder.id)
    return await invite(desk, again)


async def redeem(
    desk: CareDesk, work: Work, code: str, *, channel: str, external_id: str, chat: str | None, name: str
) -> Responder:
    """The account joins. Raises InvitationInvalid."""
    now = desk.clock.now()
    invitation = await work.people.take_invitation(token_hash(code.strip()), now=now)
    if invitation is None:
        raise InvitationInvalid("unknown, used or too old")
    if invitation.existing is not None:
        responder = await work.people.responder(invitation.existing)
    else:
        shown = display_name(desk, invitation, invitation.name or name or "?")
        responder = await work.people.add_responder(invitation, name=shown, now=now)
    await work.people.use_invitation(token_hash(code.strip()), responder.id, now=now)
    await work.people.add_account(Account(responder.id, channel, external_id, chat), now=now)
    await work.events.add("Joined", now=now, responder_id=responder.id, role=responder.role.value, channel=channel)
    return responder


def display_name(desk: CareDesk, invitation: Invitation, name: str) -> str:
    """A volunteer who calls themselves like the brand or its staff gets a plain name instead."""
    if invitation.role.is_staff or not looks_like_staff(name, desk.brand):
        return name
    return desk.phrases.say(invitation.languages[0] if invitation.languages else None, _("Volunteer"))


async def redeem_in_chat(voice: Voice, event: CommandGiven, code: str) -> Responder:
    """`/start CODE` or `/join CODE` in a private chat. Raises InvitationInvalid, NotAllowed in public."""
    if event.surface is not Surface.PRIVATE:
        raise NotAllowed("codes are for private chats")
    return await redeem(
        voice.desk,
        voice.work,
        code,
        channel=event.channel,
        external_id=event.author.external_id,
        chat=event.address.chat,
        name=event.author.name,
    )


async def enlist(desk: CareDesk, work: Work, invitation: Invitation) -> Responder:
    """A responder who lives on the console, without an invitation: the first people of a new desk."""
    now = desk.clock.now()
    responder = await work.people.add_responder(invitation, name=invitation.name or "?", now=now)
    await work.people.add_account(Account(responder.id, CONSOLE, secrets.token_urlsafe(9), None), now=now)
    await work.events.add("Joined", now=now, responder_id=responder.id, role=responder.role.value, channel=CONSOLE)
    return responder


async def redeem_on_console(desk: CareDesk, code: str) -> tuple[Responder, str]:
    """The invitation's url was opened: a console account and a session. Raises InvitationInvalid."""
    async with desk.store.begin() as work:
        account = secrets.token_urlsafe(9)
        responder = await redeem(desk, work, code, channel=CONSOLE, external_id=account, chat=None, name="")
        return responder, await open_session(desk, work, responder.id)


async def sign_in_link(desk: CareDesk, work: Work, responder: Responder) -> str:
    """A one-time link to the console for the responder."""
    token = secrets.token_urlsafe(24)
    expires_at = desk.clock.now() + SIGN_IN_LASTS
    await work.people.add_sign_in_link(token_hash(token), responder.id, expires_at=expires_at)
    return f"{desk.public_url}/console/sign-in/{token}"


async def sign_in(desk: CareDesk, token: str) -> tuple[Responder, str]:
    """Opens a session with a one-time link's token. Raises InvitationInvalid."""
    now = desk.clock.now()
    async with desk.store.begin() as work:
        responder = await work.people.use_sign_in_link(token_hash(token), now=now)
        if responder is None or not responder.active:
            raise InvitationInvalid("unknown, used or too old")
        await work.events.add("SignedIn", now=now, responder_id=responder.id)
        return responder, await open_session(desk, work, responder.id)


async def sign_out(desk: CareDesk, session: str) -> None:
    """Ends a session."""
    async with desk.store.begin() as work:
        await work.people.end_session(token_hash(session))


async def who_is(desk: CareDesk, session: str) -> Responder | None:
    """The responder of a console session, None when it is unknown, over, or they are not active any more."""
    async with desk.store.begin() as work:
        responder = await work.people.session(token_hash(session), now=desk.clock.now())
        return responder if responder is not None and responder.active else None


async def open_session(desk: CareDesk, work: Work, responder_id: ResponderId) -> str:
    """A session of the console. Returns its token."""
    token = secrets.token_urlsafe(24)
    now = desk.clock.now()
    await work.people.add_session(token_hash(token), responder_id, now=now, expires_at=now + SESSION_LASTS)
    return token


async def note_reachability(desk: CareDesk, event: ReachabilityChanged) -> Receipt:
    """An account blocked the bot, left or came back: a state, seen by staff."""
    async with desk.store.begin() as work:
        await work.people.set_reachability(event.channel, event.author.external_id, event.reachability)
        responder = await work.people.responder_of_account(event.channel, event.author.external_id)
    if responder is not None and event.reachability is not Reachability.REACHABLE:
        await end_offers_if_unreachable(desk, responder.id)
    return Receipt()
