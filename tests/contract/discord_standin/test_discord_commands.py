"""Slash commands on the Discord stand-in: synced by the bot, filled in by people as registered."""

from __future__ import annotations

from collections.abc import AsyncIterator

import discord
import pytest
from discord import Interaction, app_commands

from tests.standins.discord import Channel, DiscordStandIn, Guild, NotPossible, Person
from tests.standins.discord.probe import Probe, running

Heard = Interaction[discord.Client]


async def register(bot: Probe) -> None:
    """Commands, as an application has them."""

    @bot.tree.command(description="Frag uns")
    @app_commands.describe(question="Deine Frage", times="Wie oft", who="Wer", anonymous="Ohne Namen")
    async def ask(
        interaction: Heard,
        question: app_commands.Range[str, 3, 50],
        times: int = 1,
        who: discord.User | None = None,
        anonymous: bool = False,
    ) -> None:
        await interaction.response.send_message(f"{question}|{times}|{who}|{anonymous}")

    group = app_commands.Group(name="ticket", description="Tickets", guild_only=True)

    @group.command(description="Schließen")
    async def close(interaction: Heard, where: discord.TextChannel, proof: discord.Attachment) -> None:
        words = f"{where.name}: {(await proof.read()).decode()}"
        await interaction.response.send_message(words, ephemeral=True)

    bot.tree.add_command(group)
    await bot.tree.sync()


@pytest.fixture
async def bot(platform: DiscordStandIn, room: Channel) -> AsyncIterator[Probe]:
    async with running(platform, register) as probe:
        yield probe


async def test_a_command_gets_its_options_as_registered(bot: Probe, anna: Person, guild: Guild, room: Channel) -> None:
    reply = await anna.slash("ask", room, question="Wo ist es?", times=2, who=anna, anonymous=True)
    assert reply.text == "Wo ist es?|2|anna|True"
    assert (await anna.slash("ask", anna.dm(), question="Direkt?")).text == "Direkt?|1|None|False"
    closing = await anna.slash("ticket close", room, where=room, proof=("a.txt", b"Beleg"))
    assert (closing.text, closing.ephemeral) == ("hilfe: Beleg", True)


async def test_a_command_is_checked_before_it_is_sent(bot: Probe, anna: Person, room: Channel) -> None:
    for wrong in ({}, {"question": "ab"}, {"question": "Hallo?", "times": "zwei"}, {"frage": "Hallo?"}):
        with pytest.raises(NotPossible):
            await anna.slash("ask", room, **wrong)
    with pytest.raises(NotPossible, match="not offered"):
        await anna.slash("ticket close", anna.dm())
    with pytest.raises(NotPossible, match="no command"):
        await anna.slash("nothing", room)


async def test_syncing_again_keeps_the_ids_and_bad_names_are_refused(bot: Probe) -> None:
    before = {c.name: c.id for c in await bot.tree.fetch_commands()}
    assert {c.name: c.id for c in await bot.tree.sync()} == before
    assert bot.application_id is not None
    bad: list[object] = [{"name": "Großes Wort", "description": "x", "type": 1}]
    with pytest.raises(discord.HTTPException) as no:
        await bot.http.bulk_upsert_global_commands(bot.application_id, payload=bad)  # type: ignore[arg-type]
    assert no.value.code == 50035
