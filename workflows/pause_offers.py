"""Volunteers rest: because they say so, or because they let several offers in a row go by unanswered.

Passing costs nothing, and so does silence; but somebody who does not answer is asked "still with us?" rather than
asked again and again, and gets no offers until they are back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from desk.errors import InputRejected
from desk.offer import Offer
from desk.people import Responder
from desk.phrases import marked as _
from routing.waves import IGNORED_UNTIL_PAUSE
from workflows.answer_call import step_out
from workflows.voice import Voice

LONGEST_PAUSE = timedelta(days=90)


async def pause_offers(voice: Voice, responder: Responder, rest: timedelta) -> Responder:
    """No offers for so long, in a muster neither; no time at all: back again. Raises InputRejected."""
    if not timedelta() <= rest <= LONGEST_PAUSE:
        raise InputRejected("hours: expected 0 to 2160")
    if rest:
        await step_out(voice, responder)
    resting = replace(responder, paused_until=voice.now + rest if rest else None)
    await voice.work.people.update_responder(resting)
    kind = "Paused" if rest else "Resumed"
    await voice.work.events.add(kind, now=voice.now, responder_id=responder.id)
    return resting


async def pause_who_ignores(voice: Voice, expired: Sequence[Offer]) -> None:
    """Of those whose offers just expired, everybody who has answered none for long is asked, and left in peace."""
    for responder_id in sorted(offer.responder_id for offer in expired):
        ignored = await voice.work.offers.ignored_in_a_row(responder_id)
        if not ignored or ignored % IGNORED_UNTIL_PAUSE:
            continue
        responder = await pause_offers(voice, await voice.work.people.responder(responder_id), LONGEST_PAUSE)
        text = _(
            "Still with us? {count} offers went by, so I am sending you no more for now. With /pause 0 you are back."
        )
        await voice.to_responder(responder, voice.say(responder.locale, text, count=ignored))
