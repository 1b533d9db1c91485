"""Journey 5: the operator starts it, stops it, is told in one line what is wrong, and asks the doctor."""

from __future__ import annotations

import json
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import asyncpg
import pytest
import pytest_asyncio

from tests.acceptance.app_process import AppProcess
from tests.acceptance.conftest import TownMaker
from tests.acceptance.heard import numbered
from tests.acceptance.town import Town, fresh
from tests.acceptance.web_seat import WebSeat
from tests.places import free_port

BILL = "Guten Tag, ich habe meine Rechnung vom Oktober noch nicht bekommen."


@pytest_asyncio.fixture
async def desk(tmp_path: Path, models: Path) -> AsyncIterator[AppProcess]:
    """A desk with nothing set up: embedded server, web chat. It is not started."""
    made = AppProcess(tmp_path)
    made.shares(models)
    yield made
    await made.closes()


def alive(pid: int) -> bool:
    """Whether a process runs."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_it_starts_from_nothing_stops_on_both_signals_and_finds_its_data(desk: AppProcess) -> None:
    await desk.starts("--welcome")
    links = [word for line in desk.printed for word in line.split() if word.startswith("http")]
    server = int((Path(str(desk.settings["data_dir"])) / "postgres" / "postmaster.pid").read_text().split()[0])
    async with aiohttp.ClientSession() as http:
        for link in links:
            async with http.get(link) as answer:
                assert answer.status == 200, link
        klara = await WebSeat("Klara", desk.url, http).arrives()
        await klara.says(BILL)
        number = (await klara.hears(numbered)).number
        await klara.leaves()
    assert await desk.stops(signal.SIGINT) == 0
    assert not alive(server)
    await desk.starts("--welcome")
    async with aiohttp.ClientSession() as http:
        again = WebSeat("Klara", desk.url, http)
        again.token = klara.token
        assert number in json.dumps(await again.call("GET", "messages"))
    assert await desk.stops(signal.SIGTERM) == 0
    assert "Traceback" not in desk.tells()


async def test_it_stops_at_once_though_a_page_is_open(desk: AppProcess) -> None:
    await desk.starts()
    async with aiohttp.ClientSession() as http:
        klara = await WebSeat("Klara", desk.url, http).arrives()
        await klara.says(BILL)
        await klara.hears(numbered)
        assert await desk.stops() == 0
        await klara.leaves()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("http_port", "99999"),
        ("telegram_token", "not-a-token"),
        ("telegram_mode", "carrier-pigeon"),
        ("discord_staff_channel", "#team"),
        ("timezone", "Europe/Atlantis"),
        ("database_url", "mysql://somewhere"),
        ("policy_file", "nowhere.yml"),
        ("locale", "fr"),
        ("secret_key", "short"),
    ],
)
async def test_a_wrong_setting_ends_the_start_with_one_line_that_names_it(
    desk: AppProcess, name: str, value: str
) -> None:
    desk.settings[name] = value
    ended = await desk.command("run")
    assert ended.code == 2, ended
    assert ended.err.count("\n") == 1, ended.err
    assert f"ZURUF_{name.upper()}" in ended.err
    assert value not in ended.err or name not in ("telegram_token", "secret_key")


async def test_a_taken_port_is_named(desk: AppProcess, town: Town) -> None:
    desk.settings["http_port"] = town.app.port
    ended = await desk.command("run")
    assert (ended.code, ended.err.count("\n")) == (2, 1), ended.err
    assert "ZURUF_HTTP_PORT" in ended.err


async def test_a_database_that_is_not_there_is_named(desk: AppProcess) -> None:
    desk.settings["database_url"] = f"postgresql://nobody:geheim@127.0.0.1:{free_port()}/nothing"
    ended = await desk.command("run")
    assert (ended.code, ended.err.count("\n")) == (2, 1), ended.err
    assert "geheim" not in ended.err


async def test_wrong_tokens_end_the_start_and_are_named_without_being_shown(make_town: TownMaker) -> None:
    async with make_town() as made:
        right = dict(made.app.settings)
        for name, wrong in (("telegram_token", "123456:wrong-token"), ("discord_token", "wrong-token")):
            made.app.settings = right | {name: wrong}
            ended = await made.app.command("run")
            assert ended.code == 2, ended
            assert ended.err.strip().count("\n") == 0, ended.err
            assert f"ZURUF_{name.upper()}" in ended.err
            assert "wrong-token" not in ended.err


async def test_the_doctor_finds_a_healthy_desk_healthy_and_says_what_is_wrong(make_town: TownMaker) -> None:
    async with make_town() as made:
        well = await made.app.command("doctor", "--json")
        findings = json.loads(well.out)
        assert well.code == 0, [one for one in findings if not one["ok"]]
        assert all(one["ok"] for one in findings)
        made.app.settings["discord_token"] = "wrong-token"
        made.app.settings["policy_file"] = "nowhere.yml"
        ill = await made.app.command("doctor", "--json")
        assert ill.code == 1, ill
        wrong = [one for one in json.loads(ill.out) if not one["ok"]]
        assert len(wrong) == 2, wrong
        assert all(one["mend"] for one in wrong)


async def test_health_and_metrics_tell_the_state(town: Town) -> None:
    status, body = await town.page("/health/ready")
    assert status == 200
    assert json.loads(body)["channels"] == {"telegram": "connected", "discord": "connected"}
    assert (await town.page("/health/live"))[0] == 200
    status, body = await town.page("/metrics")
    assert status == 200
    assert "zuruf_" in body


async def test_no_personal_data_in_the_logs(make_town: TownMaker) -> None:
    async with make_town(log_level="debug") as made:
        await made.app.starts()
        await made.until_connected()
        klara = made.telegram_person("Klarabella")
        await klara.says(f"{BILL} Ihr erreicht mich unter 0171 2345678 und klarabella@example.org.")
        await klara.hears(numbered)
        dora = made.discord_person("Doralinda")
        await dora.says(BILL)
        await dora.hears(numbered)
        assert await made.app.stops() == 0
        told = made.app.tells()
        for private in ("Klarabella", "Doralinda", "2345678", "example.org", "Oktober", made.telegram.token):
            assert private not in told


async def test_the_webhook_takes_updates_with_the_secret_alone_and_loses_none(make_town: TownMaker) -> None:
    async with make_town(telegram_mode="webhook", telegram_webhook_secret="s3cret-words_42") as made:
        made.app.settings["public_url"] = made.app.url
        await made.app.starts()
        await made.discord.connected(30)
        klara = made.telegram_person(fresh("Klara"))
        await klara.says(BILL)
        acknowledged = await klara.hears(numbered)
        hook = f"{made.app.url}/webhooks/telegram"
        for headers, status in (({}, 401), ({"X-Telegram-Bot-Api-Secret-Token": "guess"}, 401)):
            async with made.http.post(hook, json={"update_id": 1}, headers=headers) as answer:
                assert answer.status == status
        async with cut_off(str(made.app.settings["database_url"])):
            await klara.says("Die Kundennummer ist 4711")
            await made.telegram.until(lambda: made.telegram.pending, "an update that waits", 30)
        thread = await made.staff_thread(acknowledged.number)
        await thread.wait_for("4711", 60)
        await made.telegram.caught_up(60)
        assert "".join(message.content for message in thread.by_bot).count("4711") == 1


class cut_off:  # noqa: N801 - used as a function
    """The desk's database refuses every connection in the block."""

    def __init__(self, url: str) -> None:
        self._url, self._name = url, url.partition("@/")[2].partition("?")[0]

    async def __aenter__(self) -> None:
        await self._allows(False)

    async def __aexit__(self, *_: object) -> None:
        await self._allows(True)

    async def _allows(self, connections: bool) -> None:
        connection = await asyncpg.connect(self._url.replace(f"@/{self._name}?", "@/postgres?"))
        try:
            await connection.execute(f"alter database {self._name} allow_connections {connections}")
            if not connections:
                kill = "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1"
                await connection.execute(kill.replace("$1", f"'{self._name}'"))
        finally:
            await connection.close()
