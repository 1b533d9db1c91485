"""A volunteer says whether, when and for how much they may be called in storms; it holds at once, also in one."""

from __future__ import annotations

from desk.errors import NotAllowed
from desk.muster_call import Reply
from desk.people import Responder, Role
from desk.storm_wishes import StormWishes, checked_storm_wishes
from workflows.answer_call import put_on_duty
from workflows.call_muster import enlist
from workflows.voice import Voice


async def wish_for_storms(voice: Voice, responder: Responder, wishes: StormWishes) -> StormWishes:
    """Puts them in force; who opts in while a muster lasts is called, too. Raises InputRejected, NotAllowed."""
    if responder.role is not Role.VOLUNTEER:
        raise NotAllowed("staff are not called, they are alerted")
    good = checked_storm_wishes(wishes)
    musters = voice.work.musters
    await musters.save_storm_wishes(responder.id, good, now=voice.now)
    await voice.work.events.add("StormWishesChanged", now=voice.now, responder_id=responder.id)
    replies = {one.muster_id: one.reply for one in await musters.replies_of(responder.id)}
    for muster in await musters.live():
        if replies.get(muster.id) is Reply.IN:
            await put_on_duty(voice, responder, muster)
        elif good.is_called and muster.id not in replies:
            await enlist(voice, muster, responder.id)
    return good
