"""Telegram's webhook: the process dies at every effect of an update, at last between its commit and the 200."""

from __future__ import annotations

from collections import Counter

from tests.faults.databases import connected
from tests.faults.duties import hear_webhook
from tests.faults.small_desk import Shift
from tests.faults.victims import Victims
from tests.faults.waiting import until
from tests.places import free_port
from tests.standins.telegram import TelegramStandIn

COMMIT, AFTER_COMMIT, NEVER = 1, 2, 0


async def test_an_update_whose_200_was_lost_is_stored_once(
    database_url: str, victims: Victims, tally: Counter[str]
) -> None:
    port = free_port()
    async with TelegramStandIn() as telegram, connected(database_url) as connection:
        anna = telegram.person("Anna")
        shift = Shift(
            database_url, platform=(telegram.token, telegram.url), webhook_secret="a-secret-of-tests",
            public_url=f"http://127.0.0.1:{port}",
        )  # fmt: skip
        for number, dies_at in enumerate((COMMIT, AFTER_COMMIT) * 4, 1):
            process, out = victims.start_reporting(hear_webhook, shift, port, dies_at)
            await until(out.poll, "the webhook to listen")
            anna.writes(f"Frage {number}")
            await until(lambda dying=process: not dying.is_alive(), "its death")
            victims.died(process, "between a webhook's commit and its 200")
            count = await connection.fetchval("select count(*) from message where body = $1", f"Frage {number}")
            assert count == (1 if dies_at == AFTER_COMMIT else 0)
            victims.start_reporting(hear_webhook, shift, port, NEVER)
            await until(lambda: not telegram.pending, "the acknowledgement")
            victims.kill(victims.newest, "a webhook at rest")
        bodies = [row[0] for row in await connection.fetch("select body from message order by id")]
        assert bodies == [f"Frage {number + 1}" for number in range(8)]
        deliveries = [update.deliveries for update in telegram.platform.updates.acknowledged]
        assert min(deliveries[-8:]) > 1
        tally["webhook updates delivered again after a death"] += 8
