"""Somebody applies to be a volunteer, in a chat or on the web page; a coordinator decides where the policy says so.

In a chat the account is known: whoever is approved is in at once. On the web page they get a code, which works as an
invitation's does (`/start CODE`, `/join CODE`, or the browser) as soon as the application is approved; given in a chat
before, it ties the chat to the application, so that the answer arrives there.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from desk.application import (
    AGAIN_AFTER,
    CODE_LASTS,
    Application,
    ApplicationId,
    ApplicationState,
    ApplicationTrigger,
    ChatAccount,
    after,
)
from desk.conversation import Address
from desk.errors import ApplicationWaits, IllegalTransition, InputRejected, InvitationInvalid, NotAllowed
from desk.people import Account, Author, Invitation, Locale, Responder, Role, TrustLevel
from desk.phrases import marked as _
from desk.volunteering import NOTHING_OPEN, Wishes, checked_wishes
from routing.topics import unit_of_topics, without_doubles
from workflows.care_desk import CareDesk
from workflows.people_come import display_name, open_session, redeem_on_console, token_hash
from workflows.voice import CONSOLE, Voice, speaking
from workflows.volunteer_wishes import first_wishes, save_wishes

LONGEST_NAME = 60
LONGEST_ANSWER = 1000


async def begin_application(voice: Voice, author: Author, chat: str, locale: Locale | None) -> Application:
    """Their open application, or a new one. Raises NotAllowed for whoever was declined a short time ago."""
    last = await voice.work.applications.latest_of(author.channel, author.external_id)
    declined_at = last.decided_at if last is not None and last.state is ApplicationState.DECLINED else None
    if declined_at is not None and voice.now < declined_at + AGAIN_AFTER:
        raise NotAllowed("declined a short time ago")
    first = first_wishes(voice.desk)
    home = voice.desk.locale
    speaks = (locale,) if locale else (home, *(one for one in Locale if one is not home))
    return await voice.work.applications.begin(
        ChatAccount(author.channel, author.external_id, chat), replace(first, languages=speaks),
        name=author.name[:LONGEST_NAME] or "?", locale=locale, now=voice.now,
    )  # fmt: skip


async def hand_in(voice: Voice, application: Application) -> tuple[Application, Responder | None]:
    """The code of conduct is accepted. A responder: they are in. Raises InputRejected, IllegalTransition."""
    state = after(application.state, ApplicationTrigger.HAND_IN)
    if not application.wishes.topics:
        raise InputRejected("topics: choose at least one")
    handed = replace(application, state=state, conduct_at=voice.now)
    await voice.work.events.add("Applied", now=voice.now, application=handed.id)
    if not voice.desk.policy().peer.approval:
        handed = replace(handed, state=after(state, ApplicationTrigger.APPROVE))
    await voice.work.applications.save(handed)
    if handed.state is ApplicationState.APPROVED and handed.account is not None:
        return await _admit(voice, handed, handed.account)
    return handed, None


async def apply_on_page(desk: CareDesk, name: str, wishes: Wishes, locale: Locale) -> tuple[str, Application]:
    """The code of a new application, kept nowhere else. Raises InputRejected."""
    called = " ".join(name.split())
    if not called or len(called) > LONGEST_NAME or not called.isprintable():
        raise InputRejected(f"name: expected 1 to {LONGEST_NAME} characters")
    if not wishes.topics:
        raise InputRejected("topics: choose at least one")
    policy = desk.policy()
    good = checked_wishes(replace(wishes, topics=without_doubles(wishes.topics, policy)), unit_of_topics(policy))
    code = secrets.token_urlsafe(15)
    async with speaking(desk) as voice:
        begun = await voice.work.applications.begin_on_page(
            token_hash(code), good, name=called, locale=locale, now=voice.now
        )
        handed, _nobody = await hand_in(voice, begun)
    return code, handed


async def application_of_code(desk: CareDesk, code: str) -> Application:
    """For the page that says how it stands. Raises InvitationInvalid."""
    async with desk.store.begin() as work:
        found = await work.applications.by_code(token_hash(code), since=desk.clock.now() - CODE_LASTS)
    if found is None:
        raise InvitationInvalid("unknown or too old")
    return found


async def come_with_code(voice: Voice, author: Author, chat: str, code: str) -> Responder | Application | None:
    """A chat account gives the code of an application: it joins, or is tied to it. None: it is no such code.
    Raises InvitationInvalid when it is used up or was declined."""
    found = await voice.work.applications.by_code(token_hash(code.strip()), since=voice.now - CODE_LASTS)
    if found is None:
        return None
    account = ChatAccount(author.channel, author.external_id, chat)
    if found.state is ApplicationState.APPROVED:
        return (await _admit(voice, found, account))[1]
    if found.state is not ApplicationState.WAITING or found.account not in (None, account):
        raise InvitationInvalid("used or declined")
    tied = replace(found, account=account)
    await voice.work.applications.save(tied)
    return tied


async def come_by_browser(voice: Voice, code: str) -> Responder | None:
    """The same in a browser. None: it is no such code. Raises ApplicationWaits, InvitationInvalid."""
    found = await voice.work.applications.by_code(token_hash(code), since=voice.now - CODE_LASTS)
    if found is None:
        return None
    if found.state is ApplicationState.WAITING:
        raise ApplicationWaits("waits for a coordinator")
    if found.state is not ApplicationState.APPROVED:
        raise InvitationInvalid("used or declined")
    return (await _admit(voice, found, None))[1]


async def decide_application(
    desk: CareDesk, by: Responder, application_id: ApplicationId, *, approve: bool, answer: str = ""
) -> Application:
    """A coordinator approves or declines; the applicant is told. Raises NotAllowed, NotFound, IllegalTransition."""
    if by.role not in (Role.COORDINATOR, Role.ADMIN) or not by.active:
        raise NotAllowed("only coordinators and admins decide")
    if len(answer) > LONGEST_ANSWER:
        raise InputRejected(f"answer: at most {LONGEST_ANSWER} characters")
    trigger = ApplicationTrigger.APPROVE if approve else ApplicationTrigger.DECLINE
    async with speaking(desk) as voice:
        found = await voice.work.applications.by_id(application_id)
        decided = replace(
            found, state=after(found.state, trigger), decided_at=voice.now, decided_by=by.id, answer=answer or None
        )
        await voice.work.applications.save(decided)
        kind = "ApplicationApproved" if approve else "ApplicationDeclined"
        await voice.work.events.add(kind, now=voice.now, responder_id=by.id, application=found.id)
        if decided.account is not None:
            if approve:
                decided, _responder = await _admit(voice, decided, decided.account)
            await _tell(voice, decided, decided.account or found.account)
    return decided


async def _tell(voice: Voice, application: Application, account: ChatAccount | None) -> None:
    if account is None:
        return
    if application.state is ApplicationState.DECLINED:
        text = _("Thank you for wanting to help! This time we cannot take you on.")
    else:
        text = _("Welcome, {name}! You will get questions that fit you, with *Take it* and *Pass*. Passing is fine.")
    said = voice.say(application.locale, text, name=application.name)
    if application.answer:
        said = f"{said}\n\n{application.answer}"
    await voice.to_address(Address(account.channel, account.chat), said)


async def _admit(voice: Voice, application: Application, account: ChatAccount | None) -> tuple[Application, Responder]:
    """They are a volunteer now, with what they wished. Raises IllegalTransition."""
    state = after(application.state, ApplicationTrigger.JOIN)
    if account is not None and await voice.work.people.responder_of_account(account.channel, account.external_id):
        raise IllegalTransition("application", application.state, "joined by somebody who is in already")
    invitation = Invitation(
        Role.VOLUNTEER, application.name, topics=(NOTHING_OPEN,), languages=application.wishes.languages,
        trust=TrustLevel.NEWCOMER,
    )  # fmt: skip
    called = display_name(voice.desk, invitation, application.name)
    responder = await voice.work.people.add_responder(invitation, name=called, now=voice.now)
    place = account or ChatAccount(CONSOLE, secrets.token_urlsafe(9), "")
    chat = place.chat or None
    await voice.work.people.add_account(Account(responder.id, place.channel, place.external_id, chat), now=voice.now)
    responder = await save_wishes(voice, responder, application.wishes)
    joined = replace(application, state=state, responder_id=responder.id, account=account)
    await voice.work.applications.save(joined)
    await voice.work.events.add(
        "Joined", now=voice.now, responder_id=responder.id, role=responder.role.value, channel=place.channel
    )
    return joined, responder


async def join_by_browser(desk: CareDesk, code: str) -> tuple[Responder, str]:
    """An invitation's or an application's code in a browser: who came, and their session. Raises InvitationInvalid,
    ApplicationWaits."""
    async with speaking(desk) as voice:
        responder = await come_by_browser(voice, code)
        if responder is not None:
            return responder, await open_session(desk, voice.work, responder.id)
    return await redeem_on_console(desk, code)
