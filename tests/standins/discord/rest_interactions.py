"""The route by which a bot answers an interaction: once, in time, in a way that fits what was asked."""

from __future__ import annotations

from collections.abc import Callable

from . import drafts, message_shape, posting, refusals, rules
from .interactions import (
    COMMAND,
    DEFER_UPDATE,
    FORM,
    MESSAGE,
    SHOW_MODAL,
    THINK,
    UPDATE,
    Interaction,
    overdue,
)
from .server import Ask, Route
from .things import COMMAND_ANSWER, LOADING, REPLY, Draft, Json


def callback(ask: Ask) -> Json | None:
    asked = ask.world.interactions.get(ask.ids["token"])
    if asked is None or asked.id != ask.id("interaction_id"):
        raise refusals.unknown("interaction")
    if asked.answer_kind is not None:
        raise refusals.already_acknowledged()
    if overdue(asked, ask.world):
        raise refusals.unknown("interaction")
    kind = int(ask.body.get("type", 0))
    answer = ANSWERS.get(kind)
    misplaced = kind in (DEFER_UPDATE, UPDATE) and (asked.kind == COMMAND or asked.message is None)
    if answer is None or misplaced or (kind == SHOW_MODAL and asked.kind == FORM):
        text = "This interaction cannot be answered in this way"
        raise refusals.invalid("type", "INTERACTION_TYPE_UNSUPPORTED", text)
    answer(ask, asked)
    asked.answer_kind = kind
    ask.world.stir()
    return confirmation(ask, asked) if ask.query.get("with_response", "").lower() in ("1", "true") else None


def say(ask: Ask, asked: Interaction) -> None:
    draft = drafts.read(ask.world, asked.channel, ask.body.get("data") or {}, ask.call.files)
    speak(ask, asked, draft)


def think(ask: Ask, asked: Interaction) -> None:
    flags = int((ask.body.get("data") or {}).get("flags") or 0)
    speak(ask, asked, Draft(flags=flags | LOADING))


def speak(ask: Ask, asked: Interaction, draft: Draft) -> None:
    draft.interaction = asked
    if asked.kind == COMMAND:
        draft.kind = COMMAND_ANSWER
    elif asked.message is not None and asked.message.only_for is None:
        draft.kind, draft.reply_to = REPLY, asked.message
    asked.original = posting.post(ask.world, asked.channel, ask.world.bot, drafts.whisper(draft, asked.person))


def defer_update(ask: Ask, asked: Interaction) -> None:
    asked.original = asked.message


def update(ask: Ask, asked: Interaction) -> None:
    message = asked.message
    assert message is not None
    body = ask.body.get("data") or {}
    draft = drafts.read(ask.world, message.channel, body, ask.call.files, keep=message)
    posting.edit(ask.world, message, draft, drafts.changed(body, ask.call.files))
    asked.original, asked.updated = message, True


def show_modal(ask: Ask, asked: Interaction) -> None:
    modal = ask.body.get("data") or {}
    rules.check_modal(modal)
    asked.modal = modal


def confirmation(ask: Ask, asked: Interaction) -> Json:
    told: Json = {"id": str(asked.id), "type": asked.kind}
    shape: Json = {"interaction": told}
    original = asked.original
    if original is not None and asked.answer_kind != DEFER_UPDATE:
        told["response_message_id"] = str(original.id)
        told["response_message_loading"] = bool(original.flags & LOADING)
        told["response_message_ephemeral"] = original.ephemeral
        message = message_shape.message(original, ask.world)
        shape["resource"] = {"type": asked.answer_kind, "message": message}
    return shape


ANSWERS: dict[int, Callable[[Ask, Interaction], None]] = {
    MESSAGE: say,
    THINK: think,
    DEFER_UPDATE: defer_update,
    UPDATE: update,
    SHOW_MODAL: show_modal,
}

ROUTES: list[Route] = [("POST", "/interactions/{interaction_id}/{token}/callback", callback)]
