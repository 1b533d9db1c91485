"""Settings: environment variables `ZURUF_*`, or a `.env` file. A wrong one ends the start with one line, exit 2.

docs/settings.md describes each; a test holds the two together.
"""

from __future__ import annotations

import secrets
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from desk.errors import SettingsInvalid
from desk.people import Locale

HttpUrl = Annotated[str, Field(pattern=r"^https?://[^\s/]+[^\s]*$")]
PACKAGED_POLICY = Path(__file__).parent.parent / "routing" / "policy.yml"


class Settings(BaseSettings):
    """All settings. Secrets never show in logs or errors."""

    model_config = SettingsConfigDict(env_prefix="ZURUF_", env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: (
        Annotated[SecretStr, Field(description="PostgreSQL 15 or later; unset: the embedded server")] | None
    ) = None
    data_dir: Annotated[Path, Field(description="Where the embedded server, models and files live")] = Path(".data")
    policy_file: Annotated[Path, Field(description="The routing policy")] = PACKAGED_POLICY

    telegram_token: Annotated[SecretStr, Field(description="The bot's token from @BotFather")] | None = None
    telegram_api_url: Annotated[HttpUrl, Field(description="A self-hosted Bot API server")] | None = None
    telegram_mode: Annotated[Literal["polling", "webhook"], Field(description="How updates come")] = "polling"
    telegram_webhook_secret: Annotated[SecretStr, Field(description="Secret of the webhook's header")] | None = None
    telegram_staff_chat: Annotated[str, Field(description="Forum supergroup of staff, its id")] | None = None

    discord_token: Annotated[SecretStr, Field(description="The bot's token")] | None = None
    discord_api_url: Annotated[HttpUrl, Field(description="REST base without /api/v10")] | None = None
    discord_gateway_url: Annotated[str, Field(description="Gateway; unset: what GET /gateway answers")] | None = None
    discord_staff_channel: Annotated[str, Field(description="Channel of staff, its id")] | None = None
    discord_watched_channels: Annotated[
        tuple[str, ...] | None, NoDecode, Field(description="Channel ids, comma-separated; unset: every forum")
    ] = None

    rasa_url: Annotated[HttpUrl, Field(description="A Rasa server; unset: the embedded classifier")] | None = None

    http_host: Annotated[str, Field(description="Where the web server listens")] = "127.0.0.1"
    http_port: Annotated[int, Field(ge=0, le=65535, description="0: any free port")] = 8080
    public_url: Annotated[HttpUrl, Field(description="How people reach the web server")] | None = None
    embed_origins: Annotated[
        tuple[str, ...], NoDecode, Field(description="Sites that may embed the chat, comma-separated")
    ] = ()

    brand: Annotated[str, Field(min_length=1, max_length=60, description="The brand's name")] = "Zuruf"
    locale: Annotated[Locale, Field(description="Language of staff rooms and where nothing else is known")] = (
        Locale.GERMAN
    )
    timezone: Annotated[str, Field(description="Time zone of the desk, such as Europe/Berlin")] = "Europe/Berlin"
    secret_key: Annotated[SecretStr, Field(min_length=16, description="Signs sessions; unset: made once")] | None = None
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Field(description="Log level")] = "info"

    @field_validator("discord_watched_channels", "embed_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("not a time zone; expected a name such as Europe/Berlin")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _looks_like_token(cls, value: SecretStr | None) -> SecretStr | None:
        left, _colon, right = (value.get_secret_value() if value else "0:x").partition(":")
        if not left.isdigit() or not right:
            raise ValueError("not a bot token; expected digits:letters, as @BotFather gives it")
        return value

    @field_validator("telegram_staff_chat", "discord_staff_channel")
    @classmethod
    def _looks_like_id(cls, value: str | None) -> str | None:
        if value is not None and not value.removeprefix("-").isdigit():
            raise ValueError("not an id; expected a number such as -1001234567890")
        return value

    @model_validator(mode="after")
    def _webhook_needs(self) -> Settings:
        if self.telegram_mode == "webhook" and not (self.telegram_webhook_secret and self.public_url):
            raise ValueError(
                "ZURUF_TELEGRAM_MODE: webhook needs ZURUF_TELEGRAM_WEBHOOK_SECRET and ZURUF_PUBLIC_URL (https)"
            )
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The desk's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def url(self) -> str:
        """How people reach the web server, without a slash at the end."""
        return (self.public_url or f"http://{self.http_host}:{self.http_port}").rstrip("/")

    @cached_property
    def key(self) -> bytes:
        """The secret key; made once and kept in the data directory when none is set."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value().encode()
        kept = self.data_dir / "secret_key"
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_hex(32))
        return kept.read_text().strip().encode()


def read_settings(**overrides: object) -> Settings:
    """The settings in force. Raises SettingsInvalid with one line that names the setting."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        message = first["msg"].removeprefix("Value error, ")
        name = "_".join(str(part) for part in first["loc"][:1]).upper()
        raise SettingsInvalid(f"ZURUF_{name}: {message}" if name else message) from None
