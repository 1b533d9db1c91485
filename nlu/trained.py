"""Engines trained on files given for the moment, for evaluation: nothing is kept afterwards.

Raises: SettingsInvalid for wrong files; RasaMissing, RasaFailed when Rasa cannot be had or does not start.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import aiohttp
from threadpoolctl import threadpool_limits

from nlu import rasa_project
from nlu.embedded import EmbeddedClassifier
from nlu.intent_training import train_intents
from nlu.rasa import RasaClassifier
from nlu.rasa_domain import domain_text
from nlu.reading import Rules
from nlu.training_files import load_training

_START_SECONDS = 240


def trained_embedded(sources: Sequence[Path]) -> tuple[EmbeddedClassifier, float]:
    """The embedded engine trained in this process, and the seconds its training took."""
    threadpool_limits(limits=1)
    began = time.monotonic()
    training = load_training(sources)
    engine = EmbeddedClassifier(train_intents(training.utterances), Rules.learn(training), "evaluation")
    return engine, time.monotonic() - began


@contextlib.asynccontextmanager
async def trained_rasa(
    sources: Sequence[Path], *, config: Path | None = None, quiet: bool = True
) -> AsyncIterator[tuple[RasaClassifier, float]]:
    """A Rasa server on a free loopback port, trained on these files; its client, and the seconds of training."""
    threadpool_limits(limits=1)  # the rules here and the server share the machine's cores
    training = load_training(sources)
    command = await asyncio.to_thread(rasa_project.install)
    folder = Path(tempfile.mkdtemp(prefix="zuruf-rasa-"))
    try:
        domain = folder / "domain.yml"
        domain.write_text(domain_text(training), encoding="utf-8")
        began = time.monotonic()
        model = await asyncio.to_thread(
            lambda: rasa_project.train(
                command,
                data=sources,
                models=folder / "models",
                domain=domain,
                config=config or rasa_project.TRAINING / "config.yml",
            )
        )
        seconds = time.monotonic() - began
        async with served_rasa(command, model, quiet=quiet) as url:
            client = RasaClassifier(url, Rules.learn(training), timeout=5.0)
            try:
                yield client, seconds
            finally:
                await client.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.asynccontextmanager
async def served_rasa(command: Path, model: Path, *, quiet: bool = True) -> AsyncIterator[str]:
    """A Rasa server with this model, from when it answers; its URL. Ended afterwards."""
    port = _free_port()
    process = rasa_project.server(command, model, port=port, quiet=quiet)
    url = f"http://{rasa_project.HOST}:{port}"
    try:
        await _answers(url, lambda: process.poll() is not None)
        yield url
    finally:
        process.terminate()
        with contextlib.suppress(Exception):
            await asyncio.to_thread(process.wait, 15)
        process.kill()
        process.wait()


async def _answers(url: str, ended: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        while time.monotonic() < deadline:
            if ended():
                raise rasa_project.RasaFailed("the Rasa server ended while starting; run `make rasa` to see why")
            with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
                async with session.get(url + "/status") as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.3)
    raise rasa_project.RasaFailed(f"the Rasa server did not answer within {_START_SECONDS} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((rasa_project.HOST, 0))
        return int(probe.getsockname()[1])
