"""Those who are in for a storm hear at once that there is an approved wording, or another one than before."""

from __future__ import annotations

from desk.muster_call import Reply
from desk.phrases import marked as _
from desk.statement import Statement
from workflows.muster_words import in_buttons, marked_drill
from workflows.voice import Voice

NEW_WORDING = _("📋 **Approved wording**\nFrom now on say this, and nothing of before:\n{wording}")


async def tell_wording(voice: Voice, statement: Statement) -> int:
    """Tells them. How many."""
    told = []
    for muster in await voice.work.musters.of_incident(statement.incident_id):
        if not muster.is_live:
            continue
        for call, who in await voice.work.musters.calls(muster.id):
            if call.reply is Reply.IN and who.active:
                said = voice.say(who.locale, NEW_WORDING, wording=statement.text(who.locale))
                text = marked_drill(voice, who.locale, muster, said)
                told.append((who, text, in_buttons(voice, who.locale, muster.id)))
    if told:
        await voice.to_responders(told)
    return len(told)
