"""Pictures of alerts, drawn off the event loop, one at a time: the drawing library's settings are the process's."""

from __future__ import annotations

import asyncio

from desk.alert import StormScene
from desk.ports import Phrases


class StormPictures:
    """Port `DrawStorm` of workflows/call_about_alert.py."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, scene: StormScene) -> bytes:
        """As PNG."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._drawn, scene)

    def _drawn(self, scene: StormScene) -> bytes:
        from insight.storm_picture import storm_picture
        from insight.wording import Wording

        return storm_picture(scene, Wording(self._phrases, scene.locale)).png
