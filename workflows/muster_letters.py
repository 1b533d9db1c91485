"""The bot's messages about a muster: what is said replaces what it is about, so that no old button stays."""

from __future__ import annotations

from collections.abc import Sequence

from desk.conversation import ButtonRows
from desk.muster import Muster
from desk.outbound import Operation, OutboxEntry, OutboxRow
from desk.people import Responder, ResponderId
from workflows.muster_words import marked_drill
from workflows.voice import Voice


async def replace_letters(
    voice: Voice, muster: Muster, told: Sequence[tuple[Responder, str, ButtonRows]], *, send_anew: bool = True
) -> None:
    """Puts a text in place of the newest message with buttons of the muster that each of them has. Without one it is
    sent, if `send_anew`."""
    await voice.flush()  # what was said in this transaction may be the last message
    actions = {f"muster.in:{muster.id}", f"muster.not:{muster.id}"}
    newest: dict[ResponderId | None, OutboxRow] = {}
    for row in await voice.work.outbox.about_no_ticket([who.id for who, _t, _b in told], since=muster.called_at):
        if any(button.action in actions for line in row.entry.buttons for button in line):
            newest[row.entry.responder_id] = row
    anew: list[tuple[Responder, str, ButtonRows]] = []
    for responder, said, buttons in told:
        text = marked_drill(voice, responder.locale, muster, said)
        found = newest.get(responder.id)
        if found is None:
            anew.append((responder, text, buttons))
            continue
        entry = OutboxEntry(
            stream=found.entry.stream,
            address=found.entry.address,
            operation=Operation.EDIT,
            text=text,
            buttons=buttons,
            target_id=found.id,
            responder_id=responder.id,
        )
        await voice.put([entry])
    if anew and send_anew:
        await voice.to_responders(anew)
