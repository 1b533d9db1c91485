"""Gestures: taps, choices, commands and forms become interactions the bot must answer.

An interaction goes to every connected session. With none connected nobody can answer, and the
person reads that the application did not respond.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from . import message_shape, options, shapes
from .events import Event
from .interactions import COMMAND, COMPONENT, FORM, Interaction, Modal, Reply, control, outcome
from .places import Channel
from .things import DM, Json, Message, NotPossible, caption

if TYPE_CHECKING:
    from .people import Person
    from .world import World

GUILD_CONTEXT, DM_CONTEXT = 0, 1


async def tap(world: World, person: Person, message: Message, button: str) -> Reply:
    part = control(message, button, 2)
    data = {"custom_id": part["custom_id"], "component_type": 2, "id": part["id"]}
    return await ask(world, person, COMPONENT, message.channel, data, message)


async def choose(world: World, person: Person, message: Message, select: str, chosen: Iterable[str]) -> Reply:
    part = control(message, select, 3)
    values: list[str] = []
    for wanted in chosen:
        fitting = [o["value"] for o in part["options"] if wanted in (o["label"], o["value"])]
        if not fitting:
            raise NotPossible(f"no option {wanted!r} in {caption(part) or select!r}")
        values.append(fitting[0])
    if not (part.get("min_values") or 1) <= len(values) <= (part.get("max_values") or 1):
        raise NotPossible(f"{select!r} does not take {len(values)} options")
    data = {"custom_id": part["custom_id"], "component_type": 3, "id": part["id"], "values": values}
    return await ask(world, person, COMPONENT, message.channel, data, message)


async def slash(world: World, person: Person, command: str, channel: Channel, given: Mapping[str, object]) -> Reply:
    registered = options.find_command(world, command.split()[0], channel)
    data = options.invocation(world, registered, command.split()[1:], channel, given)
    return await ask(world, person, COMMAND, channel, data, None)


async def pick(world: World, person: Person, message: Message, command: str) -> Reply:
    """The message comes with the interaction, complete, whatever the intents."""
    registered = options.find_menu_entry(world, command, message.channel, person.locale)
    data: Json = {"id": registered["id"], "name": registered["name"], "type": 3, "target_id": str(message.id)}
    data["resolved"] = {"messages": {str(message.id): message_shape.message(message, world)}}
    return await ask(world, person, COMMAND, message.channel, data, None)


async def submit(world: World, person: Person, modal: Modal, fields: Mapping[str, str]) -> Reply:
    """The app checks the form first: every field known, filled when required, not too long or short."""
    names = {name for one in modal.fields for name in (one.label, one.custom_id)}
    if unknown := set(fields) - names:
        raise NotPossible(f"no field {unknown} in {modal.title!r}, only {names}")
    values: dict[str, str] = {}
    for one in modal.fields:
        text = fields.get(one.label, fields.get(one.custom_id, one.value))
        too_short = len(text) < max(one.least, 1) and (one.required or text)
        if too_short or len(text) > one.most:
            raise NotPossible(f"{one.label!r} does not take {len(text)} characters")
        values[one.custom_id] = text
    data = {"custom_id": modal.custom_id, "components": [filled(c, values) for c in modal.components]}
    opener = modal.opener
    return await ask(world, person, FORM, opener.channel, data, opener.message)


def filled(component: Json, values: Mapping[str, str]) -> Json:
    """The form as it is sent back: types and custom ids with the values."""
    shape: Json = {"type": component["type"], "id": component.get("id", 1)}
    if component["type"] == 1:
        return shape | {"components": [filled(c, values) for c in component["components"]]}
    if component["type"] == 18:
        return shape | {"component": filled(component["component"], values)}
    if component["type"] == 4:
        custom_id = component["custom_id"]
        return shape | {"custom_id": custom_id, "value": values[custom_id]}
    return shape


async def ask(world: World, person: Person, kind: int, channel: Channel, data: Json, message: Message | None) -> Reply:
    asked = Interaction(
        id=world.ids.next(),
        token=secrets.token_urlsafe(96),
        kind=kind,
        person=person,
        channel=channel,
        data=data,
        asked_at=asyncio.get_running_loop().time(),
        message=message,
    )
    world.interactions[asked.token] = asked
    world.emit(Event("INTERACTION_CREATE", shape_of(world, person, asked)))
    return await outcome(asked, world)


def shape_of(world: World, person: Person, asked: Interaction) -> Json:
    """The event; the message is complete, with content, whatever the intents."""
    channel = asked.channel
    shape: Json = {
        "id": str(asked.id),
        "application_id": str(world.application_id),
        "type": asked.kind,
        "token": asked.token,
        "version": 1,
        "data": asked.data,
        "channel_id": str(channel.id),
        "channel": shapes.channel(channel, world),
        "locale": person.locale,
        "entitlements": [],
        "authorizing_integration_owners": {"0": str(channel.guild.id if channel.guild else 0)},
        "attachment_size_limit": world.limits.upload,
        "app_permissions": str(shapes.bot_permissions(channel)),
        "context": DM_CONTEXT if channel.kind == DM else GUILD_CONTEXT,
    }
    if asked.message is not None:
        shape["message"] = message_shape.message(asked.message, world)
    if channel.guild is None:
        return shape | {"user": shapes.user(person)}
    member = channel.guild.members[person.id]
    return shape | {
        "guild_id": str(channel.guild.id),
        "guild": {"id": str(channel.guild.id), "locale": channel.guild.locale, "features": []},
        "guild_locale": channel.guild.locale,
        "member": shapes.member(member, permissions=shapes.PEOPLE_BITS),
    }
