"""What coordinators do about statements in a dialogue, as they would on the statement's page.

cora submits: Das Netz ist gestört. / The net is down.
cora tells all who wait
"""

from __future__ import annotations

import re

from desk.incident import IncidentId, IncidentState
from desk.people import Responder
from tests.integration.journeys.care import Care
from workflows.approve_statement import tell_waiting
from workflows.voice import Voice, speaking
from workflows.write_statement import submit_statement, write_statement

SUBMITS = re.compile(r"(\w+) submits: (.+) / (.+)")
TELLS = re.compile(r"(\w+) tells all who wait")


class Statements:
    """Those on the newest incident of one desk."""

    def __init__(self, care: Care) -> None:
        self._care = care

    async def does(self, line: str) -> bool:
        """Whether the line is one of these; then it is done."""
        if found := SUBMITS.fullmatch(line):
            async with speaking(self._care.desk) as voice:
                by, incident = await _who_and_what(voice, found[1])
                draft = await write_statement(voice, by, incident, found[2], found[3], seen=None)
                await submit_statement(voice, by, draft.id, incident)
        elif found := TELLS.fullmatch(line):
            async with speaking(self._care.desk) as voice:
                await tell_waiting(voice, *await _who_and_what(voice, found[1]))
        else:
            return False
        await self._care.settle()
        return True


async def _who_and_what(voice: Voice, name: str) -> tuple[Responder, IncidentId]:
    by = await voice.work.people.responder_of_account("telegram", name)
    assert by is not None
    [incident] = await voice.work.incidents.incidents(IncidentState.CONFIRMED, limit=1)
    return by, incident.id
