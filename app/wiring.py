"""Joins adapters to ports, in plain constructor calls. Nothing else does.

An adapter is imported where it is made: a library that is not set up costs neither time nor memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.catalogues import load_phrases
from app.clock import SystemClock
from app.file_storage import FolderFiles
from app.policy_file import PolicyFile
from app.settings import Settings
from db.notify import Notifier
from desk.classifying import Classifier
from desk.conversation import Address
from desk.phrases import CataloguePhrases
from desk.ports import Channel, CursorStore
from nlu.encoding import encode
from nlu.privacy import find_personal_data
from workflows.care_desk import CareDesk
from workflows.known_incidents import KnownIncidents
from workflows.storm_board import StormBoard

if TYPE_CHECKING:
    from app.metrics import Metrics
    from app.model_watch import ModelWatch
    from bots.discord_bot import DiscordChannel
    from bots.telegram_bot import TelegramChannel
    from bots.web_bot import WebChannel
    from db.store import PostgresStore
    from nlu.fallback import FirstThatAnswers

TRAINING = Path(__file__).parent.parent / "nlu" / "training" / "data"
PLAYBOOK = Path(__file__).parent.parent / "routing" / "playbook.yml"


@dataclass(frozen=True)
class Channels:
    """The channels in service. `exclusive`: those whose token only one process may use at a time."""

    web: WebChannel
    telegram: TelegramChannel | None
    discord: DiscordChannel | None

    @property
    def exclusive(self) -> tuple[TelegramChannel | DiscordChannel, ...]:
        """Telegram and Discord, as far as they are set up."""
        return tuple(channel for channel in (self.telegram, self.discord) if channel is not None)

    @property
    def all(self) -> tuple[Channel, ...]:
        """Every channel."""
        return (self.web, *self.exclusive)


async def make_classifier(settings: Settings, metrics: Metrics) -> FirstThatAnswers:
    """Rasa when it is set up, then the embedded engine, which trains itself the first time."""
    from nlu.embedded import EmbeddedClassifier
    from nlu.fallback import FirstThatAnswers

    embedded = await EmbeddedClassifier.load_or_train(TRAINING, settings.data_dir / "models")
    engines: list[Classifier] = [embedded]
    if settings.rasa_url is not None:
        from nlu.rasa import RasaClassifier

        engines.insert(0, RasaClassifier(settings.rasa_url, embedded.rules))

    def count(engine: str, outcome: str) -> None:
        metrics.readings.labels(engine, outcome).inc()

    return FirstThatAnswers(engines, language=embedded.rules.language, watcher=count)


def make_model_watch(settings: Settings, classifier: FirstThatAnswers, desk: CareDesk, metrics: Metrics) -> ModelWatch:
    """Keeps the embedded engine of `classifier` on the model that is in service."""
    from app.model_watch import ModelWatch
    from nlu.embedded import EmbeddedClassifier

    engine = next(one for one in classifier.engines if isinstance(one, EmbeddedClassifier))
    folder = settings.data_dir / "models"
    return ModelWatch(engine, desk, sources=[TRAINING], folder=folder, told=metrics.reads_by)


def make_telegram(settings: Settings, phrases: CataloguePhrases, files: FolderFiles) -> TelegramChannel | None:
    """Telegram, when its token is set. Raises SettingsInvalid."""
    if settings.telegram_token is None:
        return None
    from bots.telegram_bot import TelegramChannel

    secret = settings.telegram_webhook_secret
    return TelegramChannel(
        settings.telegram_token.get_secret_value(),
        phrases=phrases,
        open_file=files.open,
        api_url=settings.telegram_api_url,
        mode=settings.telegram_mode,
        webhook_secret=secret.get_secret_value() if secret else None,
        public_url=settings.public_url,
        staff_chat=settings.telegram_staff_chat,
    )


def make_discord(
    settings: Settings, phrases: CataloguePhrases, files: FolderFiles, cursors: CursorStore
) -> DiscordChannel | None:
    """Discord, when its token is set. Raises SettingsInvalid."""
    if settings.discord_token is None:
        return None
    from bots.discord_bot import DiscordChannel

    return DiscordChannel(
        settings.discord_token.get_secret_value(),
        api_url=settings.discord_api_url,
        gateway_url=settings.discord_gateway_url,
        staff_channel=settings.discord_staff_channel,
        watched_channels=settings.discord_watched_channels,
        phrases=phrases,
        cursors=cursors,
        open_file=files.open,
    )


def make_channels(
    settings: Settings, phrases: CataloguePhrases, files: FolderFiles, cursors: CursorStore, notifier: Notifier
) -> Channels:
    """Web always; Telegram and Discord when their tokens are set. Raises SettingsInvalid."""
    from bots.web_bot import WebChannel

    return Channels(
        WebChannel(notifier),
        make_telegram(settings, phrases, files),
        make_discord(settings, phrases, files, cursors),
    )


def staff_rooms(settings: Settings) -> tuple[Address, ...]:
    """The places where staff tickets get their threads."""
    rooms = []
    if settings.telegram_token is not None and settings.telegram_staff_chat is not None:
        rooms.append(Address("telegram", settings.telegram_staff_chat))
    if settings.discord_token is not None and settings.discord_staff_channel is not None:
        rooms.append(Address("discord", settings.discord_staff_channel))
    return tuple(rooms)


def make_desk(
    settings: Settings,
    *,
    store: PostgresStore,
    classifier: Classifier,
    phrases: CataloguePhrases,
    policy: PolicyFile,
    notifier: Notifier,
    files: FolderFiles,
    channels: Sequence[Channel],
) -> CareDesk:
    """The desk with everything joined to it."""
    return CareDesk(
        store=store,
        classifier=classifier,
        phrases=phrases,
        policy=policy,
        clock=SystemClock(),
        poke=notifier,
        files=files,
        limits={channel.name: channel.limits for channel in channels},
        staff_rooms=staff_rooms(settings),
        brand=settings.brand,
        locale=settings.locale,
        public_url=settings.url,
        find_personal_data=find_personal_data,
        zone=settings.timezone,
        known_incidents=KnownIncidents(encode),
        storms=StormBoard(PLAYBOOK.read_text(encoding="utf-8")),
    )


def load_texts(settings: Settings) -> CataloguePhrases:
    """The texts in every language."""
    return load_phrases(settings.locale)
