"""What a process knows of storms without asking the database: levels, freezes, the playbook in force.

Every question that is filed asks it, so it is kept in memory and renewed every few seconds (app/storm_care.py); a
freeze or a new playbook of another process is known here as late as that.

The newest playbook that was saved is in force. One that this release cannot read any more gives way to the newest that
it can, and last to the packaged one; `problem` says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from desk.errors import SettingsInvalid
from desk.store import Store
from desk.store.storms import Freeze, PlaybookId, SavedPlaybook
from routing.playbook import Play, parse_playbook
from routing.storm import StormLevel

SOURCE = "playbook"
VERSIONS_TRIED = 20
NOTHING_HAPPENS = "version: 1\nlevels: {}\n"


class StormBoard:
    """One a process. `packaged`: the text of the playbook until somebody saves one. `alerts`: how many last, by whether
    somebody acknowledged them."""

    def __init__(self, packaged: str = NOTHING_HAPPENS) -> None:
        """Raises SettingsInvalid."""
        self.packaged = packaged
        self._packaged = parse_playbook(packaged, "routing/playbook.yml")
        self.playbook = self._packaged
        self.text = packaged
        self.problem: str | None = None
        self.alerts: Mapping[bool, int] = {}
        self._version: PlaybookId | None = None
        self._levels: Mapping[str, StormLevel] = {}
        self._freezes: Mapping[str, Freeze] = {}

    def level(self, topic: str | None) -> StormLevel:
        """How rough it is on a topic."""
        return self._levels.get(topic or "", StormLevel.CALM)

    @property
    def levels(self) -> Mapping[str, StormLevel]:
        """Of topics that are not calm."""
        return self._levels

    def play(self, topic: str | None) -> Play:
        """What the playbook says for a topic as it stands."""
        return self.playbook.play(self.level(topic), topic)

    def frozen_until(self, topic: str | None, now: datetime) -> datetime | None:
        """Until when the bot answers nothing by itself on a topic; None: it does."""
        freeze = self._freezes.get(topic or "")
        return freeze.until if freeze is not None and freeze.until > now else None

    async def renew(self, store: Store, now: datetime) -> None:
        """As the database knows it now. Raises StorageUnavailable."""
        async with store.begin() as work:
            levels, freezes = await work.storms.levels(), await work.storms.freezes(now=now)
            lasting = await work.alerts.open()
            newest = await work.storms.newest_playbook()
            versions = await work.storms.playbooks(limit=VERSIONS_TRIED) if newest != self._version else ()
        self._levels = {one.topic: StormLevel(one.level) for one in levels}
        self._freezes = {one.topic: one for one in freezes}
        self.alerts = Counter(one.acknowledged_at is not None for one in lasting)
        if versions:
            self._put_in_force(versions)
            self._version = newest

    def _put_in_force(self, versions: Sequence[SavedPlaybook]) -> None:
        self.problem = None
        for version in versions:
            try:
                self.playbook, self.text = parse_playbook(version.text, f"{SOURCE} {version.id}"), version.text
            except SettingsInvalid as error:
                self.problem = self.problem or str(error)
            else:
                return
        self.playbook, self.text = self._packaged, self.packaged
