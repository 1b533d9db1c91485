"""The brand's own words for contacts in danger: said by the desk, changed by coordinators.

A change is a new version, kept with who and when, and stands in the audit log. Taking a text back to its default is a
version too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk.brand_texts import DEFAULTS, LONGEST, BrandTextName, BrandTextVersion
from desk.errors import InputRejected, NotAllowed, TextChanged
from desk.people import Locale, Responder, Role
from workflows.care_desk import CareDesk
from workflows.voice import Voice

MAY_CHANGE = frozenset({Role.COORDINATOR, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text in one language as it is in force. `version` 0: nobody ever changed it. `versions`: newest first."""

    name: BrandTextName
    locale: Locale
    text: str
    is_default: bool
    version: int
    versions: Sequence[BrandTextVersion]


async def brand_text(voice: Voice, name: BrandTextName, locale: Locale) -> str:
    """The text in force."""
    newest = await voice.work.brand_texts.newest(name, locale)
    own = newest.text if newest is not None else None
    return own or voice.say(locale, DEFAULTS[name])


async def texts_in_force(desk: CareDesk) -> Sequence[ShownText]:
    """Every text in both languages, with its history."""
    async with desk.store.begin() as work:
        versions = await work.brand_texts.versions()
    return [_shown(desk, name, locale, versions) for name in BrandTextName for locale in Locale]


def _shown(desk: CareDesk, name: BrandTextName, locale: Locale, all_versions: Sequence[BrandTextVersion]) -> ShownText:
    versions = sorted(
        (one for one in all_versions if (one.name, one.locale) == (name, locale)), key=lambda one: -one.version
    )
    own = versions[0].text if versions else None
    text = own or desk.phrases.say(locale, DEFAULTS[name])
    return ShownText(name, locale, text, own is None, versions[0].version if versions else 0, versions)


async def change_brand_text(
    voice: Voice, responder: Responder, name: BrandTextName, locale: Locale, text: str | None, *, after: int
) -> None:
    """Puts new words in force; None: the default. `after`: the version that was seen, so that nobody overwrites what
    they have not read. Raises NotAllowed, InputRejected, TextChanged."""
    if responder.role not in MAY_CHANGE or not responder.active:
        raise NotAllowed("coordinators and admins change texts")
    if text is not None and not text.strip():
        raise InputRejected("text: empty; the default is a button of its own")
    if text is not None and len(text) > LONGEST:
        raise InputRejected(f"text: at most {LONGEST} characters")
    newest = await voice.work.brand_texts.newest(name, locale)
    if (newest.version if newest is not None else 0) != after:
        raise TextChanged("somebody else changed this text meanwhile")
    words = text.strip() if text is not None else None
    added = await voice.work.brand_texts.add(
        name, locale, version=after + 1, text=words, by=responder.id, now=voice.now
    )
    if not added:
        raise TextChanged("somebody else changed this text meanwhile")
    await voice.work.events.add(
        "BrandTextChanged",
        now=voice.now,
        responder_id=responder.id,
        name=name.value,
        locale=locale.value,
        version=after + 1,
        default=words is None,
    )
