"""What coordinators do about incidents in a dialogue, as they would in the storm room.

cora opens the incident: Kein Netz in Köln / No net in Cologne
cora adds Z-1001 Z-1002
cora resolves it: Das Netz ist wieder da. / The net is back.
"""

from __future__ import annotations

import re

from desk.incident import IncidentId, IncidentState, PublicNames
from tests.integration.journeys.care import Care
from workflows.change_incident import add_to_incident
from workflows.follow_incident import take_in_all
from workflows.open_incident import open_incident
from workflows.put_slices import put_slices
from workflows.resolve_incident import resolve_incident
from workflows.voice import speaking

OPENS = re.compile(r"(\w+) opens the incident: (.+) / (.+)")
ADDS = re.compile(r"(\w+) adds (Z-\d+(?: Z-\d+)*)")
RESOLVES = re.compile(r"(\w+) resolves it: (.+) / (.+)")


class Incidents:
    """The newest incident of one desk."""

    def __init__(self, care: Care) -> None:
        self._care = care

    async def does(self, line: str) -> bool:
        """Whether the line is one of these; then it is done."""
        if found := OPENS.fullmatch(line):
            async with speaking(self._care.desk) as voice:
                by = await voice.work.people.responder_of_account("telegram", found[1])
                assert by is not None
                names = PublicNames(found[2], found[3])
                await open_incident(voice, by, title=found[2], topic=None, names=names)
        elif found := ADDS.fullmatch(line):
            for number in found[2].split():
                async with speaking(self._care.desk) as voice:
                    by = await voice.work.people.responder_of_account("telegram", found[1])
                    assert by is not None
                    await add_to_incident(voice, by, await self._newest(), number)
        elif found := RESOLVES.fullmatch(line):
            incident_id = await self._newest()
            async with speaking(self._care.desk) as voice:
                by = await voice.work.people.responder_of_account("telegram", found[1])
                assert by is not None
                await resolve_incident(voice, by, incident_id, text_de=found[2], text_en=found[3])
        else:
            return False
        await self._goes_on()
        return True

    async def _newest(self) -> IncidentId:
        async with self._care.desk.store.begin() as work:
            [incident] = await work.incidents.incidents(IncidentState.CONFIRMED, limit=1)
        return incident.id

    async def _goes_on(self) -> None:
        while await take_in_all(self._care.desk) + await put_slices(self._care.desk):
            await self._care.settle()
        await self._care.settle()
