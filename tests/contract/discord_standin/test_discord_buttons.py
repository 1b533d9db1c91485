"""Buttons, selects and forms of the Discord stand-in: one answer each, within the time allowed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import discord
import pytest
from discord import Interaction

from tests.standins.discord import Channel, DiscordStandIn, Guild, Message, NotPossible, Person
from tests.standins.discord.probe import Probe, refused, running

Heard = Interaction[discord.Client]


class Form(discord.ui.Modal, title="Deine Frage"):
    question: discord.ui.TextInput[Form] = discord.ui.TextInput(label="Frage", min_length=3, max_length=20)
    order: discord.ui.Label[Form] = discord.ui.Label(text="Bestellung", component=discord.ui.TextInput(required=False))

    async def on_submit(self, interaction: Heard, /) -> None:
        assert isinstance(self.order.component, discord.ui.TextInput)
        words = f"{self.question.value}|{self.order.component.value}"
        await interaction.response.send_message(words, ephemeral=True)


class Desk(discord.ui.View):
    """Persistent: its buttons work after a restart too."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.refusals: list[int] = []

    @discord.ui.button(label="Nehmen", custom_id="take")
    async def take(self, interaction: Heard, button: discord.ui.Button[Desk]) -> None:
        await interaction.response.send_message("Deins", ephemeral=True)
        route = discord.http.Route("POST", f"/interactions/{interaction.id}/{interaction.token}/callback")
        try:
            await interaction.client.http.request(route, json={"type": 4, "data": {"content": "Noch einmal"}})
        except discord.HTTPException as no:
            self.refusals.append(no.code)

    @discord.ui.button(label="Passen", emoji="👋", custom_id="pass")
    async def change(self, interaction: Heard, button: discord.ui.Button[Desk]) -> None:
        await interaction.response.edit_message(content="Vergeben", view=None)

    @discord.ui.button(label="Später", custom_id="later")
    async def later(self, interaction: Heard, button: discord.ui.Button[Desk]) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        await asyncio.sleep(0.05)
        await interaction.edit_original_response(content="Fertig")
        await interaction.followup.send("Und noch etwas", ephemeral=True)

    @discord.ui.button(label="Still", custom_id="quiet")
    async def quiet(self, interaction: Heard, button: discord.ui.Button[Desk]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="Geändert")

    @discord.ui.button(label="Form", custom_id="form")
    async def form(self, interaction: Heard, button: discord.ui.Button[Desk]) -> None:
        await interaction.response.send_modal(Form())

    @discord.ui.button(label="Träge", custom_id="slow", row=1)
    async def slow(self, interaction: Heard, button: discord.ui.Button[Desk]) -> None:
        await asyncio.sleep(0.4)
        try:
            await interaction.response.send_message("zu spät")
        except discord.NotFound as no:
            self.refusals.append(no.code)

    @discord.ui.select(
        placeholder="Note", custom_id="csat", row=2, options=[discord.SelectOption(label=n) for n in "12345"]
    )
    async def rate(self, interaction: Heard, select: discord.ui.Select[Desk]) -> None:
        await interaction.response.send_message(f"Danke für {select.values[0]}")


@pytest.fixture
async def desk() -> Desk:
    return Desk()


@pytest.fixture
async def bot(platform: DiscordStandIn, room: Channel, desk: Desk) -> AsyncIterator[Probe]:
    async def set_up(probe: Probe) -> None:
        probe.add_view(desk)

    async with running(platform, set_up) as probe:
        yield probe


@pytest.fixture
async def offer(bot: Probe, room: Channel, desk: Desk) -> Message:
    sent = await bot.room(room.id).send("Wer nimmt Z-1?", view=desk)
    return room.history[sent.id]


async def test_an_ephemeral_answer_is_for_one_person(
    bot: Probe, platform: DiscordStandIn, guild: Guild, anna: Person, room: Channel, offer: Message
) -> None:
    reply = await anna.taps(offer, "Nehmen")
    assert (reply.text, reply.ephemeral, reply.failed) == ("Deins", True, False)
    ben = platform.person("Ben")
    ben.joins(guild)
    assert "Anna sees this): Deins" in platform.transcript(room, viewer=anna)
    assert "Deins" not in platform.transcript(room, viewer=ben)
    assert reply.message is not None
    with pytest.raises(NotPossible):
        ben.reacts(reply.message, "✅")
    assert await refused(bot.room(room.id).fetch_message(reply.message.id)) == (404, 10008)


async def test_a_second_answer_is_refused(platform: DiscordStandIn, anna: Person, desk: Desk, offer: Message) -> None:
    await anna.taps(offer, "take")
    await platform.until(lambda: desk.refusals)
    assert desk.refusals == [40060]


async def test_an_update_changes_the_tapped_message(anna: Person, offer: Message) -> None:
    reply = await anna.taps(offer, "👋 Passen")
    assert reply.updated is offer
    assert (offer.content, offer.buttons, reply.ephemeral) == ("Vergeben", [], False)
    with pytest.raises(NotPossible):
        await anna.taps(offer, "Nehmen")


async def test_thinking_is_waited_out_and_follow_ups_come(anna: Person, offer: Message) -> None:
    reply = await anna.taps(offer, "Später")
    assert reply.message is not None
    assert (reply.message.content, reply.ephemeral, reply.thinking) == ("Fertig", True, False)
    assert (await reply.followup()).content == "Und noch etwas"
    assert reply.text == "Und noch etwas"


async def test_a_silent_answer_may_change_the_message_afterwards(anna: Person, offer: Message) -> None:
    reply = await anna.taps(offer, "Still")
    assert (await reply.update()).content == "Geändert"


async def test_a_bot_that_is_late_has_failed_and_its_token_is_unknown(
    platform: DiscordStandIn, anna: Person, desk: Desk, room: Channel, offer: Message
) -> None:
    reply = await anna.taps(offer, "Träge")
    assert reply.failed
    await platform.until(lambda: desk.refusals)
    assert desk.refusals == [10062]
    assert room.by_bot == [offer]


async def test_old_tokens_expire(bot: Probe, platform: DiscordStandIn, anna: Person, offer: Message) -> None:
    await anna.taps(offer, "Nehmen")
    interaction = (await bot.hears("interaction"))[0]
    assert isinstance(interaction, Interaction)
    await interaction.edit_original_response(content="Noch deins")
    platform.expire_interactions()
    with pytest.raises(discord.HTTPException) as no:
        await interaction.edit_original_response(content="Zu spät")
    assert no.value.code == 50027


async def test_a_select_takes_one_of_its_options(anna: Person, offer: Message) -> None:
    reply = await anna.chooses(offer, "Note", "4")
    assert reply.text == "Danke für 4"
    with pytest.raises(NotPossible, match="no option"):
        await anna.chooses(offer, "csat", "9")


async def test_a_form_is_shown_checked_and_sent(anna: Person, offer: Message) -> None:
    modal = (await anna.taps(offer, "Form")).modal
    assert modal is not None
    assert (modal.title, [f.label for f in modal.fields]) == ("Deine Frage", ["Frage", "Bestellung"])
    with pytest.raises(NotPossible, match="21 characters"):
        await anna.submits(modal, {"Frage": "x" * 21})
    with pytest.raises(NotPossible, match="0 characters"):
        await anna.submits(modal, {"Bestellung": "A-1"})
    reply = await anna.submits(modal, {"Frage": "Wo ist es?", "Bestellung": "A-1"})
    assert (reply.text, reply.ephemeral) == ("Wo ist es?|A-1", True)


async def test_with_no_bot_there_is_no_answer(
    bot: Probe, platform: DiscordStandIn, anna: Person, offer: Message
) -> None:
    platform.gateway_down()
    assert (await anna.taps(offer, "Nehmen")).failed
