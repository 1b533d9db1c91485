"""Joins the web chat and the console to the web server."""

from __future__ import annotations

from collections.abc import AsyncIterator

from aiohttp import web

from app.policy_file import PolicyFile
from app.settings import Settings
from app.storm_reports import StormReports
from app.wiring import TRAINING
from bots.web_chat import WebChat
from console.web_desk import Console
from db.notify import Notifier
from desk.ports import ReceiveEvent
from nlu.second_look import SecondLookAtTexts
from workflows.care_desk import CareDesk


def set_up_rooms(
    application: web.Application,
    settings: Settings,
    desk: CareDesk,
    receive: ReceiveEvent,
    notifier: Notifier,
    policy: PolicyFile,
) -> None:
    """Adds the pages and APIs of contacts, volunteers and staff."""

    async def pokes(topic: str) -> AsyncIterator[str]:
        with notifier.subscribe(topic) as subscription:
            async for detail in subscription:
                yield detail

    chat = WebChat(desk, receive, secret_key=settings.key, subscribe=pokes, embed_origins=settings.embed_origins)
    chat.setup(application)
    console = Console(
        desk,
        secret_key=settings.key,
        public_url=settings.url,
        subscribe=notifier.subscribe,
        policy_text=lambda: policy.text,
        policy_error=lambda: policy.error,
        zone=settings.zone,
        second_look=SecondLookAtTexts([TRAINING]),
        reporter=StormReports(desk.phrases, brand=desk.brand, zone=settings.zone),
    )
    console.setup(application)
