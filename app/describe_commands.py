"""Writes docs/commands.md from the commands themselves: `python -m app.describe_commands` (or `make docs`).

What `--help` says is the truth; the page collects it. A test fails when the page is stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from app.cli import main

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
WIDTH = 100
HEAD = """# Commands

What `zuruf COMMAND --help` says, collected by `make docs`. In a checkout the command is `.venv/bin/zuruf`.
A user's mistake ends with one line on standard error and exit status 2.
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(f"\n## {name}\n\n```\n{text}\n```\n" for name, text in commands(main, "zuruf"))


def commands(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[tuple[str, str]]:
    """Each command with what its `--help` says; a group's own page stands before its commands."""
    with click.Context(
        command, info_name=name.rpartition(" ")[2], parent=parent, terminal_width=WIDTH, max_content_width=WIDTH
    ) as context:
        yield name, command.get_help(context).rstrip()
        if isinstance(command, click.Group):
            for word in command.list_commands(context):
                part = command.get_command(context, word)
                if part is not None and not part.hidden:
                    yield from commands(part, f"{name} {word}", context)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
