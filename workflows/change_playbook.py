"""Coordinators change the playbook: a new version that holds, an earlier one again, and what would happen now.

Versions are kept for good. A text with a mistake is refused and the playbook in force stays. Of two who change it at
once the second is told, by the version that they began from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.errors import NotFound, TextChanged
from desk.people import Responder, ResponderId
from desk.store.storms import PlaybookId, SavedPlaybook
from routing.playbook import Playbook, parse_playbook
from routing.playbook_words import dry_run
from routing.reasons import Reason
from routing.storm import StormLevel
from workflows.care_desk import CareDesk
from workflows.permissions import steering
from workflows.storm_board import SOURCE
from workflows.voice import CONSOLE, Voice, speaking

VERSIONS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class PlaybookSheet:
    """The playbook in force and its versions, newest first; `packaged` is the text before any. `people`: who saved."""

    text: str
    newest: PlaybookId | None
    versions: Sequence[SavedPlaybook]
    packaged: str
    problem: str | None
    people: Mapping[ResponderId, Responder]


async def save_playbook(desk: CareDesk, by: Responder, text: str, *, after: PlaybookId | None) -> PlaybookId:
    """In force from now on. `after`: the newest version that `by` saw. Raises NotAllowed, SettingsInvalid with line and
    key, TextChanged."""
    steering(by)
    text = text.replace("\r\n", "\n").strip() + "\n"
    parse_playbook(text, SOURCE)
    async with speaking(desk) as voice:
        saved = await _save(voice, by, text, after)
    await desk.storms.renew(desk.store, desk.clock.now())
    return saved


async def restore_playbook(
    desk: CareDesk, by: Responder, version: PlaybookId | None, *, after: PlaybookId | None
) -> PlaybookId:
    """An earlier one again, as a new version; None: the packaged one. Raises NotAllowed, NotFound, SettingsInvalid when
    this release cannot read it, TextChanged."""
    if version is None:
        return await save_playbook(desk, by, desk.storms.packaged, after=after)
    async with desk.store.begin() as work:
        versions = {one.id: one for one in await work.storms.playbooks(limit=VERSIONS_SHOWN)}
    if version not in versions:
        raise NotFound("no such version")
    return await save_playbook(desk, by, versions[version].text, after=after)


async def playbook_sheet(desk: CareDesk) -> PlaybookSheet:
    """As it is now."""
    async with desk.store.begin() as work:
        versions = await work.storms.playbooks(limit=VERSIONS_SHOWN)
        people = await work.people.responders_by_id([one.by for one in versions])
    await desk.storms.renew(desk.store, desk.clock.now())
    board = desk.storms
    newest = versions[0].id if versions else None
    return PlaybookSheet(board.text, newest, versions, board.packaged, board.problem, people)


async def what_would_happen(
    desk: CareDesk, level: StormLevel, topic: str, playbook: Playbook | None = None
) -> Sequence[Reason]:
    """The dry run of the playbook in force, or of another. Nothing is done."""
    async with desk.store.begin() as work:
        people = await work.people.responders()
        accounts = await work.people.accounts([one.id for one in people])
    chatting = {one.responder_id for one in accounts if one.channel != CONSOLE and one.chat is not None}
    unit = desk.policy().route(topic).unit
    return dry_run(playbook or desk.storms.playbook, level, topic, people, chatting, unit, desk.clock.now())


async def _save(voice: Voice, by: Responder, text: str, after: PlaybookId | None) -> PlaybookId:
    if await voice.work.storms.newest_playbook() != after:
        raise TextChanged("the playbook has another version by now")
    saved = await voice.work.storms.save_playbook(text, by=by.id, now=voice.now)
    await voice.work.events.add("PlaybookSaved", now=voice.now, responder_id=by.id, version=saved)
    return saved
