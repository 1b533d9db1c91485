"""Those who are in for a storm hear at once that there is an approved wording, another one, or none any more."""

from __future__ import annotations

from desk.muster_call import Reply
from desk.phrases import marked as _
from desk.statement import Statement
from workflows.muster_words import in_buttons, marked_drill
from workflows.voice import Voice

NO_WORDING_NOW = _("📋 **The approved wording was withdrawn**\nPlease do not send it any more. There is none now.")
NEW_WORDING = _("📋 **Approved wording**\nFrom now on say this, and nothing of before:\n{wording}")


async def tell_wording(voice: Voice, statement: Statement) -> int:
    """What they say from now on. How many hear it."""
    return await _tell(voice, statement, NEW_WORDING)


async def tell_withdrawn(voice: Voice, statement: Statement) -> int:
    """They say it no more. How many hear it."""
    return await _tell(voice, statement, NO_WORDING_NOW)


async def _tell(voice: Voice, statement: Statement, text: str) -> int:
    told = []
    for muster in await voice.work.musters.of_incident(statement.incident_id):
        if not muster.is_live:
            continue
        for call, who in await voice.work.musters.calls(muster.id):
            if call.reply is Reply.IN and who.active:
                said = voice.say(who.locale, text, wording=statement.text(who.locale))
                marked = marked_drill(voice, who.locale, muster, said)
                told.append((who, marked, in_buttons(voice, who.locale, muster.id)))
    if told:
        await voice.to_responders(told)
    return len(told)
