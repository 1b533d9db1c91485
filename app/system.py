"""The whole system in one process: database, model, channels, web server, workers; started and stopped in order."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from aiohttp import web

from app.database import Database, database
from app.file_storage import FolderFiles
from app.http import Health, health_routes, make_application, serve, webhook_routes
from app.metrics import Metrics
from app.model_watch import ModelWatch
from app.policy_file import PolicyFile
from app.settings import Settings
from app.storm_care import StormCare
from app.volunteer_care import VolunteerCare
from app.web_rooms import set_up_rooms
from app.wiring import Channels, load_texts, make_channels, make_classifier, make_desk, make_model_watch
from app.workers import LAST_SENDS_SECONDS, Workers
from db.cursors import Cursors
from db.locks import ChannelLease
from db.notify import Notifier
from db.pool import opened_pool
from db.store import PostgresStore
from desk.errors import DeliveryError, DeskError, SettingsInvalid, StorageUnavailable
from desk.inbound import InboundEvent, Receipt
from desk.ports import Channel
from nlu.encoding import encode
from workflows.care_desk import CareDesk
from workflows.receive_event import receive_event

CHECK_SECONDS = 5.0
PAUSE_SECONDS = 2.0
CANCEL_AGAIN_SECONDS = LAST_SENDS_SECONDS + 2
LAST_SENDS = timedelta(seconds=LAST_SENDS_SECONDS + 1)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class System:
    """A system that has been started. `port`: where the web server listens."""

    desk: CareDesk
    channels: Channels
    port: int


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[System]:
    """Starts everything, and stops it in reverse order. Raises SettingsInvalid, StorageUnavailable."""
    metrics = Metrics()
    async with AsyncExitStack() as stack:
        policy = PolicyFile(settings.policy_file)
        model = asyncio.create_task(make_classifier(settings, metrics))
        stack.callback(model.cancel)
        memory = await stack.enter_async_context(database(settings))
        pool = await stack.enter_async_context(opened_pool(memory.url))
        notifier = await stack.enter_async_context(Notifier(memory.url))
        files = FolderFiles(settings.data_dir / "files")
        phrases = load_texts(settings)
        channels = make_channels(settings, phrases, files, Cursors(pool), notifier)
        for channel in channels.all:
            stack.push_async_callback(channel.close)
        await _check(channels)
        desk = make_desk(
            settings,
            store=PostgresStore(pool),
            classifier=(classifier := await model),
            phrases=phrases,
            policy=policy,
            notifier=notifier,
            files=files,
            channels=channels.all,
        )
        health = Health(desk, lambda: {one.name: one.health for one in channels.exclusive})
        application = make_application(health_routes(health, metrics, desk))
        receive = partial(receive_counted, desk, metrics)
        set_up_rooms(application, settings, desk, receive, notifier, policy)
        if channels.telegram is not None and settings.telegram_mode == "webhook":
            application.add_routes(webhook_routes(channels.telegram, receive))
        port = await _listen(stack, settings, application)
        watch = make_model_watch(settings, classifier, desk, metrics)
        workers = _workers(desk, notifier, metrics, watch)
        await _start_workers(stack, memory, desk, channels, workers, metrics)
        health.ready = True
        yield System(desk, channels, port)


def _workers(desk: CareDesk, notifier: Notifier, metrics: Metrics, watch: ModelWatch) -> Workers:
    return Workers(
        desk,
        notifier,
        metrics,
        follow_model=watch.step,
        care_for_volunteers=VolunteerCare(desk).step,
        care_in_storms=StormCare(desk, encode, metrics).step,
    )


async def _check(channels: Channels) -> None:
    """A wrong token ends the start; a platform that cannot be reached now does not."""
    for channel in channels.exclusive:
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                await channel.check()
        except (DeliveryError, TimeoutError):
            log.warning("the platform does not answer yet", extra={"channel": channel.name})


async def _listen(stack: AsyncExitStack, settings: Settings, application: web.Application) -> int:
    try:
        runner, port = await serve(application, settings.http_host, settings.http_port)
    except OSError as error:
        raise SettingsInvalid(
            f"ZURUF_HTTP_PORT: cannot listen on {settings.http_host}:{settings.http_port} ({error.strerror})"
        ) from None
    stack.push_async_callback(runner.cleanup)
    return port


async def _start_workers(
    stack: AsyncExitStack, memory: Database, desk: CareDesk, channels: Channels, workers: Workers, metrics: Metrics
) -> None:
    lease = ChannelLease(memory.url)
    jobs = [workers.run_common(), workers.run_channel(channels.web)]
    jobs += [hold_channel(lease, workers, desk, channel, metrics) for channel in channels.exclusive]
    tasks = [asyncio.create_task(job) for job in jobs]

    async def stop() -> None:
        pending = set(tasks)
        while pending:  # a library may lose a cancellation that comes as its own work ends
            for task in pending:
                task.cancel()
            _done, pending = await asyncio.wait(pending, timeout=CANCEL_AGAIN_SECONDS)
        await asyncio.gather(*tasks, return_exceptions=True)

    stack.push_async_callback(stop)


async def hold_channel(
    lease: ChannelLease,
    workers: Workers,
    desk: CareDesk,
    channel: Channel,
    metrics: Metrics,
    *,
    pause_seconds: float = PAUSE_SECONDS,
) -> None:
    """Listens and sends while this process holds the channel's lease; stands by while another one does.

    Whoever held it before is dead, or ends its last sends now: what it left half sent need not wait for its claims
    to run out.
    """
    while True:
        try:
            async with lease.held(channel.name), asyncio.TaskGroup() as group:
                await desk.store.queues.take_over(channel.name, at=desk.clock.now() + LAST_SENDS)
                group.create_task(channel.listen(partial(receive_counted, desk, metrics)))
                group.create_task(workers.run_channel(channel))
        except* Exception as faults:
            for fault in faults.exceptions:
                log.error("the channel stopped and starts again", exc_info=fault, extra={"channel": channel.name})
        await asyncio.sleep(pause_seconds)


async def receive_counted(desk: CareDesk, metrics: Metrics, event: InboundEvent) -> Receipt:
    """`receive_event`, with its outcome and time in the metrics."""
    began = time.perf_counter()
    outcome = "fault"
    try:
        receipt = await receive_event(desk, event)
        outcome = "duplicate" if receipt.duplicate else "committed"
    except StorageUnavailable:
        outcome = "storage_unavailable"
        raise
    except DeskError:
        outcome = "refused"
        raise
    finally:
        metrics.received.labels(event.channel, type(event).__name__, outcome).inc()
        metrics.receive_seconds.labels(event.channel).observe(time.perf_counter() - began)
    return receipt
