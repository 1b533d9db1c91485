"""How contacts read a statement, a correction and an outcome: as the brand's own words, in their language.

Whose language is not known yet gets both. What is only practice says so first.
"""

from __future__ import annotations

from desk.broadcast import BroadcastKind
from desk.people import Locale
from desk.phrases import marked as _
from desk.statement import Statement
from workflows.care_desk import CareDesk

OFFICIAL = _("📣 **Official statement by {brand}**")
CORRECTION = _("📣 **Correction by {brand}**\nWhat we told you about this before is no longer right. Now it is:")
OUTCOME = _("📣 **{brand} has news for you**")
STANDS_ABOVE = _("📣 {brand} has made a statement on this. It stands further up here.")
DRILL = _("🧪 This is a drill, nothing has happened.")

HEADS = {
    BroadcastKind.STATEMENT: OFFICIAL,
    BroadcastKind.CORRECTION: CORRECTION,
    BroadcastKind.OUTCOME: OUTCOME,
}


def statement_words(
    desk: CareDesk, locale: Locale | None, kind: BroadcastKind, text_de: str, text_en: str, *, drill: bool = False
) -> str:
    """The whole message. `kind` says what stands over it."""
    texts = {Locale.GERMAN: text_de, Locale.ENGLISH: text_en}
    return "\n\n".join(_in_one(desk, one, HEADS[kind], texts[one], drill) for one in _languages(desk, locale))


def words_of(
    desk: CareDesk, locale: Locale | None, statement: Statement, *, corrects: bool, drill: bool = False
) -> str:
    """A statement as somebody reads it who got another one before, or none."""
    kind = BroadcastKind.CORRECTION if corrects else BroadcastKind.STATEMENT
    return statement_words(desk, locale, kind, statement.text_de, statement.text_en, drill=drill)


def stands_above(desk: CareDesk, locale: Locale | None) -> str:
    """For whoever asks in public where the statement was posted already."""
    return "\n".join(desk.phrases.say(one, STANDS_ABOVE, brand=desk.brand) for one in _languages(desk, locale))


def _languages(desk: CareDesk, locale: Locale | None) -> list[Locale]:
    """The desk's own language first, when nobody knows theirs."""
    return [locale] if locale else sorted(Locale, key=lambda one: one is not desk.locale)


def _in_one(desk: CareDesk, locale: Locale, head: str, text: str, drill: bool) -> str:
    said = f"{desk.phrases.say(locale, head, brand=desk.brand)}\n\n{text}"
    return f"{desk.phrases.say(locale, DRILL)}\n{said}" if drill else said
