"""Pages that are drawn from the code, or describe it line by line, are current."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from app import describe_commands, draw_states
from app.cli import main
from app.metrics import Metrics
from app.settings import Settings
from db.pool import MAX_CONNECTIONS
from tests.architecture.tree import ROOT, text_of

NAME = re.compile(r"\bZURUF_[A-Z_]+\b")
VARIABLES = {f"ZURUF_{name.upper()}" for name in Settings.model_fields}


def test_states_are_drawn_from_the_tables() -> None:
    assert draw_states.PAGE.read_text(encoding="utf-8") == draw_states.page(), "renew it with `make docs`"


def test_every_arrow_is_drawn() -> None:
    for machine in draw_states.machines():
        for (state, trigger), after in machine.table.items():
            assert re.search(rf"^    {state} --> {after}: .*\b{trigger}\b", draw_states.page(), re.MULTILINE)


def test_commands_are_described_as_they_are() -> None:
    assert describe_commands.PAGE.read_text(encoding="utf-8") == describe_commands.page(), "renew it with `make docs`"


def test_every_command_explains_itself() -> None:
    assert not [path for path, command in _commands(main, "zuruf") if not command.help]


def test_help_works_for_every_command() -> None:
    for path, _command in _commands(main, "zuruf"):
        said = CliRunner().invoke(main, [*path.split()[1:], "--help"])
        assert said.exit_code == 0, path
        assert said.output.startswith("Usage:"), path


def _commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, part in command.commands.items():
            yield from _commands(part, f"{path} {name}")


def test_settings_page_and_settings_agree() -> None:
    assert set(NAME.findall(text_of(Path("docs/settings.md")))) == VARIABLES


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_setting_is_described_with_its_default(name: str) -> None:
    default = Settings.model_fields[name].default
    shown = "unset" if default in (None, ()) else str(getattr(default, "value", default)).removeprefix(f"{ROOT}/")
    assert re.search(
        rf"^\| `ZURUF_{name.upper()}` \| [^|]*{re.escape(shown)}[^|]* \| [^|]{{10,}} \|$",
        text_of(Path("docs/settings.md")),
        re.MULTILINE,
    ), f"docs/settings.md needs a row with its default, {shown}"


def test_example_of_env_names_every_setting_and_no_other() -> None:
    example = text_of(Path(".env.example"))
    assert set(NAME.findall(example)) == VARIABLES


def test_example_of_env_sets_nothing() -> None:
    """Copied as it is, it changes nothing; a placeholder that is in force would be a wrong token."""
    assert not [line for line in text_of(Path(".env.example")).splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("folder", ["app", "bots", "console", "db", "nlu", "workflows"])
def test_errors_name_settings_that_exist(folder: str) -> None:
    named = {name for path in (ROOT / folder).rglob("*.py") for name in NAME.findall(path.read_text(encoding="utf-8"))}
    assert named <= VARIABLES


def test_operating_page_names_metrics_that_exist() -> None:
    page = Metrics().page({}).decode()
    exposed = set(re.findall(r"^# HELP (\S+)", page, re.MULTILINE))
    named = set(re.findall(r"`(zuruf_[a-z_]+)", text_of(Path("docs/operating.md"))))
    assert named
    assert named <= exposed


def test_operating_page_tells_how_many_connections_a_process_takes() -> None:
    assert f"up to {MAX_CONNECTIONS} connections" in text_of(Path("docs/operating.md"))
