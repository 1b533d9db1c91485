"""What the commands of `zuruf nlu` share: where our own files are, the policy in force, and how mistakes end.

A wrong file ends a command with one line on standard error and exit 2.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import click

from app.settings import Settings
from desk.errors import SettingsInvalid
from nlu.rasa_project import RasaFailed, RasaMissing
from routing.policy import Policy, parse_policy

_OWN = Path(__file__).resolve().parent.parent / "nlu" / "training"
TRAINING = _OWN / "data"
HOLDOUT = _OWN / "holdout"
DOMAIN = "domain.yml"

FILE = click.Path(path_type=Path)
Made = TypeVar("Made")


def policy_in_force(settings: Settings) -> Policy:
    """The policy of the settings. Raises SettingsInvalid."""
    path = settings.policy_file
    try:
        return parse_policy(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsInvalid(f"ZURUF_POLICY_FILE: {path} cannot be read as UTF-8 text ({error})") from None


def domain_beside(source: Path) -> Path | None:
    """Rasa's domain of the project that `source` belongs to: in its folder or one or two above."""
    folder = source.resolve() if source.is_dir() else source.resolve().parent
    places = (folder, *folder.parents[:2])
    return next((place / DOMAIN for place in places if (place / DOMAIN).is_file()), None)


def or_exit(work: Coroutine[Any, Any, Made]) -> Made:
    """What `work` gives; a mistake of the user ends the process."""
    try:
        return asyncio.run(work)
    except (SettingsInvalid, RasaMissing, RasaFailed) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def shown_place(where: str) -> str:
    """`where` (a path and a line) from here, if it is below here."""
    path, colon, line = where.rpartition(":")
    here = Path(path).resolve()
    shown = here.relative_to(Path.cwd()) if here.is_relative_to(Path.cwd()) else Path(path)
    return f"{shown}{colon}{line}" if path else where
