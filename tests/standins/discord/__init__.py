"""A stand-in for Discord: the HTTP API v10 and the gateway on a loopback port, for an unmodified client.

    async with DiscordStandIn() as discord:
        anna = discord.person("Anna")
        guild = discord.guild("Fans", [anna])
        channel = guild.text_channel("hilfe")
        anna.writes("Mein Paket fehlt", channel)
        answer = await channel.wait_for("Z-1")
        reply = await anna.taps(answer, "Nehmen")
        assert reply.ephemeral

It enforces what the platform enforces (see `rules`, `refusals`, `interactions`, `gateway`) and keeps
all state while bots come and go. Its own facts come from the platform's public documentation and from what
discord.py 2.7 sends and reads.
"""

from .interactions import Modal, Reply
from .people import Person
from .places import Channel, Guild
from .server import Call
from .standin import DiscordStandIn
from .things import Attachment, Message, NotPossible, Role
from .world import Limits

__all__ = [
    "Attachment",
    "Call",
    "Channel",
    "DiscordStandIn",
    "Guild",
    "Limits",
    "Message",
    "Modal",
    "NotPossible",
    "Person",
    "Reply",
    "Role",
]
