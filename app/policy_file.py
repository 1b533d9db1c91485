"""The policy file in force. It is read again when it changes; a broken one is refused and the last good one stays."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from desk.errors import SettingsInvalid
from routing.policy import Policy, parse_policy

LOOK_EVERY_SECONDS = 2.0

log = logging.getLogger(__name__)


class PolicyFile:
    """Calling it gives the policy in force. `error` says why the newest file is not."""

    def __init__(self, path: Path) -> None:
        """Raises SettingsInvalid when the file is missing or broken: nothing to fall back to yet."""
        self._path = path
        self._looked_at = time.monotonic()
        self._changed = self._stamp()
        self.text = self._read()
        self._policy = parse_policy(self.text, str(path))
        self.error: str | None = None

    def __call__(self) -> Policy:
        """The policy in force."""
        if time.monotonic() - self._looked_at >= LOOK_EVERY_SECONDS:
            self._looked_at = time.monotonic()
            self._renew()
        return self._policy

    def _renew(self) -> None:
        stamp = self._stamp()
        if stamp == self._changed:
            return
        self._changed = stamp
        try:
            text = self._read()
            self._policy, self.text, self.error = parse_policy(text, str(self._path)), text, None
            log.info("policy renewed")
        except SettingsInvalid as error:
            self.error = str(error)
            log.warning("policy refused", extra={"error": str(error)})

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def _read(self) -> str:
        try:
            return self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise SettingsInvalid(f"ZURUF_POLICY_FILE: {self._path} is not there") from None
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsInvalid(f"ZURUF_POLICY_FILE: {self._path} cannot be read as UTF-8 text ({error})") from None
