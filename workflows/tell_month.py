"""The thank-you of the month: a picture of what a volunteer's help did, sent once, when the month is over for them.

Each picture goes out in their own hours, from the first of the month on; whoever has none until the fifteenth is spared
an old one. It is drawn and kept outside any transaction; then one transaction notes that they are told and puts it
on the outbox, so that of any number of workers one tells them, once.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk.honours import Month, MonthOfHelp, month_before
from desk.people import Responder, ResponderId
from desk.phrases import marked as _
from desk.volunteering import Availability, may_be_asked
from workflows.care_desk import CareDesk
from workflows.voice import Voice, speaking
from workflows.volunteer_record import topic_name

DrawMonth = Callable[[MonthOfHelp], Awaitable[bytes]]
"""Port: the picture as PNG."""

LAST_DAY = 15
AT_ONCE = 100
LARGEST_PICTURE = 2_000_000
_WIDEST = timedelta(hours=14)
"""How far any place on earth is from UTC."""


async def tell_months(desk: CareDesk, draw: DrawMonth) -> int:
    """Tells everybody whose time it is. Returns how many were told."""
    now = desk.clock.now()
    firsts = {month_before(now + shift, "UTC").first for shift in (-_WIDEST, timedelta(), _WIDEST)}
    return sum([await _tell_all(desk, draw, first) for first in sorted(firsts)])


async def _tell_all(desk: CareDesk, draw: DrawMonth, first: date) -> int:
    after, told = ResponderId(0), 0
    while True:
        async with desk.store.begin() as work:
            found = await work.honours.untold(_anywhere(first), after=after, limit=AT_ONCE)
        for responder_id in found:
            told += await _tell(desk, draw, responder_id, first)
        if len(found) < AT_ONCE:
            return told
        after = found[-1]


def _anywhere(first: date) -> Month:
    """The month as long as it lasts at any place on earth."""
    here = month_before(datetime(first.year, first.month, 28, tzinfo=ZoneInfo("UTC")) + timedelta(days=7), "UTC")
    return Month(here.first, here.begins_at - _WIDEST, here.ends_at + _WIDEST)


async def _tell(desk: CareDesk, draw: DrawMonth, responder_id: ResponderId, first: date) -> bool:
    now = desk.clock.now()
    async with speaking(desk) as voice:
        volunteer = await voice.work.people.responder(responder_id)
        wishes = await voice.work.volunteers.wishes(responder_id)
        availability = wishes.availability if wishes is not None else None
        month = month_before(now, _zone(desk, availability))
        late = now.astimezone(ZoneInfo(_zone(desk, availability))).day > LAST_DAY
        if month.first != first or late or not may_be_asked(availability, now):
            return False
        shown = await _month_of(voice, volunteer, month)
        if shown is None:
            await voice.work.honours.told(responder_id, first, now=now)
            return False
    png = await draw(shown)
    return await _send(desk, volunteer, shown, png)


def _zone(desk: CareDesk, availability: Availability | None) -> str:
    return availability.zone if availability is not None else desk.zone


async def _month_of(voice: Voice, volunteer: Responder, month: Month) -> MonthOfHelp | None:
    """None when there was no help and no thanks in the month as it was where they live."""
    done = await voice.work.honours.help_of(volunteer.id, begins_at=month.begins_at, ends_at=month.ends_at)
    if not done.people and not done.thanks:
        return None
    locale, policy = volunteer.locale, voice.desk.policy()
    topics = [(topic_name(policy, one.topic, locale, voice), one.people) for one in done.topics]
    return MonthOfHelp(volunteer.name, locale, month.first, done.people, topics, done.thanks)


async def _send(desk: CareDesk, volunteer: Responder, shown: MonthOfHelp, png: bytes) -> bool:
    key, size = await desk.files.store(_whole(png), limit=LARGEST_PICTURE)
    async with speaking(desk) as voice:
        is_first = await voice.work.honours.told(volunteer.id, shown.first, now=voice.now)
        if is_first:
            name = f"{shown.first:%Y-%m}.png"
            picture = await voice.work.honours.keep_picture(
                volunteer.id, shown.first, name=name, storage_key=key, size=size
            )
            text = _(
                "💛 Thank you for last month! People you helped: {people}. Thanks you got: {thanks}. The picture is "
                "yours to keep or to share; it names nobody but you."
            )
            said = voice.say(volunteer.locale, text, people=shown.people, thanks=shown.thanks)
            await voice.to_responder(volunteer, said, attachments=[picture])
            await voice.work.events.add("MonthTold", now=voice.now, responder_id=volunteer.id, month=str(shown.first))
    if not is_first:
        await desk.files.forget(key)
    return is_first


async def _whole(png: bytes) -> AsyncIterator[bytes]:
    yield png
