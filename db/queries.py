"""Loads the named queries of db/sql/: one file a noun.

A query begins with `-- name: xyz`, the next line says in a comment what it is for. `-- part: xyz` begins a piece of
SQL that queries of the same file include as `{xyz}`. Each query starts with its own name as a comment, so that
pg_stat_activity and the server's log name it.
Raises ValueError for a file that does not keep to this.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

SQL_FOLDER = Path(__file__).parent / "sql"

_HEAD = re.compile(r"^-- (name|part): (\w+)\n", re.MULTILINE)
_PART = re.compile(r"\{(\w+)\}")


def load(noun: str) -> Mapping[str, str]:
    """The queries of `noun`, by name."""
    return parse(noun, (SQL_FOLDER / f"{noun}.sql").read_text("utf-8"))


def parse(noun: str, text: str) -> Mapping[str, str]:
    """The queries in `text`, parts put in."""
    pieces = _HEAD.split(text)[1:]
    parts: dict[str, str] = {}
    queries: dict[str, str] = {}
    for kind, name, body in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        if name in (parts if kind == "part" else queries):
            raise ValueError(f"{noun}.sql: {name} stands there twice")
        if kind == "part":
            parts[name] = _filled(noun, body.strip(), parts)
            continue
        meaning, _, sql = body.partition("\n")
        if not meaning.startswith("-- "):
            raise ValueError(f"{noun}.sql: {name} does not say what it is for")
        queries[name] = f"/* {noun}.{name} */ {_filled(noun, sql.strip().rstrip(';'), parts)}"
    return queries


def _filled(noun: str, sql: str, parts: Mapping[str, str]) -> str:
    def part(found: re.Match[str]) -> str:
        if found[1] not in parts:
            raise ValueError(f"{noun}.sql: no part {found[1]} above its use")
        return parts[found[1]]

    return _PART.sub(part, sql)
