"""The Discord stand-in against an unmodified discord.py: buttons, commands, forms, and the 3 seconds."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator

import discord
import pytest
from discord import Interaction, app_commands

from tests.standins.discord import Channel, DiscordStandIn, Guild, Limits, Message, NotPossible, Person
from tests.standins.discord.probe import Probe, running

LIMITS = Limits(answer_seconds=0.3)
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
async def platform() -> AsyncIterator[DiscordStandIn]:
    async with DiscordStandIn(limits=LIMITS) as standin:
        yield standin
        assert standin.crashes == []


@pytest.fixture
def anna(platform: DiscordStandIn) -> Person:
    return platform.person("Anna")


@pytest.fixture
def guild(platform: DiscordStandIn, anna: Person) -> Guild:
    return platform.guild("Fans", [anna, platform.person("Ben")])


@pytest.fixture
def room(guild: Guild) -> Channel:
    return guild.text_channel("hilfe")


@pytest.fixture
async def desk() -> Desk:
    return Desk()


@pytest.fixture
async def bot(platform: DiscordStandIn, room: Channel, desk: Desk) -> AsyncIterator[Probe]:
    async def set_up(probe: Probe) -> None:
        probe.add_view(desk)
        await register(probe)

    async with running(platform, set_up) as probe:
        yield probe


@pytest.fixture
async def offer(bot: Probe, room: Channel, desk: Desk) -> Message:
    sent = await bot.room(room.id).send("Wer nimmt Z-1?", view=desk)
    return room.history[sent.id]


async def test_an_ephemeral_answer_is_for_one_person(
    platform: DiscordStandIn, guild: Guild, anna: Person, room: Channel, offer: Message
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


async def test_with_no_bot_there_is_no_answer(
    bot: Probe, platform: DiscordStandIn, anna: Person, offer: Message
) -> None:
    platform.gateway_down()
    assert (await anna.taps(offer, "Nehmen")).failed


KILLED = """
import asyncio, discord, sys
from discord.gateway import DiscordWebSocket
from yarl import URL
url, gateway, token, channel = sys.argv[1:]
discord.http.Route.BASE = url + "/api/v10"
DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway)
class Offer(discord.ui.View):
    @discord.ui.button(label="Nehmen", custom_id="take")
    async def take(self, interaction, button):
        await interaction.response.send_message("Deins, auch danach")
class Bot(discord.Client):
    async def setup_hook(self):
        self.add_view(Offer(timeout=None))
    async def on_ready(self):
        room = self.get_channel(int(channel))
        said = [m.content async for m in room.history(oldest_first=True)]
        await room.send(f"bereit nach {said}", view=Offer(timeout=None))
Bot(intents=discord.Intents.all(), guild_ready_timeout=0.05).run(token, log_handler=None)
"""


async def test_a_process_killed_and_started_again_goes_on(
    platform: DiscordStandIn, anna: Person, room: Channel
) -> None:
    async def start() -> asyncio.subprocess.Process:
        address = (platform.url, platform.gateway_url, platform.token, str(room.id))
        return await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, *address)

    first = await start()
    offer = await room.wait_for("bereit nach []", timeout=20)
    os.kill(first.pid, signal.SIGKILL)
    await first.wait()
    await platform.disconnected()
    anna.writes("dazwischen", room)
    second = await start()
    try:
        await room.wait_for("'dazwischen']", timeout=20)
        assert (await anna.taps(offer, "Nehmen")).text == "Deins, auch danach"
    finally:
        second.kill()
        await second.wait()
